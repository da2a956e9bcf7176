"""Every item has exactly one class, by the first rule that fits."""

from __future__ import annotations

import math

import numpy as np
import pytest

from partnerfit.scoring.items import CLASSES, WIN_WIN, Standing, classify, is_class
from partnerfit.scoring.positions import Position, resolve
from partnerfit.scoring.slots import Slots
from tests.build import constraint, context, measure, objective, state, themes
from tests.scoring.pairs import AREA, GROUPS, a_limit, a_wish, compared, the_item

TAXONOMY = themes(
    one=[measure("give"), measure("join", "joint")],
    two=[measure("back"), measure("pact", "joint")],
)
CONTEXT = context(TAXONOMY, GROUPS)

NOTHING = Position()


def holding(*stances, basis="general", red_line=False):
    """A position from stances with their priorities, such as `("seeks", "high")`."""
    spoken = [(a_wish(n, "give", *stance), basis) for n, stance in enumerate(stances)]
    limits = (a_limit(1, "red-line", measure="give"),) if red_line else ()
    return resolve(spoken, limits, CONTEXT.method)


def class_of(first, second, *, joint=False):
    """Class of one item between two positions, without the conditions on win-wins."""
    only = Slots.of(themes(one=[measure("give", "joint" if joint else "exchange")]))
    # In an exchange measure the second slot is the other direction, left empty here.
    rest = [] if joint else [NOTHING]
    codes = classify(Standing.of([first, *rest]), Standing.of([second, *rest]), only)
    return CLASSES[codes[0]]


SEEKS = holding(("seeks", "medium"))
OFFERS = holding(("offers", "high"))
DECLINES = holding(("declines", "low"))
RESISTS = holding(("resists", "high"))
ACCEPTS = holding(("accepts", "medium"))
OFFERS_ELSEWHERE = holding(("offers", "high"), basis="elsewhere")
SEEKS_ELSEWHERE = holding(("seeks", "high"), basis="elsewhere")
TORN = holding(("offers", "medium"), ("resists", "medium"))  # a gain of exactly 0
TORN_BUT_WILLING = holding(("offers", "high"), ("resists", "low"))  # 1/3
TORN_BUT_REFUSING = holding(("offers", "low"), ("resists", "high"))  # -1/3, refuses
TORN_BY_A_PRICE = holding(("offers", "low"), ("accepts", "high"))  # -1/3, merely accepts
BARRED = holding(red_line=True)  # a red line and nothing else known
OFFERS_BUT_BARRED = holding(("offers", "high"), red_line=True)
RESISTS_AND_BARRED = holding(("resists", "high"), red_line=True)

TABLE = [
    (RESISTS, DECLINES, "shared-refusal"),
    (TORN_BUT_REFUSING, DECLINES, "shared-refusal"),
    (RESISTS_AND_BARRED, DECLINES, "shared-refusal"),  # before blocked
    (RESISTS_AND_BARRED, SEEKS, "blocked"),
    (OFFERS_BUT_BARRED, SEEKS, "blocked"),  # before complementary
    (OFFERS_BUT_BARRED, SEEKS_ELSEWHERE, "blocked"),  # before lead
    (OFFERS_BUT_BARRED, NOTHING, "blocked"),  # before open-question
    (BARRED, SEEKS, "blocked"),
    (BARRED, NOTHING, "blocked"),  # before no-evidence
    (OFFERS_BUT_BARRED, DECLINES, "trade"),  # a red line on what the other does not want
    (OFFERS_BUT_BARRED, TORN, "mixed"),  # likewise: a gain of 0 is not above 0
    (BARRED, DECLINES, "one-refuses"),
    (NOTHING, NOTHING, "no-evidence"),
    (OFFERS_ELSEWHERE, SEEKS_ELSEWHERE, "lead"),
    (OFFERS_ELSEWHERE, SEEKS, "complementary"),  # one side only elsewhere is no lead
    (OFFERS, SEEKS_ELSEWHERE, "complementary"),
    (OFFERS, NOTHING, "open-question"),
    (OFFERS_ELSEWHERE, NOTHING, "open-question"),
    (TORN_BUT_WILLING, NOTHING, "open-question"),
    (RESISTS, NOTHING, "one-refuses"),
    (ACCEPTS, NOTHING, "one-refuses"),
    (TORN, NOTHING, "one-refuses"),  # exactly 0 and nothing on the other side
    (ACCEPTS, DECLINES, "one-refuses"),  # both below 0, one merely accepts
    (TORN_BY_A_PRICE, DECLINES, "one-refuses"),
    (OFFERS, SEEKS, "complementary"),
    (TORN_BUT_WILLING, SEEKS, "complementary"),
    (OFFERS, DECLINES, "trade"),
    (ACCEPTS, SEEKS, "trade"),
    (RESISTS, SEEKS, "trade"),
    (TORN_BY_A_PRICE, SEEKS, "trade"),
    (TORN, SEEKS, "mixed"),
    (TORN, DECLINES, "mixed"),
    (TORN, TORN, "mixed"),
]


