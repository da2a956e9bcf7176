"""Which partners one state could turn to first, and where too little is known to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from partnerfit.model import State
from partnerfit.scoring.comparison import Item
from partnerfit.scoring.items import CLASSES
from partnerfit.scoring.method import Context
from partnerfit.scoring.pair import Pair, item_at, judge, theme_scores

LEAD = CLASSES.index("lead")


@dataclass(frozen=True)
class Match:
    """One partner of a state.

    `mean_fit`, 0 to 100, is the mean over the `known` items, those on which both gains are known;
    on `win_wins` of them both gain. `themes` are the ids of the themes with a score, best first, and
    `best` is the best item of the first.
    """

    partner: State
    mean_fit: float
    known: int
    win_wins: int
    best: Item | None
    themes: tuple[str, ...]


@dataclass(frozen=True)
class Matches:
    """The partners of one state: `ranked`, and those of whom `too_little` is known, by name."""

    state: State
    as_of: dt.date
    ranked: tuple[Match, ...]
    too_little: tuple[Match, ...]


def matches(state: State, others: Iterable[State], context: Context, as_of: dt.date) -> Matches:
    """Rank partners by the mean fit over the items known to both.

    The mean, so that a long profile does not rank high by its length; a partner with fewer known
    items than `Method.match_minimum` is not ranked.

    Args:
        state: the state whose partners are ranked.
        others: the partners; the state itself is left out.
        context: taxonomy, groups and method.
        as_of: positions that lapsed before are left out.
    """
    found = [_match(state, other, context, as_of) for other in others if other.id != state.id]
    enough = [m for m in found if m.known >= context.method.match_minimum]
    little = [m for m in found if m.known < context.method.match_minimum]
    return Matches(
        state=state,
        as_of=as_of,
        ranked=tuple(sorted(enough, key=lambda m: (-round(m.mean_fit, 9), -m.known, m.partner.id))),
        too_little=tuple(sorted(little, key=lambda m: m.partner.id)),
    )


def _match(state: State, other: State, context: Context, as_of: dt.date) -> Match:
    pair = judge(state, other, context, as_of)
    # A lead is known on both sides only by what each does with others; it has no fit to average.
    known = pair.known & (pair.codes != LEAD)
    count = int(known.sum())
    themes = _themes(pair)
    return Match(
        partner=other,
        mean_fit=float(pair.fit[known].mean()) if count else 0.0,
        known=count,
        win_wins=int(pair.win_win.sum()),
        best=_best(pair, themes[0]) if themes else None,
        themes=themes,
    )


def _best(pair: Pair, theme: str) -> Item:
    """The best item of a theme."""
    slots = pair.context.slots
    start, end = slots.spans[[t.id for t in slots.themes].index(theme)]
    return item_at(pair, start + int(np.argmax(pair.fit[start:end])))


def _themes(pair: Pair) -> tuple[str, ...]:
    scored = zip(pair.context.slots.themes, theme_scores(pair), strict=True)
    ranked = sorted((-round(s.score, 9), -round(s.second, 9), t.id) for t, s in scored if s.score > 0)
    return tuple(theme for _, _, theme in ranked)
