"""Precedents of a pair: who was involved, the order, and that nothing else decides it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerfit import Catalogue
from partnerfit.initiatives import Initiatives
from partnerfit.scoring.precedents import Precedent, precedents
from tests import build

GROUPS = build.groups(
    {"code": "NORTH", "members": ["AAA", "ABB", "ACC"], "institution": True},
    {"code": "NORTH-MEMBERS", "members_of": "NORTH"},
    {"code": "SOUTH", "kind": "region", "members": ["BAA", "BBB"]},
    {"code": "talks", "kind": "dialogue", "members": ["AAA", "BBB", "CCC"]},
)
CONTEXT = build.context(build.themes(work=[build.measure("jobs"), build.measure("visas")]), GROUPS)


def known(*entries: Mapping[str, Any]) -> Initiatives:
    return Initiatives.model_validate({"initiatives": entries})


def closest(*entries: Mapping[str, Any], measures: tuple[str, ...] = ("jobs",)) -> list[Precedent]:
    """For AAA in the north and BBB in the south."""
    return list(precedents(measures, "AAA", "BBB", known(*entries), CONTEXT))


@pytest.mark.parametrize(
    ("partners", "places", "closeness"),
    [
        (["AAA", "BBB", "CCC"], [], "both"),
        (["AAA"], ["BBB"], "both"),
        (["AAA", "SOUTH"], [], "one"),
        (["CCC"], ["BBB"], "one"),
        (["ABB", "BAA"], [], "region"),
        (["NORTH", "SOUTH"], [], "region"),
        (["NORTH-MEMBERS", "CCC"], ["BAA"], "region"),
        (["ABB", "ACC"], [], "other"),
        (["NORTH"], [], "other"),
        (["CCC", "talks"], [], "other"),
    ],
)
def test_how_close_it_is(partners: list[str], places: list[str], closeness: str) -> None:
    more = {"places": places} if places else {}
    (found,) = closest(build.initiative("one", partners=partners, **more))
    assert found.closeness == closeness


def test_one_state_cannot_stand_for_both_sides() -> None:
    """Two neighbours with one neighbour between them have no precedent of two sides."""
    entry = known(build.initiative("one", partners=["ACC", "CCC"]))
    (found,) = precedents(["jobs"], "AAA", "ABB", entry, CONTEXT)
    assert found.closeness == "other"


def test_only_what_is_about_the_measures() -> None:
    entries = (build.initiative("a", measures=["visas"]), build.initiative("b", measures=["visas", "jobs"]))
    assert [(found.initiative.id, found.measures) for found in closest(*entries)] == [("b", ("jobs",))]
    assert closest(*entries, measures=()) == []


ORDERED = (
    build.initiative("both", partners=["AAA", "BBB"], years={"from": 1990, "to": 1991}),
    build.initiative("with-body", partners=["BBB", "NORTH"], years={"from": 1990, "to": 1991}),
    build.initiative("partner", partners=["BBB"], years={"from": 1990, "to": 1991}),
    build.initiative("two-measures", partners=["CCC"], places=["BBB"], measures=["visas", "jobs"]),
    build.initiative("still-open", partners=["CCC"], places=["BBB"], years={"from": 2010}),
    build.initiative("open-before", partners=["CCC"], places=["BBB"], years={"from": 2000}),
    build.initiative("ended-late", partners=["CCC"], places=["BBB"], years={"from": 2001, "to": 2020}),
    build.initiative("ended-late-too", partners=["CCC"], places=["BBB"], years={"from": 2001, "to": 2020}),
    build.initiative("ended-early", partners=["CCC"], places=["BBB"], years={"from": 2001, "to": 2012}),
    build.initiative("near", partners=["ABB", "BAA"]),
    build.initiative("elsewhere", partners=["CCC"]),
)


def test_the_closest_come_first() -> None:
    found = closest(*reversed(ORDERED), measures=("jobs", "visas"))
    assert [one.initiative.id for one in found] == [entry["id"] for entry in ORDERED]


@given(st.permutations(ORDERED))
def test_the_order_of_the_file_and_of_the_partners_does_not_matter(entries: list[dict[str, Any]]) -> None:
    for a, b in (("AAA", "BBB"), ("BBB", "AAA")):
        found = precedents(("jobs", "visas"), a, b, known(*entries), CONTEXT)
        assert [one.initiative.id for one in found] == [entry["id"] for entry in ORDERED]


# The data of this repository


@pytest.mark.parametrize(
    ("a", "b", "measure", "first", "closeness"),
    [
        ("MAR", "ESP", "seasonal-circular-migration", "wafira-gecco", "both"),
        ("KEN", "DEU", "skilled-labour-mobility", "germany-kenya-partnership", "both"),
        ("SEN", "FRA", "diaspora-entrepreneurship", "paisd", "both"),
        ("TUN", "SWE", "readmission-own-nationals", "talent-partnerships", "one"),
        ("SEN", "DNK", "skilled-labour-mobility", "match", "one"),
    ],
)
def test_what_the_data_give(
    catalogue: Catalogue, a: str, b: str, measure: str, first: str, closeness: str
) -> None:
    found = precedents([measure], a, b, catalogue.initiatives, catalogue.context())
    assert (found[0].initiative.id, found[0].closeness) == (first, closeness)
    assert all(one.measures == (measure,) for one in found)
