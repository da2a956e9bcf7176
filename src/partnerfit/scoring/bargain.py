"""Which of many packages two sides would choose: rules on arrays of gains.

Gains have shape (items, 2), packages are rows of booleans over the items. Every rule treats the two
sides alike and does not move when all gains of one side are multiplied. Ties go to the package with
fewer concessions, then with fewer items, then to the more equal one, then to the first items.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from partnerfit.scoring.frontier import MOST_LABELS, Limit, frontier
from partnerfit.scoring.items import Bools, Floats
from partnerfit.scoring.requirements import Requirement

GRAIN = 1e-9
"""Differences below this share of the largest gain, or of the best value, are rounding errors."""


@dataclass(frozen=True)
class Table:
    """What can be agreed: gains, requirements, measures, and the items that are allowed.

    `musts` are lists of items of which every package with concessions holds one.
    """

    gains: Floats
    requirements: tuple[Requirement, ...]
    measures: tuple[str, ...]
    allowed: Bools
    musts: tuple[tuple[int, ...], ...] = ()
    most_labels: int = MOST_LABELS

    def sums(self, members: Bools) -> Floats:
        """Utilities of both sides from packages, shape (..., 2)."""
        sums: Floats = members.astype(np.float64) @ self.gains
        return sums

    def win_wins(self) -> Bools:
        """The allowed items from which both sides gain."""
        both: Bools = (self.gains > 0).all(axis=1) & self.allowed
        return both

    def no_concessions(self) -> Bools:
        """All win-wins whose requirements are met by win-wins: the most that costs nobody anything.

        Win-wins that require one another are in. Of two sets that meet their requirements the union
        does too, so there is one largest.
        """
        chosen = self.win_wins()
        while unmet := [
            r.item
            for r in self.requirements
            if r.item is not None and chosen[r.item] and not chosen[list(r.any_of)].any()
        ]:
            chosen[unmet] = False
        return chosen

    def meets(self, members: Bools) -> bool:
        """Whether all that the items of a package require is in it."""
        return all(
            members[list(r.any_of)].any() for r in self.requirements if r.item is not None and members[r.item]
        )


@dataclass(frozen=True)
class Choice:
    """The packages to choose from, and the reference that each of them has to beat for both.

    `members` has shape (packages, items): the frontier, of which those are `admitted` that leave
    both sides strictly better off than the reference. `limit` is that of the search.
    """

    table: Table
    reference: Bools
    members: Bools
    values: Floats
    limit: Limit | None

    @cached_property
    def floor(self) -> Floats:
        """Utilities of the reference, shape (2,)."""
        return self.table.sums(self.reference)

    @cached_property
    def _grain(self) -> Floats:
        grain: Floats = GRAIN * np.abs(self.table.gains).max(axis=0, initial=0.0)
        return grain

    @cached_property
    def admitted(self) -> Choice:
        """Only the packages that leave both sides strictly better off than the reference."""
        rows = (self.values > self.floor + self._grain).all(axis=1)
        return replace(self, members=self.members[rows], values=self.values[rows])

    def balanced(self) -> Bools:
        """The largest product of what both gain over the reference (Nash 1950), or the reference.

        Found among the admitted packages.
        """
        packages = self.admitted
        if not len(packages.values):
            return self.reference
        product = ((packages.values - self.floor) / packages.values.max(axis=0)).prod(axis=1)
        return packages.first(product / product.max(), packages.cheapness)

    def most_equal(self, ideal: Floats) -> Bools:
        """The leximin of the shares of the ideal: the largest smaller share, then the largest other."""
        packages = self.admitted
        if not len(packages.values):
            return self.reference
        return packages.first(*_leximin(packages.values / ideal), packages.cheapness)

    def kalai_smorodinsky(self) -> Bools:
        """The leximin of what both gain over the reference, as shares of the most each could gain.

        The most that a side could gain without leaving the other worse off than the reference
        (Kalai & Smorodinsky 1975).
        """
        packages = self.admitted
        if not len(packages.values):
            return self.reference
        no_worse = (self.values >= self.floor - self._grain).all(axis=1)
        most = self.values[no_worse].max(axis=0) - self.floor
        return packages.first(*_leximin((packages.values - self.floor) / most), packages.cheapness)

    def more_balanced(self, members: Bools, ideal: Floats, threshold: float) -> Bools | None:
        """The nearest package, by the shares of the ideal, whose balance reaches `threshold`.

        Where none does, the most balanced one; None if none is more balanced than `members`.
        """
        packages = self.admitted
        others = np.concatenate([packages.members, self.reference[None]])
        known = replace(self, members=others, values=self.table.sums(others))
        own = self.table.sums(members) / ideal
        shares = known.values / ideal
        balances = balance(shares)
        better = balances > balance(own) + GRAIN
        if not better.any():
            return None
        enough = better & (balances >= threshold - GRAIN)
        distance = np.abs(shares - own).sum(axis=1)
        if enough.any():
            return known.first(np.where(enough, -distance, -np.inf), known.cheapness)
        return known.first(balances, -distance, known.cheapness)

    @cached_property
    def cheapness(self) -> Floats:
        """Larger for fewer concessions, then for fewer items."""
        concessions = (self.table.gains < 0).any(axis=1)
        items = self.members.shape[1] + 1
        cost = self.members[:, concessions].sum(axis=1) * items + self.members.sum(axis=1)
        cheapness: Floats = -cost.astype(np.float64)
        return cheapness

    def first(self, *keys: Floats) -> Bools:
        """The package with the largest first key; ties by the next ones, equality, and the first items."""
        scale = np.abs(self.values).max(axis=0)
        shares = self.values / np.where(scale > 0, scale, 1.0)
        rows = np.arange(len(self.values))
        for key in (*keys, shares.min(axis=1)):
            rows = rows[key[rows] >= key[rows].max() - GRAIN]
        found: Bools = self.members[max(rows, key=lambda row: tuple(self.members[row]))]
        return found


def choice(table: Table, *, at_most: int | None = None) -> Choice:
    """The packages of a table, of at most so many measures.

    With `at_most`, the reference too has no more measures: of the packages without concessions the
    one with the largest product of both utilities.
    """
    reference = table.no_concessions()
    limit = None
    used = {measure for measure, chosen in zip(table.measures, reference, strict=True) if chosen}
    if at_most is not None and len(used) > at_most:
        inside = replace(table, allowed=reference, musts=())
        shortened = _search(inside, np.zeros_like(reference), at_most)
        reference, limit = shortened.balanced(), shortened.limit
    found = _search(table, reference, at_most)
    return replace(found, limit=found.limit or limit)


def _search(table: Table, reference: Bools, at_most: int | None) -> Choice:
    """The frontier over the allowed items."""
    places = np.flatnonzero(table.allowed)
    number = {int(place): k for k, place in enumerate(places)}
    found = frontier(
        table.gains[places],
        _among(table.requirements, table.musts, number),
        measures=[table.measures[place] for place in places],
        at_most=at_most,
        most_labels=table.most_labels,
    )
    members = np.zeros((len(found.members), len(table.gains)), dtype=np.bool_)
    members[:, places] = found.members
    return Choice(table, reference, members, found.values, found.limit)


def _among(
    requirements: Iterable[Requirement], musts: Iterable[tuple[int, ...]], number: dict[int, int]
) -> list[Requirement]:
    """The requirements in terms of some of the items."""
    known = [(r.item, r.any_of) for r in requirements if r.item in number]
    return [
        Requirement(None if item is None else number[item], tuple(number[i] for i in any_of if i in number))
        for item, any_of in [*known, *((None, must) for must in musts)]
    ]


def ideal(table: Table) -> Floats:
    """The most that each side could get from any package of a table, shape (2,)."""
    found = choice(replace(table, musts=()))
    most: Floats = found.values.max(axis=0, initial=0.0)
    return most


def balance(shares: Floats) -> Floats:
    """The smaller of two shares over the larger one, in [0, 1]; 0 where both are 0."""
    smaller, larger = shares.min(axis=-1), shares.max(axis=-1)
    result: Floats = np.divide(smaller, larger, out=np.zeros_like(larger), where=larger > 0)
    return result


def _leximin(shares: Floats) -> tuple[Floats, Floats]:
    return shares.min(axis=1), shares.max(axis=1)


def payments(
    concessions: Sequence[tuple[int, float]], *purses: Sequence[tuple[int, float]]
) -> dict[int, tuple[int, ...]]:
    """Which gains of a side pay for which of its concessions [own].

    The largest concession is paid first. The smallest gain that covers it alone pays; if none does, the
    largest pays what it can, and so on for the rest. What a gain has left over pays for others.

    Args:
        concessions: item and size of each, above 0.
        purses: item and gain of each, above 0; a purse is opened when those before it are empty.
            Together they have to be worth at least the concessions.
    """
    paid: dict[int, tuple[int, ...]] = {}
    left = [dict(purse) for purse in purses]
    for concession, size in sorted(concessions, key=lambda entry: (-round(entry[1], 9), entry[0])):
        owed, named = size, []
        while owed > GRAIN and (purse := next((p for p in left if p), None)):
            covering = [item for item, value in purse.items() if value >= owed - GRAIN]
            if covering:
                payer = min(covering, key=lambda item: (round(purse[item], 9), item))
            else:
                payer = max(purse, key=lambda item: (round(purse[item], 9), -item))
            named.append(payer)
            rest = purse[payer] - owed
            owed -= purse[payer]
            if rest > GRAIN:
                purse[payer] = rest
            else:
                del purse[payer]
        paid[concession] = tuple(named)
    return paid
