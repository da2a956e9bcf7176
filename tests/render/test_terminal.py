"""The terminal: wrapping to the width, colour only on demand, markup never read."""

from __future__ import annotations

import re

import pytest

from partnerfit.render.blocks import Bar, Column, Heading, Listing, Page, Paragraph, Table, Text
from partnerfit.render.plain import width as columns
from partnerfit.render.terminal import STYLES, render

MARKUP = "[bold]b[/bold] [/] [red]r [link=https://a.org]l[/link] :smile: \\[x] [[y]] <b>"
PROSE = "Where the stated interests of two partners meet, a long way into the page and further. " * 3


def table(rows: int = 2) -> Table:
    return Table(
        (Column("#", "right"), Column("Theme", grow=True), Column("Fit"), Column("Assessment")),
        tuple((str(i), PROSE.strip(), Bar(50), Text("win-win", "good")) for i in range(rows)),
    )


PAGE: Page = (
    Heading("Title", level=1),
    Paragraph(PROSE, "dim"),
    Heading("Part"),
    table(),
    Listing((PROSE, "short")),
    Listing((PROSE, "short"), numbered=True),
)


def bare(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
@pytest.mark.parametrize("colour", [True, False])
def test_lines_keep_to_the_width(width: int, colour: bool) -> None:
    text = bare(render(PAGE, width=width, colour=colour))
    assert max(columns(line) for line in text.splitlines()) <= width
    assert all(line == line.rstrip() for line in text.splitlines() if not colour)


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_no_word_is_lost(width: int) -> None:
    text = " ".join(render(PAGE, width=width, colour=False).split())
    assert text.count("interests") == 3 * 5
    assert text.count("win-win") == 2


WIDE = Table(
    (
        Column("#"),
        Column("Theme", grow=True),
        Column("Fit"),
        Column("", "right"),
        Column("Balance", "right", spare=True),
        Column("Assessment"),
    ),
    (("1", "Border management", Bar(50), "50", "0.75", "promising *"),),
)


@pytest.mark.parametrize(
    ("width", "head", "row"),
    [
        (80, "# Theme Fit Balance Assessment", "1 Border management █████ 50 0.75 promising *"),
        (50, "# Theme Fit Balance Assessment", "1 Border management 50 0.75 promising *"),
        (45, "# Theme Fit Assessment", "1 Border management 50 promising *"),
        (35, "# Theme Fit Assessment", "1 Border 50 promising * management"),
        (30, "# Theme Fit Assessment", "1 Border 50 promising * managemen t"),
    ],
)
def test_a_narrow_terminal_leaves_out_what_it_can_spare(width: int, head: str, row: str) -> None:
    first, _, *rest = render((WIDE,), width=width, colour=False).splitlines()
    assert " ".join(first.split()) == head
    assert " ".join(" ".join(rest).split()) == row


@pytest.mark.parametrize("width", [12, 16, 20, 24])
def test_a_terminal_that_is_too_narrow_breaks_words_and_loses_none(width: int) -> None:
    text = render((WIDE,), width=width, colour=False)
    assert max(map(len, text.splitlines())) <= width
    letters = (c for c in text if c.isalnum())
    assert sorted(letters) == sorted("ThemeFitAssessment1Bordermanagement50promising")


def test_no_codes_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b" not in render(PAGE, width=80, colour=False)


@pytest.mark.parametrize("tone", [tone for tone, style in STYLES.items() if style])
def test_tones_are_coloured(tone: str) -> None:
    page = (Paragraph("words", tone),)  # type: ignore[arg-type]
    coloured = render(page, width=80, colour=True)
    assert "\x1b[" in coloured
    assert bare(coloured) == render(page, width=80, colour=False) == "words\n"


@pytest.mark.parametrize("colour", [True, False])
def test_markup_is_text(colour: bool) -> None:
    page: Page = (
        Heading(MARKUP),
        Paragraph(MARKUP),
        Listing((MARKUP,)),
        Table((Column(MARKUP), Column("B")), ((MARKUP, Text(MARKUP, "bad")),)),
    )
    text = bare(render(page, width=400, colour=colour))
    assert text.count(MARKUP) == 6


def test_nothing_is_highlighted() -> None:
    page = (Paragraph("12 'text' https://example.org True None 2026-11-23"),)
    assert "\x1b" not in render(page, width=80, colour=True)


@pytest.mark.parametrize(
    ("value", "bar"),
    [
        (0, ""),
        (1.25, "▏"),
        (50, "█████"),
        (76, "███████▋"),
        (100, "██████████"),
        (120, "██████████"),
        (-1, ""),
    ],
)
def test_a_bar_in_eighths(value: float, bar: str) -> None:
    lines = render((Table((Column("Fit"), Column("X")), ((Bar(value), "end"),)),), width=80, colour=False)
    assert lines.splitlines()[-1] == f"{bar.ljust(10)}  end"


def test_an_empty_page() -> None:
    assert render((), width=80, colour=True) == ""
