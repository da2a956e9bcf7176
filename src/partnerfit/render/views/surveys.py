"""Pages on many pairs or many codings: matches of one state, changes of scores, agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from partnerfit.render import words
from partnerfit.render.blocks import Bar, Block, Column, Heading, Page, Paragraph, Table, Text
from partnerfit.render.views import competence
from partnerfit.scoring.agreement import Agreement
from partnerfit.scoring.changes import Changes, ThemeChange
from partnerfit.scoring.comparison import Item
from partnerfit.scoring.matches import Match, Matches
from partnerfit.scoring.pair import ThemeScore

MOST_DIFFERING = 8


def matches(
    found: Matches, theme_names: Mapping[str, str], minimum: int, top: int | None, notes: tuple[str, ...] = ()
) -> Page:
    """Partners of one state, best first, and those of whom too little is known."""
    state = found.state
    ranked = found.ranked[:top]
    blocks: list[Block] = [
        Heading(f"Partners of {state.name}", level=1),
        Paragraph(
            "By the mean fit over the items on which both sides are known: openings on what is known so "
            f"far, not a judgement of any state. As of {found.as_of.isoformat()}.",
            tone="dim",
        ),
        *(Paragraph(note, tone="warn") for note in notes),
    ]
    if ranked:
        columns = (
            Column("#", "right"),
            Column("Partner"),
            Column("Mean fit"),
            Column("", "right"),
            Column("Known items", "right"),
            Column("Both gain", "right"),
            Column("Best theme", grow=True),
            Column("Best measure", grow=True),
        )
        rows = tuple(
            (
                str(rank),
                match.partner.name,
                Bar(match.mean_fit),
                words.points(match.mean_fit),
                str(match.known),
                str(match.win_wins),
                theme_names[match.themes[0]] if match.themes else words.NONE,
                _measure(match.best, match),
            )
            for rank, match in enumerate(ranked, 1)
        )
        blocks.append(Table(columns, rows))
        blocks += competence.for_members([match.best.measure for match in ranked if match.best])
        if len(found.ranked) > len(ranked):
            blocks.append(Paragraph(f"And {len(found.ranked) - len(ranked)} more.", tone="dim"))
    else:
        blocks.append(Paragraph(f"With no partner are {minimum} items known on both sides."))
    if found.too_little:
        names = ", ".join(f"{m.partner.name} ({m.known})" for m in found.too_little)
        blocks += [
            Heading("Too little known to rank"),
            Paragraph(f"Fewer than {minimum} items are known on both sides: {names}."),
        ]
    return tuple(blocks)


def _measure(best: Item | None, match: Match) -> str:
    if best is None:
        return words.NONE
    if best.provider is None:
        return f"{best.measure.name} (jointly)"
    giver = "from" if best.provider == match.partner.id else "to"
    return f"{best.measure.name} ({giver} {match.partner.name})"


def changes(found: Changes, names: Mapping[str, str], against: str, notes: tuple[str, ...] = ()) -> Page:
    """What a change does to the scores of the pairs it touches; fit for a pull request."""
    return (
        Heading(f"What changes against {against}", level=1),
        *(Paragraph(note, tone="warn") for note in notes),
        Paragraph(_summary(found, names)),
        *([_changes_table(found.themes, names)] if found.themes else []),
    )


def _summary(found: Changes, names: Mapping[str, str]) -> str:
    parts = []
    for what, states in (
        ("New profiles", found.added),
        ("Profiles gone", found.removed),
        ("Profiles changed", found.changed),
    ):
        if states:
            parts.append(f"{what}: {', '.join(names.get(state, state) for state in states)}.")
    assessed = sum(change.before.assessment != change.after.assessment for change in found.themes)
    pairs = len({change.pair for change in found.themes})
    parts.append(
        f"{_count(found.touched, 'pair')} compared: {_count(len(found.themes), 'theme')} of "
        f"{_count(pairs, 'pair')} changed, {_count(assessed, 'assessment')} among them."
        if found.touched
        else "No pair that stands in both is touched."
    )
    return " ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _changes_table(themes: Sequence[ThemeChange], names: Mapping[str, str]) -> Table:
    columns = (
        Column("Pair", grow=True),
        Column("Theme", grow=True),
        Column("Score", "right"),
        Column("Change", "right"),
        Column("Tension", "right"),
        Column("Price", "right"),
        Column("Assessment", grow=True),
    )
    rows = tuple(
        (
            " and ".join(names.get(state, state) for state in change.pair),
            change.theme.name,
            _arrow(change.before.score, change.after.score),
            Text(f"{change.difference:+.1f}".replace("-", "−"), "good" if change.difference > 0 else "warn"),
            _arrow(change.before.tension, change.after.tension),
            _arrow(change.before.price, change.after.price),
            _assessments(change.before, change.after),
        )
        for change in themes
    )
    return Table(columns, rows)


def _arrow(before: float, after: float) -> str:
    """A number, or both where it has changed."""
    then, now = f"{before:.1f}", f"{after:.1f}"
    return now if then == now else f"{then} → {now}"


def _assessments(before: ThemeScore, after: ThemeScore) -> str:
    if before.assessment == after.assessment:
        return before.assessment
    return f"{before.assessment} → {after.assessment}"


def agreement(found: Agreement, states: Sequence[str]) -> Page:
    """How far two codings of the same states agree, field by field."""
    return tuple(_agreement(found, states))


def _agreement(found: Agreement, states: Sequence[str]) -> Iterator[Block]:
    yield Heading("Agreement of two codings", level=1)
    yield Paragraph(f"{_count(len(states), 'state')} in both: {', '.join(states)}.")
    for which, entries in (("first", found.only_first), ("second", found.only_second)):
        if entries:
            named = words.listed(entries, most=MOST_DIFFERING)
            yield Paragraph(f"Only in the {which} coding, and in no figure below: {named}.", tone="warn")
    yield Table(
        (
            Column("Field"),
            Column("Entries", "right"),
            Column("Agreement", "right"),
            Column("Alpha", "right"),
            Column("Metric"),
            Column("Where they differ", grow=True),
        ),
        tuple(
            (
                field.field,
                str(field.entries),
                f"{field.share * 100:.1f} %",
                words.NONE if field.alpha is None else f"{field.alpha:.2f}".replace("-", "−"),
                field.metric,
                words.listed(field.differing, most=MOST_DIFFERING),
            )
            for field in found.fields
        ),
    )
    yield Paragraph(
        "Alpha is Krippendorff's: 1 is perfect agreement, 0 what chance would give. A dash: all values are "
        "the same, so there is nothing to agree on.",
        tone="dim",
    )
