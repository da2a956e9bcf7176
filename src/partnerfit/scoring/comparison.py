"""The result of a comparison: typed, frozen, with everything that led to each number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from partnerfit.model import Constraint, Group, Level, Measure, Objective, Role, State, Theme
from partnerfit.scoring.fit import Assessment
from partnerfit.scoring.framing import Recommendation
from partnerfit.scoring.items import WIN_WIN, ItemClass
from partnerfit.scoring.method import Method
from partnerfit.scoring.positions import Basis, Position, weakest


@dataclass(frozen=True)
class Side:
    """One state in one item: the role in which it acts and where it stands."""

    state: str
    role: Role | None
    position: Position


@dataclass(frozen=True)
class Item:
    """One measure in one direction between two states.

    `sides` are sorted by state id; `provider` and `receiver` are state ids, None in a joint
    measure. `fit` is 0 to 100, `balance` in [0, 1], `both_gain_share` the share of draws in which
    both still gain; the last two are None without a win-win. `tension` and `price`, 0 to 100, are
    what is wanted and refused, or to be had in return.
    """

    measure: Measure
    provider: str | None
    receiver: str | None
    cls: ItemClass
    sides: tuple[Side, Side]
    fit: float
    balance: float | None
    both_gain_share: float | None
    tension: float
    price: float

    def of(self, state: str) -> Position:
        """Where the state with this id stands on the item."""
        return next(side.position for side in self.sides if side.state == state)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other item of the two: measure, and provider where there is one."""
        return self.measure.id, self.provider or ""

    @property
    def win_win(self) -> bool:
        """Whether both sides gain."""
        return self.cls in WIN_WIN

    @property
    def mixed(self) -> bool:
        """Whether either side's objectives point in different directions."""
        return any(side.position.mixed for side in self.sides)

    @property
    def confidence(self) -> Level | None:
        """The weaker confidence of the two sides; None where one is unknown."""
        levels = [side.position.confidence for side in self.sides]
        return weakest(level for level in levels if level) if all(levels) else None

    @property
    def requires(self) -> tuple[str, ...]:
        """Measures that either side ties to this one, sorted."""
        return tuple(sorted({r for side in self.sides for r in side.position.requires}))


@dataclass(frozen=True)
class ThemeFit:
    """One theme between two states.

    `score`, `low`, `high`, `potential`, `tension`, `price` are 0 to 100; `low` and `high` are the
    ends of the range; `top3_share` and `balance` are in [0, 1], `balance` None without a win-win.
    `to_confirm` says that a promising theme rests on low confidence. `common_demands` are measures
    that both seek from others. `framing` is how to present what is at stake, where one has the
    support of both.
    """

    theme: Theme
    rank: int
    score: float
    low: float
    high: float
    top3_share: float
    potential: float
    balance: float | None
    tension: float
    price: float
    assessment: Assessment
    to_confirm: bool
    items: tuple[Item, ...]
    common_demands: tuple[Measure, ...]
    framing: Recommendation | None

    @property
    def win_wins(self) -> tuple[Item, ...]:
        """The items on which both gain, best first."""
        return tuple(item for item in self.items if item.win_win)


@dataclass(frozen=True)
class RedLine:
    """A red line of `state`; `wish` is the basis on which `other` wants what it blocks, if it does."""

    state: str
    other: str
    constraint: Constraint
    measure: Measure
    theme: Theme
    wish: Basis | None

    @property
    def wanted(self) -> bool:
        """Whether the other side wants it from this state, and not only from others."""
        return self.wish not in (None, "elsewhere")


@dataclass(frozen=True)
class Question:
    """Something to ask of `to`; `adds` is what a medium yes would add to the theme's score.

    `wished` are the objectives for which it is asked, `does_with_others` those by which the asked
    state does the same with others.
    """

    to: str
    asked_by: str
    measure: Measure
    theme: Theme
    provider: str | None
    receiver: str | None
    adds: float
    wished: tuple[Objective, ...]
    does_with_others: tuple[Objective, ...]


@dataclass(frozen=True)
class BlocPosition:
    """A position towards an institution of which the partner is a member: shown, not scored."""

    state: str
    objective: Objective


@dataclass(frozen=True)
class Comparison:
    """Two states compared.

    `partners` are in the order in which they were named; nothing else depends on that order.
    `coverage` is, for each state id, the share of measures on which it has an objective that
    speaks to the partner by name, by group or in general. `area` is the free-movement area the
    two share, if any; `union_members` are the ids of the partners bound by the competence of the
    European Union.
    """

    partners: tuple[State, State]
    as_of: dt.date
    seed: int
    draws: int
    method: Method
    area: Group | None
    union_members: tuple[str, ...]
    themes: tuple[ThemeFit, ...]
    red_lines: tuple[RedLine, ...]
    questions: tuple[Question, ...]
    bloc_positions: tuple[BlocPosition, ...]
    coverage: dict[str, float]

    def partner(self, state_id: str) -> State:
        """The partner with this id."""
        return next(partner for partner in self.partners if partner.id == state_id)

    def bound(self, measure: Measure) -> tuple[str, ...]:
        """The partners, by id, that Union law keeps from deciding on a measure alone."""
        if measure.competence.level == "national":
            return ()
        outside = measure.competence.outside
        return tuple(s for s in self.union_members if self.partner(s).iso3 not in outside)

    def theme_of(self, measure_id: str) -> Theme:
        """The theme that holds the measure with this id."""
        themes = (fit.theme for fit in self.themes)
        return next(t for t in themes if any(measure.id == measure_id for measure in t.measures))

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, theme by theme in the order of the ranking."""
        return tuple(item for theme in self.themes for item in theme.items)
