"""What to ask the other side, in which order, and what an answer would add."""

from __future__ import annotations

import pytest

from partnerfit.scoring.method import Method
from tests.build import constraint, context, measure, objective, state, themes
from tests.scoring.pairs import AREA, GROUPS, compared, the_theme

TAXONOMY = themes(
    one=[measure("aa"), measure("zz"), measure("join", "joint")],
    two=[measure("other")],
)
CONTEXT = context(TAXONOMY, GROUPS)


def pair(a, b, limits_a=(), limits_b=(), known=CONTEXT):
    """A comparison of Arda and Bree, each with a position on `other` that leads nowhere."""
    first = state("arda", "AAA", [objective("a", "other", "declines", "low"), *a], limits_a)
    second = state("bree", "BBB", [objective("b", "other", "declines", "low"), *b], limits_b)
    return compared(first, second, known)


def asked(result):
    """Questions as (whom, who asks, measure, provider)."""
    return [(q.to, q.asked_by, q.measure.id, q.provider) for q in result.questions]


# --- who is asked ---------------------------------------------------------------------------------------


def test_an_open_question_is_put_to_the_side_that_says_nothing():
    """Arda seeks aa; nobody knows whether Bree would provide it."""
    (question,) = pair([objective(1, "aa", "seeks")], []).questions
    assert (question.to, question.asked_by) == ("bree", "arda")
    assert (question.provider, question.receiver) == ("bree", "arda")
    assert question.theme.id == "one"
    assert question.does_with_others == ()


def test_an_offer_to_all_is_put_to_a_side_that_seeks_something_in_its_field():
    """Arda seeks zz, of the same theme, so it may want aa too; without that it is not asked."""
    result = pair([objective(2, "zz", "seeks", towards=["CCC"])], [objective(1, "aa", "offers")])
    assert ("arda", "bree", "aa", "bree") in asked(result)
    assert asked(pair([], [objective(1, "aa", "offers")])) == []


def test_an_offer_that_names_the_side_is_put_to_it():
    result = pair([], [objective(1, "aa", "offers", towards=["AAA"])])
    assert asked(result) == [("arda", "bree", "aa", "bree")]


@pytest.mark.parametrize(
    ("asked_of", "wish", "other", "expected"),
    [
        ("giver", {}, [], False),
        ("giver", {}, [objective(2, "gift", "offers", towards=["CCC"])], True),
        ("giver", {}, [objective(2, "zz", "offers", towards=["CCC"])], False),  # not of the kind
        ("route", {}, [], False),
        ("route", {"towards": ["BBB"]}, [], True),
        ("named", {}, [], False),
        ("named", {"towards": ["BBB"]}, [], True),
    ],
)
def test_of_whom_a_measure_may_be_asked(asked_of, wish, other, expected):
    """Arda seeks a measure of which nothing is known on Bree's side, which fits the mark or does not."""
    marked = [measure("aa", asked_of=[asked_of]), measure("zz"), measure("gift", asked_of=["giver"])]
    known = context(themes(one=marked, two=[measure("other")]), GROUPS)
    result = pair([objective(1, "aa", "seeks", **wish)], other, known=known)
    assert (("bree", "arda", "aa", "bree") in asked(result)) is expected


def test_a_joint_measure_is_put_to_the_other_party():
    result = pair([objective(1, "join", "supports")], [])
    assert asked(result) == [("bree", "arda", "join", None)]


@pytest.mark.parametrize("stance", ["resists", "accepts"])
def test_who_does_not_want_it_asks_nothing(stance):
    assert pair([objective(1, "aa", stance)], []).questions == ()


def test_a_known_win_win_needs_no_question():
    assert pair([objective(1, "aa", "seeks")], [objective(1, "aa", "offers")]).questions == ()


def test_a_win_win_that_one_side_has_only_with_others_is_asked_for():
    """ "Would you do with us what you do with CCC?" """
    result = pair([objective(1, "aa", "seeks")], [objective(1, "aa", "offers", towards=["CCC"])])
    (question,) = result.questions
    assert (question.to, question.asked_by, question.provider) == ("bree", "arda", "bree")
    assert [o.id for o in question.does_with_others] == ["o-1"]


