"""The README stays true: its commands, the output it shows, the picture, the counts."""

from __future__ import annotations

import importlib.util
import re

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_exactly_two_set_up_commands():
    """One runs the main job and one passes the tests; both use only what they install."""
    commands = script("readme").commands(README)
    assert len(commands) == 2
    assert commands[0].startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert commands[0].endswith(".venv/bin/partnerfit compare tunisia sweden")
    assert commands[1] == ".venv/bin/pytest"


def test_the_output_shown_is_the_output():
    """`scripts/readme.py refresh` writes it anew where this fails."""
    assert script("readme").refreshed(README) == README
    assert "win-win" in README


def test_the_picture_shows_the_output():
    """`scripts/picture.py docs/compare.svg` draws it anew where this fails."""
    words = re.findall(r">([^<>]+)</text>", script("picture").picture())
    assert len(words) > 100
    assert (
        re.findall(r">([^<>]+)</text>", (ROOT / "docs" / "compare.svg").read_text(encoding="utf-8")) == words
    )


def test_the_python_example_runs(capsys):
    (example,) = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102
    theme, score = capsys.readouterr().out.rsplit(maxsplit=1)
    assert theme == "Return, readmission and reintegration"
    assert 0 < float(score) <= 100


def test_every_command_of_the_table_exists():
    from partnerfit.cli.app import COMMANDS

    named = set(re.findall(r"`partnerfit (\w+)", README)) | {"themes", "groups"}
    assert set(COMMANDS) <= named | {"compare"}
    assert named <= set(COMMANDS)


def test_the_data_it_counts_are_there(catalogue):
    assert f"{len(catalogue.state_ids)} states, eleven themes with 43 measures, seventeen" in README
    assert len(catalogue.themes.themes) == 11
    assert sum(len(theme.measures) for theme in catalogue.themes.themes) == 43
    assert len(catalogue.groups.groups) == 17
