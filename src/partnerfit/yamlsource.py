"""Text -> data that remembers line and column.

One pass over the composed nodes builds the data, refuses what YAML would let pass in silence
(keys given twice, surprising scalars), and keeps the nodes so that a later validation
error can be placed. Scalars are strict: `NO` is text, `010` is text, dates are text until the
model reads them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from partnerfit.complaints import complaints, one_line, quoted
from partnerfit.errors import DataError, UsageError
from partnerfit.folders import shown
from partnerfit.syntax import CONTROL, LINE_BREAK, control_character, marked, no_keys, why
from partnerfit.values import LINE

Model = TypeVar("Model")

MAX_BYTES = 500_000
MAX_VALUES = 15_000  # with keys, lists and mappings: what bounds time and memory for a file
MAX_ENTRIES = 1_000  # of one list
MAX_CHARACTERS = 5_000  # of one text
MAX_DEPTH = 20

_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)  # slower to build than a profile to read
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


class _Loader(_Base):  # type: ignore[misc]
    """Reads only the scalars of `_STRICT` as anything but text."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            match = _STRICT.fullmatch(value) if implicit[0] and value is not None else None
            return f"{_TAG}{match.lastgroup}" if match else _TEXT
        return f"{_TAG}seq" if kind is yaml.SequenceNode else f"{_TAG}map"


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong at a place; line and column are 1-based and count characters.

    `code` names the rule that is broken; `partnerfit check --explain CODE` says more. `width` is how
    many characters of the line are meant.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    width: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True)
