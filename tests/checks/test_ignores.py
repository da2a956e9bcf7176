"""Comments that set findings aside: on the line, above it, and what is wrong with a comment."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerfit.checks.corpus import File
from partnerfit.checks.ignores import Ignore, ignores, set_aside
from partnerfit.checks.run import RULES
from partnerfit.yamlsource import Problem

KNOWN = ("PF101", "PF306", "PF307", "PF901", "PF902")


def read(text: str) -> list[tuple[int, int, tuple[str, ...], str]]:
    """Line, target, codes and reason of each comment."""
    return [(one.line, one.target, one.codes, one.reason) for one in ignores(text)]


def left(text: str, *places: str, active: tuple[str, ...] = KNOWN) -> list[str]:
    """What is left, as `LINE:CODE`, of findings in a text given so."""
    split = (place.split(":") for place in places)
    problems = [Problem("f", int(line), 1, code, "wrong") for line, code in split]
    file = File(Path("f"), "f", text, ())
    return [f"{p.line}:{p.code}" for p in set_aside(file, problems, RULES, active)[0]]


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("a: 1\n", []),
        ("a: 1  # partnerfit: ignore[PF306] so it is\n", [(1, 1, ("PF306",), "so it is")]),
        ("# partnerfit: ignore[PF306] so it is\na: 1\n", [(1, 2, ("PF306",), "so it is")]),
        ("  #partnerfit:ignore[PF306]  so it is  \n  a: 1\n", [(1, 2, ("PF306",), "so it is")]),
        ("# partnerfit: ignore[PF306,PF307] both\na: 1\n", [(1, 2, ("PF306", "PF307"), "both")]),
        ("# partnerfit: ignore[ PF306  PF307, ] both\na: 1\n", [(1, 2, ("PF306", "PF307"), "both")]),
        ("# partnerfit: ignore[PF306]\na: 1\n", [(1, 2, ("PF306",), "")]),
        ("# partnerfit: ignore because\na: 1\n", [(1, 2, (), "because")]),
        ("# partnerfit: ignore", [(1, 1, (), "")]),
        ("# partnerfit: ignore[PF306] x\n# more\n\na: 1\n", [(1, 3, ("PF306",), "x")]),
        ("# partnerfit: ignore[PF306] x\r\na: 1\r\n", [(1, 2, ("PF306",), "x")]),
        ("a: 1 # partnerfit: ignore[PF306]\r\n", [(1, 1, ("PF306",), "")]),
        (
            "# partnerfit: ignore[PF306] x\n# partnerfit: ignore[PF307] y\na: 1\n",
            [(1, 3, ("PF306",), "x"), (2, 3, ("PF307",), "y")],
        ),
        ("a: x#partnerfit: ignore[PF306] no comment\n", []),
        ("# see partnerfit: ignore[PF306] for this\n", []),
        ("# partnerfit ignore[PF306] without the colon\n", []),
    ],
)
def test_comments(text: str, comments: list[tuple[int, int, tuple[str, ...], str]]) -> None:
    assert read(text) == comments


def test_where_a_comment_stands() -> None:
    (one,) = ignores('a: "é # x"  # partnerfit: ignore[PF306] so it is  \n')
    assert one == Ignore(1, 13, 1, ("PF306",), "so it is", len("# partnerfit: ignore[PF306] so it is"))


def test_a_finding_on_the_line_is_set_aside() -> None:
    text = "a: 1  # partnerfit: ignore[PF306] so it is\nb: 2\n"
    assert left(text, "1:PF306") == []
    assert left(text, "1:PF306", "2:PF306") == ["2:PF306"]
    assert left(text, "1:PF306", "1:PF307") == ["1:PF307"]


def test_a_comment_above_is_for_the_next_line_alone() -> None:
    text = "# partnerfit: ignore[PF306] so it is\na: 1\nb: 2\n"
    assert left(text, "2:PF306") == []
    assert left(text, "2:PF306", "3:PF306") == ["3:PF306"]


def test_one_comment_sets_aside_all_findings_of_a_code_on_its_line() -> None:
    assert left("a: 1  # partnerfit: ignore[PF306] so it is\n", "1:PF306", "1:PF306") == []


def test_two_comments_for_one_finding() -> None:
    text = "# partnerfit: ignore[PF306] above\na: 1  # partnerfit: ignore[PF306] behind\n"
    assert left(text, "2:PF306") == []


def test_a_comment_that_sets_nothing_aside() -> None:
    assert left("a: 1  # partnerfit: ignore[PF306] so it was\n") == ["1:PF901"]
    assert left("a: 1  # partnerfit: ignore[PF306, PF307] both\n", "1:PF306") == ["1:PF901"]


def test_a_comment_for_a_rule_that_was_not_looked_for_is_not_judged() -> None:
    text = "a: 1  # partnerfit: ignore[PF306, PF307] both\n"
    assert left(text, active=("PF901", "PF101")) == []
    assert left(text, active=("PF901", "PF307")) == ["1:PF901"]


@pytest.mark.parametrize(
    "comment", ["ignore", "ignore[PF306]", "ignore[] x", "ignore so it is", "ignore[PF306]  "]
)
def test_without_codes_and_a_reason_nothing_is_set_aside(comment: str) -> None:
    assert sorted(left(f"a: 1  # partnerfit: {comment}\n", "1:PF306")) == ["1:PF306", "1:PF902"]


def test_a_code_that_no_rule_has() -> None:
    text = "a: 1  # partnerfit: ignore[PF306, PF360, pf307] all of them\n"
    assert left(text, "1:PF306") == ["1:PF902", "1:PF902"]


def test_a_file_without_comments_costs_nothing() -> None:
    assert left("a: 1\n" * 3, "2:PF101") == ["2:PF101"]
