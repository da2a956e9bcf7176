"""Cases of the checks on disk: a file or folder of `tests/cases` laid over its small base of data."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from partnerfit.checks import run
from partnerfit.checks.reader import read_corpus
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases"
TODAY = dt.date(2026, 11, 25)
ALL = frozenset(run.RULES)

_EXPECT = re.compile(rb"^# expect: ((?:states/[a-z-]+\.yaml:)?\d+:\d+:PF\d{3})\n?", re.MULTILINE)


@dataclass(frozen=True)
class Laid:
    """A data folder with its overlays, and what checking it should find: `file:line:column:code`."""

    folder: Path
    overlays: tuple[Path, ...]
    expected: tuple[str, ...]


def cases(kind: str) -> list[Path]:
    """The files and folders of `good` or `bad`."""
    return sorted(path for path in (CASES / kind).iterdir() if not path.name.startswith("."))


def lay(case: Path, folder: Path) -> Laid:
    """Copy the base into a folder that does not exist yet, and the case over it."""
    shutil.copytree(CASES / "base", folder)
    overlays: list[Path] = []
    if case.is_file():
        raw = case.read_bytes()
        name = "states/uruguay.yaml"
        (folder / name).write_bytes(_EXPECT.sub(b"", raw))
        found = (place.decode() for place in _EXPECT.findall(raw))
        return Laid(folder, (), tuple(sorted(p if p.startswith("states") else f"{name}:{p}" for p in found)))
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected", "setup"))
    setup = case / "setup"
    for line in setup.read_text(encoding="utf-8").splitlines() if setup.exists() else ():
        match line.split():
            case ["overlay", name]:
                overlays.append(folder / name)
            case ["link", name, target]:
                _link(folder / name, target)
            case ["pad", name, size]:
                raw = (folder / name).read_bytes()
                (folder / name).write_bytes(raw + b"#" * (int(size) - len(raw)))
            case _:
                raise ValueError(f"{setup}: no such step: {line}")
    expected = (case / "expected").read_text(encoding="utf-8").split()
    return Laid(folder, tuple(overlays), tuple(sorted(expected)))


def _link(link: Path, target: str) -> None:
    (link.parent / target).write_text("name: Elsewhere\n", encoding="utf-8")
    link.symlink_to(target)


def report(folder: Path, overlays: Iterable[Path] = (), codes: frozenset[str] = ALL) -> run.Report:
    """What checking a folder finds on a fixed day."""
    return run.check(read_corpus(folder, tuple(overlays), TODAY), codes)


def found(folder: Path, overlays: Iterable[Path] = (), codes: frozenset[str] = ALL) -> list[str]:
    """Each finding as `file:line:column:code`, files named from the data folder."""
    return [placed(problem, folder) for problem in report(folder, overlays, codes).problems]


def placed(problem: run.Problem, folder: Path) -> str:
    """A problem as `file:line:column:code`."""
    file = Path(problem.path).relative_to(folder).as_posix()
    return f"{file}:{problem.line}:{problem.column}:{problem.code}"
