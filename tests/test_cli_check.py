"""The command `check`: exit codes, which files, settings, formats, stdout and stderr."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from partnerfit.checks import run as checks
from partnerfit.checks.rules import Rule
from tests import test_cli
from tests.folder import BODY, data_folder, head, overlay_folder, profile, quoted, write
from tests.test_cli import DATA, ESCAPE, Done, Run, process

run = test_cli.run
_elsewhere = test_cli._elsewhere

HEAD = head("Alpha", "AF", "AFG")
WRONG = HEAD + BODY.replace("visas", "visa")
DOUBTFUL = HEAD + BODY.replace("A wish.", "As agreed with Belgium.")
LINE = HEAD.count("\n") + 2
"""The line of the objective."""
TODAY = ("--as-of", "2026-11-25")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one profile in order."""
    folder = data_folder(tmp_path / "data")
    profile(folder, "alpha", HEAD + BODY)
    return folder


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """An overlay with a profile in which a measure is misspelt."""
    folder = overlay_folder(tmp_path / "private")
    profile(
        folder,
        "beta",
        head("Beta", "BE", "BEL")
        + BODY.replace("visas", "visa").replace("obj-", "b-").replace("A wish", "A private wish"),
    )
    return folder


def check(run: Run, *args: str | Path) -> Done:
    """Run `check` on a fixed day."""
    return run("check", *args, *TODAY)


def places(done: Done) -> list[str]:
    """`FILE:LINE:CODE` of each line of a concise report."""
    found = [re.fullmatch(r"(.+):(\d+):\d+: (PF\d{3}) .+", line) for line in done.out.splitlines()]
    assert all(found)
    return [f"{Path(one[1]).name}:{one[2]}:{one[3]}" for one in found if one]


# Exit codes, stdout and stderr


def test_data_in_order(run: Run, data: Path) -> None:
    done = check(run, "--data", data)
    assert done == Done(0, "", f"4 files, 1 source checked in {data}: all in order\n")


def test_an_error(run: Run, data: Path) -> None:
    file = profile(data, "alpha", WRONG)
    done = check(run, "--data", data)
    assert done.code == 1
    assert done.out.startswith(f"{file}:{LINE}:")
    assert done.out.endswith("PF201 no measure is called `visa`; did you mean `visas`?\n")
    assert done.err == f"4 files, 1 source checked in {data}: 1 error\n"


def test_a_warning_fails_only_when_it_is_strict(run: Run, data: Path) -> None:
    profile(data, "alpha", DOUBTFUL)
    done = check(run, "--data", data)
    assert (done.code, places(done)) == (0, [f"alpha.yaml:{LINE}:PF306"])
    assert done.err == f"4 files, 1 source checked in {data}: 1 warning\n"
    strict = check(run, "--data", data, "--strict")
    assert (strict.code, strict.out, strict.err) == (1, done.out, done.err)


def test_exit_zero_whatever_is_found(run: Run, data: Path) -> None:
    profile(data, "alpha", WRONG)
    done = check(run, "--data", data, "--strict", "--exit-zero")
    assert (done.code, places(done)) == (0, [f"alpha.yaml:{LINE}:PF201"])
    assert check(run, "--data", data / "no", "--exit-zero").code == 2


def test_it_is_said_what_could_not_be_checked(run: Run, data: Path) -> None:
    write(data / "groups.yaml", "groups: [\n")
    done = check(run, "--data", data)
    assert (done.code, places(done)) == (1, ["groups.yaml:1:PF002"])
    assert "not checked: measures, themes and codes" in done.err


def test_shipped_data_are_in_order(run: Run) -> None:
    done = check(run, "--strict", "--data", DATA)
    assert (done.code, done.out) == (0, "")


def test_without_a_day_it_is_today(run: Run, data: Path) -> None:
    profile(data, "alpha", HEAD.replace("2026-11-01", "2999-01-01") + BODY)
    done = run("check", "--data", data)
    assert (done.code, places(done)) == (1, ["alpha.yaml:6:PF501"])
    assert run("check", "--data", data, "--as-of", "2999-01-01").code == 0
    assert run("check", "--data", data, "--as-of", "3001-01-01", "--strict").code == 1


