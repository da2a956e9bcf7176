"""Errors of validation in the words of a profile's author: one line on what is wrong and what to do."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple, get_args, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

MOST_CHARACTERS = 60
"""So much is shown of a value."""

Loc = tuple[str | int, ...]


class Complaint(NamedTuple):
    """What is wrong at `loc` (keys and indices from the top), with the value there or its key."""

    loc: Loc
    message: str
    at_key: bool


def complaints(error: ValidationError, model: type, from_file_name: Collection[str]) -> Iterator[Complaint]:
    """All that a validation found, but for what only follows from something else.

    `from_file_name` are the keys that the name of the file stands for.
    """
    details = error.errors(include_url=False)
    holding_others = {detail["loc"][:n] for detail in details for n in range(len(detail["loc"]))}
    for detail in details:
        loc = detail["loc"]
        if detail["type"] == "too_short" and loc in holding_others:
            continue  # it is short of the entries that are wrong
        if loc and loc[0] in from_file_name:
            shape = _shape(detail)
            message = (
                f"the file is called {quoted(detail['input'])}, which does not look like {shape}; rename it"
            )
        else:
            message = _words(detail, model)
        yield Complaint(loc, message, detail["type"] in _UNKNOWN_KEY)


def one_line(text: str) -> str:
    """Text for a message: on one line, cut, and what cannot be seen written as an escape."""
    cut = text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 3]}..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)


def quoted(value: Any) -> str:
    """A value for a message, as it would stand in the file; text in quotes."""
    match value:
        case None:
            return "empty"
        case bool():
            return str(value).lower()
        case str():
            text = repr(value)
            return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 3]}..."
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return one_line(str(value))


def _words(detail: ErrorDetails, model: type) -> str:
    kind, loc, given = detail["type"], detail["loc"], detail["input"]
    key = one_line(next((str(part) for part in reversed(loc) if isinstance(part, str)), ""))
    context = detail.get("ctx", {})
    if kind in _UNKNOWN_KEY:
        return f"unknown key `{key}`{_did_you_mean(key, list(_fields_at(model, loc[:-1])))}"
    if kind == "value_error":
        return f"`{key}`: {context['error']}" if key else str(context["error"])
    if kind == "literal_error":
        what = f"{quoted(given)}{_one_of(given, str(context['expected']))}"
    elif given is None or kind in ("too_short", "string_too_short"):
        what = f"{'an empty list' if kind == 'too_short' else 'empty'}; {_fill(model, loc)}"
    elif kind == "string_pattern_mismatch":
        what = f"{quoted(given)}, which does not look like {_shape(detail)}"
    elif kind in _WORDS:
        return _WORDS[kind].format(key=key, given=quoted(given), list=_as_list(given))
    else:
        what = f"{quoted(given)}: {detail['msg'][0].lower()}{detail['msg'][1:]}"
    return f"`{key}` is {what}"


_UNKNOWN_KEY = ("extra_forbidden", "unexpected_keyword_argument")
_WORDS = {
    "missing": "key `{key}` is missing; add it",
    "string_type": "`{key}` is {given}, which is not text; put it in quotes",
    "tuple_type": "`{key}` is {given}; write a list{list}",
    "model_type": "`{key}` holds {given} where keys and values belong",
    "model_attributes_type": "`{key}` holds {given} where keys and values belong",
    "int_type": "`{key}` is {given}; write a whole number, without quotes",
    "float_type": "`{key}` is {given}; write a number, without quotes",
}
_SHAPES = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "an id (small letters, digits and hyphens)",
    "^[A-Z]{2}$": "an ISO alpha-2 code such as TN",
    "^[A-Z]{3}$": "an ISO alpha-3 code such as TUN",
    "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$": "a code of a state or group",
    r"^https?://[^\s/]+\S*$": "a web address that begins with http:// or https://",
}


def _shape(detail: ErrorDetails) -> str:
    pattern: str = detail.get("ctx", {}).get("pattern", "")
    return _SHAPES.get(pattern, pattern)


def _one_of(given: Any, expected: str) -> str:
    """What to write in place of a word that is none of those expected."""
    found = (a or b for a, b in re.findall(r"'([^']*)'|(\w+)", expected))
    options = [{"True": "true"}.get(option, option) for option in found if option != "or"]
    choice = f"; write {'one of ' if len(options) > 1 else ''}{', '.join(options)}"
    return _did_you_mean(str(given), options) or choice


def _fill(model: type, loc: Loc) -> str:
    """What to do about an empty value: only a key that may be missing can be left out."""
    if isinstance(loc[-1], int):
        return "fill it or remove the entry"
    field = _fields_at(model, loc[:-1]).get(loc[-1])
    return "fill it" if field is None or field.required else "fill it or leave the key out"


def _as_list(given: Any) -> str:
    return "" if isinstance(given, (dict, list)) else f": [{one_line(str(given))}]"


class _Field(NamedTuple):
    """A key: whether it has to be there and, where it holds another model, that model."""

    required: bool
    inner: type | None


def _fields_at(model: type, loc: Loc) -> dict[str, _Field]:
    """The keys known at `loc`, found by walking the fields of the model."""
    fields = _fields(model)
    for part in loc:
        if isinstance(part, str):
            field = fields.get(part)
            fields = _fields(field.inner) if field and field.inner else {}
    return fields


def _fields(model: type) -> dict[str, _Field]:
    if issubclass(model, BaseModel):
        return {
            field.alias or name: _Field(field.is_required(), _inner(field.annotation))
            for name, field in model.model_fields.items()
        }
    types = get_type_hints(model)
    return {
        field.name: _Field(field.default is dataclasses.MISSING, _inner(types[field.name]))
        for field in dataclasses.fields(model)  # type: ignore[arg-type]
    }


def _inner(annotation: Any) -> type | None:
    found = (annotation, *get_args(annotation))
    return next((t for t in found if isinstance(t, type) and _is_model(t)), None)


def _is_model(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) or issubclass(kind, BaseModel)


def _did_you_mean(given: str, options: Sequence[str]) -> str:
    close = difflib.get_close_matches(given, options, n=1, cutoff=0.6)
    return f"; did you mean `{close[0]}`?" if close else ""
