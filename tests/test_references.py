"""What a file says only in the light of others: each finding once, with its place and a way out."""

from __future__ import annotations

from typing import Any

import pytest

from partnerfit.codes import ISO3
from partnerfit.findings import Finding, Loc
from partnerfit.model import Extension, Groups, Positions, State, Themes
from partnerfit.references import Vocabulary, check_groups, check_profile, check_themes
from partnerfit.values import LINE
from tests import build

TAXONOMY = build.themes(
    work=[build.measure("jobs"), build.measure("skills")],
    stay=[build.measure("visas"), build.measure("returns"), build.measure("pact", "joint")],
)
VOCABULARY = Vocabulary.of(
    TAXONOMY,
    build.groups(
        {"code": "CLUB"},
        {"code": "rabat-process"},
        {"code": "BODY", "institution": True},
        {"code": "BODY-MEMBERS", "members_of": "BODY"},
    ),
)

ADD = "add an entry with this id to the list `sources` at the end, or cite one that is there"
ANOTHER = "give this one another, or remove it if it is the same"
LISTS = "write an ISO alpha-3 code such as ESP, or a code that `partnerfit groups` lists"


def said(finding: Finding) -> tuple[Loc, str]:
    return finding.loc, f"{finding.code} {finding.message}"


def findings(profile: Positions, base: State | None = None) -> list[tuple[Loc, str]]:
    """The place of each finding, and its code and message."""
    found = list(check_profile(profile, VOCABULARY, base))
    assert len(set(found)) == len(found)
    assert all("\n" not in finding.message for finding in found)
    return list(map(said, found))


def state(*objectives: dict[str, Any], **more: Any) -> State:
    return build.state("alpha", "AFG", objectives or [build.objective(1, "visas", "seeks")], **more)


def extension(**more: Any) -> Extension:
    return Extension.model_validate({"id": "alpha", "extends": "base", **more})


def source(key: str) -> dict[str, Any]:
    return {**build.SOURCE, "id": key}


def interest(name: str) -> dict[str, Any]:
    return {"interest": name, "weight": 2, "summary": "A reason.", "sources": ["src"]}


def background(key: str, measure: str) -> dict[str, Any]:
    return {"id": key, "measure": measure, "summary": "A law.", "sources": ["src"]}


def indicator(source_id: str) -> dict[str, Any]:
    return {"indicator": "remittances", "value": 1, "unit": "%", "year": 2024, "source": source_id}


def test_a_profile_in_order() -> None:
    profile = state(
        build.objective(1, "visas", "seeks", towards=["BEL", "CLUB"], except_=["XKX"], requires=["returns"]),
        build.objective(2, "pact", "supports", towards=["rabat-process"]),
        build.objective(3, "jobs", "declines", sources=["other"]),
        constraints=[
            build.constraint(1, "major", theme="stay"),
            build.constraint(2, "red-line", measure="returns", as_="provider"),
            build.constraint(3, "red-line", measure="pact"),
            build.constraint(4, "minor", measure="visas"),
        ],
        interests=[interest("mobility"), interest("security")],
        context=[background("x-1", "skills")],
        indicators=[indicator("figures")],
        sources=[source("src"), source("other")],
        gaps=["skills"],
    )
    assert findings(profile) == []