@pytest.mark.parametrize("day", ["2026", "2026-13-01", "today", ""])
def test_a_day_that_is_none(run: Run, data: Path, day: str) -> None:
    said = run("check", "--data", data, "--as-of", day).error(2)
    assert said == f"--as-of {day!r} is no date; write YYYY-MM-DD"


# Which rules


def test_rules_are_selected_and_ignored(run: Run, data: Path) -> None:
    profile(data, "alpha", DOUBTFUL.replace("visas", "visa"))
    both = [f"alpha.yaml:{LINE}:PF201", f"alpha.yaml:{LINE}:PF306"]
    assert places(check(run, "--data", data)) == both
    assert places(check(run, "--data", data, "--select", "PF3")) == both[1:]
    assert places(check(run, "--data", data, "--select", "pf201,PF306")) == both
    assert places(check(run, "--data", data, "--select", "PF201", "--select", "PF3")) == both
    assert places(check(run, "--data", data, "--ignore", "PF3")) == both[:1]
    assert places(check(run, "--data", data, "--ignore", "PF2,PF3")) == []
    assert check(run, "--data", data, "--select", "PF9").code == 0


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_is_none(run: Run, data: Path, option: str) -> None:
    message = "no rule is called 'PF7'; `partnerfit check --list-rules` lists all"
    assert check(run, "--data", data, option, "PF3,PF7").error(2) == message


def test_the_rules_are_listed(run: Run, tmp_path: Path) -> None:
    done = run("check", "--list-rules")
    assert (done.code, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines()] == list(checks.RULES)
    assert run("check", "--list-rules", "-o", tmp_path / "rules.txt") == Done(0, "", "")
    assert (tmp_path / "rules.txt").read_text(encoding="utf-8") == done.out


