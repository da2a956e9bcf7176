"""Two states judged item by item: the arrays behind a comparison.

The first state is the one whose id sorts first, so that nothing depends on who is named first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import MutableMapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from partnerfit.model import State
from partnerfit.scoring import fit as fits
from partnerfit.scoring.comparison import Item, Side
from partnerfit.scoring.items import (
    CLASSES,
    WIN_WIN,
    Bools,
    Floats,
    Standing,
    both_known,
    classify,
    hold_back,
    is_class,
)
from partnerfit.scoring.method import Context
from partnerfit.scoring.positions import Position, positions
from partnerfit.scoring.uncertainty import Draws

ONE_REFUSES, NO_EVIDENCE = (CLASSES.index(name) for name in ("one-refuses", "no-evidence"))


@dataclass(frozen=True)
class Pair:
    """Arrays with the item on the first axis; an item is a slot of the first state.

    `stands` are both states' positions in the order of the items, `codes` indices into `CLASSES`,
    `fit`, `firm_fit` (0 where a side rests on weak evidence), `tension` and `price` 0 to 100.
    `channels` gives for each win-win that needs another measure the win-wins it can rest on.
    """

    context: Context
    states: tuple[State, State]
    stands: tuple[tuple[Position, ...], tuple[Position, ...]]
    a: Standing
    b: Standing
    codes: NDArray[np.int8]
    fit: Floats
    firm_fit: Floats
    tension: Floats
    price: Floats
    channels: dict[int, tuple[int, ...]]

    @property
    def win_win(self) -> Bools:
        """Where both gain."""
        return fits.win_wins(self.codes)

    @property
    def known(self) -> Bools:
        """Where both gains are known."""
        return both_known(self.a, self.b)


def judge(a: State, b: State, context: Context, as_of: dt.date) -> Pair:
    """Judge every item of two states; the order in which they are given does not matter."""
    first, second = sorted((a, b), key=lambda state: state.id)
    return _judge(first, second, context, as_of)


def _judge(first: State, second: State, context: Context, as_of: dt.date) -> Pair:
    slots = context.slots
    own = positions(first, second, context, as_of)
    other = positions(second, first, context, as_of)
    stands = (own, tuple(other[int(i)] for i in slots.mirror))
    a, b = Standing.of(own), Standing.of(other).mirrored(slots)
    required = [
        tuple(r for position in both for o in position.deciding for r in o.requires)
        for both in zip(*stands, strict=True)
    ]
    codes = hold_back(classify(a, b, slots), required, both_known(a, b), slots)
    win_win = fits.win_wins(codes)
    channels = channels_among(win_win, context)
    fit = np.where(win_win, fits.fit(a.gain, b.gain), 0.0)
    cap(fit, channels, alone=100.0)
    firm_fit = np.where(fits.firm(a, b), fit, 0.0)
    cap(firm_fit, channels, alone=0.0)
    tension, price = fits.strains(a, b, codes)
    return Pair(context, (first, second), stands, a, b, codes, fit, firm_fit, tension, price, channels)


def channels_among(chosen: Bools, context: Context) -> dict[int, tuple[int, ...]]:
    """For each chosen item with `needs_any` the chosen ones in its direction that it can rest on."""
    return {
        i: tuple(j for j in channels if chosen[j])
        for i, channels in context.slots.channels.items()
        if chosen[i]
    }


def cap(
    values: Floats | MutableMapping[int, Floats], channels: dict[int, tuple[int, ...]], alone: float
) -> None:
    """Limit, in place, what rests on another measure to the best value of those it can rest on.

    Conditions of recruitment are worth no more than the recruitment. `alone` is the limit where
    the other measure is a trade item only.
    """
    for i, others in channels.items():
        limit = reduce(np.maximum, (values[j] for j in others)) if others else alone
        values[i] = np.minimum(values[i], limit)


@dataclass(frozen=True)
class ThemeScore:
    """What a theme comes to between two states: everything but what needs draws.

    `score`, `second` (the second best fit), `tension` and `price` are 0 to 100, `balance` in [0, 1] or
    None without a win-win. `to_confirm` says that a promising theme rests on weak evidence.
    """

    score: float
    second: float
    tension: float
    price: float
    balance: float | None
    assessment: fits.Assessment
    to_confirm: bool


def theme_scores(pair: Pair) -> tuple[ThemeScore, ...]:
    """The score of every theme, in the order of the taxonomy."""
    # What one side would merely accept, and the other is not known to ask, is no refusal.
    given = np.fmin(pair.a.gain, pair.b.gain) < 0
    unasked = (pair.codes == ONE_REFUSES) & given & ~(pair.a.refuses | pair.b.refuses)
    codes = np.where(unasked, NO_EVIDENCE, pair.codes)
    return tuple(_theme_score(pair, slice(*span), codes) for span in pair.context.slots.spans)


def _theme_score(pair: Pair, span: slice, codes: NDArray[np.int8]) -> ThemeScore:
    method = pair.context.method
    best, second = (float(value) for value in fits.top_two(pair.fit[span]))
    firm_best = float(fits.top_two(pair.firm_fit[span])[0])
    tension, price = (two_best(values[span], pair.context) for values in (pair.tension, pair.price))
    assessment = fits.assess(best, firm_best, tension, price, codes[span], method)
    return ThemeScore(
        score=two_best(pair.fit[span], pair.context),
        second=second,
        tension=tension,
        price=price,
        balance=_balance(pair, span),
        assessment=assessment,
        to_confirm=assessment == "promising" and firm_best < method.promising_fit,
    )


def two_best(values: Floats, context: Context) -> float:
    """The weighted mean of the two largest of some values, 0 to 100."""
    return float(fits.weighted(*fits.top_two(values), context.method))


def _balance(pair: Pair, span: slice) -> float | None:
    """Smaller over larger sum of gains where both gain; None where they do nowhere."""
    win_win = pair.win_win[span]
    if not win_win.any():
        return None
    return fits.balance(float(pair.a.gain[span][win_win].sum()), float(pair.b.gain[span][win_win].sum()))


def item_at(pair: Pair, i: int, both_gain_share: float | None = None) -> Item:
    """The item at index `i` with all that led to its numbers."""
    slots = pair.context.slots
    slot, mirrored = slots.all[i], slots.all[int(slots.mirror[i])]
    first, second = pair.states
    provider = receiver = None
    if slot.role is not None:
        provider, receiver = (first, second) if slot.role == "provider" else (second, first)
    cls = CLASSES[pair.codes[i]]
    return Item(
        measure=slot.measure,
        provider=provider.id if provider else None,
        receiver=receiver.id if receiver else None,
        cls=cls,
        sides=(
            Side(first.id, slot.role, pair.stands[0][i]),
            Side(second.id, mirrored.role, pair.stands[1][i]),
        ),
        fit=float(pair.fit[i]),
        balance=fits.balance(pair.a.gain[i], pair.b.gain[i]) if cls in WIN_WIN else None,
        both_gain_share=both_gain_share,
        tension=float(pair.tension[i]),
        price=float(pair.price[i]),
    )


def both_gain_shares(pair: Pair, draws: tuple[Draws, Draws]) -> dict[int, float]:
    """For each win-win the share of draws of the stances in which both still gain."""
    shares = {}
    for i in map(int, np.flatnonzero(pair.win_win)):
        a, b = _drawn_gains(pair, draws, i, stances=True)
        shares[i] = float(((a > 0) & (b > 0)).mean())
    return shares


def drawn_scores(pair: Pair, draws: tuple[Draws, Draws]) -> Floats:
    """Theme scores in each draw of the priorities, shape (themes, draws)."""
    slots, method = pair.context.slots, pair.context.method
    drawn = {
        i: np.minimum(fits.fit(*_drawn_gains(pair, draws, i, stances=False)), 100.0) for i in _at_play(pair)
    }
    cap(drawn, pair.channels, alone=100.0)
    scores = np.zeros((len(slots.themes), draws[0].count))
    for t, (start, end) in enumerate(slots.spans):
        rows = [drawn[i] for i in range(start, end) if i in drawn]
        if rows:
            scores[t] = fits.weighted(*fits.top_two(np.stack(rows)), method)
    return scores


def _at_play(pair: Pair) -> list[int]:
    """Items that are a win-win in some draw: now, or where a position of two signs may tip over."""
    torn = np.array([any(len(p.deciding) > 1 for p in both) for both in zip(*pair.stands, strict=True)])
    closed = is_class(pair.codes, frozenset({"blocked", "lead", "open-question"}))
    alone = np.array([not slot.measure.needs_any for slot in pair.context.slots.all])
    return [int(i) for i in np.flatnonzero(pair.win_win | (pair.known & torn & alone & ~closed))]


def _drawn_gains(pair: Pair, draws: tuple[Draws, Draws], i: int, *, stances: bool) -> tuple[Floats, Floats]:
    slots = pair.context.slots
    roles = (slots.all[i].role, slots.all[int(slots.mirror[i])].role)
    return (
        draws[0].gains(pair.stands[0][i], roles[0], stances=stances),
        draws[1].gains(pair.stands[1][i], roles[1], stances=stances),
    )
