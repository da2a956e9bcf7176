"""One theme or measure of a comparison, down to the objectives, the sources and the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator

from partnerfit.model import Constraint, Measure, Objective, Source, Theme
from partnerfit.render import words
from partnerfit.render.blocks import Block, Column, Heading, Listing, Page, Paragraph, Table
from partnerfit.render.views.comparison import head
from partnerfit.scoring.comparison import Comparison, Item, Side, ThemeFit
from partnerfit.scoring.method import Method
from partnerfit.scoring.positions import Position, Strand


def page(comparison: Comparison, subject: Theme | Measure, notes: tuple[str, ...] = ()) -> Page:
    """How the numbers of a theme, or of one measure, came about."""
    theme = next(t for t in comparison.themes if subject.id == t.theme.id or subject in t.theme.measures)
    blocks: list[Block] = [
        Heading(f"{words.pair(comparison)}: {subject.name}", level=1),
        *head(comparison, notes),
    ]
    if isinstance(subject, Theme):
        blocks += _theme(theme, comparison)
        items = theme.items
    else:
        blocks.append(Paragraph(f"{subject.means[0].upper()}{subject.means[1:]} ({subject.mode})."))
        items = tuple(item for item in theme.items if item.measure.id == subject.id)
    known = [item for item in items if item.cls != "no-evidence"]
    for item in known:
        blocks += _item(item, comparison)
    silent = tuple(dict.fromkeys(item.measure.name for item in items if item.cls == "no-evidence"))
    if silent:
        blocks += [Heading("Nothing known"), Listing(silent)]
    blocks += _asked(comparison, {item.measure.id for item in items})
    blocks += _bloc(comparison, {item.measure.id for item in items})
    blocks += _competence(comparison, known)
    blocks += _sources(comparison, known)
    return tuple(blocks)


def _theme(theme: ThemeFit, comparison: Comparison) -> Iterator[Block]:
    method = comparison.method
    yield Paragraph(
        f"Rank {theme.rank} of {len(comparison.themes)}, assessment: {theme.assessment}"
        f"{' (to be confirmed: rests on weak evidence)' if theme.to_confirm else ''}.",
        tone="strong",
    )
    fits = [item.fit for item in theme.win_wins]
    strained = _strained(theme)
    rows = [
        ("Score", f"{theme.score:.1f}", _two_best(fits, method)),
        ("Range", words.span(theme.low, theme.high), _range_words(comparison)),
        ("Among the first three", words.share(theme.top3_share), "share of the draws in which it is"),
        ("Potential", f"{theme.potential:.1f}", "the score if every open question got a medium yes"),
        ("Balance", words.share(theme.balance), _balance_words(theme, comparison)),
        ("Tension", f"{theme.tension:.1f}", _two_best(strained["tension"], method)),
        ("Price", f"{theme.price:.1f}", _two_best(strained["price"], method)),
    ]
    yield Table((Column("Number"), Column("Value", "right"), Column("How", grow=True)), tuple(rows))
    if theme.common_demands:
        names = words.listed(tuple(measure.name.lower() for measure in theme.common_demands))
        yield Paragraph(
            f"Both seek {names} and neither is known to provide it: no deal between the two, but a "
            "joint position towards others."
        )


def _strained(theme: ThemeFit) -> dict[str, list[float]]:
    """The sizes behind tension and price, largest first."""
    sizes: dict[str, list[float]] = {"tension": [], "price": []}
    for item in theme.items:
        gains = [side.position.gain for side in item.sides]
        if item.cls not in ("trade", "blocked") or gains[0] is None or gains[1] is None:
            continue
        refused = item.cls == "blocked" or any(side.position.refuses for side in item.sides)
        sizes["tension" if refused else "price"].append(100 * abs(gains[0] * gains[1]) ** 0.5)
    return {name: sorted(values, reverse=True) for name, values in sizes.items()}


def _two_best(values: list[float], method: Method) -> str:
    if not values:
        return "no item counts"
    second = values[1] if len(values) > 1 else 0.0
    return f"{method.best_weight:g} × {values[0]:.1f} + {1 - method.best_weight:g} × {second:.1f}"


def _range_words(comparison: Comparison) -> str:
    method = comparison.method
    return (
        f"percentiles {method.range_low:g} and {method.range_high:g} of {comparison.draws:,} draws "
        "of the priorities"
    )


def _balance_words(theme: ThemeFit, comparison: Comparison) -> str:
    if not theme.win_wins:
        return "no item on which both gain"
    sums = {p.id: sum(item.of(p.id).gain or 0.0 for item in theme.win_wins) for p in comparison.partners}
    stated = ", ".join(f"{comparison.partner(state).name} {gain:+.2f}" for state, gain in sums.items())
    return f"smaller over larger sum of gains where both gain: {stated}"


def _item(item: Item, comparison: Comparison) -> Iterator[Block]:
    yield Heading(words.deed(item, comparison))
    share = item.both_gain_share
    facts = [f"Measure {item.measure.id}, {words.direction(item, comparison)}. Class: {item.cls}."]
    gains = {side.state: side.position.gain for side in item.sides}
    if item.win_win:
        a, b = (gains[partner.id] for partner in comparison.partners)
        facts.append(
            f"Fit = 100 × √({a:.3f} × {b:.3f}) = {item.fit:.1f}; balance {words.share(item.balance)}."
        )
    if share is not None:
        facts.append(f"Both gain in {words.percent(share)} of the draws of the stances.")
    if item.requires:
        facts.append(f"Only together with {words.listed(item.requires)}.")
    if item.measure.needs_any:
        facts.append(f"Needs one of {', '.join(item.measure.needs_any)} in the same direction.")
    yield Paragraph(" ".join(facts))
    for partner in comparison.partners:
        side = next(side for side in item.sides if side.state == partner.id)
        yield Paragraph(_gain_words(partner.name, side, comparison.method), tone="strong")
        lines = [_strand(strand) for strand in side.position.strands]
        lines += [_limit(constraint) for constraint in side.position.limits]
        if lines:
            yield Listing(tuple(lines))


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
    sign = "+" if strand.positive else "−"
    factors = [f"{sign}{level:g}/{method.priority.high:g}"]
    if strand.positive and position.feasibility != 1:
        factors.append(f"{position.feasibility:g} (limit)")
    if strand.positive and strand.basis == "elsewhere":
        factors.append(f"{method.elsewhere:g} (only with others)")
    return " × ".join(factors)


def _strand(strand: Strand) -> str:
    objective = strand.objective
    weight = "" if strand.decides else ", shown but not decisive"
    return (
        f"[{objective.id}] {objective.stance}, priority {objective.priority}, confidence "
        f"{objective.confidence}, {words.towards(objective)}{weight}: {objective.summary} "
        f"Sources: {', '.join(objective.sources)}."
    )


def _limit(constraint: Constraint) -> str:
    return (
        f"[{constraint.id}] {constraint.severity}, {constraint.kind}, {words.towards(constraint)}: "
        f"{constraint.summary} Sources: {', '.join(constraint.sources)}."
    )


def _asked(comparison: Comparison, measures: set[str]) -> Iterator[Block]:
    asked = [q for q in comparison.questions if q.measure.id in measures]
    if asked:
        yield Heading("Questions to put")
        yield Listing(
            tuple(f"{words.question(q, comparison)} A medium yes adds {q.adds:.1f}." for q in asked),
            numbered=True,
        )


def _bloc(comparison: Comparison, measures: set[str]) -> Iterator[Block]:
    spoken = [b for b in comparison.bloc_positions if b.objective.measure in measures]
    if spoken:
        yield Heading("Positions towards an institution of the partner (shown, not scored as such)")
        yield Listing(
            tuple(
                f"{comparison.partner(b.state).name} [{b.objective.id}] {b.objective.stance} "
                f"{b.objective.measure}, {words.towards(b.objective)}: {b.objective.summary} "
                f"Sources: {', '.join(b.objective.sources)}."
                for b in spoken
            )
        )


def _competence(comparison: Comparison, items: list[Item]) -> Iterator[Block]:
    measures = {item.measure.id: item.measure for item in items}
    bound = [m for m in measures.values() if m.competence.level != "national"]
    if comparison.union_members and bound:
        names = words.listed(tuple(comparison.partner(s).name for s in comparison.union_members))
        yield Heading(f"What {names} cannot do alone as a Member State of the European Union")
        yield Listing(
            tuple(
                f"{m.name} ({m.competence.level}): {m.competence.limit} {'; '.join(m.competence.basis)}."
                for m in bound
            )
        )


def _sources(comparison: Comparison, items: list[Item]) -> Iterator[Block]:
    for partner in comparison.partners:
        used: set[str] = set()
        for item in items:
            position = item.of(partner.id)
            cited: list[Objective | Constraint] = [*position.objectives, *position.limits]
            used.update(source for statement in cited for source in statement.sources)
        if used:
            yield Heading(f"Sources on {partner.name}")
            yield Listing(tuple(source_words(s) for s in partner.sources if s.id in used))


def source_words(source: Source) -> str:
    """A source as a reader cites it."""
    return (
        f"[{source.id}] {source.title}. {source.publisher}, {source.date or 'no date'}. {source.url} "
        f"({source.kind})"
    )