@pytest.mark.parametrize("rule", checks.RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_is_explained(run: Run, rule: Rule) -> None:
    done = run("check", "--explain", rule.code.lower())
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{rule.code} {rule.title} ({rule.severity})\n")
    assert rule.mend in " ".join(done.out.split())


@pytest.mark.parametrize("code", ["PF3", "nonsense", ""])
def test_a_rule_that_cannot_be_explained(run: Run, code: str) -> None:
    message = f"no rule is called {code!r}; `partnerfit check --list-rules` lists all"
    assert run("check", "--explain", code).error(2) == message


# Which files


def test_a_file(run: Run, data: Path) -> None:
    alpha = profile(data, "alpha", WRONG)
    beta = profile(data, "beta", head("Beta", "BE", "BEL") + BODY)
    assert places(check(run, alpha)) == [f"alpha.yaml:{LINE}:{code}" for code in ("PF401", "PF201", "PF305")]
    assert places(check(run, beta)) == [f"beta.yaml:{LINE}:{code}" for code in ("PF401", "PF305")]
    assert len(places(check(run, alpha, beta))) == 5
    assert check(run, beta).err == f"1 file, 1 source checked in {data}: 2 errors\n"


@pytest.mark.parametrize("path", ["data", "data/", "./data", "data/states", "data/../data"])
def test_a_folder(run: Run, data: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    profile(data, "alpha", WRONG)
    monkeypatch.chdir(data.parent)
    done = check(run, path)
    assert (done.code, places(done)) == (1, [f"alpha.yaml:{LINE}:PF201"])
    assert "data/states/alpha.yaml" in done.out.split(":")[0]


@pytest.mark.parametrize("inside", [".", "states"])
def test_the_working_directory(run: Run, data: Path, inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    profile(data, "alpha", WRONG)
    monkeypatch.chdir(data / inside)
    assert places(check(run, ".")) == [f"alpha.yaml:{LINE}:PF201"]
    assert places(check(run, "alpha.yaml" if inside == "states" else "states/alpha.yaml"))


def test_a_folder_and_a_file_in_it(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = profile(data, "alpha", WRONG)
    monkeypatch.chdir(data.parent)
    for paths in (("data", "data/states/alpha.yaml"), ("data", file), (data, "data/states")):
        assert places(check(run, *paths)) == [f"alpha.yaml:{LINE}:PF201"]


def test_a_shared_file(run: Run, data: Path) -> None:
    write(data / "names.csv", "iso3,en\nAFG\n")
    assert places(check(run, data / "names.csv")) == ["names.csv:2:PF113"]
    assert check(run, data / "themes.yaml").code == 2


def test_an_overlay_folder(run: Run, data: Path, private: Path) -> None:
    found = [f"beta.yaml:{LINE}:PF201"]
    assert places(check(run, private, "--data", data)) == found
    assert places(check(run, private / "states" / "beta.yaml", "--data", data)) == found
    assert places(check(run, private, "--data", data, "--overlay", private)) == found
    assert places(check(run, "--data", data, "--overlay", private)) == found
    assert places(check(run, data, "--overlay", private)) == []
    assert (
        check(run, private, "--data", data).err
        == f"1 file, 1 source checked in {data} and {private}: 1 error\n"
    )


def test_an_overlay_lies_over_configured_data(
    run: Run, data: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERFIT_DATA", str(data))
    profile(private, "alpha", "extends: base\n" + BODY.split("sources:\n")[0].replace("obj-", "p-"))
    assert check(run, private / "states" / "alpha.yaml").code == 0


def test_a_path_that_is_not_there(run: Run, data: Path) -> None:
    path = data / "states" / "nope.yaml"
    assert check(run, path).error(2) == f"{path}: there is no such file or folder"
    assert check(run, data, path).error(2) == f"{path}: there is no such file or folder"


def test_a_path_outside_any_data(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "alpha.yaml", WRONG)
    message = "lies in no data folder; profiles are files `states/ID.yaml` in one"
    assert check(run, file).error(2) == f"{file}: {message}"
    assert check(run, tmp_path).error(2) == f"{tmp_path}: {message}"


def test_two_data_folders(run: Run, data: Path, tmp_path: Path) -> None:
    other = data_folder(tmp_path / "other")
    message = f"{other} and {data} are two data folders; check them one by one"
    assert check(run, other, data).error(2) == message
    assert check(run, other, "--data", data).error(2) == message


@pytest.mark.parametrize("option", ["--data", "--overlay"])
def test_a_folder_that_is_not_there(run: Run, data: Path, option: str, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert str(nowhere) in check(run, option, nowhere).error(2)


# Settings


def settings(folder: Path, text: str) -> Path:
    """A pyproject.toml with a table for partnerfit."""
    return write(folder / "pyproject.toml", f"[tool.partnerfit]\n{text}\n")


@pytest.fixture
def project(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder above the data, where one works; the profile has an error and a warning."""
    profile(data, "alpha", DOUBTFUL.replace("visas", "visa"))
    monkeypatch.delenv("PARTNERFIT_DATA")
    monkeypatch.chdir(data.parent)
    return data.parent


def test_settings_choose_data_and_rules(run: Run, project: Path) -> None:
    error, warning = f"alpha.yaml:{LINE}:PF201", f"alpha.yaml:{LINE}:PF306"
    settings(project, 'data = "data"')
    assert places(check(run)) == [error, warning]
    settings(project, 'data = "data"\nselect = ["PF3"]')
    assert places(check(run)) == [warning]
    assert places(check(run, "--select", "PF2")) == [error]
    settings(project, 'data = "data"\nignore = ["PF3"]')
    assert places(check(run)) == [error]
    assert places(check(run, "--ignore", "PF2")) == []


def test_a_setting_makes_it_strict(run: Run, project: Path) -> None:
    settings(project, 'data = "data"\nignore = ["PF2"]\nstrict = true')
    assert check(run).code == 1
    settings(project, 'data = "data"\nignore = ["PF2"]\nstrict = false')
    assert check(run).code == 0
    assert check(run, "--strict").code == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('select = "PF3"', '[tool.partnerfit] select is a list of codes, such as ["PF306"]'),
        ("ignore = [306]", '[tool.partnerfit] ignore is a list of codes, such as ["PF306"]'),
        ("strict = 1", "[tool.partnerfit] strict is true or false"),
        ('strict = "yes"', "[tool.partnerfit] strict is true or false"),
        ("data = 3", "[tool.partnerfit] data is the path of a folder, in quotes"),
        ("colour = true", "[tool.partnerfit] has no key 'colour'; it takes data, ignore, select, strict"),
    ],
)
def test_a_setting_of_another_kind(run: Run, project: Path, text: str, message: str) -> None:
    settings(project, text if "data" in text else f'data = "data"\n{text}')
    assert check(run).error(2) == f"pyproject.toml: {message}"


def test_a_setting_that_names_no_rule(run: Run, project: Path) -> None:
    settings(project, 'data = "data"\nignore = ["PF7"]')
    assert "no rule is called 'PF7'" in check(run).error(2)


# Formats


FORMATS = ("full", "concise", "json", "github", "gitlab", "sarif", "junit")


@pytest.mark.parametrize("form", FORMATS)
def test_each_format(run: Run, data: Path, form: str) -> None:
    profile(data, "alpha", DOUBTFUL.replace("visas", "visa"))
    done = check(run, "--data", data, "--format", form)
    assert done.code == 1
    assert done.err == f"4 files, 1 source checked in {data}: 1 error, 1 warning\n"
    assert ESCAPE not in done.out
    assert {"PF201", "PF306"} <= set(re.findall(r"PF\d{3}", done.out))
    if form in ("json", "gitlab", "sarif"):
        json.loads(done.out)
    if form == "junit":
        ET.fromstring(done.out)  # noqa: S314


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_where_nothing_is_found(run: Run, data: Path, form: str) -> None:
    done = check(run, "--data", data, "--format", form)
    assert (done.code, done.err) == (0, f"4 files, 1 source checked in {data}: all in order\n")
    if form in ("json", "gitlab", "sarif"):
        json.loads(done.out)
    elif form == "junit":
        ET.fromstring(done.out)  # noqa: S314
    else:
        assert done.out == ""


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_gets_what_stdout_would(run: Run, data: Path, tmp_path: Path, form: str) -> None:
    profile(data, "alpha", WRONG)
    to_stdout = check(run, "--data", data, "--format", form)
    to_file = check(run, "--data", data, "--format", form, "-o", tmp_path / "found")
    assert to_file == Done(1, "", to_stdout.err)
    assert (tmp_path / "found").read_text(encoding="utf-8") == to_stdout.out


def test_a_file_that_cannot_be_written(run: Run, data: Path, tmp_path: Path) -> None:
    assert "cannot be written" in check(run, "--data", data, "-o", tmp_path).error(2)


def test_a_pipe_gets_one_line_a_finding_and_a_workflow_annotations(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile(data, "alpha", WRONG)
    piped = check(run, "--data", data)
    assert piped == check(run, "--data", data, "--format", "concise")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    annotated = check(run, "--data", data)
    assert annotated.out.startswith("::error file=")
    assert annotated == check(run, "--data", data, "--format", "github")
    assert check(run, "--data", data, "--format", "concise") == piped
    check(run, "--data", data, "-o", tmp_path / "found.txt")
    assert (tmp_path / "found.txt").read_text(encoding="utf-8") == piped.out


def test_a_terminal_gets_the_lines_and_colour(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile(data, "alpha", WRONG)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    full = check(run, "--data", data, "--color", "never")
    assert full.out == check(run, "--data", data, "--format", "full", "--color", "never").out
    assert "measure: visa" in full.out
    assert ESCAPE not in full.out
    assert ESCAPE in check(run, "--data", data).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in check(run, "--data", data).out


def test_the_same_bytes_and_no_escapes_in_a_pipe(data: Path) -> None:
    profile(data, "alpha", WRONG.replace("State of Alpha", "\\e[31mState"))
    done = [
        process("check", "--data", data, *TODAY, FORCE_COLOR="1", PYTHONHASHSEED=seed) for seed in ("1", "2")
    ]
    assert done[0] == done[1]
    assert done[0].code == 1
    assert ESCAPE not in done[0].out + done[0].err


def test_a_reader_that_closes_the_pipe(data: Path) -> None:
    for i in range(400):
        profile(data, f"wrong-{i}", f"name: {quoted('x' * 300)}\n")
    first = subprocess.run(
        ["sh", "-c", f"{quoted(sys.executable)} -m partnerfit check --data {quoted(str(data))} | head -n 1"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert first.stdout.count("\n") == 1
    assert "Traceback" not in first.stderr


def test_what_a_file_says_cannot_forge_a_command(run: Run, data: Path) -> None:
    profile(data, "alpha", HEAD + '"x\\n::error file=a::b": 1\n"::set-output name=a::b": 1\n' + BODY)
    done = check(run, "--data", data, "--format", "github")
    assert done.code == 1
    assert len(done.out.splitlines()) == 2
    assert all(line.startswith("::error file=/") for line in done.out.splitlines())
