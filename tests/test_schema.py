"""The schemas for editors: they tell of every key, hold for all data, and refuse what the model refuses."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from pydantic import TypeAdapter, ValidationError

from partnerfit import Catalogue, load_catalogue, references, yamlsource
from partnerfit.catalogue import load_method
from partnerfit.errors import DataError
from partnerfit.model import Extension, Positions, State
from partnerfit.render.tabular import to_json
from partnerfit.schema import KINDS, Schema, schema, texts
from partnerfit.scoring.method import Method
from tests import build
from tests.conftest import ROOT
from tests.folder import data_folder, sources, write

DATA = ROOT / "data"
FILES = [
    *(DATA / f"{kind}.yaml" for kind in KINDS if kind not in ("state", "method")),
    *sorted((DATA / "states").glob("*.yaml")),
]

each_kind = pytest.mark.parametrize("kind", KINDS)
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def kind_of(file: Path) -> str:
    return "state" if file.parent.name == "states" else file.stem


@pytest.fixture(scope="module")
def schemas(catalogue: Catalogue) -> dict[str, Schema]:
    return {kind: schema(kind, catalogue) for kind in KINDS}


def complaints(found: Schema, value: Any) -> list[str]:
    return [error.message for error in Draft7Validator(found).iter_errors(value)]


# In step with the model and the data


@each_kind
def test_the_schema_in_the_data_is_that_of_the_model(schemas: dict[str, Schema], kind: str) -> None:
    stored = DATA / "schema" / f"{kind}.schema.json"
    refresh = "refresh with `.venv/bin/partnerfit schema -o data/schema`"
    assert stored.read_text(encoding="utf-8") == to_json(schemas[kind]), refresh


def test_there_are_no_others() -> None:
    assert {file.name for file in (DATA / "schema").iterdir()} == {f"{kind}.schema.json" for kind in KINDS}


@each_file
def test_the_data_fit_their_schema(schemas: dict[str, Schema], file: Path) -> None:
    assert complaints(schemas[kind_of(file)], yamlsource.read(file).data) == []


@pytest.mark.parametrize("file", [f for f in FILES if kind_of(f) in ("state", "groups", "figures")], ids=str)
def test_a_file_names_its_schema(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    start, _, path = first.partition("$schema=")
    assert start == "# yaml-language-server: "
    assert (file.parent / path).resolve() == DATA / "schema" / f"{kind_of(file)}.schema.json"


@each_kind
def test_the_schema_is_one(schemas: dict[str, Schema], kind: str) -> None:
    Draft7Validator.check_schema(schemas[kind])
    assert schemas[kind]["$schema"] == Draft7Validator.META_SCHEMA["$schema"]


# What is said of each key


def types(schemas: dict[str, Schema]) -> Iterator[tuple[str, Schema]]:
    for found in schemas.values():
        yield from ((name, one) for name, one in found["$defs"].items() if "properties" in one)


def keys(schemas: dict[str, Schema]) -> Iterator[tuple[str, str, Schema]]:
    for name, one in types(schemas):
        yield from ((name, key, value) for key, value in one["properties"].items())


def test_every_type_and_key_is_described(schemas: dict[str, Schema]) -> None:
    assert all(one["description"] for _, one in types(schemas))
    assert [(name, key) for name, key, value in keys(schemas) if not value.get("description")] == []


def test_every_key_that_is_free_has_examples_that_fit(schemas: dict[str, Schema]) -> None:
    for name, key, value in keys(schemas):
        inner = value.get("items", value)
        if {"enum", "const", "$ref", "default"}.isdisjoint(inner):
            assert value.get("examples"), f"{name}.{key}: give it `examples` in descriptions.yaml"
            for example in value["examples"]:
                assert complaints(value, example) == [], f"{name}.{key}"
        else:
            assert "examples" not in value, f"{name}.{key}"


def test_every_word_that_may_stand_somewhere_is_described(schemas: dict[str, Schema]) -> None:
    listed = [one for found in schemas.values() for one in found["$defs"].values() if "enum" in one]
    words = [value.get("items", value) for _, _, value in keys(schemas)]
    for one in (*listed, *(value for value in words if "enum" in value)):
        assert len(one["enumDescriptions"]) == len(one["enum"])
        assert all(one["enumDescriptions"])


def test_nothing_is_described_that_is_not_there(schemas: dict[str, Schema]) -> None:
    said = texts()
    found = {(name, key): value for name, key, value in keys(schemas)}
    assert set(said.files) == set(KINDS)
    assert set(said.types) == {name for name, _ in found}
    assert {(name, key) for name, one in said.types.items() for key in one.keys} <= set(found)
    common = {key for name, key in found if key not in said.types[name].keys}
    assert set(said.keys) <= common
    for (name, key), value in found.items():
        text = said.of(name, key)
        if text and text.words:
            assert [*text.words] == [str(word) for word in value.get("items", value)["enum"]], f"{name}.{key}"


def test_an_editor_completes_the_ids_of_the_data(schemas: dict[str, Schema], catalogue: Catalogue) -> None:
    lists = schemas["state"]["$defs"]
    measures = catalogue.context().slots.measure
    assert lists["measure"]["enum"] == list(measures)
    named = dict(zip(lists["measure"]["enum"], lists["measure"]["enumDescriptions"], strict=True))
    assert named["visa-facilitation"].endswith(measures["visa-facilitation"].means)
    assert {"TUN", "EU-MEMBERS", "rabat-process"} <= set(lists["party"]["enum"])
    objective = lists["Objective"]["properties"]
    assert objective["measure"]["$ref"] == objective["requires"]["items"]["$ref"] == "#/$defs/measure"


def test_other_data_have_other_ids(tmp_path: Path) -> None:
    found = schema("state", load_catalogue(data_folder(tmp_path / "data")))["$defs"]
    assert found["measure"]["enum"] == ["jobs", "skills", "visas", "returns", "pact"]
    assert found["party"]["enum"][0] == "CLUB"
    # Without a figures.yaml any indicator may stand there.
    assert "pattern" in found["Indicator"]["properties"]["indicator"]


# What it refuses


def whole() -> dict[str, Any]:
    """A profile that uses every part and every key."""
    everywhere = {"towards": ["TUN"], "except": ["MLT"], "requires": ["remittance-cost-reduction"]}
    cited = {"summary": "It says so.", "sources": ["src"]}
    position = {"measure": "visa-facilitation", "stance": "seeks", "priority": "high", "confidence": "low"}
    return {
        "name": "Alpha",
        "official_name": "State of Alpha",
        "iso2": "NO",
        "iso3": "AFG",
        "aliases": ["A"],
        "reviewed": "2026-11-01",
        "objectives": [{"id": "a-1", **position, **everywhere, "exclusive": True, "until": "2025", **cited}],
        "constraints": [
            {"id": "a-2", "measure": "visa-facilitation", "as": "receiver", "kind": "legal"}
            | {"severity": "red-line", "until": "2025-02", **everywhere, **cited},
            {"id": "a-3", "theme": "remittances", "kind": "legal", "severity": "minor", **cited},
        ],
        "interests": [{"interest": "mobility", "weight": 2, **cited}],
        "context": [{"id": "a-4", "measure": "joint-investigations", "until": "2024", **cited}],
        "indicators": [
            {"indicator": "population", "value": 3, "unit": "persons", "year": 2024, "source": "wdi-2026-07"}
        ],
        "sources": [{**build.SOURCE, "date": None}],
        "gaps": ["student-researcher-mobility"],
    }


def put(*path: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(profile: dict[str, Any]) -> None:
        *above, last = path
        place: Any = profile
        for part in above:
            place = place[part]
        place[last] = value

    return change


def drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(profile: dict[str, Any]) -> None:
        *above, last = path
        place: Any = profile
        for part in above:
            place = place[part]
        del place[last]

    return change


def accepted(profile: dict[str, Any], catalogue: Catalogue) -> bool:
    """Whether the loader takes a profile."""
    model: type[Positions] = Extension if "extends" in profile else State
    try:
        if "id" in profile:
            return False
        read = TypeAdapter(model).validate_python({**profile, "id": "alpha"})
    except ValidationError:
        return False
    vocabulary = references.Vocabulary.of(catalogue.themes, catalogue.groups)
    return not list(references.check_profile(read, vocabulary))


FIRST = ("objectives", 0)


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        (put("colour", value="blue"), False),
        (put(*FIRST, "toward", value=["TUN"]), False),
        (put("id", value="alpha"), False),
        (put(*FIRST, "excluding", value=["MLT"]), False),
        (put("constraints", 0, "role", value="provider"), False),
        (put(*FIRST, "stance", value="wants"), False),
        (put(*FIRST, "stance", value="supports"), False),
        (put(*FIRST, "measure", value="joint-investigations"), False),
        (put(*FIRST, "measure", value="visas"), False),
        (put(*FIRST, "requires", value=["visas"]), False),
        (put(*FIRST, "towards", value=["UK"]), False),
        (put(*FIRST, "towards", value=["rabat-process", "EU", "CPV"]), True),
        (put(*FIRST, "towards", value=[]), False),
        (put(*FIRST, "towards", value="TUN"), False),
        (drop(*FIRST, "towards"), False),
        (drop(*FIRST, "exclusive"), True),
        (put(*FIRST, "exclusive", value=False), False),
        (put(*FIRST, "exclusive", value=1), False),
        (drop(*FIRST, "priority"), False),
        (drop(*FIRST, "sources"), False),
        (drop("reviewed"), False),
        (drop("official_name"), False),
        (drop("aliases"), True),
        (drop("objectives"), True),
        (put("name", value="  "), False),
        (put("iso2", value="no"), False),
        (put("iso2", value=False), False),
        (put("reviewed", value="2026-11"), False),
        (put("reviewed", value="2026-13-01"), False),
        (put(*FIRST, "until", value=2025), False),
        (put(*FIRST, "until", value="2025-02-03"), False),
        (put(*FIRST, "until", value="2025-2"), False),
        (put("sources", 0, "date", value="2025-02-03"), True),
        (put("sources", 0, "date", value="2025"), True),
        (put("sources", 0, "date", value=2025), False),
        (put("sources", 0, "date", value="0000"), False),
        (put("sources", 0, "url", value="example.org"), False),
        (put(*FIRST, "summary", value="word " * 50), True),
        (put(*FIRST, "summary", value="word " * 51), False),
        (put("constraints", 1, "measure", value="visa-facilitation"), False),
        (put("constraints", 1, "severity", value="red-line"), False),
        (drop("constraints", 1, "theme"), False),
        (put("constraints", 1, "theme", value="visa-facilitation"), False),
        (put("interests", 0, "weight", value=4), False),
        (put("interests", 0, "weight", value="2"), False),
        (put("interests", 0, "weight", value=True), False),
        (put("indicators", 0, "value", value="3"), False),
        (put("indicators", 0, "value", value=2.5), True),
        (put("indicators", 0, "year", value=1899), False),
        (put("gaps", value=["nothing"]), False),
    ],
)
def test_a_profile_fits_where_the_loader_takes_it(
    schemas: dict[str, Schema], catalogue: Catalogue, change: Callable[[dict[str, Any]], None], fits: bool
) -> None:
    profile = copy.deepcopy(whole())
    assert accepted(profile, catalogue)
    assert complaints(schemas["state"], profile) == []
    change(profile)
    assert accepted(profile, catalogue) is fits
    assert (complaints(schemas["state"], profile) == []) is fits


def test_the_example_uses_every_key(schemas: dict[str, Schema]) -> None:
    assert set(whole()) == set(schemas["state"]["$defs"]["State"]["properties"])
    for part, name in [
        ("objectives", "Objective"),
        ("constraints", "Constraint"),
        ("interests", "Interest"),
        ("context", "Background"),
        ("indicators", "Indicator"),
        ("sources", "Source"),
    ]:
        used = {key for entry in whole()[part] for key in entry}
        assert used == set(schemas["state"]["$defs"][name]["properties"])


def test_a_key_without_a_value_has_to_go(schemas: dict[str, Schema], catalogue: Catalogue) -> None:
    profile = whole()
    profile["objectives"][0]["until"] = None
    assert accepted(profile, catalogue)
    assert complaints(schemas["state"], profile) == ["None is not of type 'string'"]


def test_an_overlay_that_adds_to_the_public_profile(schemas: dict[str, Schema]) -> None:
    assert complaints(schemas["state"], {"extends": "base", "gaps": ["visa-facilitation"]}) == []
    assert complaints(schemas["state"], {"extends": "base"} | whole())
    assert complaints(schemas["state"], {"extends": "public"})
    assert complaints(schemas["state"], {"gaps": ["visa-facilitation"]})


@pytest.mark.parametrize("change", [{"mode": "joint"}, {"together": "do so"}, {"give": None}])
def test_the_wording_of_a_measure_fits_its_mode(schemas: dict[str, Schema], change: dict[str, Any]) -> None:
    document = yamlsource.read(DATA / "themes.yaml").data
    measure = next(m for m in document["themes"][0]["measures"] if m["mode"] == "exchange")
    measure |= change
    assert complaints(schemas["themes"], document)


@pytest.mark.parametrize("change", [{"members_of": "EU"}, {"free_movement": True}, {"members": ["XX"]}])
def test_keys_of_a_group_that_do_not_go_together(schemas: dict[str, Schema], change: dict[str, Any]) -> None:
    document = yamlsource.read(DATA / "groups.yaml").data
    (group,) = [group for group in document["groups"] if group["code"] == "rabat-process"]
    group |= change
    assert complaints(schemas["groups"], document)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("elsewhere: 0.4\n", True),
        ("priority: {high: 3, medium: 2, low: 1}\n", True),
        ("elsewhere: 1.4\n", False),
        ("priority: {high: 3}\n", False),
        ("draws: 4\n", False),
        ("match_minimum: 2.5\n", False),
    ],
)
def test_a_method(schemas: dict[str, Schema], tmp_path: Path, text: str, fits: bool) -> None:
    file = write(tmp_path / "mine.yaml", text)
    assert (complaints(schemas["method"], yamlsource.read(file).data) == []) is fits
    if fits:
        assert isinstance(load_method(file), Method)
    else:
        with pytest.raises(DataError):
            load_method(file)


# With a tool that reads YAML by itself


PLAIN = """\
name: Norway
official_name: Kingdom of Norway
iso2: NO
iso3: NOR
reviewed: 2026-11-23
objectives:
  - {id: nor-01, measure: visa-facilitation, stance: seeks, priority: high, confidence: high, until: 2025-02,
     summary: A wish., sources: [src]}
