"""Why a text is no YAML, in the words of someone who writes a profile: where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import yaml

from partnerfit.complaints import one_line

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Where YAML begins a new line."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a text must not hold: signs that control a terminal, or the direction of writing."""

_CONFLICT = re.compile(r"(?:<{7}|>{7})(?: |$)|={7}$")
_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:- )?[\w-]+(:)[^\s:/]")
_HYPHEN_WITHOUT_SPACE = re.compile(r"\s*(-)[A-Za-z_]+:")


class Place(NamedTuple):
    """A line and a column, from 1, and what is wrong there."""

    line: int
    column: int
    message: str


class _Mark(NamedTuple):
    """A line and a column, from 0."""

    line: int
    column: int


class _Said(NamedTuple):
    """What the loader said of lines, where, and where what it was reading began."""

    what: str
    context: str
    at: _Mark
    opened: _Mark
    lines: Sequence[str]


def why(text: str, error: yaml.MarkedYAMLError, loader: Any) -> Place:
    """What to say of a text that `loader` refused with an error."""
    lines = LINE_BREAK.split(text)
    at = _mark(error.problem_mark or error.context_mark, lines)
    said = _Said(
        what=" ".join(str(error.problem or "cannot be parsed").split()),
        context=" ".join(str(error.context or "").split()),
        at=at,
        opened=_opened(text, error, loader, at) or at,
        lines=lines,
    )
    ways = (_conflict, _sign, _brackets, _quotes, _colon, _no_colon, _block, _document)
    found = next((place for way in ways if (place := way(said))), None)
    found = found or _behind_a_text(text, loader, at) or _indent(said)
    if found is None:
        context = f" {said.context}" if said.context else ""
        return _place(at, f"not valid YAML: {said.what}{context}; look at the line above too")
    return found


def _mark(mark: Any, lines: Sequence[str]) -> _Mark:
    if mark is None:
        return _Mark(0, 0)
    if mark.line >= len(lines):  # libyaml puts a line of its own below
        return _Mark(len(lines) - 1, len(lines[-1]))
    return _Mark(mark.line, mark.column)


def _opened(text: str, error: yaml.MarkedYAMLError, loader: Any, at: _Mark) -> _Mark | None:
    """Where what could not be read to its end began; of an entry in brackets where these open."""
    if "flow node" not in str(error.context):
        return _Mark(error.context_mark.line, error.context_mark.column) if error.context_mark else None
    brackets: list[_Mark] = []
    for token in _tokens(text, loader):
        start = _Mark(token.start_mark.line, token.start_mark.column)
        if start >= at:
            break
        if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
            brackets.append(start)
        elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)) and brackets:
            brackets.pop()
    return brackets[-1] if brackets else None


def _place(at: _Mark, message: str) -> Place:
    return Place(at.line + 1, at.column + 1, message)


def _conflict(said: _Said) -> Place | None:
    marked = [i for i, line in enumerate(said.lines) if _CONFLICT.match(line)]
    if len(marked) < 2:
        return None
    what = "two versions stand side by side since a merge"
    return Place(marked[0] + 1, 1, f"{what}; keep one and remove the lines <<<<<<<, ======= and >>>>>>>")


def _sign(said: _Said) -> Place | None:
    mark = any(word in said.context for word in ("an alias", "an anchor", "a tag"))
    if not mark and "cannot start any token" not in said.what and "tab character" not in said.what:
        return None
    at = said.opened if mark else said.at
    sign = said.lines[at.line][at.column : at.column + 1]
    if sign == "\t":
        return _place(at, "a tab cannot indent in YAML; write spaces")
    return _place(at, f"a text that begins with {one_line(sign)} goes in quotes")


def _brackets(said: _Said) -> Place | None:
    if "flow" not in said.context:
        return None
    at, opened = said.at, said.opened
    sign = said.lines[opened.line][opened.column : opened.column + 1]
    if sign not in ("[", "{"):  # a mark of byte order inside the text moves what stands behind it
        sign = "[" if "sequence" in said.context else "{"
    end, what = ("]", "list") if sign == "[" else ("}", "mapping")
    if at.line == opened.line and end in said.lines[at.line][at.column :]:
        if "node" in said.context:
            return _place(at, f"an entry is missing before this in the {what}; remove the comma, or add it")
        return _place(at, f"a comma is missing before this in the {what} that {sign} opens; add it")
    more = "" if at.line - opened.line <= 1 else f", or the comma that is missing before line {at.line + 1}"
    return _place(opened, f"the {what} opened with {sign} here is not closed; add {end}{more}")


def _quotes(said: _Said) -> Place | None:
    if "quoted" not in said.context:
        return None
    quote = said.lines[said.opened.line][said.opened.column : said.opened.column + 1]
    if "end of stream" in said.what:
        return _place(
            said.opened, f"the text opened with {quote} here is never closed; add {quote} at its end"
        )
    if "escape" in said.what:
        return _place(said.at, "a backslash between double quotes needs another; write \\\\ for it")
    return None


