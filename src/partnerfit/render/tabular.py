"""Records -> JSON and CSV text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

# A spreadsheet reads a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_json(value: object) -> str:
    """Indented JSON in UTF-8 that ends in a newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def to_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    """CSV with a header line; text that a spreadsheet would run as a formula is made harmless.

    `columns` are the keys of the rows in their order, by default those of the first row.
    """
    columns = columns or (tuple(rows[0]) if rows else ())
    if not columns:
        return ""
    out = io.StringIO()
    # The writer puts into quotes what holds a character of its line end: this one names both.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue().replace("\r\n", "\n")


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value
