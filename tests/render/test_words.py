"""The words of the output: numbers, and who would do what for whom."""

from __future__ import annotations

import dataclasses
from typing import get_args

import pytest

from partnerfit.render import words
from partnerfit.render.blocks import Text
from partnerfit.render.words import Wording
from partnerfit.scoring.fit import Assessment
from partnerfit.scoring.items import ItemClass
from tests.render.pairs import item, theme, wording


@pytest.fixture(scope="module")
def speech() -> Wording:
    """The sentences on Alpha and Beta."""
    return wording()


# Numbers


@pytest.mark.parametrize(("value", "text"), [(0.0, "–"), (0.4, "0"), (76.4, "76"), (99.6, "100")])
def test_points(value: float, text: str) -> None:
    assert words.points(value) == text


@pytest.mark.parametrize(("low", "high", "text"), [(0, 0, "–"), (0, 12.4, "0–12"), (61.0, 83.5, "61–84")])
def test_a_range(low: float, high: float, text: str) -> None:
    assert words.span(low, high) == text


@pytest.mark.parametrize(("value", "text"), [(None, "–"), (0.0, "0.00"), (0.667, "0.67"), (1.0, "1.00")])
def test_a_share(value: float | None, text: str) -> None:
    assert words.share(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "unknown"),
        (0.667, "+0.67"),
        (-0.333, "−0.33"),
        (0.0, "0.00"),
        (-0.004, "0.00"),
    ],
)
def test_a_gain(value: float | None, text: str) -> None:
    assert words.signed(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0 %"), (0.634, "63 %"), (7 / 8 - 1e-12, "88 %"), (1, "100 %")]
)
def test_a_percentage(value: float, text: str) -> None:
    """The number and its sign stay on one line; a rounding error does not show."""
    assert words.percent(value) == text.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ((), ""),
        (("a",), "a"),
        (("a", "b"), "a and b"),
        (("a", "b", "c"), "a, b and c"),
        (("a", "b", "c", "d"), "a, b, c and d"),
        (("a", "b", "c", "d", "e"), "a, b, c, d and e"),
        (("a", "b", "c", "d", "e", "f"), "a, b, c, d and 2 more"),
    ],
)
def test_a_list(names: tuple[str, ...], text: str) -> None:
    assert words.listed(names) == text


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Visa facilitation", "visa facilitation"),
        ("EU Blue Card", "EU Blue Card"),
        ("", ""),
        ("Études", "études"),
    ],
)
def test_a_name_inside_a_sentence(name: str, inside: str) -> None:
    assert words.lower_first(name) == inside


# Assessments


def test_every_word_has_a_meaning_and_a_tone() -> None:
    assert set(words.ASSESSMENT_MEANING) == set(words.ASSESSMENT_TONE) == set(get_args(Assessment))
    assert set(words.CLASS_MEANING) == set(get_args(ItemClass))


def test_a_star_says_that_it_is_to_be_confirmed(speech: Wording) -> None:
    found = theme(speech.comparison, "work")
    assert words.assessment(dataclasses.replace(found, to_confirm=True)) == Text("promising *", "good")
    assert words.assessment(dataclasses.replace(found, to_confirm=False)) == Text("promising", "good")


# Sentences


def test_the_pair_is_named_in_the_order_given(speech: Wording) -> None:
    assert speech.pair == "Alpha and Beta"
    turned = dataclasses.replace(speech.comparison, partners=speech.comparison.partners[::-1])
    assert Wording(turned, {}).pair == "Beta and Alpha"


@pytest.mark.parametrize(
    ("measure", "provider", "begins"),
    [
        ("jobs", "beta", "Beta would give jobs to Alpha"),
        ("jobs", "alpha", "Alpha would give jobs to Beta"),
        ("pact", None, "Alpha and Beta would do pact together"),
    ],
)
def test_who_would_do_what(speech: Wording, measure: str, provider: str | None, begins: str) -> None:
    assert speech.deed(item(speech.comparison, measure, provider)) == begins


def test_what_is_for_the_union_says_so(speech: Wording) -> None:
    """A Member State would do what it can; Alpha, outside, would give the visas."""
    assert speech.deed(item(speech.comparison, "visas", "beta")) == "Beta would ask the Union for visas"
    assert speech.deed(item(speech.comparison, "visas", "alpha")) == "Alpha would give visas to Beta"


@pytest.mark.parametrize(
    ("measure", "provider", "text"),
    [
        ("jobs", "beta", "Beta provides to Alpha"),
        ("jobs", "alpha", "Alpha provides to Beta"),
        ("pact", None, "joint"),
    ],
)
def test_the_direction(speech: Wording, measure: str, provider: str | None, text: str) -> None:
    assert speech.direction(item(speech.comparison, measure, provider)) == text


def test_for_whom_a_statement_holds(speech: Wording) -> None:
    by_id = {
        objective.id: speech.towards(objective) for objective in speech.comparison.partners[0].objectives
    }
    assert by_id["o-visas"] == "towards all"
    assert by_id["o-papers"] == "towards Belgium"
    assert by_id["o-jobs"] == "towards Switzerland and the club"
    assert by_id["o-pact"] == "towards all except Switzerland"


def test_a_code_without_a_name_stands_for_itself(speech: Wording) -> None:
    objective = next(o for o in speech.comparison.partners[0].objectives if o.id == "o-jobs")
    assert words.towards(objective, {}) == "towards CHE and CLUB"


def test_how_well_an_item_is_known(speech: Wording) -> None:
    assert speech.known_how(item(speech.comparison, "pact", None)) == "high"
    assert speech.known_how(item(speech.comparison, "visas", "beta")) == "low"
    elsewhere = speech.known_how(item(speech.comparison, "jobs", "beta"))
    assert elsewhere.startswith("low; Alpha ")
    assert "Switzerland and the club (o-jobs)" in elsewhere


def test_a_question_says_to_whom_what_and_why(speech: Wording) -> None:
    questions = {q.measure.id: q for q in speech.comparison.questions}
    assert set(questions) == {"jobs", "skills"}
    jobs, skills = speech.question(questions["jobs"]), speech.question(questions["skills"])
    assert jobs.startswith("Ask Alpha whether it would welcome it if Beta were to give jobs to Alpha")
    assert "Switzerland and the club (o-jobs)" in jobs
    assert jobs.endswith("[jobs]")
    assert skills == "Ask Beta whether it would give skills to Alpha, which Alpha seeks (o-skills). [skills]"


def test_a_red_line_says_whose_it_is_and_who_wants_it(speech: Wording) -> None:
    (line,) = speech.comparison.red_lines
    text = speech.red_line(line)
    assert text.startswith("Alpha: papers, which Beta ")
    assert "A limit. [c-papers]" in text


@pytest.mark.parametrize(
    ("measure", "provider", "state", "begins"),
    [
        ("returns", "alpha", "alpha", "Alpha accepts (low priority)"),
        ("papers", "alpha", "beta", "Beta seeks (high priority)"),
        ("skills", "beta", "beta", "Beta: not known"),
    ],
)
def test_a_stance(speech: Wording, measure: str, provider: str, state: str, begins: str) -> None:
    found = item(speech.comparison, measure, provider)
    side = next(side for side in found.sides if side.state == state)
    assert speech.stance(side).startswith(begins)
