"""Records of packages: their keys, how they are rounded, who pays, and the rows for CSV."""

from __future__ import annotations

import json
from typing import Any

import pytest

from partnerfit.render import deals, records
from partnerfit.scoring.packages import red_line_prices
from partnerfit.scoring.pair import judge
from tests import build
from tests.render.bargains import ARDA, BREE, CONTEXT, TILTED, compared, ids

RESULT, FOUND = compared()
TERMS = records.comparison(RESULT, data_version="test", overlays=("own",), method="other.yaml")


@pytest.fixture
def document() -> dict[str, Any]:
    """The record of the packages of Arda and Bree."""
    return deals.packages(TERMS, RESULT, FOUND)


@pytest.fixture
def balanced(document: dict[str, Any]) -> dict[str, Any]:
    """Their balanced package."""
    found: dict[str, Any] = document["packages"][0]
    return found


def of(entries: list[dict[str, Any]], measure: str) -> dict[str, Any]:
    (found,) = (entry for entry in entries if entry["measure"] == measure)
    return found


def test_a_record_is_json(document: dict[str, Any]) -> None:
    assert json.loads(json.dumps(document)) == document


def test_the_terms_are_those_of_the_comparison(document: dict[str, Any]) -> None:
    assert document["data"] == {"version": "test", "overlays": ["own"]}
    assert (document["version"], document["method"], document["seed"]) == (1, "other.yaml", 0)
    assert document["as_of"] == "2026-11-01"
    assert [partner["id"] for partner in document["partners"]] == ["arda", "bree"]


def test_no_key_comes_or_goes(document: dict[str, Any], balanced: dict[str, Any]) -> None:
    assert set(document) == set(
        "version as_of seed data method assumed include exclude partners packages swaps core requirements "
        "missing".split()
    )
    assert set(balanced) == set(
        "kind exact items utility reference share_of_ideal share_of_wishes balance one_sided more_balanced "
        "kept_out".split()
    )
    assert {frozenset(item) for item in balanced["items"]} == {
        frozenset(
            "measure provider receiver gains conceded_by paid_by payments unlocked confidence assumed "
            "eu_competence".split()
        )
    }


def test_the_kinds_in_their_order(document: dict[str, Any]) -> None:
    assert [package["kind"] for package in document["packages"]] == [
        "balanced",
        "no-concessions",
        "most-equal",
        "short",
        "without-low-confidence",
    ]


def test_the_balanced_package(balanced: dict[str, Any]) -> None:
    assert ids(balanced["items"]) == ["rea", "skl", "tra", "vis"]
    assert balanced["utility"] == {"arda": 1.333, "bree": 2.0}
    assert balanced["reference"] == {"arda": 0.667, "bree": 0.667}
    assert balanced["share_of_ideal"] == {"arda": 0.8, "bree": 0.75}
    assert balanced["share_of_wishes"] == {"arda": 1.0, "bree": 0.875}
    assert (balanced["balance"], balanced["exact"]) == (0.938, True)
    assert (balanced["one_sided"], balanced["more_balanced"]) == (False, None)


def test_who_pays(balanced: dict[str, Any]) -> None:
    returns = of(balanced["items"], "rea")
    assert returns["conceded_by"] == "arda"
    assert returns["gains"] == {"arda": -0.667, "bree": 1.0}
    assert returns["paid_by"] == ["vis"]
    assert returns["payments"] == [
        {"measure": "vis", "provider": "bree", "receiver": "arda", "how": "concession"}
    ]
    for item in balanced["items"]:
        assert item["paid_by"] == ids(item["payments"])
        assert bool(item["paid_by"]) == (item["conceded_by"] is not None)


def test_what_a_concession_makes_possible(document: dict[str, Any], balanced: dict[str, Any]) -> None:
    assert [item["measure"] for item in balanced["items"] if item["unlocked"]] == ["skl"]
    without = document["packages"][1]
    assert without["kept_out"] == [
        {"measure": "skl", "provider": "bree", "receiver": "arda", "needs": ["rea"], "possible": True}
    ]
    assert document["requirements"] == [
        {
            "measure": "skl",
            "provider": "bree",
            "receiver": "arda",
            "measures": ["rea"],
            "met_by": [{"measure": "rea", "provider": "arda", "receiver": "bree"}],
            "statements": [{"state": "bree", "id": "o-skl"}],
        }
    ]


def test_a_joint_measure_has_no_sides(balanced: dict[str, Any]) -> None:
    training = of(balanced["items"], "tra")
    assert (training["provider"], training["receiver"], training["conceded_by"]) == (None, None, None)


def test_confidence_is_that_of_the_weaker_side(document: dict[str, Any], balanced: dict[str, Any]) -> None:
    assert [item["confidence"] for item in balanced["items"]] == ["high", "high", "high", "low"]
    assert "vis" not in ids(document["packages"][-1]["items"])


def test_swaps_and_core(document: dict[str, Any]) -> None:
    (swap,) = document["swaps"]
    assert sorted(ids(swap["items"])) == ["rea", "vis"]
    assert swap["net"] == {"arda": 0.333, "bree": 0.667}
    shares = [entry["share"] for entry in document["core"]]
    assert shares == sorted(shares, reverse=True)
    assert sorted(ids(document["core"])) == ["pas", "rea", "skl", "tra", "vis"]


