"""Initiatives as a list, in full and in short: who, when, what came of it, and no word on today."""

from __future__ import annotations

import re
from typing import Any

import pytest

from partnerfit import Catalogue
from partnerfit.initiatives import Initiative, Initiatives
from partnerfit.model import Measure, Theme
from partnerfit.render import contents, markdown, plain, terminal
from partnerfit.render.blocks import Heading, Listing, Table, cell_text
from partnerfit.render.views import initiatives as view
from tests import build
from tests.render.pairs import CODES, TAXONOMY

WORK = TAXONOMY.themes[0]
JOBS = WORK.measures[0]
STILL = re.compile(r"since 20|ongoing|to date|until now|today", re.IGNORECASE)


def made(*entries: dict[str, Any]) -> Initiatives:
    """Initiatives with the one source that they cite."""
    return Initiatives.model_validate({"initiatives": entries, "sources": [build.SOURCE]})


def one(**changes: Any) -> Initiative:
    return Initiative.model_validate(build.initiative("bridge", **changes))


def full(*entries: dict[str, Any], subject: Theme | Measure = JOBS) -> str:
    return plain.render(view.entries(made(*entries), subject, CODES))


# Years


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        ({"from": 2019, "to": 2021}, "2019–2021"),
        ({"from": 2019, "to": 2019}, "2019"),
        ({"from": 2019}, "from 2019"),
        ({"from": 2019, "to": 2021, "seen": True}, "seen 2019–2021"),
        ({"from": 2019, "to": 2019, "seen": True}, "seen 2019"),
        ({"from": 2019, "seen": True}, "seen 2019"),
    ],
)
def test_years_everywhere(years: dict[str, Any], shown: str) -> None:
    entry = build.initiative("bridge", years=years)
    (table,) = (b for b in view.listing(made(entry), CODES) if isinstance(b, Table))
    assert table.rows[0][1] == shown
    page = view.entries(made(entry), JOBS, CODES)
    assert Heading(f"bridge, {shown}") in page
    assert view.precedent(one(years=years), CODES).startswith(f"bridge, {shown}. ")


@pytest.mark.parametrize(
    ("years", "open_end", "seen"),
    [
        ({"from": 2019, "to": 2021}, False, False),
        ({"from": 2019}, True, False),
        ({"from": 2019, "seen": True}, False, True),
    ],
)
def test_what_years_do_not_say_is_told_where_it_matters(
    years: dict[str, Any], open_end: bool, seen: bool
) -> None:
    entry = build.initiative("bridge", years=years)
    for text in (plain.render(view.listing(made(entry), CODES)), full(entry)):
        assert ("no end was seen, which does not say that it still runs" in text) is open_end
        assert ("when it began and ended was not found" in text) is seen


# Who


def test_who_took_part() -> None:
    entry = one(partners=["CLUB", "AFG"], places=["CHE"], institutions=["IOM", "ILO"])
    who = "The club and Afghanistan, with IOM and ILO, reaching Switzerland"
    assert view.precedent(entry, CODES) == f"bridge, from 2019. {who}. Ten jobs."


def test_those_who_are_near_are_not_cut() -> None:
    codes = ["AUS", "AUT", "AZE", "BDI", "BEN", "BFA", "BEL"]
    entry = one(partners=codes, places=["CAN", "CHL", "CHN", "CIV", "CMR", "CHE"])
    assert "AUS, AUT, AZE, BDI and 3 more, reaching CAN, CHL, CHN, CIV and 2 more." in view.precedent(
        entry, CODES
    )
    assert (
        "Belgium, AUS, AUT, AZE and 3 more, reaching Switzerland, CAN, CHL, CHN and 2 more."
        in view.precedent(entry, CODES, near={"BEL", "CHE"})
    )
    text = plain.render(view.entries(Initiatives(initiatives=(entry,)), JOBS, CODES))
    assert "- Who: AUS, AUT, AZE, BDI, BEN, BFA and Belgium." in text
    assert "whose people it served: CAN, CHL, CHN, CIV, CMR and Switzerland." in text


# The list and the entries


def test_the_list() -> None:
    page = view.listing(made(build.initiative("bridge", partners=["EU", "AFG"])), CODES)
    (table,) = (block for block in page if isinstance(block, Table))
    assert [[cell_text(cell) for cell in row] for row in table.rows] == [
        ["bridge", "from 2019", "The EU and Afghanistan", "1"]
    ]


