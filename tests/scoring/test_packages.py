"""Packages of two states: what is in them, who pays, what shaped them, and what always holds."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerfit.errors import UsageError
from partnerfit.scoring.items import CLASSES
from partnerfit.scoring.method import Method, newest
from partnerfit.scoring.packages import packages, red_line_prices
from partnerfit.scoring.pair import judge
from partnerfit.scoring.whatif import assume, read_assumption
from tests.build import constraint, context, measure, objective, state, themes
from tests.scoring.pairs import DAY
from tests.scoring.strategies import PAIRS, SURE, often, worlds

KINDS = (
    "balanced",
    "no-concessions",
    "most-equal",
    "short",
    "kalai-smorodinsky",
    "without-low-confidence",
)
TAXONOMY = themes(
    work=[measure("skills"), measure("seasonal"), measure("recruitment", needs_any=["seasonal"])],
    travel=[measure("visas"), measure("passports")],
    back=[measure("readmission")],
    talks=[measure("training", "joint")],
)

# Worth to Arda and Bree: training (2/3, 2/3); visas from Bree (1, -1/3); readmission by Arda (-2/3, 1);
# skills from Bree (1/3, 2/3), if there is readmission; passports from Arda (-1/3, 1/3).
ARDA = (
    objective(1, "training", "supports", "medium"),
    objective(2, "visas", "seeks", "high"),
    objective(3, "readmission", "accepts", "medium"),
    objective(4, "skills", "seeks", "low"),
    objective(5, "passports", "accepts", "low"),
)
BREE = (
    objective(1, "training", "supports", "medium"),
    objective(2, "visas", "accepts", "low"),
    objective(3, "readmission", "seeks", "high"),
    objective(4, "skills", "offers", "medium", requires=["readmission"]),
    objective(5, "passports", "seeks", "low"),
)


def a_pair(arda=ARDA, bree=BREE, *, limits=((), ()), method=None, taxonomy=TAXONOMY):
    first, second = state("arda", "AAA", arda, limits[0]), state("bree", "BBB", bree, limits[1])
    return judge(first, second, context(taxonomy, method=method), DAY)


def found(*args, draws=0, **options):
    limits = options.pop("limits", ((), ()))
    return packages(a_pair(*args, limits=limits, method=options.pop("method", None)), draws=draws, **options)


def names(package):
    return [item.measure.id for item in package.items]


def entry(package, name):
    return next(e for e in package.entries if e.item.measure.id == name)


def changed(wishes, name, **change):
    """Some wishes, that on one measure changed."""
    return tuple({**w, **change} if w["measure"] == name else w for w in wishes)


# --- the worked example ---------------------------------------------------------------------------------


def test_the_balanced_package():
    """Over (2/3, 2/3): visas and readmission (1/3, 2/3); skills too (2/3, 4/3); passports too (1/3, 5/3).

    The products are 2/9, 8/9 and 5/9.
    """
    package = found().balanced
    assert names(package) == ["readmission", "skills", "training", "visas"]
    assert package.utility == pytest.approx({"arda": 4 / 3, "bree": 2})
    assert package.reference == pytest.approx({"arda": 2 / 3, "bree": 2 / 3})
    assert package.exact


def test_without_concessions():
    """Skills is a win-win, but requires readmission, which Arda concedes."""
    package = found().of("no-concessions")
    assert names(package) == ["training"]
    assert package.utility == package.reference
    (out,) = package.kept_out
    assert (out.item.measure.id, out.needs, out.possible) == ("skills", ("readmission",), True)


def test_shares_and_balance():
    """The most Arda could get is 2/3 + 1 (skills would cost it more), Bree 2/3 + 1 + 2/3 + 1/3.

    Shares 4/5 and 3/4, a balance of 15/16. Arda's wishes, 2, are all met, of Bree's 7/3 of 8/3.
    """
    package = found().balanced
    assert package.ideal == pytest.approx({"arda": 5 / 3, "bree": 8 / 3})
    assert package.share_of_ideal == pytest.approx({"arda": 4 / 5, "bree": 3 / 4})
    assert package.share_of_wishes == pytest.approx({"arda": 1, "bree": 7 / 8})
    assert package.balance == pytest.approx(15 / 16)
    assert not package.one_sided
    assert {t.theme.id: t.gains for t in package.themes} == {
        "work": pytest.approx({"arda": 1 / 3, "bree": 2 / 3}),
        "travel": pytest.approx({"arda": 1, "bree": -1 / 3}),
        "back": pytest.approx({"arda": -2 / 3, "bree": 1}),
        "talks": pytest.approx({"arda": 2 / 3, "bree": 2 / 3}),
    }


def test_who_gives_and_gets_what():
    package = found().balanced
    assert [e.item.measure.id for e in package.gives("arda")] == ["readmission"]
    assert [e.item.measure.id for e in package.gets("arda")] == ["skills", "visas"]
    assert package.gives("bree") == package.gets("arda")
    assert [e.item.measure.id for e in package.together] == ["training"]
    assert package.measures == ("readmission", "skills", "training", "visas")


def test_every_concession_names_what_pays_for_it():
    """Each concession is paid for by the other's; skills, which nobody concedes, comes on top."""
    package = found().balanced
    paid = {
        e.item.measure.id: (e.conceded_by, [(p.item.measure.id, p.how) for p in e.paid_by])
        for e in package.concessions
    }
    assert paid == {
        "readmission": ("arda", [("visas", "concession")]),
        "visas": ("bree", [("readmission", "concession")]),
    }
    assert entry(package, "skills").unlocked
    assert not entry(package, "training").unlocked


