"""Where a result goes and in what form: stdout or a file, for a reader or a program."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerfit.cli.options import Colour, Format
from partnerfit.errors import UsageError

if TYPE_CHECKING:
    from partnerfit.render.blocks import Page

SUFFIXES = {".json": Format.json, ".csv": Format.csv, ".md": Format.markdown, ".txt": Format.plain}


@dataclass(frozen=True)
class Views:
    """One result in its three forms, each made only when it is asked for."""

    page: Callable[[], Page]
    record: Callable[[], object]
    rows: Callable[[], Sequence[Mapping[str, Any]]]


def write(views: Views, form: Format | None, file: Path | None, colour: Colour) -> None:
    """Write a result.

    Raises:
        UsageError: the file cannot be written.
    """
    chosen = form or _default(file)
    text = _text(views, chosen, colour, to_terminal=file is None and sys.stdout.isatty())
    if file is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror})") from None


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

            return to_csv(views.rows())
        case Format.markdown:
            from partnerfit.render import markdown

            return markdown.render(views.page())
        case Format.plain:
            from partnerfit.render import plain

            return plain.render(views.page())
        case Format.table:
            from partnerfit.render import terminal

            wanted = colour is Colour.always or (colour is Colour.auto and to_terminal)
            return terminal.render(
                views.page(),
                width=shutil.get_terminal_size().columns,
                colour=wanted and not os.environ.get("NO_COLOR"),
            )