def test_what_the_union_has_a_say_in(balanced: dict[str, Any]) -> None:
    levels = {i["measure"]: i["eu_competence"] and i["eu_competence"]["level"] for i in balanced["items"]}
    assert levels == {"rea": "shared", "skl": None, "tra": None, "vis": "union"}
    assert of(balanced["items"], "vis")["eu_competence"] == {
        "level": "union",
        "limit": "The Union decides.",
        "basis": ["Article 2"],
    }


def test_outside_the_union_nothing_is_said_of_it() -> None:
    other = BREE.model_copy(update={"iso3": "GAB"})
    result, found = compared(ARDA, other)
    items = deals.package(found.balanced, result)["items"]
    assert len(items) == 4
    assert {item["eu_competence"] for item in items} == {None}


def test_the_nearest_more_balanced_one() -> None:
    result, found = compared(*TILTED)
    package = deals.package(found.balanced, result)
    assert ids(package["items"]) == ["pas", "vis"]
    assert (package["one_sided"], package["balance"]) == (True, 0.375)
    other = package["more_balanced"]
    assert (other["kind"], ids(other["items"])) == ("more-balanced", ["pas", "rea", "vis"])
    assert (other["balance"], other["more_balanced"]) == (0.667, None)
    assert set(other) == set(package)


def test_what_is_assumed_is_marked() -> None:
    result, found = compared(ARDA, BREE, "bree:vis=offers:high", "arda:pas=offers:medium")
    document = deals.packages(TERMS, result, found)
    assert document["assumed"] == [
        {"state": "arda", "id": "assumed-1", "measure": "pas", "stance": "offers", "priority": "medium"},
        {"state": "bree", "id": "assumed-1", "measure": "vis", "stance": "offers", "priority": "high"},
    ]
    for package in document["packages"]:
        for item in package["items"]:
            assert item["assumed"] == {"pas": ["arda"], "vis": ["bree"]}.get(item["measure"], [])


def test_what_was_asked_for_and_is_not_to_be_had() -> None:
    result, found = compared(include=["pas"], exclude=["vis"])
    document = deals.packages(TERMS, result, found, include=["pas"], exclude=["vis"])
    assert (document["include"], document["exclude"]) == (["pas"], ["vis"])
    assert document["missing"] == ["pas"]
    assert all("vis" not in ids(package["items"]) for package in document["packages"])


def test_prices_of_red_lines_only_where_they_are_given(document: dict[str, Any]) -> None:
    assert "red_line_prices" not in document
    assert deals.packages(TERMS, RESULT, FOUND, ())["red_line_prices"] == []
    lines = [
        build.constraint("vis", "red-line", measure="vis", as_="provider"),
        build.constraint("skl", "red-line", measure="skl", as_="provider"),
    ]
    wishes = [
        build.objective("tra", "tra", "supports", "medium"),
        build.objective("vis", "vis", "accepts", "low"),
        build.objective("rea", "rea", "seeks"),
    ]
    result, found = compared(ARDA, build.state("bree", "BEL", wishes, lines))
    prices = red_line_prices(judge(*result.partners, CONTEXT, result.as_of), result.as_of)
    assert deals.packages(TERMS, result, found, prices)["red_line_prices"] == [
        {"state": "bree", "constraint": "c-skl", "measure": "skl", "gains": None},
        {
            "state": "bree",
            "constraint": "c-vis",
            "measure": "vis",
            "gains": {"arda": 0.333, "bree": 0.667},
        },
    ]


# Rows


def test_rows_have_the_columns_that_are_told() -> None:
    rows = deals.rows(FOUND, RESULT)
    assert rows
    assert {frozenset(row) for row in rows} == {frozenset(deals.COLUMNS)}


def test_rows_are_the_items_of_every_package(document: dict[str, Any]) -> None:
    rows = deals.rows(FOUND, RESULT)
    assert [(row["kind"], row["measure"]) for row in rows] == [
        (package["kind"], item["measure"]) for package in document["packages"] for item in package["items"]
    ]
    first = rows[0]
    assert first == first | {
        "measure": "rea",
        "provider": "arda",
        "state_a": "arda",
        "gain_a": -0.667,
        "state_b": "bree",
        "gain_b": 1.0,
        "conceded_by": "arda",
        "paid_by": "vis",
        "unlocked": False,
        "assumed": "",
        "eu_competence": "shared",
    }


def test_rows_name_the_states_in_the_order_in_which_they_were_named() -> None:
    result, found = compared(BREE, ARDA)
    turned = {"state_a": "state_b", "gain_a": "gain_b", "state_b": "state_a", "gain_b": "gain_a"}
    assert deals.rows(found, result) == [
        {turned.get(key, key): value for key, value in row.items()} for row in deals.rows(FOUND, RESULT)
    ]


def test_nothing_makes_no_rows() -> None:
    result, found = compared(ARDA, build.state("bree", "BEL", [build.objective(1, "pas", "declines")]))
    assert deals.rows(found, result) == []
    package = deals.package(found.balanced, result)
    assert (package["items"], package["balance"]) == ([], None)
    assert package["share_of_ideal"] == {"arda": None, "bree": None}