def test_a_win_win_that_a_concession_makes_possible_can_pay_for_it():
    """Without visas: readmission (-1/3, 1) and skills (2/3, 2/3), which requires it."""
    arda = changed(changed(ARDA, "readmission", priority="low"), "skills", priority="medium")
    package = found(arda, exclude=["visas", "passports"]).balanced
    assert names(package) == ["readmission", "skills", "training"]
    (paid,) = entry(package, "readmission").paid_by
    assert (paid.item.measure.id, paid.how) == ("skills", "unlocked")


def test_what_costs_the_other_side_nothing_can_pay():
    """Bree is torn on seasonal work at 0: Arda gains 1 and concedes passports, Bree gains 1/3."""
    arda = (objective(1, "seasonal", "seeks"), objective(2, "passports", "accepts", "low"))
    bree = (
        objective(1, "seasonal", "offers"),
        objective(2, "seasonal", "resists"),
        objective(3, "passports", "seeks", "low"),
    )
    package = found(arda, bree).balanced
    assert names(package) == ["passports", "seasonal"]
    assert [(p.item.measure.id, p.how) for p in entry(package, "passports").paid_by] == [("seasonal", "free")]


def test_requirements_are_told():
    result = found()
    (tie,) = result.requirements
    assert (tie.item.measure.id, tie.measures) == ("skills", ("readmission",))
    assert [item.measure.id for item in tie.met_by] == ["readmission"]
    assert [(who, statement.id) for who, statement in tie.statements] == [("bree", "o-4")]
    assert [i.measure.id for i in entry(result.balanced, "skills").rests_on] == ["readmission"]
    assert [i.measure.id for i in entry(result.balanced, "readmission").carries] == ["skills"]


def test_a_constraint_can_require_something():
    """Bree's limit on training: only with visas. Then nothing is left without concessions."""
    limit = constraint(1, "minor", measure="training", requires=["visas"])
    result = found(limits=((), (limit,)))
    assert names(result.of("no-concessions")) == []
    assert {(t.item.measure.id, t.measures) for t in result.requirements} >= {("training", ("visas",))}
    for package in result.packages:
        assert "training" not in names(package) or "visas" in names(package)


def test_what_nothing_can_meet_is_kept_out():
    bree = changed(BREE, "training", requires=["seasonal"])
    package = found(ARDA, bree).balanced
    assert "training" not in names(package)
    # In a comparison it is an open question, so it is no item of a package to begin with.
    assert "training" not in [i.measure.id for i in found(ARDA, bree).workable]


