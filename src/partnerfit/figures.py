"""Figures that put positions in proportion: what each measures, corridors, votes and treaties.

They are shown, never scored. figures.yaml says what an indicator or instrument is and where figures
come from; corridors.csv and commitments.csv hold one row for each pair or status, in that order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from partnerfit import csvsource, yamlsource
from partnerfit.codes import ISO3
from partnerfit.complaints import one_line, quoted
from partnerfit.csvsource import CellError
from partnerfit.errors import DataError
from partnerfit.findings import ids_of, repeated, unknown
from partnerfit.hints import Hints
from partnerfit.model import Frozen, Slug, Text, Url
from partnerfit.syntax import CONTROL, control_character
from partnerfit.values import partial_date

Vote = Literal["yes", "no", "abstain", "absent"]
TreatyStatus = Literal["party", "signatory", "not-party"]
Status = Vote | TreatyStatus

CORRIDORS = tuple(
    "origin destination migrant_stock stock_year stock_source"
    " remittances_musd remittances_year remittances_source".split()
)
NAMES = ("iso3", "en")
COMMITMENTS = ("iso3", "instrument", "status", "year", "as_of", "source")
STATUSES: dict[str, tuple[str, ...]] = {"vote": get_args(Vote), "treaty": get_args(TreatyStatus)}

_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
"""Numbers that a figure may have: what is longer is a slip."""


class FigureSource(Frozen):
    """Where figures were read; `data_date` is how new that copy is, `licence` is what it says."""

    id: Slug
    producer: Text
    title: Text
    data_date: Text
    licence: Text
    url: Url
    note: Text | None = None


class Measured(Frozen):
    """What the indicator `id` of a profile measures, and in which unit; `series` is the producer's code."""

    id: Slug
    name: Text
    unit: Text
    series: Text | None = None
    note: Text | None = None


class Instrument(Frozen):
    """What states have voted on in the United Nations, or may be party to."""

    id: Slug
    name: Text
    kind: Literal["vote", "treaty"]
    note: Text | None = None


class Figures(Frozen):
    """The sources of all figures, the indicators and the instruments, in the order to show them."""

    sources: tuple[FigureSource, ...] = ()
    indicators: tuple[Measured, ...] = ()
    instruments: tuple[Instrument, ...] = ()


@dataclass(frozen=True)
class Amount:
    """A number, the year it is for and the id of its source; `Corridor` says the unit."""

    value: float
    year: int
    source: str


@dataclass(frozen=True)
class Corridor:
    """From one state to another (ISO alpha-3), as far as known.

    `migrant_stock` counts persons from `origin` who live in `destination`; `remittances` are what is
    sent from `destination` to `origin` in that year, in million US dollars.
    """

    origin: str
    destination: str
    migrant_stock: Amount | None
    remittances: Amount | None


@dataclass(frozen=True)
class Commitment:
    """How the state `iso3` voted or stands on an instrument, known as of a date (YYYY[-MM[-DD]]).

    `year` is that of the vote or of becoming a party, where known.
    """

    iso3: str
    instrument: str
    status: Status
    year: int | None
    as_of: str
    source: str

    @property
    def may_have_changed(self) -> bool:
        """Whether the state may have joined since `as_of`; votes stand, and parties rarely leave."""
        return self.status in {"signatory", "not-party"}


def read_figures(path: Path) -> Figures:
    """What figures.yaml says of indicators, instruments and sources.

    Raises:
        UsageError: the file cannot be opened.
        DataError: it does not fit the model, or an id is used twice.
    """
    document = yamlsource.read(path)
    figures = yamlsource.validate(Figures, document)
    found = (each for part in Figures.model_fields for each in repeated(ids_of(part, getattr(figures, part))))
    if problems := sorted(finding.placed(document) for finding in found):
        raise DataError(tuple(problems))
    return figures


def read_corridors(
    path: Path, iso3s: Collection[str] | None, figures: Figures | None = None
) -> dict[tuple[str, str], Corridor]:
    """The corridors by origin and destination, migrants in persons, remittances in million US dollars.

    With `iso3s` (ISO alpha-3) only those that begin and end in one of these states: two states give at
    most two corridors, and other rows are passed over unread but for their order. With `figures` the
    sources are checked too.

    Raises:
        UsageError: the file cannot be opened.
        DataError: with every bad row that was read, placed; a pair may stand in the file only once.
    """
    sources = None if figures is None else {source.id for source in figures.sources}
    hints = Hints()
    last = ("", "")
    seen: set[tuple[str, str]] = set()

    def read(row: list[str]) -> Corridor | None:
        nonlocal last
        pair, before = (row[0], row[1]), last
        if iso3s is None or pair <= before:
            for i, code in enumerate(pair):
                _known("state", code, ISO3, hints, i)
            if pair in seen:
                raise CellError(0, f"{'-'.join(pair)} is in a row above already; keep one")
        seen.add(pair)
        last = pair
        if pair < before:
            mend = "sort by origin, then destination"
            raise CellError(0, f"{'-'.join(pair)} belongs above {'-'.join(before)}; {mend}")
        if iso3s is not None and not (pair[0] in iso3s and pair[1] in iso3s):
            return None
        if pair[0] == pair[1]:
            raise CellError(1, f"`{pair[0]}` is both origin and destination; correct one, or remove the row")
        stock = _amount(2, row, _WHOLE, sources, hints)
        remittances = _amount(5, row, _NUMBER, sources, hints)
        if stock is None and remittances is None:
            raise ValueError("the row holds no figure; remove it")
        return Corridor(*pair, stock, remittances)

    return {(c.origin, c.destination): c for c in csvsource.rows(path, CORRIDORS, read)}


