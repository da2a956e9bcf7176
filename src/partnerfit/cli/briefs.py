"""The command that writes a briefing note."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partnerfit.cli import options as opt
from partnerfit.cli.output import put
from partnerfit.cli.pairs import Run
from partnerfit.errors import UsageError

if TYPE_CHECKING:
    from partnerfit.brief.voice import Material

SUFFIXES = ("", ".md", ".markdown", ".txt")

ForOption = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="STATE",
        help="The one of the two for which it is written; default: for both alike.",
        autocompletion=opt.complete_state,
        show_default=False,
    ),
]
TemplateOption = Annotated[
    Path | None,
    typer.Option("--template", metavar="FILE", help="A Jinja template of your own.", show_default=False),
]


def brief(
    a: opt.StateArgument,
    b: opt.StateArgument,
    side: ForOption = None,
    full: Annotated[bool, typer.Option("--full", help="Everything, with an annex.")] = False,
    marking: Annotated[
        str, typer.Option("--marking", metavar="TEXT", help="A classification line.", show_default=False)
    ] = "",
    template: TemplateOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    overlay: opt.OverlayOption = None,
    method: opt.MethodOption = None,
    as_of: opt.AsOfOption = None,
    seed: opt.SeedOption = 0,
) -> None:
    """Write a briefing note of two pages, in Markdown."""
    from partnerfit.brief.compose import brief as compose
    from partnerfit.render import notes

    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{output}: a note is written in Markdown; name a file that ends in .md")
    layout = None if template is None else _read(template)
    run = Run.of(a, b, data, overlay, method, as_of, seed, draws=10_000)
    chosen = None if side is None else run.catalogue.find_state(side)
    partners = [partner.id for partner in run.result.partners]
    if chosen is not None and chosen not in partners:
        raise UsageError(f"--for {chosen}: name {' or '.join(partners)}, the two the note is about")
    found = compose(_material(run), side=chosen, full=full, marking=marking)
    text = notes.markdown(found) if layout is None else notes.markdown_by(found, layout, str(template))
    put(text, output)


def _material(run: Run) -> Material:
    """What the note is made from."""
    from partnerfit.brief.voice import Material

    catalogue = run.catalogue
    sources = (*catalogue.themes.sources, *catalogue.initiatives.sources)
    return Material(
        comparison=run.result,
        package=run.balanced,
        precedents={
            fit.theme.id: run.precedents({item.measure.id for item in fit.win_wins})
            for fit in run.result.themes
        },
        corridors=run.corridors,
        figures=catalogue.figures,
        codes=catalogue.codes,
        sources={source.id: source for source in sources},
        data_version=catalogue.themes.version,
        remarks=run.notes,
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: is no UTF-8 text") from None
