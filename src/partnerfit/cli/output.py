"""Where a result goes and in what form: stdout or a file, for a reader or a program."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerfit.cli.options import Colour, Format
from partnerfit.errors import UsageError

if TYPE_CHECKING:
    from partnerfit.catalogue import Catalogue
    from partnerfit.render.blocks import Page
    from partnerfit.scoring.method import Method

UNWRITABLE = "backslashreplace"
"""Characters that an encoding lacks are written as escapes, as Python does on stderr: nothing is lost."""
SUFFIXES = {".json": Format.json, ".csv": Format.csv, ".md": Format.markdown, ".txt": Format.plain}


@dataclass(frozen=True)
class Views:
    """One result in its three forms, each made only when it is asked for.

    `columns` are those of the rows; without them the first row names them. `notes` are what pages
    and records say of how the result was made: rows have no place for it.
    """

    page: Callable[[], Page]
    record: Callable[[], object]
    rows: Callable[[], Sequence[Mapping[str, Any]]]
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def write(views: Views, form: Format | None, file: Path | None, colour: Colour) -> None:
    """Write a result.

    Raises:
        UsageError: the file, or stdout, cannot be written.
    """
    chosen = form or _default(file)
    put(_text(views, chosen, colour, to_terminal=file is None and sys.stdout.isatty()), file)
    if chosen is Format.csv:
        for said in views.notes:
            note(said)


def put(text: str, file: Path | None) -> None:
    """Write a text to a file, or to stdout.

    Raises:
        UsageError: the file, or stdout, cannot be written.
    """
    if file is None:
        _print(text)
        return
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror})") from None


def in_colour(colour: Colour, *, to_terminal: bool) -> bool:
    """Whether to use colour: as asked, or on a terminal that shows it; NO_COLOR wins."""
    capable = to_terminal and os.environ.get("TERM") != "dumb"
    wanted = colour is Colour.always or (colour is Colour.auto and capable)
    return wanted and not os.environ.get("NO_COLOR")


def _print(text: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors=UNWRITABLE)
        else:
            # A program reads it: the same bytes everywhere.
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has what it wanted; what is still buffered must not raise at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        # What is still buffered must not raise at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UsageError(f"stdout: cannot be written ({error.strerror}); name a file with -o") from None


def note_overlays(catalogue: Catalogue, states: Iterable[str]) -> None:
    """Say on stderr whose private profiles were used, where the result has no place for it."""
    for said in overlay_notes(catalogue, states):
        note(said)


def overlay_notes(catalogue: Catalogue, states: Iterable[str]) -> tuple[str, ...]:
    """Whose private profiles were used for these states (ids), or that the overlays hold none of them."""
    if not catalogue.overlays:
        return ()
    used = [f"{state} ({', '.join(names)})" for state in states if (names := catalogue.private(state))]
    if used:
        return (f"Private profiles were used: {', '.join(used)}.",)
    return (f"The overlays hold no profile of these states: {', '.join(catalogue.overlay_names)}.",)


def chosen_method(file: Path | None) -> tuple[Method, Path | None]:
    """The method of a file, or the default, and the file if it changed any number."""
    from partnerfit.catalogue import load_method
    from partnerfit.scoring.method import Method

    method = load_method(file) if file else Method()
    return method, file if method != Method() else None


def method_notes(file: Path | None) -> tuple[str, ...]:
    """That a file changed numbers of the method."""
    return (f"The numbers of the method were changed by {file}.",) if file else ()


def note(message: str) -> None:
    """Say something beside the result."""
    print(f"partnerfit: {message}", file=sys.stderr)


def _default(file: Path | None) -> Format:
    if file is not None:
        return SUFFIXES.get(file.suffix.lower(), Format.plain)
    return Format.table if sys.stdout.isatty() else Format.plain


def _text(views: Views, form: Format, colour: Colour, *, to_terminal: bool) -> str:
    match form:
        case Format.json:
            from partnerfit.render.tabular import to_json

            return to_json(views.record())
        case Format.csv:
            from partnerfit.render.tabular import to_csv

            return to_csv(views.rows(), views.columns)
        case Format.markdown:
            from partnerfit.render import markdown

            return markdown.render(views.page())
        case Format.plain:
            from partnerfit.render import plain

            return plain.render(views.page())
        case Format.table:
            from partnerfit.render import terminal

            return terminal.render(
                views.page(),
                width=shutil.get_terminal_size().columns,
                colour=in_colour(colour, to_terminal=to_terminal),
            )
