"""A comparison on one page: the ranking, then what is behind it in words."""

from __future__ import annotations

from collections.abc import Iterator

from partnerfit.figures import Corridor
from partnerfit.model import Measure
from partnerfit.render import words
from partnerfit.render.blocks import Bar, Block, Column, Heading, Listing, Page, Paragraph, Table
from partnerfit.render.views import alternatives, competence, packages, preamble, presentation
from partnerfit.render.words import Wording
from partnerfit.scoring.comparison import ThemeFit
from partnerfit.scoring.fit import Assessment
from partnerfit.scoring.ledger import Package
from partnerfit.sentences import upper_first

MOST_ITEMS = 6
MOST_QUESTIONS = 5
FRAMED: frozenset[Assessment] = frozenset({"win-win", "opening", "promising"})


def page(
    wording: Wording,
    notes: tuple[str, ...] = (),
    corridors: tuple[Corridor, ...] = (),
    package: Package | None = None,
    whole: Wording | None = None,
) -> Page:
    """The whole answer for two states, with a package in short; `notes` say what was unusual about the run.

    `whole` is the wording of the whole comparison where some of its themes are left out.
    """
    whole = whole or wording
    package = package if _is_whole(wording, whole) else None
    return (
        Heading(wording.pair, level=1),
        *preamble.head(wording, notes),
        ranking(wording.comparison.themes),
        *_legend(wording),
        *_both_gain(wording),
        *_in_return(wording),
        *(packages.in_short(wording, package) if package else ()),
        *_openings(wording),
        *presentation.in_short(wording, (t for t in wording.comparison.themes if t.assessment in FRAMED)),
        *_red_lines(wording, whole),
        *_questions(wording, whole),
        *_common_demands(wording),
        *competence.in_short(wording, _shown(wording, package)),
        *_known(whole),
        *_corridors(wording, corridors),
    )


def ranking(themes: tuple[ThemeFit, ...]) -> Table:
    """The ranked themes."""
    columns = (
        Column("#", "right"),
        Column("Theme", grow=True),
        Column("Score"),
        Column("", "right"),
        Column("Range", "right"),
        Column("Balance", "right", spare=True),
        Column("Tension", "right"),
        Column("Assessment"),
    )
    rows = tuple(
        (
            words.rank(theme),
            theme.theme.name,
            Bar(theme.score),
            words.points(theme.score),
            words.span(theme.low, theme.high),
            words.share(theme.balance),
            words.points(theme.tension),
            words.assessment(theme),
        )
        for theme in themes
    )
    return Table(columns, rows)


def _legend(wording: Wording) -> Iterator[Block]:
    themes = wording.comparison.themes
    meanings = "; ".join(
        f"{word}: {words.ASSESSMENT_MEANING[word]}" for word in dict.fromkeys(t.assessment for t in themes)
    )
    star = " * rests on weak evidence, to be confirmed." if any(t.to_confirm for t in themes) else ""
    yield Paragraph(
        "Score 0 to 100: how much both gain. Range: where it lies given how well things are known. "
        "Balance: 1 where both gain alike. Tension: how much is wanted and refused. "
        f"{upper_first(meanings)}.{star}",
        tone="dim",
    )


def _both_gain(wording: Wording) -> Iterator[Block]:
    items = sorted((i for i in wording.comparison.items if i.win_win), key=lambda i: -round(i.fit, 9))
    yield Heading("Where both would gain")
    if not items:
        yield Paragraph("Nothing known so far.")
        return
    yield Table(
        (Column("Fit", "right"), Column("Who would do what", grow=True), Column("Evidence", grow=True)),
        tuple(
            (words.points(item.fit), wording.deed_with_id(item), wording.known_how(item))
            for item in items[:MOST_ITEMS]
        ),
    )
    if len(items) > MOST_ITEMS:
        yield Paragraph(f"And {len(items) - MOST_ITEMS} more with a lower fit.", tone="dim")


def _is_whole(wording: Wording, whole: Wording) -> bool:
    return len(wording.comparison.themes) == len(whole.comparison.themes)


def _shown(wording: Wording, package: Package | None) -> Iterator[Measure]:
    """The measures that the page speaks of, in the order of its sections."""
    comparison = wording.comparison
    for item in comparison.items:
        if item.win_win or item.cls == "trade":
            yield item.measure
    yield from (item.measure for item in package.items) if package else ()
    yield from (line.measure for line in comparison.red_lines)
    yield from (question.measure for question in comparison.questions[:MOST_QUESTIONS])


