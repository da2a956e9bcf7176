"""A pair -> what the two states can put into a package, and what has to go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from partnerfit.errors import UsageError
from partnerfit.model import Constraint, Objective
from partnerfit.scoring.bargain import Table
from partnerfit.scoring.comparison import Item
from partnerfit.scoring.items import CLASSES, Bools, Floats, ItemClass, is_class
from partnerfit.scoring.pair import Pair, item_at
from partnerfit.scoring.requirements import Requirement

WORKABLE: frozenset[ItemClass] = frozenset({"shared-interest", "complementary", "trade", "mixed"})
"""Classes of items that can be part of a package: both gains known, wanted by one, not blocked."""


@dataclass(frozen=True)
class Tie:
    """One requirement of the item at `place`: one of `measures` has to be there, at one of `any_of`.

    `statements` are the objectives and constraints that say so, each with the id of its state; none
    where the measure itself needs one of the others (`needs_any`).
    """

    place: int
    measures: tuple[str, ...]
    any_of: tuple[int, ...]
    statements: tuple[tuple[str, Objective | Constraint], ...]


@dataclass(frozen=True)
class Agenda:
    """The workable items of a pair, sorted by measure and provider.

    `slots` are their places in the pair, `table` the arrays for all rules, `ties` what they require.
    """

    pair: Pair
    slots: tuple[int, ...]
    table: Table
    ties: tuple[Tie, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items as a comparison shows them."""
        return tuple(item_at(self.pair, i) for i in self.slots)

    @cached_property
    def sure(self) -> Bools:
        """Where neither side rests on low confidence or on what it does elsewhere."""
        slots = list(self.slots)
        sure: Bools = ~(self.pair.a.low | self.pair.b.low)[slots]
        return sure

    def limited(self, include: Iterable[str], exclude: Iterable[str]) -> Agenda:
        """Without the items of some measures, and with some that every package has to hold.

        Raises:
            UsageError: a measure is unknown, is named in both, or cannot be part of a package.
        """
        wanted, unwanted = (tuple(dict.fromkeys(names)) for names in (include, exclude))
        for name in (*wanted, *unwanted):
            if name not in self.pair.context.slots.measure:
                raise UsageError(f"no measure has the id {name!r}; `partnerfit themes` lists all")
        if both := sorted({*wanted} & {*unwanted}):
            raise UsageError(f"{both[0]} is both included and excluded; leave one out")
        allowed = np.array([m not in unwanted for m in self.table.measures], dtype=np.bool_)
        gains = capped(self.table.gains, self.ties, allowed)
        musts = tuple(self._must(name) for name in wanted)
        return replace(self, table=replace(self.table, gains=gains, allowed=allowed, musts=musts))

    def _must(self, name: str) -> tuple[int, ...]:
        places = tuple(k for k, measure in enumerate(self.table.measures) if measure == name)
        if not places:
            found = {
                CLASSES[code]
                for slot, code in zip(self.pair.context.slots.all, self.pair.codes, strict=True)
                if slot.measure.id == name
            }
            first, second = (state.name for state in self.pair.states)
            raise UsageError(
                f"{name} cannot be part of a package between {first} and {second} "
                f"({', '.join(sorted(found))}): what is blocked, refused or not known of both stays out"
            )
        return places


def agenda(pair: Pair) -> Agenda:
    """What two states can put into a package: both gains known, one above 0, no red line on either side."""
    slots = pair.context.slots.all

    def order(i: int) -> tuple[str, str]:
        provider = {"provider": 0, "receiver": 1}.get(slots[i].role or "")
        return slots[i].measure.id, "" if provider is None else pair.states[provider].id

    gains = np.stack([pair.a.gain, pair.b.gain], axis=1)
    closed = pair.a.red_line | pair.b.red_line
    workable = is_class(pair.codes, WORKABLE) & ~closed & (np.nan_to_num(gains) > 0).any(axis=1)
    places = tuple(sorted((int(i) for i in np.flatnonzero(workable)), key=order))
    measures = tuple(slots[i].measure.id for i in places)
    ties = tuple(_ties(pair, places, measures))
    table = Table(
        gains=capped(gains[list(places)], ties, np.ones(len(places), dtype=np.bool_)),
        requirements=tuple(Requirement(tie.place, tie.any_of) for tie in ties),
        measures=measures,
        allowed=np.ones(len(places), dtype=np.bool_),
    )
    return Agenda(pair, places, table, ties)


def capped(gains: Floats, ties: Iterable[Tie], allowed: Bools) -> Floats:
    """Gains in which what rests on another measure is worth to a side no more than that measure [own].

    Conditions of recruitment do not pay for the recruitment that a side would rather avoid. Only what
    is `allowed` can be rested on.
    """
    limited = gains.copy()
    for tie in ties:
        channels = [place for place in tie.any_of if allowed[place]]
        if not tie.statements and channels:
            limited[tie.place] = np.minimum(gains[tie.place], gains[channels].max(axis=0).clip(0.0))
    return limited


def _ties(pair: Pair, places: tuple[int, ...], measures: tuple[str, ...]) -> Iterator[Tie]:
    """What each item requires: the measures its positions name, and the channels it rests on."""
    number = {i: k for k, i in enumerate(places)}
    for k, i in enumerate(places):
        said: dict[str, list[tuple[str, Objective | Constraint]]] = {}
        for state, stand in zip(pair.states, pair.stands, strict=True):
            statements: tuple[Objective | Constraint, ...] = (*stand[i].deciding, *stand[i].limits)
            for statement in statements:
                for measure in statement.requires:
                    said.setdefault(measure, []).append((state.id, statement))
        for measure in sorted(said):
            any_of = tuple(j for j, other in enumerate(measures) if other == measure)
            yield Tie(k, (measure,), any_of, tuple(said[measure]))
        channels = pair.context.slots.channels.get(i)
        if channels is not None:
            needed = pair.context.slots.all[i].measure.needs_any
            yield Tie(k, needed, tuple(sorted(number[j] for j in channels if j in number)), ())
