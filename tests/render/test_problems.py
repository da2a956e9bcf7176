"""Findings for a reader: carets are right, lines keep to the width, nothing gets through raw."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from partnerfit.checks.run import RULES, Report
from partnerfit.render.problems import closing, concise, explained, full, rules, to_json, visible
from partnerfit.yamlsource import Problem

FILE = "data/states/tunisia.yaml"
TEXT = "name: Tunisia\nobjectives:\n  - id: tun-01\n    measure: visa-facilitaton\nreviewed: 2024-01-01\n"
HOSTILE = "\x1b[31m[red]x[/red]\x9b2J \u202eevil\u202c\t\x07 ::error::%0A ]]> \u2028 \ud800 \x00"


def report(*problems: Problem, texts: dict[str, str] | None = None, incomplete=()) -> Report:
    return Report(problems, {FILE: TEXT} if texts is None else texts, 1742, incomplete)


UNKNOWN = Problem(
    FILE, 4, 14, "PF201", "no measure is called `visa-facilitaton`; did you mean `visa-facilitation`?", 16
)
OLD = Problem(FILE, 5, 11, "PF502", "last reviewed on 2024-01-01; check it again", 10)
BOTH = report(UNKNOWN, OLD)


def excerpt(line: str, column: int, width: int = 1, columns: int = 40) -> tuple[str, str]:
    """The line as it is shown for a finding, and the line of carets below it."""
    text = full(
        report(Problem("f", 1, column, "PF201", "m", width), texts={"f": line}), width=columns, colour=False
    )
    shown, carets = text.splitlines()[2:4]
    assert shown.startswith("1 | ")
    assert carets.startswith("  | ")
    return shown[4:], carets[4:]


def under(shown: str, carets: str) -> str:
    """What of the line stands above the carets, cell by cell."""
    start, end = carets.index("^"), len(carets)
    found, at = "", 0
    for character in shown:
        if start <= at < end or (cell_len(character) == 0 and start < at <= end):
            found += character
        at += cell_len(character)
    return found


# Full


def test_findings_in_full() -> None:
    assert (
        full(BOTH, width=80, colour=False)
        == """\
error[PF201]: no measure is called `visa-facilitaton`; did you mean
              `visa-facilitation`?
 --> data/states/tunisia.yaml:4:14
4 |     measure: visa-facilitaton
  |              ^^^^^^^^^^^^^^^^

warning[PF502]: last reviewed on 2024-01-01; check it again
 --> data/states/tunisia.yaml:5:11
5 | reviewed: 2024-01-01
  |           ^^^^^^^^^^