def test_in_a_lead_the_provider_is_asked():
    """Arda seeks aa from CCC, Bree offers it to CCC."""
    result = pair(
        [objective(1, "aa", "seeks", towards=["CCC"])], [objective(1, "aa", "offers", towards=["CCC"])]
    )
    assert asked(result) == [("bree", "arda", "aa", "bree")]
    assert [o.id for o in result.questions[0].does_with_others] == ["o-1"]


def test_in_a_joint_lead_both_are_asked():
    result = pair(
        [objective(1, "join", "supports", towards=["CCC"])],
        [objective(1, "join", "supports", towards=["CCC"])],
    )
    assert sorted(asked(result)) == [("arda", "bree", "join", None), ("bree", "arda", "join", None)]


# --- what is not asked ----------------------------------------------------------------------------------


@pytest.mark.parametrize("stance", ["seeks", "offers"])
def test_nothing_is_asked_where_both_want_the_same(stance):
    """Both seek (a common demand), or both offer: neither is asked to do the opposite."""
    assert pair([objective(1, "aa", stance)], [objective(2, "aa", stance)]).questions == ()


def test_a_state_known_in_the_other_role_only_towards_others_is_not_asked_either():
    """Bree seeks aa from CCC: it is known in the asker's own role."""
    assert pair([objective(1, "aa", "seeks")], [objective(1, "aa", "seeks", towards=["CCC"])]).questions == ()


def test_a_state_known_in_both_roles_is_asked_what_it_does_with_others():
    """Bree seeks aa itself, but offers it to CCC: not known in the asker's role only."""
    result = pair(
        [objective(1, "aa", "seeks")],
        [objective(1, "aa", "seeks"), objective(2, "aa", "offers", towards=["CCC"])],
    )
    assert asked(result) == [("bree", "arda", "aa", "bree")]


def test_a_blocked_item_is_not_asked_about():
    limits = [constraint(1, "red-line", measure="aa", as_="provider")]
    assert pair([objective(1, "aa", "seeks")], [], limits_b=limits).questions == ()


@pytest.mark.parametrize(
    ("measure_id", "stance", "towards", "number"),
    [
        ("aa", "seeks", ["BBB"], 1),
        ("aa", "seeks", ["CLUB"], 0),
        ("join", "supports", ["BBB"], 1),
        ("join", "supports", ["CLUB"], 0),
        ("join", "supports", None, 0),
    ],
)
def test_inside_a_free_movement_area_only_who_names_the_partner_asks(measure_id, stance, towards, number):
    more = {"towards": towards} if towards else {}
    wishes = [objective(1, measure_id, stance, **more)]
    assert len(pair(wishes, []).questions) == 1
    assert len(pair(wishes, [], known=context(TAXONOMY, AREA)).questions) == number


def test_a_state_that_asks_only_others_asks_nothing_of_a_state_that_is_silent():
    """Arda seeks aa from CCC alone, of Bree nothing is known: nothing connects the two."""
    assert pair([objective(1, "aa", "seeks", towards=["CCC"])], []).questions == ()


def test_what_would_add_nothing_is_not_asked():
    """aa and zz stand at 100; a yes on join, 81.650, would be third best."""
    a = [objective(1, "aa", "seeks"), objective(2, "zz", "seeks"), objective(3, "join", "supports")]
    b = [objective(1, "aa", "offers"), objective(2, "zz", "offers")]
    assert pair(a, b).questions == ()
    assert asked(pair(a, b[:1])) != []


@pytest.mark.parametrize(("channel", "number"), [([], 0), ([objective(2, "zz", "accepts")], 1)])
def test_a_measure_that_needs_a_channel_is_asked_for_where_there_is_one(channel, number):
    """Arda seeks aa, which rests on zz; Bree is silent on aa, and on zz or not."""
    known = context(themes(one=[measure("aa", needs_any=["zz"]), measure("zz")], two=[measure("other")]))
    result = pair([objective(1, "aa", "seeks"), objective(2, "zz", "seeks")], channel, known=known)
    assert [q.measure.id for q in result.questions].count("aa") == number


