"""Blocks -> Markdown: ATX headings, pipe tables, lists. Text from data is escaped."""

from __future__ import annotations

import re

from partnerfit.render.blocks import Heading, Listing, Page, Paragraph, Table, cell_text
from partnerfit.render.plain import one_line_ends

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def escape(text: str) -> str:
    """Text that Markdown shows as it stands, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def render(page: Page) -> str:
    """The page as Markdown that ends in a newline."""
    parts = []
    for block in page:
        match block:
            case Heading(words, level):
                parts.append(f"{'#' * level} {escape(words)}")
            case Paragraph(words):
                parts.append(escape(words))
            case Listing(items, numbered):
                marks = (f"{i}." if numbered else "-" for i in range(1, len(items) + 1))
                parts.append("\n".join(f"{m} {escape(item)}" for m, item in zip(marks, items, strict=True)))
            case Table():
                parts.append(_table(block))
    return one_line_ends("\n\n".join(parts)) + "\n"


def _table(table: Table) -> str:
    lines = [
        _row(column.title for column in table.columns),
        _row("---:" if column.align == "right" else "---" for column in table.columns),
    ]
    lines += [_row(escape(cell_text(cell)) for cell in row) for row in table.rows]
    return "\n".join(lines)


def _row(cells: object) -> str:
    return f"| {' | '.join(cells)} |"  # type: ignore[arg-type]