def test_conditions_of_recruitment_come_only_with_the_recruitment():
    """Bree concedes seasonal work; recruitment, a win-win, rests on it in the same direction."""
    arda = (*ARDA, objective(6, "seasonal", "seeks"), objective(7, "recruitment", "seeks"))
    bree = (*BREE, objective(6, "seasonal", "accepts"), objective(7, "recruitment", "offers"))
    result = found(arda, bree)
    assert "recruitment" not in names(result.of("no-concessions"))
    for package in result.packages:
        assert "recruitment" not in names(package) or "seasonal" in names(package)
    tie = next(t for t in result.requirements if t.item.measure.id == "recruitment")
    assert (tie.measures, tie.statements) == (("seasonal",), ())


def test_a_red_line_blocks_and_its_price_is_told_on_request():
    """Bree never gives visas: nothing is worth readmission to Arda. Moved, the package is the one above."""
    line = constraint(1, "red-line", measure="visas", as_="provider")
    pair = a_pair(limits=((), (line,)))
    package = packages(pair, draws=0).balanced
    assert names(package) == ["training"]
    (price,) = red_line_prices(pair, DAY)
    assert (price.state, price.constraint.id) == ("bree", "c-1")
    assert price.gains == pytest.approx({"arda": 2 / 3, "bree": 4 / 3})
    assert names(price.package) == ["readmission", "skills", "training", "visas"]


def test_the_price_of_a_red_line_of_which_no_position_is_known_is_unknown():
    line = constraint(1, "red-line", measure="visas", as_="provider")
    bree = tuple(w for w in BREE if w["measure"] != "visas")
    (price,) = red_line_prices(a_pair(ARDA, bree, limits=((), (line,))), DAY)
    assert price.gains is None
    assert price.package is None


def test_a_red_line_that_nobody_asks_to_move_has_no_price():
    line = constraint(1, "red-line", measure="seasonal", as_="provider")
    assert red_line_prices(a_pair(limits=((), (line,))), DAY) == ()


# --- kinds ----------------------------------------------------------------------------------------------


def test_a_short_package():
    """Three measures: training, visas and readmission, (1, 4/3); two: training alone, nothing beats it."""
    three = found(at_most=3).of("short")
    assert names(three) == ["readmission", "training", "visas"]
    assert names(found(at_most=2).of("short")) == ["training"]
    assert names(found(method=Method(short_package=3)).of("short")) == names(three)


def test_kalai_smorodinsky_only_where_it_differs():
    assert found().of("kalai-smorodinsky") is None
    assert [p.kind for p in found().packages] == [k for k in KINDS if k != "kalai-smorodinsky"]


def test_without_low_confidence():
    """Visas rests on low confidence: without it Arda concedes nothing."""
    package = found(changed(ARDA, "visas", confidence="low")).of("without-low-confidence")
    assert names(package) == ["training"]
    assert package.ideal == pytest.approx({"arda": 5 / 3, "bree": 8 / 3})


def test_a_one_sided_package_names_the_nearest_more_balanced_one():
    """Training is worth (1/3, 1), visas (2/3, -1/3): Bree concedes nothing, for Arda has nothing to give.

    Of the most each could get, 1 and 1, Arda has a third and Bree all.
    """
    arda = (objective(1, "training", "supports", "low"), objective(2, "visas", "seeks", "medium"))
    bree = (objective(1, "training", "supports", "high"), objective(2, "visas", "accepts", "low"))
    package = found(arda, bree).balanced
    assert package.share_of_ideal == pytest.approx({"arda": 1 / 3, "bree": 1})
    assert package.one_sided
    assert package.more_balanced is None
    # With passports (-1/3, 2/3) to give there is a swap: (2/3, 4/3) of (1, 5/3).
    swap = (*arda, objective(3, "passports", "accepts", "low"))
    asked = (*bree, objective(3, "passports", "seeks", "medium"))
    result = found(swap, asked, method=Method(one_sided=0.6))
    assert result.balanced.balance == pytest.approx(5 / 6)
    assert not result.balanced.one_sided
    assert result.of("no-concessions").one_sided
    nearest = result.of("no-concessions").more_balanced
    assert nearest.kind == "more-balanced"
    assert nearest.items == result.balanced.items


def test_the_threshold_is_a_number_of_the_method():
    assert found(method=Method(one_sided=0.95)).balanced.one_sided
    assert not found(method=Method(one_sided=0.93)).balanced.one_sided


