"""Which framing both partners can stand behind: supports by hand, what fits a pair, what to open with."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerfit import Catalogue, yamlsource
from partnerfit.model import Framing, State, Theme
from partnerfit.scoring.framing import Recommendation, recommend, support
from partnerfit.scoring.method import Context
from tests import build
from tests.conftest import ROOT
from tests.scoring.pairs import GROUPS

CONTEXT = build.context(build.themes(work=[build.measure("jobs")]), GROUPS)
INTERESTS = ("prosperity", "security", "sovereignty", "mobility", "protection")

weights = st.dictionaries(st.sampled_from(INTERESTS), st.integers(1, 3), min_size=1)
emphases = st.lists(st.lists(st.sampled_from(INTERESTS), min_size=1, unique=True), min_size=1, max_size=4)


def caring(name: str, iso3: str, **weights: int) -> State:
    """A state with these interests; underscores stand for hyphens."""
    interests = [build.interest(key.replace("_", "-"), weight) for key, weight in weights.items()]
    return build.state(name, iso3, interests=interests)


def framing(*interests: str, **more: Any) -> Framing:
    return Framing.model_validate(build.framing("one", *interests, **more))


def theme(*framings: dict[str, Any]) -> Theme:
    return Theme.model_validate(
        {"id": "work", "name": "Work", "measures": [build.measure("jobs")], "framings": framings}
    )


def chosen(framings: Theme, a: State, b: State, *measures: str, context: Context = CONTEXT) -> Recommendation:
    found = recommend(framings, measures, a, b, context)
    assert found is not None
    return found


A = caring("alpha", "AAA", mobility=3, prosperity=2, sovereignty=1)
B = caring("beta", "BBB", labour_supply=3, prosperity=1)


# Support


@pytest.mark.parametrize(
    ("interests", "of_a", "of_b"),
    [
        (["mobility"], 3 / 6, 0.0),
        (["prosperity"], 2 / 6, 1 / 4),
        (["mobility", "prosperity"], 5 / (math.sqrt(2) * 6), 1 / (math.sqrt(2) * 4)),
        (["mobility", "labour-supply", "prosperity"], 5 / (math.sqrt(3) * 6), 4 / (math.sqrt(3) * 4)),
        (["security"], 0.0, 0.0),
    ],
)
def test_support_by_hand(interests: list[str], of_a: float, of_b: float) -> None:
    assert support(framing(*interests), A) == pytest.approx(of_a)
    assert support(framing(*interests), B) == pytest.approx(of_b)


def test_a_state_without_interests_supports_nothing() -> None:
    assert support(framing("mobility"), build.state("gamma", "CCC")) == 0


@given(weights, st.lists(st.sampled_from(INTERESTS), min_size=1, unique=True))
def test_support_is_a_share(held: dict[str, int], interests: list[str]) -> None:
    assert 0 <= support(framing(*interests), caring("alpha", "AAA", **held)) <= 1


# Recommendation


def test_the_largest_geometric_mean_by_hand() -> None:
    """Mobility alone: 1/2 and 0. All three: 5/(6 sqrt 3) = 0.481 and 4/(4 sqrt 3) = 0.577, mean 0.527.

    Prosperity alone: 1/3 and 1/4, mean 0.289.
    """
    options = theme(
        build.framing("moving", "mobility"),
        build.framing("growing", "prosperity"),
        build.framing("both", "labour-supply", "prosperity", "mobility"),
    )
    found = chosen(options, B, A)
    assert found.framing.id == "both"
    assert [side.state for side in found.sides] == ["alpha", "beta"]
    assert [round(side.support, 3) for side in found.sides] == [0.481, 0.577]


def test_what_to_open_with_is_what_a_side_cares_about_heaviest_first() -> None:
    found = chosen(theme(build.framing("both", "prosperity", "labour-supply", "mobility")), A, B)
    told = [[(o.line, o.interest.interest, o.interest.weight) for o in s.openings] for s in found.sides]
    assert told == [
        [("About mobility.", "mobility", 3), ("About prosperity.", "prosperity", 2)],
        [("About labour-supply.", "labour-supply", 3), ("About prosperity.", "prosperity", 1)],
    ]


def test_the_first_of_equals() -> None:
    options = theme(build.framing("second", "prosperity"), build.framing("first", "prosperity"))
    assert chosen(options, A, B).framing.id == "second"


def test_what_one_side_cannot_stand_behind_is_not_recommended() -> None:
    options = theme(build.framing("moving", "mobility"), build.framing("lacking", "labour-supply"))
    assert recommend(options, (), A, B, CONTEXT) is None
    assert recommend(theme(), (), A, B, CONTEXT) is None


def test_a_framing_for_measures_needs_one_of_them_at_stake() -> None:
    options = theme(build.framing("specific", "prosperity", measures=["jobs", "skills"]))
    assert chosen(options, A, B, "visas", "jobs").framing.id == "specific"
    assert recommend(options, ["visas"], A, B, CONTEXT) is None
    assert recommend(options, (), A, B, CONTEXT) is None


@pytest.mark.parametrize(
    ("codes", "fits"),
    [
        (["BBB"], True),
        (["CLUB"], True),
        (["EU"], True),
        (["EU-MEMBERS"], True),
        (["FAR", "AAA"], True),
        (["FAR"], False),
        (["CCC"], False),
        (["NOWHERE"], False),
    ],
)
def test_a_framing_for_some_needs_one_of_them_in_the_pair(codes: list[str], fits: bool) -> None:
    found = recommend(theme(build.framing("theirs", "prosperity", applies_to=codes)), (), A, B, CONTEXT)
    assert (found is not None) is fits


@given(emphases, weights, weights)
def test_the_best_for_both_whoever_is_named_first(
    emphasised: list[list[str]], of_a: dict[str, int], of_b: dict[str, int]
) -> None:
    a, b = caring("alpha", "AAA", **of_a), caring("beta", "BBB", **of_b)
    options = theme(*(build.framing(f"f-{i}", *names) for i, names in enumerate(emphasised)))
    found = recommend(options, (), a, b, CONTEXT)
    assert found == recommend(options, (), b, a, CONTEXT)
    means = [math.sqrt(support(option, a) * support(option, b)) for option in options.framings]
    if found is None:
        assert max(means) == 0
    else:
        assert math.prod(side.support for side in found.sides) == pytest.approx(max(means) ** 2)
        assert all(side.openings for side in found.sides)


@given(weights, weights, st.sampled_from(INTERESTS))
def test_more_weight_on_what_is_emphasised_never_lowers_support(
    held: dict[str, int], more: dict[str, int], name: str
) -> None:
    raised = {**held, name: min(3, held.get(name, 0) + 1)}
    before, after = (support(framing(name), caring("alpha", "AAA", **w)) for w in (held, raised))
    assert after >= before


# The data of this repository


RAW = [
    (theme["id"], entry["id"])
    for theme in yamlsource.read(ROOT / "data" / "themes.yaml").data["themes"]
    for entry in theme["framings"]
]


@pytest.mark.parametrize(("theme_id", "framing_id"), RAW, ids="/".join)
def test_a_framing_of_the_data(theme_id: str, framing_id: str, catalogue: Catalogue) -> None:
    """Its words are fit to print, and it is not hidden behind an earlier one of the same interests."""
    entry = next(entry for entry in catalogue.themes.themes if entry.id == theme_id)
    one = next(one for one in entry.framings if one.id == framing_id)
    for text in (one.says, *(appeal.open_with for appeal in one.emphasises)):
        assert text.isprintable()
        assert text[0].isupper()
        assert text.endswith(".")
    assert all(len(appeal.open_with.split()) <= 25 for appeal in one.emphasises)
    names = {appeal.interest for appeal in one.emphasises}
    for other in entry.framings[: entry.framings.index(one)]:
        hidden = names == {appeal.interest for appeal in other.emphasises}
        assert not hidden or set(one.measures) - set(other.measures)


def test_each_theme_has_some(catalogue: Catalogue) -> None:
    assert len(RAW) == 40
    assert all(3 <= len(entry.framings) <= 4 for entry in catalogue.themes.themes)


def test_each_pair_has_something_to_open_with(catalogue: Catalogue) -> None:
    context = catalogue.context()
    a, b = catalogue.state("tunisia"), catalogue.state("sweden")
    for entry in catalogue.themes.themes:
        measures = [measure.id for measure in entry.measures]
        found = recommend(entry, measures, a, b, context)
        assert found == recommend(entry, measures, b, a, context)
        assert found is None or all(side.openings for side in found.sides)
