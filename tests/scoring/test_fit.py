"""Fits, theme scores, tension and price, and the one assessment of a theme."""

from __future__ import annotations

import math

import numpy as np
import pytest

from partnerfit.scoring.fit import assess, balance, fit, strain, strains, top_two, weighted
from partnerfit.scoring.items import CLASSES, Standing
from partnerfit.scoring.method import ByLevel, Method
from tests.build import constraint, context, measure, objective, state, themes
from tests.scoring.pairs import GROUPS, compared, the_item, the_theme

METHOD = Method()
TAXONOMY = themes(
    one=[measure("give"), measure("more"), measure("join", "joint")],
    two=[measure("far")],
)
CONTEXT = context(TAXONOMY, GROUPS)


def pair(a, b, limits_a=(), limits_b=(), known=CONTEXT):
    """A comparison of two states with these objectives and constraints."""
    return compared(state("arda", "AAA", a, limits_a), state("bree", "BBB", b, limits_b), known)


# --- fit and balance ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gain_a", "gain_b", "expected"),
    [
        (1, 1, 100),
        (2 / 3, 1 / 3, 47.140452),  # 100 * sqrt(2/9)
        (1, 0.25, 50),  # 100 * sqrt(1/4)
        (0.4, 1, 63.245553),  # 100 * sqrt(2/5)
        (1, 0, 0),
        (1, -1, 0),
        (-1, -1, 0),  # two losses are no gain
        (math.nan, 1, 0),  # nothing known on one side
        (math.nan, math.nan, 0),
    ],
)
def test_fit_is_the_geometric_mean_of_two_gains(gain_a, gain_b, expected):
    assert fit(np.array([gain_a]), np.array([gain_b]))[0] == pytest.approx(expected)
    assert fit(np.array([gain_b]), np.array([gain_a]))[0] == pytest.approx(expected)


@pytest.mark.parametrize(("gain_a", "gain_b", "expected"), [(1, 1 / 3, 1 / 3), (0.5, 0.8, 0.625), (1, 1, 1)])
def test_balance_is_the_smaller_gain_over_the_larger(gain_a, gain_b, expected):
    """1/3 over 1; .5 over .8 = .625; 1 over 1."""
    assert balance(gain_a, gain_b) == pytest.approx(expected)
    assert balance(gain_b, gain_a) == pytest.approx(expected)


def test_fit_and_balance_of_an_item():
    """Gains 2/3 and 1/3: fit 100 * sqrt(2/9) = 47.14, balance (1/3) / (2/3) = .5."""
    result = pair([objective(1, "give", "offers", "medium")], [objective(1, "give", "seeks", "low")])
    item = the_item(result, "give", "arda")
    assert item.fit == pytest.approx(47.140452)
    assert item.balance == pytest.approx(0.5)


def test_only_a_win_win_has_a_balance():
    result = pair([objective(1, "give", "accepts")], [objective(1, "give", "seeks")])
    assert the_item(result, "give", "arda").balance is None
    assert the_theme(result, "one").balance is None


# --- theme score ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (0, 0)),
        ([40.0], (40, 0)),
        ([40, 90, 60], (90, 60)),
        ([90, 90], (90, 90)),
        ([0, 30, 20], (30, 20)),
    ],
)
def test_the_two_best(values, expected):
    assert tuple(map(float, top_two(np.array(values)))) == expected


def test_the_two_best_of_each_draw():
    """Columns (40, 90, 60) and (10, 5, 0)."""
    best, second = top_two(np.array([[40.0, 10.0], [90.0, 5.0], [60.0, 0.0]]))
    assert (best.tolist(), second.tolist()) == ([90, 10], [60, 5])


def test_a_theme_is_scored_by_its_two_best():
    """.75 * 80 + .25 * 40 = 70; with a weight of .6: .6 * 80 + .4 * 40 = 64."""
    assert weighted(np.array(80.0), np.array(40.0), METHOD) == pytest.approx(70)
    assert weighted(np.array(80.0), np.array(40.0), Method(best_weight=0.6)) == pytest.approx(64)


