"""Which objectives count for a partner, and what gain they give."""

from __future__ import annotations

import datetime as dt

import pytest

from partnerfit.scoring.method import Method
from partnerfit.scoring.positions import reach, resolve
from tests.build import constraint, context, measure, objective, state, themes
from tests.scoring.pairs import AREA, GROUPS, a_limit, a_wish, stand

TAXONOMY = themes(
    one=[measure("give"), measure("other"), measure("join", "joint")],
    two=[measure("far")],
)
CONTEXT = context(TAXONOMY, GROUPS)
PARTNER = state("bree", "BBB")


def of(*objectives, constraints=(), measure_id="give", role="receiver", known=CONTEXT, **options):
    """Where a state with these objectives stands towards the partner."""
    return stand(state("arda", "AAA", objectives, constraints), PARTNER, known, measure_id, role, **options)


# --- roles and signs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure_id", "stance", "role", "gain"),
    [
        ("give", "seeks", "receiver", 2 / 3),
        ("give", "declines", "receiver", -2 / 3),
        ("give", "offers", "provider", 2 / 3),
        ("give", "accepts", "provider", -2 / 3),
        ("give", "resists", "provider", -2 / 3),
        ("join", "supports", None, 2 / 3),
        ("join", "resists", None, -2 / 3),
    ],
)
def test_stance_gives_role_and_sign(measure_id, stance, role, gain):
    """sign * priority / 3, here 2 / 3 for a medium priority."""
    position = of(objective(1, measure_id, stance, "medium"), measure_id=measure_id, role=role)
    assert position.gain == pytest.approx(gain)


@pytest.mark.parametrize(("priority", "gain"), [("high", 1), ("medium", 2 / 3), ("low", 1 / 3)])
def test_gain_is_priority_over_three(priority, gain):
    """3 / 3, 2 / 3, 1 / 3."""
    assert of(objective(1, "give", "seeks", priority)).gain == pytest.approx(gain)


def test_an_objective_says_nothing_on_the_other_role():
    position = of(objective(1, "give", "seeks"), role="provider")
    assert position.gain is None
    assert position.basis is None
    assert position.confidence is None


def test_no_objective_is_unknown_and_not_zero():
    assert of(objective(1, "other", "seeks")).gain is None


@pytest.mark.parametrize(
    ("stance", "refuses"), [("resists", True), ("declines", True), ("accepts", False), ("offers", False)]
)
def test_accepting_at_a_price_is_no_refusal(stance, refuses):
    position = resolve([(a_wish(1, "give", stance), "named")], (), Method())
    assert position.refuses is refuses


# --- towards, except, until -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "basis"),
    [
        ({}, "general"),
        ({"towards": ["BBB"]}, "named"),
        ({"towards": ["CLUB"]}, "group"),
        ({"towards": ["CLUB", "BBB"]}, "named"),
        ({"towards": ["CCC"]}, "elsewhere"),
        ({"towards": ["FAR"]}, "elsewhere"),
        ({"towards": ["EU"]}, "elsewhere"),  # the body, not its members
        ({"towards": ["EU-MEMBERS"]}, "group"),  # each of its members
        ({"except_": ["BBB"]}, None),
        ({"except_": ["CLUB"]}, None),
        ({"except_": ["EU-MEMBERS"]}, None),
        ({"except_": ["CCC"]}, "general"),
        ({"except_": ["EU"]}, "general"),  # an institution matches no member here either
        ({"towards": ["CLUB"], "except_": ["BBB"]}, None),
        ({"towards": ["CLUB"], "except_": ["CCC"]}, "group"),
        ({"towards": ["CCC"], "exclusive": True}, None),
        ({"towards": ["BBB"], "exclusive": True}, "named"),
        ({"towards": ["CLUB"], "exclusive": True}, "group"),
    ],
)
def test_how_an_objective_reaches_the_partner(limits, basis):
    assert reach(a_wish(1, "give", "seeks", **limits), "BBB", CONTEXT) == basis


