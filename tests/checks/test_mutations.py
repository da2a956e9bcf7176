"""Shipped profiles are in order, and a defect put into one of them is found where it was put."""

from __future__ import annotations

import pytest

from partnerfit.checks import run
from tests.checks.lay import ALL
from tests.checks.mutations import MUTATORS, NOT_IN_A_PROFILE, Bench, measure

SHARE_FOUND = 0.95
SEED = 0


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """All shipped profiles, read once."""
    work = tmp_path_factory.mktemp("mutations") / "data"
    work.mkdir()
    return Bench(work)


def test_the_shipped_data_are_in_order(bench: Bench) -> None:
    report = run.check(bench.corpus, ALL)
    assert [str(problem) for problem in report.problems] == []
    assert report.incomplete == ()


def test_every_rule_for_profiles_has_a_mutator() -> None:
    assert set(MUTATORS) | set(NOT_IN_A_PROFILE) == set(run.RULES)
    assert set(MUTATORS).isdisjoint(NOT_IN_A_PROFILE)


@pytest.mark.parametrize("code", MUTATORS)
def test_a_defect_is_found_where_it_was_put(code: str, bench: Bench) -> None:
    score = measure(bench, code, SEED, most=1)
    assert len(score.profiles) >= SHARE_FOUND * len(bench.texts), "it applies to nearly all profiles"
    assert score.found >= SHARE_FOUND * score.made, "\n".join(score.missed)
