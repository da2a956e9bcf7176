"""Text -> data that remembers line and column.

One pass over the composed nodes builds the data, refuses what YAML would let pass in silence
(keys given twice, anchors, surprising scalars), and keeps the nodes so that a later validation
error can be placed. Scalars are strict: `NO` is text, `010` is text, dates are text until the
model reads them.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from partnerfit.errors import DataError, UsageError
from partnerfit.folders import shown

Model = TypeVar("Model")

MAX_BYTES = 2_000_000
MAX_DEPTH = 20

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HAS_LIBYAML = _Base is not yaml.SafeLoader

_TAG = "tag:yaml.org,2002:"
_TEXT = f"{_TAG}str"
_READ: dict[str, Callable[[str], Any]] = {
    _TEXT: str,
    f"{_TAG}int": int,
    f"{_TAG}float": float,
    f"{_TAG}bool": lambda text: text == "true",
    f"{_TAG}null": lambda _: None,
}
_STRICT = re.compile(
    r"(?P<null>|~|null)|(?P<bool>true|false)|(?P<int>[-+]?(?:0|[1-9][0-9]*))"
    r"|(?P<float>[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?)"
)


class _Loader(_Base):  # type: ignore[misc]
    """Reads only the scalars of `_STRICT` as anything but text."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            match = _STRICT.fullmatch(value) if implicit[0] and value is not None else None
            return f"{_TAG}{match.lastgroup}" if match else _TEXT
        return f"{_TAG}seq" if kind is yaml.SequenceNode else f"{_TAG}map"


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong at a place; line and column are 1-based and count characters."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True)
class Document:
    """One file: its name as shown to the user, its data, and the nodes that know the places."""

    path: str
    data: Any
    root: yaml.Node

    def problem(self, loc: Sequence[str | int], message: str, *, at_key: bool = False) -> Problem:
        """A problem placed at `loc` (keys and indices from the top), or at its nearest parent."""
        node, mark = self.root, self.root.start_mark
        for part in loc:
            if isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
                if pair is None:
                    continue
                mark = pair[0 if at_key else 1].start_mark
                node = pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = node.value[part]
                mark = node.start_mark
        return Problem(self.path, mark.line + 1, mark.column + 1, message)


def read(path: Path) -> Document:
    """Read one YAML file.

    Raises:
        UsageError: the file cannot be opened.
        DataError: it is not strict YAML with a mapping at the top.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{shown(path)}: cannot be read ({error.strerror})") from None
    return parse(raw, shown(path))


def parse(raw: bytes, name: str) -> Document:
    """Parse the text of one file; see `read`."""
    if len(raw) > MAX_BYTES:
        raise DataError((Problem(name, 1, 1, f"the file is larger than {MAX_BYTES:,} bytes; split it"),))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError((Problem(name, line, 1, "not UTF-8; save the file as UTF-8"),)) from None
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise DataError((_syntax_problem(name, error),)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - (text.rfind("\n", 0, error.position) + 1) + 1
        message = f"character U+{ord(_character(error)):04X} is not allowed in YAML; remove it"
        raise DataError((Problem(name, line, column, message),)) from None
    except RecursionError:
        raise DataError((Problem(name, 1, 1, "nested too deeply to be read"),)) from None
    if not isinstance(root, yaml.MappingNode):
        what = "the file is empty" if root is None else "the file is no mapping of keys to values"
        raise DataError((Problem(name, 1, 1, f"{what}; `partnerfit show STATE` shows what one holds"),))
    builder = _Builder(name)
    data = builder.build(root, depth=0)
    if builder.problems:
        raise DataError(tuple(sorted(builder.problems)))
    return Document(name, data, root)


class _Builder:
    """Turns nodes into data in one walk and gathers what is not strict."""

    def __init__(self, name: str) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, depth: int) -> Any:
        """The data of one node and all below it."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self._seen:
            return self._complain(node, "anchors and aliases are not allowed; write the value out")
        if depth > MAX_DEPTH:
            return self._complain(node, f"nested more than {MAX_DEPTH} levels deep")
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._complain(key, "a key must be plain text")
            elif key.value in first:
                where = f"first on line {first[key.value]}"
                self._complain(key, f"key `{key.value}` is given twice ({where}); keep one")
            else:
                first[key.value] = key.start_mark.line + 1
                data[key.value] = self.build(value, depth + 1)
        return data

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        read_scalar = _READ.get(node.tag)
        if read_scalar is None:
            return self._complain(node, f"tag {node.tag!r} is not allowed; write text, a number or a list")
        try:
            return read_scalar(node.value)
        except ValueError:
            return self._complain(node, f"{node.value!r} is not of the kind its tag says")

    def _complain(self, at: yaml.Node, message: str) -> None:
        mark = at.start_mark
        self.problems.append(Problem(self._name, mark.line + 1, mark.column + 1, message))