def _colon(said: _Said) -> Place | None:
    if "mapping values are not allowed" not in said.what:
        return None
    at, lines = said.at, said.lines
    if re.search(r":\s", lines[at.line][: at.column]):
        return _place(at, "a colon and a space stand inside a text; put the text in quotes")
    above = next((i for i in reversed(range(at.line)) if lines[i].strip()), None)
    if above is None:
        return None
    mend = "indent both alike, or put the text of the line above in quotes"
    what = f"a key is indented deeper than the one on line {above + 1}"
    begin = len(lines[at.line]) - len(lines[at.line].lstrip())
    return _no_space(above, lines) or _place(_Mark(at.line, begin), f"{what}; {mend}")


def _no_space(number: int, lines: Sequence[str]) -> Place | None:
    """A line on which a space is missing behind a colon or hyphen."""
    for pattern, what in ((_KEY_WITHOUT_SPACE, "colon"), (_HYPHEN_WITHOUT_SPACE, "hyphen")):
        if found := pattern.match(lines[number]):
            return Place(number + 1, found.start(1) + 1, f"put a space after the {what}")
    return None


def _no_colon(said: _Said) -> Place | None:
    if "simple key" not in said.context:
        return None
    what = "there is no colon on this line"
    mend = "write `key: value`, or indent the line where it belongs to the text above"
    return _no_space(said.opened.line, said.lines) or _place(said.opened, f"{what}; {mend}")


def _block(said: _Said) -> Place | None:
    if "block scalar" not in said.context:
        return None
    mend = "begin it on the next line, or put it in quotes"
    return _place(said.at, f"text cannot stand on the line of | or >; {mend}")


def _document(said: _Said) -> Place | None:
    if "another document" in said.what:
        return _place(said.at, "a second document begins here; remove the line `---`, or all from there on")
    if "document start" in said.what:
        return _place(said.at, "this key is not among those above; indent all keys of the file alike")
    return None


def _behind_a_text(text: str, loader: Any, at: _Mark) -> Place | None:
    """Something that stands behind a text in quotes, or behind brackets, where nothing can."""
    before = None
    for token in _tokens(text, loader):
        end = _Mark(token.end_mark.line, token.end_mark.column)
        if end > at:
            break
        before = token if end.line == at.line else None
    if isinstance(before, yaml.ScalarToken) and before.style in ("'", '"'):
        quote, start = before.style, before.start_mark
        if start.line != at.line:
            mend = f"close it with {quote} where it should end"
            message = f"the text opened with {quote} here goes on to line {at.line + 1}; {mend}"
            return Place(start.line + 1, start.column + 1, message)
        double = "''" if quote == "'" else '\\"'
        return _place(at, f"the text in quotes ends before this; write {double} for a {quote} inside it")
    if isinstance(before, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)):
        mend = "put all of the text in quotes, or remove what follows"
        return _place(at, f"something follows the bracket; {mend}")
    return None


def _tokens(text: str, loader: Any) -> Iterator[Any]:
    try:
        yield from yaml.scan(text, Loader=loader)
    except yaml.YAMLError:
        return


def _indent(said: _Said) -> Place | None:
    at, line = said.at, said.lines[said.at.line]
    if line[: at.column].strip() or not any(word in said.what for word in ("key", "'-'", "block end")):
        return None
    if at.column == 0:
        begins = "an entry of a list" if line.startswith("-") else "this line"
        return _place(at, f"{begins} fits nothing above here; indent it below the key that it belongs to")
    spaces = f"{at.column} space{'s' * (at.column > 1)}"
    return _place(at, f"an indent of {spaces} fits nothing above; indent the line like those beside it")


def marked(event: yaml.Event) -> str | None:
    """What is wrong with an event, if it has a mark."""
    tag = getattr(event, "tag", None)
    anchor = getattr(event, "anchor", None)
    if isinstance(event, yaml.AliasEvent):
        what = f"`*{one_line(str(anchor))}` is read as a reference, since it begins with *"
        return f"{what}; put text that begins so in quotes, or write the value out"
    if anchor is not None:
        what = f"`&{one_line(anchor)}` is read as a name for what follows, since it begins with &"
        return f"{what}; remove it, or put text that begins so in quotes"
    if tag is not None:
        short = tag.replace("tag:yaml.org,2002:", "!!", 1)
        return f"`{one_line(short)}` is read as a tag; remove it, or put text that begins with ! in quotes"
    return None


def no_keys(root: yaml.Node | None) -> str:
    """What to do with a file that holds no keys."""
    mend = "write `key: value`, each on its line; `partnerfit new STATE` writes a profile to begin with"
    if root is None:
        return f"the file is empty; {mend}"
    if isinstance(root, yaml.SequenceNode):
        return f"the file begins with a list; put the name of a key above it, as in `objectives:` ({mend})"
    return f"the file holds only text; {mend}"


def control_character(character: str) -> str:
    """What to do about a sign that a text must not hold."""
    return f"the text holds the control character U+{ord(character):04X}; remove it or write a space"
