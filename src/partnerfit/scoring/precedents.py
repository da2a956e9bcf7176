"""What others have done before on the measures of a pair, the closest first.

Precedents are shown beside a result and never scored.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from partnerfit.initiatives import Initiative, Initiatives
from partnerfit.scoring.method import Context

Closeness = Literal["both", "one", "region", "other"]
"""Who of a pair was involved: both; one; neither, but a fellow of each; nobody close to both."""

_ORDER = get_args(Closeness)
_OPEN = 9999
"""Sorts an initiative without a known end as the latest."""


@dataclass(frozen=True)
class Precedent:
    """An initiative, how close it is to the pair, and which of the measures asked for it is about (ids)."""

    initiative: Initiative
    closeness: Closeness
    measures: tuple[str, ...]


def precedents(
    measures: Collection[str], a: str, b: str, initiatives: Initiatives, context: Context
) -> tuple[Precedent, ...]:
    """The initiatives on at least one of the measures (ids), for the states `a` and `b` (alpha-3 codes).

    The order is by closeness; among equals, first those in which a body took part of which the state
    that did not is a member; then those of which more of the two are partners; then by the number of
    measures; then the latest; then by id.
    """
    fellows = {state: _fellows(state, context) for state in (a, b)}
    found = [
        Precedent(initiative, _closeness(initiative, fellows), shared)
        for initiative in initiatives.initiatives
        if (shared := tuple(measure for measure in initiative.measures if measure in measures))
    ]

    def order(precedent: Precedent) -> tuple[object, ...]:
        initiative, years = precedent.initiative, precedent.initiative.years
        return (
            _ORDER.index(precedent.closeness),
            not all(_took_part(state, initiative, context) for state in (a, b)),
            -sum(state in initiative.partners for state in (a, b)),
            -len(precedent.measures),
            -(years.last or _OPEN),
            -years.first,
            initiative.id,
        )

    return tuple(sorted(found, key=order))


def _closeness(initiative: Initiative, fellows: dict[str, frozenset[str]]) -> Closeness:
    involved = set(initiative.involved)
    here = len(involved & fellows.keys())
    if here == len(fellows):
        return "both"
    if here:
        return "one"
    near, far = (involved & codes for codes in fellows.values())
    return "region" if any(one != other for one in near for other in far) else "other"


def _took_part(state: str, initiative: Initiative, context: Context) -> bool:
    """Whether a state was involved, itself or by a group of which it is a member."""
    return any(state == code or state in context.members(code) for code in initiative.involved)


def _fellows(state: str, context: Context) -> frozenset[str]:
    """The organisations and regions to which a state belongs, and their other members.

    Dialogues do not count: they bring together states of several regions.
    """
    return frozenset(
        code
        for group in context.groups.groups
        if group.kind != "dialogue" and state in context.members(group.code)
        for code in (group.code, *context.members(group.code))
        if code != state
    )
