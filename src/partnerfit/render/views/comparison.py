"""A comparison on one page: the ranking, then what is behind it in words."""

from __future__ import annotations

from collections.abc import Iterator

from partnerfit.render import words
from partnerfit.render.blocks import Bar, Block, Column, Heading, Listing, Page, Paragraph, Table
from partnerfit.scoring.comparison import Comparison, Item, ThemeFit

MOST_ITEMS = 6
MOST_QUESTIONS = 5


def page(comparison: Comparison, notes: tuple[str, ...] = ()) -> Page:
    """The whole answer for two states; `notes` say what was unusual about the run."""
    return (
        Heading(words.pair(comparison), level=1),
        *head(comparison, notes),
        ranking(comparison.themes),
        *_legend(comparison),
        *_both_gain(comparison),
        *_at_a_price(comparison),
        *_openings(comparison),
        *_red_lines(comparison),
        *_questions(comparison),
        *_known(comparison),
    )


def head(comparison: Comparison, notes: tuple[str, ...]) -> Iterator[Block]:
    """What the numbers are and how they were made."""
    made = f"As of {comparison.as_of.isoformat()}; {comparison.draws:,} draws, seed {comparison.seed}."
    yield Paragraph(
        "Where the stated interests of two partners meet: openings for cooperation, not a "
        f"judgement of either state and not a forecast. {made}",
        tone="dim",
    )
    for note in notes:
        yield Paragraph(note, tone="warn")
    if comparison.area is not None:
        yield Paragraph(
            f"Both belong to {comparison.area.name}, where people move freely: for what one provides "
            "to the other only positions that name the partner or the group count.",
        )


def ranking(themes: tuple[ThemeFit, ...]) -> Table:
    """The ranked themes."""
    return Table(
        (
            Column("#", "right"),
            Column("Theme", grow=True),
            Column("Fit"),
            Column("", "right"),
            Column("Range", "right"),
            Column("Balance", "right"),
            Column("Tension", "right"),
            Column("Assessment"),
        ),
        tuple(
            (
                str(theme.rank),
                theme.theme.name,
                Bar(theme.score),
                words.points(theme.score),
                words.span(theme.low, theme.high),
                words.share(theme.balance),
                words.points(theme.tension),
                words.assessment(theme),
            )
            for theme in themes
        ),
    )


def _legend(comparison: Comparison) -> Iterator[Block]:
    used = dict.fromkeys(theme.assessment for theme in comparison.themes)
    meanings = "; ".join(f"{word}: {words.ASSESSMENT_MEANING[word]}" for word in used)
    starred = any(theme.to_confirm for theme in comparison.themes)
    star = " * rests on weak evidence, to be confirmed." if starred else ""
    yield Paragraph(f"{meanings[0].upper()}{meanings[1:]}.{star}", tone="dim")


def _both_gain(comparison: Comparison) -> Iterator[Block]:
    items = sorted((item for item in comparison.items if item.win_win), key=lambda item: -round(item.fit, 9))
    yield Heading("Where both gain")
    if not items:
        yield Paragraph("Nothing known so far on which both gain.")
        return
    yield _items_table(items[:MOST_ITEMS], comparison)
    if len(items) > MOST_ITEMS:
        yield Paragraph(f"And {len(items) - MOST_ITEMS} more with a lower fit.", tone="dim")


def _items_table(items: list[Item], comparison: Comparison) -> Table:
    return Table(
        (Column("Fit", "right"), Column("Who does what", grow=True), Column("Evidence", grow=True)),
        tuple(
            (words.points(item.fit), _sentence(item, comparison), words.known_how(item, comparison))
            for item in items
        ),
    )


def _sentence(item: Item, comparison: Comparison) -> str:
    return f"{words.deed(item, comparison)} [{item.measure.id}]"


