"""What to ask the other side: items on which an answer would open or firm up a win-win."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from partnerfit.model import Level
from partnerfit.scoring.comparison import Item, Question, Side
from partnerfit.scoring.fit import fit, top_two, weighted
from partnerfit.scoring.items import Floats
from partnerfit.scoring.method import Context
from partnerfit.scoring.positions import CONFIDENCE

ANSWER: Level = "medium"


@dataclass(frozen=True)
class Answered:
    """What a theme's items would be worth; `fits` is the fit of each item as it stands, 0 to 100."""

    fits: Floats
    context: Context

    def score(self, fits: Floats) -> float:
        """Score of a theme with these fits, 0 to 100."""
        return float(weighted(*top_two(fits), self.context.method))

    def adds(self, index: int, value: float) -> float:
        """What it would add to the score if the item at `index` had the fit `value`."""
        changed = self.fits.copy()
        changed[index] = max(value, changed[index])
        return self.score(changed) - self.score(self.fits)


def yes(side: Side, context: Context) -> float:
    """Gain of a side after a medium yes: lowered by what limits it, never below what is known."""
    size = context.method.size(ANSWER) * side.position.feasibility
    return max(size, side.position.gain or 0.0)


def answered_fit(item: Item, asked: Side, context: Context) -> float:
    """Fit of an item, 0 to 100, if the asked side gave a medium yes."""
    other = next(side for side in item.sides if side is not asked)
    return float(fit(_known(yes(asked, context)), _known(other.position.gain or 0.0)))


def potential_fit(item: Item, context: Context) -> float:
    """Fit of an item, 0 to 100, if every open question on it were answered with a medium yes."""
    if item.cls not in ("lead", "open-question") and not item.win_win:
        return item.fit
    gains = [yes(side, context) if _is_open(side) else (side.position.gain or 0.0) for side in item.sides]
    return max(item.fit, float(fit(_known(gains[0]), _known(gains[1]))))


def questions(
    items: tuple[Item, ...], all_items: tuple[Item, ...], context: Context, *, inside: bool
) -> Iterator[Question]:
    """The questions of one theme, unordered.

    Args:
        items: the items of the theme.
        all_items: every item of the pair, to see in which role a state is known.
        context: taxonomy, groups and method.
        inside: whether the two share a free-movement area.
    """
    theme = Answered(_array(item.fit for item in items), context)
    for index, item in enumerate(items):
        for asked in _asked(item):
            asker = next(side for side in item.sides if side is not asked)
            if inside and asker.position.basis != "named":
                continue
            if asked.position.gain is None and _known_in_askers_role(item, asked, all_items):
                continue
            yield Question(
                to=asked.state,
                asked_by=asker.state,
                measure=item.measure,
                theme=context.theme_of(item.measure.id),
                provider=item.provider,
                receiver=item.receiver,
                adds=theme.adds(index, answered_fit(item, asked, context)),
                does_with_others=tuple(
                    s.objective for s in asked.position.strands if s.basis == "elsewhere" and s.positive
                ),
            )


def ordered(questions: Iterator[Question], items: tuple[Item, ...], context: Context) -> tuple[Question, ...]:
    """Best first: what the asked state does with others, then how much and how surely it is wanted."""
    by_key = {(item.measure.id, item.provider): item for item in items}

    def key(question: Question) -> tuple[object, ...]:
        asker = by_key[question.measure.id, question.provider].of(question.asked_by)
        strongest = asker.deciding[0]
        return (
            not question.does_with_others,
            asker.basis != "named",
            -context.method.size(strongest.priority),
            CONFIDENCE.index(asker.confidence or "low"),
            -round(question.adds, 9),
            question.measure.id,
            question.provider or "",
            question.to,
        )

    return tuple(sorted(questions, key=key))


def _asked(item: Item) -> tuple[Side, ...]:
    """The sides that would have to answer: none, one, or in a joint lead both."""
    if item.cls == "open-question":
        return tuple(side for side in item.sides if side.position.gain is None)
    if item.cls == "lead":
        return tuple(side for side in item.sides if side.role != "receiver")
    if item.win_win:
        return tuple(side for side in item.sides if side.position.basis == "elsewhere")
    return ()


def _is_open(side: Side) -> bool:
    return side.position.gain is None or side.position.basis == "elsewhere"


def _known_in_askers_role(item: Item, asked: Side, all_items: tuple[Item, ...]) -> bool:
    """Whether the asked state is known only in the asker's own role: both want the same."""
    if asked.role is None:
        return False
    return any(
        other.of(asked.state).gain is not None
        for other in all_items
        if other.measure.id == item.measure.id and other.provider != item.provider
    )


def _array(values: Iterator[float]) -> Floats:
    return np.fromiter(values, dtype=np.float64)


def _known(value: float) -> Floats:
    return np.asarray(value, dtype=np.float64)