@pytest.mark.parametrize(
    ("change", "loc", "message"),
    [
        (
            {"measure": "visa"},
            ("objectives", 1, "measure"),
            "PF201 no measure is called `visa`; did you mean `visas`?",
        ),
        (
            {"measure": "quotas"},
            ("objectives", 1, "measure"),
            "PF201 no measure is called `quotas`; `partnerfit themes` lists all",
        ),
        (
            {"stance": "supports"},
            ("objectives", 1, "stance"),
            (
                "PF207 `supports` does not fit `visas`, an exchange measure; "
                "write one of accepts, declines, offers, resists, seeks"
            ),
        ),
        (
            {"measure": "pact"},
            ("objectives", 1, "stance"),
            "PF207 `seeks` does not fit `pact`, a joint measure; write one of resists, supports",
        ),
        (
            {"towards": ["BEL", "rabat-proces"]},
            ("objectives", 1, "towards", 1),
            "PF203 no state or group is called `rabat-proces`; did you mean `rabat-process`?",
        ),
        (
            {"towards": ["CLUBS"]},
            ("objectives", 1, "towards", 0),
            "PF203 no state or group is called `CLUBS`; did you mean `CLUB`?",
        ),
        (
            {"except": ["UNO-UNO"]},
            ("objectives", 1, "except", 0),
            f"PF203 no state or group is called `UNO-UNO`; {LISTS}",
        ),
        *(
            (
                {"towards": [code]},
                ("objectives", 1, "towards", 0),
                f"PF203 no state or group is called `{code}`; {hint}",
            )
            for code, hint in {
                "UK": LISTS,
                "SWEX": LISTS,
                "TNU": "did you mean `TUN`?",
                "SWX": "did you mean `SWE` or `SWZ`?",
                "EPS": "did you mean `ESP`?",
                "ES": "did you mean `ESP`?",
                "es": "did you mean `ESP`?",
                "esp": "did you mean `ESP`?",
                "club": "did you mean `CLUB`?",
                "RABAT-PROCESS": "did you mean `rabat-process`?",
                "CLUB-MEMBERS": "did you mean `CLUB` or `BODY-MEMBERS`?",
            }.items()
        ),
        (
            {"requires": ["visas", "return"]},
            ("objectives", 1, "requires", 1),
            "PF201 no measure is called `return`; did you mean `returns`?",
        ),
        (
            {"sources": ["src", "scr"]},
            ("objectives", 1, "sources", 1),
            "PF204 no source has the id `scr`; did you mean `src`?",
        ),
        (
            {"sources": ["src", "somewhere"]},
            ("objectives", 1, "sources", 1),
            f"PF204 no source has the id `somewhere`; {ADD}",
        ),
        ({"id": "o-1"}, ("objectives", 1, "id"), f"PF206 id `o-1` is on line {LINE} already; {ANOTHER}"),
        ({"id": "src"}, ("sources", 0, "id"), f"PF206 id `src` is on line {LINE} already; {ANOTHER}"),
    ],
)
def test_an_objective_that_does_not_fit(change: dict[str, Any], loc: Loc, message: str) -> None:
    profile = state(build.objective(1, "skills", "seeks"), {**build.objective(2, "visas", "seeks"), **change})
    assert findings(profile) == [(loc, message)]


@pytest.mark.parametrize("key", ["towards", "except"])
def test_an_institution_is_addressed_and_takes_out_nobody(key: str) -> None:
    entry = {**build.objective(1, "visas", "seeks"), key: ["CLUB", "BODY"]}
    message = "PF210 `BODY` means the institution and takes out no member; write `BODY-MEMBERS`"
    wanted = [(("objectives", 0, "except", 1), message)] if key == "except" else []
    assert findings(state(entry)) == wanted


def test_a_state_is_named_by_its_code() -> None:
    profile = state(build.objective(1, "visas", "seeks", towards=["Belgium", "BE", "club"]))
    assert [loc for loc, _ in findings(profile)] == [("objectives", 0, "towards", i) for i in range(3)]


