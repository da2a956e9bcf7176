"""Packages for two states: measures joined so that every concession is paid for.

The rules and their sources are in docs/method.md, "Packages".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from partnerfit.model import Constraint, Objective, State
from partnerfit.scoring import bargain
from partnerfit.scoring.agenda import Agenda, Tie, agenda, capped
from partnerfit.scoring.comparison import Item
from partnerfit.scoring.frontier import MOST_LABELS
from partnerfit.scoring.items import Bools, Floats
from partnerfit.scoring.ledger import Kind, Ledger, Package
from partnerfit.scoring.pair import Pair, judge
from partnerfit.scoring.uncertainty import Draws
from partnerfit.scoring.whatif import assumed_of

DRAWS = 300
"""Draws behind the core index: each of them is a search of its own."""


@dataclass(frozen=True)
class Swap:
    """Two trade items, each wanted by one side, that together leave both better off.

    `net` is what each side gains from the two, by state id.
    """

    items: tuple[Item, Item]
    net: dict[str, float]


@dataclass(frozen=True)
class Core:
    """How often an item is in the balanced package: its core index, in [0, 1]."""

    item: Item
    share: float


@dataclass(frozen=True)
class Requires:
    """A requirement on the table: `item` only together with one of `measures`.

    `statements` are the objectives or constraints that say so, with the ids of their states; none
    where the measure itself needs one of the others. `met_by` are the items that could meet it.
    """

    item: Item
    measures: tuple[str, ...]
    met_by: tuple[Item, ...]
    statements: tuple[tuple[str, Objective | Constraint], ...]


@dataclass(frozen=True)
class RedLinePrice:
    """What the balanced package would gain each side if one red line of `state` moved, by state id.

    `package` is the balanced package there would be; both are None where the position of `state` on
    the measure is not known, so that nothing can be said.
    """

    state: str
    constraint: Constraint
    package: Package | None
    gains: dict[str, float] | None


@dataclass(frozen=True)
class Packages:
    """All packages of two states.

    `packages` are balanced, no-concessions, most-equal, short, kalai-smorodinsky (where it is not the
    balanced one) and without-low-confidence, in this order. `workable` are the items they are made
    of. `missing` are measures that had to be included and that no admitted package holds. `assumed` are
    assumed objectives with the ids of their states. `core` is sorted by share, the largest first.
    """

    partners: tuple[State, State]
    packages: tuple[Package, ...]
    workable: tuple[Item, ...]
    swaps: tuple[Swap, ...]
    core: tuple[Core, ...]
    requirements: tuple[Requires, ...]
    missing: tuple[str, ...]
    assumed: tuple[tuple[str, Objective], ...]

    def of(self, kind: Kind) -> Package | None:
        """The package of one kind, if there is one."""
        return next((package for package in self.packages if package.kind == kind), None)

    @property
    def balanced(self) -> Package:
        """The balanced package."""
        return self.packages[0]

    @property
    def exact(self) -> bool:
        """Whether no search hit a limit."""
        return all(package.exact for package in self.packages)


def packages(
    pair: Pair,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    at_most: int | None = None,
    seed: int = 0,
    draws: int = DRAWS,
    most_labels: int = MOST_LABELS,
) -> Packages:
    """The packages two states could agree on.

    Args:
        pair: the two states judged; positions may be assumed (`whatif.assume`).
        include: ids of measures of which every package with concessions holds an item.
        exclude: ids of measures that no package holds.
        at_most: measures in the short package, at most 255; by default that of the method.
        seed: of the draws behind the core index.
        draws: how many; with 0 there is no core index.
        most_labels: the limit of each search.

    Raises:
        UsageError: a measure in `include` or `exclude` is unknown or cannot be part of a package.
    """
    known = agenda(pair).limited(include, exclude)
    known = replace(known, table=replace(known.table, most_labels=most_labels))
    table = known.table
    ledger = Ledger(known, bargain.ideal(table))
    every = bargain.choice(table)
    balanced = every.balanced()
    found = [
        ledger.package("balanced", balanced, every),
        ledger.package("no-concessions", every.reference, every),
        ledger.package("most-equal", every.most_equal(ledger.ideal), every),
    ]
    few = bargain.choice(table, at_most=pair.context.method.short_package if at_most is None else at_most)
    found.append(ledger.package("short", few.balanced(), few))
    kalai = every.kalai_smorodinsky()
    if (kalai != balanced).any():
        found.append(ledger.package("kalai-smorodinsky", kalai, every))
    firm = table.allowed & known.sure
    sure = bargain.choice(replace(table, gains=capped(table.gains, known.ties, firm), allowed=firm))
    found.append(ledger.package("without-low-confidence", sure.balanced(), sure))
    held = {measure for measure, chosen in zip(table.measures, balanced, strict=True) if chosen}
    return Packages(
        partners=pair.states,
        packages=tuple(found),
        workable=known.items,
        swaps=swaps(known, every.reference),
        core=tuple(_core(known, seed, draws)) if draws else (),
        requirements=tuple(_requires(known, tie) for tie in known.ties),
        missing=tuple(sorted(set(include) - held)),
        assumed=tuple((state.id, o) for state in pair.states for o in assumed_of(state)),
    )


def swaps(known: Agenda, reference: Bools) -> tuple[Swap, ...]:
    """Pairs of trade items that leave both sides better off, by the smaller net gain.

    Only where the two, with what costs nobody anything, meet what they require.
    """
    gains = known.table.gains
    wanted = [
        [
            int(k)
            for k in np.flatnonzero((gains[:, side] > 0) & (gains[:, 1 - side] < 0) & known.table.allowed)
        ]
        for side in (0, 1)
    ]
    found = []
    for i in wanted[0]:
        for j in wanted[1]:
            net = gains[i] + gains[j]
            chosen = reference.copy()
            chosen[[i, j]] = True
            if (net > bargain.GRAIN).all() and known.table.meets(chosen):
                first, second = sorted((i, j))
                smaller, larger = (round(float(value), 9) for value in sorted(net))
                found.append(((-smaller, -larger, first, second), net))
    found.sort(key=lambda entry: entry[0])
    states = tuple(state.id for state in known.pair.states)
    return tuple(
        Swap(
            (known.items[first], known.items[second]),
            {state: float(value) for state, value in zip(states, net, strict=True)},
        )
        for (_, _, first, second), net in found
    )


def _core(known: Agenda, seed: int, draws: int) -> Iterator[Core]:
    """The core index of every workable item, in the sense of Liesiö, Mild & Salo (2007).

    In each draw of the priorities the balanced package is found anew.
    """
    table = known.table
    drawn = _drawn_gains(known, seed, draws)
    chosen = np.zeros(len(table.gains))
    for gains in drawn:
        chosen += bargain.choice(replace(table, gains=capped(gains, known.ties, table.allowed))).balanced()
    order = sorted(range(len(chosen)), key=lambda k: (-chosen[k], k))
    for k in order:
        if table.allowed[k]:
            yield Core(known.items[k], float(chosen[k]) / draws)


def _drawn_gains(known: Agenda, seed: int, draws: int) -> Floats:
    """Gains in each draw of the priorities, shape (draws, items, 2)."""
    pair = known.pair
    gains = np.zeros((draws, len(known.slots), 2))
    for side, state in enumerate(pair.states):
        own = Draws(seed, state.id, draws, pair.context.method)
        for k, i in enumerate(known.slots):
            role = known.items[k].sides[side].role
            gains[:, k, side] = own.gains(pair.stands[side][i], role)
    return gains


def _requires(known: Agenda, tie: Tie) -> Requires:
    return Requires(
        known.items[tie.place], tie.measures, tuple(known.items[j] for j in tie.any_of), tie.statements
    )


def balanced(pair: Pair, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> Package:
    """The balanced package alone; see `packages` for what is included and excluded."""
    known = agenda(pair).limited(include, exclude)
    every = bargain.choice(known.table)
    return Ledger(known, bargain.ideal(known.table)).package("balanced", every.balanced(), every)


def red_line_prices(
    pair: Pair, as_of: dt.date, include: Sequence[str] = (), exclude: Sequence[str] = ()
) -> tuple[RedLinePrice, ...]:
    """What the balanced package would gain if each red line that the other side wants moved.

    For use on request only, one red line at a time, sorted by measure, state and id.

    Args:
        pair: the two states judged as they are.
        as_of: the date of that judgement.
        include: as in `packages`.
        exclude: as in `packages`.
    """
    now = balanced(pair, include, exclude)
    found = {}
    for i, slot in enumerate(pair.context.slots.all):
        for side, state in enumerate(pair.states):
            position, wish = pair.stands[side][i], pair.stands[1 - side][i]
            if wish.gain is None or wish.gain <= 0 or wish.basis == "elsewhere":
                continue
            for constraint in position.red_lines:
                price = RedLinePrice(state.id, constraint, None, None)
                if position.gain is not None:
                    moved = balanced(_without(pair, state, constraint, as_of), include, exclude)
                    gains = {s: moved.utility[s] - now.utility[s] for s in now.utility}
                    price = RedLinePrice(state.id, constraint, moved, gains)
                found[slot.measure.id, state.id, constraint.id] = price
    return tuple(found[key] for key in sorted(found))


def _without(pair: Pair, state: State, constraint: Constraint, as_of: dt.date) -> Pair:
    left = tuple(c for c in state.constraints if c != constraint)
    moved = state.model_copy(update={"constraints": left})
    first, second = (moved if other is state else other for other in pair.states)
    return judge(first, second, pair.context, as_of)
