"""Plain text: columns that line up in any script, nothing wrapped, no codes."""

from __future__ import annotations

import pytest

from partnerfit.render.blocks import Bar, Column, Heading, Listing, Page, Paragraph, Table, Text
from partnerfit.render.plain import render, width

LONG = "word " * 100


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ((), "\n"),
        ((Heading("Title", level=1),), "Title\n=====\n"),
        ((Heading("Part"),), "Part\n----\n"),
        ((Heading("南非"),), "南非\n----\n"),
        ((Paragraph("One."), Paragraph("Two.", "warn")), "One.\n\nTwo.\n"),
        ((Listing(("a", "b")),), "- a\n- b\n"),
        ((Listing(("a", "b"), numbered=True),), "1. a\n2. b\n"),
        ((Paragraph("ends in blanks  "),), "ends in blanks\n"),
        ((Listing(("one\n\nFORGED\n======",)),), "- one FORGED ======\n"),
        ((Paragraph("one\r\ntwo"), Heading("a\nb")), "one two\n\na b\n---\n"),
    ],
)
def test_blocks(page: Page, text: str) -> None:
    assert render(page) == text


def test_nothing_is_wrapped() -> None:
    assert render((Paragraph(LONG), Listing((LONG,)))).splitlines() == [LONG.strip(), "", f"- {LONG.strip()}"]
    lines = render((Table((Column("A", grow=True),), ((LONG.strip(),),)),)).splitlines()
    assert lines == ["A", LONG.strip()]


def test_a_table_lines_up() -> None:
    table = Table(
        (Column("Id"), Column("Value", "right"), Column("", "right"), Column("Fit")),
        (
            ("a", "1", "x", Bar(50)),
            ("long", "1,000", "", Text("bad", "bad")),
        ),
    )
    assert render((table,)) == (
        "Id    Value     Fit\n"
        "a         1  x  █████░░░░░\n"
        "long  1,000     bad\n"
    )  # fmt: skip


@pytest.mark.parametrize("text", ["تونس", "南非", "Türkiye", "Tu\u0308rkiye", "한국", "é" * 5])
def test_a_table_lines_up_in_any_script(text: str) -> None:
    table = Table((Column("Name"), Column("Code")), ((text, "XX"), ("Sweden", "SE")))
    lines = render((table,)).splitlines()
    assert len({width(line.rpartition("  ")[0]) for line in lines}) == 1


def test_a_cell_is_one_line() -> None:
    table = Table((Column("A"), Column("B")), (("one\n two\tthree", "x"),))
    assert render((table,)).splitlines()[1] == "one two three  x"


def test_a_table_without_rows_has_a_head() -> None:
    assert render((Table((Column("A"), Column("B")), ()),)) == "A  B\n"


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), ("تونس", 4), ("تُونِس", 4), ("南非", 4), ("😀", 2)],
)
def test_width_in_columns(text: str, columns: int) -> None:
    assert width(text) == columns
