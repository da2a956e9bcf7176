"""The few shapes every view is made of, without markup.

A view turns a result into blocks; `terminal`, `plain` and `markdown` turn blocks into text. So a
table is laid out once and looks right in all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "strong", "dim", "good", "warn", "bad"]


@dataclass(frozen=True)
class Text:
    """Words with a tone; the tone shows in a terminal only and never carries meaning alone."""

    words: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bar:
    """A value from 0 to 100 as a bar."""

    value: float


Cell = str | Text | Bar


@dataclass(frozen=True)
class Column:
    """`grow` marks the column that takes the space that is left and wraps.

    `spare` marks one that a terminal that is too narrow leaves out.
    """

    title: str
    align: Literal["left", "right"] = "left"
    grow: bool = False
    spare: bool = False


@dataclass(frozen=True)
class Heading:
    """`level` 1 is the title of the page."""

    words: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    words: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Table:
    """Rows of cells under columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Listing:
    """Items one below the other; numbered where their order says something."""

    items: tuple[str, ...]
    numbered: bool = False


Block = Heading | Paragraph | Table | Listing
Page = tuple[Block, ...]

FULL, EMPTY = "█", "░"


def bar_text(value: float, width: int = 10) -> str:
    """A bar in characters: full blocks for the value, shaded ones for the rest."""
    full = round(max(0.0, min(100.0, value)) / 100 * width)
    return FULL * full + EMPTY * (width - full)


def one_line(text: str) -> str:
    """Text without line breaks, which in data could pass for the structure of a page."""
    return " ".join(text.split())


def cell_text(cell: Cell) -> str:
    """The words of a cell."""
    match cell:
        case Bar(value):
            return bar_text(value)
        case Text(words):
            return one_line(words)
        case _:
            return one_line(cell)