# --- what an answer would add ---------------------------------------------------------------------------


def test_a_medium_yes_to_an_open_question():
    """Gains 1 and 2/3: fit 100 * sqrt(2/3) = 81.650, alone in its theme .75 * 81.650 = 61.237."""
    result = pair([objective(1, "aa", "seeks")], [])
    assert result.questions[0].adds == pytest.approx(61.237244)
    theme = the_theme(result, "one")
    assert theme.score == 0
    assert theme.potential == pytest.approx(61.237244)


def test_a_yes_adds_less_beside_a_better_measure():
    """join stands at 100, score 75. A yes on aa is second best: .25 * 81.650 = 20.412; potential 95.412."""
    result = pair(
        [objective(1, "aa", "seeks"), objective(2, "join", "supports")], [objective(2, "join", "supports")]
    )
    assert result.questions[0].adds == pytest.approx(20.412415)
    assert the_theme(result, "one").score == pytest.approx(75)
    assert the_theme(result, "one").potential == pytest.approx(95.412415)


def test_a_limit_on_the_asked_lowers_the_yes():
    """2/3 at .5: fit 100 * sqrt(1/3) = 57.735, of which three quarters 43.301."""
    limits = [constraint(1, "major", measure="aa")]
    result = pair([objective(1, "aa", "seeks")], [], limits_b=limits)
    assert result.questions[0].adds == pytest.approx(43.301270)


def test_a_yes_to_what_is_done_elsewhere():
    """Gains 1 and 3/3 at half: fit 70.711. After a medium yes 1 and 2/3: 81.650.

    It adds .75 * (81.650 - 70.711) = 8.204; score 53.033, potential 61.237.
    """
    result = pair([objective(1, "aa", "seeks")], [objective(1, "aa", "offers", towards=["CCC"])])
    theme = the_theme(result, "one")
    assert theme.score == pytest.approx(53.033009)
    assert result.questions[0].adds == pytest.approx(8.204235)
    assert theme.potential == pytest.approx(61.237244)


def test_a_yes_is_never_below_what_is_known():
    """Here what is done elsewhere counts in full: in a lead of 3/3 and 3/3 a yes leaves both there.

    The potential is .75 * 100 = 75, not .75 * 100 * 2/3 = 50 as with a medium yes of each.
    """
    whole = context(TAXONOMY, GROUPS, Method(elsewhere=1))
    a, b = (objective(1, "aa", stance, towards=["CCC"]) for stance in ("seeks", "offers"))
    theme = the_theme(pair([a], [b], known=whole), "one")
    assert (theme.score, theme.potential) == pytest.approx((0, 75))


def test_a_yes_in_a_lead():
    """The asker keeps its 3/3 at half, the asked says 2/3: 100 * sqrt(1/3), of which 43.301.

    The potential has a yes of both: 100 * 2/3, of which three quarters 50. The score stays 0.
    """
    result = pair(
        [objective(1, "aa", "seeks", towards=["CCC"])], [objective(1, "aa", "offers", towards=["CCC"])]
    )
    theme = the_theme(result, "one")
    assert theme.score == 0
    assert result.questions[0].adds == pytest.approx(43.301270)
    assert theme.potential == pytest.approx(50)


def test_the_potential_answers_every_question_of_a_theme():
    """Yes on aa 81.650 and on join 66.667: .75 * 81.650 + .25 * 66.667 = 77.904."""
    result = pair([objective(1, "aa", "seeks"), objective(2, "join", "supports", "medium")], [])
    assert the_theme(result, "one").potential == pytest.approx(77.903910)


def test_what_is_known_is_not_changed_by_the_potential():
    """A low offer stays low: a firm win-win at 57.735 has the same potential, 43.301."""
    result = pair([objective(1, "aa", "seeks")], [objective(1, "aa", "offers", "low")])
    theme = the_theme(result, "one")
    assert theme.score == pytest.approx(43.301270)
    assert theme.potential == theme.score


