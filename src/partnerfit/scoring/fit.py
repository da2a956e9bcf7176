"""Items -> fits, theme scores and assessments.

The kernels take arrays with the item on the first axis and any further axes (draws, pairs) behind.
Formulas and their sources: docs/method.md, "Fit, balance, theme score, tension".
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from partnerfit.scoring.items import CLASSES, WIN_WIN, Bools, Floats, ItemClass, Standing, is_class
from partnerfit.scoring.method import Method

Assessment = Literal[
    "opening",
    "win-win",
    "promising",
    "contested",
    "negotiable",
    "modest",
    "refused",
    "unexplored",
    "no evidence",
]
ASSESSMENTS: tuple[Assessment, ...] = get_args(Assessment)


def fit(gain_a: Floats, gain_b: Floats) -> Floats:
    """Geometric mean of two gains on a scale of 0 to 100; 0 unless both are positive.

    The geometric mean of both sides' gains is the symmetric Nash welfare (Nash 1950): the order it
    gives does not move when one side rates all its wishes higher or lower.
    """
    result: Floats = np.sqrt(np.maximum(gain_a, 0.0) * np.maximum(gain_b, 0.0))
    return 100.0 * np.nan_to_num(result)


def strain(gain_a: Floats, gain_b: Floats) -> Floats:
    """Size of a disagreement on a scale of 0 to 100: the geometric mean of the two sizes."""
    return 100.0 * np.nan_to_num(np.sqrt(np.abs(gain_a * gain_b)))


def balance(gain_a: float, gain_b: float) -> float:
    """The smaller of two positive gains over the larger one, in [0, 1]."""
    return min(gain_a, gain_b) / max(gain_a, gain_b)


def top_two(values: Floats) -> tuple[Floats, Floats]:
    """The largest and the second largest along the first axis; 0 where there is none."""
    best = np.zeros(values.shape[1:])
    second = np.zeros(values.shape[1:])
    for row in values:
        second = np.maximum(second, np.minimum(best, row))
        best = np.maximum(best, row)
    return best, second


def weighted(best: Floats, second: Floats, method: Method) -> Floats:
    """A theme's value from its two best items: the best decides, a second one adds."""
    return method.best_weight * best + (1.0 - method.best_weight) * second


def strains(a: Standing, b: Standing, codes: NDArray[np.int8]) -> tuple[Floats, Floats]:
    """Tension and price of each item, 0 to 100: what is wanted and refused, or to be had in return.

    Counted on trade and blocked items with both gains known, where the side that wants it wants it
    from this partner: nobody has refused what was only asked of others.
    """
    blocked = codes == CLASSES.index("blocked")
    negative_a = np.where(blocked, a.red_line, np.nan_to_num(a.gain) < 0)
    asked_of_others = np.where(negative_a, b.elsewhere, a.elsewhere)
    counted = is_class(codes, frozenset({"trade", "blocked"})) & ~asked_of_others
    size = np.where(counted, strain(a.gain, b.gain), 0.0)
    refused = blocked | np.where(negative_a, a.refuses, b.refuses)
    return np.where(refused, size, 0.0), np.where(refused, 0.0, size)


def firm(a: Standing, b: Standing) -> Bools:
    """Where neither side rests on low confidence or on what it does elsewhere."""
    return ~(a.low | b.low | a.elsewhere | b.elsewhere)


def win_wins(codes: NDArray[np.int8]) -> Bools:
    """Where both sides gain and nothing stands in the way."""
    return is_class(codes, WIN_WIN)


def assess(
    best: float, firm_best: float, tension: float, price: float, codes: NDArray[np.int8], method: Method
) -> Assessment:
    """The one assessment of a theme.

    Args:
        best: best fit of the theme, 0 to 100.
        firm_best: best fit among items on which no side rests on weak evidence.
        tension: what is refused, 0 to 100.
        price: what is available at a price, 0 to 100.
        codes: classes of the theme's items.
        method: for the thresholds.
    """
    # A value that is at a threshold by the arithmetic must not fall below it by a rounding error.
    best, firm_best, tension, price = (round(value, 9) for value in (best, firm_best, tension, price))
    if _reaches(firm_best, method.promising_fit) and _reaches(tension, method.opening_tension):
        return "opening"
    if _reaches(firm_best, method.win_win_fit):
        return "win-win"
    if _reaches(best, method.promising_fit):
        return "promising"
    if _reaches(tension, method.contested_tension):
        return "contested"
    if _reaches(price, method.negotiable_price):
        return "negotiable"
    if best > 0:
        return "modest"
    return _assess_without_gain({CLASSES[code] for code in codes} - {"no-evidence"}, tension, price)


def _reaches(value: float, threshold: float) -> bool:
    """Whether a value is at a threshold; nothing is at none, not even at 0."""
    return value > 0 and value >= threshold


def _assess_without_gain(present: set[ItemClass], tension: float, price: float) -> Assessment:
    """The assessment of a theme without a fit, from the classes of its items."""
    if not present:
        return "no evidence"
    if present <= {"shared-refusal", "one-refuses", "blocked"}:
        return "refused"
    if present & {"open-question", "lead"}:
        return "unexplored"
    # What is left: trade items too small for a threshold or asked only of others, torn positions.
    if price > tension:
        return "negotiable"
    return "contested" if tension > 0 or "mixed" in present else "unexplored"
