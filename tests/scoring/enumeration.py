"""Packages found by looking at every one of them: slow, plain, and independent of the search."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations

import numpy as np

from partnerfit.scoring.requirements import Requirement


@cache
def subsets(number):
    """All subsets of some items, shape (2 ** number, number)."""
    return (np.arange(1 << number)[:, None] >> np.arange(number) & 1).astype(bool)


def feasible(number, requirements, measures=None, at_most=None):
    """The subsets in which every requirement is met, of at most so many measures."""
    chosen = subsets(number)
    fits = np.ones(len(chosen), dtype=bool)
    for r in requirements:
        met = chosen[:, list(r.any_of)].any(axis=1)
        fits &= met if r.item is None else met | ~chosen[:, r.item]
    if at_most is not None:
        used = [chosen[:, [i for i in range(number) if measures[i] == m]].any(axis=1) for m in set(measures)]
        fits &= sum(used, np.zeros(len(chosen), dtype=int)) <= at_most
    return chosen[fits]


def best(gains, requirements, measures=None, at_most=None):
    """The frontier by enumeration: sums and members, the best for the first side first."""
    chosen = feasible(len(gains), requirements, measures, at_most)
    values = chosen @ gains
    first, second = np.rint(values * 1e9).T
    rows = np.lexsort((-second, -first))
    ahead = np.maximum.accumulate(np.concatenate([[-np.inf], second[rows][:-1]]))
    rows = rows[second[rows] >= ahead]
    chosen, values, first, second = chosen[rows], values[rows], first[rows], second[rows]
    conceded = (gains < 0).any(axis=1)
    ties = (
        *(~chosen[:, ::-1]).T,
        chosen.sum(axis=1),
        (chosen & conceded).sum(axis=1),
        -second,
        -first,
    )
    kept, ahead = [], -np.inf
    for row in np.lexsort(ties):
        if second[row] > ahead:
            kept.append(row)
            ahead = second[row]
    return values[kept], chosen[kept]


def no_concessions(gains, requirements):
    """The largest set of win-wins that meets its own requirements, as a set of items."""
    wins = [i for i, (a, b) in enumerate(gains) if a > 0 and b > 0]
    own = [r for r in requirements if r.item is not None]
    for size in range(len(wins), -1, -1):
        for chosen in map(set, combinations(wins, size)):
            if all(r.item not in chosen or chosen & set(r.any_of) for r in own):
                return chosen
    raise AssertionError("the empty set meets everything")


def balanced(gains, requirements):
    """The balanced package in exact arithmetic, as a set of items; gains are fractions."""
    reference = no_concessions(gains, requirements)
    floor = total(gains, reference)
    admitted = []
    for row in feasible(len(gains), requirements):
        chosen = set(map(int, np.flatnonzero(row)))
        utility = total(gains, chosen)
        if utility[0] > floor[0] and utility[1] > floor[1]:
            admitted.append((utility, chosen))
    if not admitted:
        return reference
    most = [max(utility[side] for utility, _ in admitted) for side in (0, 1)]

    def order(entry):
        utility, chosen = entry
        product = (utility[0] - floor[0]) * (utility[1] - floor[1])
        concessions = sum(min(gains[i]) < 0 for i in chosen)
        share = min(utility[0] / most[0], utility[1] / most[1])
        return -product, concessions, len(chosen), -share, [i not in chosen for i in range(len(gains))]

    return min(admitted, key=order)[1]


def total(gains, chosen):
    """Exact utilities of both sides."""
    return tuple(sum((Fraction(gains[i][side]) for i in chosen), Fraction(0)) for side in (0, 1))


def instance(rng, most):
    """Gains of some items, what they require, their measures, and a number of measures.

    Half of the gains are of the sizes that profiles give, half are any numbers. The largest of each
    side is 1, so that the enumeration rounds as the search does.
    """
    number = int(rng.integers(0, most + 1))
    gains = rng.uniform(-1, 1, (number, 2))
    if rng.random() < 0.5:
        gains = rng.integers(-3, 4, (number, 2)) / 3 * rng.choice([1, 0.8, 0.5], (number, 1))
    if number:
        largest = np.abs(gains).max(axis=0)
        gains = gains / np.where(largest > 0, largest, 1)
    requirements = []
    for _ in range(int(rng.integers(0, 7)) if number else 0):
        size = int(rng.integers(rng.random() < 0.9, min(number, 3) + 1))
        any_of = tuple(map(int, rng.choice(number, size, replace=False)))
        item = None if rng.random() < 0.1 else int(rng.integers(number))
        requirements.append(Requirement(item, any_of))
    # Measures of one item or two, as in a pair.
    measures = [int(i) // 2 if rng.random() < 0.7 else int(i) + number for i in rng.permutation(number)]
    return gains, requirements, measures, int(rng.integers(0, 6))
