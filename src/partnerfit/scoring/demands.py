"""What two states both seek from others: no deal between them, but a joint position."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from partnerfit.model import Measure, Objective, State
from partnerfit.scoring.method import Context
from partnerfit.scoring.positions import reach

PROVIDING = frozenset({"offers", "accepts"})


def common_demands(a: State, b: State, context: Context, as_of: dt.date) -> tuple[Measure, ...]:
    """Measures that both seek, neither provides, and for which they could turn to the same third side.

    Read from the positions as they stand, inside a free-movement area too: they speak of third
    states. What one of the two seeks from the other is no common demand.
    """
    return tuple(
        measure
        for measure in context.slots.measure.values()
        if measure.mode == "exchange"
        and not any(True for state in (a, b) for _ in _current(state, measure, PROVIDING, as_of))
        and _same_third_side(
            list(_current(a, measure, {"seeks"}, as_of)),
            list(_current(b, measure, {"seeks"}, as_of)),
            context,
            (a.iso3, b.iso3),
        )
    )


def _current(
    state: State, measure: Measure, stances: frozenset[str] | set[str], as_of: dt.date
) -> Iterator[Objective]:
    for objective in state.objectives:
        if objective.measure == measure.id and objective.stance in stances and not objective.lapsed(as_of):
            yield objective


def _same_third_side(
    one: list[Objective], other: list[Objective], context: Context, pair: tuple[str, str]
) -> bool:
    return any(_common(x, y, context, pair) for x in one for y in other)


def _common(x: Objective, y: Objective, context: Context, pair: tuple[str, str]) -> bool:
    inside = context.free_movement(*pair) is not None
    if not inside and _reaches(x, pair[1], context) != _reaches(y, pair[0], context):
        return False
    addressed = [context.addressees(objective.towards) for objective in (x, y) if objective.towards]
    if not addressed:
        return True
    left_out = context.addressees((*pair, *x.excluding, *y.excluding))
    third = frozenset.intersection(*addressed) - left_out
    # A body of which one of the two is a member is no third side for both.
    return any(len({context.speaks_to_body_of(code, state) for state in pair}) == 1 for code in third)


def _reaches(objective: Objective, iso3: str, context: Context) -> bool:
    return reach(objective, iso3, context) not in (None, "elsewhere")
