"""What stands in a package: who gives and gets what, who concedes, and what pays for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from partnerfit.model import Theme
from partnerfit.scoring import bargain
from partnerfit.scoring.agenda import Agenda, Tie
from partnerfit.scoring.bargain import Choice
from partnerfit.scoring.comparison import Item
from partnerfit.scoring.frontier import Limit
from partnerfit.scoring.items import Bools, Floats
from partnerfit.scoring.whatif import is_assumed

Kind = Literal[
    "balanced",
    "no-concessions",
    "most-equal",
    "short",
    "kalai-smorodinsky",
    "without-low-confidence",
    "more-balanced",
]

Way = Literal["concession", "free", "unlocked", "instead"]
"""How an item comes to pay: the other side concedes it; it costs the other side nothing; both gain,
but only a concession makes it possible (`requires`); or both gain, and it takes the place of others
where the number of measures is limited."""


@dataclass(frozen=True)
class Payer:
    """An item that pays for a concession, and how it comes to do so."""

    item: Item
    how: Way


@dataclass(frozen=True)
class Entry:
    """One item of a package.

    `gains` by state id, in [-1, 1]. `conceded_by` is the state that loses, if one does; then
    `paid_by` names what pays for it. `unlocked`: both gain, but only a concession makes it possible.
    `rests_on` are the items of the package that meet what this one requires, `carries` those that
    would lose what they require without this one. `assumed` are states whose gain is supposed.
    """

    item: Item
    gains: dict[str, float]
    conceded_by: str | None
    paid_by: tuple[Payer, ...]
    unlocked: bool
    rests_on: tuple[Item, ...]
    carries: tuple[Item, ...]
    assumed: tuple[str, ...]


@dataclass(frozen=True)
class ThemeGain:
    """What a package brings each side on one theme, by state id."""

    theme: Theme
    gains: dict[str, float]


@dataclass(frozen=True)
class KeptOut:
    """A win-win that is not in a package, for one of `needs` would have to be there.

    `possible` says whether an item of these measures could be part of a package at all.
    """

    item: Item
    needs: tuple[str, ...]
    possible: bool


@dataclass(frozen=True)
class Package:
    """Items that two states could agree on together; every mapping is by state id.

    `utility` is the sum of a side's gains, `reference` that of the package without concessions it
    was weighed against, `ideal` the most the side could get from any package. `share_of_ideal` and
    `share_of_wishes` (wishes met over all workable wishes, concessions aside) are in [0, 1], None
    for a side without wishes. `balance` is the smaller share of the ideal over the larger one, None
    where no side gains; `one_sided` says that it is below the threshold, and `more_balanced` is then the
    nearest package that is less so, if there is one. Unless `exact`, a limit was hit (`limit`) and this
    is the best found.
    """

    kind: Kind
    entries: tuple[Entry, ...]
    utility: dict[str, float]
    reference: dict[str, float]
    ideal: dict[str, float]
    share_of_ideal: dict[str, float | None]
    share_of_wishes: dict[str, float | None]
    themes: tuple[ThemeGain, ...]
    balance: float | None
    one_sided: bool
    kept_out: tuple[KeptOut, ...]
    limit: Limit | None
    more_balanced: Package | None = None

    @property
    def exact(self) -> bool:
        """Whether no limit was hit."""
        return self.limit is None

    @property
    def items(self) -> tuple[Item, ...]:
        """The items, by measure and provider."""
        return tuple(entry.item for entry in self.entries)

    @property
    def concessions(self) -> tuple[Entry, ...]:
        """The items that a side concedes."""
        return tuple(entry for entry in self.entries if entry.conceded_by is not None)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of the package, each once, sorted."""
        return tuple(sorted({item.measure.id for item in self.items}))

    @property
    def assumed(self) -> bool:
        """Whether any item of the package rests on an assumption."""
        return any(entry.assumed for entry in self.entries)

    def gives(self, state: str) -> tuple[Entry, ...]:
        """What a state provides to the other."""
        return tuple(entry for entry in self.entries if entry.item.provider == state)

    def gets(self, state: str) -> tuple[Entry, ...]:
        """What a state receives from the other."""
        return tuple(entry for entry in self.entries if entry.item.receiver == state)

    @property
    def together(self) -> tuple[Entry, ...]:
        """What both do jointly."""
        return tuple(entry for entry in self.entries if entry.item.provider is None)