@pytest.mark.parametrize(
    ("constraint", "loc", "message"),
    [
        (
            build.constraint(1, "major", theme="stays"),
            ("constraints", 0, "theme"),
            "PF202 no theme is called `stays`; did you mean `stay`?",
        ),
        (
            build.constraint(1, "major", measure="visa"),
            ("constraints", 0, "measure"),
            "PF201 no measure is called `visa`; did you mean `visas`?",
        ),
        (
            build.constraint(1, "minor", measure="pact", as_="provider"),
            ("constraints", 0, "as"),
            "PF208 `pact` is a joint measure, in which both do the same; leave `as` out",
        ),
        (
            build.constraint(1, "red-line", measure="returns"),
            ("constraints", 0, "severity"),
            (
                "PF209 a red line on `returns`, an exchange measure, says which role it limits; "
                "add `as: provider` (to give it) or `as: receiver` (to get it)"
            ),
        ),
        (
            build.constraint(1, "minor", measure="visas", towards=["XXX"]),
            ("constraints", 0, "towards", 0),
            "PF203 no state or group is called `XXX`",
        ),
        (
            build.constraint(1, "minor", theme="stay", requires=["stay"]),
            ("constraints", 0, "requires", 0),
            "PF201 `stay` is a theme, not a measure; name one of its measures: `visas`, `returns`, `pact`",
        ),
        (
            build.constraint(1, "minor", measure="visas", sources=["srcs"]),
            ("constraints", 0, "sources", 0),
            "PF204 no source has the id `srcs`; did you mean `src`?",
        ),
    ],
)
def test_a_constraint_that_does_not_fit(constraint: dict[str, Any], loc: Loc, message: str) -> None:
    ((found, words),) = findings(state(constraints=[constraint]))
    assert found == loc
    assert words.startswith(message)


@pytest.mark.parametrize(
    ("part", "loc", "message"),
    [
        (
            {"context": [background("x-1", "visas"), background("x-2", "visa")]},
            ("context", 1, "measure"),
            "PF201 no measure is called `visa`; did you mean `visas`?",
        ),
        (
            {"gaps": ["jobs", "job"]},
            ("gaps", 1),
            "PF201 no measure is called `job`; did you mean `jobs`?",
        ),
        (
            {"interests": [interest("mobility"), interest("security"), interest("mobility")]},
            ("interests", 2, "interest"),
            f"PF211 interest `mobility` is on line {LINE} already; merge the two, with one weight",
        ),
        (
            {"sources": [source("src"), source("spare")]},
            ("sources", 1, "id"),
            "PF205 source `spare` is never used; cite it or remove it",
        ),
        (
            {"context": [background("o-1", "visas")]},
            ("context", 0, "id"),
            f"PF206 id `o-1` is on line {LINE} already; {ANOTHER}",
        ),
        (
            {"constraints": [{**build.constraint(1, "minor", measure="visas"), "id": "o-1"}]},
            ("constraints", 0, "id"),
            f"PF206 id `o-1` is on line {LINE} already; {ANOTHER}",
        ),
        (
            {"sources": [source("src"), source("src")]},
            ("sources", 1, "id"),
            f"PF206 id `src` is on line {LINE} already; {ANOTHER}",
        ),
    ],
)
def test_other_entries_that_do_not_fit(part: dict[str, Any], loc: Loc, message: str) -> None:
    assert findings(state(**part)) == [(loc, message)]


@pytest.mark.parametrize(
    "part",
    [
        {"interests": [{**interest("mobility"), "sources": ["extra"]}]},
        {"context": [{**background("x-1", "visas"), "sources": ["extra"]}]},
        {"constraints": [build.constraint(1, "minor", measure="visas", sources=["extra"])]},
    ],
)
def test_a_source_is_used_wherever_it_is_cited(part: dict[str, Any]) -> None:
    assert findings(state(sources=[source("src"), source("extra")], **part)) == []
    assert [loc[0] for loc, _ in findings(state(**part))] == list(part)


def test_all_findings_of_a_profile() -> None:
    profile = state(
        build.objective(1, "visa", "seeks", towards=["nowhere"], sources=["no"]),
        build.objective(1, "pact", "seeks"),
        gaps=["nope"],
    )
    assert sorted(findings(profile), key=str) == sorted(
        [
            (("objectives", 1, "id"), f"PF206 id `o-1` is on line {LINE} already; {ANOTHER}"),
            (("objectives", 0, "sources", 0), f"PF204 no source has the id `no`; {ADD}"),
            (("objectives", 0, "measure"), "PF201 no measure is called `visa`; did you mean `visas`?"),
            (
                ("objectives", 0, "towards", 0),
                f"PF203 no state or group is called `nowhere`; {LISTS}",
            ),
            (
                ("objectives", 1, "stance"),
                "PF207 `seeks` does not fit `pact`, a joint measure; write one of resists, supports",
            ),
            (("gaps", 0), "PF201 no measure is called `nope`; `partnerfit themes` lists all"),
        ],
        key=str,
    )