@pytest.mark.parametrize(("first", "second", "expected"), TABLE)
def test_class_of_an_exchange_item(first, second, expected):
    """The table of the method, rule by rule and in its order."""
    assert class_of(first, second) == expected


@pytest.mark.parametrize(("first", "second", "expected"), TABLE)
def test_the_class_does_not_depend_on_who_is_named_first(first, second, expected):
    assert class_of(second, first) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (holding(("supports", "low")), holding(("supports", "high")), "shared-interest"),
        (holding(("supports", "low")), holding(("resists", "high")), "trade"),
        (holding(("resists", "low")), holding(("resists", "high")), "shared-refusal"),
        (holding(("supports", "low")), NOTHING, "open-question"),
    ],
)
def test_class_of_a_joint_item(first, second, expected):
    assert class_of(first, second, joint=True) == expected


def test_every_class_occurs_in_the_table():
    assert {expected for _, _, expected in TABLE} == set(CLASSES) - {"shared-interest"}


def test_the_two_directions_of_an_exchange_measure_are_judged_apart():
    """A offers and B seeks: complementary with A as provider. Neither speaks on the other direction."""
    a = state("arda", "AAA", [objective(1, "give", "offers")])
    b = state("bree", "BBB", [objective(1, "give", "seeks")])
    result = compared(a, b, CONTEXT)
    assert the_item(result, "give", "arda").cls == "complementary"
    assert the_item(result, "give", "bree").cls == "no-evidence"


def test_a_class_can_be_looked_up_on_many_items():
    codes = np.array([CLASSES.index("trade"), CLASSES.index("complementary"), CLASSES.index("lead")])
    assert is_class(codes, WIN_WIN).tolist() == [False, True, False]


def test_classify_works_on_many_draws_at_once():
    """Two items, three draws: each column is judged as if it stood alone."""
    gain_a = np.array([[1.0, -1.0, math.nan], [0.5, 0.5, 0.5]])
    gain_b = np.array([[1.0, 1.0, 1.0], [0.5, -0.5, math.nan]])
    none = np.zeros((2, 3), dtype=bool)
    slots = Slots.of(themes(one=[measure("join", "joint"), measure("pact", "joint")]))
    codes = classify(
        Standing(gain_a, none, none, none, none), Standing(gain_b, none, none, none, none), slots
    )
    assert [[CLASSES[code] for code in row] for row in codes] == [
        ["shared-interest", "trade", "open-question"],
        ["shared-interest", "trade", "open-question"],
    ]


# --- needs_any ------------------------------------------------------------------------------------------

NEEDY = context(
    themes(
        one=[measure("ethics", needs_any=["labour", "season"])],
        two=[measure("labour"), measure("season")],
    ),
    GROUPS,
)


