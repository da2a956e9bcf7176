"""Text -> data that remembers line and column.

One pass over the composed nodes builds the data, refuses what YAML would let pass in silence
(keys given twice, surprising scalars), and keeps the nodes so that a later validation
error can be placed. Scalars are strict: `NO` is text, `010` is text, dates are text until the
model reads them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from partnerfit.complaints import complaints, one_line, quoted
from partnerfit.errors import DataError, UsageError
from partnerfit.folders import shown

Model = TypeVar("Model")

MAX_BYTES = 2_000_000
MAX_DEPTH = 20

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HAS_LIBYAML = _Base is not yaml.SafeLoader


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError
    return value


_TAG = "tag:yaml.org,2002:"
_TEXT = f"{_TAG}str"
_READ: dict[str, Callable[[str], Any]] = {
    _TEXT: str,
    f"{_TAG}int": int,
    f"{_TAG}float": _finite,
    f"{_TAG}bool": lambda text: text == "true",
    f"{_TAG}null": lambda _: None,
}
_STRICT = re.compile(
    r"(?P<null>|~|null)|(?P<bool>true|false)|(?P<int>[-+]?(?:0|[1-9][0-9]*))"
    r"|(?P<float>[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?)"
)
_MARK = re.compile(r"(?:^|[\s\[{,:])[&*!]")
"""Where an anchor, an alias or a tag may begin: a file without a hit has none."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


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
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
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
        before = error.object[: error.start].decode("utf-8")
        raise DataError((_problem_after(before, name, "not UTF-8; save the file as UTF-8"),)) from None
    try:
        if marks := tuple(_marks(text, name)):
            raise DataError(marks)
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise DataError((_syntax_problem(name, error),)) from None
    except yaml.reader.ReaderError as error:
        # The position of the error counts bytes or characters, depending on the loader.
        character = error.character if isinstance(error.character, str) else chr(error.character)
        before = text[: text.index(character)]
        raise DataError((_problem_after(before, name, _forbidden(character)),)) from None
    except RecursionError:
        raise DataError((Problem(name, 1, 1, "nested too deeply to be read"),)) from None
    if not isinstance(root, yaml.MappingNode):
        what = "the file is empty" if root is None else "the file is no mapping of keys to values"
        raise DataError((Problem(name, 1, 1, f"{what}; write `key: value`, each on its line"),))
    builder = _Builder(name)
    data = builder.build(root, depth=0)
    if builder.problems:
        raise DataError(tuple(sorted(builder.problems)))
    return Document(name, data, root)


def _marks(text: str, name: str) -> Iterator[Problem]:
    """Anchors, aliases and tags: what hides from a reader what a line says."""
    if not _MARK.search(text):
        return
    for event in yaml.parse(text, Loader=_Loader):
        tag = getattr(event, "tag", None)
        if getattr(event, "anchor", None) is not None:
            message = "anchors and aliases are not allowed; write the value out"
        elif tag is not None:
            message = f"tag {quoted(tag)} is not allowed; write text, a number or a list"
        else:
            continue
        mark: Any = event.start_mark
        yield Problem(name, mark.line + 1, mark.column + 1, message)


def _problem_after(before: str, name: str, message: str) -> Problem:
    """A problem at the end of a piece of text from the start of the file."""
    return Problem(name, before.count("\n") + 1, len(before) - before.rfind("\n"), message)


def _forbidden(character: str) -> str:
    return f"character U+{ord(character):04X} is not allowed in YAML; remove it"


class _Builder:
    """Turns nodes into data in one walk and gathers what is not strict."""

    def __init__(self, name: str) -> None:
        self.problems: list[Problem] = []
        self._name = name

    def build(self, node: yaml.Node, depth: int) -> Any:
        """The data of one node and all below it."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if depth > MAX_DEPTH:
            return self._complain(node, f"nested more than {MAX_DEPTH} levels deep")
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
                self._complain(key, f"key `{one_line(key.value)}` is given twice ({where}); keep one")
            else:
                self._text(key)
                first[key.value] = key.start_mark.line + 1
                data[key.value] = self.build(value, depth + 1)
        return data

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        self._text(node)
        try:
            return _READ[node.tag](node.value)
        except ValueError:
            return self._complain(node, f"{quoted(node.value)} is a number that is too large to be read")

    def _text(self, node: yaml.ScalarNode) -> None:
        if found := _CONTROL.search(node.value):
            self._complain(node, _forbidden(found[0]))

    def _complain(self, at: yaml.Node, message: str) -> None:
        mark = at.start_mark
        self.problems.append(Problem(self._name, mark.line + 1, mark.column + 1, message))


def _syntax_problem(name: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    what = " ".join(str(error.problem or "cannot be parsed").split())
    context = f" {' '.join(error.context.split())}" if error.context else ""
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(name, line, column, f"not valid YAML: {what}{context}; look at the line above too")


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
        found = (document.problem(c.loc, c.message, at_key=c.at_key) for c in complaints(error, model, extra))
        raise DataError(tuple(sorted(found))) from None
