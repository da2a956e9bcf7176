"""Blocks -> Markdown: ATX headings, pipe tables, lists. Text from data is escaped."""

from __future__ import annotations

import re

from partnerfit.render.blocks import Heading, Listing, Page, Paragraph, Table, cell_text, one_line
from partnerfit.render.plain import one_line_ends

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$^])")
_MARKER = re.compile(r"^([-+]|\d{1,9}(?=[.)](?:\s|$)))([.)]?)")
"""What at the start of a line would make it an item of a list or a rule."""
_ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?'\")\]])")


def escape(text: str) -> str:
    """Text that Markdown shows as it stands, on one line; web addresses become links."""
    parts = _ADDRESS.split(one_line(text))
    shown = "".join(_link(part) if i % 2 else _SPECIAL.sub(r"\\\1", part) for i, part in enumerate(parts))
    return _MARKER.sub(_marker, shown)


def _link(address: str) -> str:
    return f"<{address.replace('|', '%7C')}>"  # an escaped bar would still end the cell of a table


def _marker(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[2] else f"\\{found[1]}"


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