def test_swaps_come_by_the_smaller_net_gain():
    """Visas for readmission: (1/3, 2/3). Visas for passports: (2/3, 0), no swap."""
    (swap,) = found().swaps
    assert {item.measure.id for item in swap.items} == {"visas", "readmission"}
    assert swap.net == pytest.approx({"arda": 1 / 3, "bree": 2 / 3})
    both = found(ARDA, changed(BREE, "passports", priority="high")).swaps
    assert [round(min(s.net.values()), 3) for s in both] == [0.667, 0.333]


def test_swaps_meet_what_they_require():
    bree = changed(BREE, "visas", requires=["skills"])
    assert found(ARDA, bree).swaps == ()


def test_the_core_index():
    """Without any doubt an item is in every draw or in none; with doubt the same seed gives the same."""
    sure = {c.item.measure.id: c.share for c in found(method=SURE, draws=20).core}
    assert sure == {"training": 1, "skills": 1, "readmission": 1, "visas": 1, "passports": 0}
    doubted = [changed(wishes, "passports", confidence="low") for wishes in (ARDA, BREE)]
    one, other = (found(*doubted, draws=200, seed=3).core for _ in range(2))
    assert [(c.item.measure.id, c.share) for c in one] == [(c.item.measure.id, c.share) for c in other]
    shares = {c.item.measure.id: c.share for c in one}
    assert shares["training"] == shares["visas"] == 1
    assert 0 < shares["passports"] < 0.5
    assert found(draws=0).core == ()


# --- choices of the user --------------------------------------------------------------------------------


def test_what_is_excluded_is_in_no_package():
    result = found(exclude=["visas"], draws=20)
    assert all("visas" not in names(package) for package in result.packages)
    assert "visas" not in [c.item.measure.id for c in result.core]
    assert result.swaps == ()


def test_what_is_included_is_in_every_package_with_concessions():
    result = found(include=["passports"])
    assert names(result.balanced) == ["passports", "readmission", "skills", "training", "visas"]
    assert result.missing == ()
    for package in result.packages:
        assert not package.concessions or "passports" in names(package)


def test_what_cannot_be_included_without_a_loss_is_told():
    result = found(include=["passports"], exclude=["visas"])
    assert names(result.balanced) == ["training"]
    assert result.missing == ("passports",)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"include": ["nothing"]}, "no measure has the id 'nothing'"),
        ({"exclude": ["nothing"]}, "no measure has the id 'nothing'"),
        ({"include": ["visas"], "exclude": ["visas"]}, "both included and excluded"),
        ({"include": ["seasonal"]}, "cannot be part of a package between Arda and Bree .no-evidence."),
    ],
)
def test_what_cannot_be_chosen_is_refused(options, complaint):
    with pytest.raises(UsageError, match=complaint):
        found(**options)


def test_an_assumption_is_marked_wherever_it_counts():
    pair = a_pair()
    first, second = pair.states
    supposed = assume(second, first, [read_assumption("bree:seasonal=offers:high")], pair.context)
    wishing = state("arda", "AAA", (*ARDA, objective(6, "seasonal", "seeks")))
    result = packages(judge(wishing, supposed, pair.context, DAY), draws=0)
    assert [(who, o.id, o.measure) for who, o in result.assumed] == [("bree", "assumed-1", "seasonal")]
    assert entry(result.balanced, "seasonal").assumed == ("bree",)
    assert entry(result.balanced, "training").assumed == ()
    assert result.balanced.assumed
    assert not found().balanced.assumed


def test_a_limit_that_was_hit_is_told():
    result = packages(a_pair(), draws=0, most_labels=2)
    assert not result.exact
    assert result.balanced.limit == "labels"
    for state_id, utility in result.balanced.utility.items():
        assert utility >= result.balanced.reference[state_id]


def test_two_states_without_common_items_have_empty_packages():
    package = found(ARDA[:1], BREE[1:2]).balanced
    assert package.entries == ()
    assert package.balance is None
    assert not package.one_sided
    assert package.share_of_wishes == {"arda": None, "bree": None}


# --- properties -----------------------------------------------------------------------------------------


FEWER = settings(PAIRS, max_examples=30)


def judged(world, method=None):
    return judge(world.first.build(), world.second.build(), world.context(method), DAY)