def test_score_and_balance_of_a_theme():
    """Win-wins: give (1, 1/3), fit 57.735; more (2/3, 2/3), fit 66.667; join (1/3, 1/3), fit 33.333.

    Score .75 * 66.667 + .25 * 57.735 = 64.434. Sums of the gains 1 + 2/3 + 1/3 = 2 and
    1/3 + 2/3 + 1/3 = 4/3: balance 2/3.
    """
    result = pair(
        [
            objective(1, "give", "offers", "high"),
            objective(2, "more", "seeks", "medium"),
            objective(3, "join", "supports", "low"),
        ],
        [
            objective(1, "give", "seeks", "low"),
            objective(2, "more", "offers", "medium"),
            objective(3, "join", "supports", "low"),
        ],
    )
    theme = the_theme(result, "one")
    assert theme.score == pytest.approx(64.433757)
    assert theme.balance == pytest.approx(2 / 3)
    assert [item.measure.id for item in theme.win_wins] == ["more", "give", "join"]


def test_a_theme_with_one_win_win_has_three_quarters_of_its_fit():
    """A fit of 100 alone: 75."""
    result = pair([objective(1, "give", "offers")], [objective(1, "give", "seeks")])
    assert the_theme(result, "one").score == pytest.approx(75)


def test_what_is_contested_does_not_enter_the_score():
    """Two trade items beside the win-win: still 75."""
    result = pair(
        [objective(1, "give", "offers"), objective(2, "more", "resists"), objective(3, "join", "resists")],
        [objective(1, "give", "seeks"), objective(2, "more", "seeks"), objective(3, "join", "supports")],
    )
    assert the_theme(result, "one").score == pytest.approx(75)


# --- tension and price ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gain_a", "gain_b", "expected"),
    [(1, -1, 100), (-1 / 3, 2 / 3, 47.140452), (0, -1, 0), (math.nan, -1, 0)],
)
def test_strain_is_the_geometric_mean_of_two_sizes(gain_a, gain_b, expected):
    """100 * sqrt(1/3 * 2/3) = 47.14."""
    assert strain(np.array([gain_a]), np.array([gain_b]))[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("stance", "tension", "price"), [("resists", 61.237244, 0), ("accepts", 0, 61.237244)]
)
def test_a_refusal_is_tension_and_a_price_is_price(stance, tension, price):
    """Gains 1 and -2/3: strain 100 * sqrt(2/3) = 81.65, alone in its theme .75 * 81.65 = 61.237."""
    result = pair([objective(1, "give", stance, "medium")], [objective(1, "give", "seeks", "high")])
    theme = the_theme(result, "one")
    assert theme.tension == pytest.approx(tension)
    assert theme.price == pytest.approx(price)


def test_declining_what_is_offered_is_tension():
    """Gains 1/3 and -1/3: 33.333, of which three quarters, 25."""
    result = pair([objective(1, "give", "offers", "low")], [objective(1, "give", "declines", "low")])
    assert the_theme(result, "one").tension == pytest.approx(25)


def test_tension_and_price_take_the_two_worst():
    """Resisted: give 100, more 100 * sqrt(1/3) = 57.735: tension 75 + 14.434 = 89.434. Price 0."""
    result = pair(
        [objective(1, "give", "resists", "high"), objective(2, "more", "resists", "low")],
        [objective(1, "give", "seeks", "high"), objective(2, "more", "seeks", "high")],
    )
    theme = the_theme(result, "one")
    assert theme.tension == pytest.approx(89.433757)
    assert theme.price == 0


def test_tension_and_price_of_one_theme_are_kept_apart():
    """give resisted at 100: tension 75. more accepted at 100 * sqrt(1/3): price .75 * 57.735 = 43.301."""
    result = pair(
        [objective(1, "give", "resists", "high"), objective(2, "more", "accepts", "low")],
        [objective(1, "give", "seeks", "high"), objective(2, "more", "seeks", "high")],
    )
    theme = the_theme(result, "one")
    assert theme.tension == pytest.approx(75)
    assert theme.price == pytest.approx(43.301270)


def test_a_red_line_is_tension_whatever_lies_behind_it():
    """A offers (1) behind a red line of its own, B seeks (1/3): 100 * sqrt(1/3), three quarters 43.301.

    Likewise where A merely accepts: what a red line forbids is not available at a price.
    """
    limits = [constraint(1, "red-line", measure="give", as_="provider")]
    for stance in ("offers", "accepts"):
        result = pair([objective(1, "give", stance)], [objective(1, "give", "seeks", "low")], limits)
        theme = the_theme(result, "one")
        assert theme.tension == pytest.approx(43.301270)
        assert theme.price == 0


