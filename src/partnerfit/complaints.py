"""Errors of validation in the words of a profile's author: one line on what is wrong and what to do."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from partnerfit.hints import Hints
from partnerfit.values import LINE, UnfitError

MOST_CHARACTERS = 60
"""So much is shown of a value."""
MOST_LISTED = 150
"""Characters of an unknown key and the list of those that are known."""

Loc = tuple[str | int, ...]


class Complaint(NamedTuple):
    """What is wrong at `loc` (keys and indices from the top), with the value there or its key.

    `code` names the rule that is broken. `LINE` in the message stands for the line of `other`.
    """

    loc: Loc
    code: str
    message: str
    at_key: bool = False
    other: Loc | None = None


def complaints(
    error: ValidationError, model: type, data: Any, from_file_name: Collection[str]
) -> Iterator[Complaint]:
    """All that a validation of `data` found, but for what only follows from something else.

    `from_file_name` are the keys that the name of the file stands for.
    """
    details = error.errors(include_url=False)
    hints = Hints()
    holding_others = {detail["loc"][:n] for detail in details for n in range(len(detail["loc"]))}
    missing: dict[Loc, list[ErrorDetails]] = {}
    for detail in details:
        loc = detail["loc"]
        if detail["type"] == "too_short" and loc in holding_others:
            continue  # it is short of the entries that are wrong
        if detail["type"] == "missing":
            missing.setdefault(loc[:-1], []).append(detail)
        elif detail["type"] in _UNKNOWN_KEY:
            yield _unknown_key(loc, model, data, from_file_name if len(loc) == 1 else (), hints)
        elif detail["type"] == "value_error":
            yield _unfit(detail)
        elif loc and loc[0] in from_file_name:
            what = f"the file is called {quoted(detail['input'])}, which does not look like {_shape(detail)}"
            slug = _slug(str(detail["input"]))
            yield Complaint(loc, "PF112", f"{what}; rename it{f' to `{one_line(slug)}`' if slug else ''}")
        else:
            yield Complaint(loc, _code(detail), _words(detail, model, hints))
    for found in missing.values():
        yield Complaint(found[0]["loc"], "PF102", _missing(found, model))


def _code(detail: ErrorDetails) -> str:
    kind = detail["type"]
    if detail["input"] is None:
        return "PF105"
    if kind == "string_pattern_mismatch":
        return "PF108" if _shape(detail).startswith("a web") else "PF107"
    return _CODES.get(kind, "PF103" if kind.endswith(("_type", "_parsing")) else "PF114")


def one_line(text: str) -> str:
    """Text for a message: on one line, what cannot be seen written as an escape, and cut."""
    signs = (
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[: MOST_CHARACTERS + 1]
    )
    return _cut("".join(signs))


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 3]}..."


def quoted(value: Any) -> str:
    """A value for a message, as it would stand in the file; text in quotes."""
    match value:
        case None:
            return "empty"
        case bool():
            return str(value).lower()
        case str():
            return _cut(repr(value[: MOST_CHARACTERS + 1]))
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return one_line(str(value))


def _words(detail: ErrorDetails, model: type, hints: Hints) -> str:
    kind, loc, given = detail["type"], detail["loc"], detail["input"]
    subject = _subject(loc)
    if kind == "literal_error":
        what = f"{quoted(given)}{_one_of(given, str(detail['ctx']['expected']), hints)}"
    elif given is None or kind in ("too_short", "string_too_short"):
        what = f"{'an empty list' if kind == 'too_short' else 'empty'}; {_fill(model, loc)}"
    elif kind == "string_pattern_mismatch":
        what = f"{quoted(given)}, which {_unlike(given, detail)}"
    elif kind == "string_type":
        what = f"{quoted(given)}{_as_text(given, loc)}"
    elif kind == "tuple_type":
        what = f"{quoted(given)}; {_as_list(given, model, loc)}"
    elif kind in ("model_type", "model_attributes_type", "dataclass_type"):
        needed = [key for key, field in _fields_at(model, loc).items() if field.required]
        what = f"{quoted(given)}; it needs keys and values: {', '.join(needed)}"
    elif kind in _NUMBERS:
        what = f"{quoted(given)}; write {_NUMBERS[kind]}, without quotes"
    elif kind in _BOUNDS:
        bound = next(iter(detail["ctx"].values()))
        year = loc[-1] in ("year", "established")
        what = f"{quoted(given)}; write {'a year in four digits' if year else f'{_BOUNDS[kind]} {bound}'}"
    else:
        what = f"{quoted(given)}: {detail['msg'][0].lower()}{detail['msg'][1:]}"
    return f"{subject} is {what}"


def _subject(loc: Loc) -> str:
    key = one_line(next((str(part) for part in reversed(loc) if isinstance(part, str)), ""))
    return f"an entry of `{key}`" if loc and isinstance(loc[-1], int) else f"`{key}`"


def _unknown_key(loc: Loc, model: type, data: Any, elsewhere: Collection[str], hints: Hints) -> Complaint:
    key = one_line(str(loc[-1]))
    fields = [field for field in _fields_at(model, loc[:-1]) if field not in elsewhere]
    close = hints.near(key, fields)
    if close is not None and close in _at(data, loc[:-1]):
        what = f"unknown key `{key}`, and `{close}` is on line {LINE} already"
        message = f"{what}; move what is in it there, or remove it"
        return Complaint(loc, "PF101", message, at_key=True, other=(*loc[:-1], close))
    listed = ", ".join(fields)
    known = f"; the keys here are {listed}" if 0 < len(key) + len(listed) <= MOST_LISTED else "; remove it"
    if key.isdigit():
        known = "; remove it, and write numbers without commas"
    hint = f"; did you mean `{close}`?" if close else known
    return Complaint(loc, "PF101", f"unknown key `{key}`{hint}", at_key=True)


def _at(data: Any, loc: Loc) -> Any:
    for part in loc:
        if isinstance(data, dict) or (isinstance(data, list) and isinstance(part, int)):
            data = data[part]  # type: ignore[index]
    return data


def _unfit(detail: ErrorDetails) -> Complaint:
    """What a check of our own found: in a value, or between the keys of an entry."""
    loc, error = detail["loc"], detail["ctx"]["error"]
    if not isinstance(error, UnfitError):
        return Complaint(loc, "PF110", str(error))
    if error.code == "PF110" or error.key is not None:
        other = None if error.other is None else (*loc, error.other)
        place = loc if error.key is None else (*loc, error.key)
        return Complaint(place, error.code, str(error), error.key is not None, other)
    has = "has" if error.code == "PF109" else f"is {quoted(detail['input'])};"
    return Complaint(loc, error.code, f"{_subject(loc)} {has} {error}")


def _missing(details: list[ErrorDetails], model: type) -> str:
    """The keys that are missing in one place, and what belongs there if it is one."""
    *parents, _ = details[0]["loc"]
    keys = [one_line(str(detail["loc"][-1])) for detail in details]
    entry = details[0]["input"]
    name = entry.get("id") if isinstance(entry, dict) else None
    where = f" in `{one_line(name)}`" if isinstance(name, str) and parents else ""
    if len(keys) > 1:
        told = f"{', '.join(f'`{key}`' for key in keys[:-1])} and `{keys[-1]}`"
        return f"keys {told} are missing{where}; add them"
    field = _fields_at(model, tuple(parents)).get(keys[0])
    options = ", ".join(field.options) if field else ""
    wanted = _WANTED.get(keys[0]) or (f"one of {options}" if options else "")
    return f"key `{keys[0]}` is missing{where}; add it{f': {wanted}' if wanted else ''}"


_WANTED = {
    "date": '"YYYY-MM-DD", or null if the page is undated',
    "reviewed": "YYYY-MM-DD",
    "sources": "a list of ids of sources, as in [mfa-2026]",
}
_UNKNOWN_KEY = ("extra_forbidden", "unexpected_keyword_argument")
_CODES = {"literal_error": "PF104", "too_short": "PF105", "string_too_short": "PF105"}
_NUMBERS = {"int_type": "a whole number", "float_type": "a number"}
_BOUNDS = {"greater_than_equal": "at least", "less_than_equal": "at most"}
CODE = "a code of a state or group"
_SHAPES = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "an id (small letters, digits and hyphens)",
    "^[A-Z]{2}$": "an ISO alpha-2 code such as TN",
    "^[A-Z]{3}$": "an ISO alpha-3 code such as TUN",
    "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$": CODE,
    r"^https?://[^\s/]+\S*$": "a web address that begins with http:// or https://",
}


def _shape(detail: ErrorDetails) -> str:
    pattern: str = detail.get("ctx", {}).get("pattern", "")
    return _SHAPES.get(pattern, pattern)


def _unlike(given: str, detail: ErrorDetails) -> str:
    """What is wrong with the shape of a value, and what to write."""
    shape = _shape(detail)
    if shape.startswith("a web") and re.match(r"https?://\S", given):
        return "holds a space; write %20 in its place, or copy the address again"
    tries = [given.strip().upper(), given.strip().replace("_", "-")]
    tries += [_slug(given)] if shape != CODE else []
    fits = next((each for each in tries if re.fullmatch(detail["ctx"]["pattern"][1:-1], each)), None)
    if fits is not None:
        return f"does not look like {shape}; did you mean `{one_line(fits)}`?"
    return f"does not look like {shape}{'; write codes as in [ESP, EU-MEMBERS]' if shape == CODE else ''}"


def _slug(text: str) -> str:
    """The id that is nearest to a text: without marks on letters, with hyphens for spaces and signs."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")


