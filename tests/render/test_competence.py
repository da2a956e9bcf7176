"""What a Member State cannot do alone: named with its level wherever a measure is shown."""

from __future__ import annotations

import pytest

from partnerfit import Catalogue, Comparison, compare
from partnerfit.model import Measure
from partnerfit.render import plain
from partnerfit.render.blocks import Block, Heading, Listing
from partnerfit.render.views import comparison as comparing
from partnerfit.render.views import competence, explanation
from partnerfit.render.words import Wording
from tests.render.bargains import ARDA, BREE, CONTEXT, TAXONOMY, compared, spoken

MEASURES = {measure.id: measure for theme in TAXONOMY.themes for measure in theme.measures}


def measures(*keys: str) -> list[Measure]:
    return [MEASURES[key] for key in keys]


def between(a: str, b: str) -> Wording:
    """Arda and Bree, in these places."""
    arda, bree = (state.model_copy(update={"iso3": iso3}) for state, iso3 in ((ARDA, a), (BREE, b)))
    return spoken(compare(arda, bree, CONTEXT, draws=20))


@pytest.fixture
def one() -> Wording:
    """Bree alone is a Member State."""
    return between("AFG", "BEL")


def listed(blocks: tuple[Block, ...]) -> list[str]:
    return [line for block in blocks if isinstance(block, Listing) for line in block.items]


def test_in_short_by_the_level_that_decides(one: Wording) -> None:
    """The stricter level first; who is bound is named."""
    blocks = tuple(competence.in_short(one, measures("pas", "vis", "rea", "skl")))
    assert isinstance(blocks[0], Heading)
    assert listed(blocks) == [
        "Only the Union can decide, not Bree alone: visa facilitation.",
        "Bree can act within limits of Union law (shared): passport checks; readmission.",
    ]


def test_in_short_each_measure_once(one: Wording) -> None:
    (line,) = listed(tuple(competence.in_short(one, measures("rea", "rea"))))
    assert line.count("readmission") == 1


def test_in_full_with_the_limit_and_its_law(one: Wording) -> None:
    blocks = tuple(competence.in_full(one, measures("rea", "vis", "rea", "skl")))
    assert listed(blocks) == [
        "Visa facilitation (union; for Bree): The Union decides. Article 2.",
        "Readmission (shared; for Bree): The Union sets limits. Article 3.",
    ]


@pytest.mark.parametrize("told", [competence.in_short, competence.in_full])
def test_what_stays_national_needs_no_word(one: Wording, told: object) -> None:
    assert callable(told)
    assert tuple(told(one, measures("skl", "tra"))) == ()
    assert tuple(told(one, [])) == ()


def test_both_may_be_member_states() -> None:
    both = between("DNK", "BEL")
    (line,) = listed(tuple(competence.in_short(both, measures("vis"))))
    assert "not Arda and Bree alone" in line
    (line,) = listed(tuple(competence.in_full(both, measures("vis"))))
    assert "for Arda and Bree" in line


@pytest.mark.parametrize("told", [competence.in_short, competence.in_full])
def test_outside_the_union_there_is_nothing_to_say(told: object) -> None:
    assert callable(told)
    assert tuple(told(between("AFG", "CHE"), measures("vis", "rea"))) == ()


def test_a_comparison_tells_it_of_what_it_shows(one: Wording) -> None:
    lines = listed(comparing.page(one))
    assert "Only the Union can decide, not Bree alone: visa facilitation." in lines
    assert "Bree can act within limits of Union law (shared): readmission; passport checks." in lines
    assert "Union" not in plain.render(comparing.page(between("AFG", "CHE")))


def test_an_explanation_tells_it_in_full(one: Wording) -> None:
    text = plain.render(explanation.page(one, MEASURES["rea"]))
    assert "Readmission (shared; for Bree): The Union sets limits. Article 3." in text
    assert "The Union decides." not in text


def test_a_member_state_does_what_it_can_where_only_the_union_decides() -> None:
    """Bree cannot give visas, but ask for them; outside the Union it could."""
    for iso3, deed in (("BEL", "ask the Union to give vis to Arda"), ("CHE", "give vis to Arda")):
        result, found = compared(ARDA, BREE.model_copy(update={"iso3": iso3}))
        deeds = {i.measure.id: spoken(result).deed(i) for i in found.balanced.items}
        assert deeds["vis"] == f"Bree would {deed}"
        assert deeds["rea"] == "Arda would give rea to Bree"


def test_the_data(comparisons: dict[tuple[str, str], Comparison]) -> None:
    """A comparison names each win-win and trade that Union law keeps a partner from deciding alone."""
    counted = 0
    for result in list(comparisons.values())[::9]:
        bound = {
            item.measure
            for item in result.items
            if (item.win_win or item.cls == "trade") and result.bound(item.measure)
        }
        law = [line.lower() for line in listed(comparing.page(spoken(result))) if "union" in line.lower()]
        assert [m.id for m in bound if not any(m.name.lower() in line for line in law)] == []
        counted += len(bound)
    assert counted > 50


def test_what_a_member_state_can_do_is_said_of_all_that_only_the_union_decides(catalogue: Catalogue) -> None:
    union = [m for t in catalogue.themes.themes for m in t.measures if m.competence.level == "union"]
    assert union
    assert [m.id for m in union if m.mode == "exchange" and not m.competence.give] == []
