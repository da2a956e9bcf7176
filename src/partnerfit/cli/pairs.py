"""Commands on two states: `compare` and `explain`."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from partnerfit.cli import options as opt
from partnerfit.cli.output import Views, chosen_method, method_notes, note, overlay_notes, write
from partnerfit.errors import UsageError

if TYPE_CHECKING:
    from partnerfit.catalogue import Catalogue
    from partnerfit.figures import Corridor
    from partnerfit.model import State, Theme
    from partnerfit.render.records import Record
    from partnerfit.render.words import Wording
    from partnerfit.scoring.comparison import Comparison
    from partnerfit.scoring.ledger import Package
    from partnerfit.scoring.method import Context
    from partnerfit.scoring.pair import Pair
    from partnerfit.scoring.precedents import Precedent
    from partnerfit.scoring.whatif import Assumption


def compare(
    a: opt.StateArgument,
    b: opt.StateArgument,
    theme: opt.ThemeOption = None,
    top: opt.TopOption = None,
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    overlay: opt.OverlayOption = None,
    method: opt.MethodOption = None,
    as_of: opt.AsOfOption = None,
    seed: opt.SeedOption = 0,
    draws: opt.DrawsOption = 10_000,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """Rank the themes on which two states' interests meet."""
    from partnerfit.render import records
    from partnerfit.render.views import comparison as view

    run = Run.of(a, b, data, overlay, method, as_of, seed, draws)
    chosen = run.theme(theme) if theme is not None else None
    result = _narrowed(run.result, chosen.id if chosen else None, top)
    write(
        Views(
            page=lambda: view.page(
                run.wording(result), run.notes, run.corridors, run.balanced, whole=run.wording(run.result)
            ),
            record=lambda: run.record(result),
            rows=lambda: records.theme_rows(run.record(result)),
            columns=records.THEME_COLUMNS,
            notes=run.notes,
        ),
        form,
        output,
        colour,
    )


def explain(
    a: opt.StateArgument,
    b: opt.StateArgument,
    subject: opt.SubjectArgument,
    form: opt.FormatOption = None,
    output: opt.OutputOption = None,
    data: opt.DataOption = None,
    overlay: opt.OverlayOption = None,
    method: opt.MethodOption = None,
    as_of: opt.AsOfOption = None,
    seed: opt.SeedOption = 0,
    draws: opt.DrawsOption = 10_000,
    colour: opt.ColourOption = opt.Colour.auto,
) -> None:
    """Trace a theme or a measure down to its sources."""
    from partnerfit.model import Measure
    from partnerfit.render import records
    from partnerfit.render.views import explanation

    run = Run.of(a, b, data, overlay, method, as_of, seed, draws)
    found = run.catalogue.theme_or_measure(subject)
    measure = found.id if isinstance(found, Measure) else None
    theme = run.result.theme_of(found.id).id if measure else found.id
    known = (i for i in run.result.items if run.result.theme_of(i.measure.id).id == theme and i.confidence)
    stake = {measure} if measure else {item.measure.id for item in known}

    def record() -> Record:
        cut = records.only(run.record(run.result), theme, measure)
        return {**cut, "evidence": records.evidence(run.result, cut)}

    write(
        Views(
            page=lambda: explanation.page(run.wording(run.result), found, run.precedents(stake), run.notes),
            record=record,
            rows=lambda: records.item_rows(record()),
            columns=records.ITEM_COLUMNS,
            notes=run.notes,
        ),
        form,
        output,
        colour,
    )


