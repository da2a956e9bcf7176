"""All commands in one application; each family of commands has a module of its own.

A command's module is imported, and its options are built, only when it is the one that runs.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from partnerfit import __version__

COMMANDS = {
    "compare": "pairs",
    "explain": "pairs",
    "package": "packages",
    "brief": "briefs",
    "match": "surveys",
    "show": "listings",
    "states": "listings",
    "themes": "listings",
    "groups": "listings",
    "initiatives": "listings",
    "method": "listings",
    "check": "checking",
    "schema": "authoring",
    "new": "authoring",
    "diff": "surveys",
    "reliability": "surveys",
}
"""The module of each command, in the order of the help; the function has the command's name."""


class _OnDemand(Mapping[str, Any]):
    """The commands by name, each made when it is asked for."""

    def __getitem__(self, name: str) -> Any:
        module = importlib.import_module(f"partnerfit.cli.{COMMANDS[name]}")
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(name)(getattr(module, name))
        return typer.main.get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(TyperGroup):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _OnDemand()  # type: ignore[assignment]


app = typer.Typer(
    name="partnerfit",
    cls=_Group,
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
