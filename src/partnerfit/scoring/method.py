"""The numbers of the model in one place, and what a comparison is judged against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field

from partnerfit.model import Group, Groups, Level, Measure, Theme, Themes
from partnerfit.scoring.slots import Slots

UNION = "EU"
"""Code of the group whose members are bound by `Measure.competence`."""

Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Points = Annotated[float, Field(strict=True, ge=0, le=100)]
Count = Annotated[int, Field(strict=True, ge=1)]
Measures = Annotated[int, Field(strict=True, ge=1, le=255)]
Size = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]


@dataclass(frozen=True)
class ByLevel:
    """One number for each of high, medium and low."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    high: Size
    medium: Size
    low: Size

    def __getitem__(self, level: Level) -> float:
        value: float = getattr(self, level)
        return value


def _number(default: float | ByLevel, description: str) -> Any:
    return field(default=default, metadata={"description": description})


@dataclass(frozen=True)
class Method:
    """Every number of the model, with its default; [own] marks a choice of ours.

    Plain values: a file that changes some of them is validated where it is read.
    """

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    priority: ByLevel = _number(
        ByLevel(3, 2, 1), "level of a priority; the gain before limits is the level over the highest one"
    )
    feasibility_minor: Share = _number(0.8, "factor on a positive gain under a minor constraint [own]")
    feasibility_major: Share = _number(0.5, "factor on a positive gain under a major constraint [own]")
    elsewhere: Share = _number(
        0.5, "factor on what a state does with others, not yet with this partner [own]"
    )
    best_weight: Share = _number(0.75, "weight of a theme's best measure; the second has the rest [own]")
    opening_tension: Points = _number(50, "tension from which a theme with a way in is an opening")
    win_win_fit: Points = _number(60, "firm fit from which a theme is a win-win")
    promising_fit: Points = _number(30, "fit from which a theme is promising")
    contested_tension: Points = _number(25, "tension from which a theme is contested")
    negotiable_price: Points = _number(25, "price from which a theme is negotiable")
    jitter: ByLevel = _number(
        ByLevel(0.25, 0.5, 1.0), "half-width in levels of the triangular draw of a priority, by confidence"
    )
    stance_doubt: ByLevel = _number(
        ByLevel(0.02, 0.10, 0.25),
        "probability that a stance is redrawn in its role, by confidence; at most 1",
    )
    match_minimum: Count = _number(5, "items known on both sides from which a partner is ranked by `match`")
    short_package: Measures = _number(5, "measures in the short package [own]")
    one_sided: Share = _number(
        0.5, "balance below which a package is called one-sided, smaller over larger share of the ideal [own]"
    )
    range_low: Points = _number(5, "percentile at the lower end of a range")
    range_high: Points = _number(95, "percentile at the upper end of a range")

    def __post_init__(self) -> None:
        if self.range_low >= self.range_high:
            raise ValueError("`range_low` has to be below `range_high`")
        if not self.priority.low <= self.priority.medium <= self.priority.high > 0:
            raise ValueError("`priority` has to rise from low to high, and high is above 0")
        if max(self.stance_doubt.high, self.stance_doubt.medium, self.stance_doubt.low) > 1:
            raise ValueError("`stance_doubt` holds probabilities, at most 1")

    def size(self, level: Level) -> float:
        """The gain, in [0, 1], of a position of this priority before limits."""
        return self.priority[level] / self.priority.high


@dataclass(frozen=True)
class Context:
    """What every pair is judged against: the taxonomy, the groups and the method."""

    themes: Themes
    groups: Groups
    method: Method

    @cached_property
    def slots(self) -> Slots:
        """The measures and roles in which a state can have a position."""
        return Slots.of(self.themes)

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        own = {group.code: frozenset(group.members) for group in self.groups.groups}
        return {
            group.code: own[group.members_of] if group.members_of else own[group.code]
            for group in self.groups.groups
        }

    @cached_property
    def _institutions(self) -> frozenset[str]:
        return frozenset(group.code for group in self.groups.groups if group.institution)

    def members(self, code: str) -> frozenset[str]:
        """Alpha-3 codes of the members of a group; none where the data do not know it."""
        return self._members.get(code, frozenset())

    def addresses(self, code: str, iso3: str) -> bool:
        """Whether a position towards `code`, a group, is one towards the state `iso3`."""
        return code not in self._institutions and iso3 in self._members.get(code, ())

    def speaks_to_body_of(self, code: str, iso3: str) -> bool:
        """Whether `code` is an institution of which the state is a member."""
        return code in self._institutions and iso3 in self._members[code]

    def addressees(self, codes: Iterable[str]) -> frozenset[str]:
        """The states and institutions that a list of codes addresses."""
        return frozenset(
            state
            for code in codes
            for state in ({code} if code in self._institutions else self._members.get(code, {code}))
        )

    def free_movement(self, one: str, other: str) -> Group | None:
        """The free-movement area that both states belong to, if there is one."""
        return self._shared(one, other, (group for group in self.groups.groups if group.free_movement))

    def route(self, one: str, other: str) -> Group | None:
        """A dialogue along a migration route in which both states take part, if there is one."""
        return self._shared(one, other, (group for group in self.groups.groups if group.route))

    def _shared(self, one: str, other: str, groups: Iterable[Group]) -> Group | None:
        return next((group for group in groups if {one, other} <= self._members[group.code]), None)

    def measure(self, measure_id: str) -> Measure:
        """The measure with this id."""
        return self.slots.measure[measure_id]

    def theme_of(self, measure_id: str) -> Theme:
        """The theme that holds this measure."""
        return self.slots.theme[measure_id]


def newest(*reviewed: dt.date) -> dt.date:
    """The as-of date of a comparison: the newest review among the profiles used."""
    return max(reviewed)
