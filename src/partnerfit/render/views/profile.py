"""One state's profile, theme by theme, with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from partnerfit.figures import Commitment, Figures
from partnerfit.model import Constraint, Objective, State, Themes
from partnerfit.render import words
from partnerfit.render.blocks import Block, Column, Heading, Listing, Page, Paragraph, Table


def page(
    state: State,
    themes: Themes,
    codes: Mapping[str, str],
    figures: Figures,
    commitments: Sequence[Commitment] = (),
) -> Page:
    """All that the profile says, as its author would proof-read it; `codes` names states and groups."""
    return (
        Heading(f"{state.name} ({state.official_name}; {state.iso2}, {state.iso3})", level=1),
        Paragraph(f"Last checked against its sources on {state.reviewed.isoformat()}.", tone="dim"),
        *_positions(state, themes, codes),
        *_interests(state),
        *_background(state),
        *_figures(state, figures, commitments),
        *_gaps(state),
        Heading("Sources"),
        Listing(
            (
                *(words.cited(source) for source in state.sources),
                *_figure_sources(state, figures, commitments),
            )
        ),
    )


def _figure_sources(state: State, figures: Figures, commitments: Sequence[Commitment]) -> Iterator[str]:
    used = {i.source for i in state.indicators} | {c.source for c in commitments}
    for source in figures.sources:
        if source.id in used:
            yield f"[{source.id}] {source.title}. {source.producer}, {source.data_date}. {source.url}"


def _positions(state: State, themes: Themes, codes: Mapping[str, str]) -> Iterator[Block]:
    for theme in themes.themes:
        measures = {measure.id for measure in theme.measures}
        objectives = [o for o in state.objectives if o.measure in measures]
        limits = [c for c in state.constraints if c.measure in measures or c.theme == theme.id]
        if not objectives and not limits:
            continue
        yield Heading(theme.name)
        lines = [_objective(objective, codes) for objective in objectives]
        lines += [_constraint(constraint, codes) for constraint in limits]
        yield Listing(tuple(lines))


def _objective(objective: Objective, codes: Mapping[str, str]) -> str:
    marks = [
        f"{objective.stance} {objective.measure}",
        f"priority {objective.priority}",
        f"confidence {objective.confidence}",
        words.towards(objective, codes),
        *words.conditions(objective),
    ]
    return f"[{objective.id}] {', '.join(marks)}: {objective.summary} {_cited(objective.sources)}"


def _constraint(constraint: Constraint, codes: Mapping[str, str]) -> str:
    role = f" as {constraint.role}" if constraint.role else ""
    marks = [
        f"{constraint.severity} on {constraint.measure or f'all of {constraint.theme}'}{role}",
        constraint.kind,
        words.towards(constraint, codes),
        *words.conditions(constraint),
    ]
    return f"[{constraint.id}] {', '.join(marks)}: {constraint.summary} {_cited(constraint.sources)}"


def _cited(sources: Iterable[str]) -> str:
    return f"Sources: {', '.join(sources)}."


def _interests(state: State) -> Iterator[Block]:
    if state.interests:
        yield Heading("What lies behind the positions")
        yield Listing(
            tuple(
                f"{i.interest} (weight {i.weight}): {i.summary} {_cited(i.sources)}" for i in state.interests
            )
        )


def _background(state: State) -> Iterator[Block]:
    if state.context:
        yield Heading("Background: shown, never scored")
        yield Listing(tuple(f"[{b.id}] {b.measure}: {b.summary} {_cited(b.sources)}" for b in state.context))


def _figures(state: State, figures: Figures, commitments: Sequence[Commitment]) -> Iterator[Block]:
    names = {measured.id: measured.name for measured in figures.indicators}
    if state.indicators:
        yield Heading("Figures")
        yield Table(
            (Column("Figure", grow=True), Column("Value", "right"), Column("Year"), Column("Source")),
            tuple(
                (names.get(i.indicator, f"{i.indicator}, {i.unit}"), _number(i.value), str(i.year), i.source)
                for i in state.indicators
            ),
        )
    if commitments:
        instruments = {instrument.id: instrument.name for instrument in figures.instruments}
        yield Heading("Votes and treaties")
        yield Listing(tuple(_commitment(c, instruments.get(c.instrument, c.instrument)) for c in commitments))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _commitment(commitment: Commitment, name: str) -> str:
    year = f" ({commitment.year})" if commitment.year else ""
    later = ", may have joined since" if commitment.may_have_changed else ""
    return (
        f"{name}: {commitment.status.replace('-', ' ')}{year}; as of {commitment.as_of}{later} "
        f"[{commitment.source}]"
    )


def _gaps(state: State) -> Iterator[Block]:
    if state.gaps:
        yield Heading("Looked for without finding evidence")
        yield Paragraph(f"{', '.join(state.gaps)}. No evidence is not a refusal.")
