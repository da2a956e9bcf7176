"""The commands for those who write data: where they write, what they refuse, what they say."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from partnerfit import load_catalogue
from partnerfit.cli import authoring
from partnerfit.cli.authoring import Kind
from partnerfit.schema import KINDS
from tests import test_cli
from tests.folder import data_folder
from tests.test_cli import DATA, Done, Run, process

run = test_cli.run
_elsewhere = test_cli._elsewhere

SCHEMAS = {f"{kind}.schema.json" for kind in KINDS}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A data folder to write into, with names for two states and no profile."""
    return data_folder(tmp_path / "data")


# schema


def test_the_kinds_are_those_of_the_schemas() -> None:
    assert list(KINDS) == list(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_one_schema(run: Run, tmp_path: Path, kind: str) -> None:
    stored = (DATA / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert run("schema", kind) == Done(0, stored, "")
    assert run("schema", kind, "-o", tmp_path / "mine.json") == Done(0, "", "")
    assert (tmp_path / "mine.json").read_text(encoding="utf-8") == stored


def test_all_schemas(run: Run, own: Path) -> None:
    folder = own / "deep" / "schema"
    for _ in range(2):
        assert run("schema", "-o", folder, "--data", own) == Done(0, "", "")
    assert {file.name for file in folder.iterdir()} == SCHEMAS
    document = json.loads((folder / "state.schema.json").read_text(encoding="utf-8"))
    assert document["$defs"]["measure"]["enum"] == ["jobs", "skills", "visas", "returns", "pact"]


def test_which_schema(run: Run) -> None:
    message = run("schema").error(2)
    assert message == (
        "name a kind of file (state, themes, groups, figures, initiatives, method), "
        "or a folder for all with -o DIR"
    )
    done = run("schema", "profile")
    assert (done.code, done.out) == (2, "")


def test_a_place_where_no_schema_can_be_written(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert run("schema", "-o", file).error(2).startswith(f"{file}: no folder can be made there (")
    assert run("schema", "state", "-o", tmp_path).error(2).startswith(f"{tmp_path}: cannot be written (")


def test_two_runs_are_equal_to_the_byte() -> None:
    first, second = (process("schema", "state", PYTHONHASHSEED=seed) for seed in ("0", "1"))
    assert first == second
    assert first.code == 0


# new


def test_a_new_profile(run: Run, own: Path) -> None:
    file = own / "states" / "belgium.yaml"
    done = run("new", "belgium", "--data", own)
    assert done == Done(0, f"{file}\n", f"partnerfit: fill it in, then run `partnerfit check {file}`\n")
    state = load_catalogue(own).state("BE")
    assert (state.id, state.name, state.iso3) == ("belgium", "Belgium", "BEL")
    assert abs(state.reviewed - dt.datetime.now(tz=dt.UTC).date()) <= dt.timedelta(days=1)
    assert state.objectives == ()
    assert b"\r" not in file.read_bytes()
    assert run("check", file, "--data", own).code == 0


def test_a_new_profile_in_the_folder_of_the_environment(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERFIT_DATA", str(own))
    shutil.rmtree(own / "states")
    assert run("new", "AFG").out == f"{own}/states/afghanistan.yaml\n"
    monkeypatch.setenv("PARTNERFIT_DATA", "data")
    monkeypatch.chdir(own.parent)
    assert run("new", "BEL").out == "data/states/belgium.yaml\n"


def test_a_profile_is_never_overwritten(run: Run, own: Path) -> None:
    file = own / "states" / "belgium.yaml"
    file.write_text("mine\n", encoding="utf-8")
    assert (
        run("new", "BEL", "--data", own).error(2) == f"{file}: is there already; edit it, or remove it first"
    )
    assert file.read_text(encoding="utf-8") == "mine\n"
    file.unlink()
    run("new", "BEL", "--data", own)
    written = file.read_bytes()
    message = run("new", "Belgium", "--data", own).error(2)
    assert message == f"{file}: holds the profile of Belgium already; edit it"
    assert file.read_bytes() == written


@pytest.mark.parametrize("name", ["belgum", "UK", ""])
def test_a_name_that_is_not_known(run: Run, own: Path, name: str) -> None:
    hint = "did you mean Belgium? " if name == "belgum" else ""
    message = run("new", name, "--data", own).error(2)
    assert message == f"no state is called {name!r}: {hint}{own}/names.csv lists all"
    assert list((own / "states").iterdir()) == []


def test_a_folder_that_cannot_be_written_into(run: Run, own: Path) -> None:
    (own / "states").rmdir()
    (own / "states").write_text("", encoding="utf-8")
    message = run("new", "BEL", "--data", own).error(2)
    assert message.startswith(f"{own}/states/belgium.yaml: cannot be written (")


def test_the_data_of_an_installed_package_stay_as_they_are(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "partnerfit"
    folder = data_folder(package / "_data")
    monkeypatch.setattr(authoring, "__file__", str(package / "cli" / "authoring.py"))
    message = run("new", "BEL", "--data", folder).error(2)
    assert message.startswith(f"{folder}: these data came with the package")
    assert message.endswith("copy the folder and name the copy with --data DIR")
    assert list((folder / "states").iterdir()) == []
