"""Records: results as plain data, cut and flattened without losing what they rest on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from partnerfit import compare
from partnerfit.render import contents, records
from partnerfit.scoring.method import ByLevel, Method
from tests import build
from tests.render.pairs import ALPHA, BETA, GROUPS, TAXONOMY, made


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The record of Alpha and Beta."""
    return records.comparison(made(), data_version="test", overlays=("own",), method="default")


def entry(document: dict[str, Any], theme: str) -> dict[str, Any]:
    found: dict[str, Any] = next(t for t in document["themes"] if t["id"] == theme)
    return found


@pytest.mark.parametrize(("value", "rounded"), [(81.6496, 81.6), (0.04, 0.0), (99.96, 100.0)])
def test_scores_have_one_decimal(value: float, rounded: float) -> None:
    assert records.points(value) == rounded


@pytest.mark.parametrize(("value", "rounded"), [(2 / 3, 0.667), (-1 / 3, -0.333), (None, None), (1.0, 1.0)])
def test_shares_have_three(value: float | None, rounded: float | None) -> None:
    assert records.share(value) == rounded


def test_a_record_is_json(document: dict[str, Any]) -> None:
    assert json.loads(json.dumps(document)) == document


def test_how_it_was_made(document: dict[str, Any]) -> None:
    assert document["data"] == {"version": "test", "overlays": ["own"]}
    assert (document["seed"], document["draws"], document["as_of"]) == (0, 100, "2026-11-01")
    assert document["partners"] == [
        {"id": "alpha", "iso3": "AFG", "name": "Alpha"},
        {"id": "beta", "iso3": "BEL", "name": "Beta"},
    ]


def test_items_with_a_known_gain_are_listed(document: dict[str, Any]) -> None:
    listed = {(item["measure"], item["provider"]) for theme in document["themes"] for item in theme["items"]}
    assert listed == {
        ("pact", None),
        ("visas", "beta"),
        ("returns", "alpha"),
        ("papers", "alpha"),
        ("jobs", "beta"),
        ("skills", "beta"),
        ("loans", "beta"),
    }
    assert entry(document, "quiet")["items"] == []


def test_an_item(document: dict[str, Any]) -> None:
    item = next(i for i in entry(document, "stay")["items"] if i["measure"] == "visas")
    assert 0 < item["both_gain_share"] < 1
    assert item == item | {
        "mode": "exchange",
        "provider": "beta",
        "receiver": "alpha",
        "class": "complementary",
        "fit": 81.6,
        "balance": 0.667,
        "mixed": False,
        "confidence": "low",
        "gains": {"alpha": 1.0, "beta": 0.667},
        "basis": {"alpha": "general", "beta": "general"},
        "objectives": {"alpha": ["o-visas"], "beta": ["o-visas-b"]},
        "constraints": [],
        "requires": [],
        "eu_competence": {"level": "union", "limit": "Rules.", "basis": ["Article 1"]},
    }


def test_what_national_law_leaves_free_is_not_listed(document: dict[str, Any]) -> None:
    assert {i["eu_competence"] for i in entry(document, "work")["items"]} == {None}


def test_a_pair_outside_the_union_has_no_competences() -> None:
    other = build.state("gamma", "CHE", [build.objective("v", "visas", "offers")])
    result = compare(ALPHA, other, build.context(TAXONOMY, GROUPS), draws=100)
    record = records.comparison(result, data_version="test", overlays=(), method="default")
    assert {i["eu_competence"] for t in record["themes"] for i in t["items"]} == {None}


def test_red_lines_and_limits(document: dict[str, Any]) -> None:
    (line,) = document["red_lines"]
    assert line == line | {
        "state": "alpha",
        "constraint": "c-papers",
        "measure": "papers",
        "role": "provider",
        "theme": "stay",
        "wanted": True,
    }
    skills = next(i for i in entry(document, "work")["items"] if i["measure"] == "skills")
    assert skills["constraints"] == ["c-skills"]
    assert skills["gains"] == {"alpha": 0.5, "beta": None}


def test_a_condition_is_listed(document: dict[str, Any]) -> None:
    returns = next(i for i in entry(document, "stay")["items"] if i["measure"] == "returns")
    assert returns["requires"] == ["visas"]


def test_a_bloc_position(document: dict[str, Any]) -> None:
    assert document["bloc_positions"] == [
        {
            "theme": "work",
            "state": "alpha",
            "objective": "o-loans",
            "measure": "loans",
            "stance": "seeks",
            "towards": ["EU"],
        }
    ]


@pytest.mark.parametrize("measure", [None, "visas"])
def test_a_record_cut_to_a_theme_or_measure(document: dict[str, Any], measure: str | None) -> None:
    cut = records.only(document, "stay", measure)
    (theme,) = cut["themes"]
    whole = entry(document, "stay")
    assert theme["items"] == [i for i in whole["items"] if measure in (None, i["measure"])]
    assert {**theme, "items": whole["items"]} == whole
    assert cut["red_lines"] == ([] if measure else document["red_lines"])
    assert cut["questions"] == []
    assert len(entry(document, "stay")["items"]) == 4


