"""The exchanges of a package: concessions that pay for one another, with what only they make possible."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from partnerfit.scoring.ledger import Entry, Package


@dataclass(frozen=True)
class Exchange:
    """Concessions that hang together.

    `concessions` are by the id of the state that makes them, `along` what pays for them or becomes
    possible with them without being a concession. `net` is what the whole of it brings each side, by id.
    """

    concessions: dict[str, tuple[Entry, ...]]
    along: tuple[Entry, ...]
    net: dict[str, float]


def exchanges(package: Package) -> tuple[Exchange, ...]:
    """The concessions of a package in groups: in one are those that share what pays or what they carry.

    What is in the package only because of concessions goes along with those on which it rests.
    """
    entries = {entry.item.key: entry for entry in package.entries}
    groups: list[set[tuple[str, str]]] = []
    for entry in package.entries:
        if entry.conceded_by is not None:
            linked = {payer.item.key for payer in entry.paid_by} | {item.key for item in entry.carries}
        elif entry.unlocked:
            linked = {item.key for item in entry.rests_on if not _given(entries[item.key])}
        else:
            continue
        linked.add(entry.item.key)
        apart = [group for group in groups if not group & linked]
        groups = [*apart, linked.union(*(group for group in groups if group & linked))]
    return tuple(_exchange([entries[key] for key in sorted(group)], package) for group in groups)


def _given(entry: Entry) -> bool:
    """Whether both gain from an item without any concession."""
    return entry.conceded_by is None and not entry.unlocked


def _exchange(group: Iterable[Entry], package: Package) -> Exchange:
    entries = tuple(group)
    states = tuple(package.utility)
    return Exchange(
        concessions={s: tuple(e for e in entries if e.conceded_by == s) for s in states},
        along=tuple(entry for entry in entries if entry.conceded_by is None),
        net={state: math.fsum(entry.gains[state] for entry in entries) for state in states},
    )
