"""docs/face-validity.md against the data: what ranks first for each pair, and the numbers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from partnerfit import Catalogue, Comparison, compare
from partnerfit.scoring.fit import Assessment
from partnerfit.scoring.items import CLASSES, ItemClass
from partnerfit.scoring.method import newest
from partnerfit.scoring.pair import judge, theme_scores

READ = "austria dr-congo greece malta nigeria portugal south-africa sweden tunisia".split()
PAIRS = tuple(itertools.combinations(READ, 2))
FILE = Path(__file__).resolve().parents[1] / "docs" / "face-validity.md"
FIRST = re.compile(
    r"First: \*\*(?P<theme>[^*]+)\*\* "
    r"\((?P<score>\d+), (?P<assessment>[a-z -]+)(?P<confirm>, to be confirmed)?\)\. "
    r".*? \(`(?P<measure>[a-z-]+)`, fit (?P<fit>\d+)\)\."
)
DECIDING = re.compile(r"- (?P<state>[^,`]+), `(?P<id>[\w-]+)`, (?P<stance>[a-z]+): (?P<summary>.*)")
THIN = "First: nothing is known on which both gain."


class First(NamedTuple):
    """What a section, or a comparison, puts first; None where nothing is known on which both gain."""

    theme: str
    score: str
    assessment: str
    confirm: bool
    measure: str
    fit: str
    deciding: tuple[tuple[str, str, str, str], ...]


def stated(section: str) -> First | None:
    first, *rest = (" ".join(part.split()) for part in re.split(r"\n\n|\n(?=- )", section))
    if first == THIN:
        return None
    found = FIRST.fullmatch(first)
    assert found, first
    deciding = tuple(m.group("state", "id", "stance", "summary") for m in map(DECIDING.fullmatch, rest) if m)
    return First(
        *found.group("theme", "score", "assessment"),
        bool(found["confirm"]),
        found["measure"],
        found["fit"],
        deciding,
    )


def computed(result: Comparison) -> First | None:
    theme = result.themes[0]
    if theme.score == 0:
        return None
    item = theme.items[0]
    deciding = tuple(
        (partner.name, objective.id, objective.stance, " ".join(objective.summary.split()))
        for partner in result.partners
        for objective in item.of(partner.id).deciding
    )
    return First(
        theme.theme.name,
        f"{theme.score:.0f}",
        theme.assessment,
        theme.to_confirm,
        item.measure.id,
        f"{item.fit:.0f}",
        deciding,
    )


def counts(text: str, column: str) -> dict[str, int]:
    block = re.search(rf"^\| {column} \|.*\n(?:\|.*\n)+", text, re.MULTILINE)
    assert block, column
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block[0].splitlines()[2:]]
    return {name: int(number.replace(",", "")) for name, number, _ in rows}


@pytest.fixture(scope="module")
def text() -> str:
    return FILE.read_text(encoding="utf-8")


def sections_under(text: str, heading: str) -> list[tuple[str, str]]:
    """Titles and texts of the sections below a heading of the second level."""
    part = re.split(r"^## ", text.split(f"\n## {heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^### (.+)\n\n((?:(?!#).*\n)+)", part, re.MULTILINE)


@pytest.fixture(scope="module")
def sections(text: str) -> list[tuple[str, str]]:
    return sections_under(text, "The pairs")


@pytest.fixture(scope="module")
def results(catalogue: Catalogue) -> dict[tuple[str, str], Comparison]:
    context = catalogue.context()
    return {(a, b): compare(catalogue.state(a), catalogue.state(b), context, draws=100) for a, b in PAIRS}


def test_every_pair_stands_once(sections, catalogue):
    titles = [f"{catalogue.state(a).name} and {catalogue.state(b).name}" for a, b in PAIRS]
    assert [title for title, _ in sections] == titles


def test_what_ranks_first_is_what_the_page_says(sections, results):
    found = {pair: stated(section) for pair, (_, section) in zip(PAIRS, sections, strict=True)}
    assert found == {pair: computed(result) for pair, result in results.items()}


def test_every_pair_is_explained(sections):
    for title, section in sections:
        told = [p for p in section.split("\n\n") if p.strip() and not p.startswith(("First:", "- "))]
        assert told, title
        assert not told[0].startswith("Keep in mind"), title


def test_numbers(text, results):
    assessments = Counter(theme.assessment for result in results.values() for theme in result.themes)
    classes = Counter(item.cls for result in results.values() for item in result.items)
    assert counts(text, "Assessment") == {name: assessments[name] for name in get_args(Assessment)}
    thin = sum(result.themes[0].score == 0 for result in results.values())
    assert f"In {thin} pairs nothing is known" in " ".join(text.split())
    assert counts(text, "Class") == {name: classes[name] for name in get_args(ItemClass)}


def test_version_of_the_data(text, catalogue):
    assert f"data version {catalogue.themes.version}" in " ".join(text.split())


TWENTY = """
nigeria-germany morocco-spain greece-egypt malta-libya austria-nigeria portugal-cabo_verde
kenya-germany pakistan-greece hungary-georgia germany-sweden ghana-nigeria niger-italy
turkiye-germany senegal-spain algeria-france rwanda-denmark mauritania-mali moldova-romania
ethiopia-italy south_africa-kenya
""".split()


def test_the_twenty_further_pairs(text, catalogue):
    """Theme, assessment, measure and the objectives behind it are those of the answer now."""
    context = catalogue.context()
    sections = dict(sections_under(text, "Twenty further pairs"))
    assert len(sections) == len(TWENTY)
    for pair in TWENTY:
        a, b = (catalogue.state(name.replace("_", "-")) for name in pair.split("-"))
        section = " ".join(sections[f"{a.name} and {b.name}"].split())
        theme = compare(a, b, context, draws=100).themes[0]
        if theme.score == 0:
            assert section.startswith("First: nothing is known on which both gain."), pair
            continue
        item = theme.items[0]
        assert f"First: **{theme.theme.name}** ({theme.score:.0f}, {theme.assessment}" in section, pair
        assert f"(`{item.measure.id}`, fit {item.fit:.0f})" in section, pair
        for state in (a, b):
            for objective in item.of(state.id).deciding:
                assert f"`{objective.id}` {objective.stance}" in section, pair


def test_the_numbers_over_all_pairs(text, catalogue):
    part = text.split("\n## All 903 pairs of the 43 states\n")[1]
    context = catalogue.context()
    states = [catalogue.state(name) for name in catalogue.state_ids]
    as_of = newest(*(state.reviewed for state in states))
    pairs = [judge(a, b, context, as_of) for a, b in itertools.combinations(states, 2)]
    assert len(pairs) == 903
    assessments = Counter(score.assessment for pair in pairs for score in theme_scores(pair))
    classes = Counter(CLASSES[code] for pair in pairs for code in pair.codes)
    shares = re.findall(r"^\| ([a-z -]+) \| ([\d,]+) \| [\d.]+ % \|", part, re.MULTILINE)
    assert {name: int(n.replace(",", "")) for name, n in shares} == {
        name: assessments[name] for name, _ in shares
    }
    assert sum(assessments.values()) == sum(int(n.replace(",", "")) for _, n in shares) == 903 * 11
    assert counts(part, "Class") == dict(classes)
