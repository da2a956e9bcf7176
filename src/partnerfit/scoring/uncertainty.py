"""Ranges and shares from seeded draws over the objectives.

Two doubts are drawn apart: how much a measure matters to a state (the range), and whether the
stance was read rightly (`both_gain_share`). Draws are keyed by seed, state and objective, so that
an objective that has nothing to do with an item never changes the item's numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from partnerfit.model import Objective, Role
from partnerfit.scoring.items import Floats
from partnerfit.scoring.method import Method
from partnerfit.scoring.positions import POSITIVE, SPECIFICITY, Position, Strand

STANCES_OF_ROLE: Mapping[Role | None, tuple[str, ...]] = {
    "receiver": ("seeks", "declines"),
    "provider": ("offers", "accepts", "resists"),
    None: ("supports", "resists"),
}

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_HALF = np.uint64(32)
_LOW_HALF = np.uint64(0xFFFFFFFF)


def words(key: tuple[str, ...], count: int) -> NDArray[np.uint64]:
    """`count` random 64-bit words that depend on `key` alone.

    SplitMix64 (Steele, Lea & Flood 2014) as a counter-based generator: the same numbers in every
    version of every library, which a random generator of a library does not promise.
    """
    digest = hashlib.blake2b("\x1f".join(key).encode(), digest_size=8).digest()
    with np.errstate(over="ignore"):
        state = np.arange(1, count + 1, dtype=np.uint64)
        state *= _GOLDEN
        state += np.uint64(int.from_bytes(digest, "little"))
        for shift, factor in ((30, _MIX_1), (27, _MIX_2)):
            state ^= state >> np.uint64(shift)
            state *= factor
        state ^= state >> np.uint64(31)
    return state


class Draws:
    """Draws for one state: what each of its objectives might weigh, and might mean.

    Args:
        seed: the same seed gives the same numbers to the last digit.
        state: id of the state.
        count: number of draws.
    """

    def __init__(self, seed: int, state: str, count: int, method: Method) -> None:
        self._key = (str(seed), state)
        self._method = method
        self.count = count
        self._words: dict[str, NDArray[np.uint64]] = {}

    def _of(self, objective: Objective) -> NDArray[np.uint64]:
        """The words of an objective: the first half for its priority, the second for its stance."""
        if objective.id not in self._words:
            drawn = words((*self._key, objective.id), 2 * self.count)
            self._words[objective.id] = drawn.reshape(2, self.count)
        return self._words[objective.id]

    def sizes(self, strand: Strand) -> Floats:
        """Drawn gains before limits: the priority with a symmetric triangular error, uncapped."""
        method, drawn = self._method, self._of(strand.objective)[0]
        # The two halves of a word are two uniforms; their sum is triangular on (0, 2).
        error = ((drawn >> _HALF) + (drawn & _LOW_HALF)) * 2.0**-32 - 1.0
        levels = method.priority[strand.objective.priority] + error * method.jitter[strand.confidence]
        sizes: Floats = np.maximum(levels, 0.0) / method.priority.high
        return sizes

    def wants(self, strand: Strand, role: Role | None) -> NDArray[np.bool_]:
        """Whether the stance, redrawn with the doubt of its confidence, is one of wanting."""
        doubt = self._method.stance_doubt[strand.confidence]
        stances = STANCES_OF_ROLE[role]
        share = sum(stance in POSITIVE for stance in stances) / len(stances)
        drawn = (self._of(strand.objective)[1] >> np.uint64(11)) * 2.0**-53
        # Below `doubt` the stance is redrawn; of those draws, the lowest `share` become positive.
        return np.where(drawn < doubt, drawn < doubt * share, strand.positive)

    def gains(self, position: Position, role: Role | None, *, stances: bool = False) -> Floats:
        """Drawn gains of a position in `role`, by the rule that gave its gain; shape (draws,).

        With `stances`, the stances are redrawn too; else only the priorities.
        """
        signed, wanting = [], []
        for strand in position.strands:
            size = self.sizes(strand)
            elsewhere = strand.basis == "elsewhere"
            factor = position.feasibility * (self._method.elsewhere if elsewhere else 1.0)
            wants = self.wants(strand, role) if stances else np.full(self.count, strand.positive)
            # A wish towards others that turns out to be none says nothing: it drops out, at 0.
            lost = 0.0 if elsewhere and strand.positive else -size
            signed.append(np.where(wants, size * factor, lost))
            wanting.append(wants | (elsewhere and strand.positive))
        if not signed:
            return np.full(self.count, np.nan)
        if len(signed) == 1:
            return signed[0]
        levels = np.array([SPECIFICITY.index(strand.basis) for strand in position.strands])
        return combine(np.stack(signed), np.stack(wanting), levels)


def combine(gains: Floats, positive: NDArray[np.bool_], levels: NDArray[np.intp]) -> Floats:
    """The rule of `positions.resolve` on arrays: (strands, draws) -> (draws,).

    Args:
        gains: signed gains.
        positive: whether a stance is one of wanting.
        levels: specificity of each strand, the most specific first.
    """
    at_top = levels == levels.min()
    wants = np.where(positive[at_top], gains[at_top], 0.0).max(axis=0)
    refuses = np.where(positive[at_top], 0.0, gains[at_top]).min(axis=0)
    for_it = positive[at_top].any(axis=0)
    against = ~positive[at_top].all(axis=0)
    at_level = (wants + refuses) / np.maximum(for_it.astype(float) + against, 1.0)
    result: Floats = np.where(positive.all(axis=0), gains.max(axis=0), at_level)
    return result


def percentiles(drawn: Floats, *points: float) -> tuple[Floats, ...]:
    """Percentiles of each row by linear interpolation; `points` are 0 to 100."""
    ordered = np.sort(drawn, axis=1)
    found = []
    for point in points:
        place = point / 100 * (drawn.shape[1] - 1)
        below = int(place)
        above = min(below + 1, drawn.shape[1] - 1)
        found.append(ordered[:, below] + (place - below) * (ordered[:, above] - ordered[:, below]))
    return tuple(found)


def top3_shares(drawn: Floats) -> Floats:
    """Share of draws in which a theme is among the first three with a score above 0.

    Rank acceptability (Lahdelma & Salminen 2001). Themes with the same score in a draw share the
    better place.

    Args:
        drawn: theme scores, shape (themes, draws).
    """
    if len(drawn) <= 3:
        third = np.zeros(drawn.shape[1])
    else:
        third = np.partition(drawn, len(drawn) - 3, axis=0)[len(drawn) - 3]
    shares: Floats = ((drawn >= third) & (drawn > 0)).mean(axis=1)
    return shares
