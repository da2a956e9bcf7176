"""Labels of a search for packages: sums of gains with what is needed to go on from them.

A label stands for some items: the sums of both sides' gains, what they cost in concessions and items, a
state, and a mask of the items. Only labels of the same state can be measured against each other; a
state holds how many measures are used, which requirements are met, and which are owed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partnerfit.scoring.items import Bools, Floats

Ints = NDArray[np.int64]

COST, STATE, MASK = 0, 1, 2  # columns of `Labels.marks`: cost, state, then the words of the mask
WORD = 62  # items in one word of a mask, so that words stay positive
CONCESSION = 1 << 20  # cost of a concession, in items
COUNT_BITS, HUB_BITS = 8, 27
MET, OWED = COUNT_BITS, COUNT_BITS + HUB_BITS  # where in a state the requirements met and owed begin
COUNT, HUBS = (1 << COUNT_BITS) - 1, (1 << HUB_BITS) - 1

_SPAN = 1 << 42  # more than any rounded sum


@dataclass(frozen=True)
class Labels:
    """Sums of gains, shape (labels, 2), and marks, shape (labels, 2 + words of the mask)."""

    values: Floats
    marks: Ints

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Ints | Bools) -> Labels:
        """Some of the labels."""
        return Labels(self.values[rows], self.marks[rows])

    @property
    def states(self) -> Ints:
        """The state of each label."""
        return self.marks[:, STATE]


def nothing(items: int) -> Labels:
    """The one label of no items."""
    words = max(1, -(-items // WORD))
    return Labels(np.zeros((1, 2)), np.zeros((1, MASK + words), dtype=np.int64))


def of_items(gains: Floats) -> Ints:
    """What each item adds to the marks of a label; the first items have the largest marks."""
    place = np.arange(len(gains))
    marks = np.zeros((len(gains), nothing(len(gains)).marks.shape[1]), dtype=np.int64)
    marks[:, COST] = 1 + CONCESSION * (gains < 0).any(axis=1)
    marks[place, MASK + place // WORD] = 1 << (WORD - 1 - place % WORD)
    return marks


def members(labels: Labels, items: int) -> Bools:
    """Which items each label stands for, shape (labels, items)."""
    place = np.arange(items)
    words = labels.marks[:, MASK + place // WORD]
    found: Bools = (words >> (WORD - 1 - place % WORD) & 1).astype(np.bool_)
    return found


def undominated(labels: Labels, grain: Floats) -> Labels:
    """Without the labels that another one of the same state dominates; sorted within a state.

    Of labels with the same sums the one with the fewest concessions stays, then the one with the
    fewest items, then the one with the first items.

    Args:
        labels: in any order.
        grain: for each side, the factor by which sums are multiplied before they are rounded.
    """
    first, second = np.rint(labels.values * grain).astype(np.int64).T
    states = labels.states
    if len(states) and (states != states[0]).any():
        base = np.unique(states, return_inverse=True)[1].astype(np.int64) * _SPAN
        rank, second = base - first, base + second
    else:
        rank = -first
    order = np.argsort(rank, kind="stable")
    rank, second = rank[order], second[order]
    kept = second >= _best_before(second)
    rank, second, order = rank[kept], second[kept], order[kept]
    if (rank[1:] == rank[:-1]).any() or (second[1:] == second[:-1]).any():
        order = _untied(labels, rank, second, order)
    return labels.take(order)


def _best_before(second: Ints) -> Ints:
    """For each label the largest sum of the second side among those before it."""
    before = np.empty_like(second)
    before[:1] = -_SPAN
    np.maximum.accumulate(second[:-1], out=before[1:])
    return before


def _untied(labels: Labels, rank: Ints, second: Ints, order: Ints) -> Ints:
    marks = labels.marks[order]
    words = [-marks[:, column] for column in reversed(range(MASK, marks.shape[1]))]
    by = np.lexsort((*words, marks[:, COST], -second, rank))
    second = second[by]
    return order[by[second > _best_before(second)]]


def thinned(labels: Labels, most: int) -> Labels:
    """At most so many labels, at least 2: some from end to end, and the one with the fewest items."""
    if len(labels) <= most:
        return labels
    rows = np.linspace(0, len(labels) - 1, max(1, most - 1)).round().astype(np.int64)
    return labels.take(np.unique([*rows, int(labels.marks[:, COST].argmin())]))
