"""What a change of data or method does to the scores of the pairs it touches."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from partnerfit.model import State, Theme
from partnerfit.scoring.method import Context, newest
from partnerfit.scoring.pair import ThemeScore, judge, theme_scores

Pairing = tuple[str, str]


@dataclass(frozen=True)
class Edition:
    """All profiles by id, and what they are judged against, at one time."""

    states: Mapping[str, State]
    context: Context


@dataclass(frozen=True)
class ThemeChange:
    """A theme whose score, tension, price or assessment differs for a pair, named by both ids."""

    pair: Pairing
    theme: Theme
    before: ThemeScore
    after: ThemeScore

    @property
    def difference(self) -> float:
        """Score after less score before, -100 to 100."""
        return self.after.score - self.before.score


@dataclass(frozen=True)
class Changes:
    """The difference between two editions.

    `touched` pairs were scored in both; `added` and `removed` states have no earlier or later score.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    touched: int
    themes: tuple[ThemeChange, ...]


def changes(before: Edition, after: Edition, only: tuple[str, ...] = ()) -> Changes:
    """Score every touched pair in both editions; themes that differ, the largest difference first.

    Both are scored as of the newest review in either, so that only the data differ.

    Args:
        before: the earlier edition.
        after: the later one.
        only: ids of states that a pair has to hold; none, one or two.
    """
    both = sorted(before.states.keys() & after.states.keys())
    changed = tuple(state for state in both if before.states[state] != after.states[state])
    rules = before.context != after.context
    pairs = [
        (a, b)
        for a, b in itertools.combinations(both, 2)
        if {a, b} >= set(only)
        if rules or a in changed or b in changed
    ]
    found = [change for both_ids in pairs for change in _pair_changes(both_ids, before, after)]
    found.sort(key=lambda c: (-abs(round(c.difference, 9)), c.pair, c.theme.id))
    return Changes(
        added=tuple(sorted(after.states.keys() - before.states.keys())),
        removed=tuple(sorted(before.states.keys() - after.states.keys())),
        changed=changed,
        touched=len(pairs),
        themes=tuple(found),
    )


def _pair_changes(pair: Pairing, before: Edition, after: Edition) -> Iterator[ThemeChange]:
    as_of = newest(*(edition.states[state].reviewed for edition in (before, after) for state in pair))
    old, new = (_scores(pair, edition, as_of) for edition in (before, after))
    for theme in after.context.slots.themes:
        if theme.id not in old:
            continue
        then, now = old[theme.id], new[theme.id]
        if _rounded(then) != _rounded(now):
            yield ThemeChange(pair, theme, then, now)


def _rounded(score: ThemeScore) -> tuple[object, ...]:
    """What a reader sees of a theme."""
    return (round(score.score, 1), round(score.tension, 1), round(score.price, 1), score.assessment)


def _scores(pair: Pairing, edition: Edition, as_of: dt.date) -> dict[str, ThemeScore]:
    a, b = (edition.states[state] for state in pair)
    scores = theme_scores(judge(a, b, edition.context, as_of))
    return dict(zip((theme.id for theme in edition.context.slots.themes), scores, strict=True))