@dataclasses.dataclass(frozen=True)
class Run:
    """One comparison with what has to be said about how it was made.

    `method` is the file that changed the numbers, if one did.
    """

    catalogue: Catalogue
    result: Comparison
    context: Context
    method: Path | None

    @classmethod
    def of(
        cls,
        a: str,
        b: str,
        data: Path | None,
        overlay: list[Path] | None,
        method: Path | None,
        as_of: str | None,
        seed: int,
        draws: int,
        assumed: Sequence[str] = (),
    ) -> Run:
        """Load, assume, compare, and keep the terms of the run."""
        from partnerfit.catalogue import load_catalogue
        from partnerfit.scoring.compare import compare as compare_states

        catalogue = load_catalogue(data, overlay or ())
        chosen, changed = chosen_method(method)
        context = catalogue.context(chosen)
        one, other = catalogue.state(a), catalogue.state(b)
        if assumed:
            one, other = _supposed(catalogue, one, other, assumed, context)
        result = compare_states(
            one,
            other,
            context,
            seed=seed,
            draws=draws,
            as_of=None if as_of is None else opt.parsed_date(as_of),
        )
        warn_if_slow()
        return cls(catalogue, result, context, changed)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to know before trusting the numbers."""
        partners = (partner.id for partner in self.result.partners)
        return (*overlay_notes(self.catalogue, partners), *method_notes(self.method))

    @functools.cached_property
    def pair(self) -> Pair:
        """The two states judged, for packages."""
        from partnerfit.scoring.pair import judge

        return judge(*self.result.partners, self.context, self.result.as_of)

    @functools.cached_property
    def balanced(self) -> Package:
        """The balanced package of the two states."""
        from partnerfit.scoring.packages import balanced

        return balanced(self.pair)

    def precedents(self, measures: Collection[str]) -> tuple[Precedent, ...]:
        """What has been done before on some measures (ids), the closest to the two first."""
        from partnerfit.scoring.precedents import precedents

        a, b = (partner.iso3 for partner in self.result.partners)
        return precedents(measures, a, b, self.catalogue.initiatives, self.context)

    @property
    def corridors(self) -> tuple[Corridor, ...]:
        """What is counted between the two states."""
        return self.catalogue.corridors(*self.result.partners)

    def wording(self, result: Comparison) -> Wording:
        """The sentences for (a part of) the comparison."""
        from partnerfit.render.words import Wording

        return Wording(result, self.catalogue.codes)

    def record(self, result: Comparison) -> Record:
        """The JSON contract for (a part of) the comparison."""
        from partnerfit.render import deals, records

        version = self.catalogue.themes.version
        return records.comparison(
            result,
            data_version=version,
            overlays=self.catalogue.overlay_names,
            method=str(self.method or "default"),
            corridors=self.corridors,
            packages=[deals.package(self.balanced, self.result)],
        )

    def theme(self, name: str) -> Theme:
        """The theme called so.

        Raises:
            UsageError: it is a measure.
        """
        from partnerfit.model import Measure

        found = self.catalogue.theme_or_measure(name)
        if isinstance(found, Measure):
            a, b = (partner.id for partner in self.result.partners)
            raise UsageError(f"{found.id} is a measure, not a theme: `partnerfit explain {a} {b} {found.id}`")
        return found

    def measure(self, name: str) -> str:
        """The id of the measure called so.

        Raises:
            UsageError: it is a theme, or there is none.
        """
        return _measure(self.catalogue, name)


def _measure(catalogue: Catalogue, name: str) -> str:
    """The id of the measure called so.

    Raises:
        UsageError: it is a theme, or there is none.
    """
    from partnerfit.model import Theme

    found = catalogue.theme_or_measure(name)
    if isinstance(found, Theme):
        measures = ", ".join(measure.id for measure in found.measures)
        raise UsageError(f"{found.id} is a theme, not a measure; its measures are {measures}")
    return found.id


def _supposed(
    catalogue: Catalogue, one: State, other: State, texts: Sequence[str], context: Context
) -> tuple[State, State]:
    """The two states with what is assumed of each.

    Raises:
        UsageError: an assumption cannot be read, or speaks of neither state.
    """
    from partnerfit.scoring.whatif import assume, read_assumption

    of: dict[str, list[Assumption]] = {one.id: [], other.id: []}
    for text in texts:
        assumption = read_assumption(text)
        state = catalogue.find_state(assumption.state)
        if state not in of:
            raise UsageError(f"{assumption}: name {one.id} or {other.id}, the two that are compared")
        measure = _measure(catalogue, assumption.measure)
        of[state].append(dataclasses.replace(assumption, measure=measure))
    return assume(one, other, of[one.id], context), assume(other, one, of[other.id], context)


def warn_if_slow() -> None:
    """Say so where YAML is read without libyaml."""
    from partnerfit.yamlsource import HAS_LIBYAML

    if not HAS_LIBYAML:
        note("PyYAML was built without libyaml: reading profiles takes ten times as long")


def _narrowed(result: Comparison, theme: str | None, top: int | None) -> Comparison:
    """The comparison with fewer themes; ranks stay those of the whole."""
    themes = tuple(t for t in result.themes if theme in (None, t.theme.id))[:top]
    kept = {t.theme.id for t in themes}
    return dataclasses.replace(
        result,
        themes=themes,
        red_lines=tuple(line for line in result.red_lines if line.theme.id in kept),
        questions=tuple(question for question in result.questions if question.theme.id in kept),
        bloc_positions=tuple(
            b for b in result.bloc_positions if result.theme_of(b.objective.measure).id in kept
        ),
    )
