"""The command `initiatives`: which it tells, in which format, and what it says of names it does not know."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from partnerfit import Catalogue
from tests import test_cli
from tests.folder import data_folder
from tests.test_cli import ESCAPE, FORMATS, Run, process

run = test_cli.run
_elsewhere = test_cli._elsewhere

MEASURE = ("initiatives", "--measure", "visa-facilitation")
THEME = ("initiatives", "--measure", "return-reintegration")


def ids(out: str) -> list[str]:
    return [initiative["id"] for initiative in json.loads(out)["initiatives"]]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("args", [("initiatives",), MEASURE, THEME], ids=" ".join)
def test_each_result_in_each_format(run: Run, args: tuple[str, ...], form: str) -> None:
    done = run(*args, "--format", form)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("\n")
    assert not done.out.endswith("\n\n")
    assert ESCAPE not in done.out
    assert all(line == line.rstrip() for line in done.out.splitlines())
    if form == "csv":
        header, *rows = csv.reader(io.StringIO(done.out))
        assert rows
        assert {len(row) for row in rows} == {len(header)}


def test_all(run: Run, catalogue: Catalogue) -> None:
    record = run("initiatives", "-f", "json").json
    assert [i["id"] for i in record["initiatives"]] == [i.id for i in catalogue.initiatives.initiatives]
    assert [s["id"] for s in record["sources"]] == [s.id for s in catalogue.initiatives.sources]
    text = run("initiatives").out
    assert [i.name for i in catalogue.initiatives.initiatives if i.name not in text] == []


def test_those_on_a_measure(run: Run, catalogue: Catalogue) -> None:
    record = run(*MEASURE, "-f", "json").json
    assert record["initiatives"]
    assert all("visa-facilitation" in i["measures"] for i in record["initiatives"])
    assert {s["id"] for s in record["sources"]} == {s for i in record["initiatives"] for s in i["sources"]}
    assert len(record["sources"]) < len(catalogue.initiatives.sources)
    assert run("initiatives", "--measure", "Visa facilitation", "-f", "json").json == record


def test_a_theme_stands_for_its_measures(run: Run, catalogue: Catalogue) -> None:
    theme = next(t for t in catalogue.themes.themes if t.id == "return-reintegration")
    each = {
        found
        for measure in theme.measures
        for found in ids(run("initiatives", "--measure", measure.id, "-f", "json").out)
    }
    found = ids(run(*THEME, "-f", "json").out)
    assert len(found) == len(set(found))
    assert set(found) == each


def test_to_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "visas.md"
    assert run(*MEASURE, "-o", file).out == ""
    assert file.read_text(encoding="utf-8") == run(*MEASURE, "-f", "markdown").out


@pytest.mark.parametrize("name", ["visa-facilitatoin", "", "tunisia"])
def test_a_name_that_is_not_known(run: Run, name: str) -> None:
    message = run("initiatives", "--measure", name).error(2)
    assert message.startswith(f"no theme or measure is called {name!r}")
    assert ("did you mean visa-facilitation" in message) is name.startswith("visa")


def test_data_without_initiatives(run: Run, tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "data")
    for args in (("initiatives",), ("initiatives", "--measure", "visas")):
        assert "These data hold no initiative" in run(*args, "--data", folder).out
        assert run(*args, "--data", folder, "-f", "json").json == {"initiatives": [], "sources": []}
        assert run(*args, "--data", folder, "-f", "csv").out.count("\n") == 1


def test_two_runs_are_equal_to_the_byte() -> None:
    first, second = (process(*THEME, PYTHONHASHSEED=seed) for seed in ("0", "1"))
    assert first.code == 0
    assert first == second


def test_completion(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PARTNERFIT_COMPLETE", "complete_fish")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "partnerfit initiatives --measure remit")
    found = [text.split("\t")[0] for text in run().out.split("\n") if text]
    assert found == ["remittances", "remittance-cost-reduction", "remittance-financial-inclusion"]
