"""Blocks -> plain text for pipes and files: aligned columns, nothing wrapped, no escape codes."""

from __future__ import annotations

import unicodedata

from partnerfit.render.blocks import Heading, Listing, Page, Paragraph, Table, cell_text, one_line


def render(page: Page) -> str:
    """The page as text that ends in a newline."""
    parts = []
    for block in page:
        match block:
            case Heading(words, level):
                title = one_line(words)
                parts.append(f"{title}\n{('=' if level == 1 else '-') * width(title)}")
            case Paragraph(words):
                parts.append(one_line(words))
            case Listing(items, numbered):
                marks = (f"{i}." if numbered else "-" for i in range(1, len(items) + 1))
                parts.append("\n".join(f"{m} {one_line(item)}" for m, item in zip(marks, items, strict=True)))
            case Table():
                parts.append(_table(block))
    return one_line_ends("\n\n".join(parts)) + "\n"


def one_line_ends(text: str) -> str:
    """The text without blanks at the ends of its lines."""
    return "\n".join(line.rstrip() for line in text.split("\n"))


def width(text: str) -> int:
    """Columns the text takes in a terminal: none for marks that combine, two for wide characters."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _table(table: Table) -> str:
    titles = [column.title for column in table.columns]
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    widths = [max(map(width, cells)) for cells in zip(titles, *rows, strict=True)]
    lines = []
    for row in (titles, *rows):
        cells = []
        for text, column, wide in zip(row, table.columns, widths, strict=True):
            space = " " * (wide - width(text))
            cells.append(space + text if column.align == "right" else text + space)
        lines.append("  ".join(cells))
    return "\n".join(lines)
