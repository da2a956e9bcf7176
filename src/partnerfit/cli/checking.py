"""The command that checks data files."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partnerfit.cli.options import (
    Colour,
    ColourOption,
    DataOption,
    OutputOption,
    OverlayOption,
    parsed_date,
)
from partnerfit.cli.output import in_colour, note, put
from partnerfit.errors import UsageError
from partnerfit.folders import data_folder, settings, shown

if TYPE_CHECKING:
    from partnerfit.checks.run import Report


class CheckFormat(StrEnum):
    """How findings are written."""

    auto = "auto"
    full = "full"
    concise = "concise"
    json = "json"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"
    junit = "junit"


SUFFIXES = {".json": CheckFormat.json, ".sarif": CheckFormat.sarif, ".xml": CheckFormat.junit}

CodesOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CODE",
        help="Only these rules, by code or its beginning; may be repeated.",
        show_default=False,
    ),
]


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files or folders to check, in the light of all others. Default: all data.",
            show_default=False,
        ),
    ] = None,
    data: DataOption = None,
    overlay: OverlayOption = None,
    form: Annotated[
        CheckFormat,
        typer.Option(
            "--format",
            "-f",
            help="auto: by the suffix of -o; github in a workflow, full on a terminal, concise in a pipe.",
        ),
    ] = CheckFormat.auto,
    output: OutputOption = None,
    select: CodesOption = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="All but these rules.", show_default=False),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="The day to check on; default: today.", show_default=False
        ),
    ] = None,
    list_rules: Annotated[bool, typer.Option("--list-rules", help="List the rules and exit.")] = False,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="Tell what a rule is about and how to mend it.", show_default=False
        ),
    ] = None,
    color: ColourOption = Colour.auto,
) -> None:
    """Check profiles and all other data files."""
    from partnerfit.checks import run
    from partnerfit.checks.reader import read_corpus
    from partnerfit.render import problems

    if list_rules or explain is not None:
        put(problems.rules(run.RULES) if list_rules else problems.explained(run.rule(explain or "")), output)
        return
    file, configured = settings(Path.cwd())
    codes = run.chosen(
        _split(select) or _codes(configured, "select", file),
        [*_split(ignore), *_codes(configured, "ignore", file)],
    )
    strict = strict or _flag(configured, "strict", file)
    folder, layers, only = _scope(paths or [], data, tuple(overlay or ()))
    day = parsed_date(as_of) if as_of is not None else dt.datetime.now(tz=dt.UTC).date()
    report = run.check(read_corpus(folder, layers, day), codes, only)
    if not report.texts:
        raise UsageError(f"{', '.join(map(shown, paths or []))}: no data file; profiles are `states/ID.yaml`")
    _write(report, form, output, color)
    for said in report.incomplete:
        note(f"not checked: {said}")
    print(problems.closing(report, " and ".join(map(shown, (folder, *layers)))), file=sys.stderr)
    failed = report.count("error") or (strict and report.count("warning"))
    if (failed or report.incomplete) and not exit_zero:
        raise typer.Exit(1 if failed else 2)


def _write(report: Report, form: CheckFormat, output: Path | None, color: Colour) -> None:
    from partnerfit.render import ci, problems

    to_terminal = output is None and sys.stdout.isatty()
    if form is CheckFormat.auto:
        form = _fitting(output, to_terminal=to_terminal)
    if form is CheckFormat.full:
        colour = in_colour(color, to_terminal=to_terminal)
        text = problems.full(report, width=shutil.get_terminal_size().columns, colour=colour)
    else:
        text = {
            CheckFormat.concise: problems.concise,
            CheckFormat.json: problems.to_json,
            CheckFormat.github: ci.github,
            CheckFormat.gitlab: ci.gitlab,
            CheckFormat.sarif: ci.sarif,
            CheckFormat.junit: ci.junit,
        }[form](report)
    put(text, output)


def _fitting(output: Path | None, *, to_terminal: bool) -> CheckFormat:
    """The format that whoever reads it expects."""
    if output is not None:
        return SUFFIXES.get(output.suffix.lower(), CheckFormat.concise)
    if os.environ.get("GITHUB_ACTIONS"):
        return CheckFormat.github
    return CheckFormat.full if to_terminal else CheckFormat.concise


def _split(options: list[str] | None) -> list[str]:
    return [code for option in options or () for code in option.split(",")]


def _codes(configured: dict[str, object], key: str, file: Path) -> list[str]:
    codes = configured.get(key, [])
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise UsageError(f'{shown(file)}: [tool.partnerfit] {key} is a list of codes, such as ["PF306"]')
    return codes


def _flag(configured: dict[str, object], key: str, file: Path) -> bool:
    value = configured.get(key, False)
    if not isinstance(value, bool):
        raise UsageError(f"{shown(file)}: [tool.partnerfit] {key} is true or false")
    return value


def _scope(
    paths: Iterable[Path], data: Path | None, overlays: tuple[Path, ...]
) -> tuple[Path, tuple[Path, ...], frozenset[Path] | None]:
    """The data folder and overlays that some paths lie in, and the files they stand for; None for all.

    A folder with a themes.yaml is a data folder; any other that holds profiles lies over the data.
    """
    files: list[Path] = []
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"{shown(path)}: there is no such file or folder")
        layer = _layer(path)
        found.setdefault(layer.resolve(), layer)
        files += [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]
    bases = [layer for layer in found.values() if (layer / "themes.yaml").is_file()]
    named = [*bases, *([data] if data is not None and data.resolve() not in map(Path.resolve, bases) else [])]
    if len(named) > 1:
        raise UsageError(
            f"{shown(named[0])} and {shown(named[1])} are two data folders; check them one by one"
        )
    folder = data_folder(named[0] if named else None)
    given = {overlay.resolve() for overlay in overlays}
    above = [layer for real, layer in found.items() if layer not in bases and real not in given]
    return folder, (*overlays, *above), frozenset(file.resolve() for file in files) if paths else None


def _layer(path: Path) -> Path:
    """The folder of data or overlay that a path lies in, or that it is."""
    here = path if path.is_dir() else path.parent
    for folder in (here, *here.absolute().parents):
        if (folder / "themes.yaml").is_file() or (folder / "states").is_dir():
            return folder
    raise UsageError(f"{shown(path)}: lies in no data folder; profiles are files `states/ID.yaml` in one")