def _one_of(given: Any, expected: str, hints: Hints) -> str:
    """What to write in place of a word that is none of those expected."""
    found = (a or b for a, b in re.findall(r"'([^']*)'|(\w+)", expected))
    options = [{"True": "true"}.get(option, option) for option in found if option != "or"]
    close = hints.near(str(given), options)
    choice = f"; write {'one of ' if len(options) > 1 else ''}{', '.join(options)}"
    return f"; did you mean `{close}`?" if close else choice


def _fill(model: type, loc: Loc) -> str:
    """What to do about an empty value: only a key that may be missing can be left out."""
    if isinstance(loc[-1], int):
        return "fill it or remove the entry"
    field = _fields_at(model, loc[:-1]).get(loc[-1])
    return "fill it" if field is None or field.required else "fill it or leave the key out"


def _as_text(given: Any, loc: Loc) -> str:
    """What to do about something that is no text."""
    if isinstance(given, list):
        return f"; {'remove the inner brackets' if isinstance(loc[-1], int) else 'write it without brackets'}"
    if isinstance(given, dict):
        return " of keys and values; write text, in quotes if it holds a colon or begins with {"
    return ", which is not text; put it in quotes"


def _as_list(given: Any, model: type, loc: Loc) -> str:
    if isinstance(given, dict):
        return "begin each entry below it with a hyphen and a space"
    if isinstance(given, str) and not _fields_at(model, loc):
        return f"write a list: [{one_line(given)}]"
    return "write a list"