"""
"""What YAML 1.1 takes for a truth value or a date is text to that tool, as it is to us."""


def check_jsonschema(kind: str, *files: Path) -> subprocess.CompletedProcess[str]:
    place = DATA / "schema" / f"{kind}.schema.json"
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", place, "-o", "json", *files],
        capture_output=True,
        text=True,
        check=False,
    )


# All profiles are put to it by .ci/run.
@pytest.mark.parametrize(
    ("kind", "files"), [("state", ["states/malta.yaml", "states/turkiye.yaml"]), ("groups", ["groups.yaml"])]
)
def test_another_tool_finds_the_data_in_order(kind: str, files: list[str]) -> None:
    done = check_jsonschema(kind, *(DATA / file for file in files))
    assert done.returncode == 0, done.stdout + done.stderr


def test_another_tool_finds_what_is_wrong(tmp_path: Path) -> None:
    text = PLAIN + sources("src")
    wrong = {
        "key": text.replace("iso3:", "iso:", 1),
        "stance": text.replace("stance: seeks", "stance: wants"),
        "missing": text.replace("priority: high, ", ""),
        "until": text.replace("until: 2025-02", "until: 2025"),
    }
    files = [write(tmp_path / f"{name}.yaml", changed) for name, changed in wrong.items()]
    done = check_jsonschema("state", write(tmp_path / "fine.yaml", text), *files)
    assert done.returncode == 1
    found = json.loads(done.stdout)["errors"]
    assert {Path(error["filename"]).stem for error in found} == set(wrong)
    messages = " ".join(error["message"] for error in found)
    assert "'iso' was unexpected" in messages
    assert "'wants' is not one of ['seeks', " in messages
    assert "'priority' is a required property" in messages
    assert "2025 is not of type 'string'" in messages
