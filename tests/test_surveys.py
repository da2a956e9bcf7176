"""The commands on many pairs or codings: match, diff, reliability, in all formats."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess

import pytest
from typer.testing import CliRunner

from partnerfit.cli.app import app
from partnerfit.errors import ComparisonError, UsageError
from tests.conftest import ROOT

DATA = ROOT / "data"


def run(*arguments):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


NINE = "austria dr-congo greece malta nigeria portugal south-africa sweden tunisia".split()


@pytest.fixture(scope="session")
def nine(tmp_path_factory):
    """The data with nine profiles only."""
    folder = tmp_path_factory.mktemp("nine") / "data"
    shutil.copytree(DATA, folder)
    for profile in (folder / "states").glob("*.yaml"):
        if profile.stem not in NINE:
            profile.unlink()
    return folder


@pytest.fixture
def edited(tmp_path, nine):
    """A copy of nine profiles in which one priority of Sweden is raised and Malta is gone."""
    folder = tmp_path / "data"
    shutil.copytree(nine, folder)
    sweden = folder / "states" / "sweden.yaml"
    before = sweden.read_text(encoding="utf-8")
    assert "    priority: medium\n" in before
    sweden.write_text(before.replace("    priority: medium\n", "    priority: high\n", 1), encoding="utf-8")
    (folder / "states" / "malta.yaml").unlink()
    return folder


def test_match_in_every_format():
    plain = run("match", "nigeria", "--data", DATA)
    assert plain.startswith("Partners of Nigeria\n")
    document = json.loads(run("match", "NG", "--format", "json", "--data", DATA))
    assert document["state"] == "nigeria"
    assert [m["rank"] for m in document["ranked"]] == list(range(1, len(document["ranked"]) + 1))
    assert all(m["known"] >= 5 for m in document["ranked"])
    rows = list(csv.DictReader(run("match", "nigeria", "-f", "csv", "--data", DATA).splitlines()))
    assert len(rows) == len(document["ranked"]) + len(document["too_little_known"])
    assert "| 1 | " in run("match", "nigeria", "-f", "markdown", "--data", DATA)
    assert "Mean fit" in run("match", "nigeria", "-f", "table", "--data", DATA)


def test_match_top_shows_the_first_and_counts_the_rest():
    shown = run("match", "sweden", "--top", "1", "--data", DATA)
    assert "\n1  " in shown
    assert "\n2  " not in shown


def test_diff_tells_what_a_change_does(edited, nine):
    plain = run("diff", "--data", edited, "--against", nine)
    assert "Profiles gone: Malta. Profiles changed: Sweden. 7 pairs compared" in plain
    document = json.loads(run("diff", "--data", edited, "--against", nine, "-f", "json"))
    assert (document["changed"], document["removed"], document["pairs_compared"]) == (
        ["sweden"],
        ["malta"],
        7,
    )
    assert document["themes"]
    assert all("sweden" in (row["a"], row["b"]) for row in document["themes"])
    markdown = run("diff", "--data", edited, "--against", nine, "-f", "markdown")
    assert markdown.startswith("# What changes against ")
    assert "| Pair | Theme | Score | Change | Tension | Price | Assessment |" in markdown
    assert "No pair that stands in both is touched." in run("diff", "--data", nine, "--against", nine)


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@needs_git
def test_diff_against_a_revision(edited):
    def git(*arguments):
        subprocess.run(["git", "-C", edited.parent, *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first")
    shutil.copy(DATA / "states" / "sweden.yaml", edited / "states" / "sweden.yaml")
    assert "Profiles changed: Sweden." in run("diff", "--data", edited, "--rev", "HEAD")
    with pytest.raises(UsageError, match="no revision is called 'nope'"):
        run("diff", "--data", edited, "--rev", "nope")
    (edited / "themes.yaml").write_text("themes: 1\n", encoding="utf-8")
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qam", "broken")
    shutil.copy(DATA / "themes.yaml", edited / "themes.yaml")
    with pytest.raises(UsageError, match=r"the data at HEAD do not fit this version: themes\.yaml:1: "):
        run("diff", "--data", edited, "--rev", "HEAD")


@needs_git
def test_diff_outside_a_repository_says_so(edited):
    with pytest.raises(UsageError, match="git cannot show the earlier data"):
        run("diff", "--data", edited, "--rev", "HEAD")


@pytest.mark.parametrize("arguments", [(), ("--against", DATA, "--rev", "HEAD")])
def test_diff_needs_one_thing_to_compare_with(arguments):
    with pytest.raises(UsageError, match="--against DIR or --rev REV"):
        run("diff", *arguments)


def test_reliability_compares_two_folders(edited, nine):
    plain = run("reliability", nine, edited)
    assert "8 states in both" in plain
    assert "sweden:swe-" in plain
    document = json.loads(run("reliability", nine / "states", edited / "states", "-f", "json"))
    shares = {field["field"]: field["share"] for field in document["fields"]}
    assert shares["priority"] < 1
    assert shares["stance"] == 1


def test_reliability_needs_common_states(tmp_path, edited):
    with pytest.raises(UsageError, match="holds no profiles"):
        run("reliability", tmp_path, DATA)
    for profile in (edited / "states").glob("*.yaml"):
        profile.rename(profile.with_name(f"x-{profile.name}"))
    with pytest.raises(ComparisonError, match="no state in common"):
        run("reliability", DATA, edited)
