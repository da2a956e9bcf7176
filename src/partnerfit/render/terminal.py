"""Blocks -> a terminal, by rich: colour, wrapping to the width, bars in eighths.

Text from data is never read as rich's markup.
"""

from __future__ import annotations

import io
from dataclasses import replace

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from partnerfit.render.blocks import (
    Bar,
    Cell,
    Heading,
    Listing,
    Page,
    Paragraph,
    Table,
    Text,
    Tone,
    cell_text,
    one_line,
)

STYLES: dict[Tone, str] = {
    "plain": "",
    "strong": "bold",
    "dim": "dim",
    "good": "green",
    "warn": "yellow",
    "bad": "red",
}
BAR_WIDTH = 10
GROWING = 16
"""Columns that wrap get room for one long word before others are left out ..."""
LEAST_GROWING = 8
"""... and no less than this while the others fit."""
GAP = 2
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
                console.print(RichText(one_line(words), style="bold" if level > 1 else "bold underline"))
            case Paragraph(words, tone):
                console.print(RichText(one_line(words), style=STYLES[tone]))
            case Listing(items, numbered):
                console.print(_listing(items, numbered=numbered))
            case Table():
                console.print(_table(_fitting(block, console.width), console.width))


def _listing(items: tuple[str, ...], *, numbered: bool) -> RenderableType:
    grid = RichTable.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for i, item in enumerate(items, 1):
        grid.add_row(RichText(f"{i}." if numbered else "-"), RichText(one_line(item)))
    return Padding(grid, (0, 0, 0, 1))


def _fitting(table: Table, width: int) -> Table:
    """The table without what a narrow terminal can spare: bars, which repeat a number, then others."""
    bars = [i for i in range(len(table.columns)) if any(isinstance(row[i], Bar) for row in table.rows)]
    for i in sorted(bars, reverse=True):
        if _width(table, GROWING) > width:
            table = _without(table, i)
    for i in reversed(range(len(table.columns))):
        if table.columns[i].spare and _width(table, GROWING) > width:
            table = _without(table, i)
    return table


def _without(table: Table, left_out: int) -> Table:
    """The table without one column; a column without a title that follows it takes over its title."""
    columns = list(table.columns)
    gone = columns.pop(left_out)
    if left_out < len(columns) and not columns[left_out].title:
        columns[left_out] = replace(columns[left_out], title=gone.title)
    rows = tuple((*row[:left_out], *row[left_out + 1 :]) for row in table.rows)
    return Table(tuple(columns), rows)


def _width(table: Table, growing: int) -> int:
    """The width of a table whose growing columns are no wider than `growing`."""
    widths = []
    for i, column in enumerate(table.columns):
        cells = (column.title, *(cell_text(row[i]) for row in table.rows))
        wide = max(cell_len(cell) for cell in cells)
        widths.append(min(wide, growing) if column.grow else wide)
    return sum(widths) + GAP * (len(widths) - 1)


def _table(table: Table, width: int) -> RenderableType:
    roomy = _width(table, LEAST_GROWING) <= width
    drawn = RichTable(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0)
    )
    for column in table.columns:
        drawn.add_column(
            RichText(column.title),
            justify=column.align,
            no_wrap=roomy and not column.grow,
            overflow="fold",
            min_width=LEAST_GROWING if roomy and column.grow else None,
        )
    for row in table.rows:
        drawn.add_row(*(_cell(cell) for cell in row))
    return drawn


def _cell(cell: Cell) -> RenderableType:
    match cell:
        case Bar(value):
            return RichText(_bar(value), style="cyan")
        case Text(_, tone):
            return RichText(cell_text(cell), style=STYLES[tone])
        case _:
            return RichText(cell_text(cell))


def _bar(value: float) -> str:
    eighths = round(max(0.0, min(100.0, value)) / 100 * BAR_WIDTH * 8)
    full, part = divmod(eighths, 8)
    return ("█" * full + (EIGHTHS[part] if part else "")).ljust(BAR_WIDTH)