@pytest.mark.parametrize("limits", [{"except_": ["BBB"]}, {"towards": ["CCC"], "exclusive": True}])
def test_what_does_not_reach_the_partner_leaves_it_unknown(limits):
    """Not half, not zero: None."""
    assert of(objective(1, "give", "seeks", **limits)).gain is None


@pytest.mark.parametrize(
    ("until", "as_of", "counts"),
    [
        ("2026-11", "2026-11-30", True),  # the last day of the month named
        ("2026-11", "2026-12-01", False),
        ("2028-02", "2028-02-29", True),  # in a leap year
        ("2028-02", "2028-03-01", False),
        ("2026", "2026-12-31", True),  # the last day of the year named
        ("2026", "2027-01-01", False),
        (None, "2099-01-01", True),
    ],
)
def test_until_holds_to_the_end_of_the_period_named(until, as_of, counts):
    more = {"until": until} if until else {}
    position = of(objective(1, "give", "seeks", **more), as_of=dt.date.fromisoformat(as_of))
    assert (position.gain is not None) is counts


def test_what_has_lapsed_is_removed_before_the_levels_are_compared():
    """Named, declines, lapsed: gone; so the general wish decides, 2 / 3."""
    position = of(
        objective(1, "give", "declines", towards=["BBB"], until="2026-10"),
        objective(2, "give", "seeks", "medium"),
    )
    assert position.gain == pytest.approx(2 / 3)
    assert [o.id for o in position.objectives] == ["o-2"]


def test_what_has_lapsed_is_not_done_elsewhere_either():
    assert of(objective(1, "give", "seeks", towards=["CCC"], until="2025")).gain is None


def test_a_lapsed_constraint_limits_nothing():
    """Without the major constraint the gain is 1, not .5."""
    position = of(
        objective(1, "give", "offers"),
        constraints=[constraint(1, "major", measure="give", until="2026-10")],
        role="provider",
    )
    assert position.gain == pytest.approx(1)


# --- levels ---------------------------------------------------------------------------------------------


def test_if_all_are_positive_the_strongest_counts_whatever_its_level():
    """Named 1 / 3, general 3 / 3: the general one, 1."""
    position = of(
        objective(1, "give", "seeks", "low", towards=["BBB"]),
        objective(2, "give", "seeks", "high"),
    )
    assert position.gain == pytest.approx(1)
    assert position.basis == "general"
    assert not position.mixed


@pytest.mark.parametrize(
    ("first", "second", "gain", "basis"),
    [
        # named wish, general refusal: only named counts, 1 / 3
        (("seeks", "low", ["BBB"]), ("declines", "high", None), 1 / 3, "named"),
        # named refusal, general wish: only named counts, -1 / 3
        (("declines", "low", ["BBB"]), ("seeks", "high", None), -1 / 3, "named"),
        # group wish, general refusal: only group counts, 2 / 3
        (("seeks", "medium", ["CLUB"]), ("declines", "high", None), 2 / 3, "group"),
        # named refusal, group wish: only named counts, -2 / 3
        (("declines", "medium", ["BBB"]), ("seeks", "high", ["CLUB"]), -2 / 3, "named"),
    ],
)
def test_if_signs_differ_only_the_most_specific_level_counts(first, second, gain, basis):
    position = of(
        *(
            objective(number, "give", stance, priority, **({"towards": towards} if towards else {}))
            for number, (stance, priority, towards) in enumerate((first, second))
        )
    )
    assert position.gain == pytest.approx(gain)
    assert position.basis == basis
    assert not position.mixed


@pytest.mark.parametrize(
    ("wish", "refusal", "gain"),
    [
        ("high", "low", 1 / 3),  # (3/3 - 1/3) / 2
        ("medium", "high", -1 / 6),  # (2/3 - 3/3) / 2
        ("medium", "medium", 0),  # (2/3 - 2/3) / 2: known, and exactly 0
    ],
)
def test_where_one_level_disagrees_the_mean_counts_and_is_marked(wish, refusal, gain):
    position = of(objective(1, "give", "seeks", wish), objective(2, "give", "declines", refusal))
    assert position.gain == pytest.approx(gain)
    assert position.mixed


