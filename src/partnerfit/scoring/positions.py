"""Profiles -> where a state stands towards a partner, slot by slot.

The rules are those of docs/method.md, "Which objective counts for this partner" and "Gain of a
state on an item". A state that says nothing on a slot has an unknown gain (None), never zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from partnerfit.model import Constraint, Level, Names, Objective, Role, State, Statement
from partnerfit.scoring.method import Context, Method
from partnerfit.scoring.slots import Slot

Basis = Literal["named", "group", "general", "elsewhere"]

SPECIFICITY: tuple[Basis, ...] = ("named", "group", "general", "elsewhere")
POSITIVE = frozenset({"seeks", "offers", "supports"})
REFUSING = frozenset({"declines", "resists"})
ROLE_OF_STANCE: dict[str, Role] = {
    "seeks": "receiver",
    "declines": "receiver",
    "offers": "provider",
    "accepts": "provider",
    "resists": "provider",
}
CONFIDENCE: tuple[Level, ...] = ("high", "medium", "low")


@dataclass(frozen=True)
class Strand:
    """One objective that speaks to the partner, and what it contributes.

    `gain` is signed, in [-1, 1], after feasibility and the factor for *elsewhere*. `decides` marks
    the objectives from which the position is taken.
    """

    objective: Objective
    basis: Basis
    gain: float
    decides: bool = False

    @property
    def positive(self) -> bool:
        """Whether the stance is one of wanting: seeks, offers, supports."""
        return self.objective.stance in POSITIVE

    @property
    def confidence(self) -> Level:
        """How well the objective is known; low for what is done only elsewhere."""
        return "low" if self.basis == "elsewhere" else self.objective.confidence


@dataclass(frozen=True)
class Position:
    """Where a state stands on one slot towards one partner.

    `gain` is in [-1, 1], or None where nothing is known. `mixed` says that objectives of the same
    level point in different directions; towards different others that is no disagreement.
    `feasibility` is the factor of the heaviest of `limits` on a positive gain.
    """

    gain: float | None = None
    basis: Basis | None = None
    mixed: bool = False
    strands: tuple[Strand, ...] = ()
    feasibility: float = 1.0
    limits: tuple[Constraint, ...] = ()

    @property
    def deciding(self) -> tuple[Objective, ...]:
        """The objectives from which the gain is taken, the strongest first."""
        return tuple(strand.objective for strand in self.strands if strand.decides)

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """All objectives that speak to the partner, the deciding ones first."""
        return (*self.deciding, *(s.objective for s in self.strands if not s.decides))

    @property
    def confidence(self) -> Level | None:
        """The weakest confidence among the deciding objectives; low for what is only elsewhere."""
        levels = [strand.confidence for strand in self.strands if strand.decides]
        return weakest(levels) if levels else None

    @property
    def refuses(self) -> bool:
        """Whether a negative gain comes from resisting or declining rather than from accepting."""
        if self.gain is None or self.gain >= 0:
            return False
        return any(o.stance in REFUSING for o in self.deciding)

    @property
    def red_lines(self) -> tuple[Constraint, ...]:
        """The constraints that block the slot."""
        return tuple(c for c in self.limits if c.severity == "red-line")

    @property
    def requires(self) -> tuple[str, ...]:
        """Measures without which the position does not hold, sorted."""
        statements: Iterable[Statement] = (*self.deciding, *self.limits)
        return tuple(sorted({measure for s in statements for measure in s.requires}))


def weakest(levels: Iterable[Level]) -> Level:
    """The lowest of some levels of confidence."""
    return max(levels, key=CONFIDENCE.index)


def positions(state: State, partner: Names, context: Context, as_of: dt.date) -> tuple[Position, ...]:
    """Where `state` stands towards `partner` on every slot, in the order of `context.slots`."""
    area = context.free_movement(state.iso3, partner.iso3)
    by_slot: dict[tuple[str, Role | None], list[Objective]] = {}
    for objective in state.objectives:
        if objective.lapsed(as_of):
            continue
        joint = context.measure(objective.measure).mode == "joint"
        role = None if joint else ROLE_OF_STANCE[objective.stance]
        by_slot.setdefault((objective.measure, role), []).append(objective)
    constraints = [
        (c, basis)
        for c in state.constraints
        if not c.lapsed(as_of) and (basis := reach(c, partner.iso3, context)) not in (None, "elsewhere")
    ]
    found = []
    for slot in context.slots.all:
        meets = _meeting(slot, inside=area is not None)
        limits = tuple(c for c, basis in constraints if basis in meets and _limits(c, slot, context))
        objectives = by_slot.get((slot.measure.id, slot.role), ())
        spoken = [
            (objective, basis)
            for objective in objectives
            if (basis := reach(objective, partner.iso3, context)) is not None and basis in meets
        ]
        found.append(resolve(spoken, limits, context.method))
    return tuple(found)


def reach(statement: Statement, iso3: str, context: Context) -> Basis | None:
    """How a statement speaks to a state: by name, by group, in general, or only to others.

    None where it excludes the state, or speaks to others alone and says so (`exclusive`).
    """
    if excludes(statement, iso3, context):
        return None
    if not statement.towards:
        return "general"
    if iso3 in statement.towards:
        return "named"
    if any(context.addresses(code, iso3) for code in statement.towards):
        return "group"
    if isinstance(statement, Objective) and statement.exclusive:
        return None
    return "elsewhere"


def excludes(statement: Statement, iso3: str, context: Context) -> bool:
    """Whether a statement takes a state out by its `except`."""
    return iso3 in statement.excluding or any(context.addresses(c, iso3) for c in statement.excluding)


def _meeting(slot: Slot, *, inside: bool) -> tuple[Basis, ...]:
    """The levels that count: inside a free-movement area, general positions speak of third states."""
    if inside and slot.role is not None:
        return ("named", "group")
    return SPECIFICITY


def _limits(constraint: Constraint, slot: Slot, context: Context) -> bool:
    """Whether a constraint limits this slot; without a role it limits what the state delivers."""
    if constraint.theme is not None:
        if context.theme_of(slot.measure.id).id != constraint.theme:
            return False
    elif constraint.measure != slot.measure.id:
        return False
    if slot.role is None:
        return constraint.role is None
    return (constraint.role or "provider") == slot.role


def resolve(
    spoken: Sequence[tuple[Objective, Basis]], limits: tuple[Constraint, ...], method: Method
) -> Position:
    """The position that follows from the objectives that speak to a partner and the limits on them.

    If every counting objective is positive, the strongest counts. Otherwise only the most specific
    level counts: there the strongest of one sign or, where signs differ, their mean.
    """
    feasibility = _feasibility(limits, method)
    direct = [(o, basis) for o, basis in spoken if basis != "elsewhere"]
    # Refusals towards others say nothing about this partner; wishes and prices do.
    others = [(o, basis) for o, basis in spoken if basis == "elsewhere" and o.stance not in REFUSING]
    strands = [Strand(o, basis, gain_of(o, basis, feasibility, method)) for o, basis in direct or others]
    if not strands:
        return Position(feasibility=feasibility, limits=limits)
    counting = strands
    if not all(strand.positive for strand in strands):
        top = min(SPECIFICITY.index(strand.basis) for strand in strands)
        counting = [strand for strand in strands if SPECIFICITY.index(strand.basis) == top]
    for_it = _strongest([s for s in counting if s.positive])
    against = _strongest([s for s in counting if not s.positive])
    deciding = [strand for strand in (for_it, against) if strand is not None]
    deciding.sort(key=lambda strand: -abs(strand.gain))
    return Position(
        gain=sum(strand.gain for strand in deciding) / len(deciding),
        basis=min((s.basis for s in deciding), key=SPECIFICITY.index),
        mixed=len(deciding) == 2 and deciding[0].basis != "elsewhere",
        strands=_ordered(Strand(s.objective, s.basis, s.gain, decides=s in deciding) for s in strands),
        feasibility=feasibility,
        limits=limits,
    )


def _ordered(strands: Iterable[Strand]) -> tuple[Strand, ...]:
    """What decides first, the stronger before the weaker; the order of the profile does not matter."""
    return tuple(sorted(strands, key=lambda s: (not s.decides, -abs(s.gain), s.objective.id)))


def gain_of(objective: Objective, basis: Basis, feasibility: float, method: Method) -> float:
    """Signed gain of one objective: sign * priority, lowered by limits and by *elsewhere* if positive."""
    size = method.size(objective.priority)
    if objective.stance not in POSITIVE:
        return -size
    return size * feasibility * (method.elsewhere if basis == "elsewhere" else 1.0)


def _strongest(strands: Sequence[Strand]) -> Strand | None:
    """The largest gain; among equals the better known, the more specific, then the first by id."""
    return min(
        strands,
        key=lambda s: (
            -abs(s.gain),
            CONFIDENCE.index(s.objective.confidence),
            SPECIFICITY.index(s.basis),
            s.objective.id,
        ),
        default=None,
    )


def _feasibility(limits: Iterable[Constraint], method: Method) -> float:
    severities = {constraint.severity for constraint in limits}
    if "major" in severities:
        return method.feasibility_major
    return method.feasibility_minor if "minor" in severities else 1.0
