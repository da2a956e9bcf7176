"""The frontier of packages: by hand, against enumeration, and at its limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerfit.scoring.frontier import frontier
from partnerfit.scoring.requirements import Requirement
from tests.scoring import enumeration
from tests.scoring.strategies import KERNEL, PAIRS


def chosen(found):
    """The items of each package."""
    return [set(map(int, np.flatnonzero(row))) for row in found.members]


def array(*gains):
    return np.array(gains, dtype=float).reshape(-1, 2)


# --- by hand --------------------------------------------------------------------------------------------


def test_a_trade_item_is_taken_or_left():
    """A win-win (1, 1) is always in; (2, -1) is not dominated, nor is doing without: (3, 0) and (1, 1)."""
    found = frontier(array([1, 1], [2, -1]))
    assert found.values.tolist() == [[3, 0], [1, 1]]
    assert chosen(found) == [{0, 1}, {0}]
    assert found.exact
    assert found.limit is None


def test_what_costs_one_side_and_brings_nothing_is_never_in():
    assert chosen(frontier(array([0, -1], [-1, -1], [0, 0]))) == [set()]


def test_without_items_there_is_the_empty_package():
    found = frontier(array())
    assert found.values.tolist() == [[0, 0]]
    assert found.members.shape == (1, 0)


def test_what_is_required_comes_along():
    """(1, 1) requires (-0.5, 0): alone it may not be, together they are (0.5, 1)."""
    found = frontier(array([1, 1], [-0.5, 0]), [Requirement(0, (1,))])
    assert found.values.tolist() == [[0.5, 1]]
    assert chosen(found) == [{0, 1}]


def test_one_of_several_is_enough():
    """Both (-0.5, 0) and (-0.4, 0) would do: the cheaper one is taken."""
    found = frontier(array([1, 1], [-0.5, 0], [-0.4, 0]), [Requirement(0, (1, 2))])
    assert chosen(found) == [{0, 2}]


def test_items_that_require_each_other_come_together_or_not_at_all():
    ring = [Requirement(0, (1,)), Requirement(1, (2,)), Requirement(2, (0,))]
    assert chosen(frontier(array([1, 1], [-0.5, 0], [0.1, -0.2]), ring)) == [{0, 1, 2}]
    assert chosen(frontier(array([0.1, 0.1], [-0.5, 0], [0.1, -0.2]), ring)) == [set()]


def test_what_nothing_can_meet_is_out():
    assert chosen(frontier(array([1, 1], [0.5, 0.5]), [Requirement(0, ())])) == [{1}]


def test_what_is_required_in_any_case_is_always_in():
    """One of the two losing items has to be in."""
    found = frontier(array([1, 1], [-1, 0], [0, -1]), [Requirement(None, (1, 2))])
    assert chosen(found) == [{0, 2}, {0, 1}]
    assert len(frontier(array([1, 1]), [Requirement(None, ())]).values) == 0


def test_both_directions_of_a_measure_count_once():
    gains, measures = array([0.5, 0.5], [0.5, 0.5], [0.9, 0.9]), ("a", "a", "b")
    assert chosen(frontier(gains, measures=measures, at_most=1)) == [{0, 1}]
    assert chosen(frontier(gains, measures=measures, at_most=0)) == [set()]
    assert chosen(frontier(gains, measures=measures, at_most=2)) == [{0, 1, 2}]
    assert chosen(frontier(gains, measures=measures, at_most=1000)) == [{0, 1, 2}]


def test_ties_go_to_fewer_concessions_then_fewer_items_then_the_first():
    # (1, 1) from the two directions of one measure, or from a win-win on another.
    at_stake = array([2, -1], [-1, 2], [1, 1])
    assert {2} in chosen(frontier(at_stake, measures="aab", at_most=1))
    assert {0, 1} not in chosen(frontier(at_stake, measures="aab", at_most=1))
    # Two items of the same gains: the first.
    twins = array([1, -0.5], [1, -0.5], [-0.5, 1])
    assert {0, 2} in chosen(frontier(twins))
    assert {1, 2} not in chosen(frontier(twins))
    # One item of (1, -0.5), or two of half its gains.
    split = array([0.5, -0.25], [0.5, -0.25], [1, -0.5])
    assert {2} in chosen(frontier(split))
    assert {0, 1} not in chosen(frontier(split))


def test_rounding_errors_do_not_decide():
    """Three thirds are one: of the two ways to the same sums the one with fewer items is given."""
    third = 1 / 3
    gains = array([0.1, -third], [0.2, -third], [0.3, -third], [0.1 + 0.2 + 0.3, -1])
    assert {3} in chosen(frontier(gains))
    assert {0, 1, 2} not in chosen(frontier(gains))


# --- against enumeration --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "most", "at_once", "seed"), [(700, 10, 8, 1), (900, 8, 0, 2), (200, 15, 8, 3), (100, 15, 0, 4)]
)
def test_the_frontier_is_that_of_full_enumeration(number, most, at_once, seed, monkeypatch):
    """The same sums, and of equal ones the same package; with and without a limit on measures.

    Of a few items all subsets are formed `at_once`, else items are added one by one.
    """
    monkeypatch.setattr("partnerfit.scoring.frontier._AT_ONCE", at_once)
    rng = np.random.default_rng(seed)
    for _ in range(number):
        gains, requirements, measures, at_most = enumeration.instance(rng, most)
        for limit in (None, at_most):
            found = frontier(gains, requirements, measures=measures, at_most=limit)
            values, members = enumeration.best(gains, requirements, measures, limit)
            assert found.exact
            assert found.values == pytest.approx(values)
            assert found.members.tolist() == members.tolist()


SIXTIETHS = st.integers(-60, 60).map(lambda number: number / 60)


@st.composite
def problems(draw):
    gains = draw(st.lists(st.tuples(SIXTIETHS, SIXTIETHS), min_size=1, max_size=9))
    items = st.integers(0, len(gains) - 1)
    rules = st.builds(Requirement, items, st.lists(items, max_size=3).map(tuple))
    return array(*gains), draw(st.lists(rules, max_size=5))


@KERNEL
@given(problems())
def test_naming_the_sides_the_other_way_round_turns_the_frontier_round(problem):
    gains, requirements = problem
    one, other = frontier(gains, requirements), frontier(gains[:, ::-1], requirements)
    assert other.values[::-1, ::-1].tolist() == one.values.tolist()
    assert other.members[::-1].tolist() == one.members.tolist()


@PAIRS
@given(problems(), st.integers(1, 50))
def test_multiplying_the_gains_of_a_side_changes_no_package(problem, factor):
    gains, requirements = problem
    scaled = frontier(gains * [factor / 7, 1], requirements)
    assert scaled.members.tolist() == frontier(gains, requirements).members.tolist()


# --- limits ---------------------------------------------------------------------------------------------


def test_too_many_labels_give_the_best_found_and_say_so():
    rng = np.random.default_rng(4)
    gains = rng.uniform(-1, 1, (40, 2))
    requirements = [Requirement(int(i), (int(i) + 1, int(i) + 2)) for i in range(0, 30, 5)]
    full, short = frontier(gains, requirements), frontier(gains, requirements, most_labels=20)
    assert full.exact
    assert not short.exact
    assert short.limit == "labels"
    assert 0 < len(short.values) <= 20
    for row, values in zip(short.members, short.values, strict=True):
        assert values == pytest.approx(gains[row].sum(axis=0))
        assert all(not row[r.item] or row[list(r.any_of)].any() for r in requirements)
        assert (full.values >= values - 1e-9).all(axis=1).any()


def test_sums_of_two_long_lists_are_limited_too():
    rng = np.random.default_rng(5)
    gains = rng.uniform(-1, 1, (60, 2))
    gains[:, 1] = -np.sign(gains[:, 0]) * np.abs(gains[:, 1])
    linked = [Requirement(int(i), (59,)) for i in range(30, 59)]
    found = frontier(gains, linked, most_labels=50)
    assert found.limit == "labels"
    assert 0 < len(found.values) <= 50


def test_too_many_linked_requirements_give_the_best_found_and_say_so():
    """A chain of 40 items, each of which requires the next: only so many can be kept apart."""
    gains = np.full((41, 2), 0.5)
    found = frontier(gains, [Requirement(i, (i + 1,)) for i in range(40)])
    assert found.limit == "requirements"
    assert not found.exact
    for row in found.members:
        assert all(not row[i] or row[i + 1] for i in range(40))


def test_a_hundred_items_linked_to_one_another_are_still_exact():
    """Requirements are remembered only while they matter."""
    rng = np.random.default_rng(6)
    gains = rng.uniform(-1, 1, (100, 2))
    requirements = [Requirement(4 * i, (4 * i + 1, 4 * i + 4)) for i in range(24)]
    assert frontier(gains, requirements).exact
