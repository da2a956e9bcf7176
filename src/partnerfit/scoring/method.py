"""The numbers of the model in one place, and what a comparison is judged against."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from partnerfit.model import Frozen, Group, Groups, Level, Measure, Theme, Themes
from partnerfit.scoring.slots import Slots

UNION = "EU"
"""Code of the group whose members are bound by `Measure.competence`."""

Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]


class ByLevel(Frozen):
    """One number for each of high, medium and low."""

    high: Annotated[float, Field(ge=0)]
    medium: Annotated[float, Field(ge=0)]
    low: Annotated[float, Field(ge=0)]

    def __getitem__(self, level: Level) -> float:
        value: float = getattr(self, level)
        return value


class Doubt(ByLevel):
    """One probability for each of high, medium and low."""

    high: Share
    medium: Share
    low: Share


class Method(Frozen):
    """Every number of the model, with its default; [own] marks a choice of ours."""

    priority: ByLevel = Field(
        default=ByLevel(high=3, medium=2, low=1),
        description="level of a priority; the gain before limits is the level over the highest one",
    )
    feasibility_minor: Share = Field(
        default=0.8, description="factor on a positive gain under a minor constraint [own]"
    )
    feasibility_major: Share = Field(
        default=0.5, description="factor on a positive gain under a major constraint [own]"
    )
    elsewhere: Share = Field(
        default=0.5, description="factor on what a state does with others, not yet with this partner [own]"
    )
    best_weight: Share = Field(
        default=0.75, description="weight of a theme's best measure; the second best has the rest [own]"
    )
    opening_tension: Points = Field(
        default=50, description="tension from which a theme with a way in is an opening"
    )
    win_win_fit: Points = Field(default=60, description="firm fit from which a theme is a win-win")
    promising_fit: Points = Field(default=30, description="fit from which a theme is promising")
    contested_tension: Points = Field(default=25, description="tension from which a theme is contested")
    negotiable_price: Points = Field(default=25, description="price from which a theme is negotiable")
    jitter: ByLevel = Field(
        default=ByLevel(high=0.25, medium=0.5, low=1.0),
        description="half-width in levels of the triangular draw of a priority, by confidence",
    )
    stance_doubt: Doubt = Field(
        default=Doubt(high=0.02, medium=0.10, low=0.25),
        description="probability that a stance is redrawn among those of its role, by confidence",
    )
    range_low: Points = Field(default=5, description="percentile at the lower end of a range")
    range_high: Points = Field(default=95, description="percentile at the upper end of a range")

    @model_validator(mode="after")
    def _ordered(self) -> Method:
        if self.range_low >= self.range_high:
            raise ValueError("`range_low` has to be below `range_high`")
        if not self.priority.low <= self.priority.medium <= self.priority.high > 0:
            raise ValueError("`priority` has to rise from low to high, and high is above 0")
        return self

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

    def free_movement(self, one: str, other: str) -> Group | None:
        """The free-movement area that both states belong to, if there is one."""
        areas = (group for group in self.groups.groups if group.free_movement)
        return next((g for g in areas if {one, other} <= self._members[g.code]), None)

    def measure(self, measure_id: str) -> Measure:
        """The measure with this id."""
        return self.slots.measure[measure_id]

    def theme_of(self, measure_id: str) -> Theme:
        """The theme that holds this measure."""
        return self.slots.theme[measure_id]


def newest(*reviewed: dt.date) -> dt.date:
    """The as-of date of a comparison: the newest review among the profiles used."""
    return max(reviewed)
