"""Rows of a CSV file -> data, with the place of each row that is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from partnerfit.complaints import one_line
from partnerfit.errors import DataError, UsageError
from partnerfit.folders import shown
from partnerfit.yamlsource import Problem

Row = TypeVar("Row")

MAX_BYTES = 2_000_000
"""A table of pairs of states grows with the square of their number."""
MOST_PROBLEMS = 1_000
"""After so many wrong rows a table is read no further."""


class CellError(ValueError):
    """What is wrong with one cell of a row; `cell` counts from 0."""

    def __init__(self, cell: int, message: str) -> None:
        self.cell = cell
        super().__init__(message)


def rows(path: Path, columns: Sequence[str], read: Callable[[list[str]], Row | None]) -> Iterator[Row]:
    """What `read` makes of the cells of each row below the head; rows that give None are left out.

    A `ValueError` of `read` is a problem at the line where the row begins, a `CellError` one at the cell.
    Rows come one by one; the problems of all of them follow at the end.

    Raises:
        UsageError: the file cannot be opened.
        DataError: a row is wrong, or the file is no CSV in UTF-8 with these columns.
    """
    name, raw = shown(path), _bytes(path)
    problems: list[Problem] = []
    line = 1
    reader = csv.reader(_decoded(io.BytesIO(raw)), strict=True)
    try:
        _check(_head(next(reader, []), columns))
        line = reader.line_num + 1
        for cells in reader:
            try:
                _check(_length(cells, columns))
                found = read(cells)
            except ValueError as error:
                problems.append(_problem(name, line, cells, error))
                if len(problems) >= MOST_PROBLEMS:
                    raise ValueError("more rows may be wrong; mend those above first") from None
            else:
                if found is not None:
                    yield found
            line = reader.line_num + 1
    except UnicodeDecodeError as error:
        column = len(error.object[: error.start].decode("utf-8-sig")) + 1
        message = "not UTF-8; save the file as UTF-8"
        problems.append(Problem(name, reader.line_num + 1, column, "PF001", message))
    except csv.Error as error:
        mend = "double a quote inside a text, and close each with a quote"
        said = f"the row is no CSV ({error}); {mend}"
        problems.append(Problem(name, line, 1, "PF113", said))
    except ValueError as error:
        problems.append(Problem(name, line, 1, "PF113", str(error)))
    if problems:
        raise DataError(tuple(problems))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{shown(path)}: cannot be read ({error.strerror})") from None
    if len(raw) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES:,} bytes; take out rows"
        raise DataError((Problem(shown(path), 1, 1, "PF003", message),))
    return raw


def _check(wrong: str | None) -> None:
    if wrong:
        raise ValueError(wrong)


def _decoded(file: Iterable[bytes]) -> Iterator[str]:
    for raw in file:
        yield raw.decode("utf-8-sig")


def _head(cells: Sequence[str], columns: Sequence[str]) -> str | None:
    """What is wrong with the first row."""
    if [*cells] == [*columns]:
        return None
    if sorted(cells) == sorted(columns):
        mend = "put the columns of every row in that order"
        return f"the first row is {one_line(','.join(cells))} where {','.join(columns)} belongs; {mend}"
    if any(sign in cell for cell in cells for sign in ";\t"):
        return "the columns are not separated by commas; save the file with commas between them"
    missing = [f"`{column}`" for column in columns if column not in cells]
    extra = [f"`{one_line(cell)}`" for cell in dict.fromkeys(cells) if cell not in columns]
    if missing and extra and len(missing) < len(columns):
        return f"the first row has {extra[0]} where {missing[0]} belongs; correct it"
    if missing and cells and not extra:
        return f"the first row lacks {', '.join(missing)}; add it, and its cells to every row"
    return f"the first row names the columns: {','.join(columns)}"


def _length(cells: Sequence[str], columns: Sequence[str]) -> str | None:
    """What is wrong with the number of cells in a row."""
    if len(cells) == len(columns):
        return None
    cell = "cell" if len(cells) == 1 else "cells"
    what = f"the row has {len(cells)} {cell} where {len(columns)} belong"
    if not cells:
        return "the row is empty; remove it"
    if len(cells) > len(columns):
        return f"{what}; put a cell that holds a comma in quotes, or remove what is too much"
    return f"{what}: {', '.join(columns)}; write a comma for each cell that is empty"


def _problem(name: str, line: int, cells: Sequence[str], error: ValueError) -> Problem:
    """A problem at a cell, or at the start of the row where the cell cannot be placed."""
    if isinstance(error, CellError) and not any(sign in cell for cell in cells for sign in '",\r\n'):
        column = sum(len(cell) + 1 for cell in cells[: error.cell]) + 1
        return Problem(name, line, column, "PF113", str(error), max(len(cells[error.cell]), 1))
    return Problem(name, line, 1, "PF113", str(error))
