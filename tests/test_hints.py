"""Suggestions: what is most like a word, and an end to looking for it."""

from __future__ import annotations

import difflib

from hypothesis import given
from hypothesis import strategies as st

from partnerfit.hints import LEAST_LIKENESS, MOST_CHARACTERS, Hints

words = st.text("abc-", max_size=12)


def test_the_nearest_is_suggested() -> None:
    assert (
        Hints().near("visa-facilitatoin", ["visa-facilitation", "visa-liberalisation"]) == "visa-facilitation"
    )
    assert Hints().near("jobs", ["visas"]) is None
    assert Hints().near("x", []) is None


@given(words, st.lists(words, max_size=6))
def test_it_is_what_difflib_finds(given_word: str, options: list[str]) -> None:
    found = difflib.get_close_matches(given_word, sorted(options), n=1, cutoff=LEAST_LIKENESS)
    assert Hints().near(given_word, options) == next(iter(found), None)


def test_a_long_word_gets_none() -> None:
    assert Hints().near("a" * MOST_CHARACTERS, ["a" * MOST_CHARACTERS]) is not None
    assert Hints().near("a" * (MOST_CHARACTERS + 1), ["a" * MOST_CHARACTERS]) is None


def test_the_work_for_a_file_has_an_end() -> None:
    hints = Hints()
    options = [f"visa-facilitation-{i}" for i in range(100)]
    told = [hints.near("visa-facilitation", options) is not None for _ in range(500)]
    assert 50 < told.index(False) < 200
    assert not any(told[told.index(False) :])
    assert hints.spent