def test_evidence_holds_what_is_cited(document: dict[str, Any]) -> None:
    evidence = records.evidence(made(), records.only(document, "stay", None))
    assert list(evidence) == ["alpha", "beta"]
    assert [s["id"] for s in evidence["alpha"]["statements"]] == [
        "o-visas",
        "o-returns",
        "o-papers",
        "o-pact",
        "c-papers",
    ]
    assert [s["id"] for s in evidence["alpha"]["sources"]] == ["src"]
    statement = next(s for s in evidence["alpha"]["statements"] if s["id"] == "o-pact")
    assert statement["except"] == ["CHE"]
    assert evidence["alpha"]["statements"][-1]["as"] == "provider"


def test_rows_of_themes(document: dict[str, Any]) -> None:
    rows = records.theme_rows(document)
    assert [row["id"] for row in rows] == ["stay", "work", "quiet"]
    assert [rows[0]["range_low"], rows[0]["range_high"]] == entry(document, "stay")["range"]
    assert len({tuple(row) for row in rows}) == 1


def test_rows_of_items(document: dict[str, Any]) -> None:
    rows = records.item_rows(document)
    assert [row["measure"] for row in rows] == [i["measure"] for t in document["themes"] for i in t["items"]]
    assert {(row["state_a"], row["state_b"]) for row in rows} == {("alpha", "beta")}
    jobs = next(row for row in rows if row["measure"] == "jobs")
    assert (jobs["gain_a"], jobs["basis_a"], jobs["objectives_a"]) == (0.333, "elsewhere", "o-jobs")
    assert (jobs["gain_b"], jobs["basis_b"], jobs["objectives_b"]) == (1.0, "general", "o-jobs-b")
    assert len({tuple(row) for row in rows}) == 1


def test_rows_have_the_columns_that_are_told(document: dict[str, Any]) -> None:
    assert {tuple(row) for row in records.item_rows(document)} == {records.ITEM_COLUMNS}
    assert {tuple(row) for row in records.theme_rows(document)} == {records.THEME_COLUMNS}


def test_evidence_is_of_the_state_that_is_cited() -> None:
    a = build.state("alpha", "AFG", [build.objective(1, "visas", "seeks")])
    b = build.state(
        "beta", "BEL", [build.objective(2, "visas", "offers"), build.objective(1, "jobs", "seeks")]
    )
    result = compare(a, b, build.context(TAXONOMY), draws=100)
    whole = records.comparison(result, data_version="test", overlays=(), method="default")
    evidence = records.evidence(result, records.only(whole, "stay", None))
    assert {state: [s["id"] for s in held["statements"]] for state, held in evidence.items()} == {
        "alpha": ["o-1"],
        "beta": ["o-2"],
    }


def test_a_bloc_position_is_cut_and_cited_like_the_rest(document: dict[str, Any]) -> None:
    for theme, measure, cited in (("work", None, True), ("work", "loans", True), ("work", "jobs", False)):
        cut = records.only(document, theme, measure)
        held = {s["id"] for s in records.evidence(made(), cut)["alpha"]["statements"]}
        assert (bool(cut["bloc_positions"]), "o-loans" in held) == (cited, cited)


def test_a_profile() -> None:
    record = contents.state(ALPHA)
    assert record["id"] == "alpha"
    assert record["objectives"][1]["towards"] == ["CHE", "CLUB"]
    assert record["objectives"][5]["except"] == ["CHE"]
    assert record["constraints"][0]["as"] == "provider"
    rows = contents.statement_rows(ALPHA)
    assert {tuple(row) for row in rows} == {contents.STATEMENT_COLUMNS}
    assert [row["id"] for row in rows] == [s.id for s in (*ALPHA.objectives, *ALPHA.constraints)]
    assert rows[1]["towards"] == "CHE CLUB"
    assert rows[5]["except"] == "CHE"
    assert (rows[-2]["severity"], rows[-2]["as"], rows[-2]["stance"]) == ("red-line", "provider", None)


def test_states() -> None:
    (alpha, beta) = contents.states([("alpha", ALPHA), ("beta", BETA)])
    assert (alpha["id"], alpha["iso3"], alpha["reviewed"]) == ("alpha", "AFG", "2026-11-01")
    assert beta["aliases"] == []


def test_themes_and_groups() -> None:
    assert [theme["id"] for theme in contents.themes(TAXONOMY)] == ["work", "stay", "quiet"]
    assert [row["measure"] for row in contents.measure_rows(TAXONOMY)] == [
        m.id for theme in TAXONOMY.themes for m in theme.measures
    ]
    context = build.context(TAXONOMY, GROUPS)
    club, union = contents.groups(GROUPS.groups, context)
    assert (club["code"], club["members"]) == ("CLUB", ["CHE"])
    assert union["institution"]
    assert [row["members"] for row in contents.group_rows(GROUPS.groups, context)] == ["CHE", "BEL"]


def test_a_method() -> None:
    record = contents.method(Method(priority=ByLevel(5, 3, 1)))
    assert record["priority"] == {"high": 5, "medium": 3, "low": 1}
    rows = {row["number"]: row["value"] for row in contents.method_rows(Method())}
    assert rows["priority.high"] == Method().priority.high
    assert rows["best_weight"] == Method().best_weight


def test_flat_rows() -> None:
    assert contents.flat([{"a": ["x", "y"], "b": (), "c": "x y", "d": 1}]) == [
        {"a": "x y", "b": "", "c": "x y", "d": 1}
    ]
