"""What initiatives and framings refer to: each finding once, with its place and a way out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from partnerfit import load_catalogue
from partnerfit.errors import DataError
from partnerfit.findings import Finding, Loc
from partnerfit.initiatives import Initiatives
from partnerfit.model import Themes
from partnerfit.practice import check_framings, check_initiatives
from partnerfit.references import Vocabulary
from partnerfit.values import LINE
from tests import build
from tests.folder import data_folder, write

TAXONOMY = build.themes(work=[build.measure("jobs"), build.measure("skills")], stay=[build.measure("visas")])
ADD = "add an entry with this id to the list `sources` at the end, or cite one that is there"
MERGE = "merge the two, with one weight"
VOCABULARY = Vocabulary.of(TAXONOMY, build.groups({"code": "CLUB"}))


def told(findings: Any) -> list[tuple[Loc, str, str]]:
    found: list[Finding] = list(findings)
    assert len(set(found)) == len(found)
    assert all("\n" not in finding.message for finding in found)
    return [(finding.loc, finding.code, finding.message) for finding in found]


def initiatives(*entries: dict[str, Any], sources: tuple[str, ...] = ("src",)) -> list[tuple[Loc, str, str]]:
    whole = {"initiatives": entries, "sources": [{**build.SOURCE, "id": key} for key in sources]}
    return told(check_initiatives(Initiatives.model_validate(whole), VOCABULARY))


def framings(*entries: dict[str, Any], sources: tuple[str, ...] = ("src",)) -> list[tuple[Loc, str, str]]:
    whole = TAXONOMY.model_dump(mode="json", exclude_defaults=True)
    whole["themes"][0]["framings"] = entries
    whole["sources"] += [{**build.SOURCE, "id": key} for key in sources]
    return told(check_framings(Themes.model_validate(whole), VOCABULARY))


def test_initiatives_in_order() -> None:
    assert initiatives() == [
        (("sources", 0, "id"), "PF205", "source `src` is never used; cite it or remove it")
    ]
    assert initiatives(build.initiative("one"), build.initiative("two", partners=["CLUB", "XKX"])) == []


def test_what_an_initiative_names_exists() -> None:
    one = build.initiative(
        "one", partners=["AFG", "CLUP"], places=["QQQ"], measures=["jobs", "job"], sources=["src", "other"]
    )
    loc: Loc = ("initiatives", 0)
    lists = "write an ISO alpha-3 code such as ESP, or a code that `partnerfit groups` lists"
    assert initiatives(one) == [
        ((*loc, "partners", 1), "PF203", "no state or group is called `CLUP`; did you mean `CLUB`?"),
        ((*loc, "places", 0), "PF203", f"no state or group is called `QQQ`; {lists}"),
        ((*loc, "measures", 1), "PF201", "no measure is called `job`; did you mean `jobs`?"),
        ((*loc, "sources", 1), "PF204", f"no source has the id `other`; {ADD}"),
    ]


def test_an_id_of_initiatives_is_used_once() -> None:
    found = initiatives(build.initiative("one"), build.initiative("one"), sources=("src", "src"))
    assert found == [
        (("initiatives", 1, "id"), "PF206", f"id `one` is on line {LINE} already; give this one another"),
        (("sources", 1, "id"), "PF206", f"id `src` is on line {LINE} already; give this one another"),
    ]


def test_whoever_gains_is_involved_once() -> None:
    gains = [{"gain": "a"}, {"to": ["BEL", "CHE"], "gain": "b"}]
    one = build.initiative("one", partners=["AFG", "BEL"], places=["BEL"], gains=gains)
    loc: Loc = ("initiatives", 0)
    assert initiatives(one) == [
        ((*loc, "places", 0), "PF215", f"`BEL` is named on line {LINE} already; name it once"),
        (
            (*loc, "gains", 1, "to", 1),
            "PF216",
            "`CHE` is not involved; add it to `partners` or `places`, or leave it out",
        ),
    ]


def test_framings_in_order() -> None:
    assert framings(sources=()) == []
    two = build.framing("two", "mobility", measures=["jobs"], applies_to=["CLUB"])
    assert framings(build.framing("one", "mobility"), two) == []


def test_what_a_framing_names_exists() -> None:
    one = build.framing("one", "mobility", measures=["visas"], applies_to=["CLAB"], sources=["sorc"])
    loc: Loc = ("themes", 0, "framings", 0)
    lists = "`partnerfit themes` lists all"
    assert framings(one, sources=()) == [
        ((*loc, "measures", 0), "PF201", f"no measure of this theme is called `visas`; {lists}"),
        ((*loc, "applies_to", 0), "PF203", "no state or group is called `CLAB`; did you mean `CLUB`?"),
        ((*loc, "sources", 0), "PF204", f"no source has the id `sorc`; {ADD}"),
    ]


def test_framings_say_things_once() -> None:
    one = build.framing("one", "mobility", "mobility")
    loc: Loc = ("themes", 0, "framings")
    assert framings(one, one, sources=("src", "src", "more")) == [
        (("sources", 2, "id"), "PF206", f"id `src` is on line {LINE} already; give this one another"),
        ((*loc, 1, "id"), "PF206", f"id `one` is on line {LINE} already; give this one another"),
        ((*loc, 0, "emphasises", 1), "PF211", f"interest `mobility` is on line {LINE} already; {MERGE}"),
        ((*loc, 1, "emphasises", 1), "PF211", f"interest `mobility` is on line {LINE} already; {MERGE}"),
        (("sources", 3, "id"), "PF205", "source `more` is never used; cite it or remove it"),
    ]


def test_a_framing_that_names_what_is_not_there_is_placed(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    text = (folder / "themes.yaml").read_text(encoding="utf-8")
    entry = build.framing("one", "mobility", applies_to=["CLAB"], sources=["treaty"])
    told = f"  framings: [{json.dumps(entry)}]\n"
    write(folder / "themes.yaml", text.replace("- id: stay\n", f"- id: stay\n{told}"))
    with pytest.raises(DataError, match=r"themes\.yaml:\d+:\d+: no state or group is called `CLAB`"):
        _ = load_catalogue(folder).groups
