"""Findings of a check -> text for a reader, on a terminal or line by line, and JSON; the list of rules.

Nothing from a file reaches the output raw: what a terminal would act on, or what could not be seen,
is written out.
"""

from __future__ import annotations

import json
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping

from rich.cells import cell_len

from partnerfit.checks.rules import Rule
from partnerfit.checks.run import RULES, Report
from partnerfit.render.blocks import one_line
from partnerfit.syntax import LINE_BREAK
from partnerfit.yamlsource import Problem

STYLES = {"error": "1;31", "warning": "1;33", "strong": "1", "frame": "1;34"}
"""What a terminal is told of a tone (ECMA-48, select graphic rendition)."""
LEAST_WIDTH = 40
PAGE_WIDTH = 80
ELLIPSIS = "…"

"""Where YAML begins a new line."""


def visible(text: str) -> str:
    """The text with every character that is no sign and no space written out: `␛`, `␉`, `<U+202E>`."""
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return chr(0x2421 if code == 0x7F else 0x2400 + code)
    return f"<U+{code:04X}>"


def rule_of(problem: Problem) -> Rule:
    """The rule that is broken."""
    return RULES[problem.code]


def message_of(problem: Problem) -> str:
    """What is wrong, on one line."""
    return visible(one_line(problem.message))


def full(report: Report, *, width: int, colour: bool) -> str:
    """Each finding with the line that is meant, no wider than `width` but for names of files.

    Carets stand right in a terminal that shows characters from left to right in the order of the text.
    """
    width, tones = max(width, LEAST_WIDTH), STYLES if colour else {}
    lines = {path: LINE_BREAK.split(report.texts.get(path, "")) for path in {p.path for p in report.problems}}
    parts = []
    for problem in report.problems:
        parts += [*_finding(problem, lines[problem.path], width, tones), ""]
    if parts:
        hint = f"`partnerfit check --explain {report.problems[0].code}` says more about a rule."
        parts += _wrapped(hint, width)
    return "".join(f"{part}\n" for part in parts)


def _finding(problem: Problem, lines: list[str], width: int, tones: Mapping[str, str]) -> Iterator[str]:
    severity = rule_of(problem).severity
    loud, strong, frame = (tones.get(tone, "") for tone in (severity, "strong", "frame"))
    head = f"{severity}[{problem.code}]: "
    first, *others = _wrapped(message_of(problem), width - len(head))
    yield _paint(head, loud) + _paint(first, strong)
    yield from (" " * len(head) + _paint(line, strong) for line in others)
    number = str(problem.line)
    gutter = " " * len(number)
    yield f"{gutter}{_paint('-->', frame)} {_place(problem)}"
    line = lines[problem.line - 1] if problem.line <= len(lines) else ""
    if line.strip():
        shown, before, meant = _excerpt(line, problem.column - 1, problem.width, width - len(number) - 3)
        yield f"{_paint(f'{number} |', frame)} {shown}"
        yield f"{_paint(f'{gutter} |', frame)} {' ' * before}{_paint('^' * meant, loud)}"


def _excerpt(line: str, start: int, width: int, room: int) -> tuple[str, int, int]:
    """A line, cut around `width` characters at `start`; the cells before them, and those that they take."""
    low, high = max(0, start - 4 * room), start + 4 * room  # no more can be shown; a line may be endless
    signs = [*map(_visible, line[low:high])]
    first = min(start - low, len(signs))
    if first == len(signs):
        signs.append(" ")  # the caret stands behind the last character
    last = first + max(width, 1)
    sizes = [*map(cell_len, signs)]
    whole = high >= len(line)
    begin = 0
    if low > 0 or sum(sizes[:last]) >= room:
        begin = _begin(sizes, first, room, whole=whole)
    left = ELLIPSIS if low + begin > 0 else ""
    while left and begin < first and sizes[begin] == 0:
        begin += 1  # a mark that combines would do so with the ellipsis
    end = begin
    while end < len(signs) and len(left) + sum(sizes[begin : end + 1]) <= room:
        end += 1
    right = ELLIPSIS if end < len(signs) or not whole else ""
    while right and len(left) + sum(sizes[begin:end]) >= room:
        end -= 1
    before, meant = len(left) + sum(sizes[begin:first]), sum(sizes[first : min(last, end)])
    if meant == 0:  # a mark that combines stands on the sign before it
        before, meant = max(before - 1, 0), 1
    return (left + "".join(signs[begin:end]) + right).rstrip(), before, meant


