"""Two states' positions -> directed items, each with exactly one class.

The functions work on arrays whose first axis is the slot of the first state, so that one pair, many
pairs and many draws are judged by the same code. The classes and their order are those of
docs/method.md, "Class of an item".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from partnerfit.scoring.positions import Position
from partnerfit.scoring.slots import Slots

ItemClass = Literal[
    "shared-refusal",
    "blocked",
    "no-evidence",
    "lead",
    "open-question",
    "one-refuses",
    "shared-interest",
    "complementary",
    "trade",
    "mixed",
]
CLASSES: tuple[ItemClass, ...] = get_args(ItemClass)
WIN_WIN: frozenset[ItemClass] = frozenset({"shared-interest", "complementary"})

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Standing:
    """One state's positions on the items of a pair, as arrays with the item on the first axis.

    `gain` in [-1, 1], NaN where unknown.
    """

    gain: Floats
    refuses: Bools
    elsewhere: Bools
    low: Bools
    red_line: Bools

    @classmethod
    def of(cls, positions: Sequence[Position]) -> Standing:
        """Where the first state stands, its slots in order."""
        return cls(
            gain=np.array([np.nan if p.gain is None else p.gain for p in positions]),
            refuses=_flags(positions, lambda p: p.refuses),
            elsewhere=_flags(positions, lambda p: p.basis == "elsewhere"),
            low=_flags(positions, lambda p: p.confidence == "low"),
            red_line=_flags(positions, lambda p: bool(p.red_lines)),
        )

    def mirrored(self, slots: Slots) -> Standing:
        """The same state as the second of a pair: in each item it acts in the mirrored role."""
        m = slots.mirror
        return Standing(self.gain[m], self.refuses[m], self.elsewhere[m], self.low[m], self.red_line[m])


def _flags(positions: Sequence[Position], test: Callable[[Position], bool]) -> Bools:
    return np.fromiter((test(p) for p in positions), dtype=np.bool_, count=len(positions))


def both_known(a: Standing, b: Standing) -> Bools:
    """Where both gains are known."""
    known: Bools = ~np.isnan(a.gain) & ~np.isnan(b.gain)
    return known


def is_class(codes: NDArray[np.int8], wanted: frozenset[ItemClass]) -> Bools:
    """Where the class is one of `wanted`."""
    table: Bools = np.array([name in wanted for name in CLASSES])
    return table[codes]


def classify(a: Standing, b: Standing, slots: Slots) -> NDArray[np.int8]:
    """Class codes (indices into `CLASSES`) of all items, before the conditions of `hold_back`."""
    known_a, known_b = ~np.isnan(a.gain), ~np.isnan(b.gain)
    gain_a, gain_b = np.nan_to_num(a.gain), np.nan_to_num(b.gain)
    both, one = known_a & known_b, known_a ^ known_b
    both_gain = both & (gain_a > 0) & (gain_b > 0)
    joint = slots.mirror == np.arange(len(slots.all))
    joint = joint.reshape(joint.shape + (1,) * (a.gain.ndim - 1))
    blocked = (a.red_line & (~known_b | (gain_b > 0))) | (b.red_line & (~known_a | (gain_a > 0)))
    the_known = np.where(known_a, gain_a, gain_b)
    rules: dict[ItemClass, Bools] = {
        "shared-refusal": both & a.refuses & b.refuses,
        "blocked": blocked,
        "no-evidence": ~known_a & ~known_b,
        "lead": both_gain & a.elsewhere & b.elsewhere,
        "open-question": one & (the_known > 0),
        "one-refuses": (one & (the_known <= 0)) | (both & (gain_a < 0) & (gain_b < 0)),
        "shared-interest": both_gain & joint,
        "complementary": both_gain & ~joint,
        "trade": both & (gain_a * gain_b < 0),
    }
    codes: NDArray[np.int8] = np.select(
        list(rules.values()),
        [np.int8(CLASSES.index(name)) for name in rules],
        default=np.int8(CLASSES.index("mixed")),
    )
    return codes


def hold_back(
    codes: NDArray[np.int8], requires: Sequence[tuple[str, ...]], known: Bools, slots: Slots
) -> NDArray[np.int8]:
    """Turn a win-win of one pair into an open question where what it rests on is not there.

    A measure with `needs_any` needs one of those measures, in the same direction, as a win-win or
    trade item. An item whose deciding objectives require a measure needs an item of it that is
    known on both sides and not blocked.

    Args:
        codes: classes of the items of one pair, from `classify`.
        requires: for each item, the measures that its deciding objectives require.
        known: where both gains are known.
        slots: of the taxonomy, for measures and roles.
    """
    held = codes.copy()
    of_measure: dict[str, list[int]] = {}
    for i, slot in enumerate(slots.all):
        of_measure.setdefault(slot.measure.id, []).append(i)
    workable = known & (codes != CLASSES.index("blocked"))
    for i in map(int, np.flatnonzero(is_class(codes, WIN_WIN))):
        if any(not workable[of_measure[measure]].any() for measure in requires[i]):
            held[i] = CLASSES.index("open-question")
    usable = is_class(held, WIN_WIN | {"trade"})
    for i, channels in slots.channels.items():
        if is_class(held[i], WIN_WIN) and not any(usable[j] for j in channels):
            held[i] = CLASSES.index("open-question")
    return held
