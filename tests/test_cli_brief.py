"""The command `brief`: exit codes, sides, files, layouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import test_cli
from tests.folder import overlay_folder, profile
from tests.test_cli import ESCAPE, PAIR, Run, process

run = test_cli.run
_elsewhere = test_cli._elsewhere


def test_a_note_for_both(run: Run) -> None:
    done = run("brief", *PAIR)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("# Tunisia and Sweden: cooperation on migration\n\nBriefing note. ")
    assert "\n## Bottom line\n\n- **Open with " in done.out
    assert ESCAPE not in done.out


@pytest.mark.parametrize("name", ["sweden", "SE", "Suède"])
def test_a_note_for_one_side(run: Run, name: str) -> None:
    done = run("brief", *PAIR, "--for", name)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("# Cooperation with Tunisia on migration: note for Sweden\n")
    assert "## Our objectives" in done.out


def test_a_note_for_a_third_state_is_refused(run: Run) -> None:
    done = run("brief", *PAIR, "--for", "malta")
    assert (done.code, done.out) == (2, "")
    assert done.err == "partnerfit: --for malta: name tunisia or sweden, the two the note is about\n"


def test_the_marking_stands_at_both_ends(run: Run) -> None:
    done = run("brief", *PAIR, "--marking", "LIMITED *")
    assert done.out.startswith("**LIMITED \\***\n\n# ")
    assert done.out.endswith("\n\n**LIMITED \\***\n")


def test_the_full_note_is_longer(run: Run) -> None:
    short, full = run("brief", *PAIR).out, run("brief", *PAIR, "--full").out
    assert len(full) > 2 * len(short)
    assert "\n## Annex\n" in full
    assert "\n## Annex\n" not in short


def test_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    assert run("brief", *PAIR, "-o", file).out == ""
    assert file.read_text(encoding="utf-8") == run("brief", *PAIR).out


@pytest.mark.parametrize("name", ["note.docx", "note.pdf", "note.html", "note.json"])
def test_no_other_format_is_pretended(run: Run, tmp_path: Path, name: str) -> None:
    done = run("brief", *PAIR, "-o", tmp_path / name)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(": a note is written in Markdown; name a file that ends in .md\n")
    assert not (tmp_path / name).exists()


def test_a_layout_of_ones_own(run: Run, tmp_path: Path) -> None:
    layout = tmp_path / "own.j2"
    layout.write_text("Ministry\n\n{{ brief.title }} ({{ brief.as_of }})\n", encoding="utf-8")
    done = run("brief", *PAIR, "--template", layout)
    assert done.code == 0
    assert done.out.startswith("Ministry\n\nTunisia and Sweden: cooperation on migration (20")


@pytest.mark.parametrize("text", ["{{ brief.titel }}", "{{ unknown }}", "{% nonsense %}", "{{ "])
def test_a_layout_that_asks_for_what_is_not_there(run: Run, tmp_path: Path, text: str) -> None:
    layout = tmp_path / "own.j2"
    layout.write_text(text, encoding="utf-8")
    done = run("brief", *PAIR, "--template", layout)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "own.j2" in done.err


def test_a_layout_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    missing, binary = tmp_path / "missing.j2", tmp_path / "binary.j2"
    binary.write_bytes(b"\xff\xfe\x00")
    done = run("brief", *PAIR, "--template", missing)
    assert (done.code, done.err.endswith("cannot be read (No such file or directory)\n")) == (2, True)
    done = run("brief", *PAIR, "--template", binary)
    assert (done.code, done.err) == (2, f"partnerfit: {binary}: is no UTF-8 text\n")


def test_private_profiles_and_other_numbers_are_named(run: Run, tmp_path: Path) -> None:
    overlay = overlay_folder(tmp_path / "mine")
    profile(overlay, "tunisia", "extends: base\n")
    method = tmp_path / "m.yaml"
    method.write_text("elsewhere: 0.4\n", encoding="utf-8")
    out = run("brief", *PAIR, "--overlay", overlay, "--method", method).out
    assert "Private profiles were used: tunisia (mine)." in out
    assert "The numbers of the method were changed by " in out


def test_unknown_names_and_equal_states(run: Run) -> None:
    assert run("brief", "tunisia", "swedn").code == 2
    assert run("brief", *PAIR, "--for", "swedn").code == 2
    done = run("brief", "tunisia", "tunisia")
    assert (done.code, done.err.count("\n")) == (1, 1)


def test_the_same_bytes_in_another_process() -> None:
    first, second = process("brief", *PAIR), process("brief", *PAIR, PYTHONHASHSEED="7")
    assert first.code == 0
    assert first.out == second.out
