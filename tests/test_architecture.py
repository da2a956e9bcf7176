"""The architecture as a reader sees it from the folder: who may import whom, who may print, what loads."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import partnerfit
from tests.conftest import ROOT

SOURCE = Path(partnerfit.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 350
CHECKS_KNOW = (
    "model values codes names errors folders yamlsource complaints hints references figures initiatives"
    " practice catalogue scoring.positions findings syntax"
).split()
BRIEFS_KNOW = "model initiatives figures scoring sentences brief".split()
HEAVY = ("numpy", "pydantic", "rich", "jinja2", "yaml")

each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(SOURCE).as_posix())


def module_of(file: Path) -> str:
    parts = ("partnerfit", *file.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


MODULES = {module_of(file): file for file in FILES}


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(file: Path) -> set[str]:
    """The modules a file imports, at the top or inside a function; relative imports are refused."""
    found: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name for name in names if name in MODULES} or {node.module}
    return found


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def belongs(file: Path, *parts: str) -> bool:
    return within(module_of(file), *(f"partnerfit.{part}" for part in parts))


# Imports go one way


@each_file
def test_imports_go_from_the_command_line_towards_the_model(file: Path) -> None:
    found = imports(file)
    if belongs(file, "scoring"):
        own = {name for name in found if within(name, "partnerfit")}
        known = tuple(f"partnerfit.{name}" for name in "model initiatives errors scoring".split())
        assert all(within(name, *known) for name in own)
        others = {name.partition(".")[0] for name in found - own}
        assert others <= {"numpy", "pydantic", *sys.stdlib_module_names}
    below = (
        "values model errors codes hints syntax complaints yamlsource csvsource names folders findings"
        " references figures revision initiatives practice catalogue"
    )
    if belongs(file, *below.split()):
        above = ("partnerfit.checks", "partnerfit.render", "partnerfit.cli")
        assert not any(within(name, *above) for name in found)
    if belongs(file, "checks"):
        own = {name for name in found if within(name, "partnerfit")}
        assert all(
            within(n, "partnerfit.checks", *(f"partnerfit.{part}" for part in CHECKS_KNOW)) for n in own
        )
    if belongs(file, "brief", "sentences"):
        own = {name for name in found if within(name, "partnerfit")}
        assert all(within(n, *(f"partnerfit.{part}" for part in BRIEFS_KNOW)) for n in own)
    if belongs(file, "render"):
        assert not any(within(name, "partnerfit.cli", "partnerfit.catalogue") for name in found)
    if not belongs(file, "cli") and file.name != "__main__.py":
        assert not any(within(name, "partnerfit.cli", "typer", "click") for name in found)


def test_no_module_imports_itself_by_way_of_others() -> None:
    reached: dict[str, set[str]] = {
        name: {other for other in imports(file) if other in MODULES and other != "partnerfit"}
        for name, file in MODULES.items()
    }

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " > ".join((*above[above.index(name) :], name))
        for other in sorted(reached[name]):
            visit(other, (*above, name))

    for name in ("partnerfit.__main__", *sorted(MODULES)):
        # `partnerfit` and `errors` name others for the type checker alone.
        if name not in {"partnerfit", "partnerfit.errors"}:
            reached["partnerfit.errors"] = set()
            visit(name, ())


def test_the_model_knows_nothing_else() -> None:
    assert {name for name in imports(SOURCE / "model.py") if within(name, "partnerfit")} == {
        "partnerfit.values"
    }
    assert imports(SOURCE / "values.py") <= sys.stdlib_module_names
    assert {name for name in imports(SOURCE / "initiatives.py") if within(name, "partnerfit")} == {
        "partnerfit.model"
    }


# Who prints, who reads the clock


@each_file
def test_only_the_command_line_prints(file: Path) -> None:
    if belongs(file, "cli"):
        return
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "input"}, f"line {node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sys":
            assert node.attr not in {"stdout", "stderr", "stdin", "exit"}, f"line {node.lineno}"


@each_file
def test_only_checking_and_authoring_read_the_clock(file: Path) -> None:
    if belongs(file, "cli.checking", "cli.authoring"):
        return
    names = {node.attr for node in ast.walk(tree(file)) if isinstance(node, ast.Attribute)}
    assert names.isdisjoint({"now", "today", "utcnow", "time_ns", "perf_counter"})
    assert "time" not in imports(file)


@pytest.mark.parametrize("package", ["scoring", "brief", "render"])
def test_scoring_notes_and_rendering_open_no_file(package: str) -> None:
    for file in (SOURCE / package).rglob("*.py"):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
                assert name not in {"open", "read_text", "read_bytes", "write_text", "write_bytes"}, file


# Size and docstrings


@each_file
def test_a_module_is_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@each_file
def test_a_module_says_what_it_is(file: Path) -> None:
    assert ast.get_docstring(tree(file))


def test_what_is_public_can_be_imported() -> None:
    for name in partnerfit.__all__:
        assert getattr(partnerfit, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = partnerfit.nonsense


def test_the_public_names_in_one_import() -> None:
    space: dict[str, object] = {}
    exec("from partnerfit import *", space)  # noqa: S102
    assert set(partnerfit.__all__) <= set(space)


# What a short run loads


def loaded(code: str, *args: str, **environment: str) -> set[str]:
    """The heavy modules that are loaded when a piece of code has run in a fresh interpreter."""
    report = "import atexit, sys; atexit.register(lambda: sys.stderr.write(' '.join(sys.modules)));"
    done = subprocess.run(
        [sys.executable, "-c", report + code, *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PARTNERFIT_DATA": str(ROOT / "data"), "PYTHONUTF8": "1", **environment},
    )
    return set(done.stderr.split()) & set(HEAVY)


RUN = "from partnerfit.cli import main; main()"


def test_what_typer_loads_by_itself() -> None:
    assert loaded("import typer") == set()


@pytest.mark.parametrize("module", ["partnerfit", "partnerfit.cli", "partnerfit.cli.app"])
def test_the_commands_are_light(module: str) -> None:
    assert loaded(f"import {module}") == set()


def test_the_version_is_light() -> None:
    assert loaded(RUN, "--version") == set()


def test_help_is_light() -> None:
    assert loaded(RUN, "--help") == set()


@pytest.mark.parametrize("line", ["partnerfit compare tu", "partnerfit compare tunisia sw"])
def test_completing_a_state_is_light(line: str) -> None:
    protocol = {"_PARTNERFIT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
    # Typer itself reads the arguments that are already there with pydantic.
    assert loaded(RUN, **protocol) <= {"pydantic"}


def test_plain_output_does_without_rich() -> None:
    args = ("compare", "tunisia", "sweden", "--draws", "100", "--format", "plain")
    assert loaded(RUN, *args) == {"numpy", "pydantic", "yaml"}


def test_a_note_alone_loads_the_templates() -> None:
    assert loaded(RUN, "brief", "malta", "libya") == {"jinja2", "numpy", "pydantic", "yaml"}


def test_a_list_does_without_drawing() -> None:
    assert "rich" not in loaded(RUN, "states", "--format", "json")
