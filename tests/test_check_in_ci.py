"""What other repositories use to check their data: the hook, the action, the documented snippets."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys

import pytest
import typer
import yaml

from partnerfit.cli.checking import check
from tests.conftest import ROOT

DOCS = (ROOT / "docs" / "check-in-ci.md").read_text(encoding="utf-8")
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SNIPPETS = [
    yaml.safe_load(text) for text in re.findall(r"^```yaml\n(.*?)^```", DOCS, re.DOTALL | re.MULTILINE)
]
INPUTS = {name: value["default"] for name, value in ACTION["inputs"].items()}


def parsed(words):
    """What the command makes of its arguments; raises where it does not know one."""
    alone = typer.Typer()
    alone.command()(check)
    return typer.main.get_command(alone).make_context("check", list(words)).params


def steps(name):
    (found,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == name]
    return found


@pytest.fixture
def called(tmp_path):
    """Runs the step of the action that checks, and returns the arguments of each call of partnerfit."""
    command = tmp_path / "partnerfit"
    command.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\" --end\n", encoding="utf-8")
    command.chmod(0o755)
    variables = {
        variable: re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", source)[1]
        for variable, source in steps("Check")["env"].items()
        if variable != "COMMAND"
    }
    assert set(variables.values()) == set(INPUTS) - {"python-version"}

    def run(**given):
        values = INPUTS | {name.replace("_", "-"): value for name, value in given.items()}
        environment = {variable: values[name] for variable, name in variables.items()}
        done = subprocess.run(
            [shutil.which("bash"), "--noprofile", "--norc", "-eo", "pipefail", "-c", steps("Check")["run"]],
            env={"PATH": "/usr/bin:/bin", "COMMAND": str(command), **environment},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        calls = [part.strip("\n").split("\n") for part in done.stdout.split("--end\n")[:-1]]
        return done.returncode, calls or done.stdout

    return run


posix = pytest.mark.skipif(sys.platform == "win32", reason="bash runs the step")


def test_the_hook_checks_a_folder_whole():
    (hook,) = HOOKS
    program, command, *options = shlex.split(hook["entry"])
    assert (program, command, hook["language"], hook["pass_filenames"]) == (
        "partnerfit",
        "check",
        "python",
        False,
    )
    assert [str(path) for path in parsed([*options, *hook["args"]])["paths"]] == ["data"]
    for name in ("data/states/chile.yaml", "data/corridors.csv", "private/states/chile.yml"):
        assert re.search(hook["files"], name)


def test_the_commands_of_the_documentation_exist():
    found = re.findall(r"partnerfit check (--[^`\n]*|data)$|`partnerfit check ([^`]+)`", DOCS, re.MULTILINE)
    assert len(found) >= 4
    for words in found:
        assert parsed(shlex.split("".join(words)))["paths"]


def test_the_snippets_use_what_there_is():
    hook = SNIPPETS[0]["repos"][0]["hooks"][0]
    assert hook["id"] == HOOKS[0]["id"]
    assert parsed(hook["args"])["strict"]
    used = [
        step["with"]
        for snippet in SNIPPETS[1:3]
        for step in snippet["jobs"]["check"]["steps"]
        if "/partnerfit@" in step["uses"]
    ]
    assert len(used) == 2
    assert {name for each in used for name in each} <= set(INPUTS)


def test_the_own_hook_parses():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (entry,) = [
        hook["entry"] for repo in config["repos"] if repo["repo"] == "local" for hook in repo["hooks"]
    ]
    assert parsed(shlex.split(entry)[2:])["strict"]


def test_nothing_given_to_the_action_becomes_code():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]) if "uses" in step else step["shell"]


@posix
def test_the_action_checks_what_is_asked(called):
    assert called() == (0, [["check", "--format=github", "--", "data"]])
    code, calls = called(
        paths="a b\n--strict\n\n$(touch x)", strict="true", data="base", ignore="PF502,PF503", format="full"
    )
    assert code == 0
    (call,) = calls
    assert call[:6] == ["check", "--data=base", "--ignore=PF502,PF503", "--strict", "--format=full", "--"]
    assert call[6:] == ["a b", "--strict", "$(touch x)"]
    assert not parsed(call[1:])["exit_zero"]


@posix
def test_the_action_writes_sarif_even_if_something_is_found(called):
    code, calls = called(sarif_file="out.sarif", select="PF1")
    assert code == 0
    assert calls[0] == [
        "check",
        "--select=PF1",
        "--exit-zero",
        "--format=sarif",
        "--output=out.sarif",
        "--",
        "data",
    ]
    assert calls[1] == ["check", "--select=PF1", "--format=github", "--", "data"]
    assert parsed(calls[0][1:])["exit_zero"]


@posix
def test_the_action_leaves_an_empty_path_to_the_settings(called):
    assert called(paths="") == (0, [["check", "--format=github", "--"]])


@posix
def test_strict_is_true_or_false(called):
    assert called(strict="yes") == (2, "::error::strict is true or false, not 'yes'\n")