`partnerfit check --explain PF201` says more about a rule.
"""
    )


def test_colour_changes_nothing_but_colour() -> None:
    coloured = full(BOTH, width=80, colour=True)
    assert coloured.startswith("\x1b[1;31merror[PF201]: \x1b[0m\x1b[1mno measure")
    assert "\x1b[1;33mwarning[PF502]: \x1b[0m" in coloured
    assert "\x1b[1;31m^^^^^^^^^^^^^^^^\x1b[0m\n" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == full(BOTH, width=80, colour=False)


def test_nothing_to_say() -> None:
    assert full(report(), width=80, colour=True) == ""
    assert concise(report()) == ""


@pytest.mark.parametrize("texts", [{}, {FILE: ""}, {FILE: "x"}, {FILE: "x\n \ny"}])
def test_a_place_that_has_no_text_has_no_excerpt(texts: dict[str, str]) -> None:
    text = full(report(Problem(FILE, 2, 1, "PF001", "cannot be read"), texts=texts), width=80, colour=False)
    assert text.splitlines()[:3] == ["error[PF001]: cannot be read", f" --> {FILE}:2:1", ""]


def test_the_gutter_is_as_wide_as_the_number() -> None:
    problem = Problem(FILE, 1000, 1, "PF101", "unknown key `x`")
    text = full(report(problem, texts={FILE: "\n" * 999 + "x: 1"}), width=80, colour=False)
    assert text.splitlines()[1:4] == [f"    --> {FILE}:1000:1", "1000 | x: 1", "     | ^"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_lines_end_where_yaml_ends_them(end: str) -> None:
    text = full(
        report(Problem("f", 3, 1, "PF101", "m"), texts={"f": end.join("abc")}), width=80, colour=False
    )
    assert "3 | c\n  | ^\n" in text


# Carets


@pytest.mark.parametrize(
    ("line", "column", "width", "meant"),
    [
        ("key: value", 6, 5, "value"),
        ("تونس: المغرب", 7, 6, "المغرب"),
        ("مُغْرِب: x", 10, 1, "x"),
        ("名前: 漢字 x", 5, 2, "漢字"),
        ("名前: 漢字 x", 8, 1, "x"),
        ("e\u0301te\u0301: x", 8, 1, "x"),
        ("a\tb", 3, 1, "b"),
        ("a\tb", 2, 1, "␉"),
        ("a\x1bb", 2, 2, "␛b"),
        ("a\u202eb", 3, 1, "b"),
        ("a\u202eb", 2, 1, "<U+202E>"),
        ("« a »", 3, 1, "a"),
    ],
)
def test_carets_stand_under_what_is_meant(line: str, column: int, width: int, meant: str) -> None:
    assert under(*excerpt(line, column, width)) == meant


def test_a_mark_that_combines_is_pointed_at_where_it_is_seen() -> None:
    assert excerpt("ae\u0301", 3) == ("ae\u0301", " ^")
    assert excerpt("\u0301a", 1) == ("\u0301a", "^")


def test_the_end_of_a_line_can_be_meant() -> None:
    assert excerpt("key:", 5) == ("key:", "    ^")
    assert excerpt("key:", 99) == ("key:", "    ^")
    assert excerpt("key:", 1, 99) == ("key:", "^^^^")
    shown, carets = excerpt("x" * 60, 61)
    assert shown == "…" + "x" * 34
    assert carets == " " * 35 + "^"


def test_a_long_line_is_cut_around_the_place() -> None:
    line = f"begin {'a' * 100} HERE {'b' * 100} end"
    shown, carets = excerpt(line, 108, 4)
    assert shown == "…" + "a" * 11 + " HERE " + "b" * 17 + "…"
    assert under(shown, carets) == "HERE"
    assert excerpt(line, 1, 5) == ("begin " + "a" * 29 + "…", "^^^^^")
    shown, carets = excerpt(line, 214, 3)
    assert shown == "…" + "b" * 31 + " end"
    assert under(shown, carets) == "end"
    shown, carets = excerpt(line, 7, 100)
    assert (shown, carets) == ("begin " + "a" * 29 + "…", " " * 6 + "^" * 29)


def test_an_endless_line_is_cut_at_once() -> None:
    line = "漢" * 1_000_000
    texts = {"f": line}
    problems = [Problem("f", 1, 400_000 + i, "PF201", "m", 5) for i in range(300)]
    text = full(report(*problems, texts=texts), width=80, colour=False)
    assert max(map(cell_len, text.splitlines())) <= 80
    assert text.count("^^^^^^^^^^\n") == 300


LINES = st.text(alphabet=st.sampled_from("ab \u0301م漢ُ\t\x1b\u202e\xa0é:"), max_size=120)


@settings(deadline=None)
@given(line=LINES, column=st.integers(1, 130), width=st.integers(1, 130), columns=st.integers(40, 90))
def test_an_excerpt_keeps_to_the_width_and_points_at_its_place(
    line: str, column: int, width: int, columns: int
) -> None:
    if not line.strip():
        return
    shown, carets = excerpt(line, column, width, columns)
    assert max(cell_len(shown), cell_len(carets)) <= columns - 4
    meant = "".join(map(visible, line[column - 1 : column - 1 + width])).rstrip()
    marked = under(shown, carets).rstrip("…").strip()
    if cell_len(meant) > 0 and column <= len(line):
        assert marked.replace("\u0301", "").replace("ُ", "") in meant.replace("\u0301", "").replace("ُ", "")


@settings(deadline=None)
@given(message=LINES, columns=st.integers(40, 90))
def test_a_message_keeps_to_the_width_and_loses_nothing(message: str, columns: int) -> None:
    text = full(report(Problem("f", 1, 1, "PF201", message), texts={}), width=columns, colour=False)
    lines = text.splitlines()
    place = lines.index(" --> f:1:1")
    assert all(cell_len(line) <= columns for line in lines)
    told = " ".join(line[len("error[PF201]: ") :] for line in lines[:place])
    assert "".join(told.split()) == "".join(map(visible, "".join(message.split())))


# Nothing raw


def test_what_cannot_be_seen_is_written_out() -> None:
    assert visible(HOSTILE) == (
        "␛[31m[red]x[/red]<U+009B>2J <U+202E>evil<U+202C>␉␇ ::error::%0A ]]> <U+2028> <U+D800> ␀"
    )
    assert visible("\x7f") == "␡"
    assert visible("« é » مُ 漢\u3000字") == "« é » مُ 漢\u3000字"


def test_no_control_character_gets_through() -> None:
    problem = Problem(f"dir/{HOSTILE}.yaml", 1, 3, "PF104", f"`x` is {HOSTILE}\r\n::error::y", 4)
    hostile = report(problem, texts={problem.path: f"x: {HOSTILE}"}, incomplete=(HOSTILE,))
    for text in (full(hostile, width=400, colour=False), concise(hostile), to_json(hostile)):
        assert all(c == "\n" or c.isprintable() for c in text)
        text.encode("utf-8")
    assert "[red]x[/red]" in full(hostile, width=400, colour=False)
    assert concise(hostile).count("\n") == 1
    assert json.loads(to_json(hostile))["findings"][0]["message"] == problem.message
    assert json.loads(to_json(hostile))["findings"][0]["file"] == problem.path


# Concise, JSON


def test_findings_on_one_line_each() -> None:
    assert (
        concise(BOTH)
        == f"""\
{FILE}:4:14: PF201 no measure is called `visa-facilitaton`; did you mean `visa-facilitation`?
{FILE}:5:11: PF502 warning: last reviewed on 2024-01-01; check it again
"""
    )


def test_findings_as_json() -> None:
    assert json.loads(to_json(report(UNKNOWN, OLD, incomplete=("this",)))) == {
        "version": 1,
        "counts": {"files": 1, "sources": 1742, "errors": 1, "warnings": 1},
        "incomplete": ["this"],
        "findings": [
            {
                "file": FILE,
                "line": 4,
                "column": 14,
                "end_column": 30,
                "code": "PF201",
                "severity": "error",
                "title": "Unknown measure",
                "message": UNKNOWN.message,
            },
            {
                "file": FILE,
                "line": 5,
                "column": 11,
                "end_column": 21,
                "code": "PF502",
                "severity": "warning",
                "title": "Profile that was not reviewed for a year",
                "message": OLD.message,
            },
        ],
    }
    assert to_json(report()).endswith('"findings": []\n}\n')
    arabic = Problem(FILE, 1, 1, "PF104", "`name` is 'تونس'")
    assert "تونس" in to_json(report(arabic))


# Rules


def test_the_list_of_rules() -> None:
    lines = rules(RULES).splitlines()
    assert lines[0] == "PF001  error    File that cannot be read"
    assert "PF502  warning  Profile that was not reviewed for a year" in lines
    assert len(lines) == len(RULES)


def test_a_rule_explained() -> None:
    assert (
        explained(RULES["PF207"])
        == """\
