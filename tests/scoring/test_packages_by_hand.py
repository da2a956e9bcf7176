"""The package that docs/method.md works out by hand is the one that the program finds."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from partnerfit.scoring import bargain, labels
from partnerfit.scoring.agenda import agenda
from partnerfit.scoring.frontier import MOST_LABELS
from partnerfit.scoring.packages import DRAWS, packages
from partnerfit.scoring.pair import judge
from tests.build import context, measure, objective, state, themes
from tests.scoring.pairs import DAY
from tests.test_docs import DOCS, section, table

STATES = {"Arda": "AAA", "Bree": "BBB"}


@pytest.fixture(scope="module")
def text():
    return (DOCS / "method.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def by_hand(text):
    return section(text, "One package by hand")


@pytest.fixture(scope="module")
def rows(by_hand):
    return table(by_hand, "Measure", "Provider", "Arda says")


@pytest.fixture(scope="module")
def pair(rows):
    """The two states as the first table describes them."""
    taxonomy = themes(
        all=[measure(r["Measure"], "joint" if r["Provider"] == "–" else "exchange") for r in rows]
    )

    def wishes(name):
        for number, row in enumerate(rows):
            stance, _, priority = row[f"{name} says"].partition(", ")
            more = {"requires": ["readmission"]} if (name, row["Measure"]) == ("Bree", "skills") else {}
            yield objective(number, row["Measure"], stance, priority, **more)

    first, second = (state(name.lower(), iso3, list(wishes(name))) for name, iso3 in STATES.items())
    return judge(first, second, context(taxonomy), DAY)


@pytest.fixture(scope="module")
def result(pair):
    return packages(pair, draws=0)


def number(value):
    return f"{value:.2f}"


def signed(value):
    return f"{value:+.2f}".replace("-", "−")


def test_gains(rows, result):
    stated = {r["Measure"]: (r["Provider"], r["Arda gains"], r["Bree gains"]) for r in rows}
    assert stated == {
        item.measure.id: (
            (item.provider or "–").capitalize(),
            *(signed(side.position.gain) for side in item.sides),
        )
        for item in result.workable
    }


def test_admitted_packages_and_their_products(by_hand, pair):
    """Of all packages that hold training, those that leave both better off than it alone."""
    known = agenda(pair).table
    training = np.array([name == "training" for name in known.measures])
    others = [k for k in range(len(training)) if not training[k]]
    expected = []
    for size in range(1, len(others) + 1):
        for chosen in combinations(others, size):
            members = training.copy()
            members[list(chosen)] = True
            over = known.sums(members) - known.sums(training)
            if known.meets(members) and (over > bargain.GRAIN).all():
                names = ", ".join(known.measures[k] for k in chosen)
                expected.append((names, *map(number, (*over, over.prod()))))
    stated = table(by_hand, "With training")
    assert [tuple(row.values()) for row in stated] == expected


def test_the_balanced_package_and_who_pays(by_hand, result):
    best = max(table(by_hand, "With training"), key=lambda row: float(row["Product"]))
    assert ["training", *best["With training"].split(", ")] == sorted(
        result.balanced.measures, key=lambda name: (name != "training", name)
    )
    assert [tuple(row.values()) for row in table(by_hand, "Concession", "Of")] == [
        (
            e.item.measure.id,
            e.conceded_by.capitalize(),
            number(-e.gains[e.conceded_by]),
            ", ".join(p.item.measure.id for p in e.paid_by),
        )
        for e in result.balanced.concessions
    ]


def test_shares_and_balance(by_hand, result):
    package = result.balanced
    assert [tuple(row.values()) for row in table(by_hand, "State", "Utility")] == [
        (
            name,
            number(package.utility[name.lower()]),
            number(package.ideal[name.lower()]),
            f"{package.share_of_ideal[name.lower()]:.3f}",
            f"{package.share_of_wishes[name.lower()]:.3f}",
        )
        for name in STATES
    ]
    assert f"= **{package.balance:.2f}**" in by_hand


def test_the_numbers_of_the_search(text):
    stated = " ".join(section(text, "The rules").split())
    assert f"more than {MOST_LABELS:,} labels" in stated
    assert f"more than {labels.HUB_BITS} linked requirements" in stated
    assert f"share of {DRAWS} seeded draws" in stated
