"""Figures that put positions in proportion: what each measures, corridors, votes and treaties.

They are shown, never scored. figures.yaml says what an indicator or instrument is and where figures
come from; corridors.csv and commitments.csv hold one row for each pair or status, in that order.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from partnerfit import csvsource, yamlsource
from partnerfit.codes import ISO3
from partnerfit.errors import DataError
from partnerfit.model import Frozen, Slug, Text, Url
from partnerfit.values import partial_date

Vote = Literal["yes", "no", "abstain", "absent"]
TreatyStatus = Literal["party", "signatory", "not-party"]
Status = Vote | TreatyStatus

CORRIDORS = tuple(
    "origin destination migrant_stock stock_year stock_source"
    " remittances_musd remittances_year remittances_source".split()
)
COMMITMENTS = ("iso3", "instrument", "status", "year", "as_of", "source")
STATUSES: dict[str, tuple[str, ...]] = {"vote": get_args(Vote), "treaty": get_args(TreatyStatus)}

_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_WHOLE = re.compile(r"0|[1-9][0-9]*")


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
    problems = []
    for part in Figures.model_fields:
        ids = [entry.id for entry in getattr(figures, part)]
        for i, key in enumerate(ids):
            if key in ids[:i]:
                message = f"id `{key}` is used twice; give each entry its own"
                problems.append(document.problem((part, i, "id"), message))
    if problems:
        raise DataError(tuple(sorted(problems)))
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
    sources = None if figures is None else [source.id for source in figures.sources]
    last = ("", "")

    def read(row: list[str]) -> Corridor | None:
        nonlocal last
        pair, before = (row[0], row[1]), last
        last = pair
        if pair <= before:
            raise ValueError(f"{'-'.join(pair)} comes twice or too late; sort by origin, then destination")
        if iso3s is not None and not (pair[0] in iso3s and pair[1] in iso3s):
            return None
        for code in pair:
            _known("state", code, ISO3)
        if pair[0] == pair[1]:
            raise ValueError(f"`{pair[0]}` is both origin and destination")
        stock = _amount(CORRIDORS[2], row[2:5], _WHOLE, sources)
        remittances = _amount(CORRIDORS[5], row[5:8], _NUMBER, sources)
        if stock is None and remittances is None:
            raise ValueError("the row holds no figure; leave it out")
        return Corridor(*pair, stock, remittances)

    return {(c.origin, c.destination): c for c in csvsource.rows(path, CORRIDORS, read)}


def read_commitments(path: Path, iso3: str | None, figures: Figures) -> tuple[Commitment, ...]:
    """The votes and treaties of the state `iso3` (ISO alpha-3), or of all, in the order of the file.

    Raises:
        UsageError: the file cannot be opened.
        DataError: with every bad row that was read, placed; a state may have one status for each
            instrument.
    """
    sources = [source.id for source in figures.sources]
    statuses = {instrument.id: STATUSES[instrument.kind] for instrument in figures.instruments}
    seen: set[tuple[str, str]] = set()

    def read(row: list[str]) -> Commitment | None:
        state, instrument, status, year, as_of, source = row
        if iso3 not in (None, state):
            return None
        _known("state", state, ISO3)
        _known("instrument", instrument, statuses)
        if (state, instrument) in seen:
            raise ValueError(f"{state} has a row for `{instrument}` already; keep one")
        seen.add((state, instrument))
        if status not in statuses[instrument]:
            raise ValueError(f"`status` is {status!r}; write one of {', '.join(statuses[instrument])}")
        _known("source", source, sources)
        since = _year("status", year) if year else None
        return Commitment(state, instrument, cast("Status", status), since, _date(as_of), source)

    return tuple(csvsource.rows(path, COMMITMENTS, read))


def _amount(
    column: str, cells: Sequence[str], shape: re.Pattern[str], sources: Collection[str] | None
) -> Amount | None:
    """The figure of three cells: value, year, source; none where all are empty."""
    value, year, source = cells
    if not any(cells):
        return None
    if not all(cells):
        raise ValueError(f"`{column}` goes with its year and its source; fill all three cells or none")
    if not shape.fullmatch(value):
        raise ValueError(f"`{column}` is {value!r}, which is no {'whole ' * (shape is _WHOLE)}number")
    if sources is not None:
        _known("source", source, sources)
    return Amount(float(value), _year(column, year), source)


def _year(column: str, text: str) -> int:
    if not _WHOLE.fullmatch(text) or not 1900 <= int(text) <= 2100:
        raise ValueError(f"the year of `{column}` is {text!r}; write a year such as 2024")
    return int(text)


def _date(text: str) -> str:
    try:
        return partial_date(text)
    except ValueError:
        raise ValueError(f"`as_of` is {text!r}; write a date as YYYY, YYYY-MM or YYYY-MM-DD") from None


def _known(kind: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        close = difflib.get_close_matches(value, sorted(known), n=1, cutoff=0.6)
        where = "use an ISO alpha-3 code" if kind == "state" else f"figures.yaml lists each {kind}"
        raise ValueError(
            f"no {kind} is called `{value}`; {f'did you mean `{close[0]}`?' if close else where}"
        )
