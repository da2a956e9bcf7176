"""Blocks -> a terminal, by rich: colour, wrapping to the width, bars in eighths.

Text from data is never read as rich's markup.
"""

from __future__ import annotations

import io

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from partnerfit.render.blocks import Bar, Cell, Heading, Listing, Page, Paragraph, Table, Text, Tone

STYLES: dict[Tone, str] = {
    "plain": "",
    "strong": "bold",
    "dim": "dim",
    "good": "green",
    "warn": "yellow",
    "bad": "red",
}
BAR_WIDTH = 10
MIN_GROWING = 16
"""Columns that wrap keep room for one long word."""
EIGHTHS = " ▏▎▍▌▋▊▉█"


def render(page: Page, *, width: int, colour: bool) -> str:
    """The page as text for a terminal of this width, with escape codes only if `colour`."""
    out = io.StringIO()
    draw(
        page,
        Console(
            file=out,
            width=width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        ),
    )
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def draw(page: Page, console: Console) -> None:
    """Print the page on a console of rich."""
    for i, block in enumerate(page):
        if i:
            console.print()
        match block:
            case Heading(words, level):
                console.print(RichText(words, style="bold" if level > 1 else "bold underline"))
            case Paragraph(words, tone):
                console.print(RichText(words, style=STYLES[tone]))
            case Listing(items, numbered):
                console.print(_listing(items, numbered=numbered))
            case Table():
                console.print(_table(block))


def _listing(items: tuple[str, ...], *, numbered: bool) -> RenderableType:
    grid = RichTable.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    for i, item in enumerate(items, 1):
        grid.add_row(RichText(f"{i}." if numbered else "-"), RichText(item))
    return Padding(grid, (0, 0, 0, 1))


def _table(table: Table) -> RenderableType:
    drawn = RichTable(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0)
    )
    for column in table.columns:
        drawn.add_column(
            RichText(column.title),
            justify=column.align,
            no_wrap=not column.grow,
            overflow="fold",
            min_width=MIN_GROWING if column.grow else None,
        )
    for row in table.rows:
        drawn.add_row(*(_cell(cell) for cell in row))
    return drawn


def _cell(cell: Cell) -> RenderableType:
    match cell:
        case Bar(value):
            return RichText(_bar(value), style="cyan")
        case Text(words, tone):
            return RichText(words, style=STYLES[tone])
        case _:
            return RichText(cell)


def _bar(value: float) -> str:
    eighths = round(max(0.0, min(100.0, value)) / 100 * BAR_WIDTH * 8)
    full, part = divmod(eighths, 8)
    return ("█" * full + (EIGHTHS[part] if part else "")).ljust(BAR_WIDTH)