def test_a_red_line_without_a_known_gain_has_no_size():
    """Blocked, but only one gain is known: tension 0."""
    limits = [constraint(1, "red-line", measure="give", as_="provider")]
    theme = the_theme(pair([objective(1, "far", "offers")], [objective(1, "give", "seeks")], limits), "one")
    assert the_item_class(theme) == "blocked"
    assert theme.tension == 0


def the_item_class(theme):
    """Class of the only item of a theme that is not without evidence."""
    (found,) = {item.cls for item in theme.items} - {"no-evidence"}
    return found


@pytest.mark.parametrize(
    ("a", "b", "cls"),
    [
        (("resists", "high"), ("declines", "high"), "shared-refusal"),
        (("accepts", "high"), ("declines", "high"), "one-refuses"),
        (("offers", "high"), ("seeks", "high"), "complementary"),
    ],
)
def test_where_nobody_asks_or_both_gain_nothing_is_contested(a, b, cls):
    theme = the_theme(pair([objective(1, "give", *a)], [objective(1, "give", *b)]), "one")
    assert the_item_class(theme) == cls
    assert (theme.tension, theme.price) == (0, 0)


@pytest.mark.parametrize("stance", ["resists", "accepts"])
def test_what_is_wanted_only_from_others_has_not_been_refused(stance):
    """Bree seeks give from CCC alone: neither tension nor price; what is left of the theme is unexplored."""
    result = pair([objective(1, "give", stance)], [objective(1, "give", "seeks", towards=["CCC"])])
    theme = the_theme(result, "one")
    assert the_item_class(theme) == "trade"
    assert (theme.tension, theme.price, theme.assessment) == (0, 0, "unexplored")


def test_a_red_line_on_what_is_wanted_only_from_others_is_no_tension():
    limits = [constraint(1, "red-line", measure="give", as_="provider")]
    wish = objective(1, "give", "seeks", towards=["CCC"])
    theme = the_theme(pair([objective(1, "give", "resists")], [wish], limits), "one")
    assert the_item_class(theme) == "blocked"
    assert theme.tension == 0


def test_strains_look_at_the_side_that_loses():
    """First item: A loses and refuses. Second: A gains although it has refused before, B accepts."""
    off = np.array([False, False])
    a = Standing(np.array([-1.0, 1.0]), np.array([True, False]), off, off, off)
    b = Standing(np.array([1.0, -0.25]), off, off, off, off)
    tension, price = strains(a, b, np.full(2, CLASSES.index("trade"), dtype=np.int8))
    assert tension.tolist() == pytest.approx([100, 0])
    assert price.tolist() == pytest.approx([0, 50])


# --- assessment -----------------------------------------------------------------------------------------


def assessed(best=0.0, firm=None, tension=0.0, price=0.0, classes=("complementary",), method=METHOD):
    """The assessment of a theme; where nothing else is said its best fit is firm."""
    codes = np.array([CLASSES.index(name) for name in classes], dtype=np.int8)
    return assess(best, best if firm is None else firm, tension, price, codes, method)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"best": 30, "tension": 50}, "opening"),
        ({"best": 100, "tension": 50}, "opening"),  # before win-win
        ({"best": 29.9, "tension": 50}, "contested"),
        ({"best": 100, "firm": 29.9, "tension": 50}, "promising"),  # the way in has to be firm
        ({"best": 60, "tension": 49.9}, "win-win"),
        ({"best": 60, "price": 100}, "win-win"),  # a price is no tension
        ({"best": 59.9}, "promising"),
        ({"best": 100, "firm": 59.9}, "promising"),
        ({"best": 100, "firm": 0}, "promising"),  # to be confirmed
        ({"best": 30}, "promising"),
        ({"best": 30, "tension": 49.9}, "promising"),  # before contested
        ({"best": 29.9, "tension": 25}, "contested"),
        ({"best": 0, "tension": 25, "price": 100}, "contested"),  # before negotiable
        ({"best": 29.9, "tension": 24.9, "price": 25}, "negotiable"),
        ({"best": 29.9, "tension": 24.9, "price": 24.9}, "modest"),
        ({"best": 0.1, "firm": 0}, "modest"),
        ({"classes": ["one-refuses", "no-evidence"]}, "refused"),
        ({"classes": ["shared-refusal", "blocked", "one-refuses"]}, "refused"),
        ({"classes": ["one-refuses", "open-question"]}, "unexplored"),
        ({"classes": ["lead", "no-evidence"]}, "unexplored"),
        ({"classes": ["no-evidence", "no-evidence"]}, "no evidence"),
        # what is left are trade items below every threshold, and positions that cancel out
        ({"price": 20, "tension": 10, "classes": ["trade"]}, "negotiable"),
        ({"price": 10, "tension": 20, "classes": ["trade"]}, "contested"),
        ({"classes": ["mixed"]}, "contested"),
        ({"classes": ["mixed", "open-question"], "tension": 10}, "unexplored"),
        ({"classes": ["trade"]}, "unexplored"),  # wanted only from others
    ],
)
def test_each_assessment_at_its_thresholds(values, expected):
    """30 and 50 opening, 60 win-win, 30 promising, 25 contested, 25 negotiable; in the order of the table."""
    assert assessed(**values) == expected


