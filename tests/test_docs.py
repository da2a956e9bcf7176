"""The documentation says what the code does: the numbers, the worked example, the links."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from partnerfit import Catalogue, Comparison, compare
from partnerfit.render import words
from partnerfit.render.views.listings import number_words
from partnerfit.scoring import uncertainty
from partnerfit.scoring.comparison import ThemeFit
from partnerfit.scoring.method import Method

DOCS = Path(__file__).resolve().parents[1] / "docs"
DEFAULTS = {number.name: number_words(getattr(Method(), number.name)) for number in fields(Method)}

Row = dict[str, str]


@pytest.fixture(scope="module")
def text() -> str:
    return (DOCS / "method.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def result(catalogue: Catalogue) -> Comparison:
    return compare(catalogue.state("tunisia"), catalogue.state("sweden"), catalogue.context())


@pytest.fixture(scope="module")
def theme(result: Comparison) -> ThemeFit:
    return next(theme for theme in result.themes if theme.theme.id == "return-reintegration")


def section(text: str, title: str) -> str:
    """The text under a heading of the second level, with what is below it."""
    return re.split(r"^## ", text.partition(f"\n## {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def table(text: str, *columns: str) -> list[Row]:
    """The rows of the one table that begins with these columns; code marks are taken off."""
    blocks = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    parsed = [
        [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in block.splitlines()]
        for block in blocks
    ]
    (found,) = [rows for rows in parsed if tuple(rows[0][: len(columns)]) == columns]
    return [dict(zip(found[0], row, strict=True)) for row in found[2:]]


def prose(text: str) -> str:
    """The text without fenced code."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)


class TestNumbers:
    def test_the_table_holds_every_number_with_its_default(self, text):
        rows = table(section(text, "The numbers"), "Number", "Default")
        assert {row["Number"]: row["Default"] for row in rows} == DEFAULTS
        assert len(rows) == len(DEFAULTS)

    def test_every_number_named_in_the_text_is_the_default(self, text):
        named = re.findall(r"(\d[\d.]*(?: / \d[\d.]*)*) \(`(\w+)`\)", " ".join(text.split()))
        assert {name for _, name in named} == DEFAULTS.keys()
        assert [(value, name) for value, name in named if value != DEFAULTS[name]] == []

    def test_size_of_the_taxonomy(self, text, catalogue):
        slots = catalogue.context().slots
        joint = sum(measure.mode == "joint" for measure in slots.measure.values())
        total = len(slots.measure)
        stated = (
            f"{total} measures, {total - joint} exchange and {joint} joint: {len(slots.all)} items a pair"
        )
        assert stated in " ".join(text.split())

    def test_number_of_draws(self, text):
        draws = inspect.signature(compare).parameters["draws"].default
        assert f"By default {draws:,} seeded draws" in text


class TestOneThemeByHand:
    @pytest.fixture
    def by_hand(self, text) -> str:
        return section(text, "One theme by hand")

    def test_gains(self, by_hand, theme, result):
        rows = table(by_hand, "Measure", "Provider", "State", "Objective")
        stated = {
            (r["Measure"], r["Provider"], r["State"]): (r["Objective"], r["Basis"], r["Gain"]) for r in rows
        }
        expected = {}
        for item, provider in known(theme, result):
            for side in item.sides:
                position = side.position
                expected[item.measure.id, provider, result.partner(side.state).name] = (
                    ", ".join(objective.id for objective in position.deciding) or "–",
                    position.basis or "–",
                    words.signed(position.gain),
                )
        assert stated == expected

    def test_what_the_objectives_say(self, by_hand, result):
        said = {o.id: f"{o.stance}, {o.priority}" for p in result.partners for o in p.objectives}
        rows = [r for r in table(by_hand, "Measure", "Provider", "State") if r["Objective"] != "–"]
        assert [r["Says"] for r in rows] == [said[r["Objective"]] for r in rows]

    def test_no_feasibility_below_1(self, theme):
        assert {side.position.feasibility for item in theme.items for side in item.sides} == {1.0}

    def test_classes(self, by_hand, theme, result):
        stated = {
            (r["Measure"], r["Provider"]): r["Class"] for r in table(by_hand, "Measure", "Provider", "Class")
        }
        assert stated == {(item.measure.id, provider): item.cls for item, provider in known(theme, result)}

    def test_fits(self, by_hand, theme, result):
        stated = {
            (r["Measure"], r["Provider"]): r["Fit"] for r in table(by_hand, "Measure", "Provider", "Fit")
        }
        assert stated == {
            (item.measure.id, provider): f"{item.fit:.1f}"
            for item, provider in known(theme, result)
            if item.win_win
        }

    def test_numbers_of_the_theme(self, by_hand, theme):
        assert {r["Number"]: r["Value"] for r in table(by_hand, "Number", "Value")} == {
            "Score": f"{theme.score:.1f}",
            "Balance": words.share(theme.balance),
            "Tension": f"{theme.tension:.1f}",
            "Price": f"{theme.price:.1f}",
            "Potential": f"{theme.potential:.1f}",
        }

    def test_assessment(self, by_hand, theme):
        assert f"assessment is **{theme.assessment}**" in " ".join(by_hand.split())


def known(theme: ThemeFit, result: Comparison) -> Iterator[tuple]:
    """The items on which something is known, each with the name of its provider."""
    for item in theme.items:
        if item.cls != "no-evidence":
            yield item, result.partner(item.provider).name


class TestPublishedValues:
    @pytest.fixture
    def published(self, text) -> dict[str, list[float]]:
        rows = table(section(text, "Published values"), "Shared formula", "Input", "Value")
        return {row["Shared formula"]: row["Value"].split(", ") for row in rows}

    def test_rank_acceptability(self, published):
        # Two themes are always ahead; the third place goes to one of the others.
        drawn = np.array([[90.0] * 10, [80.0] * 10, [50.0] * 9 + [10.0], [10.0] * 9 + [50.0]])
        shares = uncertainty.top3_shares(drawn)
        assert [f"{share:g}" for share in shares[2:]] == published["rank acceptability"]

    def test_splitmix64(self, published, monkeypatch):
        digest = SimpleNamespace(digest=lambda: (1234567).to_bytes(8, "little"))
        monkeypatch.setattr(uncertainty.hashlib, "blake2b", lambda *_, **__: digest)
        stated = published["SplitMix64"]
        assert [str(word) for word in uncertainty.words(("any",), len(stated))] == stated


def anchors(file: Path) -> set[str]:
    """The anchors that a renderer makes of the headings of a file."""
    headings = re.findall(r"^#+ (.+)$", prose(file.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("file", sorted(DOCS.rglob("*.md")), ids=lambda file: file.name)
def test_relative_links_lead_somewhere(file):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(file.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (file.parent / path).resolve() if path else file
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []
