"""What may be meant by a word that is not known.

Likeness is costly to find out, and a file may hold thousands of unknown words: for one file there is
work for about a hundred, and those behind them get no suggestion.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache

LEAST_LIKENESS = 0.6
"""A ratio of `difflib` from 0 to 1."""
ALMOST_AS_LIKE = 0.05
"""An option this much less like the word than the likeliest is named beside it."""
MOST_SUGGESTIONS = 3
MOST_CHARACTERS = 80
MOST_WORK = 4_000_000
"""Pairs of characters that are compared at most for one file: less than half a second."""
LEAST_WORK = 100
"""What an option costs whatever its length, counted in such pairs."""


class Hints:
    """Suggestions for the unknown words of one file."""

    def __init__(self) -> None:
        self._work = MOST_WORK

    @property
    def spent(self) -> bool:
        """Whether nothing more will be suggested."""
        return self._work <= 0

    def work(self, options: int) -> None:
        """Count the work of looking at so many options."""
        self._work -= LEAST_WORK * (1 + options)

    def near(self, given: str, options: Iterable[str]) -> str | None:
        """The option that is most like a word, None if no one is or the work is spent."""
        return next(iter(self.close(given, options)), None)

    def close(self, given: str, options: Iterable[str]) -> tuple[str, ...]:
        """The option that is most like a word and those almost as like it; none when the work is spent."""
        if self.spent or len(given) > MOST_CHARACTERS:
            return ()
        alike = tuple(sorted(option for option in options if _lengths_fit(len(given), len(option))))
        self.work(len(alike))
        self._work -= len(given) * sum(map(len, alike))
        return _nearest(given, alike)


@lru_cache(maxsize=4096)  # what one file gets wrong, others do too
def _nearest(given: str, options: tuple[str, ...]) -> tuple[str, ...]:
    found = difflib.get_close_matches(given, options, n=MOST_SUGGESTIONS, cutoff=LEAST_LIKENESS)
    likeness = [difflib.SequenceMatcher(None, option, given).ratio() for option in found]
    return tuple(
        option for option, like in zip(found, likeness, strict=True) if like >= likeness[0] - ALMOST_AS_LIKE
    )


def _lengths_fit(one: int, other: int) -> bool:
    """Whether words of these lengths can be alike at all."""
    return 2 * min(one, other) >= LEAST_LIKENESS * (one + other)