def recruiting(a=(), b=(), constraints=()):
    """Class of `ethics` from A to B, where A offers and B seeks it."""
    first = state("arda", "AAA", [objective("x", "ethics", "offers"), *a], constraints)
    second = state("bree", "BBB", [objective("y", "ethics", "seeks"), *b])
    return the_item(compared(first, second, NEEDY), "ethics", "arda")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([], [], "open-question"),  # no channel at all
        ([objective(1, "labour", "offers")], [objective(1, "labour", "seeks")], "complementary"),
        ([objective(1, "season", "offers")], [objective(1, "season", "seeks")], "complementary"),
        ([objective(1, "labour", "accepts")], [objective(1, "labour", "seeks")], "complementary"),  # trade
        ([objective(1, "labour", "offers")], [], "open-question"),  # the channel itself is open
        ([objective(1, "labour", "resists")], [objective(1, "labour", "declines")], "open-question"),
        # the other direction is another channel
        ([objective(1, "labour", "seeks")], [objective(1, "labour", "offers")], "open-question"),
        # both only with others: a lead, neither win-win nor trade
        (
            [objective(1, "labour", "offers", towards=["CCC"])],
            [objective(1, "labour", "seeks", towards=["CCC"])],
            "open-question",
        ),
    ],
)
def test_a_measure_that_needs_a_channel(a, b, expected):
    """It stays a win-win only where one of `needs_any` is a win-win or trade in the same direction."""
    assert recruiting(a, b).cls == expected


def test_a_blocked_channel_is_none():
    item = recruiting(
        [objective(1, "labour", "offers")],
        [objective(1, "labour", "seeks")],
        [constraint(1, "red-line", measure="labour", as_="provider")],
    )
    assert item.cls == "open-question"


def test_what_is_held_back_has_no_fit_and_no_balance():
    """Both gains are 1, yet the fit is 0: it is a question."""
    item = recruiting()
    assert (item.fit, item.balance, item.both_gain_share) == (0, None, None)


def test_needs_any_holds_back_win_wins_alone():
    """A accepts what B seeks: a trade before and after."""
    first = state("arda", "AAA", [objective(1, "ethics", "accepts")])
    second = state("bree", "BBB", [objective(1, "ethics", "seeks")])
    assert the_item(compared(first, second, NEEDY), "ethics", "arda").cls == "trade"


# --- requires -------------------------------------------------------------------------------------------


def tied(a=(), b=(), *, requires=("back",), constraints=(), side="a"):
    """Class of a `give` win-win from A to B whose objective on one side requires other measures."""
    extra = {"a": {}, "b": {}}
    extra[side] = {"requires": list(requires)}
    first = state("arda", "AAA", [objective("x", "give", "offers", **extra["a"]), *a])
    second = state("bree", "BBB", [objective("y", "give", "seeks", **extra["b"]), *b], constraints)
    return the_item(compared(first, second, CONTEXT), "give", "arda").cls


@pytest.mark.parametrize("side", ["a", "b"])
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([], [], "open-question"),  # nothing known on what is required
        ([objective(1, "back", "seeks")], [], "open-question"),  # half known
        ([objective(1, "back", "seeks")], [objective(1, "back", "offers")], "complementary"),
        ([objective(1, "back", "seeks")], [objective(1, "back", "accepts")], "complementary"),
        ([objective(1, "back", "offers")], [objective(1, "back", "seeks")], "complementary"),  # any direction
        # two halves of different directions are no known item
        ([objective(1, "back", "seeks")], [objective(1, "back", "seeks")], "open-question"),
    ],
)
def test_a_win_win_that_requires_another_measure(a, b, expected, side):
    """It stays a win-win only where an item of that measure is known on both sides and not blocked."""
    assert tied(a, b, side=side) == expected