class Document:
    """One file: its name as shown to the user, its data, and the nodes that know the places."""

    path: str
    data: Any
    root: yaml.Node

    def problem(
        self,
        loc: Sequence[str | int],
        code: str,
        message: str,
        *,
        at_key: bool = False,
        other: Sequence[str | int] | None = None,
    ) -> Problem:
        """A problem placed at `loc` (keys and indices from the top), or at its nearest parent.

        `LINE` in the message becomes the line of `other`.
        """
        if other is not None:
            message = message.replace(LINE, str(self._node(other).start_mark.line + 1))
        return _at(self._node(loc, at_key=at_key), self.path, code, message)

    def _node(self, loc: Sequence[str | int], *, at_key: bool = False) -> yaml.Node:
        node = meant = self.root
        for part in loc:
            if isinstance(node, yaml.MappingNode):
                pair = self._pairs(node).get(str(part))
                if pair is None:
                    continue
                meant = pair[0 if at_key else 1]
                node = pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = meant = node.value[part]
        return meant

    def _pairs(self, node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """The nodes of each key and its value by the key; of a key given twice those that count."""
        if id(node) not in self._known_pairs:
            self._known_pairs[id(node)] = {
                key.value: (key, value) for key, value in reversed(node.value) if isinstance(key.value, str)
            }
        return self._known_pairs[id(node)]

    @cached_property
    def _known_pairs(self) -> dict[int, dict[str, tuple[yaml.Node, yaml.Node]]]:
        return {}


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
    document, problems = scan(raw, name)
    if document is None or problems:
        raise DataError(problems)
    return document


def scan(raw: bytes, name: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """What can be read of the text of one file, None if nothing can, and what is not strict in it."""
    try:
        root = _composed(raw, name)
    except DataError as error:
        return None, error.problems
    builder = _Builder(name)
    data = builder.build(root, depth=0)
    return Document(name, data, root), tuple(sorted(builder.problems))


def _composed(raw: bytes, name: str) -> yaml.MappingNode:
    """The nodes of a file whose top is a mapping."""
    if len(raw) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES:,} bytes; shorten it, and link to long texts"
        raise DataError((Problem(name, 1, 1, "PF003", message),))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        problem = _problem_after(before, name, "PF001", "not UTF-8; save the file as UTF-8")
        raise DataError((problem,)) from None
    try:
        if _values_at_most(text) > MAX_VALUES:
            _count(text, name)
        if marks := _marks(text, name):
            raise DataError(tuple(marks))
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise DataError((_syntax_problem(text, name, error),)) from None
    except yaml.reader.ReaderError as error:
        # The position of the error counts bytes or characters, depending on the loader.
        character = error.character if isinstance(error.character, str) else chr(error.character)
        before = text[: text.index(character)]
        raise DataError((_problem_after(before, name, "PF007", control_character(character)),)) from None
    except RecursionError:
        raise DataError((Problem(name, 1, 1, "PF004", "nested too deeply to be read"),)) from None
    if not isinstance(root, yaml.MappingNode):
        raise DataError((Problem(name, 1, 1, "PF010", no_keys(root)),))
    return root


def _values_at_most(text: str) -> int:
    """No fewer than the values that a file can hold: each stands behind one of few signs."""
    signs = ",", ":", "[", "{", "\n", "\r", "\x85", "\u2028", "\u2029", "- ", "-\t", "? ", "?\t"
    return 2 * sum(map(text.count, signs)) + text.count("? ") + 3


def _count(text: str, name: str) -> None:
    """Refuse a file with more values than can be checked in reasonable time and memory."""
    count = 0
    for event in yaml.parse(text, Loader=_Loader):
        count += isinstance(event, yaml.NodeEvent)
        if count > MAX_VALUES:
            mark: Any = event.start_mark
            message = f"the file holds more than {MAX_VALUES:,} keys and values; shorten it"
            raise DataError((Problem(name, mark.line + 1, mark.column + 1, "PF003", message),))


def _marks(text: str, name: str) -> list[Problem]:
    """Anchors, aliases and tags: what hides from a reader what a line says."""
    found: list[Problem] = []
    if not _MARK.search(text):
        return found
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if message := marked(event):
                mark: Any = event.start_mark
                found.append(Problem(name, mark.line + 1, mark.column + 1, "PF005", message))
    except yaml.MarkedYAMLError:
        if not found:  # else the rest may only follow from a text that was taken for a mark
            raise
    return found


def _problem_after(before: str, name: str, code: str, message: str) -> Problem:
    """A problem at the end of a piece of text from the start of the file."""
    *lines, last = LINE_BREAK.split(before)
    return Problem(name, len(lines) + 1, len(last) + 1, code, message)


def _at(node: yaml.Node, name: str, code: str, message: str) -> Problem:
    """A problem of a node; its width ends with the line on which the node begins."""
    start, end = node.start_mark, node.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return Problem(name, start.line + 1, start.column + 1, code, message, max(width, 1))


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
            return self._complain(node, "PF004", f"nested more than {MAX_DEPTH} levels deep; flatten it")
        if isinstance(node, yaml.SequenceNode):
            if len(node.value) > MAX_ENTRIES:
                message = f"a list of {len(node.value):,} entries, at most {MAX_ENTRIES:,}; shorten it"
                self._complain(node.value[MAX_ENTRIES], "PF003", message)
            return [self.build(item, depth + 1) for item in node.value[:MAX_ENTRIES]]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._complain(key, "PF002", "a key must be plain text")
            elif key.value in first:
                where = f"first on line {first[key.value]}"
                self._complain(
                    key, "PF006", f"key `{one_line(key.value)}` is given twice ({where}); keep one"
                )
            else:
                first[key.value] = key.start_mark.line + 1
                if self._text(key):
                    data[key.value] = self.build(value, depth + 1)
        return data

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        if not self._text(node):
            return None
        try:
            return _READ[node.tag](node.value)
        except ValueError:
            message = f"{quoted(node.value)} is a number that is too large to be read"
            return self._complain(node, "PF114", message)

    def _text(self, node: yaml.ScalarNode) -> bool:
        """Complain of what a text must not hold; whether the text can be used at all."""
        if len(node.value) > MAX_CHARACTERS:
            message = f"a text of {len(node.value):,} characters, at most {MAX_CHARACTERS:,}; shorten it"
            self._complain(node, "PF109", message)
            return False
        if found := CONTROL.search(node.value):
            self._complain(node, "PF007", control_character(found[0]))
        return True

    def _complain(self, at: yaml.Node, code: str, message: str) -> None:
        self.problems.append(_at(at, self._name, code, message))


def _syntax_problem(text: str, name: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark and "nesting depth" in str(error.problem):
        message = f"nested more than {MAX_DEPTH} levels deep; flatten it"
        return Problem(name, mark.line + 1, mark.column + 1, "PF004", message)
    place = why(text, error, _Loader)
    return Problem(name, place.line, place.column, "PF002", place.message)


def validate(model: type[Model], document: Document, **extra: Any) -> Model:
    """Read a document as `model`, a pydantic model or a dataclass.

    `extra` are fields that the file does not carry, such as its id.

    Raises:
        DataError: with every problem of the file, placed.
    """
    clash = sorted(extra.keys() & document.data.keys())
    if clash:
        loc = (clash[0],)
        message = f"key `{clash[0]}` does not belong here: the name of the file says it; remove the line"
        raise DataError((document.problem(loc, "PF112", message, at_key=True),))
    try:
        validated: Model = _adapter(model).validate_python({**document.data, **extra})
    except ValidationError as error:
        found = (
            document.problem(c.loc, c.code, c.message, at_key=c.at_key, other=c.other)
            for c in complaints(error, model, document.data, extra)
        )
        raise DataError(tuple(sorted(found))) from None
    return validated
