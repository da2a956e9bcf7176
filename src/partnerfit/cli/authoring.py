"""Commands for those who write data: `schema` and `new`."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from partnerfit.cli.options import DataOption
from partnerfit.cli.output import note, put
from partnerfit.errors import UsageError
from partnerfit.folders import data_folder, shown


class Kind(StrEnum):
    """The kinds of data files that have a schema."""

    state = "state"
    themes = "themes"
    groups = "groups"
    figures = "figures"
    initiatives = "initiatives"
    method = "method"


def schema(
    kind: Annotated[Kind | None, typer.Argument(help="A kind of file.", show_default=False)] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Write to a file; without a KIND all schemas into a folder.",
            show_default=False,
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Write the JSON Schemas of the data files, for editors.

    They know the ids and codes of the data.
    """
    from partnerfit.catalogue import load_catalogue
    from partnerfit.render.tabular import to_json
    from partnerfit.schema import schema as made

    if kind is None and output is None:
        raise UsageError(f"name a kind of file ({', '.join(Kind)}), or a folder for all with -o DIR")
    catalogue = load_catalogue(data)
    if kind is not None:
        put(to_json(made(kind, catalogue)), output)
        return
    assert output is not None  # else there is a kind
    texts = {f"{each}.schema.json": to_json(made(each, catalogue)) for each in Kind}
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{shown(output)}: no folder can be made there ({error.strerror})") from None
    for name, text in texts.items():
        put(text, output / name)


def new(
    state: Annotated[str, typer.Argument(help="A state by ISO code or English name.", show_default=False)],
    data: DataOption = None,
) -> None:
    """Write a profile to begin with into the data, and print where it is."""
    from partnerfit.catalogue import load_catalogue
    from partnerfit.scaffold import new_state, scaffold

    folder = data_folder(data)
    package = Path(__file__).resolve().parents[1]
    if folder.resolve().is_relative_to(package):
        raise UsageError(
            f"{shown(folder)}: these data came with the package, and its next version replaces them; "
            "copy the folder and name the copy with --data DIR"
        )
    catalogue = load_catalogue(folder)
    found = new_state(state, catalogue)
    text = scaffold(found, catalogue, dt.datetime.now(tz=dt.UTC).date())
    file = folder / "states" / f"{found.id}.yaml"
    _create(file, text)
    put(f"{shown(file)}\n", None)
    note(f"fill it in, then run `partnerfit check {shown(file)}`")


def _create(file: Path, text: str) -> None:
    """Write a file that must not be there yet."""
    try:
        file.parent.mkdir(exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except OSError as error:
        if file.exists():
            raise UsageError(f"{shown(file)}: is there already; edit it, or remove it first") from None
        raise UsageError(f"{shown(file)}: cannot be written ({error.strerror})") from None
