"""Initiatives in which partners have worked together before: types of what stands in initiatives.yaml.

They are shown beside a result, never scored.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from pydantic import Field, model_validator

from partnerfit.model import Code, Flag, Frozen, Iso3, Slug, Source, Summary, Text

Year = Annotated[int, Field(strict=True, ge=1900, le=2100)]


class Years(Frozen):
    """From when to when; without `last` (key `to`) no end was seen, which is no word on today.

    `seen` says that these are the years in which it was seen at work, begin and end being unknown.
    """

    first: Year = Field(alias="from")
    last: Year | None = Field(default=None, alias="to")
    seen: Flag | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Years:
        if self.last is not None and self.last < self.first:
            raise ValueError("`to` is before `from`; swap them")
        return self


class Gain(Frozen):
    """What some of those involved were to get; without `to` the states served, too many to name."""

    to: tuple[Code, ...] = Field(default=(), min_length=1)
    gain: Text


class Initiative(Frozen):
    """Who did what together and when, how they presented it, and what came of it.

    `partners` (alpha-3 codes of states, codes of groups) agreed to it, led it, paid for it or carried
    it; `places` are further states where it worked. `institutions` are organisations that are no group.
    """

    id: Slug
    name: Text
    years: Years
    partners: Annotated[tuple[Code, ...], Field(min_length=1)]
    places: tuple[Iso3, ...] = Field(default=(), min_length=1)
    institutions: tuple[Text, ...] = Field(default=(), min_length=1)
    measures: Annotated[tuple[Slug, ...], Field(min_length=1)]
    framing: Summary
    gains: Annotated[tuple[Gain, ...], Field(min_length=1)]
    results: Summary
    lessons: Summary
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]

    @property
    def involved(self) -> tuple[str, ...]:
        """Codes of all who took part, partners first."""
        return (*self.partners, *self.places)


class Initiatives(Frozen):
    """Every initiative, and the sources that they rest on."""

    initiatives: tuple[Initiative, ...] = ()
    sources: tuple[Source, ...] = ()

    def on(self, measures: Collection[str]) -> Initiatives:
        """Those on at least one of the measures (ids), and the sources that they rest on."""
        found = tuple(i for i in self.initiatives if not set(i.measures).isdisjoint(measures))
        cited = {source for initiative in found for source in initiative.sources}
        return Initiatives(initiatives=found, sources=tuple(s for s in self.sources if s.id in cited))