def holds(package, pair):
    """What every package has to keep to."""
    places = {(i.measure.id, i.provider) for i in package.items}
    measures = set(package.measures)
    for e in package.entries:
        gains = [side.position.gain for side in e.item.sides]
        assert None not in gains
        assert max(gains) > 0
        assert e.item.cls not in {"blocked", "open-question", "lead", "shared-refusal", "one-refuses"}
        assert not any(
            mine.position.red_lines and other.position.gain > 0
            for mine, other in (e.item.sides, e.item.sides[::-1])
        )
        assert set(e.item.requires) <= measures
        if e.item.measure.needs_any:
            assert any((channel, e.item.provider) in places for channel in e.item.measure.needs_any)
        assert (e.conceded_by is not None) == (min(gains) < 0) == bool(e.paid_by)
        assert all((p.item.measure.id, p.item.provider) in places for p in e.paid_by)
        for payer in e.paid_by:
            assert payer.item.of(e.conceded_by).gain > 0
    for state_id, utility in package.utility.items():
        assert utility >= package.reference[state_id] - 1e-9
        assert not package.concessions or utility > package.reference[state_id]


@PAIRS
@given(worlds())
def test_every_package_keeps_to_the_rules(world):
    pair = judged(world)
    result = packages(pair, draws=0)
    assert [p.kind for p in result.packages if p.kind != "kalai-smorodinsky"] == [
        kind for kind in KINDS if kind != "kalai-smorodinsky"
    ]
    for package in result.packages:
        holds(package, pair)
        if package.more_balanced:
            holds(package.more_balanced, pair)
            assert package.more_balanced.balance > package.balance
    assert not result.of("no-concessions").concessions
    assert len(result.of("short").measures) <= 5
    low = result.of("without-low-confidence")
    assert all(item.confidence != "low" for item in low.items)
    workable = {CLASSES.index(c) for c in ("shared-interest", "complementary", "trade", "mixed")}
    assert len(result.workable) <= sum(int(code) in workable for code in pair.codes)


@FEWER
@given(worlds())
def test_the_order_in_which_the_states_are_named_changes_nothing(world):
    one = packages(judged(world), draws=20)
    turned = replace(world, first=world.second, second=world.first)
    assert packages(judged(turned), draws=20) == one


@FEWER
@given(worlds(), st.booleans())
def test_a_state_that_rates_all_lower_changes_no_balanced_package(world, first):
    """All priorities of one state high, then all low: a third of each gain."""

    def rated(level):
        side = world.first if first else world.second
        wishes = tuple({**wish, "priority": level} for wish in side.objectives)
        changed_side = replace(side, objectives=wishes)
        return replace(world, first=changed_side) if first else replace(world, second=changed_side)

    high, low = (packages(judged(rated(level)), draws=0) for level in ("high", "low"))
    for kind in ("balanced", "no-concessions", "most-equal", "short", "without-low-confidence"):
        shown = [[(i.measure.id, i.provider) for i in r.of(kind).items] for r in (high, low)]
        assert shown[0] == shown[1]
    assert high.balanced.share_of_ideal == pytest.approx(low.balanced.share_of_ideal)


@FEWER
@given(worlds(), st.data())
def test_included_and_excluded_measures_are_kept_to(world, data):
    pair = judged(world)
    workable = sorted({i.measure.id for i in packages(pair, draws=0).workable})
    chosen = data.draw(st.lists(st.sampled_from(workable), max_size=2, unique=True)) if workable else []
    cut = data.draw(often(1, 0))
    result = packages(pair, include=chosen[:cut], exclude=chosen[cut:], draws=0)
    for package in result.packages:
        holds(package, pair)
        assert not set(package.measures) & set(chosen[cut:])
        assert not package.concessions or set(chosen[:cut]) <= set(package.measures)


def test_all_pairs_of_the_data(catalogue):
    """No side is worse off than without concessions, and every concession names what pays for it."""
    known = catalogue.context()
    states = [catalogue.state(name) for name in catalogue.state_ids]
    with_concessions = 0
    for a, b in itertools.combinations(states, 2):
        pair = judge(a, b, known, newest(a.reviewed, b.reviewed))
        result = packages(pair, draws=0)
        assert result.exact
        for package in result.packages:
            holds(package, pair)
        with_concessions += bool(result.balanced.concessions)
    assert with_concessions > 0
