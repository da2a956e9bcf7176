"""Rows of a CSV file -> data, with the place of each row that is wrong."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from partnerfit.errors import DataError, UsageError
from partnerfit.folders import shown
from partnerfit.yamlsource import Problem

Row = TypeVar("Row")


def rows(path: Path, columns: Sequence[str], read: Callable[[list[str]], Row | None]) -> Iterator[Row]:
    """What `read` makes of the cells of each row below the head; rows that give None are left out.

    A `ValueError` of `read` is a problem at the line where the row begins. Rows come one by one; the
    problems of all of them follow at the end.

    Raises:
        UsageError: the file cannot be opened.
        DataError: a row is wrong, or the file is no CSV in UTF-8 with these columns.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError(f"{shown(path)}: cannot be read ({error.strerror})") from None
    problems: list[Problem] = []
    line = 1
    with file:
        reader = csv.reader(_decoded(file), strict=True)
        try:
            _check(next(reader, []) == [*columns], f"the first row names the columns: {','.join(columns)}")
            line = reader.line_num + 1
            for cells in reader:
                try:
                    _check(len(cells) == len(columns), f"{len(cells)} cells where {len(columns)} belong")
                    found = read(cells)
                except ValueError as error:
                    problems.append(Problem(shown(path), line, 1, str(error)))
                else:
                    if found is not None:
                        yield found
                line = reader.line_num + 1
        except (csv.Error, ValueError) as error:
            problems.append(Problem(shown(path), line, 1, str(error)))
    if problems:
        raise DataError(tuple(problems))


def _decoded(file: Iterable[bytes]) -> Iterator[str]:
    for raw in file:
        try:
            yield raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValueError("not UTF-8; save the file as UTF-8") from None


def _check(fits: bool, message: str) -> None:  # noqa: FBT001
    if not fits:
        raise ValueError(message)
