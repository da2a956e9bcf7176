"""docs/face-validity.md against the data: what ranks first for each pair, and the numbers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from partnerfit import Catalogue, Comparison, compare
from partnerfit.model import State
from partnerfit.scoring.fit import Assessment
from partnerfit.scoring.items import CLASSES, ItemClass
from partnerfit.scoring.ledger import Entry, Package
from partnerfit.scoring.method import newest
from partnerfit.scoring.packages import balanced
from partnerfit.scoring.pair import Pair, judge, theme_scores

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


@pytest.fixture(scope="module")
def judged(catalogue: Catalogue) -> list[Pair]:
    """All pairs of the data, judged once."""
    context = catalogue.context()
    states = [catalogue.state(name) for name in catalogue.state_ids]
    as_of = newest(*(state.reviewed for state in states))
    return [judge(a, b, context, as_of) for a, b in itertools.combinations(states, 2)]


def part_under(text: str, heading: str) -> str:
    """The text below a heading, up to the next one of its level."""
    level = heading.split(maxsplit=1)[0]
    return text.split(f"\n{heading}\n")[1].split(f"\n{level} ", maxsplit=1)[0]


def test_the_numbers_over_all_pairs(text, judged):
    part = part_under(text, "## All 903 pairs of the 43 states")
    assert len(judged) == 903
    assessments = Counter(score.assessment for pair in judged for score in theme_scores(pair))
    classes = Counter(CLASSES[code] for pair in judged for code in pair.codes)
    shares = re.findall(r"^\| ([a-z -]+) \| ([\d,]+) \| [\d.]+ % \|", part, re.MULTILINE)
    assert {name: int(n.replace(",", "")) for name, n in shares} == {
        name: assessments[name] for name, _ in shares
    }
    assert sum(assessments.values()) == sum(int(n.replace(",", "")) for _, n in shares) == 903 * 11
    assert counts(part, "Class") == dict(classes)


class Exchange(NamedTuple):
    """Two states with the balanced package of concessions between them."""

    states: tuple[State, State]
    package: Package

    @property
    def smaller(self) -> float:
        """The smaller improvement over the package without concessions, as a share of the ideal."""
        p = self.package
        return round(min((p.utility[s] - p.reference[s]) / p.ideal[s] for s in p.utility), 9)

    @property
    def sides(self) -> list[tuple[State, list[Entry]]]:
        """The states that concede something, with what they concede."""
        found = [(s, [e for e in self.package.concessions if e.conceded_by == s.id]) for s in self.states]
        return [(state, entries) for state, entries in found if entries]

    def told(self) -> str:
        """How the page has to tell it, up to the judgement."""
        sides = [f"{s.name} {' and '.join(map(self._conceded, entries))}" for s, entries in self.sides]
        if len(sides) == 1:
            sides.append("what it makes possible")
        unlocked = " and ".join(f"`{e.item.measure.id}`" for e in self.package.entries if e.unlocked)
        names = " and ".join(state.name for state in self.states)
        numbers = f"({100 * self.smaller:.0f} %, balance {self.package.balance:.2f})"
        only_then = f" Only then {unlocked}." if unlocked else ""
        return f"- **{names}** {numbers}. {' against '.join(sides)}.{only_then} *"

    @staticmethod
    def _conceded(entry: Entry) -> str:
        side = next(side for side in entry.item.sides if side.state == entry.conceded_by)
        said = ", ".join(f"`{o.id}` {o.stance}" for o in side.position.deciding)
        return f"`{entry.item.measure.id}` ({said})"


@pytest.fixture(scope="module")
def packages(judged) -> list[Exchange]:
    return [Exchange(pair.states, balanced(pair)) for pair in judged]


@pytest.fixture(scope="module")
def exchanges(packages) -> list[Exchange]:
    """Those with concessions, the largest smaller improvement first."""
    found = [found for found in packages if found.package.concessions]
    return sorted(found, key=lambda e: (-e.smaller, *(state.id for state in e.states)))


def flat(text: str) -> str:
    return " ".join(text.split())


def entries_under(text: str, heading: str) -> list[str]:
    return [flat(f"- **{entry}") for entry in part_under(text, heading).split("\n- **")[1:]]


def test_packages_in_kinds(text, packages):
    kinds = Counter(
        "an exchange of concessions"
        if found.package.concessions
        else "only what both gain from"
        if found.package.entries
        else "nothing"
        for found in packages
    )
    rows = re.findall(
        r"^\| ([a-z ]+) \| (\d+) \| ([\d.]+ %) \|$", part_under(text, "## Packages"), re.MULTILINE
    )
    assert rows == [
        (name, str(kinds[name]), f"{100 * kinds[name] / len(packages):.1f} %") for name, _, _ in rows
    ]
    assert {name for name, _, _ in rows} == set(kinds)


def test_no_side_pays_for_the_other(text, packages, exchanges):
    part = flat(part_under(text, "## Packages"))
    assert f"each of the {len(packages)} pairs" in part
    assert f"In none of the {len(packages)} pairs is a side worse off" in part
    for found in packages:
        package = found.package
        assert package.exact
        assert all(package.utility[s] >= package.reference[s] - 1e-9 for s in package.utility)
    concessions = [entry for found in exchanges for entry in found.package.concessions]
    assert all(found.smaller > 0 for found in exchanges)
    assert all(entry.paid_by for entry in concessions)
    ways = Counter(payer.how for entry in concessions for payer in entry.paid_by)
    assert set(ways) == {"concession", "unlocked"}
    assert f"in the {len(exchanges)} exchanges both are better off" in part
    assert f"They hold {len(concessions)} concessions, and the record names what each is given in" in part
    assert f"{ways['concession']} times something that the other side concedes" in part
    assert f"{ways['unlocked']} times something from which both gain and which only the concession" in part


def test_one_sided_packages(text, packages):
    part = flat(part_under(text, "## Packages"))
    found = [found.package for found in packages if found.package.one_sided]
    length = Counter(len(package.entries) for package in found)
    assert f"{len(found)} packages are one-sided." in part
    assert f"None of them is an exchange, {length[1]} hold a single item and {length[2]} hold two" in part
    assert not any(package.concessions or package.more_balanced for package in found)


def test_who_exchanges_what(text, catalogue, exchanges):
    part = flat(part_under(text, "## Packages"))
    union = catalogue.context().members("EU")
    assert all(sum(state.iso3 in union for state in found.states) == 1 for found in exchanges)
    states = Counter(state.name for found in exchanges for state in found.states)
    (first, most), (second, next_most), (_, third) = states.most_common(3)
    assert third < next_most < most
    assert f"{len(states)} states take part, {first} in {most} and {second} in {next_most}." in part
    measures = Counter(
        m for found in exchanges for m in {entry.item.measure.id for entry in found.package.concessions}
    )
    assert f"In {measures['readmission-own-nationals']} one side would take back its own nationals." in part
    assert f"stands on the table in {measures['labour-mobility-scheme']}, visas in" in part
    assert f"visas in {measures['visa-facilitation']}." in part
    assert f"In the {measures['visa-facilitation']} exchanges with visas" in part


def test_how_well_exchanges_are_known(text, exchanges):
    part = flat(part_under(text, "## Packages"))
    resisted = accepted = elsewhere = low = 0
    for found in exchanges:
        concessions = found.package.concessions
        own = [side for e in concessions for side in e.item.sides if side.state == e.conceded_by]
        stances = {objective.stance for side in own for objective in side.position.deciding}
        resisted += "resists" in stances
        accepted += stances == {"accepts"}
        elsewhere += any(side.position.basis == "elsewhere" for e in concessions for side in e.item.sides)
        low += any(entry.item.confidence == "low" for entry in concessions)
    assert f"In {resisted} exchanges a side would do what it *resists*; in {accepted} every" in part
    assert f"In {elsewhere} exchanges one side of a concession counts by what it does with others" in part
    assert f"in {low} a concession rests on low confidence. In {len(exchanges) - low} every" in part


def test_the_ten_exchanges(text, exchanges):
    """By the rule that the page states: down the list, no state twice."""
    taken: set[str] = set()
    ten: list[Exchange] = []
    for found in exchanges:
        ids = {state.id for state in found.states}
        if not ids & taken and len(ten) < 10:
            ten.append(found)
            taken |= ids
    entries = entries_under(text, "### Ten exchanges")
    assert len(entries) == len(ten) == 10
    for entry, found in zip(entries, ten, strict=True):
        assert entry.startswith(found.told()), found.told()
    verdicts = Counter(re.findall(r"\*(Plausible|Plausible in part|Odd)[.*]", " ".join(entries)))
    assert sum(verdicts.values()) == 10
    assert (
        f"{verdicts['Plausible']} are plausible, {verdicts['Plausible in part']} in part and "
        f"{verdicts['Odd']} odd."
    ) in flat(part_under(text, "### Ten exchanges"))


def test_what_pays_in_the_exchanges_told(text, exchanges):
    """Each side's concessions are paid by what the other concedes, or by what they make possible."""
    told = entries_under(text, "### Ten exchanges") + entries_under(text, "### The further pairs")
    named = [found for found in exchanges if any(entry.startswith(found.told()) for entry in told)]
    assert len(named) == len(told)
    for found in named:
        for entry in found.package.concessions:
            payers = [(payer.item.provider, payer.how) for payer in entry.paid_by]
            assert all(provider != entry.conceded_by for provider, _ in payers)
            assert {how for _, how in payers} == {"concession" if len(found.sides) == 2 else "unlocked"}
        sides = [side for entry in found.package.concessions for side in entry.item.sides]
        known = " ".join(o.summary for side in sides for o in side.position.deciding)
        entry_told = next(entry for entry in told if entry.startswith(found.told()))
        assert set(re.findall(r"\b20\d\d\b", entry_told)) <= set(re.findall(r"\b20\d\d\b", known))


def test_exchanges_among_the_twenty_further_pairs(text, catalogue, exchanges):
    pairs = {
        frozenset(catalogue.state(name.replace("_", "-")).id for name in pair.split("-")) for pair in TWENTY
    }
    found = [found for found in exchanges if frozenset(s.id for s in found.states) in pairs]
    part = part_under(text, "### The further pairs")
    assert f"Of the twenty further pairs above, {len(found)} have an exchange" in flat(part)
    told = entries_under(text, "### The further pairs")
    among_the_ten = entries_under(text, "### Ten exchanges")
    rest = [f for f in found if not any(entry.startswith(f.told()) for entry in among_the_ten)]
    assert [f"{a.name} and {b.name}" for f in found for a, b in [f.states] if f not in rest] == [
        "Austria and Nigeria"
    ]
    for entry, exchange in zip(told, rest, strict=True):
        assert entry.startswith(exchange.told()), exchange.told()
