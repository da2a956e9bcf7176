"""What items of a package require of one another, as bits that a search can carry along.

A set of items of which one has to be there is a hub; items that require the same set share it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Block = tuple[int, ...]
"""Items that are added at once: one item, or those of one measure."""


@dataclass(frozen=True)
class Requirement:
    """`item` only together with at least one of `any_of`; without an `item`, one of them in any case."""

    item: int | None
    any_of: tuple[int, ...]

    @property
    def items(self) -> tuple[int, ...]:
        """All items it speaks of."""
        return self.any_of if self.item is None else (self.item, *self.any_of)


def components(
    blocks: Sequence[Block], requirements: Sequence[Requirement]
) -> tuple[list[list[Block]], list[Block]]:
    """Blocks that requirements link to one another, and those that none touches."""
    home = {i: b for b, block in enumerate(blocks) for i in block}
    root = list(range(len(blocks)))

    def find(b: int) -> int:
        while root[b] != b:
            root[b] = b = root[root[b]]
        return b

    touched: set[int] = set()
    for r in requirements:
        own = [home[i] for i in r.items]
        touched.update(own)
        for b in own[1:]:
            root[find(b)] = find(own[0])
    linked: dict[int, list[Block]] = {}
    for b in sorted(touched):
        linked.setdefault(find(b), []).append(blocks[b])
    return list(linked.values()), [block for b, block in enumerate(blocks) if b not in touched]


@dataclass(frozen=True)
class Hubs:
    """The hubs of linked items, a bit for each.

    `met` and `owed` give for an item the hubs it belongs to and those it requires, `always` the hubs
    that are required in any case. `left_out` are items that require what nothing can meet or, where
    it is `crowded`, what there is no bit for.
    """

    met: dict[int, int]
    owed: dict[int, int]
    always: int
    left_out: frozenset[int]
    crowded: bool

    @classmethod
    def of(cls, requirements: Iterable[Requirement], most: int) -> Hubs:
        """At most so many hubs; one more bit stands for what is required in any case and has none."""
        # What is required in any case has to have a bit.
        own = sorted(requirements, key=lambda r: r.item is not None)
        sets = list(dict.fromkeys(frozenset(r.any_of) for r in own if r.any_of))
        bits = {hub: 1 << place for place, hub in enumerate(sets[:most])}
        always = 0
        owed: dict[int, int] = {}
        left_out = set()
        for r in own:
            bit = bits.get(frozenset(r.any_of))
            if r.item is None:
                always |= bit or 1 << most
            elif bit is not None:
                owed[r.item] = owed.get(r.item, 0) | bit
            else:
                left_out.add(r.item)
        met: dict[int, int] = {}
        for hub, bit in bits.items():
            for i in hub:
                met[i] = met.get(i, 0) | bit
        return cls(met, owed, always, frozenset(left_out), crowded=len(sets) > most)

    def meets(self, block: Block) -> int:
        """The hubs that some items belong to."""
        return _union(self.met.get(i, 0) for i in block)

    def owes(self, block: Block) -> int:
        """The hubs that some items require."""
        return _union(self.owed.get(i, 0) for i in block)

    def without_unmet(self, blocks: Iterable[Block]) -> list[Block]:
        """Blocks without the items that are left out."""
        kept = (tuple(i for i in block if i not in self.left_out) for block in blocks)
        return [block for block in kept if block]


def in_order(blocks: list[Block], hubs: Hubs) -> Iterator[tuple[Block, int, int]]:
    """Blocks in an order that keeps few hubs open, with the hubs that later ones meet and owe.

    Next comes the block that opens the fewest hubs and closes the most; among equals the first.
    """
    left = list(blocks)
    opened = 0
    while left:
        speaks = [hubs.meets(block) | hubs.owes(block) for block in left]
        once = twice = 0
        for hub in speaks:
            once, twice = once | hub, twice | once & hub
        last = once & ~twice
        new = [(hub & ~opened).bit_count() - (hub & last).bit_count() for hub in speaks]
        place = new.index(min(new))
        opened |= speaks[place]
        block = left.pop(place)
        yield block, _union(hubs.meets(b) for b in left), _union(hubs.owes(b) for b in left)


def _union(bits: Iterable[int]) -> int:
    union = 0
    for value in bits:
        union |= value
    return union
