"""Packages on one page: what both gain from, what would come in return for what, how equal it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerfit.model import Measure, Objective
from partnerfit.render import words
from partnerfit.render.blocks import Block, Column, Heading, Listing, Page, Paragraph, Table, Text
from partnerfit.render.views import alternatives, competence, preamble, presentation
from partnerfit.render.words import Wording
from partnerfit.scoring.exchange import Exchange, exchanges
from partnerfit.scoring.ledger import Entry, Package
from partnerfit.scoring.packages import Packages, RedLinePrice
from partnerfit.scoring.precedents import Precedent


def page(
    wording: Wording,
    found: Packages,
    prices: tuple[RedLinePrice, ...] | None,
    past: Sequence[Precedent],
    notes: tuple[str, ...],
) -> Page:
    """Every package of two states; `prices` of red lines only where they were asked for.

    `past` are precedents for the balanced package, the closest first.
    """
    balanced = found.balanced
    first, second = wording.comparison.partners
    return (
        Heading(f"{wording.pair}: a package", level=1),
        *_head(wording, notes),
        *_both_gain(wording, found),
        *_in_exchange(wording, balanced),
        *_shares(wording, balanced),
        *alternatives.left_out(wording, found),
        *presentation.of_package(wording, balanced),
        *presentation.precedents(wording, past),
        *alternatives.others(wording, found),
        *alternatives.swaps(wording, found),
        *alternatives.ties(wording, found),
        *competence.in_short(wording, _named(found)),
        *alternatives.red_line_prices(wording, prices),
        Paragraph(
            f"`partnerfit explain {first.id} {second.id} MEASURE` traces a line to its sources; `partnerfit "
            f"compare {first.id} {second.id}` has the questions to put.",
            tone="dim",
        ),
    )


def in_short(wording: Wording, package: Package) -> Iterator[Block]:
    """The balanced package in a few lines, for a page about something else."""
    if not package.entries:
        return
    first, second = wording.comparison.partners
    yield Heading("A package")
    if package.concessions:
        yield Listing(tuple(_in_words(wording, exchange) for exchange in exchanges(package)))
        yield from _against(wording, package)
        yield Paragraph("Both would be better off with it than with what both gain from anyway.")
    else:
        yield Paragraph(
            "No exchange is known that would leave both better off than what stands under “Where both "
            "would gain”."
        )
    yield Paragraph(
        f"{_equal(wording, package)} `partnerfit package {first.id} {second.id}` shows it in full.",
        tone="warn" if package.one_sided else "dim",
    )


def assumed(wording: Wording, found: Packages) -> Iterator[str]:
    """What is supposed of a partner, in words."""
    for state, objective in found.assumed:
        yield f"Assumed, not stated: {_supposed(wording, state, objective)}."


def chosen(wording: Wording, include: Sequence[str], exclude: Sequence[str]) -> Iterator[str]:
    """Which measures had to be in, or to stay out, in words; ids of measures."""
    for what, ids in (("To be included", include), ("Left out on request", exclude)):
        if ids:
            names = "; ".join(words.lower_first(wording.measure(measure).name) for measure in ids)
            yield f"{what}: {names}."


def _supposed(wording: Wording, state: str, objective: Objective) -> str:
    measure = wording.measure(objective.measure)
    return (
        f"{wording.name(state)} {objective.stance} {words.lower_first(measure.name)} "
        f"({objective.priority} priority) [{measure.id}]"
    )


def _named(found: Packages) -> Iterator[Measure]:
    """The measures of which the page speaks, those of the balanced package first."""
    for package in (found.balanced, *found.packages[1:]):
        yield from (item.measure for item in package.items)
    for swap in found.swaps[: alternatives.MOST_SWAPS]:
        yield from (item.measure for item in swap.items)
    yield from (item.measure for item in alternatives.wanted(found)[: alternatives.MOST_LEFT_OUT])


def _head(wording: Wording, notes: tuple[str, ...]) -> Iterator[Block]:
    comparison = wording.comparison
    yield Paragraph(
        "What could be put together from what each is known to want, or to give in return: no proposal by "
        "either, no forecast, and no claim that either would accept it. As of "
        f"{comparison.as_of.isoformat()}.",
        tone="dim",
    )
    yield from preamble.terms(wording, notes)


def _both_gain(wording: Wording, found: Packages) -> Iterator[Block]:
    package, partners = found.balanced, wording.comparison.partners
    first, second = partners
    if not package.entries:
        yield Heading("Nothing can be put together yet")
        why = (
            "What one side wants costs the other, and no exchange of it leaves both better off."
            if found.workable
            else "On no measure are both positions known and one of them favourable."
        )
        yield Paragraph(f"{why} Begin with the questions of `partnerfit compare {first.id} {second.id}`.")
        return
    along = {e.item.key for exchange in exchanges(package) for e in exchange.along}
    both = [e for e in package.entries if e.conceded_by is None and e.item.key not in along]
    if both:
        yield Heading("From which both would gain")
        yield Table(
            (
                Column("Who would do what", grow=True),
                *(Column(partner.name, "right") for partner in partners),
                Column("Evidence", grow=True),
            ),
            tuple(
                (
                    wording.deed_with_id(entry.item),
                    *(_gain(entry.gains[partner.id]) for partner in partners),
                    wording.known_how(entry.item),
                )
                for entry in sorted(both, key=lambda e: -round(e.item.fit, 9))
            ),
        )
    yield Paragraph(
        f"Gains from −1 to 1: how much a side wants it, or what it costs. {_firmness(package)}", tone="dim"
    )


def _firmness(package: Package) -> str:
    firm = sum(entry.item.confidence in ("high", "medium") and not entry.assumed for entry in package.entries)
    if not firm:
        return "All of the package rests on weak evidence."
    return f"{firm} of the {len(package.entries)} items of the package rest on firm evidence."


def _gain(value: float) -> Text:
    return Text(words.signed(value), "bad" if value < 0 else "good" if value > 0 else "plain")


def _in_exchange(wording: Wording, package: Package) -> Iterator[Block]:
    if not package.entries:
        return
    first, second = wording.comparison.partners
    found = exchanges(package)
    yield Heading("In exchange")
    if not found:
        yield Paragraph(
            "No exchange is known that would leave both better off: the package is all that both gain from."
        )
        return
    along = any(exchange.along for exchange in found)
    columns = [Column(f"{partner.name} would", grow=True) for partner in (first, second)]
    if along:
        columns.append(Column("Possible only then", grow=True))
    columns.append(Column("Brings", grow=True))
    rows = []
    for exchange in found:
        row = [_conceded(wording, exchange.concessions[partner.id]) for partner in (first, second)]
        if along:
            row.append("; ".join(_marked(wording, entry) for entry in exchange.along) or words.NONE)
        brings = (f"{p.name} {words.signed(exchange.net[p.id])}" for p in (first, second))
        rows.append((*row, ", ".join(brings)))
    yield Table(tuple(columns), tuple(rows))
    yield from _against(wording, package)
    yield Paragraph(
        "The package starts from all that both gain from anyway and adds the exchanges that improve most on "
        "it for both: the product of the two improvements is largest (Nash).",
        tone="dim",
    )
    if package.limit is not None:
        yield Paragraph(
            f"Best found, not proven the best: the search hit its limit of {package.limit}.", tone="warn"
        )


def _marked(wording: Wording, entry: Entry) -> str:
    return f"{wording.deed(entry.item)}{words.assumed_mark(entry.item)}"


def _conceded(wording: Wording, entries: Sequence[Entry]) -> str:
    return "; ".join(_concession(wording, entry) for entry in entries) or words.NONE


def _concession(wording: Wording, entry: Entry) -> str:
    side = next(side for side in entry.item.sides if side.state == entry.conceded_by)
    stances = " but ".join(f"{o.stance}, {o.priority} priority" for o in side.position.deciding)
    elsewhere = side.position.basis == "elsewhere"
    so_far = (
        f", {wording.so_far(side.position.deciding, receiver=side.role == 'receiver')}" if elsewhere else ""
    )
    deed = wording.deed(entry.item).partition(" would ")[2]
    return f"{deed} ({stances}{so_far}){words.assumed_mark(entry.item)}"


def _in_words(wording: Wording, exchange: Exchange) -> str:
    """An exchange in a sentence, the partners in the order in which they were named."""
    sides = [
        " and ".join(wording.deed(entry.item) for entry in exchange.concessions[partner.id])
        for partner in wording.comparison.partners
    ]
    given = "; in return ".join(side for side in sides if side)
    along = " and ".join(wording.deed(entry.item) for entry in exchange.along)
    return f"{given}. {f'Only then possible: {along}.' if along else ''}".strip()


def _against(wording: Wording, package: Package) -> Iterator[Block]:
    """What goes against a stated position of the side that would do it."""
    refused = [
        (side, entry.item)
        for entry in package.concessions
        for side in entry.item.sides
        if side.state == entry.conceded_by and side.position.refuses and side.state not in entry.assumed
    ]
    if refused:
        names = "; ".join(
            f"{wording.name(side.state)} {side.position.deciding[0].stance} "
            f"{words.lower_first(item.measure.name)} ({side.position.deciding[0].priority} priority)"
            for side, item in refused
        )
        yield Paragraph(
            f"Against a stated position: {names}. The exchange holds only if that changes; nothing known "
            "says that it will.",
            tone="warn",
        )


def _shares(wording: Wording, package: Package) -> Iterator[Block]:
    if not package.entries:
        return
    partners = wording.comparison.partners
    yield Heading("How equal it is")
    rows: list[tuple[str | Text, ...]] = [
        ("Share of the most it could get", *(words.percent(package.share_of_ideal[p.id]) for p in partners)),
        ("Share of its wishes met", *(words.percent(package.share_of_wishes[p.id]) for p in partners)),
        ("Gain", *(Text(words.signed(package.utility[p.id]), "strong") for p in partners)),
    ]
    if package.concessions:
        rows.append(("Gain without the exchange", *(words.signed(package.reference[p.id]) for p in partners)))
    rows += [
        (f"Gain on {words.lower_first(t.theme.name)}", *(words.signed(t.gains[p.id]) for p in partners))
        for t in package.themes
    ]
    yield Table(
        (Column("", grow=True), *(Column(partner.name, "right") for partner in partners)), tuple(rows)
    )
    yield Paragraph(_equal(wording, package), tone="warn" if package.one_sided else "plain")
    if package.one_sided:
        yield Paragraph(_more_balanced(wording, package))
    yield Paragraph(
        "Shares can be compared between the two, gains cannot. Wishes met: of all it wants that could be "
        "had, costs aside. Balance is between the two states; it says nothing of the people concerned.",
        tone="dim",
    )


def _equal(wording: Wording, package: Package) -> str:
    if package.balance is None:
        return "How equal it is cannot be told: one side has nothing to gain."
    shares = " and ".join(
        f"{p.name} gets {words.percent(package.share_of_ideal[p.id])}" for p in wording.comparison.partners
    )
    one_sided = "one-sided, " if package.one_sided else ""
    return f"Of the most each could get, {shares} ({one_sided}balance {package.balance:.2f})."


def _more_balanced(wording: Wording, package: Package) -> str:
    other = package.more_balanced
    if other is None or other.balance is None:
        least = min(
            wording.comparison.partners, key=lambda p: (package.share_of_ideal[p.id] or 0.0, p.id)
        ).name
        return f"No package is more balanced. To ask: what else would serve {least}?"
    difference = alternatives.difference(wording, package, other)
    return f"The nearest more balanced one ({other.balance:.2f}): {difference}."