def test_thresholds_can_be_set():
    """With a win-win from 80 a fit of 70 is promising."""
    assert assessed(best=70) == "win-win"
    assert assessed(best=70, method=Method(win_win_fit=80)) == "promising"


@pytest.mark.parametrize(
    ("weak", "assessment", "to_confirm"),
    [
        ({}, "win-win", False),
        ({"confidence": "medium"}, "win-win", False),
        ({"confidence": "low"}, "promising", True),
        ({"towards": ["CCC"]}, "promising", True),  # only elsewhere: 100 * sqrt(.5) = 70.7
    ],
)
def test_a_win_win_on_weak_evidence_is_to_be_confirmed(weak, assessment, to_confirm):
    """Gains 1 and 1, or 1 and .5: above 60, but firm only where no side rests on weak evidence."""
    result = pair([objective(1, "give", "offers", **weak)], [objective(1, "give", "seeks")])
    theme = the_theme(result, "one")
    assert (theme.assessment, theme.to_confirm) == (assessment, to_confirm)


def test_a_weak_item_beside_a_firm_one_leaves_the_theme_firm():
    """give 100 on low confidence, more 33.3 firm: promising, and nothing to confirm."""
    result = pair(
        [objective(1, "give", "offers", confidence="low"), objective(2, "more", "offers", "low")],
        [objective(1, "give", "seeks"), objective(2, "more", "seeks", "low")],
    )
    theme = the_theme(result, "one")
    assert (theme.assessment, theme.to_confirm) == ("promising", False)


def test_an_opening_from_end_to_end():
    """give wanted by both at 1/3 and 1, fit 57.7; join resisted at 1 against 1, tension 75."""
    result = pair(
        [objective(1, "give", "offers", "low"), objective(2, "join", "resists")],
        [objective(1, "give", "seeks"), objective(2, "join", "supports")],
    )
    theme = the_theme(result, "one")
    assert theme.score == pytest.approx(43.301270)
    assert theme.tension == pytest.approx(75)
    assert theme.assessment == "opening"


@pytest.mark.parametrize(
    ("stance", "priority", "firm", "assessment"),
    [
        ("resists", "medium", [], "opening"),  # tension .75 * 100 * 2/3 = 50
        ("resists", "low", [constraint(1, "minor", measure="give")], "contested"),  # .75 * 100 / 3 = 25
        ("accepts", "low", [constraint(1, "minor", measure="give")], "negotiable"),
    ],
)
def test_a_value_on_a_threshold_is_not_lost_by_rounding(stance, priority, firm, assessment):
    """2/3 against 2/3 is a tension of exactly 50, 1/3 against 1/3 one of 25; in floats a little less.

    Beside it give at 1/3 and 1/3, fit 33.3, or with a minor limit 29.8, which alone would be modest.
    """
    result = pair(
        [objective(1, "give", "offers", "low"), objective(2, "more", stance, priority)],
        [objective(1, "give", "seeks", "low"), objective(2, "more", "seeks", priority)],
        firm,
    )
    assert the_theme(result, "one").assessment == assessment