def test_an_entry_in_full() -> None:
    gains = [{"to": ["AFG", "BEL"], "gain": "work"}, {"gain": "peace"}]
    page = view.entries(made(build.initiative("bridge", gains=gains, institutions=["IOM"])), JOBS, CODES)
    facts, sources = (block.items for block in page if isinstance(block, Listing))
    assert page[0] == Heading("jobs: what partners have done together", level=1)
    assert facts == (
        "Who: Afghanistan and Belgium, with IOM.",
        "How it was presented: Work for all.",
        "What it was to bring Afghanistan and Belgium: work.",
        "What it was to bring the states served: peace.",
        "Results: Ten jobs.",
        "Lessons: Begin early.",
        "Measures: jobs.",
        "Sources: src.",
    )
    assert sources == ("[src] A text. A ministry, 2025. https://example.org/text (official-state)",)


def test_nothing_known() -> None:
    assert plain.render(view.listing(made(), CODES)) == "These data hold no initiatives.\n"
    assert full(subject=WORK).endswith(
        "\n\nThese data hold no initiative on it. That is no sign that there was none.\n"
    )


def test_markup_is_text() -> None:
    name = "[bold]Bridge[/bold] | *x* <b>"
    entry = build.initiative("bridge", results="[red]Ten[/red].", institutions=["[i]IOM[/i]"])
    entry["name"] = name
    for page in (view.listing(made(entry), CODES), view.entries(made(entry), JOBS, CODES)):
        assert name in terminal.render(page, width=200, colour=False)
        assert "<b>" not in markdown.render(page).replace("\\<", "")
        assert "[i]" not in markdown.render(page).replace("\\[i\\]", "")


# Records


def test_the_record_is_that_of_the_file() -> None:
    entry = build.initiative("bridge", years={"from": 2019, "to": 2021, "seen": True})
    assert contents.initiatives(made(entry)) == {"initiatives": [entry], "sources": [build.SOURCE]}


def test_the_rows() -> None:
    gains = [{"to": ["AFG", "BEL"], "gain": "work"}, {"gain": "peace"}]
    row, later = contents.initiative_rows(
        made(
            build.initiative("bridge", gains=gains, institutions=["IOM"]),
            build.initiative("road", years={"from": 2019, "to": 2021, "seen": True}),
        )
    )
    assert [row[key] for key in ("from", "to", "seen")] == [2019, None, False]
    assert [later[key] for key in ("from", "to", "seen")] == [2019, 2021, True]
    assert (row["partners"], row["places"], row["institutions"]) == ("AFG BEL", None, "IOM")
    assert row["gains"] == "AFG BEL: work | peace"


# All in the data


def test_every_initiative_is_told(catalogue: Catalogue) -> None:
    everything = catalogue.initiatives
    for theme in catalogue.themes.themes:
        found = everything.on({measure.id for measure in theme.measures})
        text = plain.render(view.entries(found, theme, catalogue.codes))
        for initiative in found.initiatives:
            for part in (initiative.name, initiative.framing, initiative.results, initiative.lessons):
                assert part in text
            assert [g.gain for g in initiative.gains if g.gain not in text] == []
        assert [source.url for source in found.sources if source.url not in text] == []


def test_no_code_is_left_and_no_sentence_ends_twice(catalogue: Catalogue) -> None:
    for initiative in catalogue.initiatives.initiatives:
        text = view.precedent(initiative, catalogue.codes)
        who = text.removeprefix(f"{initiative.name}, ").partition(". ")[2].removesuffix(initiative.results)
        assert who.endswith(". ")
        assert set(re.findall(r"\b[A-Z]{3}\b", who)) <= set(initiative.institutions)
        assert not STILL.search(text.removesuffix(initiative.results).removeprefix(initiative.name))
        assert not any(gain.gain.endswith(".") for gain in initiative.gains)
        assert not any(part.endswith("..") for part in text.split())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_list_fits(catalogue: Catalogue, width: int) -> None:
    text = terminal.render(view.listing(catalogue.initiatives, catalogue.codes), width=width, colour=False)
    assert max(map(len, text.splitlines())) <= width
