"""docs/json.md names what commands print as JSON, and its example is real output."""

from __future__ import annotations

import importlib
import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from partnerfit import Catalogue
from partnerfit.cli.app import COMMANDS, app
from tests.conftest import ROOT
from tests.folder import BODY, data_folder, head, profile

TEXT = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
COMPARE = TEXT.partition("\n## compare\n")[2].partition("\n## ")[0]


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    """Two states between which every part of the record has an entry."""
    arguments = ["compare", "tunisia", "sweden", "--format", "json", "--data", str(ROOT / "data")]
    return json.loads(CliRunner().invoke(app, arguments, catch_exceptions=False).stdout)


def paths(value: object, ids: frozenset[str], path: str = "") -> Iterator[str]:
    """The keys at any level with those above them; lists add nothing, nor do keys that are state ids."""
    if isinstance(value, list):
        for entry in value:
            yield from paths(entry, ids, path)
    elif isinstance(value, dict):
        for key, entry in value.items():
            inner = path if key in ids else f"{path}.{key}".strip(".")
            yield inner
            yield from paths(entry, ids, inner)


def documented() -> list[str]:
    """The keys in the first column of the tables under compare, each under the heading that tells where."""
    found = []
    for part in re.split(r"^### ", f"\n{COMPARE}", flags=re.MULTILINE):
        heading = re.match(r"`([\w.]+)`\n", part)
        above = f"{heading[1]}." if heading else ""
        for first in re.findall(r"^\| (`[^|]*)\|", part, re.MULTILINE):
            found += [f"{above}{key}" for key in re.findall(r"`([^`]+)`", first)]
    return found


def holds(whole: Any, part: Any) -> bool:
    """Whether a shortened value is the beginning of the whole one."""
    if isinstance(part, dict):
        return all(key in whole and holds(whole[key], value) for key, value in part.items())
    if isinstance(part, list):
        return len(part) <= len(whole) and all(map(holds, whole, part))
    return bool(whole == part)


def test_the_tables_hold_every_key_of_the_record_and_no_other(record, catalogue: Catalogue):
    keys = documented()
    assert len(keys) == len(set(keys))
    assert set(keys) == set(paths(record, frozenset(catalogue.state_ids)))


def test_the_example_is_part_of_the_output(record):
    (example,) = re.findall(r"^```json\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    assert holds(record, json.loads(example))


def test_every_command_with_a_format_is_told():
    others = TEXT.partition("\n## Other commands\n")[2].partition("\n## ")[0]
    functions = {
        name: getattr(importlib.import_module(f"partnerfit.cli.{module}"), name)
        for name, module in COMMANDS.items()
    }
    with_format = {name for name, made in functions.items() if "form" in inspect.signature(made).parameters}
    assert {"compare", *re.findall(r"^- `(\w+)`:", others, re.MULTILINE)} == with_format
    assert all(f"`{name}`" in TEXT for name in COMMANDS)


def told(command: str) -> set[str]:
    """What stands in code marks in the entry of a command."""
    entry = re.search(rf"^- `{command}`:(.*?)(?=^- |^#)", TEXT, re.DOTALL | re.MULTILINE)
    assert entry is not None
    return set(re.findall(r"`(\w+)`", entry[1]))


def test_the_keys_of_initiatives_are_told():
    arguments = ["initiatives", "--format", "json", "--data", str(ROOT / "data")]
    record = json.loads(CliRunner().invoke(app, arguments, catch_exceptions=False).stdout)
    assert set(record) == {"initiatives", "sources"}
    assert {path.rpartition(".")[2] for path in paths(record["initiatives"], frozenset())} <= told(
        "initiatives"
    )


def test_the_keys_of_a_package_are_told(catalogue: Catalogue):
    """At the top and in what only this command prints; the rest is told under compare."""
    arguments = ["package", "tunisia", "sweden", "--red-line-price", "--format", "json"]
    assume = ["--assume", "sweden:identity-document-security=offers:low", "--data", str(ROOT / "data")]
    record = json.loads(CliRunner().invoke(app, [*arguments, *assume], catch_exceptions=False).stdout)
    keys = {path.split(".")[0] for path in paths(record, frozenset(catalogue.state_ids))}
    assert keys - told("package") <= {"red_line_prices"}
    packages = {f"packages.{path}" for path in paths(record["packages"], frozenset(catalogue.state_ids))}
    assert packages <= set(documented())
    assert all(record[key] for key in ("assumed", "swaps", "core", "requirements", "red_line_prices"))


def test_the_keys_of_check_are_told(tmp_path):
    folder = data_folder(tmp_path / "data")
    profile(folder, "alpha", head("Alpha", "AA", "AFG") + BODY + "nonsense: 1\n")
    result = CliRunner().invoke(app, ["check", "--format", "json", "--data", str(folder)])
    record = json.loads(result.stdout)
    assert result.exit_code == 1
    assert record["findings"]
    assert {path.rpartition(".")[2] for path in paths(record, frozenset())} <= told("check")