def _syntax_problem(name: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    what = " ".join(str(error.problem or "cannot be parsed").split())
    context = f" {' '.join(error.context.split())}" if error.context else ""
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(name, line, column, f"not valid YAML: {what}{context}; look at the line above too")


def _character(error: yaml.reader.ReaderError) -> str:
    return error.character if isinstance(error.character, str) else chr(error.character)


def validate(model: type[Model], document: Document, **extra: Any) -> Model:
    """Read a document as `model`, a pydantic model or a dataclass.

    `extra` are fields that the file does not carry, such as its id.

    Raises:
        DataError: with every problem of the file, placed.
    """
    clash = sorted(extra.keys() & document.data.keys())
    if clash:
        loc = (clash[0],)
        message = f"key `{clash[0]}` does not belong here: the name of the file says it"
        raise DataError((document.problem(loc, message, at_key=True),))
    try:
        return TypeAdapter(model).validate_python({**document.data, **extra})
    except ValidationError as error:
        raise DataError(tuple(sorted(_explain(error, model, document)))) from None


def _explain(error: ValidationError, model: type, document: Document) -> Iterator[Problem]:
    """Validation errors in the words of a profile's author."""
    for detail in error.errors(include_url=False):
        loc = detail["loc"]
        key = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
        unknown = detail["type"] in _UNKNOWN_KEY
        yield document.problem(loc, _words(detail, key, model), at_key=unknown)


def _words(detail: ErrorDetails, key: str, model: type) -> str:
    kind, given = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind in _UNKNOWN_KEY:
        return f"unknown key `{key}`{_did_you_mean(key, _keys(model, detail['loc'][:-1]))}"
    if kind == "literal_error":
        options = [
            a or b for a, b in re.findall(r"'([^']*)'|(\w+)", str(context["expected"])) if (a or b) != "or"
        ]
        hint = (
            _did_you_mean(given, options)
            or f"; write {'one of ' if len(options) > 1 else ''}{', '.join(options)}"
        )
        return f"`{key}` is {_brief(given)}{hint}"
    if kind == "value_error":
        return f"`{key}`: {context['error']}" if key else str(context["error"])
    if kind == "string_pattern_mismatch":
        shape = _SHAPES.get(context["pattern"], context["pattern"])
        return f"`{key}` is {_brief(given)}, which does not look like {shape}"
    if kind in _WORDS:
        return _WORDS[kind].format(key=key, given=_brief(given), raw=given)
    return f"`{key}` is {_brief(given)}: {detail['msg'][0].lower()}{detail['msg'][1:]}"


_UNKNOWN_KEY = ("extra_forbidden", "unexpected_keyword_argument")
_WORDS = {
    "missing": "key `{key}` is missing; add it",
    "string_type": "`{key}` is {given}, which is not text; put it in quotes",
    "tuple_type": "`{key}` is {given}; write a list: [{raw}]",
    "too_short": "`{key}` is an empty list; fill it or leave the key out",
    "string_too_short": "`{key}` is empty; fill it or leave the key out",
    "model_type": "`{key}` holds {given} where keys and values belong",
    "model_attributes_type": "`{key}` holds {given} where keys and values belong",
}
_SHAPES = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "an id (small letters, digits and hyphens)",
    "^[A-Z]{2}$": "an ISO alpha-2 code such as TN",
    "^[A-Z]{3}$": "an ISO alpha-3 code such as TUN",
    "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$": "a code of a state or group",
    r"^https?://[^\s/]+\S*$": "a web address that begins with http:// or https://",
}


def _keys(model: type, loc: tuple[int | str, ...]) -> list[str]:
    """The keys known at `loc`, found by walking the fields of the model."""
    fields = _fields(model)
    for part in loc:
        if isinstance(part, str):
            inner = fields.get(part)
            fields = _fields(inner) if inner is not None else {}
    return list(fields)


def _fields(model: type) -> dict[str, type | None]:
    """The keys of a model and, where a key holds another model, that model."""
    if issubclass(model, BaseModel):
        types = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
    else:
        types = {field.name: get_type_hints(model)[field.name] for field in dataclasses.fields(model)}  # type: ignore[arg-type]
    return {name: _inner(annotation) for name, annotation in types.items()}


def _inner(annotation: Any) -> type | None:
    found = (annotation, *get_args(annotation))
    return next((t for t in found if isinstance(t, type) and _is_model(t)), None)


def _is_model(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) or issubclass(kind, BaseModel)


def _did_you_mean(given: Any, options: Sequence[str]) -> str:
    close = difflib.get_close_matches(str(given), options, n=1, cutoff=0.6)
    return f"; did you mean `{close[0]}`?" if close else ""


def _brief(value: Any) -> str:
    text = repr(value) if not isinstance(value, (dict, list)) else f"a {type(value).__name__}"
    text = {"a dict": "a mapping", "a list": "a list"}.get(text, text)
    return text if len(text) <= 60 else f"{text[:57]}..."