# Overlays that add to a public profile


def test_an_extension_cites_the_sources_of_its_base() -> None:
    entry = build.objective("private", "jobs", "seeks")
    assert findings(extension(objectives=[entry]), state()) == []
    assert findings(extension(objectives=[entry])) == [
        (("objectives", 0, "sources", 0), f"PF204 no source has the id `src`; {ADD}")
    ]


def test_an_extension_uses_the_sources_it_adds() -> None:
    assert findings(extension(sources=[source("own")]), state()) == [
        (("sources", 0, "id"), "PF205 source `own` is never used; cite it or remove it")
    ]


def test_an_extension_may_repeat_ids_of_its_base() -> None:
    entry = build.objective(1, "jobs", "seeks")
    assert findings(extension(objectives=[entry], sources=[]), state()) == []


# The taxonomy and the groups


def themes(**changes: Any) -> Themes:
    """A taxonomy whose second measure is changed."""
    measures = [build.measure("jobs"), {**build.measure("skills"), **changes}]
    return build.themes(work=measures, stay=[build.measure("visas")])


def test_a_taxonomy_in_order() -> None:
    assert list(check_themes(TAXONOMY)) == []
    assert list(check_themes(themes(needs_any=["jobs", "visas"]))) == []


@pytest.mark.parametrize(
    ("changes", "loc", "message"),
    [
        (
            {"id": "jobs"},
            ("themes", 0, "measures", 1, "id"),
            f"PF206 id `jobs` is on line {LINE} already; give this one another",
        ),
        (
            {"id": "work"},
            ("themes", 0, "measures", 1, "id"),
            f"PF206 id `work` is on line {LINE} already; give this one another",
        ),
        (
            {"needs_any": ["jobs", "visa"]},
            ("themes", 0, "measures", 1, "needs_any", 1),
            "PF201 no measure is called `visa`; did you mean `visas`?",
        ),
        (
            {"needs_any": ["jobs", "skills"]},
            ("themes", 0, "measures", 1, "needs_any", 1),
            "PF214 `skills` cannot rest on itself; name another exchange measure",
        ),
        (
            {"competence": {**build.COMPETENCE, "sources": ["treaty", "treaties"]}},
            ("themes", 0, "measures", 1, "competence", "sources", 1),
            "PF204 no source has the id `treaties`; did you mean `treaty`?",
        ),
    ],
)
def test_a_taxonomy_that_does_not_hold_together(changes: dict[str, Any], loc: Loc, message: str) -> None:
    assert list(map(said, check_themes(themes(**changes)))) == [(loc, message)]


def test_a_theme_is_listed_once() -> None:
    entries = TAXONOMY.model_dump(by_alias=True, exclude_defaults=True)
    entries["themes"][1]["id"] = "work"
    assert list(map(said, check_themes(Themes.model_validate(entries)))) == [
        (("themes", 1, "id"), f"PF206 id `work` is on line {LINE} already; give this one another")
    ]


def test_groups_in_order() -> None:
    areas = [{"name": "Work", "themes": ["work", "stay"]}]
    known = build.groups(
        {"code": "CLUB", "members": ["AFG", "XKX"], "observers": ["BEL"], "areas": areas},
        {"code": "CLUB-MEMBERS", "members_of": "CLUB"},
    )
    assert list(check_groups(known, TAXONOMY)) == []