# --- a measure that rests on another --------------------------------------------------------------------

NEEDY = context(
    themes(
        one=[measure("ethics", needs_any=["labour", "season"])], two=[measure("labour"), measure("season")]
    ),
    GROUPS,
)


def resting(channels, known=NEEDY, **labour):
    """Both gain 1 on ethics from Arda to Bree, which rests on channels of these priorities."""
    a = [objective(f"a-{name}", name, "offers", level, **labour) for name, level in channels.items()]
    b = [objective(f"b-{name}", name, "seeks", level) for name, level in channels.items()]
    return pair(
        [objective("x", "ethics", "offers"), *a], [objective("y", "ethics", "seeks"), *b], known=known
    )


@pytest.mark.parametrize(
    ("channels", "fit_of_ethics"),
    [
        ({"labour": "high"}, 100),
        ({"labour": "low"}, 33.333333),
        ({"labour": "low", "season": "medium"}, 66.666667),  # the best of those it can rest on
    ],
)
def test_a_measure_is_worth_no_more_than_what_it_rests_on(channels, fit_of_ethics):
    """A fit of 100 of its own, at most that of its channel: 100 * sqrt(1/3 * 1/3) for a low one."""
    result = resting(channels)
    assert the_item(result, "ethics", "arda").fit == pytest.approx(fit_of_ethics)
    assert the_theme(result, "one").score == pytest.approx(0.75 * fit_of_ethics)


def test_what_rests_on_another_measure_is_limited_by_it_in_every_draw():
    """Without doubt about priorities each draw is the score, .75 * 33.333 = 25."""
    sure = context(NEEDY.themes, GROUPS, Method(jitter=ByLevel(0, 0, 0)))
    theme = the_theme(resting({"labour": "low"}, sure), "one")
    assert (theme.low, theme.high) == pytest.approx((25, 25))


@pytest.mark.parametrize(
    ("labour", "assessment", "to_confirm"),
    [({}, "win-win", False), ({"confidence": "low"}, "promising", True)],
)
def test_what_rests_on_another_measure_is_as_firm_as_that(labour, assessment, to_confirm):
    """Ethics is of high confidence on both sides, its channel is or is not."""
    theme = the_theme(resting({"labour": "high"}, **labour), "one")
    assert theme.score == pytest.approx(75)
    assert (theme.assessment, theme.to_confirm) == (assessment, to_confirm)


def test_what_rests_on_a_trade_alone_keeps_its_fit_and_is_not_firm():
    """Arda would open the channel at a price: ethics 100, to be confirmed."""
    result = pair(
        [objective(1, "ethics", "offers"), objective(2, "labour", "accepts")],
        [objective(1, "ethics", "seeks"), objective(2, "labour", "seeks")],
        known=NEEDY,
    )
    theme = the_theme(result, "one")
    assert the_item(result, "ethics", "arda").fit == pytest.approx(100)
    assert (theme.assessment, theme.to_confirm) == ("promising", True)


# --- why the geometric mean -----------------------------------------------------------------------------


def ranking(mean, gain_a, gain_b):
    """Themes of two measures each, ranked as the model ranks them, by any mean of two gains."""
    best, second = top_two(mean(gain_a, gain_b))
    scores = np.round(weighted(best, second, METHOD), 9)
    return np.argsort(-scores, kind="stable").tolist()


def minimum(gain_a, gain_b):
    return 100 * np.minimum(gain_a, gain_b)


def test_halving_all_ratings_of_one_state_moves_min_and_never_the_geometric_mean():
    """1,000 pairs of states that rate four measures in each of twelve themes at random; one halves its
    ratings. The claim of the method: `min` then ranks the themes differently nearly always, the geometric
    mean never, since it only multiplies every score by sqrt(1/2)."""
    random = np.random.default_rng(1)
    changed = {fit: 0, minimum: 0}
    for _ in range(1_000):
        gain_a, gain_b = random.random((2, 4, 12))
        for mean in changed:
            changed[mean] += ranking(mean, gain_a, gain_b) != ranking(mean, gain_a, gain_b / 2)
    assert changed[fit] == 0
    assert changed[minimum] > 500
