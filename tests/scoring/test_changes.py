"""What a change of data does to scores."""

from __future__ import annotations

import pytest

from partnerfit.scoring.changes import Edition, changes
from partnerfit.scoring.method import Method
from tests.build import context, measure, objective, state, themes

TAXONOMY = themes(one=[measure("aa")], two=[measure("bb")])


def edition(method=None, **priorities):
    """Arda seeks aa and bb; each other state offers aa at the priority given."""
    states = {"arda": state("arda", "AAA", [objective(1, "aa", "seeks"), objective(2, "bb", "seeks")])}
    for name, priority in priorities.items():
        states[name] = state(name, name[:3].upper(), [objective(1, "aa", "offers", priority)])
    return Edition(states, context(TAXONOMY, method=method))


def test_the_pairs_of_a_changed_state_are_scored_in_both():
    """bree goes from low to high: 0.75 * 57.7 = 43.3 becomes 75, promising becomes win-win; ceto stays."""
    found = changes(edition(bree="low", ceto="low"), edition(bree="high", ceto="low"))
    assert (found.changed, found.touched) == (("bree",), 2)
    (change,) = found.themes
    assert (change.pair, change.theme.id) == (("arda", "bree"), "one")
    assert (change.before.score, change.after.score) == pytest.approx((43.301, 75), abs=0.001)
    assert change.difference == pytest.approx(31.699, abs=0.001)
    assert (change.before.assessment, change.after.assessment) == ("promising", "win-win")


def test_nothing_changed_touches_nothing():
    found = changes(edition(bree="low"), edition(bree="low"))
    assert (found.changed, found.touched, found.themes) == ((), 0, ())


def test_states_that_come_and_go_are_named():
    found = changes(edition(bree="low"), edition(ceto="low"))
    assert (found.added, found.removed, found.touched) == (("ceto",), ("bree",), 0)


def test_a_changed_method_touches_all_pairs():
    """With best_weight 1 a single fit counts in full: 57.7 instead of 43.3."""
    found = changes(edition(bree="low"), edition(Method(best_weight=1.0), bree="low"))
    assert (found.changed, found.touched) == ((), 1)
    assert [round(c.difference, 1) for c in found.themes] == [14.4]


def test_the_largest_change_comes_first_and_pairs_can_be_chosen():
    before, after = edition(bree="low", ceto="medium"), edition(bree="high", ceto="high")
    assert [c.pair for c in changes(before, after).themes] == [("arda", "bree"), ("arda", "ceto")]
    assert [c.pair for c in changes(before, after, ("ceto",)).themes] == [("arda", "ceto")]
    assert changes(before, after, ("bree", "ceto")).themes == ()