@pytest.mark.parametrize(
    ("group", "loc", "message"),
    [
        (
            {"code": "CLUB"},
            ("groups", 1, "code"),
            f"PF206 code `CLUB` is on line {LINE} already; give this one another",
        ),
        ({"code": "BEL"}, ("groups", 1, "code"), "PF206 code `BEL` is that of a state; choose another"),
        (
            {"code": "X", "members_of": "CLUBS"},
            ("groups", 1, "members_of"),
            "PF203 no group is called `CLUBS`; did you mean `CLUB`?",
        ),
        (
            {"code": "X", "members": ["AFG", "UKX"]},
            ("groups", 1, "members", 1),
            "PF203 no state is called `UKX`; did you mean `UKR` or `XKX`?",
        ),
        (
            {"code": "X", "observers": ["QQQ"]},
            ("groups", 1, "observers", 0),
            "PF203 no state is called `QQQ`; write an ISO alpha-3 code such as ESP",
        ),
        (
            {"code": "X", "areas": [{"name": "A"}, {"name": "B", "themes": ["work", "works"]}]},
            ("groups", 1, "areas", 1, "themes", 1),
            "PF202 no theme is called `works`; did you mean `work`?",
        ),
    ],
)
def test_groups_that_do_not_fit(group: dict[str, Any], loc: Loc, message: str) -> None:
    known: Groups = build.groups({"code": "CLUB"}, group)
    assert list(map(said, check_groups(known, TAXONOMY))) == [(loc, message)]


def test_the_vocabulary_holds_states_and_groups() -> None:
    modes = dict.fromkeys(("jobs", "skills", "visas", "returns"), "exchange")
    assert VOCABULARY.measures == {**modes, "pact": "joint"}
    assert VOCABULARY.themes == {"work", "stay"}
    assert VOCABULARY.codes == ISO3 | {"CLUB", "rabat-process", "BODY", "BODY-MEMBERS"}
    assert VOCABULARY.institutions == {"BODY"}


# What may be meant


NAMED = Vocabulary.of(
    TAXONOMY,
    build.groups({"code": "CLUB", "name": "The Club"}),
    lambda: {"ESP": "Spain", "GEO": "Georgia", "CLUB": "no state"},
)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Spain", "`ESP` (Spain)"),
        ("ES", "`ESP` (Spain)"),
        ("GOE", "`GEO` (Georgia)"),
        ("The-Club", "`CLUB`"),
        ("the-club", "`CLUB`"),
    ],
)
def test_a_code_is_suggested_by_name_and_with_its_name(given: str, meant: str) -> None:
    (found,) = NAMED.code(given, ())
    assert found.message == f"no state or group is called `{given}`; did you mean {meant}?"


def test_a_theme_is_no_measure_nor_the_other_way_round() -> None:
    ((_, theme),) = findings(state(constraints=[build.constraint(1, "minor", theme="visas")]))
    assert theme == "PF202 `visas` is a measure, not a theme; write `measure: visas`, or its theme, `stay`"
    ((_, measure),) = findings(state(constraints=[build.constraint(1, "minor", measure="stay")]))
    assert measure == "PF201 `stay` is a theme, not a measure; write `theme: stay`"
    (found,) = findings(state(constraints=[build.constraint(1, "red-line", measure="stay", as_="provider")]))
    assert found[1].endswith("name one of its measures: `visas`, `returns`, `pact`")


def test_a_slip_in_a_citation_is_told_once() -> None:
    profile = state(build.objective(1, "visas", "seeks", sources=["scr"]))
    assert [message[:5] for _, message in findings(profile)] == ["PF204"]
    sources = [source("src"), source("other")]
    profile = state(build.objective(1, "visas", "seeks", sources=["scr"]), sources=sources)
    assert [message[:25] for _, message in findings(profile)] == [
        "PF204 no source has the i",
        "PF205 source `other` is n",
    ]


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"towards": ["BEL", "CLUB", "BEL"]}, [("towards", 2)]),
        ({"except": ["BEL", "BEL"]}, [("except", 1)]),
        ({"requires": ["jobs", "jobs", "jobs"]}, [("requires", 1), ("requires", 2)]),
        ({"sources": ["src", "src"]}, [("sources", 1)]),
        ({"towards": ["CLUB", "BEL"], "except": ["BEL"]}, [("except", 0)]),
        ({"towards": ["CLUB"], "except": ["BEL"]}, []),
    ],
)
def test_a_code_is_named_once(changes: dict[str, Any], places: list[Loc]) -> None:
    found = findings(state({**build.objective(1, "visas", "seeks"), **changes}))
    assert [loc for loc, _ in found] == [("objectives", 0, *place) for place in places]
    assert all(message.startswith("PF215") for _, message in found)
