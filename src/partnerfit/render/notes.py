"""Brief -> Markdown by a template, the own one or that of an organisation. Text is escaped by itself."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from partnerfit.brief.content import Bar, Brief, Claim, Table
from partnerfit.errors import UsageError
from partnerfit.render.blocks import bar_text
from partnerfit.render.markdown import escape
from partnerfit.render.plain import one_line_ends

WIDEST = 40
"""Dashes under a title at most."""
TEMPLATES = Path(__file__).parent / "templates"


def markdown(brief: Brief) -> str:
    """The note as Markdown in the layout of partnerfit: footnotes, then a list of sources."""
    return _tidy(_environment().get_template("note.md.j2").render(brief=brief))


def markdown_by(brief: Brief, template: str, name: str) -> str:
    """The note in a layout of one's own: a Jinja template that is given the `brief`.

    Raises:
        UsageError: the template called `name` cannot be read, or asks for something that is not there.
    """
    try:
        return _tidy(_environment().from_string(template).render(brief=brief))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"{name}:{line}" if line else name
        raise UsageError(f"{place}: {_said(error)}; the template is given `brief`") from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise UsageError(f"{name}: {_said(error)}; the template is given `brief`") from None


def _said(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


@functools.cache
def _environment() -> Environment:
    """Templates in a sandbox; whatever they print is escaped for Markdown, unless it is Markdown already."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,  # so that what a macro returns is known to be escaped
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cell": _cell, "rule": _rule}
    return environment


def _shown(value: object) -> object:
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(escape(value))  # noqa: S704


def _cell(cell: Claim | Bar) -> Markup:
    """A cell of a table, with the mark of its note."""
    if isinstance(cell, Bar):
        return Markup(bar_text(cell.value))  # noqa: S704
    mark = f"[^{cell.number}]" if cell.number else ""
    return Markup(escape(cell.text) + mark)  # noqa: S704


def _rule(table: Table) -> Markup:
    """The line under the titles; pandoc gives columns the widths of its dashes where lines are long."""
    shown = [[str(_cell(cell)) for cell in row] for row in table.rows]
    widths = [max(3, *map(len, column)) for column in zip(table.columns, *shown, strict=True)]
    dashes = (
        "-" * (min(width, WIDEST) - 1) + (":" if place in table.right else "-")
        for place, width in enumerate(widths)
    )
    return Markup("| " + " | ".join(dashes) + " |")  # noqa: S704


def _tidy(text: str) -> str:
    """One blank line between blocks, none at the ends of lines, one line break at the end."""
    return re.sub(r"\n{3,}", "\n\n", one_line_ends(text)).strip() + "\n"
