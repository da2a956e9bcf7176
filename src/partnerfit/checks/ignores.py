"""Comments in a file that set single findings aside: `# partnerfit: ignore[PF306] reason`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from partnerfit.checks.corpus import File
from partnerfit.checks.rules import Rule
from partnerfit.complaints import quoted
from partnerfit.hints import Hints
from partnerfit.syntax import LINE_BREAK
from partnerfit.yamlsource import Problem

_COMMENT = re.compile(r"(?:^|\s)#\s*partnerfit:\s*ignore(?:\[([^\]]*)\])?[ \t]*(.*)$")

RULES = (
    Rule(
        "PF901",
        "warning",
        "Comment that sets nothing aside",
        "The finding is gone, or stands on another line. Remove the comment, or put it on the line of the "
        "finding or on a line of its own above.",
    ),
    Rule(
        "PF902",
        "error",
        "Comment that sets aside without saying what or why",
        "Write the codes in brackets and the reason behind them: `# partnerfit: ignore[PF306] reason`.",
    ),
)


@dataclass(frozen=True)
class Ignore:
    """One comment: the line it stands on, the line it is for, the codes it names and the reason."""

    line: int
    column: int
    target: int
    codes: tuple[str, ...]
    reason: str
    width: int


def ignores(text: str) -> Iterator[Ignore]:
    """The comments of a file; one on a line of its own is for the next line that is no comment."""
    if "partnerfit:" not in text:
        return
    lines = LINE_BREAK.split(text)
    below = None  # the next line that is no comment
    found: list[Ignore] = []
    for i in reversed(range(len(lines))):
        line = lines[i]
        alone = line.lstrip().startswith("#")
        if hit := _COMMENT.search(line):
            target = below if alone and below is not None else i
            start = line.index("#", hit.start())
            codes = tuple(dict.fromkeys(code for code in re.split(r"[,\s]+", hit[1] or "") if code))
            width = len(line.rstrip()) - start
            found.append(Ignore(i + 1, start + 1, target + 1, codes, hit[2].strip(), width))
        if not alone:
            below = i
    yield from reversed(found)


def set_aside(
    file: File, problems: Sequence[Problem], rules: Mapping[str, Rule], active: Collection[str]
) -> tuple[list[Problem], int]:
    """The findings of one file that no comment sets aside, with those on the comments; and how many are.

    What reading a file finds cannot be set aside: no command could use the file.

    Args:
        file: with the text.
        problems: all findings of the file.
        rules: all rules by code.
        active: the codes that were looked for; a comment for another one may well be needed.
    """
    comments = tuple(ignores(file.text))
    places = {
        (comment.target, code)
        for comment in comments
        if comment.reason
        for code in comment.codes
        if code in rules and rules[code].check is not None
    }
    used = {place for problem in problems if (place := (problem.line, problem.code)) in places}
    left = [problem for problem in problems if (problem.line, problem.code) not in used]
    lines: dict[str, list[int]] = {}
    for problem in left:
        lines.setdefault(problem.code, []).append(problem.line)
    for places_told in lines.values():
        places_told.sort()
    found = [
        Problem(file.name, comment.line, comment.column, code, message, comment.width)
        for comment in comments
        for code, message in _wrong(comment, rules, active, used, lines)
    ]
    return [*left, *found], len(problems) - len(left)


def _wrong(
    comment: Ignore,
    rules: Mapping[str, Rule],
    active: Collection[str],
    used: Collection[tuple[int, str]],
    lines: Mapping[str, Sequence[int]],
) -> Iterable[tuple[str, str]]:
    if not comment.codes or not comment.reason:
        what = "reason" if comment.codes else "codes in brackets"
        yield "PF902", f"the comment gives no {what}; write `# partnerfit: ignore[PF306] reason`"
        return
    for code in comment.codes:
        if code not in rules:
            meant = Hints().near(code, rules)
            mend = f"did you mean `{meant}`?" if meant else "`partnerfit check --list-rules` lists all"
            yield "PF902", f"no rule is called {quoted(code)}; {mend}"
        elif rules[code].check is None:
            yield (
                "PF902",
                f"{code} cannot be set aside, for no command could use the file; mend what it names",
            )
        elif code in active and (comment.target, code) not in used:
            near = _nearest(lines.get(code, ()), comment.target)
            mend = f"it is on line {near}: move the comment there" if near else "remove the comment"
            yield "PF901", f"there is no {code} on line {comment.target}; {mend}"


def _nearest(lines: Sequence[int], target: int) -> int | None:
    """The line nearest to a target, of lines that are sorted."""
    i = bisect_left(lines, target)
    return min(lines[max(i - 1, 0) : i + 1], key=lambda line: abs(line - target), default=None)
