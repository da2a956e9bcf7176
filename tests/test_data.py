"""The data of this repository: each file as it stands, and that every pair of states can be compared."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from collections import Counter
from pathlib import Path
from typing import get_args

import pycountry
import pytest

from partnerfit import Catalogue, Comparison
from partnerfit.codes import ISO3
from partnerfit.model import State
from partnerfit.names import fold
from partnerfit.scoring.fit import Assessment
from partnerfit.scoring.items import ItemClass
from partnerfit.values import MAX_SUMMARY_WORDS
from tests.conftest import ROOT

DATA = ROOT / "data"
FILES = sorted((DATA / "states").iterdir())
STATES = [file.stem for file in FILES]
PAIRS = list(itertools.combinations(STATES, 2))
TODAY = dt.date(2026, 11, 24)
"""No profile was reviewed after this day, on which the first edition was made."""
ITEMS = 8 + 2 * 35
"""A joint measure is one item, an exchange one in each direction."""

each_state = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def summaries(state: State) -> list[str]:
    parts = (state.objectives, state.constraints, state.interests, state.context)
    return [entry.summary for part in parts for entry in part]


# Profiles


@each_state
def test_a_profile(file: Path, catalogue: Catalogue) -> None:
    assert file.suffix == ".yaml"
    state = catalogue.state(file.stem)
    assert state.id == file.stem
    assert state.objectives
    assert fold(file.stem) in fold(state.name)
    assert state.reviewed <= TODAY
    assert catalogue.names(state.id).all == state.all


@each_state
def test_its_codes_are_those_of_iso_3166(file: Path, catalogue: Catalogue) -> None:
    state = catalogue.state(file.stem)
    if state.iso3 == "XKX":
        assert state.iso2 == "XK"
    else:
        country = pycountry.countries.get(alpha_3=state.iso3)
        assert country is not None
        assert country.alpha_2 == state.iso2


@each_state
def test_its_names_are_its_own(file: Path, catalogue: Catalogue) -> None:
    own = {fold(name) for name in (file.stem, *catalogue.names(file.stem).all)}
    for other in STATES:
        if other != file.stem:
            assert own.isdisjoint(map(fold, (other, *catalogue.names(other).all)))
    assert "" not in own
    assert [catalogue.find_state(name) for name in sorted(own)] == [file.stem] * len(own)


@each_state
def test_its_sources_are_used_and_dated(file: Path, catalogue: Catalogue) -> None:
    state = catalogue.state(file.stem)
    parts = (state.objectives, state.constraints, state.interests, state.context)
    used = {source for part in parts for entry in part for source in entry.sources}
    listed = [source.id for source in state.sources]
    assert sorted(listed) == sorted(used)
    assert all(source.date is None or source.date <= TODAY.isoformat() for source in state.sources)


@each_state
def test_its_codes_and_measures_are_known(file: Path, catalogue: Catalogue) -> None:
    state, context = catalogue.state(file.stem), catalogue.context()
    known = ISO3 | {group.code for group in catalogue.groups.groups}
    for statement in (*state.objectives, *state.constraints):
        assert known.issuperset(statement.towards)
        assert known.issuperset(statement.excluding)
        assert context.slots.measure.keys() >= set(statement.requires)
        assert state.iso3 not in statement.towards
    assert context.slots.measure.keys() >= {objective.measure for objective in state.objectives}


@each_state
def test_its_summaries_are_short(file: Path, catalogue: Catalogue) -> None:
    for summary in summaries(catalogue.state(file.stem)):
        assert 0 < len(summary.split()) <= MAX_SUMMARY_WORDS
        assert summary.isprintable()


@each_state
def test_its_gaps_are_gaps(file: Path, catalogue: Catalogue) -> None:
    state = catalogue.state(file.stem)
    assert len(set(state.gaps)) == len(state.gaps)
    assert {objective.measure for objective in state.objectives}.isdisjoint(state.gaps)


# Taxonomy


def test_the_size_of_the_taxonomy(catalogue: Catalogue) -> None:
    themes = catalogue.themes.themes
    measures = [measure for theme in themes for measure in theme.measures]
    assert len(themes) == 11
    assert Counter(measure.mode for measure in measures) == {"exchange": 35, "joint": 8}


def test_each_measure_tells_what_the_union_sets(catalogue: Catalogue) -> None:
    known = {source.id for source in catalogue.themes.sources}
    cited: set[str] = set()
    for theme in catalogue.themes.themes:
        for measure in theme.measures:
            assert measure.competence.limit
            assert measure.competence.basis
            assert measure.competence.sources
            cited.update(measure.competence.sources)
    assert cited <= known


def test_each_exchange_names_the_receiver(catalogue: Catalogue) -> None:
    for theme in catalogue.themes.themes:
        for measure in theme.measures:
            if measure.mode == "exchange":
                assert measure.give is not None
                assert measure.give.count("{receiver}") == 1
                assert measure.give.format(receiver="Malta")


# Groups and codes


def test_the_dialogues_are_there(catalogue: Catalogue) -> None:
    dialogues = {group.code for group in catalogue.groups.groups if group.kind == "dialogue"}
    assert dialogues >= {
        "rabat-process",
        "khartoum-process",
        "prague-process",
        "budapest-process",
        "au-eu-c2cmmd",
    }


def test_the_codes_of_the_codebook_are_there(catalogue: Catalogue) -> None:
    codes = {group.code for group in catalogue.groups.groups}
    assert codes >= set("AU EU EU-MEMBERS ECOWAS SADC EAC IGAD UN GCC WESTERN-BALKANS".split())


def test_members_are_states_listed_once_in_order(catalogue: Catalogue) -> None:
    for group in catalogue.groups.groups:
        for codes in (group.members, group.observers):
            assert list(codes) == sorted(set(codes)), group.code
            assert ISO3.issuperset(codes)
        assert set(group.members).isdisjoint(group.observers)


def test_the_union_has_27_members(catalogue: Catalogue) -> None:
    context = catalogue.context()
    assert len(context.members("EU")) == 27
    assert context.members("EU-MEMBERS") == context.members("EU")
    assert not context.addresses("EU", "SWE")
    assert context.addresses("EU-MEMBERS", "SWE")


def test_names_of_groups_are_their_own(catalogue: Catalogue) -> None:
    names = Counter(
        name
        for group in catalogue.groups.groups
        for name in {fold(name) for name in (group.code, group.name, *group.aliases)}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_states_are_named_by_iso_3166() -> None:
    assert {country.alpha_3 for country in pycountry.countries} | {"XKX"} == ISO3


def test_each_code_has_a_name() -> None:
    with (DATA / "names.csv").open(encoding="utf-8", newline="") as lines:
        rows = [(row["iso3"], row["en"]) for row in csv.DictReader(lines)]
    assert [code for code, _ in rows] == sorted(ISO3)
    assert all(name and name == name.strip() and name.isprintable() for _, name in rows)


# Pairs


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_each_pair_can_be_compared(
    pair: tuple[str, str], comparisons: dict[tuple[str, str], Comparison]
) -> None:
    result = comparisons[pair]
    assert len(result.items) == ITEMS
    assert len({(item.measure.id, item.provider) for item in result.items}) == ITEMS
    assert {item.cls for item in result.items} <= set(get_args(ItemClass))
    assert len(result.themes) == 11
    assert len({theme.theme.id for theme in result.themes}) == 11
    assert [theme.rank for theme in result.themes] == list(range(1, 12))
    assert {theme.assessment for theme in result.themes} <= set(get_args(Assessment))
    assert sum(len(theme.items) for theme in result.themes) == ITEMS
    assert set(result.coverage) == set(pair)


def test_each_class_and_most_assessments_occur(comparisons: dict[tuple[str, str], Comparison]) -> None:
    classes = {item.cls for result in comparisons.values() for item in result.items}
    assert len(classes) >= 8
    assessments = {theme.assessment for result in comparisons.values() for theme in result.themes}
    assert assessments >= {"win-win", "promising", "contested", "unexplored"}
