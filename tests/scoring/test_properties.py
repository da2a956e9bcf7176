"""What holds for every pair, on generated states: the list at the end of docs/method.md."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from partnerfit.render.records import comparison as record
from partnerfit.scoring.fit import ASSESSMENTS, fit, top_two, weighted
from partnerfit.scoring.items import CLASSES
from partnerfit.scoring.method import Method
from partnerfit.scoring.positions import POSITIVE, SPECIFICITY, resolve
from partnerfit.scoring.uncertainty import Draws
from tests.build import constraint, measure, objective, themes
from tests.scoring.pairs import a_limit, a_wish, the_item, the_theme
from tests.scoring.strategies import KERNEL, LEVELS, PAIRS, SURE, Profile, World, worlds

METHOD = Method()


def recorded(result):
    """The JSON record of a comparison."""
    return record(result, data_version="test", overlays=(), method="default")


# --- swapping and relabelling ---------------------------------------------------------------------------


@PAIRS
@given(worlds())
def test_swapping_the_partners_changes_only_their_order(world):
    one = recorded(world.compare())
    other = recorded(replace(world, first=world.second, second=world.first).compare())
    assert one.pop("partners") == other.pop("partners")[::-1]
    assert one == other


def renamed(value, names):
    """A record with every state id replaced, in keys and values."""
    if isinstance(value, dict):
        return {names.get(key, key): renamed(entry, names) for key, entry in value.items()}
    if isinstance(value, list):
        return [renamed(entry, names) for entry in value]
    return names.get(value, value) if isinstance(value, str) else value


def unordered(document):
    """A record whose lists are sorted, where ties are broken by state id."""
    if isinstance(document, dict):
        return {key: unordered(value) for key, value in document.items()}
    if isinstance(document, list):
        return sorted((unordered(value) for value in document), key=repr)
    return document


@PAIRS
@given(worlds())
def test_renaming_the_states_gives_the_mirrored_result(world):
    """Arda becomes Zorn, so that Bree comes first by id. Draws are keyed by state: here without any doubt."""
    mirrored = replace(world, first=replace(world.first, name="zorn"))
    one, other = recorded(world.compare(SURE)), recorded(mirrored.compare(SURE))
    for document in (one, other):
        del document["partners"]
    assert [theme["id"] for theme in one["themes"]] == [theme["id"] for theme in other["themes"]]
    # Sorted after renaming: the order of keys does not matter, that of equal entries goes by id.
    assert unordered(sorted_keys(renamed(other, {"zorn": "arda"}))) == unordered(sorted_keys(one))


def sorted_keys(value):
    if isinstance(value, dict):
        return {key: sorted_keys(value[key]) for key in sorted(value)}
    return [sorted_keys(entry) for entry in value] if isinstance(value, list) else value


# --- scale ----------------------------------------------------------------------------------------------

SIXTIETHS = st.integers(-60, 60).map(lambda number: number / 60)
GAINS = st.lists(st.tuples(SIXTIETHS, SIXTIETHS), min_size=2, max_size=12)
FACTORS = st.integers(1, 16).map(lambda number: number / 16)


def columns(pairs):
    return np.array(pairs, dtype=float).T


def scores_of(gain_a, gain_b):
    """Theme scores of items dealt out to themes of two."""
    fits = fit(gain_a, gain_b)
    themes_of_two = [fits[start : start + 2] for start in range(0, len(fits), 2)]
    return np.array([weighted(*top_two(values), METHOD) for values in themes_of_two])


def scored(result):
    """The themes with a score above 0, in their order."""
    return [theme for theme in result.themes if theme.score > 0]


def never_turned(before, after):
    """Whether no two values that differ have changed their order."""
    apart = before[:, None] - before[None, :] > 1e-6
    return not (apart & (after[:, None] <= after[None, :])).any()


@KERNEL
@given(GAINS, FACTORS)
def test_scaling_the_gains_of_one_state_moves_no_order(pairs, factor):
    """Every fit and every theme score is multiplied by the root of the factor."""
    gain_a, gain_b = columns(pairs)
    for kernel in (fit, scores_of):
        before, after = kernel(gain_a, gain_b), kernel(factor * gain_a, gain_b)
        assert after == pytest.approx(math.sqrt(factor) * before)
        assert never_turned(before, after)


@PAIRS
@given(worlds())
def test_a_state_that_rates_all_its_wishes_lower_leaves_the_ranking_alone(world):
    """All priorities of one state high, then all low: a third of each gain. Scored themes are ranked."""

    def rated(level):
        objectives = tuple({**wish, "priority": level} for wish in world.second.objectives)
        return replace(world, second=replace(world.second, objectives=objectives)).compare(SURE)

    high, low = rated("high"), rated("low")
    assert [theme.theme.id for theme in scored(high)] == [theme.theme.id for theme in scored(low)]
    for theme in high.themes:
        assert the_theme(low, theme.theme.id).score == pytest.approx(theme.score / math.sqrt(3))
        order = [(item.measure.id, item.provider) for item in theme.win_wins]
        assert [(i.measure.id, i.provider) for i in the_theme(low, theme.theme.id).win_wins] == order


# --- raising --------------------------------------------------------------------------------------------


@KERNEL
@given(GAINS, st.data())
def test_raising_a_gain_never_lowers_a_fit_or_a_score(pairs, data):
    gain_a, gain_b = columns(pairs)
    index = data.draw(st.integers(0, len(pairs) - 1))
    raised = gain_a.copy()
    raised[index] = data.draw(st.floats(float(gain_a[index]), 1))
    assert (fit(raised, gain_b) >= fit(gain_a, gain_b)).all()
    assert (scores_of(raised, gain_b) >= scores_of(gain_a, gain_b) - 1e-9).all()


@PAIRS
@given(worlds(tied=False), st.data())
def test_a_higher_priority_of_a_wish_never_lowers_a_fit_or_a_rank(world, data):
    """Without `needs_any` and `requires`: what a theme rests on elsewhere is a matter of its own."""
    positive = [n for n, wish in enumerate(world.first.objectives) if wish["stance"] in POSITIVE]
    assume(positive)
    index = data.draw(st.sampled_from(positive))
    theme = world.context().theme_of(world.first.objectives[index]["measure"]).id
    results = [
        replace(world, first=world.first.with_objective(index, priority=priority)).compare()
        for priority in ("low", "medium", "high")
    ]
    for before, after in ((results[0], results[1]), (results[1], results[2])):
        for item in before.items:
            assert the_item(after, item.measure.id, item.provider).fit >= item.fit - 1e-9
        assert the_theme(after, theme).score >= the_theme(before, theme).score - 1e-9
        assert the_theme(after, theme).rank <= the_theme(before, theme).rank


# --- red lines ------------------------------------------------------------------------------------------


@PAIRS
@given(worlds(), st.data())
def test_a_red_line_gives_zero_and_a_listing(world, data):
    """A new red line towards the partner: whatever else is said, no fit is left and the line is listed."""
    subject = data.draw(st.sampled_from(world.measures))
    role = data.draw(st.sampled_from(["provider", "receiver"])) if subject.mode == "exchange" else None
    line = constraint(
        "new", "red-line", measure=subject.id, towards=["BBB"], **({"as": role} if role else {})
    )
    limited = replace(world.first, constraints=(*world.first.constraints, line))
    result = replace(world, first=limited).compare()
    provider = {"provider": "arda", "receiver": "bree", None: None}[role]
    item = the_item(result, subject.id, provider)
    other = item.of("bree")
    assert item.fit == 0
    assert not item.win_win
    assert item.cls == "blocked" or (other.gain is not None and other.gain <= 0)
    listed = [found for found in result.red_lines if found.constraint.id == "c-new"]
    assert [(found.state, found.measure.id) for found in listed] == [("arda", subject.id)]
    if other.basis != "elsewhere":
        assert listed[0].wanted == ((other.gain or 0) > 0)


@PAIRS
@given(worlds())
def test_what_is_listed_as_a_red_line_never_has_a_fit(world):
    for item in world.compare().items:
        if any(side.position.red_lines for side in item.sides):
            assert item.fit == 0


# --- the unknown ----------------------------------------------------------------------------------------


@PAIRS
@given(worlds())
def test_the_potential_is_never_below_the_score(world):
    for theme in world.compare().themes:
        assert theme.potential >= theme.score


@PAIRS
@given(worlds(tied=False), st.data())
def test_an_unknown_stays_out_of_the_score_and_inside_the_potential(world, data):
    """What one state says on a measure is forgotten. Its items have no fit, the score of the theme is that of
    the others, and the potential has a medium yes to each open question."""
    subject = data.draw(st.sampled_from(world.measures))
    kept = tuple(wish for wish in world.second.objectives if wish["measure"] != subject.id)
    assume(kept)
    result = replace(world, second=replace(world.second, objectives=kept)).compare()
    theme = the_theme(result, world.context().theme_of(subject.id).id)
    own = [item for item in theme.items if item.measure.id == subject.id]
    others = [item.fit for item in theme.items if item.measure.id != subject.id]
    best, second = sorted([0.0, 0.0, *others])[:-3:-1]
    assert theme.score == pytest.approx(0.75 * best + 0.25 * second)
    for item in own:
        assert item.fit == 0
        assert item.cls in {"no-evidence", "open-question", "blocked", "one-refuses"}
        if item.cls == "open-question":
            asker, silent = item.of("arda"), item.of("bree")
            gain = 2 / 3 if asker.basis == "elsewhere" else 0  # asked as well, and not yet known here
            answer = 100 * math.sqrt(max(asker.gain, gain * asker.feasibility) * 2 / 3 * silent.feasibility)
            assert theme.potential >= 0.75 * answer - 1e-9


@PAIRS
@given(worlds())
def test_what_one_side_alone_wants_has_no_fit(world):
    for item in world.compare().items:
        gains = [side.position.gain for side in item.sides]
        if not all(gain is not None and gain > 0 for gain in gains):
            assert item.fit == 0
            assert item.balance is None
            assert item.both_gain_share is None


@PAIRS
@given(worlds(tied=False))
def test_a_partner_who_speaks_on_nothing_here_gives_zero_everywhere(world):
    """Bree has one position, on a measure of its own on which Arda is silent."""
    extra = themes(
        **{theme.id: [plain(m) for m in theme.measures] for theme in world.taxonomy.themes},
        apart=[measure("apart")],
    )
    alone = Profile("bree", "BBB", (objective(0, "apart", "offers"),))
    result = World(extra, world.groups, world.first, alone).compare()
    assert {theme.score for theme in result.themes} == {0}
    assert {theme.high for theme in result.themes} == {0}
    assert {theme.balance for theme in result.themes} == {None}


def plain(known):
    """A measure of a taxonomy as the builder takes it."""
    return measure(known.id, known.mode)


# --- classes and assessments ----------------------------------------------------------------------------


def expected_class(a, b, *, joint):
    """The table of the method, read from top to bottom for one item."""
    gains = [position.gain for position in (a, b)]
    known = [gain for gain in gains if gain is not None]
    one, both = len(known) == 1, len(known) == 2
    both_gain = both and min(known) > 0
    table = {
        "shared-refusal": a.refuses and b.refuses,
        "blocked": any(
            side.red_lines and (other is None or other > 0)
            for side, other in zip((a, b), reversed(gains), strict=True)
        ),
        "no-evidence": not known,
        "lead": both_gain and a.basis == b.basis == "elsewhere",
        "open-question": one and known[0] > 0,
        "one-refuses": (one and known[0] <= 0) or (both and max(known) < 0),
        "shared-interest": joint and both_gain,
        "complementary": not joint and both_gain,
        "trade": both and min(known) < 0 < max(known),
    }
    return next((name for name, fits_it in table.items() if fits_it), "mixed")


@PAIRS
@given(worlds(tied=False))
def test_each_item_has_the_one_class_of_the_table(world):
    result = world.compare()
    assert len(result.items) == sum(2 if m.mode == "exchange" else 1 for m in world.measures)
    for item in result.items:
        a, b = (side.position for side in item.sides)
        assert item.cls == expected_class(a, b, joint=item.measure.mode == "joint")


@PAIRS
@given(worlds())
def test_conditions_turn_win_wins_into_open_questions_and_nothing_else(world):
    for item in world.compare().items:
        a, b = (side.position for side in item.sides)
        table = expected_class(a, b, joint=item.measure.mode == "joint")
        assert item.cls in CLASSES
        if item.cls != table:
            assert table in {"shared-interest", "complementary"}
            assert item.cls == "open-question"
            assert item.measure.needs_any or any(o.requires for s in (a, b) for o in s.deciding)


def on_a_threshold(theme):
    """Whether a number of the theme equals a threshold but for its last digits."""
    values = [theme.tension, theme.price, *(item.fit for item in theme.items)]
    return any(abs(value - threshold) < 1e-9 for value in values for threshold in (25, 30, 50, 60))


def holds_what_nobody_asks(theme):
    """Whether an item counts as a refusal although neither side refuses: one accepts, or is torn."""
    return any(
        item.cls == "one-refuses" and not any(side.position.refuses for side in item.sides)
        for item in theme.items
    )


def expected_assessment(theme):
    """The table of the method, read from top to bottom."""
    fits = [item.fit for item in theme.items]
    firm = [
        item.fit
        for item in theme.items
        if not any(s.position.basis == "elsewhere" or s.position.confidence == "low" for s in item.sides)
    ]
    best, firm_best = max(fits), max(firm, default=0)
    classes = {item.cls for item in theme.items} - {"no-evidence"}
    table = [
        ("opening", firm_best >= 30 and theme.tension >= 50),
        ("win-win", firm_best >= 60),
        ("promising", best >= 30),
        ("contested", theme.tension >= 25),
        ("negotiable", theme.price >= 25),
        ("modest", best > 0),
        ("no evidence", not classes),
        ("refused", classes <= {"shared-refusal", "one-refuses", "blocked"}),
        ("unexplored", bool(classes & {"open-question", "lead"})),
        ("negotiable", theme.price > theme.tension),
        ("contested", theme.tension > 0 or "mixed" in classes),
        ("unexplored", True),
    ]
    return next(name for name, fits_it in table if fits_it)


@PAIRS
@given(worlds(tied=False))
def test_each_theme_has_the_one_assessment_of_the_table(world):
    result = world.compare()
    assert sorted(theme.rank for theme in result.themes) == [1, 2, 3]
    for theme in result.themes:
        assert theme.assessment in ASSESSMENTS
        if not on_a_threshold(theme) and not holds_what_nobody_asks(theme):
            assert theme.assessment == expected_assessment(theme)


@PAIRS
@given(worlds())
def test_the_ranking_is_by_score_then_second_fit_then_id(world):
    """What has no score follows by assessment, then potential, then id."""

    def key(theme):
        second = sorted([0.0, 0.0, *(item.fit for item in theme.items)])[-2]
        unscored = (ASSESSMENTS.index(theme.assessment), -round(theme.potential, 9))
        return (
            -round(theme.score, 9),
            -round(second, 9),
            (0, 0) if theme.score > 0 else unscored,
            theme.theme.id,
        )

    ranked = world.compare().themes
    assert [theme.theme.id for theme in ranked] == [t.theme.id for t in sorted(ranked, key=key)]


@PAIRS
@given(worlds())
def test_every_number_keeps_to_its_scale(world):
    result = world.compare()
    for theme in result.themes:
        for value in (theme.score, theme.low, theme.high, theme.potential, theme.tension, theme.price):
            assert 0 <= value <= 100
        assert theme.low <= theme.high
        assert 0 <= theme.top3_share <= 1
        assert theme.balance is None or 0 < theme.balance <= 1
    for item in result.items:
        assert 0 <= item.fit <= 100
        for side in item.sides:
            assert side.position.gain is None or -1 <= side.position.gain <= 1
    for question in result.questions:
        assert question.adds >= 0
    assert all(0 <= share <= 1 for share in result.coverage.values())


# --- what is unrelated, and the order of entries --------------------------------------------------------


@PAIRS
@given(worlds(tied=False), st.data())
def test_an_unrelated_objective_changes_no_other_theme(world, data):
    """A named wish on a measure of one theme: the others keep every number, range, item and question."""
    subject = data.draw(st.sampled_from(world.measures))
    stance = "supports" if subject.mode == "joint" else data.draw(st.sampled_from(["seeks", "offers"]))
    wish = objective("new", subject.id, stance, towards=["BBB"])
    touched = world.context().theme_of(subject.id).id
    more = replace(world, first=replace(world.first, objectives=(*world.first.objectives, wish)))
    before, after = world.compare(), more.compare()
    for theme in before.themes:
        if theme.theme.id != touched:
            other = the_theme(after, theme.theme.id)
            assert replace(other, rank=0, top3_share=0) == replace(theme, rank=0, top3_share=0)
            asked = [[q for q in r.questions if q.theme.id == theme.theme.id] for r in (before, after)]
            assert asked[0] == asked[1]


@PAIRS
@given(worlds(), st.data())
def test_the_order_of_entries_in_a_profile_changes_nothing(world, data):
    """But for the order in which entries of one profile are listed, and that of the questions."""

    def shuffled(profile):
        return replace(
            profile,
            objectives=tuple(data.draw(st.permutations(profile.objectives))),
            constraints=tuple(data.draw(st.permutations(profile.constraints))),
        )

    turned = replace(world, first=shuffled(world.first), second=shuffled(world.second))
    assert entries_sorted(recorded(turned.compare())) == entries_sorted(recorded(world.compare()))


def entries_sorted(document):
    """A record with its lists of objectives, constraints and questions sorted; the others stay."""
    for theme in document["themes"]:
        for item in theme["items"]:
            item["constraints"].sort()
            for listed in item["objectives"].values():
                listed.sort()
    for question in document["questions"]:
        question["does_with_others"].sort()
    document["questions"].sort(key=repr)
    document["bloc_positions"].sort(key=lambda entry: (entry["state"], entry["objective"]))
    return document


# --- the rule for one and for many ----------------------------------------------------------------------

STANCES_BY_ROLE = {
    "receiver": ("seeks", "declines"),
    "provider": ("offers", "accepts", "resists"),
    None: ("supports", "resists"),
}


@KERNEL
@given(st.data())
def test_the_rule_on_draws_is_the_rule_on_positions(data):
    """Without jitter every drawn gain is the gain, with and without redrawn stances."""
    role = data.draw(st.sampled_from(list(STANCES_BY_ROLE)))
    entry = st.tuples(
        st.sampled_from(STANCES_BY_ROLE[role]), st.sampled_from(LEVELS), st.sampled_from(SPECIFICITY)
    )
    spoken = [
        (a_wish(number, "give", stance, priority, confidence=data.draw(st.sampled_from(LEVELS))), basis)
        for number, (stance, priority, basis) in enumerate(data.draw(st.lists(entry, min_size=1, max_size=6)))
    ]
    severity = data.draw(st.sampled_from([None, "minor", "major"]))
    limits = (a_limit(1, severity, measure="give"),) if severity else ()
    position = resolve(spoken, limits, SURE)
    for stances in (False, True):
        drawn = Draws(0, "arda", 10, SURE).gains(position, role, stances=stances)
        if position.gain is None:
            assert np.isnan(drawn).all()
        else:
            assert drawn.tolist() == pytest.approx([position.gain] * 10)


@PAIRS
@given(worlds())
def test_without_doubt_every_range_is_the_score(world):
    for theme in world.compare(SURE).themes:
        assert (theme.low, theme.high) == pytest.approx((theme.score, theme.score))
        for item in theme.win_wins:
            assert item.both_gain_share == 1
