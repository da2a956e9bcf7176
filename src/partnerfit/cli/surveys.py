"""Commands on many pairs or many codings: `match`, `diff`, `reliability`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partnerfit.cli import options as opt
from partnerfit.cli.output import Views, chosen_method, method_notes, overlay_notes, write
from partnerfit.errors import ComparisonError, DataError, UsageError

if TYPE_CHECKING:
    from partnerfit.catalogue import Catalogue
    from partnerfit.model import State
    from partnerfit.scoring.changes import Edition
    from partnerfit.scoring.method import Method


def match(
    state: opt.StateArgument,
    top: Annotated[int | None, typer.Option("--top", min=1, help="Show only the first N.")] = None,
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    overlay: opt.OverlayOption = None,
    method: opt.MethodOption = None,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """Rank the partners of one state by what is known of both."""
    from partnerfit.catalogue import load_catalogue
    from partnerfit.render import surveys
    from partnerfit.render.views import surveys as view
    from partnerfit.scoring.matches import matches
    from partnerfit.scoring.method import newest

    catalogue = load_catalogue(data, overlay or ())
    chosen, changed = chosen_method(method)
    context = catalogue.context(chosen)
    own = catalogue.state(state)
    if not own.objectives:
        raise ComparisonError(f"the profile of {own.name} states no objectives yet; nothing to rank by")
    others = [catalogue.state(other) for other in catalogue.state_ids if other != own.id]
    found = matches(own, others, context, newest(own.reviewed, *(other.reviewed for other in others)))
    names = {theme.id: theme.name for theme in catalogue.themes.themes}
    notes = (*overlay_notes(catalogue, catalogue.state_ids), *method_notes(changed))
    views = Views(
        page=lambda: view.matches(found, names, context.method.match_minimum, top, notes),
        record=lambda: surveys.matches(
            found, str(changed) if changed else "default", catalogue.overlay_names
        ),
        rows=lambda: surveys.match_rows(found),
        notes=notes,
    )
    write(views, form, output, colour)


def diff(
    a: Annotated[
        str | None, typer.Argument(help="Only pairs of this state.", autocompletion=opt.complete_state)
    ] = None,
    b: Annotated[
        str | None, typer.Argument(help="Only the pair with this one.", autocompletion=opt.complete_state)
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="DIR", help="Other data to compare with.")
    ] = None,
    rev: Annotated[
        str | None,
        typer.Option("--rev", metavar="REV", help="The data at a revision in git."),
    ] = None,
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    overlay: opt.OverlayOption = None,
    method: opt.MethodOption = None,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """Show what a change of data does to scores."""
    from partnerfit.catalogue import load_catalogue
    from partnerfit.render import surveys
    from partnerfit.render.views import surveys as view
    from partnerfit.revision import checkout
    from partnerfit.scoring.changes import changes

    if (against is None) == (rev is None):
        raise UsageError("say what to compare with: --against DIR or --rev REV")
    catalogue = load_catalogue(data, overlay or ())
    chosen, changed = chosen_method(method)
    with tempfile.TemporaryDirectory() as scratch:
        folder = against or checkout(catalogue.folder, rev or "", Path(scratch))
        before = _earlier(folder, rev, overlay or [], chosen)
    after = _edition(catalogue, chosen)
    ids = tuple(catalogue.find_state(name) for name in (a, b) if name is not None)
    found = changes(before, after, ids)
    names = {state.id: state.name for edition in (before, after) for state in edition.states.values()}
    said = str(against) if against else str(rev)
    notes = (*overlay_notes(catalogue, catalogue.state_ids), *method_notes(changed))
    views = Views(
        page=lambda: view.changes(found, names, said, notes),
        record=lambda: surveys.changes(found, said, catalogue.overlay_names),
        rows=lambda: surveys.change_rows(found.themes),
        notes=notes,
    )
    write(views, form, output, colour)


def _earlier(folder: Path, rev: str | None, overlays: list[Path], method: Method) -> Edition:
    """The edition in a folder, under the same overlays; what was taken from git is named by its revision."""
    from partnerfit.catalogue import load_catalogue

    try:
        return _edition(load_catalogue(folder, overlays), method)
    except DataError as error:
        if rev is None:
            raise
        first = error.problems[0]
        where = f"{Path(first.path).name}:{first.line}"
        raise UsageError(f"the data at {rev} do not fit this version: {where}: {first.message}") from None
    except UsageError as error:
        if rev is None:
            raise
        raise UsageError(f"the data at {rev} cannot be used: {str(error).split(': ', 1)[-1]}") from None


def _edition(catalogue: Catalogue, method: Method) -> Edition:
    from partnerfit.scoring.changes import Edition

    states = {state: catalogue.state(state) for state in catalogue.state_ids}
    return Edition(states, catalogue.context(method))


def reliability(
    dir_a: Annotated[Path, typer.Argument(help="A folder of profiles.")],
    dir_b: Annotated[Path, typer.Argument(help="A folder with the same states, coded by somebody else.")],
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """Compare two codings of the same states."""
    from partnerfit.render import surveys
    from partnerfit.render.views import surveys as view
    from partnerfit.scoring.agreement import agreement

    one, other = (_profiles(folder) for folder in (dir_a, dir_b))
    both = sorted(one.keys() & other.keys())
    if not both:
        raise ComparisonError(f"{dir_a} and {dir_b} have no state in common; name the files alike")
    found = agreement([one[state] for state in both], [other[state] for state in both])
    views = Views(
        page=lambda: view.agreement(found, both),
        record=lambda: surveys.agreement(found, both),
        rows=lambda: surveys.agreement_rows(found.fields),
    )
    write(views, form, output, colour)


def _profiles(folder: Path) -> dict[str, State]:
    """The profiles in a folder or in its folder `states`, by id."""
    from partnerfit import yamlsource
    from partnerfit.folders import state_files
    from partnerfit.model import State

    files = state_files(folder) or sorted(folder.glob("[!.]*.yaml"))
    if not files:
        raise UsageError(f"{folder}: holds no profiles (*.yaml)")
    return {file.stem: yamlsource.validate(State, yamlsource.read(file), id=file.stem) for file in files}