def test_the_mean_is_over_the_strongest_of_each_sign():
    """Wishes 1/3 and 3/3, refusals 1/3 and 2/3 on one level: (3/3 - 2/3) / 2 = 1/6.

    Not the mean of all four, (1/3 + 3/3 - 1/3 - 2/3) / 4 = 1/12.
    """
    position = of(
        objective(1, "give", "seeks", "low"),
        objective(2, "give", "seeks", "high"),
        objective(3, "give", "declines", "low"),
        objective(4, "give", "declines", "medium"),
    )
    assert position.gain == pytest.approx(1 / 6)
    assert [o.id for o in position.deciding] == ["o-2", "o-4"]
    assert [o.id for o in position.objectives] == ["o-2", "o-4", "o-1", "o-3"]


def test_a_price_beside_a_refusal_is_not_mixed():
    """accepts 1/3, resists 3/3: one sign, the strongest counts, -1."""
    position = of(
        objective(1, "give", "accepts", "low"), objective(2, "give", "resists", "high"), role="provider"
    )
    assert position.gain == pytest.approx(-1)
    assert not position.mixed
    assert position.refuses


def test_a_named_price_outweighs_a_general_offer():
    """Named accepts 1/3, general offers 3/3: signs differ, named alone counts, -1/3, and is no refusal."""
    position = of(
        objective(1, "give", "accepts", "low", towards=["BBB"]),
        objective(2, "give", "offers", "high"),
        role="provider",
    )
    assert position.gain == pytest.approx(-1 / 3)
    assert not position.refuses


# --- elsewhere ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure_id", "stance", "role", "gain"),
    [
        ("give", "seeks", "receiver", 0.5),  # half of 3/3
        ("give", "offers", "provider", 0.5),
        ("join", "supports", None, 0.5),
        ("give", "accepts", "provider", -1),  # the full price
        ("give", "declines", "receiver", None),  # refusals towards others never count
        ("give", "resists", "provider", None),
        ("join", "resists", None, None),
    ],
)
def test_what_a_state_does_with_others(measure_id, stance, role, gain):
    position = of(objective(1, measure_id, stance, towards=["CCC"]), measure_id=measure_id, role=role)
    assert position.gain == (None if gain is None else pytest.approx(gain))


def test_elsewhere_counts_as_low_confidence():
    position = of(objective(1, "give", "seeks", towards=["CCC"], confidence="high"))
    assert position.basis == "elsewhere"
    assert position.confidence == "low"


def test_elsewhere_steps_back_where_anything_counts_for_the_partner():
    """General 1/3 beside 3/3 with others: 1/3, and the other objective does not enter."""
    position = of(
        objective(1, "give", "seeks", "low"), objective(2, "give", "seeks", "high", towards=["CCC"])
    )
    assert position.gain == pytest.approx(1 / 3)
    assert [o.id for o in position.objectives] == ["o-1"]


def test_a_refusal_of_the_partner_is_not_softened_by_what_is_done_elsewhere():
    """Named declines 2/3; seeks 3/3 from others: -2/3."""
    position = of(
        objective(1, "give", "declines", "medium", towards=["BBB"]),
        objective(2, "give", "seeks", "high", towards=["CCC"]),
    )
    assert position.gain == pytest.approx(-2 / 3)


def test_elsewhere_a_wish_and_a_price_give_their_mean():
    """offers 3/3 at half = 1/2, accepts 1/3 in full: (1/2 - 1/3) / 2 = 1/12.

    Towards different others that is no disagreement inside the state: not mixed.
    """
    position = of(
        objective(1, "give", "offers", "high", towards=["CCC"]),
        objective(2, "give", "accepts", "low", towards=["CCC"]),
        objective(3, "give", "resists", "high", towards=["CCC"]),
        role="provider",
    )
    assert position.gain == pytest.approx(1 / 12)
    assert not position.mixed


def test_elsewhere_and_a_constraint_multiply():
    """3/3, at half for elsewhere, at .8 for the minor constraint: .4."""
    position = of(
        objective(1, "give", "offers", towards=["CCC"]),
        constraints=[constraint(1, "minor", measure="give")],
        role="provider",
    )
    assert position.gain == pytest.approx(0.4)