class _Field(NamedTuple):
    """A key: whether it has to be there, the model or the words that it holds, if it holds such."""

    required: bool
    inner: type | None
    options: tuple[str, ...]


def _fields_at(model: type, loc: Loc) -> dict[str, _Field]:
    """The keys known at `loc`, found by walking the fields of the model."""
    fields = _fields(model)
    for part in loc:
        if isinstance(part, str):
            field = fields.get(part)
            fields = _fields(field.inner) if field and field.inner else {}
    return fields


@cache
def _fields(model: type) -> dict[str, _Field]:
    if issubclass(model, BaseModel):
        return {
            field.alias or name: _Field(
                field.is_required(), _inner(field.annotation), _options(field.annotation)
            )
            for name, field in model.model_fields.items()
        }
    types = get_type_hints(model)
    return {
        field.name: _Field(
            field.default is dataclasses.MISSING, _inner(types[field.name]), _options(types[field.name])
        )
        for field in dataclasses.fields(model)  # type: ignore[arg-type]
    }


def _inner(annotation: Any) -> type | None:
    found = (annotation, *get_args(annotation))
    return next((t for t in found if isinstance(t, type) and _is_model(t)), None)


def _options(annotation: Any) -> tuple[str, ...]:
    return tuple(map(str, get_args(annotation))) if get_origin(annotation) is Literal else ()


def _is_model(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) or issubclass(kind, BaseModel)