@pytest.mark.parametrize("stance", ["resists", "accepts"])
def test_a_known_no_is_outside_the_potential(stance):
    result = pair([objective(1, "aa", "seeks")], [objective(1, "aa", stance)])
    assert the_theme(result, "one").potential == 0


def test_a_red_line_is_outside_the_potential():
    limits = [constraint(1, "red-line", measure="aa", as_="provider")]
    assert the_theme(pair([objective(1, "aa", "seeks")], [], limits_b=limits), "one").potential == 0


def test_a_win_win_that_waits_for_another_measure_is_inside_the_potential():
    """Both gain 1, but aa requires `other`, on which the partners stand in the same role: score 0, potential
    75."""
    result = pair([objective(1, "aa", "seeks", requires=["other"])], [objective(1, "aa", "offers")])
    assert the_theme(result, "one").score == 0
    assert the_theme(result, "one").potential == pytest.approx(75)


# --- order ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zz", "aa", "bree", "limits"),
    [
        pytest.param(
            {"priority": "low", "confidence": "low", "towards": ["BBB"]},
            {},
            [objective(1, "aa", "offers", towards=["CCC"])],
            [],
            id="a wish that names the partner, before everything else",
        ),
        pytest.param(
            {"priority": "low", "confidence": "low"},
            {},
            [objective(1, "zz", "offers", towards=["CCC"])],
            [],
            id="then what the asked does with others",
        ),
        pytest.param(
            {"priority": "high", "confidence": "low"},
            {"priority": "medium"},
            [],
            [],
            id="then the priority of the asker",
        ),
        pytest.param(
            {"confidence": "high"},
            {"confidence": "medium"},
            [],
            [constraint(1, "major", measure="zz")],
            id="then its confidence, whatever the answer adds",
        ),
        pytest.param({}, {}, [], [constraint(1, "minor", measure="aa")], id="then what the answer adds"),
    ],
)
def test_the_order_of_questions(zz, aa, bree, limits):
    """In each case the criterion puts zz before aa although the next one would not."""
    wishes = [objective(10, "aa", "seeks", **aa), objective(11, "zz", "seeks", **zz)]
    result = pair(wishes, bree, limits_b=limits)
    assert [question.measure.id for question in result.questions] == ["zz", "aa"]


def test_equal_questions_are_ordered_by_id():
    wishes = [objective(10, "zz", "seeks"), objective(11, "aa", "seeks")]
    assert [question.measure.id for question in pair(wishes, []).questions] == ["aa", "zz"]


def test_a_wish_towards_a_group_stands_before_a_general_one():
    """zz before aa although its priority and confidence are lower."""
    wishes = [
        objective(10, "aa", "seeks"),
        objective(11, "zz", "seeks", "low", confidence="low", towards=["CLUB"]),
    ]
    assert [question.measure.id for question in pair(wishes, []).questions] == ["zz", "aa"]


def test_what_the_asked_would_provide_stands_before_what_it_would_receive():
    """Bree is asked to provide zz and to receive aa, an offer more specific and stronger."""
    wishes = [objective(10, "aa", "offers", towards=["CLUB"]), objective(11, "zz", "seeks", "low")]
    result = pair(wishes, [])
    assert [(q.measure.id, q.provider) for q in result.questions] == [("zz", "bree"), ("aa", "arda")]


def test_an_answer_on_what_rests_on_another_measure_adds_no_more_than_that_is_worth():
    """aa rests on zz, of fit 100 * sqrt(1 * 1/3) = 57.7. A medium yes to aa alone would be 81.6; with
    the limit it adds a second fit of 57.7: 0.25 * 57.7 = 14.4."""
    known = context(
        themes(one=[measure("aa", needs_any=["zz"]), measure("zz")], two=[measure("other")]), GROUPS
    )
    result = pair(
        [objective(1, "aa", "seeks"), objective(2, "zz", "seeks")],
        [objective(3, "zz", "offers", "low")],
        known=known,
    )
    (question,) = result.questions
    assert (question.measure.id, round(question.adds, 1)) == ("aa", 14.4)