def _begin(sizes: list[int], first: int, room: int, *, whole: bool) -> int:
    """Where a cut begins: a third of the room before `first`, or earlier if the rest of the line fits."""
    begin = first
    while begin > 0 and (
        sum(sizes[begin - 1 : first]) <= room // 3 or (whole and sum(sizes[begin - 1 :]) < room)
    ):
        begin -= 1
    return begin


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells; only a word that is longer is cut."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, width):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if cell_len(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    piece = ""
    for character in word:
        if cell_len(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def _paint(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if style else text


def concise(report: Report) -> str:
    """One line for each finding, as editors and `grep` read it."""
    return "".join(f"{one(problem)}\n" for problem in report.problems)


def one(problem: Problem) -> str:
    """A finding on one line: `FILE:LINE:COLUMN: CODE MESSAGE`, `warning:` before the message of one."""
    mark = "warning: " if rule_of(problem).severity == "warning" else ""
    return f"{_place(problem)}: {problem.code} {mark}{message_of(problem)}"


def _place(problem: Problem) -> str:
    return f"{visible(problem.path)}:{problem.line}:{problem.column}"


def to_json(report: Report) -> str:
    """The findings as JSON, version 1; later versions only add.

    Lines and columns are 1-based and count characters; `end_column` is the first one behind.
    """
    findings = [
        {
            "file": problem.path,
            "line": problem.line,
            "column": problem.column,
            "end_column": problem.column + problem.width,
            "code": problem.code,
            "severity": rule_of(problem).severity,
            "title": rule_of(problem).title,
            "message": problem.message,
        }
        for problem in report.problems
    ]
    counts = {
        "files": len(report.texts),
        "sources": report.sources,
        "errors": report.count("error"),
        "warnings": report.count("warning"),
    }
    return json_text(
        {"version": 1, "counts": counts, "incomplete": [*report.incomplete], "findings": findings}
    )


def json_text(value: object) -> str:
    """Indented JSON; what could not be seen, or not be encoded, is written as an escape of JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return "".join(c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in text)


def rules(every: Mapping[str, Rule]) -> str:
    """The rules, one on each line: code, severity, title."""
    wide = max(len(rule.severity) for rule in every.values())
    return "".join(f"{rule.code}  {rule.severity:{wide}}  {rule.title}\n" for rule in every.values())


def explained(rule: Rule) -> str:
    """What a rule finds, how to mend it and, where only `check` looks, how to set one finding aside."""
    mend = textwrap.fill(rule.mend, PAGE_WIDTH, break_long_words=False, break_on_hyphens=False)
    parts = [f"{rule.code} {rule.title} ({rule.severity})", mend]
    if rule.check is not None:
        parts += [
            "To set one finding aside, write on its line:",
            f"    # partnerfit: ignore[{rule.code}] reason",
        ]
    return "\n\n".join(parts) + "\n"


def closing(report: Report, where: str) -> str:
    """How much was checked in which folder and what was found, in one line without its end."""
    checked = (
        f"{_counted(len(report.texts), 'file')}, {_counted(report.sources, 'source')} checked in {where}"
    )
    found = [_counted(count, name) for name in ("error", "warning") if (count := report.count(name))]
    nothing = "nothing wrong in what could be checked" if report.incomplete else "all in order"
    aside = [f"{_counted(report.set_aside, 'finding')} set aside by comments"] if report.set_aside else []
    aside += [f"{_counted(report.left_out, 'rule')} left out"] if report.left_out else []
    besides = f" ({', '.join(aside)})" if aside else ""
    return f"{checked}: {', '.join(found) or nothing}{besides}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
