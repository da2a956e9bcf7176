"""JSON Schemas of the data files, for editors: what each key is for, and what may stand there.

They are the model with the texts of descriptions.yaml and the ids and codes of the data. A schema
sees one file alone, so it lets pass what only `partnerfit check` can judge. What it refuses, `check`
refuses too, but for a key without a value: that is to be left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from partnerfit import values, yamlsource
from partnerfit.catalogue import Catalogue
from partnerfit.codes import ISO3
from partnerfit.figures import Figures
from partnerfit.initiatives import Initiatives
from partnerfit.model import STANCES_BY_MODE, Extension, Frozen, Groups, Stance, State, Text, Themes
from partnerfit.scoring.method import Method

Schema = dict[str, Any]
Known = Mapping[str, Mapping[str, str]]
"""For each list of the data its ids or codes, and what each of them means."""

KINDS: dict[str, tuple[type, ...]] = {
    "state": (State, Extension),
    "themes": (Themes,),
    "groups": (Groups,),
    "figures": (Figures,),
    "initiatives": (Initiatives,),
    "method": (Method,),
}
"""What a file of each kind may hold."""

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest one that editors of YAML know in full."""

_YEAR, _MONTH, _DAY = "(?!0000)[0-9]{4}", "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_PATTERNS: dict[Any, tuple[str, str]] = {
    values.partial_date: (
        f"^{_YEAR}(-{_MONTH}(-{_DAY})?)?$",
        "Write a date as YYYY, YYYY-MM or YYYY-MM-DD.",
    ),
    values.month: (f"^{_YEAR}(-{_MONTH})?$", "Write the end of a period as YYYY or YYYY-MM."),
    values.day: (f"^{_YEAR}-{_MONTH}-{_DAY}$", "Write a day as YYYY-MM-DD."),
    values.short: (
        rf"^\s*\S+(\s+\S+){{0,{values.MAX_SUMMARY_WORDS - 1}}}\s*$",
        f"Write a summary of at most {values.MAX_SUMMARY_WORDS} words.",
    ),
}
"""What a function of the model accepts, as a pattern with the words to say where it does not fit."""

_TOGETHER: dict[str, Schema] = {
    "Objective": {"dependencies": {"exclusive": ["towards"]}},
    "Constraint": {
        "oneOf": [{"required": ["measure"]}, {"required": ["theme"]}],
        "if": {"properties": {"severity": {"const": "red-line"}}, "required": ["severity"]},
        "then": {"required": ["measure"]},
    },
    "Measure": {
        "if": {"properties": {"mode": {"const": "joint"}}},
        "then": {"required": ["together"], "properties": {"give": False}},
        "else": {"required": ["give"], "properties": {"together": False}},
    },
    "Group": {
        "not": {"required": ["members", "members_of"]},
        "dependencies": {"free_movement": ["free_movement_note"], "free_movement_note": ["free_movement"]},
    },
}
"""Which keys of a type go together, as the validators of the model have it."""


def schema(kind: str, catalogue: Catalogue) -> Schema:
    """The schema of one of `KINDS`, with the ids and codes of this data.

    Raises:
        UsageError, DataError: the themes, groups, names or figures cannot be read.
    """
    models = KINDS[kind]
    _, made = TypeAdapter.json_schemas(
        [(model.__name__, "validation", TypeAdapter(model)) for model in models],
        by_alias=True,
        schema_generator=_Generator,
    )
    known = _known(catalogue)
    types = {name: _told(name, one, known) for name, one in made["$defs"].items()}
    if "Objective" in types:
        types["Objective"] |= _stances(catalogue.themes)
    lists = {name: _one_of(known[name]) for name in sorted(_named(types)) if name in known}
    return {
        "$schema": DIALECT,
        "$comment": "Written by `partnerfit schema`.",
        "title": f"partnerfit: {kind}",
        "description": texts().files[kind],
        **_root([f"#/$defs/{model.__name__}" for model in models]),
        "$defs": types | lists,
    }


class KeyText(Frozen):
    """What to say of one key; see the head of descriptions.yaml."""

    about: Text
    examples: tuple[Any, ...] = ()
    words: dict[str, Text] = Field(default_factory=dict)
    of: str | None = None


class TypeText(Frozen):
    """What to say of one type and of keys that mean something of their own there."""

    about: Text
    keys: dict[str, KeyText] = Field(default_factory=dict)


class Texts(Frozen):
    """All of descriptions.yaml."""

    files: dict[str, Text]
    keys: dict[str, KeyText]
    types: dict[str, TypeText]

    def of(self, type_name: str, key: str) -> KeyText | None:
        """What to say of a key of a type; None where nothing is said."""
        return self.types[type_name].keys.get(key) or self.keys.get(key)


