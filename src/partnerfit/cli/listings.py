"""Commands that show the data and the method: lists of what there is, one profile, the numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partnerfit.cli import options as opt
from partnerfit.cli.output import Views, note_overlays, write

if TYPE_CHECKING:
    from partnerfit.model import Measure, Theme


def states(
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    overlay: opt.OverlayOption = None,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """List the profiled states and their names."""
    from partnerfit.catalogue import load_catalogue
    from partnerfit.render import contents
    from partnerfit.render.views import listings

    catalogue = load_catalogue(data, overlay or ())
    found = [(state, catalogue.names(state)) for state in catalogue.state_ids]
    views = Views(
        page=lambda: listings.states(found),
        record=lambda: contents.states(found),
        rows=lambda: contents.flat(contents.states(found)),
    )
    write(views, form, output, colour)
    note_overlays(catalogue, catalogue.state_ids)


def themes(
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """List the themes and the measures in each."""
    from partnerfit.catalogue import load_catalogue
    from partnerfit.render import contents
    from partnerfit.render.views import listings

    found = load_catalogue(data).themes
    views = Views(
        page=lambda: listings.themes(found),
        record=lambda: contents.themes(found),
        rows=lambda: contents.measure_rows(found),
    )
    write(views, form, output, colour)


def groups(
    name: Annotated[
        str | None,
        typer.Argument(help="Show one group in full.", autocompletion=opt.complete_group, show_default=False),
    ] = None,
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    overlay: opt.OverlayOption = None,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """List organisations and dialogues, or show one."""
    from partnerfit.catalogue import load_catalogue
    from partnerfit.render import contents
    from partnerfit.render.views import listings

    catalogue = load_catalogue(data, overlay or ())
    context = catalogue.context()
    profiled = {catalogue.names(state).iso3: state for state in catalogue.state_ids}
    chosen = (catalogue.group(name),) if name is not None else catalogue.groups.groups
    views = Views(
        page=lambda: (
            listings.group(chosen[0], context, profiled)
            if name
            else listings.groups(chosen, context, frozenset(profiled))
        ),
        record=lambda: contents.groups(chosen, context),
        rows=lambda: contents.group_rows(chosen, context),
    )
    write(views, form, output, colour)
    note_overlays(catalogue, catalogue.state_ids)


def initiatives(
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help="Tell those on one measure, or on a theme, in full; by id or name.",
            autocompletion=opt.complete_subject,
            show_default=False,
        ),
    ] = None,
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """List what partners have done together before."""
    from partnerfit.catalogue import load_catalogue
    from partnerfit.render import contents
    from partnerfit.render.views import initiatives as view

    catalogue = load_catalogue(data)
    subject = catalogue.theme_or_measure(measure) if measure is not None else None
    found = catalogue.initiatives.on(_measures(subject)) if subject else catalogue.initiatives
    views = Views(
        page=lambda: (
            view.entries(found, subject, catalogue.codes) if subject else view.listing(found, catalogue.codes)
        ),
        record=lambda: contents.initiatives(found),
        rows=lambda: contents.initiative_rows(found),
        columns=contents.INITIATIVE_COLUMNS,
    )
    write(views, form, output, colour)


def _measures(subject: Theme | Measure) -> frozenset[str]:
    """The ids of the measures that a theme or measure stands for."""
    from partnerfit.model import Theme

    return frozenset(m.id for m in (subject.measures if isinstance(subject, Theme) else (subject,)))


def show(
    state: opt.StateArgument,
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    overlay: opt.OverlayOption = None,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """Show one state's profile with its sources."""
    from partnerfit.catalogue import load_catalogue
    from partnerfit.render import contents
    from partnerfit.render.views import profile

    catalogue = load_catalogue(data, overlay or ())
    found = catalogue.state(state)
    views = Views(
        page=lambda: profile.page(
            found, catalogue.themes, catalogue.codes, catalogue.figures, catalogue.commitments(found)
        ),
        record=lambda: contents.state(found, catalogue.commitments(found)),
        rows=lambda: contents.statement_rows(found),
        columns=contents.STATEMENT_COLUMNS,
    )
    write(views, form, output, colour)
    note_overlays(catalogue, (found.id,))


def method(
    file: Annotated[
        Path | None,
        typer.Option("--method", metavar="FILE", help="Show the numbers with this file.", show_default=False),
    ] = None,
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """Show the numbers of the model.

    In JSON they can be edited and given back with --method.
    """
    from partnerfit.catalogue import load_method
    from partnerfit.render import contents
    from partnerfit.render.views import listings
    from partnerfit.scoring.method import Method

    found = load_method(file) if file else Method()
    views = Views(
        page=lambda: listings.method(found),
        record=lambda: contents.method(found),
        rows=lambda: contents.method_rows(found),
    )
    write(views, form, output, colour)
