"""Views: pages that hold what they should, and arithmetic that comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from partnerfit import Catalogue, Comparison, compare
from partnerfit.figures import Figures
from partnerfit.render import markdown, plain, terminal
from partnerfit.render.blocks import Heading, Page, Paragraph, Table, cell_text
from partnerfit.render.views import comparison as comparing
from partnerfit.render.views import explanation, listings, profile
from partnerfit.render.words import Wording
from partnerfit.scoring.method import ByLevel, Method
from tests import build
from tests.render.pairs import ALPHA, CODES, GROUPS, TAXONOMY, wording


@pytest.fixture(scope="module")
def speech() -> Wording:
    """The sentences on Alpha and Beta."""
    return wording()


@pytest.fixture(scope="session")
def explained(comparisons: dict[tuple[str, str], Comparison], catalogue: Catalogue) -> list[tuple[str, Page]]:
    """Every theme of every pair in the data, explained."""
    return [
        (
            f"{'-'.join(pair)} {theme.theme.id}",
            explanation.page(Wording(result, catalogue.codes), theme.theme),
        )
        for pair, result in comparisons.items()
        for theme in result.themes
    ]


def headings(page: Page) -> list[str]:
    return [block.words for block in page if isinstance(block, Heading)]


def tables(page: Page) -> Iterator[list[list[str]]]:
    for block in page:
        if isinstance(block, Table):
            yield [[cell_text(cell) for cell in row] for row in block.rows]


def theme_of(speech: Wording, key: str) -> Page:
    subject = next(theme for theme in TAXONOMY.themes if theme.id == key)
    return explanation.page(speech, subject)


# A comparison


def test_the_ranking(speech: Wording) -> None:
    ranking = next(tables(comparing.page(speech)))
    assert [row[1] for row in ranking] == ["stay", "work", "quiet"]
    assert [row[3] for row in ranking] == ["82", "43", "–"]
    assert [row[-1] for row in ranking] == ["opening", "promising *", "no evidence"]


def test_a_page_has_one_title_and_says_how_it_was_made(speech: Wording) -> None:
    page = comparing.page(speech, ("A note.",))
    assert [b.words for b in page if isinstance(b, Heading) and b.level == 1] == ["Alpha and Beta"]
    text = plain.render(page)
    assert "As of 2026-11-01; 100 draws, seed 0." in text
    assert Paragraph("A note.", "warn") in page


def test_what_is_behind_the_ranking(speech: Wording) -> None:
    text = plain.render(comparing.page(speech))
    for part in ("[visas]", "[pact]", "[jobs]", "Alpha accepts (low priority)", "[c-papers]", "[skills]"):
        assert part in text
    assert "`partnerfit explain alpha beta THEME`" in text


def test_how_much_is_known(speech: Wording) -> None:
    known = list(tables(comparing.page(speech)))[-1]
    assert [row[0] for row in known] == ["Alpha", "Beta"]
    assert [row[1].endswith(" of 8") for row in known] == [True, True]
    assert [row[2] for row in known] == ["1", "0"]
    assert [row[3] for row in known] == ["7", "5"]


def test_nothing_in_common() -> None:
    one = build.state("one", "AFG", [build.objective(1, "visas", "seeks")])
    other = build.state("other", "BEL", [build.objective(1, "films", "seeks")])
    result = compare(one, other, build.context(TAXONOMY, GROUPS), draws=100)
    text = plain.render(comparing.page(Wording(result, CODES)))
    assert "Nothing known so far" in text
    assert "None known on either side." in text


def test_every_pair_has_a_page(comparisons: dict[tuple[str, str], Comparison], catalogue: Catalogue) -> None:
    for result in comparisons.values():
        page = comparing.page(Wording(result, catalogue.codes))
        for text in (
            plain.render(page),
            markdown.render(page),
            terminal.render(page, width=100, colour=False),
        ):
            assert all(theme.theme.name.split()[0] in text for theme in result.themes)
            assert "{" not in text
            assert "None," not in text


# An explanation


def test_one_theme(speech: Wording) -> None:
    page = theme_of(speech, "stay")
    text = plain.render(page)
    assert headings(page)[0] == "Alpha and Beta: stay"
    for key in ("o-visas", "o-visas-b", "o-returns", "o-papers", "c-papers", "o-pact", "src"):
        assert f"[{key}]" in text
    assert "[o-skills]" not in text
    assert "towards all except Switzerland" in text


def test_a_theme_on_which_nothing_is_known(speech: Wording) -> None:
    page = theme_of(speech, "quiet")
    assert headings(page) == ["Alpha and Beta: quiet", "Nothing known"]
    assert not any(heading.startswith("Sources") for heading in headings(page))


def test_one_measure(speech: Wording) -> None:
    visas = next(m for theme in TAXONOMY.themes for m in theme.measures if m.id == "visas")
    text = plain.render(explanation.page(speech, visas))
    assert "[o-visas]" in text
    assert "[o-papers]" not in text
    assert "Article 1." in text


def test_a_bloc_position_is_shown_once(speech: Wording) -> None:
    """It counts by elsewhere, so it stands there and is not told again as context."""
    assert [b.objective.id for b in speech.comparison.bloc_positions] == ["o-loans"]
    text = plain.render(theme_of(speech, "work"))
    assert text.count("[o-loans] seeks") == 1


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def test_scores_come_out(explained: list[tuple[str, Page]]) -> None:
    counted = 0
    for where, page in explained:
        for name, value, how in next(tables(page)):
            if match := re.fullmatch(r"([\d.]+) × ([\d.]+) \+ ([\d.]+) × ([\d.]+)", how):
                a, b, c, d = map(float, match.groups())
                assert abs(a * b + c * d - float(value)) <= 0.1 + 1e-9, (where, name)
                assert a + c == 1
                counted += 1
            elif how == "no item counts":
                assert float(value) == 0, (where, name)
    assert counted > 100


def worth(sum_words: str) -> float:
    """The value of "+2/3 × 0.5 (limit)" or of a mean of two such."""
    parts = (
        re.findall(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)", sum_words) if "mean of" in sum_words else [sum_words]
    )
    values = []
    for part in parts:
        value = 1.0
        for factor in part.split(" × "):
            over, _, under = factor.partition(" (")[0].partition("/")
            value *= number(over) / (number(under) if under else 1)
        values.append(value)
    return sum(values) / len(values)


def test_gains_come_out(explained: list[tuple[str, Page]]) -> None:
    counted = 0
    for where, page in explained:
        for block in page:
            if isinstance(block, Paragraph) and ": gain " in block.words:
                match = re.fullmatch(
                    r".*: gain ([+−]?[\d.]+) = (.*); basis: \w+(, views differ)?\.", block.words
                )
                assert match, (where, block.words)
                assert abs(worth(match[2]) - number(match[1])) <= 0.005 + 1e-9, (where, block.words)
                counted += 1
    assert counted > 500


def test_fits_come_out(explained: list[tuple[str, Page]]) -> None:
    counted = 0
    shape = re.compile(r"(Fit|Tension|Price) = 100 × √\(([\d.]+) × ([\d.]+)\) = ([\d.]+)[;., ]")
    for where, page in explained:
        for block in page:
            if isinstance(block, Paragraph):
                for name, a, b, value in shape.findall(block.words):
                    root = 100 * (float(a) * float(b)) ** 0.5
                    assert abs(root - float(value.rstrip("."))) <= 0.15, (where, name)
                    counted += 1
    assert counted > 100


def test_what_is_cited_is_listed(explained: list[tuple[str, Page]]) -> None:
    for where, page in explained:
        text = plain.render(page)
        cited = {key for keys in re.findall(r"Sources: ([a-z0-9, -]+)\.", text) for key in keys.split(", ")}
        listed = set(re.findall(r"^- \[([a-z0-9-]+)\] .* https?://\S+ \([a-z-]+\)$", text, re.MULTILINE))
        assert cited == listed, where


def test_the_words_of_the_house(explained: list[tuple[str, Page]]) -> None:
    for where, page in explained:
        text = plain.render(page).lower()
        assert "verdict" not in text, where
        assert "coalition of the willing" not in text, where


# Profiles and lists


def test_a_profile() -> None:
    page = profile.page(ALPHA, TAXONOMY, CODES, Figures())
    assert headings(page) == ["Alpha (ALPHA; AF, AFG)", "work", "stay", "Sources"]
    text = plain.render(page)
    assert [s.id for s in (*ALPHA.objectives, *ALPHA.constraints) if f"[{s.id}]" not in text] == []
    assert "only together with visas" in text
    assert "red-line on papers as provider" in text


def test_a_profile_in_full() -> None:
    state = build.state(
        "full",
        "AFG",
        [build.objective(1, "visas", "seeks", until="2027")],
        [build.constraint(1, "minor", theme="stay")],
        interests=[{"interest": "mobility", "weight": 3, "summary": "A reason.", "sources": ["src"]}],
        context=[{"id": "x-1", "measure": "jobs", "summary": "A law.", "sources": ["src"]}],
        indicators=[
            {"indicator": "remittances", "value": 6.1, "unit": "% of GDP", "year": 2024, "source": "src"}
        ],
        gaps=["films"],
    )
    text = plain.render(profile.page(state, TAXONOMY, CODES, Figures()))
    for part in (
        "until 2027",
        "all of stay",
        "mobility (weight 3)",
        "[x-1] jobs",
        "6.1",
        "% of GDP",
        "films",
    ):
        assert part in text


def test_every_profile_has_a_page(catalogue: Catalogue) -> None:
    for key in catalogue.state_ids:
        state = catalogue.state(key)
        text = plain.render(
            profile.page(
                state, catalogue.themes, catalogue.codes, catalogue.figures, catalogue.commitments(state)
            )
        )
        assert [s.id for s in state.sources if s.url not in text] == []
        assert [o.id for o in state.objectives if f"[{o.id}]" not in text] == []
        assert [c.id for c in state.constraints if f"[{c.id}]" not in text] == []


def test_the_list_of_states() -> None:
    (rows,) = tables(listings.states([("alpha", ALPHA)]))
    assert rows == [["alpha", "Alpha", "AF AFG", "2026-11-01", ""]]


def test_the_list_of_themes() -> None:
    page = listings.themes(TAXONOMY)
    assert [heading.partition("[")[2] for heading in headings(page)] == ["work]", "stay]", "quiet]"]
    assert [row[0] for rows in tables(page) for row in rows] == [
        m.id for theme in TAXONOMY.themes for m in theme.measures
    ]


def test_the_list_of_groups() -> None:
    context = build.context(TAXONOMY, GROUPS)
    (rows,) = tables(listings.groups(GROUPS.groups, context, frozenset({"CHE"})))
    assert [(row[0], row[3], row[4]) for row in rows] == [("CLUB", "1", "1"), ("EU", "1", "0")]


def test_each_group_has_a_page(catalogue: Catalogue) -> None:
    context = catalogue.context()
    profiled = {catalogue.names(key).iso3: key for key in catalogue.state_ids}
    for group in catalogue.groups.groups:
        text = plain.render(listings.group(group, context, profiled))
        assert group.name in text
        assert [url for url in group.sources if url not in text] == []
        assert [area.name for area in group.areas if area.name not in text] == []


def test_the_numbers_of_the_method() -> None:
    (rows,) = tables(listings.method(Method(best_weight=0.6, priority=ByLevel(5, 3, 1))))
    changed = {row[0]: row[1] for row in rows if "(changed)" in row[2]}
    assert changed == {"best_weight": "0.6", "priority": "5 / 3 / 1"}
