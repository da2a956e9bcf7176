"""Best partners for one state."""

from __future__ import annotations

import datetime as dt

import pytest

from partnerfit.scoring.matches import matches
from tests.build import context, measure, objective, state, themes

NAMES = [f"m{i}" for i in range(7)]
CONTEXT = context(themes(one=[measure(name) for name in NAMES]))
DAY = dt.date(2026, 11, 1)


def wishes(stance, *names, **more):
    return [objective(i, name, stance, **more) for i, name in enumerate(names)]


def found(partners):
    own = state("own", "AAA", wishes("seeks", *NAMES))
    return matches(own, [own, *partners], CONTEXT, DAY)


def test_partners_rank_by_the_mean_over_what_is_known_of_both():
    """Five offers at low priority: fit 100 * sqrt(1 * 1/3) = 57.7 each. Four at high and one that
    resists: mean 400 / 5 = 80. A longer profile with seven low offers has the mean 57.7 all the same."""
    low = state("low", "BBB", wishes("offers", *NAMES[:5], priority="low"))
    torn = state("torn", "CCC", [*wishes("offers", *NAMES[:4]), objective(9, "m4", "resists")])
    long = state("long", "DDD", wishes("offers", *NAMES, priority="low"))
    result = found([low, torn, long])
    assert [(m.partner.id, m.known, m.win_wins) for m in result.ranked] == [
        ("torn", 5, 4),
        ("long", 7, 7),
        ("low", 5, 5),
    ]
    assert [m.mean_fit for m in result.ranked] == pytest.approx([80, 57.735, 57.735], abs=0.001)
    assert result.too_little == ()


def test_fewer_than_five_known_items_are_too_little():
    few = state("few", "BBB", wishes("offers", *NAMES[:4]))
    none = state("none", "CCC", wishes("seeks", *NAMES))
    result = found([none, few])
    assert result.ranked == ()
    assert [(m.partner.id, m.known) for m in result.too_little] == [("few", 4), ("none", 0)]


def test_a_lead_has_no_fit_to_average():
    """Six measures that each does with others only, and five offers to all."""
    own = state("own", "AAA", wishes("seeks", *NAMES, towards=["CCC"]))
    other = state("other", "BBB", wishes("offers", *NAMES, towards=["CCC"]))
    result = matches(own, [other], CONTEXT, DAY)
    assert [m.known for m in result.too_little] == [0]


def test_the_best_measure_and_themes_are_named():
    match = found([state("b", "BBB", wishes("offers", *NAMES[:5]))]).ranked[0]
    assert match.themes == ("one",)
    assert (match.best.measure.id, match.best.provider, match.best.fit) == ("m0", "b", 100)


def test_every_state_of_the_data_is_matched_with_every_other(catalogue):
    states = [catalogue.state(name) for name in catalogue.state_ids]
    for own in states:
        result = matches(own, states, catalogue.context(), own.reviewed)
        assert len(result.ranked) + len(result.too_little) == len(states) - 1