def _in_return(wording: Wording) -> Iterator[Block]:
    strained = [i for i in wording.comparison.items if i.cls == "trade" and (i.tension or i.price)]
    strained.sort(key=lambda item: -round(item.tension + item.price, 9))
    if not strained:
        return
    yield Heading("What one wants and the other resists or gives only in return")
    yield alternatives.at_a_cost(wording, strained[:MOST_ITEMS])
    if len(strained) > MOST_ITEMS:
        yield Paragraph(f"And {len(strained) - MOST_ITEMS} more of less weight.", tone="dim")


def _openings(wording: Wording) -> Iterator[Block]:
    openings = [theme for theme in wording.comparison.themes if theme.assessment == "opening"]
    if openings:
        yield Heading("Openings: contested, with a way in")
        yield Listing(tuple(_opening(theme, wording) for theme in openings))


def _opening(theme: ThemeFit, wording: Wording) -> str:
    contested = max(theme.items, key=lambda item: (item.tension, item.measure.id))
    refusing = next(s for s in contested.sides if s.position.refuses or s.position.red_lines)
    how = "red line" if refusing.position.red_lines else refusing.position.deciding[0].stance
    return (
        f"{theme.theme.name}. Contested: {words.lower_first(contested.measure.name)} "
        f"({wording.name(refusing.state)}: {how}). In the same theme both would gain if "
        f"{wording.deed(theme.win_wins[0]).replace(' would ', ' were to ', 1)}."
    )


def _red_lines(wording: Wording, whole: Wording) -> Iterator[Block]:
    lines = wording.comparison.red_lines
    yield Heading("Red lines")
    if not lines:
        others = whole.comparison.red_lines
        yield Paragraph("None in the themes shown." if others else "None known on either side.")
    wanted = tuple(wording.red_line(line) for line in lines if line.wanted)
    if wanted:
        yield Listing(wanted)
    other = "; ".join(
        f"{wording.name(line.state)}, {words.lower_first(line.measure.name)} [{line.constraint.id}]"
        for line in lines
        if not line.wanted
    )
    if other:
        yield Paragraph(f"On what the other side is not known to want: {other}.", tone="dim")


def _questions(wording: Wording, whole: Wording) -> Iterator[Block]:
    questions = wording.comparison.questions
    yield Heading("Questions to put")
    if not questions and whole.comparison.questions:
        yield Paragraph("None in the themes shown.")
        return
    if not questions:
        inside = wording.comparison.area is not None
        yield Paragraph(
            f"None{': where people move freely, most wishes address third states' if inside else ''}."
        )
        return
    yield Listing(tuple(wording.question(q) for q in questions[:MOST_QUESTIONS]), numbered=True)
    if len(questions) > MOST_QUESTIONS:
        yield Paragraph(f"And {len(questions) - MOST_QUESTIONS} more in `explain` and in JSON.", tone="dim")


def _common_demands(wording: Wording) -> Iterator[Block]:
    wanted = [m for theme in wording.comparison.themes for m in theme.common_demands]
    if wanted:
        yield Heading("What both seek from others")
        names = words.listed((words.lower_first(measure.name) for measure in wanted), most=8)
        yield Paragraph(f"No deal between the two, but a joint position towards third partners: {names}.")


def _known(wording: Wording) -> Iterator[Block]:
    comparison = wording.comparison
    measures = len({item.measure.id for item in comparison.items})
    yield Heading("How much is known")
    columns = (
        Column("State", grow=True),
        Column("Measures covered", "right"),
        Column("Red lines", "right"),
        Column("All objectives", "right"),
        Column("All sources", "right"),
        Column("Reviewed"),
    )
    rows = tuple(
        (
            partner.name,
            f"{round(comparison.coverage[partner.id] * measures)} of {measures}",
            str(sum(line.state == partner.id for line in comparison.red_lines)),
            str(len(partner.objectives)),
            str(len(partner.sources)),
            partner.reviewed.isoformat(),
        )
        for partner in comparison.partners
    )
    yield Table(columns, rows)
    first, second = comparison.partners
    yield Paragraph(
        "Covered: measures with a position that speaks to this partner. Scores and fits are traced to their "
        f"sources by `partnerfit explain {first.id} {second.id} THEME`, which takes a measure too.",
        tone="dim",
    )


def _corridors(wording: Wording, corridors: tuple[Corridor, ...]) -> Iterator[Block]:
    if corridors:
        yield Heading("Between the two")
        yield Listing(tuple(words.corridor(way, wording.codes) + "." for way in corridors))
