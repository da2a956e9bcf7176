"""All commands in one application; each family of commands has a module of its own."""

from __future__ import annotations

from typing import Annotated

import typer

from partnerfit import __version__
from partnerfit.cli import listings, pairs

app = typer.Typer(
    name="partnerfit",
    help="Find where the stated interests of two states meet on migration, and how well that is known.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"partnerfit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    pass


app.command()(pairs.compare)
app.command()(pairs.explain)
app.command()(listings.states)
app.command()(listings.themes)
app.command()(listings.groups)
app.command()(listings.show)
app.command()(listings.method)
