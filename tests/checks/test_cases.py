"""One file or folder for each way to break a rule, and for what comes near to it: see tests/cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerfit.checks import across, ignores, profiles, run
from tests.checks.lay import cases, lay, placed, report
from tests.checks.messages import REFRESH, kept, told

BAD = cases("bad")
GOOD = cases("good")
MESSAGES = kept()


def name(case: Path) -> str:
    return case.stem


@pytest.mark.parametrize("case", BAD, ids=name)
def test_a_bad_case(case: Path, tmp_path: Path) -> None:
    laid = lay(case, tmp_path / "data")
    assert laid.expected
    assert case.name[:5] in {place[-5:] for place in laid.expected}, "the name tells which rule it is for"
    read = report(laid.folder, laid.overlays)
    assert sorted(placed(problem, laid.folder) for problem in read.problems) == list(laid.expected)
    assert told(read, laid.folder) == MESSAGES[case.stem], REFRESH
    for problem in read.problems:
        assert problem.message.isprintable()
        assert len(problem.message) <= 200
        lines = read.texts[problem.path].split("\n")
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.width >= 1


def test_messages_are_kept_for_bad_cases_only() -> None:
    assert set(MESSAGES) == {case.stem for case in BAD}, REFRESH


@pytest.mark.parametrize("case", GOOD, ids=name)
def test_a_good_case(case: Path, tmp_path: Path) -> None:
    laid = lay(case, tmp_path / "data")
    assert laid.expected == ()
    assert [str(problem) for problem in report(laid.folder, laid.overlays).problems] == []


def test_the_base_is_in_order(tmp_path: Path) -> None:
    laid = lay(next(case for case in GOOD if case.is_file()), tmp_path / "data")
    (laid.folder / "states" / "uruguay.yaml").unlink()
    read = report(laid.folder)
    assert read.problems == ()
    assert read.incomplete == ()


@pytest.mark.parametrize("code", run.RULES)
def test_every_rule_has_a_bad_case(code: str) -> None:
    assert any(case.name.startswith(f"{code}-") for case in BAD)


@pytest.mark.parametrize("code", [rule.code for rule in (*profiles.RULES, *across.RULES, *ignores.RULES)])
def test_every_rule_of_judgement_has_a_near_miss(code: str) -> None:
    assert any(case.name.startswith(f"{code}-") for case in GOOD)


def test_every_case_is_named_after_a_rule() -> None:
    assert {case.name[:5] for case in (*BAD, *GOOD)} <= set(run.RULES)
