"""The command line: exit codes, stdout and stderr, formats, the JSON contract, options, completion.

Most commands run in this process. What depends on a process of its own (hash seeds, pipes, terminals)
runs `python -m partnerfit`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import partnerfit
from partnerfit import Catalogue, cli
from partnerfit.cli.app import COMMANDS, app
from tests.conftest import ROOT
from tests.folder import (
    BODY,
    PROVIDER,
    data_folder,
    head,
    objectives,
    overlay_folder,
    profile,
    quoted,
    sources,
    write,
)

DATA = ROOT / "data"
PAIR = ("tunisia", "sweden")
FORMATS = ("table", "plain", "json", "csv", "markdown")
THEMES = sorted(theme.id for theme in partnerfit.load_catalogue(DATA).themes.themes)
ESCAPE = "\x1b"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, str]]:
        assert (self.code, self.err) == (0, "")
        return list(csv.DictReader(io.StringIO(self.out)))

    def error(self, code: int) -> str:
        """The one line that says what went wrong."""
        assert self.code == code
        assert self.out == ""
        assert self.err.startswith("partnerfit: ")
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        assert "Traceback" not in self.err
        return self.err.removeprefix("partnerfit: ").rstrip("\n")


Run = Callable[..., Done]


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A working directory that holds none of the files: paths are shown in full."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    monkeypatch.setenv("PARTNERFIT_DATA", str(DATA))
    monkeypatch.setattr(cli, "_start_fast", lambda: None)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, as the script `partnerfit` does."""

    def run(*args: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["partnerfit", *map(str, args)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capsys.readouterr()
        code = stopped.value.code
        return Done(code if isinstance(code, int) else 0, out, err)

    return run


def process(*args: str | Path, **environment: str) -> Done:
    """Run a command in a process of its own, its output in pipes."""
    done = subprocess.run(
        [sys.executable, "-m", "partnerfit", *map(str, args)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A data folder in which alpha seeks what beta offers, and gamma says nothing."""
    folder = data_folder(tmp_path / "data")
    profile(folder, "alpha", head("Alpha", "AA", "AFG", "Premier") + BODY)
    profile(folder, "beta", head("Beta", "BB", "BEL") + PROVIDER)
    profile(folder, "gamma", head("Gamma", "GG", "GAB"))
    return folder


# Results in all formats


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "args",
    [
        ("compare", *PAIR),
        ("explain", *PAIR, "return-reintegration"),
        ("explain", *PAIR, "visa-facilitation"),
        ("states",),
        ("themes",),
        ("groups",),
        ("groups", "rabat-process"),
        ("show", "tunisia"),
        ("method",),
    ],
    ids=" ".join,
)
def test_each_result_in_each_format(args: tuple[str, ...], form: str) -> None:
    result = CliRunner().invoke(app, [*args, "--format", form])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("\n")
    assert not result.stdout.endswith("\n\n")
    assert ESCAPE not in result.stdout
    assert all(line == line.rstrip() for line in result.stdout.splitlines())
    if form == "json":
        assert json.loads(result.stdout)
    if form == "csv":
        header, *rows = csv.reader(io.StringIO(result.stdout))
        assert rows
        assert {len(row) for row in rows} == {len(header)}
        assert len(set(header)) == len(header)


def test_a_pipe_gets_plain_text(run: Run) -> None:
    assert run("compare", *PAIR).out == run("compare", *PAIR, "--format", "plain").out


def test_plain_text_is_not_wrapped(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = run("compare", *PAIR).out
    monkeypatch.setenv("COLUMNS", "40")
    assert run("compare", *PAIR).out == wide


def test_the_process_says_the_same(run: Run) -> None:
    assert process("compare", *PAIR) == run("compare", *PAIR)


@pytest.mark.parametrize("form", ["json", "plain", "markdown"])
def test_two_runs_are_equal_to_the_byte(form: str) -> None:
    args = ("compare", *PAIR, "--format", form, "--draws", "200")
    first, second = (process(*args, PYTHONHASHSEED=seed) for seed in ("0", "1"))
    assert first.code == 0
    assert first == second == process(*args, PYTHONHASHSEED="0")


def test_two_explanations_are_equal_to_the_byte() -> None:
    args = ("explain", *PAIR, "legal-migration", "--format", "json", "--draws", "200")
    first, second = (process(*args, PYTHONHASHSEED=seed) for seed in ("0", "1"))
    assert first.code == 0
    assert first == second


# The JSON contract


class Maybe:
    """Null, or what the shape says."""

    def __init__(self, shape: Any) -> None:
        self.shape = shape


class ByState:
    """One entry for each of the two states, by id."""

    def __init__(self, shape: Any) -> None:
        self.shape = shape


NUMBER = float
CONTRACT = {
    "version": int,
    "as_of": str,
    "seed": int,
    "draws": int,
    "data": {"version": str, "overlays": [str]},
    "method": str,
    "assumed": [str],
    "partners": [{"id": str, "iso3": str, "name": str}],
    "themes": [
        {
            "id": str,
            "name": str,
            "rank": int,
            "score": NUMBER,
            "range": [NUMBER],
            "top3_share": NUMBER,
            "potential": NUMBER,
            "balance": Maybe(NUMBER),
            "tension": NUMBER,
            "price": NUMBER,
            "assessment": str,
            "items": [
                {
                    "measure": str,
                    "mode": str,
                    "provider": Maybe(str),
                    "receiver": Maybe(str),
                    "class": str,
                    "fit": NUMBER,
                    "balance": Maybe(NUMBER),
                    "mixed": bool,
                    "both_gain_share": Maybe(NUMBER),
                    "confidence": Maybe(str),
                    "gains": ByState(Maybe(NUMBER)),
                    "basis": ByState(Maybe(str)),
                    "objectives": ByState([str]),
                    "constraints": [str],
                    "requires": [str],
                    "eu_competence": Maybe({"level": str, "limit": str, "basis": [str]}),
                }
            ],
            "framing": Maybe({"id": str, "support": ByState(NUMBER)}),
        }
    ],
    "red_lines": [{"state": str, "constraint": str, "measure": str, "role": Maybe(str), "theme": str}],
    "questions": [
        {
            "to": str,
            "asked_by": str,
            "measure": str,
            "theme": str,
            "provider": Maybe(str),
            "receiver": Maybe(str),
            "adds": NUMBER,
            "does_with_others": [str],
        }
    ],
    "packages": [
        {
            "kind": str,
            "items": [
                {
                    "measure": str,
                    "provider": Maybe(str),
                    "receiver": Maybe(str),
                    "gains": ByState(NUMBER),
                    "paid_by": [str],
                    "confidence": Maybe(str),
                    "assumed": [str],
                }
            ],
            "utility": ByState(NUMBER),
            "reference": ByState(NUMBER),
            "balance": Maybe(NUMBER),
        }
    ],
    "coverage": ByState(NUMBER),
}
ONE_DECIMAL = {
    "score",
    "range",
    "potential",
    "tension",
    "price",
    "fit",
    "remittances_musd",
    "adds",
}
THREE_DECIMALS = {
    "top3_share",
    "balance",
    "both_gain_share",
    "gains",
    "support",
    "coverage",
    "utility",
    "reference",
    "share_of_ideal",
    "share_of_wishes",
}


def misfits(value: Any, shape: Any, states: set[str], where: str = "$") -> Iterator[str]:
    """Where a value differs from the contract; keys may be added."""
    if isinstance(shape, Maybe):
        shape = type(None) if value is None else shape.shape
    if isinstance(shape, ByState):
        shape = dict.fromkeys(states, shape.shape)
        if isinstance(value, dict) and set(value) != states:
            yield f"{where}: has keys {sorted(value)}"
    if isinstance(shape, type):
        if type(value) is not shape:
            yield f"{where}: {value!r} is no {shape.__name__}"
    elif type(value) is not type(shape):
        yield f"{where}: {value!r} is no {type(shape).__name__}"
    else:
        inner = shape if isinstance(shape, dict) else dict.fromkeys(range(len(value)), shape[0])
        for key, part in inner.items():
            if isinstance(shape, dict) and key not in value:
                yield f"{where}.{key}: is missing"
            else:
                yield from misfits(value[key], part, states, f"{where}.{key}")


def test_the_check_of_the_contract_finds_what_is_wrong() -> None:
    shape = {"a": [{"b": float}], "c": ByState(Maybe(str)), "d": int}
    value = {"a": [{"b": 1.0}, {"b": 1}, {}], "c": {"x": None, "y": "t"}, "d": True, "e": 0}
    assert list(misfits(value, shape, {"x", "y"})) == [
        "$.a.1.b: 1 is no float",
        "$.a.2.b: is missing",
        "$.d: True is no int",
    ]
    assert list(misfits({"c": {"x": None}}, {"c": ByState(Maybe(str))}, {"x", "y"})) == [
        "$.c: has keys ['x']",
        "$.c.y: is missing",
    ]


def numbers(value: Any, key: str = "") -> Iterator[tuple[str, float]]:
    """Every number with the nearest key that the contract rounds."""
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from numbers(entry, name if name in ONE_DECIMAL | THREE_DECIMALS else key)
    elif isinstance(value, list):
        for entry in value:
            yield from numbers(entry, key)
    elif isinstance(value, float):
        yield key, value


PAIRS = [PAIR, ("malta", "greece"), ("nigeria", "south-africa")]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_the_contract(run: Run, pair: tuple[str, str]) -> None:
    document = run("compare", *pair, "--format", "json", "--draws", "200").json
    assert list(misfits(document, CONTRACT, set(pair))) == []
    assert document["version"] == 1
    assert document["draws"] == 200
    assert document["seed"] == 0
    assert document["method"] == "default"
    assert document["assumed"] == document["data"]["overlays"] == []
    assert [partner["id"] for partner in document["partners"]] == list(pair)
    assert [theme["rank"] for theme in document["themes"]] == list(range(1, 12))
    assert sorted(theme["id"] for theme in document["themes"]) == THEMES


def test_the_contract_is_not_empty(run: Run) -> None:
    document = run("compare", *PAIR, "--format", "json").json
    assert document["red_lines"]
    assert document["questions"]
    assert {item["mode"] for theme in document["themes"] for item in theme["items"]} == {"joint", "exchange"}
    assert any(item["eu_competence"] for theme in document["themes"] for item in theme["items"])
    assert any(theme["framing"] for theme in document["themes"])
    assert any(item["paid_by"] for item in document["packages"][0]["items"])


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_numbers_are_rounded(run: Run, pair: tuple[str, str]) -> None:
    for key, value in numbers(run("compare", *pair, "--format", "json", "--draws", "200").json):
        assert key, value
        assert round(value, 1 if key in ONE_DECIMAL else 3) == value, key


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_items_of_the_contract(run: Run, pair: tuple[str, str]) -> None:
    document = run("compare", *pair, "--format", "json", "--draws", "200").json
    for theme in document["themes"]:
        low, high = theme["range"]
        assert 0 <= low <= high <= 100
        for item in theme["items"]:
            assert any(gain is not None for gain in item["gains"].values())
            joint = item["mode"] == "joint"
            assert (item["provider"] is None, item["receiver"] is None) == (joint, joint)
            assert joint or {item["provider"], item["receiver"]} == set(pair)
            for state, gain in item["gains"].items():
                assert (gain is None) == (item["basis"][state] is None)
                assert (gain is None) <= (item["objectives"][state] == [])


@pytest.mark.parametrize("command", [("compare",), ("explain", "legal-migration")])
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_the_order_of_the_states_changes_the_order_of_partners_alone(
    run: Run, pair: tuple[str, str], command: tuple[str, ...]
) -> None:
    name, *subject = command
    there, back = (
        run(name, *states, *subject, "--format", "json", "--draws", "200").json
        for states in (pair, pair[::-1])
    )
    assert there.pop("partners") == back.pop("partners")[::-1]
    assert there == back
    if name == "compare":
        assert json.dumps(there) == json.dumps(back)


def test_rows_are_those_of_the_contract(run: Run) -> None:
    themes = run("compare", *PAIR, "--format", "json").json["themes"]
    rows = run("compare", *PAIR, "--format", "csv").rows
    assert [(row["id"], int(row["rank"]), float(row["score"])) for row in rows] == [
        (theme["id"], theme["rank"], theme["score"]) for theme in themes
    ]
    assert [[float(row["range_low"]), float(row["range_high"])] for row in rows] == [
        t["range"] for t in themes
    ]
    assert [row["balance"] for row in rows] == [
        "" if theme["balance"] is None else str(theme["balance"]) for theme in themes
    ]


# Every number can be traced


@pytest.mark.parametrize("theme", THEMES)
def test_what_an_explanation_cites_it_holds(run: Run, theme: str) -> None:
    document = run("explain", *PAIR, theme, "--format", "json", "--draws", "200").json
    (explained,) = document["themes"]
    assert explained["id"] == theme
    compared = run("compare", *PAIR, "--format", "json", "--draws", "200").json["themes"]
    assert explained == next(entry for entry in compared if entry["id"] == theme)
    evidence = document["evidence"]
    assert set(evidence) == set(PAIR)
    for item in explained["items"]:
        for state, cited in item["objectives"].items():
            held = {statement["id"]: statement for statement in evidence[state]["statements"]}
            known = {source["id"] for source in evidence[state]["sources"]}
            for key in cited:
                assert held[key]["measure"] == item["measure"]
                assert held[key]["sources"]
                assert known.issuperset(held[key]["sources"])
        limits = {s["id"] for state in PAIR for s in evidence[state]["statements"]}
        assert limits.issuperset(item["constraints"])
    for question in document["questions"]:
        assert question["theme"] == theme
        held = {statement["id"] for statement in evidence[question["to"]]["statements"]}
        assert held.issuperset(question["does_with_others"])
    for spoken in document["bloc_positions"]:
        assert spoken["theme"] == theme
        assert spoken["objective"] in {s["id"] for s in evidence[spoken["state"]]["statements"]}
    for state in PAIR:
        used = {key for statement in evidence[state]["statements"] for key in statement["sources"]}
        assert {source["id"] for source in evidence[state]["sources"]} == used
        assert all(source["url"].startswith("http") for source in evidence[state]["sources"])


@pytest.mark.parametrize("theme", THEMES)
def test_what_an_explanation_cites_it_holds_in_words(run: Run, theme: str) -> None:
    document = run("explain", *PAIR, theme, "--format", "json", "--draws", "200").json
    text = run("explain", *PAIR, theme, "--format", "plain", "--draws", "200").out
    for state in PAIR:
        for statement in document["evidence"][state]["statements"]:
            assert f"[{statement['id']}]" in text
            assert statement["summary"] in text
        for source in document["evidence"][state]["sources"]:
            assert f"[{source['id']}]" in text
            assert source["url"] in text


def test_one_measure(run: Run) -> None:
    document = run("explain", *PAIR, "visa-facilitation", "--format", "json").json
    (theme,) = document["themes"]
    assert theme["id"] == "legal-migration"
    assert {item["measure"] for item in theme["items"]} == {"visa-facilitation"}
    assert {question["measure"] for question in document["questions"]} <= {"visa-facilitation"}


def test_rows_of_an_explanation_are_its_items(run: Run) -> None:
    items = run("explain", *PAIR, "legal-migration", "--format", "json").json["themes"][0]["items"]
    rows = run("explain", *PAIR, "legal-migration", "--format", "csv").rows
    assert [(row["measure"], row["class"]) for row in rows] == [(i["measure"], i["class"]) for i in items]
    assert {(row["state_a"], row["state_b"]) for row in rows} == {PAIR}
    for row, item in zip(rows, items, strict=True):
        assert row["objectives_a"].split() == item["objectives"]["tunisia"]
        assert row["gain_b"] == ("" if item["gains"]["sweden"] is None else str(item["gains"]["sweden"]))


# Names


@pytest.mark.parametrize(
    "names", [("TN", "se"), ("Tunisie", "Suède"), ("TUNISIA", "sweden"), ("تونس", "SWE")]
)
def test_states_by_any_of_their_names(run: Run, names: tuple[str, str]) -> None:
    document = run("compare", *names, "--format", "json", "--draws", "100").json
    assert [partner["id"] for partner in document["partners"]] == list(PAIR)


@pytest.mark.parametrize(
    ("name", "suggestion"), [("tunsia", "tunisia"), ("Nigerria", "nigeria"), ("Greese", "greece")]
)
def test_a_name_that_is_not_known(run: Run, name: str, suggestion: str) -> None:
    message = run("compare", name, "sweden").error(2)
    assert message.startswith(f"no state is called {name!r}: did you mean {suggestion}")
    assert "`partnerfit states`" in message


@pytest.mark.parametrize("name", ["UK", "xyzzy", ""])
def test_a_name_like_no_other(run: Run, name: str) -> None:
    assert "did you mean" not in run("compare", "sweden", name).error(2)


@pytest.mark.parametrize(
    ("args", "kind"),
    [
        (("compare", *PAIR, "--theme", "legal-migratoin"), "theme or measure"),
        (("explain", *PAIR, "legal-migratoin"), "theme or measure"),
        (("groups", "rabat-proces"), "group"),
        (("show", "tunsia"), "state"),
    ],
)
def test_other_names_that_are_not_known(run: Run, args: tuple[str, ...], kind: str) -> None:
    message = run(*args).error(2)
    assert message.startswith(f"no {kind} is called {args[-1]!r}: did you mean ")


def test_a_measure_is_no_theme(run: Run) -> None:
    message = run("compare", *PAIR, "--theme", "visa-facilitation").error(2)
    assert "`partnerfit explain tunisia sweden visa-facilitation`" in message


# Comparisons that cannot be made


@pytest.mark.parametrize("names", [("tunisia", "tunisia"), ("TN", "Tunisie")])
def test_a_state_with_itself(run: Run, names: tuple[str, str]) -> None:
    assert "cannot be compared with itself" in run("compare", *names).error(1)
    assert run("explain", *names, "remittances").code == 1


@pytest.mark.parametrize("names", [("alpha", "gamma"), ("gamma", "alpha")])
def test_a_profile_without_objectives(run: Run, small: Path, names: tuple[str, str]) -> None:
    message = run("compare", *names, "--data", small).error(1)
    assert "Gamma states no objectives yet" in message


# What cannot be used


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    for command in (("compare", *PAIR), ("states",), ("show", "tunisia"), ("themes",), ("groups",)):
        message = run(*command, "--data", tmp_path / "nope").error(2)
        assert message == f"{tmp_path / 'nope'}: no such data folder; name one with --data DIR"


def test_an_overlay_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert str(tmp_path) in run("compare", *PAIR, "--overlay", tmp_path / "nope").error(2)


@pytest.mark.parametrize(
    ("text", "place"),
    [("name: [\n", "1:7"), ("name: NO\n", "1:1"), ("- a\n", "1:1"), ("", "1:1"), ("a: 1\na: 2\n", "2:1")],
)
def test_a_broken_profile(run: Run, small: Path, text: str, place: str) -> None:
    profile(small, "beta", text)
    message = run("compare", "alpha", "beta", "--data", small).error(2)
    assert message.startswith(f"{small / 'states' / 'beta.yaml'}:{place}: ")


@pytest.mark.parametrize("name", ["themes.yaml", "groups.yaml"])
def test_broken_data(run: Run, small: Path, name: str) -> None:
    write(small / name, "a: é: b\n")
    assert run("compare", "alpha", "beta", "--data", small).error(2).startswith(f"{small / name}:1:5: ")


def test_a_broken_overlay(run: Run, small: Path, tmp_path: Path) -> None:
    private = overlay_folder(tmp_path / "private")
    profile(private, "alpha", "extends: base\nobjective: []\n")
    message = run("compare", "alpha", "beta", "--data", small, "--overlay", private).error(2)
    assert message.startswith(f"{private / 'states' / 'alpha.yaml'}:2:1: unknown key `objective`")


@pytest.mark.parametrize(
    "args",
    [
        ("compare", "tunisia"),
        ("compare", *PAIR, "malta"),
        ("compare", *PAIR, "--format", "xml"),
        ("compare", *PAIR, "--draws", "99"),
        ("compare", *PAIR, "--seed", "-1"),
        ("compare", *PAIR, "--top", "0"),
        ("compare", *PAIR, "--colour", "always"),
        ("compare", *PAIR, "--color", "red"),
        ("explain", *PAIR),
        ("compar", *PAIR),
        ("--nope",),
    ],
    ids=" ".join,
)
def test_a_line_that_is_not_understood(run: Run, args: tuple[str, ...]) -> None:
    done = run(*args)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("compare", *PAIR, "--draws", "100"), 0),
        (("compare", "tunisia", "TN"), 1),
        (("compare", "tunsia", "sweden"), 2),
        (("compare", "tunisia"), 2),
    ],
)
def test_exit_codes_of_the_process(args: tuple[str, ...], code: int) -> None:
    done = process(*args)
    assert done.code == code
    assert bool(done.out) is (code == 0)
    assert bool(done.err) is (code != 0)
    assert "Traceback" not in done.err


def test_a_bug_is_told_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> Catalogue:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr("partnerfit.catalogue.load_catalogue", broken)
    message = run("compare", *PAIR).error(3)
    assert message.startswith("this is a bug (RuntimeError: first line)")
    monkeypatch.setenv("PARTNERFIT_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["partnerfit", "compare", *PAIR])
    with pytest.raises(RuntimeError, match="second line"):
        cli.main()


# Options


@pytest.mark.parametrize("top", [1, 3, 11, 99])
def test_top(run: Run, top: int) -> None:
    themes = run("compare", *PAIR, "--format", "json", "--draws", "200").json["themes"]
    document = run("compare", *PAIR, "--format", "json", "--draws", "200", "--top", str(top)).json
    assert document["themes"] == themes[:top]


@pytest.mark.parametrize("theme", THEMES)
def test_theme(run: Run, theme: str) -> None:
    whole = run("compare", *PAIR, "--format", "json", "--draws", "200").json
    part = run("compare", *PAIR, "--format", "json", "--draws", "200", "--theme", theme).json
    assert part["themes"] == [entry for entry in whole["themes"] if entry["id"] == theme]
    assert part["questions"] == [entry for entry in whole["questions"] if entry["theme"] == theme]
    for key in ("red_lines", "bloc_positions"):
        assert part[key] == [entry for entry in whole[key] if entry["theme"] == theme]


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_alone_says_as_much_of_the_whole(run: Run, theme: str) -> None:
    whole, part = (run("compare", *PAIR, "--draws", "200", *cut).out for cut in ((), ("--theme", theme)))
    assert "None known on either side." not in part
    assert part.partition("How much is known")[2] == whole.partition("How much is known")[2]


def test_a_table_without_rows_has_its_head(run: Run, small: Path) -> None:
    for args in (("explain", "alpha", "beta", "jobs"), ("show", "gamma")):
        done = run(*args, "--data", small, "--format", "csv")
        assert done.out.count("\n") == 1
        assert "measure," in done.out


def test_theme_by_its_name(run: Run) -> None:
    document = run("compare", *PAIR, "--theme", "Skills development", "--format", "json").json
    assert [theme["id"] for theme in document["themes"]] == ["skills-development"]


def test_seed(run: Run) -> None:
    args = ("compare", *PAIR, "--format", "json", "--draws", "200", "--seed")
    zero, one = run(*args, "0").json, run(*args, "1").json
    assert (zero.pop("seed"), one.pop("seed")) == (0, 1)
    assert zero != one
    for document in (zero, one):
        for theme in document["themes"]:
            del theme["range"], theme["top3_share"]
            for item in theme["items"]:
                del item["both_gain_share"]
    assert zero == one
    assert run(*args, "1").json["themes"] == run(*args, "1").json["themes"]


def test_draws_are_said(run: Run) -> None:
    assert "1,234 draws" in run("compare", *PAIR, "--draws", "1234").out
    assert run("compare", *PAIR, "--draws", "1234", "--format", "json").json["draws"] == 1234


@pytest.mark.parametrize(
    "text",
    ["2026", "2026-11", "2026-13-01", "2026-02-30", "24.11.2026", "today", "x", "20261124", "2026-W48-2", ""],
)
def test_as_of_no_date(run: Run, text: str) -> None:
    assert run("compare", *PAIR, "--as-of", text).error(2).startswith(f"--as-of {text!r} is no date; ")


def test_as_of_before_the_review(run: Run) -> None:
    message = run("compare", *PAIR, "--as-of", "2026-11-22").error(2)
    assert message.startswith("--as-of 2026-11-22 lies before the newest review (2026-11-23)")


def test_as_of_the_newest_review_by_default(run: Run, small: Path) -> None:
    profile(small, "beta", head("Beta", "BB", "BEL").replace("2026-11-01", "2026-11-09") + PROVIDER)
    args = ("compare", "alpha", "beta", "--data", small, "--format", "json")
    assert run(*args).json["as_of"] == "2026-11-09"
    assert run(*args, "--as-of", "2026-11-09").json == run(*args).json
    assert run(*args, "--as-of", "2027-01-01").json["as_of"] == "2027-01-01"


def test_as_of_leaves_out_what_has_lapsed(run: Run, small: Path) -> None:
    text = PROVIDER.replace("sources: [src]", 'sources: [src], until: "2026"')
    profile(small, "beta", head("Beta", "BB", "BEL") + text)
    args = ("compare", "alpha", "beta", "--data", small, "--format", "json", "--theme", "stay", "--as-of")
    (before,), (after,) = (run(*args, day).json["themes"] for day in ("2026-12-31", "2027-01-01"))
    assert before["score"] > 0
    assert after["score"] == 0
    explained = run("explain", "alpha", "beta", "visas", "--data", small).out
    assert "[obj-1] offers, priority high, confidence high, towards all, until 2026: A wish." in explained


def test_a_changed_method_is_said(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "doubled.yaml", "win_win_fit: 99\npromising_fit: 98\n")
    default = run("compare", *PAIR, "--format", "json", "--draws", "200").json
    changed = run("compare", *PAIR, "--format", "json", "--draws", "200", "--method", file).json
    assert changed["method"] == str(file)
    assert [t["score"] for t in changed["themes"]] == [t["score"] for t in default["themes"]]
    assert {t["assessment"] for t in changed["themes"]}.isdisjoint({"win-win", "promising", "opening"})
    for form in ("table", "plain", "markdown"):
        assert "doubled.yaml" in run("compare", *PAIR, "--method", file, "--format", form).out
        assert "doubled.yaml" in run("explain", *PAIR, "remittances", "--method", file, "--format", form).out
    for command in (("compare", *PAIR), ("explain", *PAIR, "remittances")):
        done = run(*command, "--method", file, "--format", "csv")
        assert done.err == f"partnerfit: The numbers of the method were changed by {file}.\n"
    assert "(changed)" in run("method", "--method", file).out
    assert "(changed)" not in run("method").out


def test_a_method_can_be_given_back(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    assert run("method", "-o", file) == Done(0, "", "")
    args = ("compare", *PAIR, "--format", "json", "--draws", "200")
    back = run(*args, "--method", file).json
    assert back == run(*args).json


@pytest.mark.parametrize(("text", "changed"), [("best_weight: 0.75\n", False), ("best_weight: 0.5\n", True)])
def test_a_file_that_changes_no_number_changes_nothing(
    run: Run, tmp_path: Path, text: str, changed: bool
) -> None:
    file = write(tmp_path / "default", text)
    assert ("were changed by" in run("compare", *PAIR, "--method", file).out) is changed
    said = run("compare", *PAIR, "--method", file, "-f", "json").json["method"]
    assert said == (str(file) if changed else "default")


@pytest.mark.parametrize("pair", [PAIR, ("greece", "malta"), ("nigeria", "austria")], ids="-".join)
@pytest.mark.parametrize(
    "number", ["promising_fit", "contested_tension", "negotiable_price", "opening_tension"]
)
def test_a_threshold_of_nothing(run: Run, tmp_path: Path, pair: tuple[str, str], number: str) -> None:
    file = write(tmp_path / "own.yaml", f"{number}: 0\n")
    assert run("compare", *pair, "--method", file, "--draws", "100").code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("best_weigth: 1\n", ":1:1: unknown key `best_weigth`; did you mean `best_weight`?"),
        ("best_weight: 3\n", ":1:14: `best_weight` is 3"),
        ("best_weight: [\n", ":1:14: the list opened with [ here is not closed"),
    ],
)
def test_a_method_that_cannot_be_used(run: Run, tmp_path: Path, text: str, message: str) -> None:
    file = write(tmp_path / "own.yaml", text)
    assert run("compare", *PAIR, "--method", file).error(2).startswith(f"{file}{message}")


def test_an_overlay_is_said(run: Run, small: Path, tmp_path: Path) -> None:
    private, other = overlay_folder(tmp_path / "our-own"), overlay_folder(tmp_path / "other")
    profile(private, "alpha", "extends: base\n" + objectives(("own-1", "visas", "declines")))
    profile(other, "delta", head("Delta", "DD", "DEU") + BODY)
    args = ("compare", "alpha", "beta", "--data", small)
    layers = ("--overlay", private, "--overlay", other)
    assert run(*args, *layers, "--format", "json").json["data"]["overlays"] == ["our-own", "other"]
    for form in ("table", "plain", "markdown"):
        assert "our-own" in run(*args, *layers, "--format", form).out
        assert "our-own" not in run(*args, "--format", form).out
    cited = run("explain", "alpha", "beta", "visas", "--data", small, *layers, "--format", "json").json
    assert "own-1" in {s["id"] for s in cited["evidence"]["alpha"]["statements"]}
    said = "partnerfit: Private profiles were used: {}.\n".format
    for command, whose in (
        (("show", "delta"), "delta (other)"),
        (("states",), "alpha (our-own), delta (other)"),
        (("groups",), "alpha (our-own), delta (other)"),
        (("groups", "club"), "alpha (our-own), delta (other)"),
    ):
        done = run(*command, "--data", small, *layers, "--format", "json")
        assert (done.code, done.err) == (0, said(whose))
        assert json.loads(done.out)
    assert run("states", "--data", small).err == ""
    assert run(*args, *layers, "--format", "csv").err == said("alpha (our-own)")
    nothing = run("show", "beta", "--data", small, *layers).err
    assert nothing == "partnerfit: The overlays hold no profile of these states: our-own, other.\n"
    listed = json.loads(run("states", "--data", small, *layers, "--format", "json").out)
    assert {state["id"] for state in listed} == {"alpha", "beta", "gamma", "delta"}


def test_an_overlay_where_one_stands(
    run: Run, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(overlay_folder(tmp_path / "our-own"))
    done = run("compare", "alpha", "beta", "--data", small, "--overlay", ".", "--format", "json")
    assert done.json["data"]["overlays"] == ["our-own"]


# Where the result goes


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.json", "json"),
        ("a.csv", "csv"),
        ("a.md", "markdown"),
        ("a.txt", "plain"),
        ("a", "plain"),
        ("a.JSON", "json"),
    ],
)
def test_a_file_by_its_suffix(run: Run, tmp_path: Path, name: str, form: str) -> None:
    file = tmp_path / name
    assert run("compare", *PAIR, "-o", file) == Done(0, "", "")
    assert file.read_text(encoding="utf-8") == run("compare", *PAIR, "--format", form).out


def test_a_format_beats_the_suffix(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    assert run("states", "-o", file, "-f", "json").out == ""
    assert json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["nope/a.json", "."])
def test_a_file_that_cannot_be_written(run: Run, tmp_path: Path, name: str) -> None:
    message = run("compare", *PAIR, "-o", tmp_path / name).error(2)
    assert message.startswith(f"{tmp_path / name}: cannot be written (")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "ascii"])
def test_a_pipe_is_written_in_utf_8_everywhere(encoding: str) -> None:
    done = process("compare", *PAIR, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (done.code, done.err) == (0, "")
    assert "\u2588" in done.out
    assert json.loads(process("states", "-f", "json", PYTHONIOENCODING=encoding, PYTHONUTF8="0").out)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_an_output_that_cannot_be_written() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "partnerfit", "themes"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr == (
        b"partnerfit: stdout: cannot be written (No space left on device); name a file with -o\n"
    )


def test_a_file_has_no_escape_codes(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    run("compare", *PAIR, "-o", file, "--format", "table")
    assert ESCAPE not in file.read_text(encoding="utf-8")


# Colour


@pytest.mark.parametrize("args", [(), ("--format", "table"), ("--color", "never"), ("--color", "auto")])
def test_no_escape_codes_in_a_pipe(args: tuple[str, ...]) -> None:
    done = process("compare", *PAIR, *args, FORCE_COLOR="1", TERM="xterm-256color")
    assert done.code == 0
    assert ESCAPE not in done.out + done.err


def test_colour_on_demand(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    args = ("compare", *PAIR, "--format", "table")
    assert ESCAPE in run(*args, "--color", "always").out
    assert ESCAPE not in run(*args, "--color", "never").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in run(*args, "--color", "always").out


def test_colour_adds_nothing_but_escape_codes(run: Run) -> None:
    args = ("compare", *PAIR, "--format", "table")
    coloured = run(*args, "--color", "always").out
    pieces = coloured.split(f"{ESCAPE}[")
    bare = pieces[0] + "".join(piece.partition("m")[2] for piece in pieces[1:])
    assert [line.rstrip() for line in bare.splitlines()] == run(*args).out.splitlines()


def on_a_terminal(*args: str, **environment: str) -> str:
    """What a command writes to a terminal of 100 columns."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "partnerfit", *args],
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", **environment},
    ) as running:
        os.close(theirs)
        written = b""
        try:
            while piece := os.read(ours, 65536):
                written += piece
        except OSError:
            pass  # a terminal that is closed at the other end reads as an error
        assert running.wait() == 0
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def test_a_terminal_gets_a_table_in_colour(run: Run) -> None:
    shown = on_a_terminal("compare", *PAIR)
    assert ESCAPE in shown
    assert shown == run("compare", *PAIR, "--format", "table", "--color", "always").out
    assert ESCAPE not in on_a_terminal("compare", *PAIR, NO_COLOR="1")


# Text from data is text


HOSTILE = "[/bold] |x| <script>alert(1)</script> `y` *z* [red]r[/red] :smile: \\[b]"
SUMMARY = "=1+1 [link=https://a.org]l[/link] <b>&amp;</b> a|b # c"


@pytest.fixture
def hostile(small: Path) -> Path:
    """A data folder with a profile full of markup."""
    text = (
        head(HOSTILE, "AA", "AFG", "=cmd|'/C calc'!A0", "+1", "-1", "@x", official="[bold]O[/bold]")
        + objectives(("obj-1", "visas", "seeks")).replace("A wish.", quoted(SUMMARY))
        + sources("src").replace("A text", quoted("[red]T[/red] | <i>")).replace("A ministry", quoted("=P"))
    )
    profile(small, "alpha", text)
    return small


COMMANDS_ON_HOSTILE = [
    ("compare", "alpha", "beta"),
    ("explain", "alpha", "beta", "visas"),
    ("show", "alpha"),
    ("states",),
]


@pytest.mark.parametrize("form", ["table", "plain"])
@pytest.mark.parametrize("args", COMMANDS_ON_HOSTILE, ids=" ".join)
@pytest.mark.parametrize("colour", ["always", "never"])
def test_text_is_shown_as_it_stands(
    run: Run, hostile: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], form: str, colour: str
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    text = run(*args, "--data", hostile, "--format", form, "--color", colour).out
    assert HOSTILE in text
    if args[0] in {"explain", "show"}:
        assert SUMMARY in text
        assert "[red]T[/red] | <i>. =P" in text
    if args[0] == "show":
        assert "[bold]O[/bold]" in text


@pytest.mark.parametrize("args", COMMANDS_ON_HOSTILE, ids=" ".join)
def test_text_is_escaped_in_markdown(run: Run, hostile: Path, args: tuple[str, ...]) -> None:
    text = run(*args, "--data", hostile, "--format", "markdown").out
    for markup in ("<script>", "<b>", "<i>", "[red]", "|x|", "`y`", "*z*", "[link="):
        assert markup not in text.replace("\\" + markup, "")
    assert r"\[/bold\] \|x\| \<script\>alert(1)\</script\> \`y\` \*z\* \[red\]r\[/red\]" in text
    assert all(line.endswith(" |") for line in text.splitlines() if line.startswith("|"))


@pytest.mark.parametrize("args", [("show", "alpha"), ("states",)], ids=" ".join)
def test_no_cell_is_a_formula(run: Run, hostile: Path, args: tuple[str, ...]) -> None:
    rows = run(*args, "--data", hostile, "--format", "csv").rows
    cells = [cell for row in rows for cell in row.values()]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    wanted = f"'{SUMMARY}" if args[0] == "show" else HOSTILE
    assert wanted in cells


def test_json_keeps_text_as_it_is(run: Run, hostile: Path) -> None:
    state = run("show", "alpha", "--data", hostile, "--format", "json").json
    assert state["name"] == HOSTILE
    assert state["objectives"][0]["summary"] == SUMMARY
    assert "تونس" in run("states", "--format", "json").out


# Lists


def test_states(run: Run) -> None:
    listed = run("states", "--format", "json").json
    assert [state["id"] for state in listed] == sorted(file.stem for file in (DATA / "states").iterdir())
    tunisia = next(state for state in listed if state["id"] == "tunisia")
    assert (tunisia["iso2"], tunisia["iso3"], tunisia["name"]) == ("TN", "TUN", "Tunisia")
    assert "تونس" in tunisia["aliases"]


def test_themes(run: Run) -> None:
    listed = run("themes", "--format", "json").json
    assert sorted(theme["id"] for theme in listed) == THEMES
    assert len(run("themes", "--format", "csv").rows) == 43


def test_groups(run: Run) -> None:
    listed = {group["code"]: group for group in run("groups", "--format", "json").json}
    assert "SWE" in listed["EU-MEMBERS"]["members"]
    (one,) = run("groups", "EU-MEMBERS", "--format", "json").json
    assert one == listed["EU-MEMBERS"]


def test_show_holds_the_whole_profile(run: Run, catalogue: Catalogue) -> None:
    state = catalogue.state("tunisia")
    text = run("show", "TN").out
    statements = (*state.objectives, *state.constraints)
    assert [s.id for s in statements if f"[{s.id}]" not in text or s.summary not in text] == []
    assert [s.id for s in state.sources if s.url not in text] == []
    document = run("show", "TN", "--format", "json").json
    assert [o["id"] for o in document["objectives"]] == [o.id for o in state.objectives]
    assert [row["id"] for row in run("show", "TN", "--format", "csv").rows] == [s.id for s in statements]


# Help, version, completion, closed pipes


@pytest.mark.parametrize("flag", ["--help", "-h"])
@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=" ".join)
def test_help(run: Run, command: tuple[str, ...], flag: str) -> None:
    done = run(*command, flag)
    assert (done.code, done.err) == (0, "")
    assert done.out


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").out
    assert [name for name in COMMANDS if name not in text] == []


def test_version(run: Run) -> None:
    assert run("--version") == process("--version") == Done(0, f"partnerfit {partnerfit.__version__}\n", "")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("compare tuni", ["tunisia"]),
        ("compare tunisia s", ["senegal", "south-africa", "spain", "sweden"]),
        ("compare tunisia sw", ["sweden"]),
        ("compare x", []),
        ("show malt", ["malta"]),
        ("explain tunisia sweden visa", ["visa-facilitation"]),
        (
            "explain tunisia sweden remit",
            ["remittances", "remittance-cost-reduction", "remittance-financial-inclusion"],
        ),
        ("compare tunisia sweden --theme s", ["skills-development"]),
        ("compare tunisia sweden --format j", ["json"]),
        ("groups ra", ["rabat-process"]),
        ("groups EU-", ["EU-MEMBERS"]),
    ],
)
def test_completion(run: Run, monkeypatch: pytest.MonkeyPatch, line: str, found: list[str]) -> None:
    monkeypatch.setenv("_PARTNERFIT_COMPLETE", "complete_fish")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", f"partnerfit {line}")
    done = run()
    assert [text.split("\t")[0] for text in done.out.split("\n") if text] == found
    assert done.err == ""


