"""Which framing of a theme both partners can stand behind, and what to open with towards each.

It changes how a result is told, never the score.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from partnerfit.model import Framing, Interest, State, Theme
from partnerfit.scoring.method import Context


@dataclass(frozen=True)
class Opening:
    """What to open with towards a state, and the interest of its own to which that speaks."""

    line: str
    interest: Interest


@dataclass(frozen=True)
class Backing:
    """How far a state, by id, can stand behind a framing: `support` in [0, 1].

    `openings` are the interests that the framing emphasises and the state has, heaviest first.
    """

    state: str
    support: float
    openings: tuple[Opening, ...]


@dataclass(frozen=True)
class Recommendation:
    """The framing for a theme between two states; `sides` are sorted by state id."""

    framing: Framing
    sides: tuple[Backing, Backing]


def support(framing: Framing, state: State) -> float:
    """How much of what a state cares about a framing speaks to, in [0, 1].

    The weights of the emphasised interests, summed, over the square root of their number times all
    weights of the state [own]. The root lets an emphasis on more interests count for more only where
    they carry weight. 0 for a state without interests.
    """
    total = sum(interest.weight for interest in state.interests)
    if not total:
        return 0.0
    emphasised = {appeal.interest for appeal in framing.emphasises}
    weight = sum(interest.weight for interest in state.interests if interest.interest in emphasised)
    return weight / (math.sqrt(len(emphasised)) * total)


def recommend(
    theme: Theme, measures: Collection[str], a: State, b: State, context: Context
) -> Recommendation | None:
    """The framing with the largest geometric mean of the two supports, the first of equals.

    `measures` are the ids of those at stake between the two; what is said of other measures only
    does not fit. None where no framing that fits has the support of both.
    """
    first, second = sorted((a, b), key=lambda state: state.id)
    best, most = None, 0.0
    for framing in theme.framings:
        product = support(framing, first) * support(framing, second)  # orders as its root does
        if product > most and _fits(framing, measures, (first, second), context):
            best, most = framing, product
    if best is None:
        return None
    return Recommendation(best, (_backing(best, first), _backing(best, second)))


def _fits(framing: Framing, measures: Collection[str], pair: tuple[State, State], context: Context) -> bool:
    if framing.measures and not any(measure in measures for measure in framing.measures):
        return False
    codes = framing.applies_to
    return not codes or any(
        state.iso3 == code or state.iso3 in context.members(code) for state in pair for code in codes
    )


def _backing(framing: Framing, state: State) -> Backing:
    held = {interest.interest: interest for interest in state.interests}
    openings = [
        Opening(appeal.open_with, held[appeal.interest])
        for appeal in framing.emphasises
        if appeal.interest in held
    ]
    openings.sort(key=lambda opening: -opening.interest.weight)
    return Backing(state.id, support(framing, state), tuple(openings))
