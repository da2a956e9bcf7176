"""Initiatives: what the model holds and refuses, reading them, and every one in the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from partnerfit import Catalogue, load_catalogue, yamlsource
from partnerfit.errors import DataError
from partnerfit.initiatives import Initiative, Initiatives
from partnerfit.values import MAX_SUMMARY_WORDS
from tests import build
from tests.conftest import ROOT
from tests.folder import data_folder, write

FILE = ROOT / "data" / "initiatives.yaml"
LATEST = 2026
"""The year of the first edition: nothing that began later is in it."""

ENTRY = """\
initiatives:
  - id: bridge
    name: A bridge
    years: {from: 2019, to: 2021}
    partners: [AFG, CLUB]
    places: [CHE]
    institutions: [IOM]
    measures: [jobs]
    framing: Work for all.
    gains:
      - {to: [CLUB, CHE], gain: work}
      - {gain: peace}
    results: Ten jobs.
    lessons: Begin early.
    sources: [src]
sources:
  - {id: src, title: A text, publisher: A ministry, date: null, url: "https://example.org", kind: press}
"""


def an_initiative(**changes: Any) -> Initiative:
    return Initiative.model_validate(build.initiative("bridge", **changes))


# The model


def test_an_initiative() -> None:
    one = an_initiative(partners=["AFG", "CLUB"], places=["CHE"], years={"from": 2019})
    assert (one.years.first, one.years.last, one.years.seen) == (2019, None, None)
    assert one.involved == ("AFG", "CLUB", "CHE")


@pytest.mark.parametrize(
    "changes",
    [
        {"years": {"from": 2021, "to": 2019}},
        {"years": {"from": "2019"}},
        {"years": {"to": 2019}},
        {"years": {"from": 2019, "seen": False}},
        {"partners": []},
        {"partners": "AFG"},
        {"places": []},
        {"places": ["CLUB"]},
        {"institutions": []},
        {"measures": []},
        {"gains": []},
        {"gains": [{"to": [], "gain": "work"}]},
        {"gains": [{"to": ["AFG"]}]},
        {"sources": []},
        {"results": " "},
        {"lessons": "word " * (MAX_SUMMARY_WORDS + 1)},
        {"verdict": "good"},
    ],
)
def test_what_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        an_initiative(**changes)


def test_it_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        an_initiative().name = "Another"  # type: ignore[misc]


# Reading


def test_initiatives_are_read_from_their_file(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    assert load_catalogue(folder).initiatives == Initiatives()
    write(folder / "initiatives.yaml", ENTRY)
    (one,) = load_catalogue(folder).initiatives.initiatives
    assert (one.id, one.years.last, one.partners) == ("bridge", 2021, ("AFG", "CLUB"))
    assert [gain.to for gain in one.gains] == [("CLUB", "CHE"), ()]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("to: 2021", "to: 2011", 4, "`to` is before `from`; swap them"),
        ("framing:", "faming:", 9, "unknown key `faming`; did you mean `framing`?"),
        ("[jobs]", "[job]", 8, "no measure is called `job`; did you mean `jobs`?"),
        ("[CLUB, CHE]", "[CLUB, BEL]", 11, "`BEL` is not involved; add it to `partners` or `places`"),
        ("sources: [src]", "sources: [scr]", 15, "no source has the id `scr`; did you mean `src`?"),
    ],
)
def test_a_bad_entry_is_placed(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    folder = data_folder(tmp_path)
    write(folder / "initiatives.yaml", ENTRY.replace(old, new))
    with pytest.raises(DataError) as caught:
        _ = load_catalogue(folder).initiatives
    found = [(problem.line, problem.message) for problem in caught.value.problems]
    assert any(at == line and message in said for at, said in found), found


# The data of this repository

RAW = yamlsource.read(FILE).data["initiatives"]
each_initiative = pytest.mark.parametrize("entry", RAW, ids=lambda entry: entry["id"])


@pytest.fixture(scope="module")
def initiatives(catalogue: Catalogue) -> dict[str, Initiative]:
    return {one.id: one for one in catalogue.initiatives.initiatives}


@each_initiative
def test_an_initiative_of_the_data(
    entry: dict[str, Any], initiatives: dict[str, Initiative], catalogue: Catalogue
) -> None:
    one = initiatives[entry["id"]]
    assert one.years.first <= LATEST
    assert set(one.involved) <= catalogue.codes.keys()
    assert len(set(one.involved)) == len(one.involved)
    assert len(set(one.measures)) == len(one.measures)
    assert len(set(one.sources)) == len(one.sources)
    for text in (one.name, one.framing, one.results, one.lessons, *(gain.gain for gain in one.gains)):
        assert text.isprintable()
        assert "  " not in text
    for text in (one.framing, one.results, one.lessons):
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith((".", "?"))
    for gain in one.gains:
        assert not gain.gain.endswith(".")
        assert len(gain.gain.split()) <= 25


@each_initiative
def test_its_words_are_neutral(entry: dict[str, Any]) -> None:
    told = " ".join(str(value) for key, value in entry.items() if key != "sources").lower()
    assert {"illegal", "illegals", "regime", "junta", "coup", "scandal"}.isdisjoint(told.split())


def test_every_measure_has_a_precedent(catalogue: Catalogue) -> None:
    told = {measure for one in catalogue.initiatives.initiatives for measure in one.measures}
    assert told == catalogue.context().slots.measure.keys()


def test_a_comparison_reads_none(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    read = yamlsource.read

    def watched(path: Path) -> yamlsource.Document:
        opened.append(path.name)
        return read(path)

    monkeypatch.setattr(yamlsource, "read", watched)
    catalogue = load_catalogue(ROOT / "data")
    catalogue.state("tunisia")
    catalogue.context()
    assert "initiatives.yaml" not in opened
