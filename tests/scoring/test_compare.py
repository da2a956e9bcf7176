"""Two states compared: ranking, red lines, context, coverage, and what cannot be compared."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from partnerfit.errors import ComparisonError, UsageError
from partnerfit.render.records import comparison as record
from partnerfit.scoring.compare import compare
from partnerfit.scoring.method import ByLevel, Method
from tests.build import constraint, context, measure, objective, state, themes
from tests.scoring.pairs import AREA, DAY, GROUPS, compared, the_item, the_theme

TAXONOMY = themes(
    alpha=[measure("give"), measure("join", "joint")],
    beta=[measure("back"), measure("pact", "joint")],
    gamma=[measure("far")],
)
CONTEXT = context(TAXONOMY, GROUPS)


def arda(*objectives, constraints=(), **more):
    return state("arda", "AAA", objectives, constraints, **more)


def bree(*objectives, constraints=(), **more):
    return state("bree", "BBB", objectives, constraints, **more)


# --- a whole example ------------------------------------------------------------------------------------


def test_a_pair_from_end_to_end():
    """A worked example of the whole model.

    alpha: give from Arda (offers 3/3 at .8 for a minor limit = .8) to Bree (seeks 2/3): fit
    100 * sqrt(.8 * 2/3) = 73.030; join 1/3 and 3/3: fit 57.735. Score .75 * 73.030 + .25 * 57.735 =
    69.206; gains .8 + 1/3 and 2/3 + 1: balance 1.1333 / 1.6667 = .68. Firm above 60: win-win.
    beta: Bree accepts back (-1/3) that Arda seeks (2/3): price .75 * 100 * sqrt(2/9) = 35.355:
    negotiable. Arda supports pact (3/3), Bree is silent: a medium yes adds .75 * 100 * sqrt(2/3) =
    61.237, the potential.
    gamma: Arda resists and Bree declines the same: refused.
    """
    result = compared(
        arda(
            objective(1, "give", "offers"),
            objective(2, "join", "supports", "low"),
            objective(3, "back", "seeks", "medium"),
            objective(4, "pact", "supports"),
            objective(5, "far", "resists"),
            constraints=[constraint(1, "minor", measure="give")],
        ),
        bree(
            objective(1, "give", "seeks", "medium"),
            objective(2, "join", "supports"),
            objective(3, "back", "accepts", "low"),
            objective(4, "far", "declines"),
        ),
        CONTEXT,
    )
    alpha, beta, gamma = result.themes
    assert [theme.theme.id for theme in result.themes] == ["alpha", "beta", "gamma"]
    assert [theme.rank for theme in result.themes] == [1, 2, 3]
    assert the_item(result, "give", "arda").fit == pytest.approx(73.029674)
    assert the_item(result, "join").fit == pytest.approx(57.735027)
    assert alpha.score == pytest.approx(69.206012)
    assert alpha.balance == pytest.approx(0.68)
    assert alpha.potential == alpha.score
    assert (beta.score, beta.price, beta.tension) == pytest.approx((0, 35.355339, 0))
    assert beta.potential == pytest.approx(61.237244)
    assert [theme.assessment for theme in result.themes] == ["win-win", "negotiable", "refused"]
    assert [(q.to, q.measure.id, round(q.adds, 3)) for q in result.questions] == [("bree", "pact", 61.237)]
    assert result.coverage == {"arda": 1.0, "bree": 0.8}
    assert gamma.potential == 0


# --- what cannot be compared ----------------------------------------------------------------------------


def test_a_state_is_not_compared_with_itself():
    one = arda(objective(1, "give", "offers"))
    with pytest.raises(ComparisonError, match="Arda cannot be compared with itself"):
        compare(one, one, CONTEXT)


@pytest.mark.parametrize("turned", [False, True])
def test_an_empty_profile_is_not_compared(turned):
    pair = [arda(objective(1, "give", "offers")), bree()]
    with pytest.raises(ComparisonError, match=r"Bree states no objectives yet.*states/bree\.yaml"):
        compare(*(reversed(pair) if turned else pair), CONTEXT)


def test_the_as_of_date_is_the_newest_review():
    """2 November against 1 November."""
    newer = bree(objective(1, "give", "seeks"), reviewed="2026-11-02")
    assert compared(arda(objective(1, "give", "offers")), newer, CONTEXT).as_of == dt.date(2026, 11, 2)


def test_an_as_of_date_before_the_newest_review_is_refused():
    newer = bree(objective(1, "give", "seeks"), reviewed="2026-11-02")
    with pytest.raises(UsageError, match=r"2026-11-01 lies before the newest review \(2026-11-02\)"):
        compared(arda(objective(1, "give", "offers")), newer, CONTEXT, as_of=DAY)


def test_the_day_of_the_newest_review_is_early_enough():
    pair = (arda(objective(1, "give", "offers")), bree(objective(1, "give", "seeks")))
    assert compared(*pair, CONTEXT, as_of=DAY).as_of == DAY


@pytest.mark.parametrize(("as_of", "score"), [("2026-12-31", 75), ("2027-01-01", 0)])
def test_what_lapses_by_the_as_of_date_does_not_count(as_of, score):
    """Until 2026: a fit of 100 on the last day of the year, nothing the day after."""
    pair = (arda(objective(1, "give", "offers", until="2026")), bree(objective(1, "give", "seeks")))
    result = compared(*pair, CONTEXT, as_of=dt.date.fromisoformat(as_of))
    assert the_theme(result, "alpha").score == pytest.approx(score)


# --- ranking --------------------------------------------------------------------------------------------


def both(measure_id, mine, yours, number):
    """A joint measure that both support."""
    return (
        objective(number, measure_id, "supports", mine),
        objective(number, measure_id, "supports", yours),
    )


def test_themes_are_ranked_by_score():
    """pact at 100 and join at 33.3: beta before alpha, gamma without anything last."""
    a, b = zip(both("join", "low", "low", 1), both("pact", "high", "high", 2), strict=True)
    result = compared(arda(*a), bree(*b), CONTEXT)
    assert [(t.rank, t.theme.id) for t in result.themes] == [(1, "beta"), (2, "alpha"), (3, "gamma")]


def test_equal_scores_are_ranked_by_the_second_fit():
    """With all weight on the best measure both score 100; beta has a second fit of 33.3."""
    known = context(TAXONOMY, GROUPS, Method(best_weight=1))
    a, b = zip(both("join", "high", "high", 1), both("pact", "high", "high", 2), strict=True)
    more = (objective(3, "back", "offers", "low"), objective(3, "back", "seeks", "low"))
    result = compared(arda(*a, more[0]), bree(*b, more[1]), known)
    assert [theme.theme.id for theme in result.themes] == ["beta", "alpha", "gamma"]


def test_equal_themes_are_ranked_by_id():
    """Both at 2/9 under the root, once as 2/3 * 1/3 and once as 1/3 * 2/3; alpha stands last in the file."""
    turned = context(themes(beta=[measure("pact", "joint")], alpha=[measure("join", "joint")]))
    a, b = zip(both("join", "medium", "low", 1), both("pact", "low", "medium", 2), strict=True)
    assert [t.theme.id for t in compared(arda(*a), bree(*b), turned).themes] == ["alpha", "beta"]


def test_themes_without_a_score_are_ordered_by_assessment_then_potential():
    """gamma is refused; beta and alpha are unexplored, with a yes at 100 * sqrt(2/3) and 100 * sqrt(2/9)."""
    result = compared(
        arda(
            objective(1, "join", "supports", "low"),
            objective(2, "pact", "supports"),
            objective(3, "far", "resists"),
        ),
        bree(objective(1, "far", "declines")),
        CONTEXT,
    )
    assert [(t.theme.id, t.assessment) for t in result.themes] == [
        ("gamma", "refused"),
        ("beta", "unexplored"),
        ("alpha", "unexplored"),
    ]


def test_items_of_a_theme_stand_best_first_then_by_class():
    """join 100, give 33.3 from Arda; give from Bree has no evidence."""
    a, b = both("join", "high", "high", 1)
    result = compared(
        arda(a, objective(2, "give", "offers", "low")), bree(b, objective(2, "give", "seeks", "low")), CONTEXT
    )
    items = the_theme(result, "alpha").items
    assert [(i.measure.id, i.provider) for i in items] == [("join", None), ("give", "arda"), ("give", "bree")]


def test_partners_stand_in_the_order_named_and_sides_by_id():
    one, other = arda(objective(1, "give", "offers")), bree(objective(1, "give", "seeks"))
    result = compared(other, one, CONTEXT)
    assert result.partners == (other, one)
    item = the_item(result, "give", "arda")
    assert [(side.state, side.role) for side in item.sides] == [("arda", "provider"), ("bree", "receiver")]
    assert result.partner("bree") is other


# --- red lines ------------------------------------------------------------------------------------------


def test_a_red_line_gives_a_fit_of_zero_and_a_listing():
    """Without it the fit would be 100."""
    result = compared(
        arda(
            objective(1, "give", "offers"),
            constraints=[constraint(1, "red-line", measure="give", as_="provider")],
        ),
        bree(objective(1, "give", "seeks")),
        CONTEXT,
    )
    item = the_item(result, "give", "arda")
    assert (item.cls, item.fit) == ("blocked", 0)
    (line,) = result.red_lines
    assert (line.state, line.constraint.id, line.measure.id, line.theme.id, line.wanted) == (
        "arda",
        "c-1",
        "give",
        "alpha",
        True,
    )


@pytest.mark.parametrize(("stance", "wanted"), [("seeks", True), ("declines", False), (None, False)])
def test_a_red_line_says_whether_the_other_side_wants_what_it_blocks(stance, wanted):
    more = [objective(1, "give", stance)] if stance else []
    result = compared(
        arda(
            objective(1, "far", "offers"),
            constraints=[constraint(1, "red-line", measure="give", as_="provider")],
        ),
        bree(objective(2, "far", "offers"), *more),
        CONTEXT,
    )
    assert [line.wanted for line in result.red_lines] == [wanted]


def test_a_red_line_in_one_role_leaves_the_other_direction_open():
    """Arda will not provide, but seeks: with Bree as provider the fit is 100."""
    result = compared(
        arda(
            objective(1, "give", "seeks"),
            constraints=[constraint(1, "red-line", measure="give", as_="provider")],
        ),
        bree(objective(1, "give", "offers"), objective(2, "give", "seeks")),
        CONTEXT,
    )
    assert the_item(result, "give", "bree").fit == pytest.approx(100)
    assert the_item(result, "give", "arda").cls == "blocked"


def test_red_lines_that_are_wanted_come_first_then_by_theme_measure_and_state():
    lines = [
        constraint(1, "red-line", measure="give", as_="provider"),
        constraint(2, "red-line", measure="pact"),
        constraint(3, "red-line", measure="join"),
    ]
    result = compared(
        arda(objective(1, "far", "offers"), constraints=lines),
        bree(
            objective(1, "pact", "supports"),
            constraints=[constraint(4, "red-line", measure="give", as_="provider")],
        ),
        CONTEXT,
    )
    assert [(line.measure.id, line.state) for line in result.red_lines] == [
        ("pact", "arda"),
        ("give", "arda"),
        ("give", "bree"),
        ("join", "arda"),
    ]


# --- common demands -------------------------------------------------------------------------------------


def demands(a, b):
    """Measures that both seek and neither is known to provide."""
    return [m.id for m in the_theme(compared(arda(*a), bree(*b), CONTEXT), "alpha").common_demands]


SEEK = objective(1, "give", "seeks")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([], [], ["give"]),
        ([], [objective(2, "give", "resists")], ["give"]),  # known not to provide it
        ([], [objective(2, "give", "offers")], []),
        ([objective(2, "give", "accepts")], [], []),  # it would, at a price
        ([], [objective(2, "give", "offers", towards=["CCC"])], []),  # it does, elsewhere
    ],
)
def test_both_seek_and_neither_is_known_to_provide(a, b, expected):
    assert demands([SEEK, *a], [SEEK, *b]) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (["CCC"], ["CCC"], ["give"]),
        (["CCC"], ["FAR"], ["give"]),  # CCC is a member of FAR
        (["CCC"], ["DDD"], []),  # no third side in common
        (["BBB"], ["AAA"], []),  # each from the other, nobody else is meant
        (None, ["CCC"], []),  # Arda seeks it from Bree too
    ],
)
def test_a_common_demand_has_a_third_side(a, b, expected):
    one, other = (
        objective(1, "give", "seeks", **({"towards": towards} if towards else {})) for towards in (a, b)
    )
    assert demands([one], [other]) == expected


def test_a_third_side_that_is_left_out_is_none():
    """Both turn to CCC, but one takes it out again."""
    one = objective(1, "give", "seeks", towards=["CCC", "DDD"], except_=["CCC"])
    assert demands([one], [objective(1, "give", "seeks", towards=["CCC"])]) == []
    assert demands([one], [objective(1, "give", "seeks", towards=["DDD"])]) == ["give"]


def test_inside_a_free_movement_area_a_wish_in_general_speaks_of_third_states():
    """Arda seeks it from all, Bree from CCC. Outside Arda seeks it from Bree too; inside only from others."""
    pair = (arda(SEEK), bree(objective(1, "give", "seeks", towards=["CCC"])))
    for known, expected in ((CONTEXT, []), (context(TAXONOMY, AREA), ["give"])):
        assert [m.id for m in the_theme(compared(*pair, known), "alpha").common_demands] == expected


def test_what_one_alone_seeks_is_no_common_demand():
    assert demands([SEEK], [objective(1, "join", "supports")]) == []


def test_what_both_support_is_no_demand():
    assert demands([objective(1, "join", "supports")], [objective(1, "join", "supports")]) == []


# --- context --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"towards": ["EU"]}, True),
        ({"towards": ["EU-MEMBERS"]}, False),  # addresses the partner
        ({"towards": ["EU", "BBB"]}, False),
        ({"towards": ["EU", "CLUB"]}, False),
        ({"towards": ["EU"], "until": "2026-10"}, False),  # lapsed
        ({"towards": ["EU"], "except_": ["BBB"]}, False),  # leaves the partner out
        ({"towards": ["FAR"]}, False),
        ({}, False),
    ],
)
def test_a_position_towards_a_body_is_shown_as_context(more, shown):
    """The partner is a member of the EU as an institution."""
    result = compared(
        arda(objective(1, "join", "supports", **more), objective(2, "far", "offers")),
        bree(objective(1, "far", "offers")),
        CONTEXT,
    )
    expected = [("arda", "o-1")] if shown else []
    assert [(b.state, b.objective.id) for b in result.bloc_positions] == expected


def test_a_refusal_of_a_body_is_context_and_no_position_towards_a_member():
    """Arda resists join with the EU: with Bree, a member, nothing is known."""
    result = compared(
        arda(objective(1, "join", "resists", towards=["EU"])), bree(objective(1, "join", "supports")), CONTEXT
    )
    assert the_item(result, "join").of("arda").gain is None
    assert [b.objective.id for b in result.bloc_positions] == ["o-1"]


def test_a_refusal_of_the_members_is_a_position_towards_each():
    result = compared(
        arda(objective(1, "join", "resists", towards=["EU-MEMBERS"])),
        bree(objective(1, "join", "supports")),
        CONTEXT,
    )
    assert the_item(result, "join").cls == "trade"
    assert result.bloc_positions == ()


def test_a_shared_area_of_free_movement_is_named():
    pair = (arda(objective(1, "join", "supports")), bree(objective(1, "join", "supports")))
    assert compared(*pair, CONTEXT).area is None
    assert compared(*pair, context(TAXONOMY, AREA)).area.code == "ZONE"


def test_members_of_the_union_are_named():
    """AAA is a member, CCC is not."""
    far = state("cern", "CCC", [objective(1, "join", "supports")])
    assert compared(far, arda(objective(1, "join", "supports")), CONTEXT).union_members == ("arda",)


# --- coverage -------------------------------------------------------------------------------------------


def test_coverage_is_the_share_of_measures_with_a_position_towards_the_partner():
    """Of five measures Arda speaks on give (both roles), join and pact; back only towards others and far only
    until last month: 3/5. Bree on far: 1/5."""
    result = compared(
        arda(
            objective(1, "give", "offers"),
            objective(2, "give", "seeks"),
            objective(3, "join", "resists", towards=["BBB"]),
            objective(4, "pact", "supports", towards=["CLUB"]),
            objective(5, "back", "offers", towards=["CCC"]),
            objective(6, "far", "offers", until="2026-10"),
        ),
        bree(objective(1, "far", "seeks")),
        CONTEXT,
    )
    assert result.coverage == pytest.approx({"arda": 0.6, "bree": 0.2})


# --- the method is a parameter --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "score"),
    [
        ({}, 43.301270),  # 3/3 at .5 and 2/3: 57.735, three quarters
        ({"feasibility_major": 0.125}, 21.650635),  # a quarter under the root halves it
        ({"best_weight": 1.0}, 57.735027),
        ({"priority": ByLevel(4, 2, 1)}, 37.5),  # 4/4 at .5 and 2/4: 50, three quarters
    ],
)
def test_other_numbers_give_other_scores(change, score):
    pair = (
        arda(objective(1, "give", "offers"), constraints=[constraint(1, "major", measure="give")]),
        bree(objective(1, "give", "seeks", "medium")),
    )
    result = compared(*pair, context(TAXONOMY, GROUPS, Method(**change)))
    assert the_theme(result, "alpha").score == pytest.approx(score)


# --- the same twice -------------------------------------------------------------------------------------


def test_the_same_comparison_twice_is_the_same_to_the_last_digit():
    pair = (
        arda(objective(1, "give", "offers", "medium"), objective(2, "join", "supports", confidence="low")),
        bree(objective(1, "give", "seeks", "low"), objective(2, "join", "supports", towards=["CCC"])),
    )
    assert compared(*pair, CONTEXT, seed=9) == compared(*pair, CONTEXT, seed=9)


def test_real_states_swapped_give_the_same_record_but_for_their_order(catalogue):
    """Every profile of the repository, each with the next by id."""
    known = catalogue.context()
    for one, other in pairwise(catalogue.state_ids):
        pair = (catalogue.state(one), catalogue.state(other))
        first, second = (
            record(compared(*order, known), data_version="", overlays=(), method="default")
            for order in (pair, pair[::-1])
        )
        assert first.pop("partners") == second.pop("partners")[::-1]
        assert first == second
