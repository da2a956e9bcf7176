"""JSON and CSV: text in any script, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerfit.render.tabular import to_csv, to_json


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_json_is_readable() -> None:
    text = to_json({"name": "تونس é", "list": [1, 2.5, None, True]})
    assert text.startswith('{\n  "name": "تونس é"')
    assert text.endswith("}\n")
    assert json.loads(text) == {"name": "تونس é", "list": [1, 2.5, None, True]}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|'/C calc'!A0"])
def test_a_formula_is_text(text: str) -> None:
    assert rows(to_csv([{"a": text}])) == [["a"], [f"'{text}"]]


@pytest.mark.parametrize(
    "text", ["plain", "a=1", "1-2", "'quoted'", 'a,"b"', "line\nbreak", "line\rbreak", "تونس", " =1", ""]
)
def test_other_text_stays(text: str) -> None:
    assert rows(to_csv([{"a": text, "b": "x"}]))[1] == [text, "x"]


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (True, "true"), (False, "false"), (0, "0"), (-1.5, "-1.5"), (2.0, "2.0")]
)
def test_values(value: object, cell: str) -> None:
    assert rows(to_csv([{"a": value, "b": "x"}])) == [["a", "b"], [cell, "x"]]


def test_the_head_is_that_of_the_first_row() -> None:
    assert to_csv([{"a": 1, "b": 2}, {"a": 3, "b": 4}]) == "a,b\n1,2\n3,4\n"


def test_the_columns_may_be_named() -> None:
    assert to_csv([{"b": 2, "a": 1, "c": 0}], ("a", "b")) == "a,b\n1,2\n"
    assert to_csv([], ("a", "b")) == "a,b\n"


def test_no_rows() -> None:
    assert to_csv([]) == ""


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_what_is_written_can_be_read(cells: list[tuple[str, str]]) -> None:
    entries = [{"a": a, "b": b} for a, b in cells]
    read = list(csv.DictReader(io.StringIO(to_csv(entries), newline="")))
    assert len(read) == len(entries)
    for row, entry in zip(read, entries, strict=True):
        shown = {key: value.replace("\r\n", "\n") for key, value in entry.items()}
        assert all(row[key] in {value, f"'{value}"} for key, value in shown.items())
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())
