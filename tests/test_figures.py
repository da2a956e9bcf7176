"""Figures: what they measure, corridors, votes and treaties; bad rows at their place, and the real files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from partnerfit import yamlsource
from partnerfit.codes import ISO3
from partnerfit.errors import DataError, UsageError
from partnerfit.figures import (
    COMMITMENTS,
    CORRIDORS,
    NAMES,
    Amount,
    Commitment,
    Corridor,
    Figures,
    read_commitments,
    read_corridors,
    read_figures,
    read_names,
)
from partnerfit.folders import shown
from partnerfit.model import Indicator
from tests.conftest import ROOT
from tests.folder import write

DATA = ROOT / "data"
LATEST = 2026
"""The year of the first edition: no figure is younger."""
OLDEST = 2016
"""Figures of a state are at most ten years old, else they are left out."""

FIGURES = """\
sources:
  - {id: bank, producer: B, title: T, data_date: "2024", licence: CC0, url: "https://example.org/t"}
indicators:
  - {id: population, name: Population, unit: persons}
instruments:
  - {id: compact, name: A compact, kind: vote}
  - {id: convention, name: A convention, kind: treaty, note: Of 1951.}
"""

each_profile = pytest.mark.parametrize("file", sorted((DATA / "states").iterdir()), ids=lambda f: f.name)


@pytest.fixture
def small(tmp_path: Path) -> Figures:
    return read_figures(write(tmp_path / "figures.yaml", FIGURES))


@pytest.fixture(scope="module")
def figures() -> Figures:
    """What figures.yaml of this repository says."""
    return read_figures(DATA / "figures.yaml")


def table(path: Path, columns: tuple[str, ...], *rows: str) -> Path:
    return write(path, "".join(f"{row}\n" for row in (",".join(columns), *rows)))


def corridors(path: Path, *rows: str) -> Path:
    return table(path / "corridors.csv", CORRIDORS, *rows)


def commitments(path: Path, *rows: str) -> Path:
    return table(path / "commitments.csv", COMMITMENTS, *rows)


# What is measured


def test_what_is_measured(small: Figures) -> None:
    assert [source.id for source in small.sources] == ["bank"]
    assert small.sources[0].note is None
    assert (small.indicators[0].name, small.indicators[0].unit) == ("Population", "persons")
    assert [(i.id, i.kind, i.note) for i in small.instruments] == [
        ("compact", "vote", None),
        ("convention", "treaty", "Of 1951."),
    ]


def test_an_id_is_used_once(tmp_path: Path) -> None:
    file = write(tmp_path / "figures.yaml", FIGURES.replace("id: convention", "id: compact"))
    with pytest.raises(DataError) as caught:
        read_figures(file)
    (problem,) = caught.value.problems
    assert (problem.line, problem.message[:31]) == (7, "id `compact` is on line 6 alrea")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("kind: vote", "kind: poll", 6, "`kind` is 'poll'; write one of vote, treaty"),
        (", unit: persons", "", 4, "key `unit` is missing in `population`; add it"),
        ("licence: CC0", "license: CC0", 2, "unknown key `license`; did you mean `licence`?"),
        ('"https://example.org/t"', "example.org", 2, "`url` is 'example.org', which does not look like"),
    ],
)
def test_a_bad_entry_is_placed(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    with pytest.raises(DataError) as caught:
        read_figures(write(tmp_path / "figures.yaml", FIGURES.replace(old, new)))
    found = [(problem.line, problem.message) for problem in caught.value.problems]
    assert any(at == line and said.startswith(message) for at, said in found), found


# Corridors


def test_corridors_are_found_in_both_directions(tmp_path: Path, small: Figures) -> None:
    file = corridors(
        tmp_path,
        "AFG,BEL,24670,2020,bank,7.5,2018,bank",
        "AFG,CHE,1,2020,bank,,,",
        "BEL,AFG,,,,3,2018,bank",
    )
    there = Corridor("AFG", "BEL", Amount(24670, 2020, "bank"), Amount(7.5, 2018, "bank"))
    back = Corridor("BEL", "AFG", None, Amount(3, 2018, "bank"))
    assert read_corridors(file, {"AFG", "BEL"}, small) == {("AFG", "BEL"): there, ("BEL", "AFG"): back}
    assert read_corridors(file, {"BEL", "CHE"}, small) == {}
    assert list(read_corridors(file, None, small)) == [("AFG", "BEL"), ("AFG", "CHE"), ("BEL", "AFG")]


def test_a_file_as_spreadsheets_save_it(tmp_path: Path, small: Figures) -> None:
    text = f"\ufeff{','.join(CORRIDORS)}\r\nAFG,BEL,5,2020,bank,,,\r\n"
    file = write(tmp_path / "corridors.csv", text)
    assert read_corridors(file, None, small)["AFG", "BEL"].migrant_stock == Amount(5, 2020, "bank")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("AFG,BEL,5,2020,bank,,", "the row has 7 cells where 8 belong: origin, destination"),
        ("AFG,BEL,5,2020,bank,,,,", "the row has 9 cells where 8 belong; put a cell that holds a comma in"),
        ("", "the row is empty; remove it"),
        (
            "AFG,BEL,many,2020,bank,,,",
            "`migrant_stock` is 'many'; write a whole number in digits, without commas",
        ),
        ("AFG,BEL,5.5,2020,bank,,,", "`migrant_stock` is '5.5'; write a whole number"),
        ("AFG,BEL,-5,2020,bank,,,", "`migrant_stock` is '-5'; write a whole number"),
        ("AFG,BEL,1_000,2020,bank,,,", "`migrant_stock` is '1_000'; write a whole number"),
        ("AFG,BEL,,,,1e3,2018,bank", "`remittances_musd` is '1e3'; write a number"),
        ("AFG,BEL,,,,nan,2018,bank", "`remittances_musd` is 'nan'; write a number"),
        ("AFG,BEL,5,20,bank,,,", "`stock_year` is '20'; write a year such as 2024"),
        (
            "AFG,BEL,5,,bank,,,",
            "`stock_year` is empty; fill it, or empty `migrant_stock` and `stock_source` too",
        ),
        ("AFG,BEL,,,,,2018,bank", "`remittances_musd` is empty; fill it, or empty `remittances_year` and"),
        ("AFG,BEL,,,,,,", "the row holds no figure; remove it"),
        ("AFG,BEL,5,2020,banc,,,", "no source of figures is called `banc`; did you mean `bank`?"),
        ("AFG,BEL,5,2020,xyz,,,", "no source of figures is called `xyz`; write `bank`"),
        ("AFG,Belgium,5,2020,bank,,,", "no state is called `Belgium`; write an ISO alpha-3 code such as ESP"),
        ("AUT,AUT,5,2020,bank,,,", "`AUT` is both origin and destination"),
    ],
)
def test_a_bad_corridor_is_placed(tmp_path: Path, small: Figures, row: str, message: str) -> None:
    good = ("AFG,AUT,5,2020,bank,,,", row, "BEL,AFG,5,2020,bank,,,")
    file = corridors(tmp_path, *good)
    with pytest.raises(DataError) as caught:
        read_corridors(file, None, small)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (shown(file), 3)
    assert problem.message.startswith(message)
    cell = row[problem.column - 1 :].partition(",")[0]
    assert problem.column == 1 or cell in message


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("AFG,BEL,5,2020,bank,,,", "AFG-BEL is in a row above already; keep one"),
        ("AFG,AUT,5,2020,bank,,,", "AFG-AUT belongs above AFG-BEL; sort by origin, then destination"),
    ],
)
def test_a_pair_stands_once_and_in_order(tmp_path: Path, small: Figures, row: str, message: str) -> None:
    file = corridors(tmp_path, "AFG,BEL,5,2020,bank,,,", row)
    for iso3s in (None, {"CHE", "DEU"}):
        with pytest.raises(DataError, match=f"csv:3:1: {message}"):
            read_corridors(file, iso3s, small)


def test_one_row_that_is_wrong_makes_no_other_wrong(tmp_path: Path, small: Figures) -> None:
    rows = ("AFG,AUT,5,2020,bank,,,", "XYZ,AUT,5,2020,bank,,,", "AFG,BEL,5,2020,bank,,,")
    with pytest.raises(DataError) as caught:
        read_corridors(corridors(tmp_path, *rows), None, small)
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(3, 1)]


def test_every_bad_row_is_told(tmp_path: Path, small: Figures) -> None:
    file = corridors(tmp_path, "AFG,AUT,x,2020,bank,,,", "AFG,BEL,5,2020,bank,,,", "AFG,CHE,5,2020,b,,,")
    with pytest.raises(DataError) as caught:
        read_corridors(file, None, small)
    assert [problem.line for problem in caught.value.problems] == [2, 4]
    assert list(read_corridors(file, {"AFG", "BEL"}, small)) == [("AFG", "BEL")]


# Votes and treaties


def test_commitments_of_one_state_or_all(tmp_path: Path, small: Figures) -> None:
    file = commitments(
        tmp_path,
        "AFG,compact,absent,2018,2018-12-19,bank",
        "AFG,convention,not-party,,2022-08,bank",
        "BEL,convention,party,1953,2013,bank",
    )
    vote = Commitment("AFG", "compact", "absent", 2018, "2018-12-19", "bank")
    outside = Commitment("AFG", "convention", "not-party", None, "2022-08", "bank")
    party = Commitment("BEL", "convention", "party", 1953, "2013", "bank")
    assert read_commitments(file, "AFG", small) == (vote, outside)
    assert read_commitments(file, None, small) == (vote, outside, party)
    assert read_commitments(file, "CHE", small) == ()
    assert [c.may_have_changed for c in (vote, outside, party)] == [False, True, False]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("AFG,compact,yes,2018,2018-12-19", "the row has 5 cells where 6 belong: iso3, instrument"),
        ("XYZ,compact,yes,2018,2018-12-19,bank", "no state is called `XYZ`; "),
        (
            "AFG,compacts,yes,2018,2018-12-19,bank",
            "no instrument is called `compacts`; did you mean `compact`?",
        ),
        (
            "AFG,compact,party,2018,2018-12-19,bank",
            "`status` is 'party'; write one of yes, no, abstain, absent",
        ),
        ("AFG,convention,yes,2018,2018,bank", "`status` is 'yes'; write one of party, signatory, not-party"),
        ("AFG,compact,yes,soon,2018-12-19,bank", "`year` is 'soon'; write a year such as 2024"),
        (
            "AFG,compact,yes,2018,2018-13,bank",
            "`as_of` is '2018-13'; there is no such date (month must be in 1..12)",
        ),
        (
            "AFG,compact,yes,2018,19 December,bank",
            "`as_of` is '19 December'; write YYYY, YYYY-MM or",
        ),
        ("AFG,compact,yes,2018,,bank", "`as_of` is empty; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("AFG,compact,yes,2018,2018-12-19,", "the source of figures is empty; fill the cell"),
        ("BEL,compact,yes,2018,2018-12-19,bank", "BEL has a row for `compact` above already; keep one"),
    ],
)
def test_a_bad_commitment_is_placed(tmp_path: Path, small: Figures, row: str, message: str) -> None:
    file = commitments(tmp_path, "BEL,compact,no,2018,2018-12-19,bank", row)
    with pytest.raises(DataError) as caught:
        read_commitments(file, None, small)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (shown(file), 3)
    assert problem.message.startswith(message)
    cell = row[problem.column - 1 :].partition(",")[0]
    assert problem.column == 1 or cell in message


# Files that cannot be read as tables


def test_a_file_that_is_not_there(tmp_path: Path, small: Figures) -> None:
    with pytest.raises(UsageError, match=r"none\.csv: cannot be read \(No such file or directory\)"):
        read_corridors(tmp_path / "none.csv", None, small)
    with pytest.raises(UsageError, match=r"none\.csv: cannot be read"):
        read_commitments(tmp_path / "none.csv", "AFG", small)
    with pytest.raises(UsageError, match=r"none\.yaml: cannot be read"):
        read_figures(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b"", 1, "the first row names the columns: iso3,instrument,status,year,as_of,source"),
        (b"iso3,instrument\n", 1, "the first row lacks `status`, `year`, `as_of`, `source`; add it"),
        (b"iso3;instrument;status\n", 1, "the columns are not separated by commas"),
        (b"iso3,instrument,status,year,source,as_of\n", 1, "the first row is iso3,instrument,status,year,"),
        (b"iso3,instrument,state,year,as_of,source\n", 1, "the first row has `state` where `status` belongs"),
        (b"a,b\n", 1, "the first row names the columns: iso3,"),
        (b"HEAD\nAFG,compact,yes,2018,2018,bank\nB\xe9L,,,,,\n", 3, "not UTF-8; save the file as UTF-8"),
        (
            b'HEAD\nAFG,compact,"yes" ,2018,2018,bank\n',
            2,
            "the row is no CSV (',' expected after '\"'); double a quote",
        ),
        (b'HEAD\nAFG,"com\npact",yes,2018,2018,bank\n', 2, "no instrument is called `com\\npact`; "),
    ],
)
def test_a_file_that_is_no_such_table(
    tmp_path: Path, small: Figures, raw: bytes, line: int, message: str
) -> None:
    file = tmp_path / "commitments.csv"
    file.write_bytes(raw.replace(b"HEAD", ",".join(COMMITMENTS).encode()))
    with pytest.raises(DataError) as caught:
        read_commitments(file, None, small)
    (problem,) = caught.value.problems
    assert problem.line == line
    assert problem.message.startswith(message)


# The files of this repository


def amounts(corridor: Corridor) -> list[Amount]:
    return [amount for amount in (corridor.migrant_stock, corridor.remittances) if amount is not None]


def indicators(file: Path) -> list[Indicator]:
    data = yamlsource.read(file).data
    return [Indicator.model_validate(entry) for entry in data.get("indicators", [])]


def test_the_corridors(figures: Figures) -> None:
    found = read_corridors(DATA / "corridors.csv", None, figures)
    assert len(found) > 1000
    assert ISO3.issuperset(code for pair in found for code in pair)
    assert {amount.year for corridor in found.values() for amount in amounts(corridor)} == {2018, 2020}
    assert all(amount.value > 0 for corridor in found.values() for amount in amounts(corridor))


def test_the_commitments(figures: Figures) -> None:
    found = read_commitments(DATA / "commitments.csv", None, figures)
    order = [instrument.id for instrument in figures.instruments]
    rows = [(one.iso3, order.index(one.instrument)) for one in found]
    assert rows == sorted(set(rows))
    assert ISO3.issuperset(one.iso3 for one in found)
    for one in found:
        assert one.year is None or 1951 <= one.year <= int(one.as_of[:4]) <= LATEST
        assert one.year is None or not one.may_have_changed
    assert {one.iso3 for one in found if (one.instrument, one.status) == ("migration-compact", "no")} == {
        *("CZE", "HUN", "POL")
    }


def test_the_tables_end_lines_as_git_stores_them() -> None:
    for name in ("corridors.csv", "commitments.csv"):
        raw = (DATA / name).read_bytes()
        assert b"\r" not in raw
        assert raw.endswith(b"\n")


def test_profiled_states_have_corridors_and_commitments(figures: Figures) -> None:
    corridor_ends = {code for pair in read_corridors(DATA / "corridors.csv", None, figures) for code in pair}
    committed = {one.iso3 for one in read_commitments(DATA / "commitments.csv", None, figures)}
    profiled = {yamlsource.read(file).data["iso3"] for file in (DATA / "states").iterdir()}
    assert profiled <= corridor_ends
    assert profiled <= committed


@each_profile
def test_the_indicators_of_a_profile(file: Path, figures: Figures) -> None:
    found = indicators(file)
    order = [measured.id for measured in figures.indicators]
    units = {measured.id: measured.unit for measured in figures.indicators}
    assert found
    assert [one.indicator for one in found] == sorted({one.indicator for one in found}, key=order.index)
    for one in found:
        assert one.unit == units[one.indicator]
        assert OLDEST <= one.year <= LATEST
        assert one.value >= 0
        assert one.value <= 100 or "%" not in one.unit
        assert one.source in {source.id for source in figures.sources}


def test_every_source_is_used(figures: Figures) -> None:
    used = {one.source for one in read_commitments(DATA / "commitments.csv", None, figures)}
    for corridor in read_corridors(DATA / "corridors.csv", None, figures).values():
        used.update(amount.source for amount in amounts(corridor))
    for file in (DATA / "states").iterdir():
        used.update(one.source for one in indicators(file))
    assert used == {source.id for source in figures.sources}


def test_every_indicator_is_used(figures: Figures) -> None:
    states = list((DATA / "states").iterdir())
    counts = Counter(one.indicator for file in states for one in indicators(file))
    assert counts.keys() == {measured.id for measured in figures.indicators}
    assert all(count >= 0.9 * len(states) for count in counts.values())


# Names of states


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("AGF,Afghanistan", 1, "no state is called `AGF`; did you mean `AFG`?"),
        ("afg,Afghanistan", 1, "no state is called `afg`; did you mean `AFG`?"),
        ("Afghanistan,AFG", 1, "no state is called `Afghanistan`; write an ISO alpha-3 code"),
        ("BEL,Belgique", 1, "`BEL` is in a row above already; keep one"),
        ("AFG,", 5, "`en` is empty; write the name of AFG in English"),
        ("AFG,Afghan\u202eistan", 5, "the text holds the control character U+202E"),
    ],
)
def test_a_bad_name_is_placed(tmp_path: Path, row: str, column: int, message: str) -> None:
    file = table(tmp_path / "names.csv", NAMES, "BEL,Belgium", row)
    with pytest.raises(DataError) as caught:
        read_names(file)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, problem.code) == (3, column, "PF113")
    assert problem.message.startswith(message)


def test_names_by_code(tmp_path: Path) -> None:
    file = table(tmp_path / "names.csv", NAMES, "BEL,Belgium", '"KOR","Korea, Republic of"')
    assert read_names(file) == {"BEL": "Belgium", "KOR": "Korea, Republic of"}
