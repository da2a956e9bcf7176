"""The numbers of the model, and how groups address states."""

from __future__ import annotations

import datetime as dt

import pytest

from partnerfit.scoring.method import ByLevel, Method, newest
from tests.build import context, groups, measure, themes
from tests.scoring.pairs import AREA, GROUPS

TAXONOMY = themes(one=[measure("give")], two=[measure("join", "joint")])


@pytest.mark.parametrize(("level", "size"), [("high", 1), ("medium", 2 / 3), ("low", 1 / 3)])
def test_a_priority_is_worth_its_level_over_three(level, size):
    """low 1, medium 2, high 3, divided by 3."""
    assert Method().size(level) == pytest.approx(size)


def test_other_levels_are_measured_by_the_highest():
    """Levels 10, 4, 1: a medium is worth 4 / 10."""
    assert Method(priority=ByLevel(10, 4, 1)).size("medium") == pytest.approx(0.4)


def test_the_defaults_are_those_of_the_method():
    """As written in docs/method.md: .8 and .5, half elsewhere, .75 / .25, 50 / 60 / 30 / 25 / 25, 5 to 95."""
    method = Method()
    assert (method.feasibility_minor, method.feasibility_major, method.elsewhere) == (0.8, 0.5, 0.5)
    assert method.best_weight == 0.75
    assert (method.opening_tension, method.win_win_fit, method.promising_fit) == (50, 60, 30)
    assert (method.contested_tension, method.negotiable_price) == (25, 25)
    assert method.jitter == ByLevel(0.25, 0.5, 1.0)
    assert method.stance_doubt == ByLevel(0.02, 0.10, 0.25)
    assert (method.range_low, method.range_high) == (5, 95)
    assert (method.short_package, method.one_sided) == (5, 0.5)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"range_low": 95, "range_high": 95}, "range_low"),
        ({"priority": ByLevel(1, 2, 3)}, "rise from low to high"),
        ({"priority": ByLevel(0, 0, 0)}, "high is above 0"),
        ({"stance_doubt": ByLevel(0, 0, 1.1)}, "at most 1"),
    ],
)
def test_numbers_that_make_no_sense_together_are_refused(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        Method(**change)


@pytest.mark.parametrize(
    ("code", "members"),
    [
        ("CLUB", {"AAA", "BBB"}),
        ("EU", {"AAA", "BBB"}),
        ("EU-MEMBERS", {"AAA", "BBB"}),
        ("FAR", {"CCC"}),
        ("nowhere", set()),
    ],
)
def test_members_of_a_group(code, members):
    assert context(TAXONOMY, GROUPS).members(code) == members


@pytest.mark.parametrize(
    ("code", "addressed", "as_body"),
    [
        ("CLUB", True, False),  # an ordinary group addresses its members
        ("EU", False, True),  # an institution is addressed as a body
        ("EU-MEMBERS", True, False),  # the members of the institution, one by one
        ("FAR", False, False),  # a group of others
        ("nowhere", False, False),  # a code without a group, such as that of a state
    ],
)
def test_an_institution_is_no_way_to_address_its_members(code, addressed, as_body):
    known = context(TAXONOMY, GROUPS)
    assert known.addresses(code, "AAA") is addressed
    assert known.speaks_to_body_of(code, "AAA") is as_body


def test_a_free_movement_area_holds_both_states():
    known = context(TAXONOMY, AREA)
    assert known.free_movement("AAA", "BBB").code == "ZONE"
    assert known.free_movement("BBB", "AAA").code == "ZONE"
    assert known.free_movement("AAA", "CCC") is None


def test_a_common_group_without_the_flag_is_no_free_movement_area():
    known = context(TAXONOMY, groups({"code": "CLUB", "members": ["AAA", "BBB"]}))
    assert known.free_movement("AAA", "BBB") is None


def test_a_measure_and_its_theme_are_found_by_id():
    known = context(TAXONOMY)
    assert known.measure("join").mode == "joint"
    assert known.theme_of("join").id == "two"


def test_the_newest_of_some_reviews_counts():
    assert newest(dt.date(2026, 1, 2), dt.date(2026, 3, 1), dt.date(2025, 12, 31)) == dt.date(2026, 3, 1)