def _at_a_price(comparison: Comparison) -> Iterator[Block]:
    trades = [item for item in comparison.items if item.cls == "trade"]
    if not trades:
        return
    trades.sort(key=lambda item: -min(abs(side.position.gain or 0.0) for side in item.sides))
    yield Heading("What one wants and the other gives only in return, or resists")
    yield Table(
        (Column("Who would do what", grow=True), Column("Wanted by"), Column("The other side")),
        tuple(
            (
                _sentence(item, comparison),
                _stance_of(item, comparison, wants=True),
                _stance_of(item, comparison, wants=False),
            )
            for item in trades[:MOST_ITEMS]
        ),
    )


def _stance_of(item: Item, comparison: Comparison, *, wants: bool) -> str:
    side = next(s for s in item.sides if ((s.position.gain or 0.0) > 0) is wants)
    return f"{comparison.partner(side.state).name} {words.stance(side.position)}"


def _openings(comparison: Comparison) -> Iterator[Block]:
    openings = [theme for theme in comparison.themes if theme.assessment == "opening"]
    if not openings:
        return
    yield Heading("Openings: contested, with a way in")
    yield Listing(tuple(_opening(theme, comparison) for theme in openings))


def _opening(theme: ThemeFit, comparison: Comparison) -> str:
    contested = max(
        (item for item in theme.items if item.cls in ("trade", "blocked") and _refused(item)),
        key=lambda item: min(abs(side.position.gain or 0.0) for side in item.sides),
    )
    refusing = next(s for s in contested.sides if s.position.refuses or s.position.red_lines)
    name = comparison.partner(refusing.state).name
    return (
        f"{theme.theme.name}. Contested: {contested.measure.name.lower()}, "
        f"which {name} {words.stance(refusing.position)}. "
        f"A way in: {words.deed(theme.win_wins[0], comparison)}."
    )


def _refused(item: Item) -> bool:
    return any(side.position.refuses or side.position.red_lines for side in item.sides)


def _red_lines(comparison: Comparison) -> Iterator[Block]:
    yield Heading("Red lines")
    wanted = [line for line in comparison.red_lines if line.wanted]
    other = [line for line in comparison.red_lines if not line.wanted]
    if not comparison.red_lines:
        yield Paragraph("None known on either side.")
    if wanted:
        yield Listing(
            tuple(
                f"{comparison.partner(line.state).name}, {line.measure.name.lower()}, which the other "
                f"side wants: {line.constraint.summary} [{line.constraint.id}]"
                for line in wanted
            )
        )
    if other:
        named = "; ".join(
            f"{comparison.partner(line.state).name}, {line.measure.name.lower()} [{line.constraint.id}]"
            for line in other
        )
        yield Paragraph(f"Not known to be asked for by the other side: {named}.", tone="dim")


def _questions(comparison: Comparison) -> Iterator[Block]:
    asked = comparison.questions[:MOST_QUESTIONS]
    if not asked:
        return
    yield Heading("Questions to put")
    yield Listing(tuple(words.question(question, comparison) for question in asked), numbered=True)
    more = len(comparison.questions) - len(asked)
    if more:
        yield Paragraph(f"And {more} more in the JSON output.", tone="dim")


def _known(comparison: Comparison) -> Iterator[Block]:
    yield Heading("How much is known")
    rows = []
    for partner in comparison.partners:
        red_lines = sum(line.state == partner.id for line in comparison.red_lines)
        rows.append(
            (
                partner.name,
                words.percent(comparison.coverage[partner.id]),
                str(len(partner.objectives)),
                str(len(partner.sources)),
                str(red_lines),
                partner.reviewed.isoformat(),
            )
        )
    yield Table(
        (
            Column("State", grow=True),
            Column("Measures covered", "right"),
            Column("Objectives", "right"),
            Column("Sources", "right"),
            Column("Red lines", "right"),
            Column("Reviewed"),
        ),
        tuple(rows),
    )
    first, second = comparison.partners
    yield Paragraph(
        "Covered: measures with a position that speaks to this partner. Every number is traced to its "
        f"sources by `partnerfit explain {first.id} {second.id} THEME`.",
        tone="dim",
    )
