"""Which package two sides choose: the rules by hand, against enumeration, and what never changes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerfit.scoring import bargain
from partnerfit.scoring.bargain import Table
from partnerfit.scoring.requirements import Requirement
from tests.scoring import enumeration
from tests.scoring.strategies import KERNEL, PAIRS


def table(gains, requirements=(), measures=None, **more):
    """What can be agreed; each item has a measure of its own unless said otherwise."""
    gains = np.array(gains, dtype=float).reshape(-1, 2)
    names = tuple(measures or (f"m{i}" for i in range(len(gains))))
    return Table(gains, tuple(requirements), names, np.ones(len(gains), dtype=bool), **more)


def items(members):
    return set(map(int, np.flatnonzero(members)))


# --- by hand --------------------------------------------------------------------------------------------


def test_without_concessions_there_are_all_win_wins():
    assert items(table([[1, 1], [0.2, 0.1], [1, -1], [1, 0]]).no_concessions()) == {0, 1}


def test_a_win_win_that_requires_a_concession_is_no_part_of_it():
    """And what requires that win-win goes with it; a ring of win-wins stays."""
    chain = [Requirement(0, (1,)), Requirement(1, (2,))]
    assert items(table([[1, 1], [1, 1], [1, -1]], chain).no_concessions()) == set()
    ring = [Requirement(0, (1,)), Requirement(1, (0,))]
    assert items(table([[1, 1], [1, 1], [1, -1]], ring).no_concessions()) == {0, 1}


def test_a_swap_that_leaves_both_better_off_is_in_the_balanced_package():
    """(1, -1/3) and (-2/3, 1) come to (1/3, 2/3); each alone costs one side."""
    choice = bargain.choice(table([[1, 1], [1, -1 / 3], [-2 / 3, 1]]))
    assert items(choice.balanced()) == {0, 1, 2}


def test_a_win_win_pays_for_no_concession():
    """Over zero, {0, 1} has the larger product, 1.6 x .7; but the second side is worse off than without."""
    one = table([[0.8, 0.8], [0.8, -0.1]])
    assert 1.6 * 0.7 > 0.8 * 0.8
    assert items(bargain.choice(one).balanced()) == {0}


def test_a_side_that_gains_nothing_concedes_nothing():
    """Both have to gain: a swap that leaves one side as it was is not admitted."""
    assert items(bargain.choice(table([[1, -1], [-0.5, 1]])).balanced()) == set()


def test_a_concession_can_make_a_win_win_possible():
    """The win-win (1, 1) requires (-0.5, 0.2): together (0.5, 1.2)."""
    assert items(bargain.choice(table([[1, 1], [-0.5, 0.2]], [Requirement(0, (1,))])).balanced()) == {0, 1}


# With at most two measures: (1.2, .2), (1, .3) and (.5, .5), the first item with one of the others.
THREE = [[2, -1.8], [-0.8, 2], [-1, 2.1], [-1.5, 2.3]]


def test_three_ideas_of_fairness_choose_differently():
    """Over nothing: (1.2, .2) is .24, (1, .3) is .3, (.5, .5) is .25: the second is balanced.

    The most each could gain is 1.2 and .5: shares (1, .4), (.83, .6), (.42, 1): Kalai-Smorodinsky takes
    the second as well. The most equal one by shares of 2 and 2: (.5, .25), the third.
    """
    choice = bargain.choice(table(THREE), at_most=2)
    assert items(choice.balanced()) == {0, 2}
    assert items(choice.kalai_smorodinsky()) == {0, 2}
    assert items(choice.most_equal(np.array([2.0, 2.0]))) == {0, 3}


def test_kalai_smorodinsky_looks_at_what_each_could_gain():
    """Over nothing: (1.2, .2) is .24, (.55, .45) is .2475, (.4, .7) is .28: the third is balanced.

    The most each could gain is 1.2 and .7: shares (1, .29), (.46, .64), (.33, 1): the second.
    """
    gains = [[2, -1.8], [-0.8, 2], [-1.45, 2.25], [-1.6, 2.5]]
    choice = bargain.choice(table(gains), at_most=2)
    assert items(choice.balanced()) == {0, 3}
    assert items(choice.kalai_smorodinsky()) == {0, 2}


def test_the_nearest_more_balanced_package():
    """Shares of (2, 2): (.6, .1), (.5, .15), (.25, .25). From the first, a balance of .25 is nearest in the
    second (.3), one of .5 only in the third (1). Nothing is more balanced than that one."""
    choice = bargain.choice(table(THREE), at_most=2)
    ideal = np.array([2.0, 2.0])
    (first,) = (row for row in choice.members if items(row) == {0, 1})
    (third,) = (row for row in choice.members if items(row) == {0, 3})
    assert items(choice.more_balanced(first, ideal, 0.25)) == {0, 2}
    assert items(choice.more_balanced(first, ideal, 0.5)) == {0, 3}
    assert choice.more_balanced(third, ideal, 0.5) is None


def test_where_no_package_is_balanced_enough_the_most_balanced_one_is_given():
    choice = bargain.choice(table(THREE), at_most=2)
    (first,) = (row for row in choice.members if items(row) == {0, 1})
    assert items(choice.more_balanced(first, np.array([2.0, 8.0]), 0.9)) == {0, 3}


def test_a_short_package_is_weighed_against_a_short_one_without_concessions():
    """Of three win-wins two remain, by product: (.9, .9) and (.2, .8), 1.1 x 1.7, not 1.2 x 1.5.

    The swap, (.5, .5), takes two of two measures: less than (1.1, 1.7). Of five it takes what is left.
    """
    one = table([[0.9, 0.9], [0.3, 0.6], [0.2, 0.8], [1, -0.5], [-0.5, 1]])
    assert items(bargain.choice(one, at_most=2).reference) == {0, 2}
    assert items(bargain.choice(one, at_most=2).balanced()) == {0, 2}
    assert items(bargain.choice(one, at_most=3).reference) == {0, 1, 2}
    assert items(bargain.choice(one, at_most=5).balanced()) == {0, 1, 2, 3, 4}


def test_what_has_to_be_in_is_in_or_nothing_is_conceded():
    swap = table([[0.5, 0.5], [1, -0.5], [-0.5, 1], [-0.2, 0.3]])
    assert items(bargain.choice(swap).balanced()) == {0, 1, 2}
    assert items(bargain.choice(replace(swap, musts=((3,),))).balanced()) == {0, 1, 2, 3}
    assert items(bargain.choice(replace(swap, musts=((3,), (1,), (2,)))).balanced()) == {0, 1, 2, 3}
    lost = table([[0.5, 0.5], [-0.2, 0.3]], musts=((1,),))
    assert items(bargain.choice(lost).balanced()) == {0}


def test_the_ideal_is_the_most_a_side_could_get_from_any_package():
    """The second side would concede (1, -1), but (0.5, 0.5) only together with (-0.2, 0.1)."""
    one = table([[1, -1], [0.5, 0.5], [-0.2, 0.1]], [Requirement(1, (2,))])
    assert bargain.ideal(one).tolist() == pytest.approx([1.3, 0.6])


@pytest.mark.parametrize(
    ("concessions", "purses", "paid"),
    [
        ([(0, 0.5)], [[(1, 1.0), (2, 0.6)]], {0: (2,)}),  # the smallest that covers it
        ([(0, 0.5)], [[(1, 0.3), (2, 0.4)]], {0: (2, 1)}),  # none covers it: the largest, then the rest
        ([(0, 0.3), (1, 0.5)], [[(2, 0.9)]], {1: (2,), 0: (2,)}),  # what is left over pays for others
        ([(0, 0.5)], [[(1, 0.5)], [(2, 0.5)]], {0: (1,)}),  # the first purse first
        ([(0, 0.5)], [[], [(2, 0.6)]], {0: (2,)}),
        ([(0, 0.5)], [[(1, 0.2)], [(2, 0.6)]], {0: (1, 2)}),
        ([], [[(1, 1.0)]], {}),
    ],
)
def test_what_pays_for_what(concessions, purses, paid):
    assert bargain.payments(concessions, *purses) == paid


# --- properties -----------------------------------------------------------------------------------------

SIXTIETHS = st.integers(-60, 60).map(lambda number: Fraction(number, 60))
SIZES = st.sampled_from([Fraction(n, 3) for n in (-3, -2, -1, 1, 2, 3)])


@st.composite
def tables(draw, sizes=SIXTIETHS, most=8):
    gains = draw(st.lists(st.tuples(sizes, sizes), min_size=1, max_size=most))
    places = st.integers(0, len(gains) - 1)
    rules = st.builds(Requirement, places, st.lists(places, max_size=3).map(tuple))
    return gains, tuple(draw(st.lists(rules, max_size=4)))


@KERNEL
@given(st.one_of(tables(), tables(SIZES)))
def test_the_balanced_package_is_that_of_full_enumeration(problem):
    """In exact arithmetic over all packages, ties included."""
    gains, requirements = problem
    found = bargain.choice(table(gains, requirements)).balanced()
    assert items(found) == enumeration.balanced(gains, requirements)


@PAIRS
@given(tables(SIZES))
def test_the_order_in_which_the_sides_are_named_plays_no_part(problem):
    gains, requirements = problem
    one, other = (bargain.choice(table(g, requirements)) for g in (gains, [(b, a) for a, b in gains]))
    assert items(one.balanced()) == items(other.balanced())
    assert items(one.kalai_smorodinsky()) == items(other.kalai_smorodinsky())
    ideals = [bargain.ideal(c.table) for c in (one, other)]
    assert items(one.most_equal(ideals[0])) == items(other.most_equal(ideals[1]))


@PAIRS
@given(st.one_of(tables(), tables(SIZES)), st.integers(1, 30))
def test_a_side_that_rates_all_higher_changes_no_package(problem, factor):
    gains, requirements = problem
    scaled = [(a * Fraction(factor, 7), b) for a, b in gains]
    for at_most in (None, 3):
        one, other = (bargain.choice(table(g, requirements), at_most=at_most) for g in (gains, scaled))
        assert items(one.reference) == items(other.reference)
        assert items(one.balanced()) == items(other.balanced())
        assert items(one.kalai_smorodinsky()) == items(other.kalai_smorodinsky())
        ideals = [bargain.ideal(c.table) for c in (one, other)]
        assert items(one.most_equal(ideals[0])) == items(other.most_equal(ideals[1]))


@PAIRS
@given(tables(most=12), st.integers(1, 5))
def test_no_side_is_worse_off_and_every_concession_is_paid_for(problem, at_most):
    gains, requirements = problem
    one = table(gains, requirements)
    for choice in (bargain.choice(one), bargain.choice(one, at_most=at_most)):
        for found in (choice.balanced(), choice.kalai_smorodinsky(), choice.most_equal(bargain.ideal(one))):
            assert one.meets(found)
            utility = one.sums(found)
            if items(found) == items(choice.reference):
                assert not (one.gains[found] < 0).any()
                continue
            assert (utility > choice.floor).all()
            new = found & ~choice.reference
            for side in (0, 1):
                conceded = [(k, -one.gains[k, side]) for k in items(new) if one.gains[k, side] < 0]
                gained = [(k, one.gains[k, side]) for k in items(new) if one.gains[k, side] > 0]
                paid = bargain.payments(conceded, gained)
                assert all(paid[k] for k, _ in conceded)


def test_thousands_of_packages_are_the_best_of_all():
    """The product, the smaller share and the larger one are those of the best of all packages."""
    rng = np.random.default_rng(7)
    for _ in range(1000):
        gains, requirements, measures, _ = enumeration.instance(rng, 11)
        requirements = [r for r in requirements if r.item is not None]
        one = table(gains, requirements, measures)
        choice = bargain.choice(one)
        assert items(choice.reference) == enumeration.no_concessions(gains, requirements)
        values = enumeration.feasible(len(gains), requirements) @ gains
        admitted = values[(values > choice.floor + 1e-9).all(axis=1)]
        ideal = bargain.ideal(one)
        assert ideal == pytest.approx(values.max(axis=0, initial=0))
        if not len(admitted):
            assert items(choice.balanced()) == items(choice.reference)
            continue
        assert product(one, choice.balanced(), choice.floor) == pytest.approx(best(admitted, choice.floor))
        most = values[(values >= choice.floor - 1e-9).all(axis=1)].max(axis=0)
        for found, start, end in (
            (choice.most_equal(ideal), 0, ideal),
            (choice.kalai_smorodinsky(), choice.floor, most),
        ):
            shares = np.sort((one.sums(found) - start) / (end - start))
            everyone = np.sort((admitted - start) / (end - start), axis=1)
            assert shares[0] == pytest.approx(everyone[:, 0].max())
            assert shares[1] == pytest.approx(everyone[everyone[:, 0] >= shares[0] - 1e-9, 1].max())


def test_thousands_of_short_packages_are_the_best_of_their_length():
    """First among those without concessions, then among those that beat that one for both."""
    rng = np.random.default_rng(8)
    for _ in range(1000):
        gains, requirements, measures, at_most = enumeration.instance(rng, 10)
        requirements = [r for r in requirements if r.item is not None]
        one = table(gains, requirements, measures)
        choice = bargain.choice(one, at_most=at_most)
        short = enumeration.feasible(len(gains), requirements, one.measures, at_most)
        costless = short[~short[:, ~both_gain(one)].any(axis=1)] @ gains
        full = one.sums(one.no_concessions())
        if not (costless >= full - 1e-9).all(axis=1).any():
            assert product(one, choice.reference) == pytest.approx(best(costless))
        admitted = (short @ gains)[(short @ gains > choice.floor + 1e-9).all(axis=1)]
        assert product(one, choice.balanced(), choice.floor) == pytest.approx(best(admitted, choice.floor))


def both_gain(one):
    """The items from which both gain."""
    return (one.gains > 0).all(axis=1)


def product(one, members, floor=0):
    return (one.sums(members) - floor).prod()


def best(values, floor=0):
    """The largest product over a reference point, 0 where there is no package."""
    return (values - floor).prod(axis=1).max(initial=0)


def test_a_limited_search_still_leaves_no_side_worse_off():
    rng = np.random.default_rng(8)
    one = table(rng.uniform(-1, 1, (40, 2)), most_labels=10)
    choice = bargain.choice(one)
    assert choice.limit == "labels"
    assert (one.sums(choice.balanced()) >= choice.floor).all()