PF207 Stance that does not fit the measure (error)

One supports or resists a joint measure; one seeks or declines an exchange as
receiver, and offers, accepts or resists it as provider.
"""
    )
    assert (
        explained(RULES["PF502"])
        == """\
PF502 Profile that was not reviewed for a year (warning)

Check each entry against its sources, end what has lapsed with `until`, and set
`reviewed` to that day.

To set one finding aside, write on its line:

    # partnerfit: ignore[PF502] reason
"""
    )


@pytest.mark.parametrize("code", RULES)
def test_every_rule_can_be_explained(code: str) -> None:
    text = explained(RULES[code])
    assert text.startswith(f"{code} {RULES[code].title} (")
    assert all(len(line) <= 80 for line in text.splitlines()[1:])


# The closing line


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ((), "1 file, 1,742 sources checked in data: all in order"),
        ((UNKNOWN,), "1 file, 1,742 sources checked in data: 1 error"),
        ((OLD, OLD), "1 file, 1,742 sources checked in data: 2 warnings"),
        ((UNKNOWN, UNKNOWN, OLD), "1 file, 1,742 sources checked in data: 2 errors, 1 warning"),
    ],
)
def test_the_closing_line(problems: tuple[Problem, ...], said: str) -> None:
    assert closing(report(*problems), "data") == said


def test_the_closing_line_does_not_praise_what_was_not_checked() -> None:
    assert closing(report(incomplete=("measures",)), "data").endswith(
        ": nothing wrong in what could be checked"
    )
    assert closing(report(UNKNOWN, incomplete=("measures",)), "data").endswith(": 1 error")
