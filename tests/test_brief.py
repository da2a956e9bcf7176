"""What a note says: for both alike or for one side, every claim with its note, at most two pages."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from partnerfit import Catalogue, Comparison, compare
from partnerfit.brief import english
from partnerfit.brief.compose import TWO_PAGES, brief
from partnerfit.brief.content import Brief, Claim, Section, Table, claims
from partnerfit.model import State
from partnerfit.render.notes import markdown
from tests import build, notes
from tests.conftest import ROOT
from tests.render import bargains, pairs

PAIRS = [
    ("tunisia", "sweden"),
    ("nigeria", "germany"),
    ("libya", "malta"),
    ("dr-congo", "south-africa"),
    ("mali", "mauritania"),
]

A_LITTLE_OVER = 1.1
"""What a few notes may exceed two pages by, where positions are told at length."""


@pytest.fixture(scope="module")
def third(
    catalogue: Catalogue, comparisons: dict[tuple[str, str], Comparison]
) -> dict[tuple[str, str], Brief]:
    """A note for every third pair of the data."""
    return {
        pair: brief(notes.material(catalogue, result))
        for place, (pair, result) in enumerate(comparisons.items())
        if place % 3 == 0
    }


def note(catalogue: Catalogue, a: str, b: str, **more: object) -> Brief:
    states = catalogue.state(a), catalogue.state(b)
    found = compare(*states, catalogue.context(), draws=100)
    return brief(notes.material(catalogue, found), **more)  # type: ignore[arg-type]


def said(found: Brief) -> Counter[tuple[object, ...]]:
    """What a note says, but for the order in which it names two."""
    return Counter(
        (section.id, part, tuple(sorted(re.findall(r"\w+", f"{c.label} {c.text}"))), frozenset(c.references))
        for section in found.sections
        for part, c in ((None, c) for c in claims(section))
    )


def points(found: Brief, name: str) -> tuple[Claim, ...]:
    section = found.section(name)
    assert section is not None
    return section.points


def text(found: Brief) -> str:
    return "\n".join(f"{claim.label} {claim.text}".strip() for claim in found.claims)


# Both alike


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("full", [False, True])
def test_swapping_the_partners_only_swaps_them(
    catalogue: Catalogue, pair: tuple[str, str], full: bool
) -> None:
    one, other = note(catalogue, *pair, full=full), note(catalogue, *reversed(pair), full=full)
    assert said(one) == said(other)
    assert [section.id for section in one.sections] == [section.id for section in other.sections]
    assert one.partners == tuple(reversed(other.partners))
    assert sorted(one.title) == sorted(other.title)
    assert one.sources == other.sources


def test_a_neutral_note_has_no_us_and_them(catalogue: Catalogue) -> None:
    found = note(catalogue, "tunisia", "sweden")
    assert found.side is None
    assert not re.search(r"\b(?:[Ww]e|[Oo]urs?)\b", text(found))


# The bottom line


def test_each_bullet_names_a_measure_a_direction_and_a_source(
    catalogue: Catalogue, third: dict[tuple[str, str], Brief]
) -> None:
    measures = [m.name.lower() for theme in catalogue.themes.themes for m in theme.measures]
    for pair, found in third.items():
        names = [catalogue.codes[catalogue.state(state).iso3].lower() for state in pair]
        for bullet in points(found, "bottom"):
            words = f"{bullet.label} {bullet.text}".lower()
            assert any(measure in words for measure in measures), words
            assert all(name in words for name in names), words
            assert bullet.references, words
            assert all(reference.readings for reference in bullet.references), words


def test_no_bullet_stands_in_the_note_of_another_pair(third: dict[tuple[str, str], Brief]) -> None:
    bullets = Counter(
        (bullet.label, bullet.text) for found in third.values() for bullet in points(found, "bottom")
    )
    assert set(bullets.values()) == {1}


def test_there_are_three_bullets_where_there_is_enough_to_say(third: dict[tuple[str, str], Brief]) -> None:
    counts = Counter(len(points(found, "bottom")) for found in third.values())
    assert max(counts) == 3
    assert counts[3] > len(third) / 2


def test_it_says_that_all_rests_on_weak_evidence() -> None:
    weak = [{**build.objective("tra", "tra", "supports"), "confidence": "low"}]
    found = notes.small(build.state("arda", "AFG", weak), build.state("bree", "BEL", weak))
    section = found.section("bottom")
    assert section is not None
    assert [claim.text for claim in section.lead] == [english.ENGLISH["all-weak"]]
    assert section.points[0].text.endswith("Weak evidence: confirm first.")


def test_the_firm_measure_comes_before_the_weak_one() -> None:
    def state(name: str, iso3: str, stance: str) -> State:
        weak = {**build.objective("skl", "skl", stance), "confidence": "low"}
        return build.state(name, iso3, [weak, build.objective("fir", "fir", stance, "medium")])

    taxonomy = build.themes(work=[bargains.named("skl", "Skills"), bargains.named("fir", "Firms")])
    found = notes.small(
        state("arda", "AFG", "seeks"), state("bree", "BEL", "offers"), context=build.context(taxonomy)
    )
    assert points(found, "bottom")[0].label == "Open with firms."


# Where nothing can be said


def test_with_nothing_to_say_it_leads_with_the_questions(catalogue: Catalogue) -> None:
    found = note(catalogue, "mauritania", "mali")
    first, second = found.sections[:2]
    assert first.lead[0].text == english.ENGLISH["nothing"]
    assert first.points[0].label.startswith("Ask about ")
    assert second.id in ("questions", "ranking")
    assert found.section("package") is None
    assert found.section("themes") is None
    assert found.length < 300


def test_where_there_is_no_question_either_it_says_so() -> None:
    silent = build.state("arda", "AFG", [build.objective("pas", "pas", "accepts")])
    found = notes.small(silent, build.state("bree", "BEL", [build.objective("rea", "rea", "accepts")]))
    section = found.section("bottom")
    assert section is not None
    assert section.lead[0].text == english.ENGLISH["nothing-to-ask"]
    assert section.points == ()


# For one side


def test_a_note_for_one_side() -> None:
    ours, theirs = notes.small(side="bree"), notes.small(side="arda")
    assert ours.title == "Cooperation with Arda on migration: note for Bree"
    assert (ours.side, theirs.side) == ("Bree", "Arda")
    assert [claim.label for claim in points(ours, "our-objectives")] == [
        "Readmission.",
        "Joint training.",
        "Passport checks.",
    ]
    visas = points(ours, "their-objectives")[0]
    assert visas.text == "A wish. Our response: only in return, for readmission / skills partnership."
    assert points(theirs, "our-objectives")[0].text == "A wish. Bree would accept it only in return."
    assert ours.section("themes") is None


def test_each_response_follows_from_the_own_position() -> None:
    wishes = [build.objective(m, m, "seeks") for m in ("skl", "vis", "pas", "rea")]
    answers = [
        build.objective("skl", "skl", "offers"),
        build.objective("vis", "vis", "resists"),
        build.objective("rea", "rea", "seeks", "low"),
    ]
    line = build.constraint("pas", "red-line", measure="pas", as_="provider")
    bree = build.state("bree", "BEL", answers, [line])
    found = notes.small(build.state("arda", "AFG", wishes), bree, side="bree", full=True)
    responses = {c.label: c.text.partition("Our response: ")[2] for c in points(found, "their-objectives")}
    assert responses == {
        "Skills partnership.": "yes, we offer it.",
        "Visa facilitation.": "not as things stand; we resist it.",
        "Passport checks.": "no, it is our red line.",
        "Readmission.": "open; our position is not known, settle it before the meeting.",
    }


def test_what_the_own_side_does_elsewhere_is_no_yes(catalogue: Catalogue) -> None:
    found = note(catalogue, "nigeria", "germany", side="germany", full=True)
    responses = {c.label: c.text for c in points(found, "their-objectives")}
    assert responses["Vocational training partnership."].endswith(
        "Our response: we do so with Egypt, Morocco and Tunisia so far; settle whether here too."
    )


def test_red_lines_are_told_from_where_one_sits() -> None:
    wish = build.objective("pas", "pas", "seeks")
    tra = build.objective("tra", "tra", "supports")
    line = build.constraint("pas", "red-line", measure="pas", as_="provider")
    arda, bree = build.state("arda", "AFG", [wish, tra]), build.state("bree", "BEL", [tra], [line])
    said_by = {
        side: points(notes.small(arda, bree, side=side), "red-lines")[0].text
        for side in (None, "arda", "bree")
    }
    turn = "turn to joint training, from which both gain."
    assert said_by == {
        None: f"A limit. If raised: set it aside; {turn}",
        "arda": f"A limit. Do not press it; {turn}",
        "bree": f"A limit. If raised: say so plainly; {turn}",
    }


# What must be said


def test_a_concession_against_a_stated_position_is_named(catalogue: Catalogue) -> None:
    found = note(catalogue, "tunisia", "sweden")
    named = [claim for claim in points(found, "package") if claim.label == "Against a stated position."]
    assert [claim.text.partition(".")[0] for claim in named] == [
        "Sweden resists this: labour mobility scheme"
    ]
    assert "Against a stated position: Sweden resists this" in points(found, "bottom")[1].text


def test_what_a_member_state_cannot_decide_alone_is_named_with_its_level() -> None:
    assert [claim.text for claim in points(notes.small(), "competence")] == [
        "Only the Union can decide, not Bree alone (level: Union): visa facilitation.",
        "Bree can act only within limits of Union law (level: shared): readmission.",
    ]
    exchange = points(notes.small(), "bottom")[1]
    assert "Only the Union can decide visa facilitation, not Bree alone." in exchange.text


def test_a_one_sided_package_is_called_so() -> None:
    balance = points(notes.small(*bargains.TILTED), "package")[-1]
    assert balance.text.endswith("(balance 0.38 of 1). One-sided: look for more that would serve Arda.")


def test_old_evidence_is_named_with_its_year(catalogue: Catalogue) -> None:
    texts = [claim.text for claim in points(note(catalogue, "malta", "libya"), "unknown")]
    assert "More than five years old: Libya on search and rescue (2018)." in texts


def test_no_note_speaks_of_a_price_for_a_red_line(third: dict[tuple[str, str], Brief]) -> None:
    for found in third.values():
        assert not re.search(r"\b(?:pays|paid|conced\w+)\b", "\n".join(c.label for c in found.claims))
        assert "red-line price" not in text(found).lower()


def test_names_with_an_article_begin_a_sentence_as_they_should(catalogue: Catalogue) -> None:
    found = note(catalogue, "egypt", "netherlands")
    assert "Egypt and the Netherlands" in found.title
    assert not re.search(r"(?:^|\. )the Netherlands (?:would|offers|resists)", text(found), re.MULTILINE)
    assert "The Netherlands would" in text(found)


# Notes


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("full", [False, True])
def test_every_claim_has_one_note_and_every_note_a_claim(
    catalogue: Catalogue, pair: tuple[str, str], full: bool
) -> None:
    found = note(catalogue, *pair, side=pair[0], full=full)
    assert [claim.number for claim in found.notes] == list(range(1, len(found.notes) + 1))
    assert all(bool(claim.references) == (claim.number is not None) for claim in found.claims)
    body, _, below = markdown(found).partition("\n## Notes\n")
    marks = re.findall(r"\[\^(\d+)\]", body)
    assert marks == re.findall(r"^\[\^(\d+)\]: ", below, re.MULTILINE)
    assert len(set(marks)) == len(marks)


def test_what_a_profile_says_has_its_note(third: dict[tuple[str, str], Brief]) -> None:
    """Only arithmetic, the method and what is not known stand without a source."""
    free = {"ranking", "unknown", "method", "facts", "package", "bottom", "red-lines", "questions"}
    for found in third.values():
        for section in found.sections:
            bare = [claim for claim in claims(section) if not claim.references]
            assert not bare or section.id in free, bare


def test_sources_stand_once_and_each_is_cited(third: dict[tuple[str, str], Brief]) -> None:
    for found in third.values():
        cited = {r for c in found.notes for reference in c.references for r in reference.readings}
        assert set(found.sources) == cited
        assert len(found.sources) == len(cited)
        assert [found.place(reading) for reading in found.sources] == list(range(1, len(cited) + 1))


# Length and time


def test_a_note_goes_on_two_pages(
    catalogue: Catalogue, comparisons: dict[tuple[str, str], Comparison], third: dict[tuple[str, str], Brief]
) -> None:
    lengths = [found.length for found in third.values()]
    assert max(lengths) <= A_LITTLE_OVER * TWO_PAGES
    assert sum(length <= TWO_PAGES for length in lengths) >= 0.95 * len(lengths)
    for pair in list(third)[::10]:
        found = notes.material(catalogue, comparisons[pair])
        assert all(brief(found, side=side).length <= A_LITTLE_OVER * TWO_PAGES for side in pair)


def test_length_counts_running_text_only() -> None:
    row = (Claim("cell"), Claim("cell"))
    section = Section("a", "One two", points=(Claim("three four", "label"),), table=Table(("x", "y"), (row,)))
    found = Brief("t", ("A", "B"), None, "", "2026-01-01", (Claim("five"),), (section,))
    assert found.length == 6


def test_length_is_what_a_reader_counts(catalogue: Catalogue) -> None:
    found = note(catalogue, "nigeria", "germany")
    assert abs(notes.prose(markdown(found)) - found.length) <= 12


def test_the_full_note_has_all_that_the_short_one_has_and_an_annex(catalogue: Catalogue) -> None:
    short, full = note(catalogue, "tunisia", "sweden"), note(catalogue, "tunisia", "sweden", full=True)
    assert {section.id for section in short.sections} < {section.id for section in full.sections}
    assert set(short.sources) <= set(full.sources)
    assert full.sections[-1].id == "annex"
    assert "(…)" in text(short)
    assert "(…)" not in text(full)


def test_every_third_pair_makes_a_note(third: dict[tuple[str, str], Brief]) -> None:
    assert len(third) == 301
    for found in third.values():
        assert markdown(found)


# The fixed words


def test_every_fixed_sentence_is_used_and_every_one_used_is_there() -> None:
    used: set[str] = set()
    for file in (ROOT / "src" / "partnerfit" / "brief").glob("*.py"):
        if file.name != "english.py":
            tree = ast.parse(file.read_text(encoding="utf-8"))
            used |= {
                n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
            }
    stances = {"seeks", "declines", "offers", "resists", "supports", "shared"}
    columns = {key for key in english.ENGLISH if key.startswith("column-")}
    responses = {f"{who}-{what}" for who in ("if-raised", "ours", "theirs") for what in ("turn", "talk")}
    assert set(english.ENGLISH) - used <= stances | columns | responses


def test_the_wording_is_even() -> None:
    words = " ".join(english.ENGLISH.values())
    assert not re.search(r"\b(?:pays?|paid|conced\w+|verdict|coalition|donor|target state)\b", words)


def test_both_pairs_of_the_tests_make_a_note() -> None:
    context = build.context(pairs.TAXONOMY, pairs.GROUPS)
    for side in (None, "alpha", "beta"):
        assert notes.small(pairs.ALPHA, pairs.BETA, context=context, side=side, full=True).notes
