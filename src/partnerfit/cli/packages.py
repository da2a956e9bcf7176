"""The command on what two states could agree on together."""

from __future__ import annotations

from typing import Annotated

import typer

from partnerfit.cli import options as opt
from partnerfit.cli.output import Views, write
from partnerfit.cli.pairs import Run

IncludeOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MEASURE",
        help="A measure that has to be in; may be repeated. It is said where no package holds it.",
        show_default=False,
    ),
]
ExcludeOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MEASURE", help="A measure that no package holds; may be repeated.", show_default=False
    ),
]
AssumeOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="STATE:MEASURE=STANCE:PRIORITY",
        help="What if: sweden:visa-facilitation=offers:medium; may be repeated.",
        show_default=False,
    ),
]


def package(
    a: opt.StateArgument,
    b: opt.StateArgument,
    most: Annotated[
        int | None,
        typer.Option("--max", min=1, max=255, help="Measures in the package called short.", show_default="5"),
    ] = None,
    include: IncludeOption = None,
    exclude: ExcludeOption = None,
    assume: AssumeOption = None,
    red_line_price: Annotated[
        bool,
        typer.Option(
            "--red-line-price", help="Add, for your own analysis, what would change if one red line moved."
        ),
    ] = False,
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    overlay: opt.OverlayOption = None,
    method: opt.MethodOption = None,
    as_of: opt.AsOfOption = None,
    seed: opt.SeedOption = 0,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """Join measures into packages from which both would gain."""
    from partnerfit.render import deals
    from partnerfit.render.views import packages as view
    from partnerfit.scoring.packages import packages, red_line_prices

    run = Run.of(a, b, data, overlay, method, as_of, seed, draws=100, assumed=assume or ())
    wanted = [run.measure(name) for name in include or ()]
    unwanted = [run.measure(name) for name in exclude or ()]
    found = packages(run.pair, include=wanted, exclude=unwanted, at_most=most, seed=seed)
    prices = red_line_prices(run.pair, run.result.as_of, wanted, unwanted) if red_line_price else None
    wording = run.wording(run.result)
    notes = (*run.notes, *view.assumed(wording, found), *view.chosen(wording, wanted, unwanted))
    write(
        Views(
            page=lambda: view.page(wording, found, prices, run.precedents(found.balanced.measures), notes),
            record=lambda: deals.packages(
                run.record(run.result), run.result, found, prices, include=wanted, exclude=unwanted
            ),
            rows=lambda: deals.rows(found, run.result),
            columns=deals.COLUMNS,
            notes=notes,
        ),
        form,
        output,
        colour,
    )