@dataclass(frozen=True)
class Ledger:
    """Writes packages of one agenda; `ideal` is the most each side could get, shape (2,)."""

    agenda: Agenda
    ideal: Floats

    def package(self, kind: Kind, members: Bools, choice: Choice) -> Package:
        """A chosen package, with the nearest more balanced one where it is one-sided."""
        threshold = self.agenda.pair.context.method.one_sided
        written = self._write(kind, members, choice, None)
        if not written.one_sided or not (self.ideal > 0).all():
            return written
        nearest = choice.more_balanced(members, self.ideal, threshold)
        if nearest is None:
            return written
        other = self._write("more-balanced", nearest, choice, None)
        return self._write(kind, members, choice, other)

    def _write(self, kind: Kind, members: Bools, choice: Choice, other: Package | None) -> Package:
        gains, method = self.agenda.table.gains, self.agenda.pair.context.method
        utility = self._sums(gains[members])
        ideal = self._by_state(self.ideal)
        wishes = self._sums(np.maximum(gains, 0.0))
        met = self._sums(np.maximum(gains[members], 0.0))
        shares = {state: _share(utility[state], ideal[state]) for state in utility}
        balance = self._balance(utility)
        return Package(
            kind=kind,
            entries=self._entries(members, choice),
            utility=utility,
            reference=self._sums(gains[choice.reference]),
            ideal=ideal,
            share_of_ideal=shares,
            share_of_wishes={state: _share(met[state], wishes[state]) for state in met},
            themes=self._themes(members),
            balance=balance,
            one_sided=balance is not None and balance < method.one_sided - bargain.GRAIN,
            kept_out=self._kept_out(members),
            limit=choice.limit,
            more_balanced=other,
        )

    def _by_state(self, values: Floats) -> dict[str, float]:
        return {state.id: float(value) for state, value in zip(self.agenda.pair.states, values, strict=True)}

    def _sums(self, gains: Floats) -> dict[str, float]:
        """Exact sums of gains by state, the same in whatever order they are added."""
        return self._by_state(np.array([math.fsum(column) for column in gains.T]))

    def _balance(self, utility: dict[str, float]) -> float | None:
        values = np.array(list(utility.values()))
        if not (self.ideal > 0).all() or not (np.abs(values) > bargain.GRAIN).any():
            return None
        return float(bargain.balance(values / self.ideal))

    def _entries(self, members: Bools, choice: Choice) -> tuple[Entry, ...]:
        items, gains = self.agenda.items, self.agenda.table.gains
        states = tuple(state.id for state in self.agenda.pair.states)
        full = choice.table.no_concessions()
        paid = self._paid(members, choice.reference)
        ties = [tie for tie in self.agenda.ties if members[tie.place]]
        entries = []
        for k in map(int, np.flatnonzero(members)):
            loses = [state for state, gain in zip(states, gains[k], strict=True) if gain < 0]
            rests_on = {j for tie in ties if tie.place == k for j in tie.any_of if members[j]}
            carries = {tie.place for tie in ties if [j for j in tie.any_of if members[j]] == [k]}
            entries.append(
                Entry(
                    item=items[k],
                    gains=self._by_state(gains[k]),
                    conceded_by=loses[0] if loses else None,
                    paid_by=tuple(Payer(items[j], self._way(j, full)) for j in paid.get(k, ())),
                    unlocked=bool((gains[k] > 0).all() and not full[k]),
                    rests_on=tuple(items[j] for j in sorted(rests_on - {k})),
                    carries=tuple(items[j] for j in sorted(carries - {k})),
                    assumed=tuple(
                        s.state for s in items[k].sides if any(map(is_assumed, s.position.deciding))
                    ),
                )
            )
        return tuple(entries)

    def _paid(self, members: Bools, reference: Bools) -> dict[int, tuple[int, ...]]:
        """For each concession the items that pay for it: new ones, on which the conceding side gains.

        Together they are worth more than all concessions, since the package leaves the side better
        off than the reference. What the other side concedes pays before what costs it nothing.
        """
        gains = self.agenda.table.gains
        new = [int(k) for k in np.flatnonzero(members & ~reference)]
        paid: dict[int, tuple[int, ...]] = {}
        for side, other in ((0, 1), (1, 0)):
            gained = [(k, float(gains[k, side])) for k in new if gains[k, side] > 0]
            paid |= bargain.payments(
                [(k, -float(gains[k, side])) for k in new if gains[k, side] < 0],
                [(k, gain) for k, gain in gained if gains[k, other] < 0],
                [(k, gain) for k, gain in gained if gains[k, other] >= 0],
            )
        return paid

    def _way(self, k: int, full: Bools) -> Way:
        smaller = self.agenda.table.gains[k].min()
        if smaller < 0:
            return "concession"
        if smaller == 0:
            return "free"
        return "instead" if full[k] else "unlocked"

    def _themes(self, members: Bools) -> tuple[ThemeGain, ...]:
        context, gains = self.agenda.pair.context, self.agenda.table.gains
        of_theme: dict[str, list[int]] = {}
        for k in map(int, np.flatnonzero(members)):
            of_theme.setdefault(context.theme_of(self.agenda.table.measures[k]).id, []).append(k)
        return tuple(
            ThemeGain(theme, self._sums(gains[of_theme[theme.id]]))
            for theme in context.slots.themes
            if theme.id in of_theme
        )

    def _kept_out(self, members: Bools) -> tuple[KeptOut, ...]:
        both_gain, allowed = self.agenda.table.win_wins(), self.agenda.table.allowed
        return tuple(
            KeptOut(
                self.agenda.items[tie.place], tie.measures, possible=bool(allowed[list(tie.any_of)].any())
            )
            for tie in self.agenda.ties
            if both_gain[tie.place] and not members[tie.place] and _unmet(tie, members)
        )


def _unmet(tie: Tie, members: Bools) -> bool:
    return not members[list(tie.any_of)].any()


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > bargain.GRAIN else None