# --- free movement --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure_id", "stance", "role", "towards", "gain"),
    [
        ("give", "seeks", "receiver", ["BBB"], 1),  # names the partner
        ("give", "seeks", "receiver", ["CLUB"], 1),  # names a group
        ("give", "seeks", "receiver", None, None),  # general: speaks of third states
        ("give", "offers", "provider", None, None),
        ("give", "seeks", "receiver", ["CCC"], None),  # elsewhere: likewise
        ("give", "accepts", "provider", ["CCC"], None),
        ("join", "supports", None, None, 1),  # joint measures meet
        ("join", "supports", None, ["CCC"], 0.5),
    ],
)
def test_inside_a_free_movement_area(measure_id, stance, role, towards, gain):
    more = {"towards": towards} if towards else {}
    position = of(
        objective(1, measure_id, stance, **more),
        measure_id=measure_id,
        role=role,
        known=context(TAXONOMY, AREA),
    )
    assert position.gain == (None if gain is None else pytest.approx(gain))


def test_a_general_red_line_speaks_of_third_states_inside_a_free_movement_area():
    """On the exchange measure it does not meet; on the joint one it does."""
    limits = [
        constraint(1, "red-line", measure="give", as_="receiver"),
        constraint(2, "red-line", measure="join"),
    ]
    wishes = [objective(1, "give", "seeks", towards=["BBB"]), objective(2, "join", "supports")]
    inside = context(TAXONOMY, AREA)
    assert not of(*wishes, constraints=limits, known=inside).red_lines
    assert of(*wishes, constraints=limits, known=inside, measure_id="join", role=None).red_lines
    assert of(*wishes, constraints=limits).red_lines


# --- feasibility ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severities", "gain"),
    [
        ([], 2 / 3),
        (["minor"], 0.8 * 2 / 3),
        (["major"], 0.5 * 2 / 3),
        (["minor", "minor"], 0.8 * 2 / 3),  # not .64 * 2/3
        (["minor", "major"], 0.5 * 2 / 3),  # not .40 * 2/3
    ],
)
def test_the_heaviest_constraint_lowers_a_positive_gain(severities, gain):
    """2/3 times .8 for minor, .5 for major; several constraints do not multiply."""
    limits = [constraint(n, severity, measure="give") for n, severity in enumerate(severities)]
    position = of(objective(1, "give", "offers", "medium"), constraints=limits, role="provider")
    assert position.gain == pytest.approx(gain)


@pytest.mark.parametrize("stance", ["accepts", "resists"])
def test_a_constraint_does_not_soften_a_negative_gain(stance):
    """-2/3 stays -2/3."""
    limits = [constraint(1, "major", measure="give")]
    position = of(objective(1, "give", stance, "medium"), constraints=limits, role="provider")
    assert position.gain == pytest.approx(-2 / 3)


def test_in_a_mixed_position_only_the_wish_is_lowered():
    """(.5 * 3/3 - 1/3) / 2 = 1/12."""
    position = of(
        objective(1, "give", "offers", "high"),
        objective(2, "give", "resists", "low"),
        constraints=[constraint(1, "major", measure="give")],
        role="provider",
    )
    assert position.gain == pytest.approx(1 / 12)


def test_a_red_line_is_no_factor():
    """It blocks the item; the gain itself stays 3/3."""
    limits = [constraint(1, "red-line", measure="give", as_="provider")]
    position = of(objective(1, "give", "offers"), constraints=limits, role="provider")
    assert position.gain == pytest.approx(1)
    assert [c.id for c in position.red_lines] == ["c-1"]


WISHES = [
    objective(1, "give", "seeks"),
    objective(2, "give", "offers"),
    objective(3, "join", "supports"),
    objective(4, "other", "offers"),
    objective(5, "far", "offers"),
]
SLOTS = [
    ("give", "provider"),
    ("give", "receiver"),
    ("join", None),
    ("other", "provider"),
    ("far", "provider"),
]


