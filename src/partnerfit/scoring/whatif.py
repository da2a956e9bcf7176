"""What if a state took a position: a profile with an assumed objective in place of the stated ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from partnerfit.errors import UsageError
from partnerfit.model import STANCES_BY_MODE, Level, Names, Objective, Role, Stance, State
from partnerfit.scoring.method import Context
from partnerfit.scoring.positions import ROLE_OF_STANCE

STANCES: tuple[Stance, ...] = get_args(Stance)
LEVELS: tuple[Level, ...] = get_args(Level)

_WRITTEN = re.compile(r"\s*([^:=]+?)\s*:\s*([^:=]+?)\s*=\s*([^:=]+?)\s*:\s*([^:=]+?)\s*")


@dataclass(frozen=True)
class Assumption:
    """What is supposed of a state; `state` as the user names it, then its id."""

    state: str
    measure: str
    stance: Stance
    priority: Level

    def __str__(self) -> str:
        return f"{self.state}:{self.measure}={self.stance}:{self.priority}"


def read_assumption(text: str) -> Assumption:
    """An assumption as it is written: `sweden:visa-facilitation=offers:medium`.

    Raises:
        UsageError: it is written otherwise, or has an unknown stance or priority.
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise UsageError(
            f"{text!r} is no assumption; write STATE:MEASURE=STANCE:PRIORITY, "
            "for instance sweden:visa-facilitation=offers:medium"
        )
    state, measure, said_stance, said_priority = found.groups()
    stance = next((known for known in STANCES if known == said_stance), None)
    priority = next((known for known in LEVELS if known == said_priority), None)
    if stance is None:
        raise UsageError(f"{text!r}: no stance is called {said_stance!r}; use {', '.join(STANCES)}")
    if priority is None:
        raise UsageError(f"{text!r}: no priority is called {said_priority!r}; use {', '.join(LEVELS)}")
    return Assumption(state, measure, stance, priority)


def assume(state: State, partner: Names, assumptions: Sequence[Assumption], context: Context) -> State:
    """A state with assumed positions towards one partner, in place of its own on the same measures.

    In the role of the stance, what the profile says of the measure is taken to except the partner.
    Constraints stay: a red line still blocks, a limit still lowers a gain. The assumed objectives
    name the partner, are of high confidence, have ids `assumed-1`, `assumed-2` .. and no sources.

    Args:
        state: whose positions are assumed.
        partner: towards whom.
        assumptions: on this state, one for a measure and role; `state` is not read.
        context: for the measures.

    Raises:
        UsageError: an unknown measure, a stance that does not fit it, or two on the same position.
    """
    assumed: dict[tuple[str, Role | None], Objective] = {}
    for number, assumption in enumerate(assumptions, 1):
        key = _position(assumption, context)
        if key in assumed:
            raise UsageError(f"{assumption}: {state.name} is already assumed to take a position on this")
        assumed[key] = _objective(f"assumed-{number}", assumption, partner)
    own = (
        o.model_copy(update={"excluding": (*o.excluding, partner.iso3)})
        if (o.measure, _role(o.measure, o.stance, context)) in assumed and partner.iso3 not in o.excluding
        else o
        for o in state.objectives
    )
    return state.model_copy(update={"objectives": (*own, *assumed.values())}) if assumed else state


def is_assumed(objective: Objective) -> bool:
    """Whether an objective is supposed; what is stated has a source."""
    return not objective.sources


def assumed_of(state: State) -> tuple[Objective, ...]:
    """The assumed objectives of a state."""
    return tuple(o for o in state.objectives if is_assumed(o))


def _position(assumption: Assumption, context: Context) -> tuple[str, Role | None]:
    measure = context.slots.measure.get(assumption.measure)
    if measure is None:
        raise UsageError(
            f"{assumption}: no measure has the id {assumption.measure!r}; `partnerfit themes` lists all"
        )
    fitting = STANCES_BY_MODE[measure.mode]
    if assumption.stance not in fitting:
        fits = ", ".join(stance for stance in STANCES if stance in fitting)
        raise UsageError(
            f"{assumption}: {measure.id} is {'a joint' if measure.mode == 'joint' else 'an exchange'} "
            f"measure; use {fits}"
        )
    return measure.id, _role(measure.id, assumption.stance, context)


def _role(measure: str, stance: Stance, context: Context) -> Role | None:
    return None if context.measure(measure).mode == "joint" else ROLE_OF_STANCE[stance]


def _objective(name: str, assumption: Assumption, partner: Names) -> Objective:
    # Not validated on purpose: an assumption has no source, and must never be given one.
    return Objective.model_construct(
        id=name,
        towards=(partner.iso3,),
        excluding=(),
        requires=(),
        until=None,
        summary="Assumed.",
        sources=(),
        measure=assumption.measure,
        stance=assumption.stance,
        priority=assumption.priority,
        confidence="high",
        exclusive=None,
    )
