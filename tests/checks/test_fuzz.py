"""Whatever a file holds, checking ends with findings in it: hypothesis, and what disturbed files have shown.

The longer runs are those of `fuzz/profiles.py`; each thing they found is a case in tests/cases/fuzz.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import hostile, mutate, promises
from partnerfit import yamlsource
from partnerfit.checks import run
from tests.checks.lay import CASES, cases, lay, placed, report
from tests.conftest import ROOT

SIDE = "states/uruguay.yaml"
FILES = (SIDE, "states/iceland.yaml", "themes.yaml", "groups.yaml", "figures.yaml", "initiatives.yaml")
TABLES = ("names.csv", "corridors.csv", "commitments.csv")
PROFILE = (CASES / "bad" / "PF101-unknown-key.yaml").read_text(encoding="utf-8")
LONGEST = 3.0
"""Seconds of processor for one hostile file; the command has to do with one."""

same_every_time = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
seeds = st.integers(0, 2**32 - 1)
forms = st.sampled_from(list(promises.FORMS))
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=60), st.sampled_from(mutate.WORDS)
)
keys = st.one_of(
    st.sampled_from(mutate.WORDS), st.sampled_from([*yaml.safe_load(PROFILE)]), st.text(max_size=8)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=20,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("fuzz") / "data"
    lay(CASES / "bad" / "PF101-unknown-key.yaml", found)
    return found


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def checked(folder: Path, file: str, raw: bytes, form: str) -> run.Report:
    """Put a file in its place for one check, see that the report keeps its promises, and put it back."""
    before = (folder / file).read_bytes()
    (folder / file).write_bytes(raw)
    try:
        found = report(folder)
    finally:
        (folder / file).write_bytes(before)
    promises.kept(found, {form, "concise"})
    return found


# Anything at all


@settings(same_every_time, max_examples=80)
@given(st.binary(max_size=200), seeds, forms)
def test_any_bytes_in_a_profile(folder: Path, raw: bytes, seed: int, form: str) -> None:
    at = chance(seed).randrange(len(PROFILE))
    checked(folder, SIDE, PROFILE[:at].encode() + raw + PROFILE[at:].encode(), form)


@settings(same_every_time, max_examples=50)
@given(st.dictionaries(keys, values, max_size=8), st.sampled_from([None, True, False]), forms)
def test_any_data_in_a_profile(folder: Path, data: dict[str, Any], style: bool | None, form: str) -> None:
    whole = {**yaml.safe_load(PROFILE), **data}
    text = yaml.dump(whole, Dumper=mutate.Same, default_flow_style=style, allow_unicode=True)
    checked(folder, SIDE, text.encode("utf-8", "surrogatepass"), form)


@settings(same_every_time, max_examples=80)
@given(st.sampled_from(FILES), seeds, forms)
def test_a_disturbed_file(folder: Path, file: str, seed: int, form: str) -> None:
    _, raw = mutate.mutated((folder / file).read_text(encoding="utf-8"), chance(seed))
    checked(folder, file, raw, form)


@settings(same_every_time, max_examples=40)
@given(st.sampled_from(TABLES), seeds, forms)
def test_a_disturbed_table(folder: Path, file: str, seed: int, form: str) -> None:
    raw = mutate.rows((folder / file).read_text(encoding="utf-8"), chance(seed))
    checked(folder, file, raw, form)


# What was found


@pytest.mark.parametrize("case", cases("fuzz"), ids=lambda case: case.stem)
def test_what_was_found_once(case: Path, tmp_path: Path) -> None:
    laid = lay(case, tmp_path / "data")
    found = report(laid.folder, laid.overlays)
    promises.kept(found)
    assert sorted(placed(problem, laid.folder) for problem in found.problems) == list(laid.expected)


@pytest.mark.parametrize(
    ("title", "size"),
    [
        ("empty entries everywhere", 57_000),
        ("a mesh of requirements", 88_000),
        ("wishes against red lines", 107_000),
        ("unknown keys of one entry", 118_000),
        ("names of marks that combine", 500_000),
        ("comments in order", 290_000),
        ("comments beside their findings", 180_000),
    ],
)
def test_a_file_that_is_made_to_take_long(folder: Path, title: str, size: int) -> None:
    raw = hostile.NAMED[title](size)
    began = time.process_time()
    found = checked(folder, SIDE, raw, "concise")
    assert time.process_time() - began < LONGEST
    assert len(found.problems) < 2 * run.MOST_FINDINGS
    assert "PF003" not in {problem.code for problem in found.problems}, "as large as it may be, no larger"


def test_a_list_has_an_end(folder: Path) -> None:
    few, many = (
        checked(folder, SIDE, f"{PROFILE}gaps: [{'a, ' * n}]\n".encode(), "json") for n in (1_000, 1_001)
    )
    assert [problem.message for problem in few.problems if problem.code == "PF003"] == []
    last = PROFILE.count("\n") + 1
    assert [(p.line, p.column, p.message) for p in many.problems if p.code == "PF003"] == [
        (last, 8 + 3_000, "a list of 1,001 entries, at most 1,000; shorten it")
    ]


def test_of_a_thousand_findings_the_first_of_each_kind_are_listed(folder: Path) -> None:
    keys = "".join(f"k{i}: 1\n" for i in range(1_200))
    found = checked(folder, SIDE, (PROFILE + "gaps: [a, b]\n" + keys).encode(), "full")
    of_keys = [problem for problem in found.problems if problem.code == "PF101"]
    assert len(of_keys) == run.FIRST_FINDINGS + 1
    assert of_keys[-1].message == "1,101 more of this kind from here on; mend those above first"
    assert {"PF201"} < {problem.code for problem in found.problems}, "no kind hides another"


@pytest.mark.parametrize("title", ["open brackets", "open braces", "dashes", "question marks", "laughs"])
def test_depth_ends_no_interpreter(folder: Path, title: str, tmp_path: Path) -> None:
    data = lay(CASES / "bad" / "PF101-unknown-key.yaml", tmp_path / "data").folder
    (data / SIDE).write_bytes(hostile.NAMED[title](yamlsource.MAX_BYTES))
    command = [sys.executable, "-m", "partnerfit", "check", str(data / SIDE), "--format", "concise"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8", cwd=ROOT)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert {line.split(" ")[1] for line in done.stdout.splitlines()} <= {"PF003", "PF004", "PF005", "PF002"}