def read_commitments(path: Path, iso3: str | None, figures: Figures) -> tuple[Commitment, ...]:
    """The votes and treaties of the state `iso3` (ISO alpha-3), or of all, in the order of the file.

    Raises:
        UsageError: the file cannot be opened.
        DataError: with every bad row that was read, placed; a state may have one status for each
            instrument.
    """
    sources = {source.id for source in figures.sources}
    hints = Hints()
    statuses = {instrument.id: STATUSES[instrument.kind] for instrument in figures.instruments}
    seen: set[tuple[str, str]] = set()

    def read(row: list[str]) -> Commitment | None:
        state, instrument, status, year, as_of, source = row
        if iso3 not in (None, state):
            return None
        _known("state", state, ISO3, hints, 0)
        _known("instrument", instrument, statuses, hints, 1)
        if (state, instrument) in seen:
            raise CellError(0, f"{state} has a row for `{one_line(instrument)}` above already; keep one")
        seen.add((state, instrument))
        if status not in statuses[instrument]:
            allowed = ", ".join(statuses[instrument])
            raise CellError(2, f"`status` is {_shown(status)}; write one of {allowed}")
        _known("source of figures", source, sources, hints, 5)
        since = _year("year", year, 3) if year else None
        return Commitment(state, instrument, cast("Status", status), since, _date(as_of), source)

    return tuple(csvsource.rows(path, COMMITMENTS, read))


def read_names(path: Path) -> dict[str, str]:
    """The name of each state by its ISO alpha-3 code, as names.csv lists them.

    Raises:
        UsageError: the file cannot be opened.
        DataError: with every bad row; a code is one of the standard and stands in the file once.
    """
    hints = Hints()
    seen: set[str] = set()

    def read(row: list[str]) -> tuple[str, str]:
        code, name = row
        _known("state", code, ISO3, hints, 0)
        if code in seen:
            raise CellError(0, f"`{code}` is in a row above already; keep one")
        seen.add(code)
        if not name.strip():
            raise CellError(1, f"`en` is empty; write the name of {code} in English")
        if found := CONTROL.search(name):
            raise CellError(1, control_character(found[0]))
        return code, name

    return dict(csvsource.rows(path, NAMES, read))


def _amount(
    first: int,
    row: Sequence[str],
    shape: re.Pattern[str],
    sources: Collection[str] | None,
    hints: Hints,
) -> Amount | None:
    """The figure of three cells, value, year and source, from the `first` on; none where all are empty."""
    cells = value, year, source = row[first : first + 3]
    column, *_ = names = CORRIDORS[first : first + 3]
    if not any(cells):
        return None
    if not all(cells):
        i = cells.index("")
        raise CellError(first + i, f"`{names[i]}` is empty; fill it, or empty {_others(names, i)} too")
    if not shape.fullmatch(value):
        kind = "whole number" if shape is _WHOLE else "number"
        raise CellError(first, f"`{column}` is {quoted(value)}; write a {kind} in digits, without commas")
    if sources is not None:
        _known("source of figures", source, sources, hints, first + 2)
    return Amount(float(value), _year(names[1], year, first + 1), source)


def _others(names: Sequence[str], i: int) -> str:
    return " and ".join(f"`{name}`" for j, name in enumerate(names) if j != i)


def _shown(value: str) -> str:
    return quoted(value) if value else "empty"


def _year(column: str, text: str, cell: int) -> int:
    if not _WHOLE.fullmatch(text) or not 1900 <= int(text) <= 2100:
        raise CellError(cell, f"`{column}` is {quoted(text)}; write a year such as 2024")
    return int(text)


def _date(text: str) -> str:
    try:
        return partial_date(text)
    except ValueError as error:
        raise CellError(4, f"`as_of` is {_shown(text)}; {error}") from None


def _known(kind: str, value: str, known: Collection[str], hints: Hints, cell: int) -> None:
    if not value:
        raise CellError(cell, f"the {kind} is empty; fill the cell")
    for finding in unknown(kind, value, (), known, hints):
        raise CellError(cell, finding.message)