@cache
def texts() -> Texts:
    """What descriptions.yaml says of each type and key."""
    return yamlsource.validate(Texts, yamlsource.read(Path(__file__).with_name("descriptions.yaml")))


class _Generator(GenerateJsonSchema):
    """The model as a JSON Schema that reads well in an editor."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False  # it would only repeat the key

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        if schema.get("default") in (None, ()):
            inner = schema["schema"]
            return self.generate_inner(inner["schema"] if inner["type"] == "nullable" else inner)
        return super().default_schema(schema)

    def str_schema(self, schema: core_schema.StringSchema) -> Schema:
        if schema.get("strip_whitespace"):
            return {"type": "string", "pattern": r"\S", "patternErrorMessage": "Write some text."}
        return super().str_schema(schema)

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> Schema:
        return _shaped(schema, super().function_after_schema(schema))

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Schema:
        return _shaped(schema, super().function_before_schema(schema))


def _shaped(schema: Any, made: Schema) -> Schema:
    """The schema of what a function lets pass."""
    if schema["function"]["function"] not in _PATTERNS:
        return made
    pattern, message = _PATTERNS[schema["function"]["function"]]
    return {"type": "string", "pattern": pattern, "patternErrorMessage": message}


def _root(refs: list[str]) -> Schema:
    if len(refs) == 1:
        return {"$ref": refs[0]}
    whole, extension = refs
    return {"if": {"required": ["extends"]}, "then": {"$ref": extension}, "else": {"$ref": whole}}


def _told(name: str, made: Schema, known: Known) -> Schema:
    """A type with its texts and rules; the name of the file stands for the id of a profile."""
    keys = {key: _key(name, key, value, known) for key, value in made["properties"].items()}
    required = [key for key in made.get("required", ()) if key in keys]
    if name in {model.__name__ for model in KINDS["state"]}:
        del keys["id"]
        required.remove("id")
    return {
        "description": texts().types[name].about,
        "type": "object",
        "properties": keys,
        **({"required": required} if required else {}),
        "additionalProperties": False,
        **_TOGETHER.get(name, {}),
    }


def _key(name: str, key: str, made: Schema, known: Known) -> Schema:
    text = texts().of(name, key)
    if text is None:
        return made  # the numbers of the method tell of themselves
    many = made.get("type") == "array"
    value = made["items"] if many else made
    if text.of in known:
        value = {"$ref": f"#/$defs/{text.of}"}
    elif text.words:
        value = value | {"enumDescriptions": [text.words[str(word)] for word in value["enum"]]}
    made = made | {"items": value} if many else value
    examples = {"examples": list(text.examples)} if text.examples else {}
    return {"description": text.about, **made, **examples}


def _known(catalogue: Catalogue) -> Known:
    names = catalogue.state_names
    states = {code: names.get(code, code) for code in sorted(ISO3)}
    measures = [measure for theme in catalogue.themes.themes for measure in theme.measures]
    found = {
        "theme": {theme.id: theme.name for theme in catalogue.themes.themes},
        "measure": {measure.id: f"{measure.name}: {measure.means}" for measure in measures},
        "state": states,
        "party": {group.code: group.name for group in catalogue.groups.groups} | states,
        "indicator": {measured.id: measured.name for measured in catalogue.figures.indicators},
        "figure-source": {s.id: f"{s.producer}: {s.title}" for s in catalogue.figures.sources},
    }
    return {name: entries for name, entries in found.items() if entries}


def _one_of(entries: Mapping[str, str]) -> Schema:
    return {"enum": list(entries), "enumDescriptions": list(entries.values())}


def _named(types: Mapping[str, Schema]) -> set[str]:
    """The lists of the data that some keys of these types draw upon."""
    found = (texts().of(name, key) for name, one in types.items() for key in one["properties"])
    return {text.of for text in found if text and text.of}


def _stances(themes: Themes) -> Schema:
    """Which stances fit the measure of an objective."""
    joint = [m.id for theme in themes.themes for m in theme.measures if m.mode == "joint"]
    fitting = {
        mode: {"properties": {"stance": {"enum": [word for word in get_args(Stance) if word in stances]}}}
        for mode, stances in STANCES_BY_MODE.items()
    }
    return {
        "if": {"properties": {"measure": {"enum": joint}}, "required": ["measure"]},
        "then": fitting["joint"],
        "else": {"if": {"required": ["measure"]}, "then": fitting["exchange"]},
    }
