"""One theme or measure of a comparison, down to the objectives, the sources and the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerfit.model import Constraint, Measure, Objective, Theme
from partnerfit.render import words
from partnerfit.render.blocks import Block, Column, Heading, Listing, Page, Paragraph, Table
from partnerfit.render.views import competence, preamble, presentation
from partnerfit.render.words import Wording
from partnerfit.scoring.comparison import Comparison, Item, Side, ThemeFit
from partnerfit.scoring.method import Method
from partnerfit.scoring.positions import Position, Strand
from partnerfit.scoring.precedents import Precedent
from partnerfit.sentences import upper_first


def page(
    wording: Wording,
    subject: Theme | Measure,
    past: Sequence[Precedent] = (),
    notes: tuple[str, ...] = (),
) -> Page:
    """How the numbers of a theme, or of one measure, came about; `past` are precedents for it."""
    comparison = wording.comparison
    theme = next(t for t in comparison.themes if subject.id == t.theme.id or subject in t.theme.measures)
    whole = isinstance(subject, Theme)
    opening = _theme(theme, wording) if isinstance(subject, Theme) else _meaning(subject)
    items = [item for item in theme.items if whole or item.measure.id == subject.id]
    measures = {item.measure.id for item in items}
    known = [item for item in items if item.cls != "no-evidence"]
    silent = dict.fromkeys(i.measure.name for i in items if i.measure.id not in {k.measure.id for k in known})
    return (
        Heading(f"{wording.pair}: {subject.name}", level=1),
        *preamble.head(wording, notes),
        *opening,
        *(block for item in known for block in _item(item, wording)),
        *_silent(tuple(silent)),
        *presentation.in_full(wording, theme.framing),
        *presentation.precedents(wording, past),
        *_asked(wording, measures),
        *_bloc(wording, known, measures),
        *competence.in_full(wording, (item.measure for item in items)),
        *_sources(comparison, known, measures),
    )


def _silent(measures: tuple[str, ...]) -> Iterator[Block]:
    if measures:
        yield Heading("Nothing known")
        yield Listing(measures)


def _meaning(measure: Measure) -> Iterator[Block]:
    yield Paragraph(f"{upper_first(measure.means)} ({measure.mode}).")


def _theme(theme: ThemeFit, wording: Wording) -> Iterator[Block]:
    comparison, method = wording.comparison, wording.comparison.method
    star = " (to be confirmed: rests on weak evidence)" if theme.to_confirm else ""
    ranked = f"Rank {theme.rank} of {len(comparison.themes)}" if theme.score > 0 else "Not ranked"
    yield Paragraph(f"{ranked}. Assessment: {theme.assessment}{star}.", tone="strong")
    rows = (
        ("Score", f"{theme.score:.1f}", _two_best([item.fit for item in theme.items], method)),
        ("Range", words.span(theme.low, theme.high), _range_words(comparison)),
        ("Among the first three", words.share(theme.top3_share), "share of the draws in which it is"),
        ("Potential", f"{theme.potential:.1f}", "the score if every open question got a medium yes"),
        ("Balance", words.share(theme.balance), _balance_words(theme, wording)),
        ("Measures covered", *_covered(theme, wording)),
        ("Tension", f"{theme.tension:.1f}", _two_best([item.tension for item in theme.items], method)),
        ("Price", f"{theme.price:.1f}", _two_best([item.price for item in theme.items], method)),
    )
    yield Table((Column("Number"), Column("Value", "right"), Column("How", grow=True)), rows)
    if theme.common_demands:
        names = words.listed(words.lower_first(measure.name) for measure in theme.common_demands)
        yield Paragraph(
            f"Both seek {names} from others: no deal between the two, but a joint position towards them."
        )


def _covered(theme: ThemeFit, wording: Wording) -> tuple[str, str]:
    """On how many measures each partner speaks to the other, and on which."""
    counts, named = [], []
    for partner in wording.comparison.partners:
        spoken = sorted(
            {i.measure.id for i in theme.items if i.of(partner.id).basis not in (None, "elsewhere")}
        )
        counts.append(str(len(spoken)))
        named.append(f"{partner.name}: {', '.join(spoken) or 'none'}")
    return f"{' and '.join(counts)} of {len(theme.theme.measures)}", "; ".join(named)


def _two_best(values: Sequence[float], method: Method) -> str:
    counted = sorted((value for value in values if value > 0), reverse=True)
    if not counted:
        return "no item counts"
    second = counted[1] if len(counted) > 1 else 0.0
    return f"{method.best_weight:g} × {counted[0]:.1f} + {1 - method.best_weight:g} × {second:.1f}"


def _range_words(comparison: Comparison) -> str:
    low, high = comparison.method.range_low, comparison.method.range_high
    return f"percentiles {low:g} and {high:g} of {comparison.draws:,} draws of the priorities"


def _balance_words(theme: ThemeFit, wording: Wording) -> str:
    if not theme.win_wins:
        return "no item on which both gain"
    stated = ", ".join(
        f"{p.name} {sum(item.of(p.id).gain or 0.0 for item in theme.win_wins):+.2f}"
        for p in wording.comparison.partners
    )
    return f"smaller over larger sum of gains where both gain: {stated}"


def _item(item: Item, wording: Wording) -> Iterator[Block]:
    comparison = wording.comparison
    yield Heading(wording.deed(item))
    facts = [
        f"Measure {item.measure.id}, {wording.direction(item)}.",
        f"Class {item.cls}: {words.CLASS_MEANING[item.cls]}.",
        *_numbers(item, comparison),
    ]
    if item.requires:
        facts.append(f"Only together with {words.listed(item.requires)}.")
    if item.measure.needs_any:
        facts.append(f"Needs one of {', '.join(item.measure.needs_any)} in the same direction.")
    yield Paragraph(" ".join(facts))
    for partner in comparison.partners:
        side = next(side for side in item.sides if side.state == partner.id)
        yield Paragraph(_gain_words(partner.name, side, comparison.method), tone="strong")
        lines = [_strand(strand, wording) for strand in side.position.strands]
        lines += [_limit(constraint, wording) for constraint in side.position.limits]
        if lines:
            yield Listing(tuple(lines))


def _numbers(item: Item, comparison: Comparison) -> Iterator[str]:
    gains = [item.of(partner.id).gain for partner in comparison.partners]
    if gains[0] is None or gains[1] is None:
        return
    product = f"100 × √({abs(gains[0]):.3f} × {abs(gains[1]):.3f})"
    if item.win_win:
        whole = 100 * (gains[0] * gains[1]) ** 0.5
        capped = "" if abs(whole - item.fit) < 1e-9 else f" = {whole:.1f}, no more than what it rests on"
        yield f"Fit = {product}{capped} = {item.fit:.1f}; balance {words.share(item.balance)}."
    for name, value in (("Tension", item.tension), ("Price", item.price)):
        if value > 0:
            yield f"{name} = {product} = {value:.1f}."
    if item.both_gain_share is not None:
        yield f"Both gain in {words.percent(item.both_gain_share)} of the draws of the stances."


def _gain_words(name: str, side: Side, method: Method) -> str:
    position = side.position
    role = f" as {side.role}" if side.role else ""
    if position.gain is None:
        return f"{name}{role}: not known."
    parts = [_arithmetic(strand, position, method) for strand in position.strands if strand.decides]
    sum_words = parts[0] if len(parts) == 1 else f"mean of {' and '.join(f'({part})' for part in parts)}"
    mixed = ", views differ" if position.mixed else ""
    return f"{name}{role}: gain {words.signed(position.gain)} = {sum_words}; basis: {position.basis}{mixed}."


def _arithmetic(strand: Strand, position: Position, method: Method) -> str:
    level = method.priority[strand.objective.priority]
    factors = [f"{'+' if strand.positive else '−'}{level:g}/{method.priority.high:g}"]
    if strand.positive and position.feasibility != 1:
        factors.append(f"{position.feasibility:g} (limit)")
    if strand.positive and strand.basis == "elsewhere":
        factors.append(f"{method.elsewhere:g} (only with others)")
    return " × ".join(factors)


def _strand(strand: Strand, wording: Wording) -> str:
    objective = strand.objective
    marks = (wording.towards(objective), *words.conditions(objective))
    weight = "" if strand.decides else ", not decisive"
    return (
        f"[{objective.id}] {objective.stance}, priority {objective.priority}, confidence "
        f"{objective.confidence}, {', '.join(marks)}{weight}: {objective.summary} "
        f"Sources: {', '.join(objective.sources)}."
    )


def _limit(constraint: Constraint, wording: Wording) -> str:
    marks = (constraint.severity, constraint.kind, wording.towards(constraint), *words.conditions(constraint))
    return (
        f"[{constraint.id}] {', '.join(marks)}: "
        f"{constraint.summary} Sources: {', '.join(constraint.sources)}."
    )


def _asked(wording: Wording, measures: set[str]) -> Iterator[Block]:
    asked = [q for q in wording.comparison.questions if q.measure.id in measures]
    if asked:
        yield Heading("Questions to put")
        yield Listing(
            tuple(f"{wording.question(q)} A medium yes adds {q.adds:.1f}." for q in asked), numbered=True
        )


def _bloc(wording: Wording, known: list[Item], measures: set[str]) -> Iterator[Block]:
    shown = {o.id for item in known for side in item.sides for o in side.position.objectives}
    spoken = [
        b
        for b in wording.comparison.bloc_positions
        if b.objective.measure in measures and b.objective.id not in shown
    ]
    if spoken:
        yield Heading("Positions towards an institution of the partner (context)")
        yield Listing(
            tuple(
                f"{wording.name(b.state)} [{b.objective.id}] {b.objective.stance} {b.objective.measure}, "
                f"{wording.towards(b.objective)}: {b.objective.summary} "
                f"Sources: {', '.join(b.objective.sources)}."
                for b in spoken
            )
        )


def _sources(comparison: Comparison, items: list[Item], measures: set[str]) -> Iterator[Block]:
    for partner in comparison.partners:
        cited: list[Objective | Constraint] = []
        for item in items:
            position = item.of(partner.id)
            cited += [*position.objectives, *position.limits]
        cited += [
            b.objective
            for b in comparison.bloc_positions
            if b.state == partner.id and b.objective.measure in measures
        ]
        used = {source for statement in cited for source in statement.sources}
        if used:
            yield Heading(f"Sources on {partner.name}")
            yield Listing(tuple(words.cited(s) for s in partner.sources if s.id in used))