def test_what_is_required_may_not_be_blocked():
    known = ([objective(1, "back", "seeks")], [objective(1, "back", "offers")])
    assert (
        tied(*known, constraints=[constraint(1, "red-line", measure="back", as_="provider")])
        == "open-question"
    )
    assert tied(*known, constraints=[constraint(1, "major", measure="back")]) == "complementary"


@pytest.mark.parametrize(
    ("pact_of_b", "expected"),
    [([], "open-question"), ([objective(2, "pact", "supports")], "complementary")],
)
def test_everything_required_has_to_be_there(pact_of_b, expected):
    """`back` is known; `pact` only where B speaks on it too."""
    a = [objective(1, "back", "seeks"), objective(2, "pact", "supports")]
    b = [objective(1, "back", "offers"), *pact_of_b]
    assert tied(a, b, requires=("back", "pact")) == expected


@pytest.mark.parametrize(("priority", "expected"), [("low", "complementary"), ("high", "open-question")])
def test_only_the_deciding_objective_ties(priority, expected):
    """A second offer requires `back`: it ties where it is the stronger one."""
    first = state(
        "arda",
        "AAA",
        [
            objective(1, "give", "offers", "medium"),
            objective(2, "give", "offers", priority, requires=["back"]),
        ],
    )
    second = state("bree", "BBB", [objective(1, "give", "seeks")])
    assert the_item(compared(first, second, CONTEXT), "give", "arda").cls == expected


def test_a_trade_that_requires_something_stays_a_trade():
    first = state("arda", "AAA", [objective(1, "give", "accepts", requires=["back"])])
    second = state("bree", "BBB", [objective(1, "give", "seeks")])
    item = the_item(compared(first, second, CONTEXT), "give", "arda")
    assert item.cls == "trade"
    assert item.requires == ("back",)


# --- what an item says ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "weaker"),
    [("high", "high", "high"), ("high", "medium", "medium"), ("low", "medium", "low")],
)
def test_an_item_is_as_well_known_as_its_weaker_side(one, other, weaker):
    a = state("arda", "AAA", [objective(1, "give", "offers", confidence=one)])
    b = state("bree", "BBB", [objective(1, "give", "seeks", confidence=other)])
    assert the_item(compared(a, b, CONTEXT), "give", "arda").confidence == weaker


def test_an_item_with_an_unknown_side_has_no_confidence():
    a = state("arda", "AAA", [objective(1, "give", "offers")])
    b = state("bree", "BBB", [objective(1, "join", "supports")])
    assert the_item(compared(a, b, CONTEXT), "give", "arda").confidence is None


def test_an_item_is_mixed_where_one_side_is():
    a = state("arda", "AAA", [objective(1, "give", "offers"), objective(2, "give", "resists", "low")])
    b = state("bree", "BBB", [objective(1, "give", "seeks"), objective(2, "join", "supports")])
    result = compared(a, b, CONTEXT)
    assert the_item(result, "give", "arda").mixed
    assert not the_item(result, "join").mixed


def test_inside_a_free_movement_area_general_positions_make_no_item():
    """What is complementary between strangers is no evidence inside the area; the joint item stays."""
    a = state("arda", "AAA", [objective(1, "give", "offers"), objective(2, "join", "supports")])
    b = state("bree", "BBB", [objective(1, "give", "seeks"), objective(2, "join", "supports")])
    outside, inside = compared(a, b, CONTEXT), compared(a, b, context(TAXONOMY, AREA))
    assert the_item(outside, "give", "arda").cls == "complementary"
    assert the_item(inside, "give", "arda").cls == "no-evidence"
    assert the_item(inside, "join").cls == "shared-interest"


def test_a_channel_that_is_itself_held_back_is_none():
    """Both gain on labour, but it requires season, of which nothing is known: no channel."""
    item = recruiting(
        [objective(1, "labour", "offers", requires=["season"])], [objective(1, "labour", "seeks")]
    )
    assert item.cls == "open-question"
