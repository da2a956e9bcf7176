"""What a report of `check` promises, whatever the files hold."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from xml.etree import ElementTree as ET

from partnerfit.checks import run
from partnerfit.render import ci, problems
from partnerfit.syntax import LINE_BREAK

MOST_CHARACTERS = 400
"""Of a message."""
FORMS: Mapping[str, Callable[[run.Report], str]] = {
    "full": lambda report: problems.full(report, width=80, colour=True),
    "concise": problems.concise,
    "json": problems.to_json,
    "github": ci.github,
    "gitlab": ci.gitlab,
    "sarif": ci.sarif,
    "junit": ci.junit,
}


class BrokenError(Exception):
    """A report that does not hold what it promises."""


def kept(report: run.Report, forms: Iterable[str] = FORMS) -> None:
    """See that each finding lies in its file and is told in one line, and that a report can be rendered.

    Raises:
        BrokenError: it is not so.
        Exception: whatever rendering raises.
    """
    every = {path: LINE_BREAK.split(text) for path, text in report.texts.items()}
    for problem in report.problems:
        lines = every[problem.path]
        fits = 1 <= problem.line <= len(lines) and 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        if problem.code not in run.RULES or problem.width < 1 or not fits:
            raise BrokenError(f"lies outside the file: {problem!r}")
        if not problem.message.isprintable() or len(problem.message) > MOST_CHARACTERS:
            raise BrokenError(f"no short line: {problem!r}")
    for form in forms:
        _rendered(report, form)


def _rendered(report: run.Report, form: str) -> None:
    text = FORMS[form](report)
    text.encode("utf-8")
    if form in ("json", "gitlab", "sarif"):
        json.loads(text)
    elif form == "junit":
        ET.fromstring(text)  # noqa: S314 - our own
    elif form in ("concise", "github") and len(text.splitlines()) != len(report.problems):
        raise BrokenError(f"{form}: not one line for each finding")
    unseen = {c for c in set(text) if not c.isprintable()} - ({*"\n\x1b"} if form == "full" else {"\n"})
    if any(unicodedata.category(character) != "Zs" for character in unseen):
        raise BrokenError(f"{form}: holds what a terminal would act on")
