"""Gains of items and what they require -> the packages that no other package beats.

Exact by label setting (Nemhauser & Ullmann 1969): a label is the sum of the gains of some items; items
are added one after the other, and labels that another one dominates are dropped. Items linked by
requirements are added together first, and their labels remember which requirements are met and which
are owed for as long as that matters, so that no label is dropped for one that is not as free.

Sums are compared rounded to 1e-9 of the largest gain of their side: rounding errors never decide, and
multiplying the gains of one side changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from partnerfit.scoring import labels as marked
from partnerfit.scoring.items import Bools, Floats
from partnerfit.scoring.labels import COUNT, HUB_BITS, HUBS, MET, OWED, STATE, Ints, Labels, undominated
from partnerfit.scoring.requirements import Block, Hubs, Requirement, components, in_order

Limit = Literal["labels", "requirements"]

MOST_LABELS = 100_000
"""Labels kept at a time; a search that needs more is no longer exact."""

_GRAIN = 1e9
_AT_ONCE = 8  # items of which all subsets are formed at once
_SUMS = 20  # sums formed at a time, in terms of the labels kept


@dataclass(frozen=True)
class Frontier:
    """The packages that no other one beats, the best for the first side first.

    `values` are the two sums of gains, shape (packages, 2), `members` says which items are in,
    shape (packages, items). Of several packages with the same sums the one with the fewest
    concessions is given, then that with the fewest items, then that with the first items. Unless
    `exact`, a limit was hit and these are the best found: `limit` says whether there were too many
    labels, or too many requirements linked to one another.
    """

    values: Floats
    members: Bools
    limit: Limit | None = None

    @property
    def exact(self) -> bool:
        """Whether nothing was left out."""
        return self.limit is None


@dataclass(frozen=True)
class _Step:
    """Some items of a block: what adding them does to a label."""

    gain: Floats
    marks: Ints
    met: int = 0
    owed: int = 0


def frontier(
    gains: Floats,
    requirements: Iterable[Requirement] = (),
    *,
    measures: Sequence[object] | None = None,
    at_most: int | None = None,
    most_labels: int = MOST_LABELS,
) -> Frontier:
    """The packages of items that no other feasible package beats for both sides.

    Args:
        gains: of both sides from each item, shape (items, 2); earlier items win ties.
        requirements: what can be chosen only together.
        measures: for each item the measure it belongs to; by default each has its own.
        at_most: measures in a package, those of several items counted once; at most 255.
        most_labels: labels kept at a time.

    Returns:
        A frontier without packages if what is required in any case cannot be had.
    """
    gains = np.asarray(gains, dtype=np.float64).reshape(-1, 2)
    needed = tuple(r for r in requirements if r.item is None or r.item not in r.any_of)
    of_item = range(len(gains)) if measures is None else measures
    if at_most is not None and at_most >= len(set(of_item)):
        at_most = None  # no limit at all
    blocks: dict[object, list[int]] = {}
    for i in range(len(gains)):
        blocks.setdefault(i if at_most is None else of_item[i], []).append(i)
    search = _Search(gains, needed, at_most, most_labels)
    return search.run([tuple(block) for block in blocks.values()])


class _Search:
    """One search; keeps the limit that was hit."""

    def __init__(
        self, gains: Floats, requirements: tuple[Requirement, ...], at_most: int | None, most_labels: int
    ) -> None:
        self.gains = gains
        self.requirements = requirements
        self.at_most = at_most
        self.most_labels = most_labels
        self.limit: Limit | None = None
        largest = np.abs(gains).max(axis=0, initial=0.0)
        self.grain: Floats = _GRAIN / np.where(largest > 0, largest, 1.0)
        self.nothing = marked.nothing(len(gains))
        self.marks = marked.of_items(gains)

    def run(self, blocks: list[Block]) -> Frontier:
        if any(not r.items for r in self.requirements):
            return Frontier(np.zeros((0, 2)), np.zeros((0, len(self.gains)), dtype=np.bool_))
        linked, free = components(blocks, self.requirements)
        labels = self._of_free(free)
        for part in sorted((self._of_linked(component) for component in linked), key=len):
            labels = self._together(labels, part)
        labels.marks[:, STATE] = 0  # the number of measures does not matter any more
        labels = self._best(labels)
        return Frontier(labels.values, marked.members(labels, len(self.gains)), self.limit)

    def _of_free(self, blocks: list[Block]) -> Labels:
        """The labels of blocks that no requirement touches."""
        wanted: Bools = self.gains.max(axis=1) > 0
        blocks = [block for block in blocks if wanted[list(block)].any()]
        labels = self.nothing
        if self.at_most is None:
            items = np.array([i for (i,) in blocks], dtype=np.int64)
            costless: Bools = self.gains[items].min(axis=1) >= 0
            taken, blocks = items[costless], [(int(i),) for i in items[~costless]]
            labels = self._all_of(blocks[:_AT_ONCE], ())
            labels = Labels(
                labels.values + self.gains[taken].sum(axis=0), labels.marks + self.marks[taken].sum(axis=0)
            )
            blocks = blocks[_AT_ONCE:]
        for block in blocks:
            labels = self._best(self._added(labels, self._steps(block)))
        return labels

    def _all_of(self, blocks: list[Block], requirements: Sequence[Requirement]) -> Labels:
        """The labels of a few items, from all their subsets."""
        items = [i for block in blocks for i in block]
        place = {i: k for k, i in enumerate(items)}
        chosen = _all_subsets(len(items))
        fits = np.ones(len(chosen), dtype=np.bool_)
        for r in requirements:
            met = chosen[:, [place[i] for i in r.any_of]].any(axis=1)
            fits &= met if r.item is None else met | ~chosen[:, place[r.item]]
        chosen = chosen[fits]
        labels = Labels(chosen @ self.gains[items], chosen @ self.marks[items])
        if self.at_most is not None:
            for block in blocks:
                labels.marks[:, STATE] += chosen[:, [place[i] for i in block]].any(axis=1)
            few: Bools = labels.states <= self.at_most
            labels = labels.take(few)
        return self._best(labels)

    def _of_linked(self, blocks: list[Block]) -> Labels:
        """The labels of items linked by requirements, each of which meets all of them."""
        inside = {i for block in blocks for i in block}
        own = [r for r in self.requirements if not inside.isdisjoint(r.items)]
        if len(inside) <= _AT_ONCE:
            return self._all_of(blocks, own)
        hubs = Hubs.of(own, HUB_BITS)
        if hubs.crowded:
            self.limit = self.limit or "requirements"
        labels = Labels(self.nothing.values, self.nothing.marks.copy())
        labels.marks[:, STATE] |= hubs.always << OWED
        for block, meetable, owable in in_order(hubs.without_unmet(blocks), hubs):
            labels = self._added(labels, self._steps(block, hubs))
            states = labels.states
            met, owed = states >> MET & HUBS, states >> OWED
            owed &= ~met
            kept: Bools = (owed & ~meetable) == 0  # what is owed can still be met
            labels.marks[:, STATE] = states & COUNT | (met & owable) << MET | owed << OWED
            labels = self._best(labels.take(kept))
        paid: Bools = labels.states >> OWED == 0
        return labels.take(paid)

    def _steps(self, block: Block, hubs: Hubs | None = None) -> list[_Step]:
        """Every way to take some items of a block."""
        steps = []
        for chosen in _subsets(block):
            marks = self.marks[list(chosen)].sum(axis=0)
            marks[STATE] = 0 if self.at_most is None else 1
            met, owed = (hubs.meets(chosen), hubs.owes(chosen)) if hubs else (0, 0)
            steps.append(_Step(self.gains[list(chosen)].sum(axis=0), marks, met, owed))
        return steps

    def _added(self, labels: Labels, steps: list[_Step]) -> Labels:
        """Labels with and without each step."""
        base = labels
        if self.at_most is not None:
            few: Bools = (labels.states & COUNT) < self.at_most
            base = labels.take(few)
        values, marks = [labels.values], [labels.marks]
        for step in steps:
            values.append(base.values + step.gain)
            marks.append(base.marks + step.marks)
            if step.met or step.owed:
                marks[-1][:, STATE] |= step.met << MET | step.owed << OWED
        return Labels(np.concatenate(values), np.concatenate(marks))

    def _together(self, one: Labels, other: Labels) -> Labels:
        """Every sum of a label of one and a label of the other."""
        room = _SUMS * self.most_labels
        if len(one) * len(other) > room:
            self.limit = self.limit or "labels"
            other = marked.thinned(other, int(room**0.5))
            one = marked.thinned(one, room // len(other))
        values = (one.values[:, None] + other.values[None]).reshape(-1, 2)
        marks = (one.marks[:, None] + other.marks[None]).reshape(-1, one.marks.shape[1])
        labels = Labels(values, marks)
        if self.at_most is not None:
            few: Bools = labels.states <= self.at_most
            labels = labels.take(few)
        return self._best(labels)

    def _best(self, labels: Labels) -> Labels:
        best = undominated(labels, self.grain)
        if len(best) > self.most_labels:
            self.limit = self.limit or "labels"
            best = marked.thinned(best, self.most_labels)
        return best


def _subsets(block: Block) -> Iterator[Block]:
    """All subsets but the empty one."""
    for bits in range(1, 1 << len(block)):
        yield tuple(i for k, i in enumerate(block) if bits >> k & 1)


@cache
def _all_subsets(number: int) -> Bools:
    """All subsets of a few items, shape (subsets, items)."""
    bits: Bools = (np.arange(1 << number)[:, None] >> np.arange(number) & 1).astype(np.bool_)
    return bits