@pytest.mark.parametrize(
    ("subject", "limited"),
    [
        ({"measure": "give"}, [("give", "provider")]),  # what it delivers, not what it seeks
        ({"measure": "give", "as_": "provider"}, [("give", "provider")]),
        ({"measure": "give", "as_": "receiver"}, [("give", "receiver")]),
        ({"measure": "join"}, [("join", None)]),
        ({"theme": "one"}, [("give", "provider"), ("join", None), ("other", "provider")]),
        ({"theme": "two"}, [("far", "provider")]),
    ],
)
def test_what_a_constraint_limits(subject, limited):
    """Without `as` provider and joint; on a theme every measure of it and none outside."""
    limits = [constraint(1, "major", **subject)]
    found = [
        slot
        for slot in SLOTS
        if of(*WISHES, constraints=limits, measure_id=slot[0], role=slot[1]).gain == pytest.approx(0.5)
    ]
    assert found == limited


@pytest.mark.parametrize(
    ("more", "gain"),
    [
        ({"towards": ["BBB"]}, 0.5),
        ({"towards": ["CLUB"]}, 0.5),
        ({"towards": ["CCC"]}, 1),  # a limit towards others is none towards this partner
        ({"towards": ["EU"]}, 1),
        ({"except_": ["BBB"]}, 1),
        ({"except_": ["CCC"]}, 0.5),
    ],
)
def test_a_constraint_may_be_limited_to_some(more, gain):
    limits = [constraint(1, "major", measure="give", **more)]
    assert of(objective(1, "give", "offers"), constraints=limits, role="provider").gain == pytest.approx(gain)


def test_a_red_line_towards_others_does_not_apply():
    limits = [constraint(1, "red-line", measure="give", as_="provider", towards=["CCC"])]
    assert of(objective(1, "give", "offers"), constraints=limits, role="provider").red_lines == ()


def test_all_limits_are_kept_and_a_red_line_adds_none():
    limits = [
        constraint(3, "red-line", measure="give", as_="provider"),
        constraint(2, "minor", measure="give"),
        constraint(1, "major", theme="one"),
    ]
    position = of(objective(1, "give", "offers"), constraints=limits, role="provider")
    assert position.feasibility == 0.5
    assert [c.id for c in position.limits] == ["c-3", "c-2", "c-1"]
    assert [c.id for c in position.red_lines] == ["c-3"]


def test_no_constraint_is_no_limit():
    assert of(objective(1, "give", "seeks")).limits == ()


# --- what a position is known by ------------------------------------------------------------------------


def test_confidence_is_the_weakest_among_the_deciding():
    """The mean of a wish of high and a refusal of medium confidence is of medium confidence.

    The weak refusal of low confidence decides nothing.
    """
    position = of(
        objective(1, "give", "seeks", "high", confidence="high"),
        objective(2, "give", "declines", "medium", confidence="medium"),
        objective(3, "give", "declines", "low", confidence="low"),
    )
    assert position.confidence == "medium"


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        ({"confidence": "low"}, {"confidence": "medium"}, "o-2"),  # the better known
        ({}, {"towards": ["BBB"]}, "o-2"),  # then the more specific
        ({}, {}, "o-1"),  # then the first by id
        ({"confidence": "medium", "towards": ["BBB"]}, {}, "o-2"),  # in this order
    ],
)
def test_among_equal_gains(one, other, first):
    position = of(objective(1, "give", "seeks", **one), objective(2, "give", "seeks", **other))
    assert [o.id for o in position.deciding] == [first]


def test_a_position_gathers_what_its_objectives_and_limits_require():
    """Of the deciding objective and of every constraint that applies; not of an objective that does not
    decide."""
    position = resolve(
        [
            (a_wish(1, "give", "offers", "high", requires=["far"]), "general"),
            (a_wish(2, "give", "offers", "low", requires=["give"]), "general"),
        ],
        (a_limit(1, "minor", measure="give", requires=["other", "far"]),),
        Method(),
    )
    assert position.requires == ("far", "other")