def test_completion_of_every_state(run: Run, monkeypatch: pytest.MonkeyPatch, small: Path) -> None:
    monkeypatch.setenv("_PARTNERFIT_COMPLETE", "complete_fish")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "partnerfit compare ")
    monkeypatch.setenv("PARTNERFIT_DATA", str(small))
    assert run().out.split() == ["alpha", "beta", "gamma"]
    monkeypatch.setenv("PARTNERFIT_DATA", str(small / "nope"))
    assert (run().out.strip(), run().err) == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_in_other_shells(shell: str) -> None:
    environment = {"_TYPER_COMPLETE_ARGS": "partnerfit compare tu"}
    if shell == "bash":
        environment = {"COMP_WORDS": "partnerfit compare tu", "COMP_CWORD": "2"}
    done = process(_PARTNERFIT_COMPLETE=f"complete_{shell}", **environment)
    assert "tunisia" in done.out
    assert "sweden" not in done.out
    assert done.err == ""


@pytest.mark.skipif(os.name != "posix", reason="pipes of another kind")
@pytest.mark.parametrize("args", [("compare", *PAIR, "-f", "json"), ("show", "tunisia"), ("--help",)])
def test_a_reader_that_has_gone(args: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "partnerfit", *args], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert done.stderr == b""
