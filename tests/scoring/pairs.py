"""Short ways to one position, one item or one theme of a pair."""

from __future__ import annotations

import datetime as dt

from partnerfit.model import Constraint, Objective
from partnerfit.scoring.compare import compare
from partnerfit.scoring.positions import positions
from tests.build import constraint, groups, objective

DAY = dt.date(2026, 11, 1)

# Two clubs, a body with its members, and an area of free movement. AAA and BBB are in all of them.
GROUPS = groups(
    {"code": "CLUB", "members": ["AAA", "BBB"]},
    {"code": "FAR", "members": ["CCC"]},
    {"code": "EU", "members": ["AAA", "BBB"], "institution": True},
    {"code": "EU-MEMBERS", "members_of": "EU"},
)
AREA = groups(
    *(group.model_dump(exclude_defaults=True) for group in GROUPS.groups),
    {"code": "ZONE", "members": ["AAA", "BBB"], "free_movement": True, "free_movement_note": "A treaty."},
)


def a_wish(*args, **more):
    """An objective as the model holds it."""
    return Objective.model_validate(objective(*args, **more))


def a_limit(*args, **more):
    """A constraint as the model holds it."""
    return Constraint.model_validate(constraint(*args, **more))


def stand(state, partner, context, measure, role=None, *, as_of=DAY):
    """Where `state` stands towards `partner` on one measure in one role."""
    found = positions(state, partner, context, as_of)
    return next(
        position
        for slot, position in zip(context.slots.all, found, strict=True)
        if (slot.measure.id, slot.role) == (measure, role)
    )


def compared(first, second, context, **options):
    """A comparison with few draws unless said otherwise."""
    return compare(first, second, context, **{"draws": 100, **options})


def the_item(result, measure, provider=None):
    """The item on one measure, in the direction of one provider."""
    return next(i for i in result.items if (i.measure.id, i.provider) == (measure, provider))


def the_theme(result, theme):
    """One theme of a comparison."""
    return next(t for t in result.themes if t.theme.id == theme)
