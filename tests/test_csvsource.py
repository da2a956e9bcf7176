"""Tables: how large one may be, and how far a broken one is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerfit import csvsource
from partnerfit.errors import DataError


def refused(path: Path, raw: bytes) -> list[tuple[int, str, str]]:
    path.write_bytes(raw)
    with pytest.raises(DataError) as caught:
        list(csvsource.rows(path, ("a", "b"), lambda row: row))
    return [(problem.line, problem.code, problem.message) for problem in caught.value.problems]


def test_a_table_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvsource, "MAX_BYTES", 8)
    (tmp_path / "t.csv").write_bytes(b"a,b\n1,2\n")
    assert refused(tmp_path / "t.csv", b"a,b\n1,2\n3") == [
        (1, "PF003", "the file is larger than 8 bytes; take out rows")
    ]
    (tmp_path / "t.csv").write_bytes(b"a,b\n1,2\n")
    assert list(csvsource.rows(tmp_path / "t.csv", ("a", "b"), tuple)) == [("1", "2")]


def test_a_table_with_many_broken_rows_is_not_read_to_its_end(tmp_path: Path) -> None:
    found = refused(tmp_path / "t.csv", b"a,b\n" + b"1\n" * 5_000)
    assert len(found) == csvsource.MOST_PROBLEMS + 1
    assert found[-2:] == [
        (
            1_001,
            "PF113",
            "the row has 1 cell where 2 belong: a, b; write a comma for each cell that is empty",
        ),
        (1_001, "PF113", "more rows may be wrong; mend those above first"),
    ]
