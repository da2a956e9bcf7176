"""Arguments and options that several commands share, and completion of names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from partnerfit.errors import PartnerfitError, UsageError
from partnerfit.folders import data_folder, state_files


class Format(StrEnum):
    """How a result is written."""

    table = "table"
    plain = "plain"
    json = "json"
    csv = "csv"
    markdown = "markdown"


class Colour(StrEnum):
    """When colour is used; NO_COLOR wins."""

    auto = "auto"
    always = "always"
    never = "never"


def complete_state(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """Ids of states that begin so."""
    # File names are ids: nothing has to be read to complete one.
    return _matching((path.stem for path in state_files(_folder(ctx))), incomplete)


def complete_subject(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """Ids of themes and measures that begin so."""
    return _matching(_keys(_folder(ctx) / "themes.yaml", r"^ {2,6}- id: (\S+)$"), incomplete)


def _complete_theme(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    return _matching(_keys(_folder(ctx) / "themes.yaml", r"^ {2}- id: (\S+)$"), incomplete)


def complete_group(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """Codes of groups that begin so."""
    return _matching(_keys(_folder(ctx) / "groups.yaml", r"^ *- code: (\S+)$"), incomplete)


def _folder(ctx: typer.Context) -> Path:
    try:
        return data_folder(ctx.params.get("data"))
    except PartnerfitError:
        return Path()


def _keys(file: Path, pattern: str) -> list[str]:
    try:
        return re.findall(pattern, file.read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return []


def _matching(names: Iterator[str] | list[str], incomplete: str) -> Iterator[str]:
    return (name for name in names if name.casefold().startswith(incomplete.casefold()))


def parsed_date(text: str) -> dt.date:
    """The day given by `--as-of`.

    Raises:
        UsageError: it is none.
    """
    from partnerfit.values import day

    try:
        return day(text)
    except ValueError:
        raise UsageError(f"--as-of {text!r} is no date; write YYYY-MM-DD") from None


StateArgument = Annotated[
    str,
    typer.Argument(
        help="A state by id, ISO code or any of its names.",
        autocompletion=complete_state,
        show_default=False,
    ),
]
SubjectArgument = Annotated[
    str,
    typer.Argument(
        help="A theme or a measure, by id or name.",
        autocompletion=complete_subject,
        show_default=False,
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="The folder of data to use.", show_default=False),
]
OverlayOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--overlay",
        metavar="DIR",
        help="A folder with private profiles to lay over the data; may be repeated.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="Default: by the suffix of -o, else table on a terminal and plain in a pipe.",
        show_default=False,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file.", show_default=False),
]
ColourOption = Annotated[Colour, typer.Option("--color", help="When to use colour; NO_COLOR wins.")]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws.")]
DrawsOption = Annotated[int, typer.Option("--draws", min=100, max=1_000_000, help="Number of draws.")]
MethodOption = Annotated[
    Path | None,
    typer.Option("--method", metavar="FILE", help="A YAML file with other numbers.", show_default=False),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Leave out positions that lapsed before; default: the newest review of the two.",
        show_default=False,
    ),
]
ThemeOption = Annotated[
    str | None,
    typer.Option(
        "--theme", metavar="ID", help="Only this theme.", autocompletion=_complete_theme, show_default=False
    ),
]
TopOption = Annotated[
    int | None, typer.Option("--top", min=1, help="Only the first N themes.", show_default=False)
]
