"""What a note is made of: claims with what they rest on, in sections, without markup."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from partnerfit.figures import FigureSource
from partnerfit.model import Source
from partnerfit.sentences import begun


@dataclass(frozen=True)
class Reading:
    """A text that was read; `date` is None where it has none."""

    publisher: str
    title: str
    date: str | None
    url: str

    @classmethod
    def of(cls, source: Source | FigureSource) -> Reading:
        """The source of a statement or of a figure."""
        if isinstance(source, FigureSource):
            return cls(source.producer, source.title, source.data_date, source.url)
        return cls(source.publisher, source.title, source.date, source.url)


@dataclass(frozen=True)
class Reference:
    """What a claim rests on: where it stands in the data ("Tunisia, tun-12") and what was read for it."""

    locator: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Claim:
    """Something the note says. `label` stands before it; `number` is that of its note.

    A claim without references is arithmetic on others, or says what is not known.
    """

    text: str
    label: str = ""
    references: tuple[Reference, ...] = ()
    number: int | None = None


@dataclass(frozen=True)
class Bar:
    """A value from 0 to 100 to be drawn."""

    value: float


@dataclass(frozen=True)
class Table:
    """Rows of claims and bars under titles; the columns in `right` hold numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Claim | Bar, ...], ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a note, read in this order: lead, points, table, close, parts.

    `lead` and `close` are running text, `points` a list, numbered where their order says something.
    `id` is the same in every note and language.
    """

    id: str
    title: str
    lead: tuple[Claim, ...] = ()
    points: tuple[Claim, ...] = ()
    table: Table | None = None
    close: tuple[Claim, ...] = ()
    parts: tuple[Section, ...] = ()
    numbered: bool = False

    @property
    def empty(self) -> bool:
        """Whether the section says nothing."""
        return not (self.lead or self.points or self.table or self.close or self.parts)


@dataclass(frozen=True)
class Brief:
    """A note on two states, or for one of them.

    `partners` are names; `side` is the one for which it is written, None where it treats both alike.
    `marking` is the classification, empty without one; `terms` say of when it is and how it was made.
    `words` are the fixed words around the sections, by key.
    """

    title: str
    partners: tuple[str, str]
    side: str | None
    marking: str
    as_of: str
    terms: tuple[Claim, ...]
    sections: tuple[Section, ...]
    words: dict[str, str] = field(default_factory=dict)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Everything the note says, in the order of reading."""
        return (*self.terms, *(claim for section in self.sections for claim in claims(section)))

    @property
    def length(self) -> int:
        """Words of running text: without tables, notes and sources."""
        cells = {
            id(c) for s in _within(self.sections) for row in (s.table.rows if s.table else ()) for c in row
        }
        texts = [f"{claim.label} {claim.text}" for claim in self.claims if id(claim) not in cells]
        texts += [section.title for section in _within(self.sections)]
        return sum(len(text.split()) for text in texts)

    @property
    def notes(self) -> tuple[Claim, ...]:
        """The claims that have a note, by its number."""
        return tuple(claim for claim in self.claims if claim.number is not None)

    @functools.cached_property
    def sources(self) -> tuple[Reading, ...]:
        """What the notes rest on, each once, by publisher and title."""
        found = {r for claim in self.notes for ref in claim.references for r in ref.readings}
        return tuple(sorted(found, key=lambda r: (r.publisher.casefold(), r.title, r.date or "", r.url)))

    def place(self, reading: Reading) -> int:
        """The place of a text among the sources, from 1."""
        return self.sources.index(reading) + 1

    def section(self, name: str) -> Section | None:
        """The section with this id, if the note has it."""
        return next((section for section in self.sections if section.id == name), None)


def _within(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _within(section.parts)


def claims(section: Section) -> Iterator[Claim]:
    """What a section says, in the order of reading."""
    yield from section.lead
    yield from section.points
    for row in section.table.rows if section.table else ():
        yield from (cell for cell in row if isinstance(cell, Claim))
    yield from section.close
    for part in section.parts:
        yield from claims(part)


def finished(brief: Brief) -> Brief:
    """The same note with its sentences begun as they should be and its notes numbered as they are read."""
    numbers = itertools.count(1)

    def finish(claim: Claim) -> Claim:
        return dataclasses.replace(
            claim,
            text=begun(claim.text, brief.partners),
            label=begun(claim.label, brief.partners),
            number=next(numbers) if claim.references else None,
        )

    found: Brief = _each(brief, finish)
    return found


def _each(value: Any, change: Callable[[Claim], Claim]) -> Any:
    """A value with its claims changed; fields are read in the order in which they are declared."""
    if isinstance(value, Claim):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_each(entry, change) for entry in value)
    if isinstance(value, Brief | Section | Table):
        parts = {f.name: _each(getattr(value, f.name), change) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **parts)
    return value
