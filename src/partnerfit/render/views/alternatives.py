"""What stands beside a package: what is left out, other packages, swaps, ties, red lines that move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from partnerfit.model import Statement
from partnerfit.render import words
from partnerfit.render.blocks import Block, Column, Heading, Listing, Paragraph, Table
from partnerfit.render.words import Wording
from partnerfit.scoring.comparison import Item, Side
from partnerfit.scoring.ledger import KeptOut, Kind, Package
from partnerfit.scoring.packages import DRAWS, Packages, RedLinePrice, Requires
from partnerfit.sentences import upper_first

MOST_SWAPS = 5
MOST_LEFT_OUT = 5
NEAR, SETTLED = 0.1, 0.95
"""Shares of draws from which an item left out is worth naming, and below which one that is in."""

KIND_NAME: dict[Kind, str] = {
    "balanced": "balanced",
    "no-concessions": "only what both gain from",
    "most-equal": "most equal",
    "short": "short",
    "kalai-smorodinsky": "equal steps",
    "without-low-confidence": "well known only",
    "more-balanced": "nearest more balanced",
}
KIND_MEANING: dict[Kind, str] = {
    "balanced": "improves most for both on what both gain from anyway",
    "no-concessions": "without any exchange",
    "most-equal": "raises the smaller share as far as possible",
    "short": "the best with few measures",
    "kalai-smorodinsky": "both go the same part of the way to the most they could gain",
    "without-low-confidence": "balanced, of items on firm evidence",
    "more-balanced": "less one-sided, and nearest to the balanced one",
}


def difference(wording: Wording, package: Package, other: Package) -> str:
    """What another package has and lacks, beside one; what it holds where that is shorter to say."""
    own = {item.key for item in package.items}
    theirs = {item.key for item in other.items}
    if not theirs:
        return "nothing"
    added = [_short_deed(wording, item) for item in other.items if item.key not in own]
    left = [item for item in package.items if item.key not in theirs]
    exchange = {entry.item.key for entry in package.entries if entry.conceded_by or entry.unlocked}
    if not added and left and {item.key for item in left} == exchange:
        return "without the exchange"
    if not added and len(theirs) < len(left):
        return f"only {_list(_short_deed(wording, item) for item in other.items)}"
    parts = [f"with {_list(added)}"] if added else []
    parts += [f"without {_list(_short_deed(wording, item) for item in left)}"] if left else []
    return ", ".join(parts)


def left_out(wording: Wording, found: Packages) -> Iterator[Block]:
    """What one side wants and could be had, but is not in the balanced package; and what is in it barely."""
    core = {c.item.key: c.share for c in found.core}
    out = wanted(found)
    if out:
        yield Heading("Wanted, but not in it")
        yield at_a_cost(wording, out[:MOST_LEFT_OUT])
    shaky = [i for i in found.balanced.items if core.get(i.key, 1.0) < SETTLED]
    near = [i for i in out if core[i.key] >= NEAR]
    for what, items in (("Not settled", shaky), ("Close to it", near)):
        if items:
            named = _list(f"{_short_deed(wording, i)} (in {words.percent(core[i.key])})" for i in items)
            yield Paragraph(f"{what}, in {DRAWS} draws of the priorities: {named}.", tone="dim")


def wanted(found: Packages) -> list[Item]:
    """What one side wants and could be had, but is not in the balanced package; the nearest to it first."""
    own = {item.key for item in found.balanced.items}
    core = {c.item.key: c.share for c in found.core}
    out = [i for i in found.workable if i.key not in own and (i.tension or i.price) and i.key in core]
    out.sort(key=lambda item: (-core[item.key], -round(item.tension + item.price, 9), item.measure.id))
    return out


def at_a_cost(wording: Wording, items: Sequence[Item]) -> Table:
    """What one side wants and the other resists or gives only in return."""
    return Table(
        (
            Column("Who would do what", grow=True),
            Column("Wanted", grow=True),
            Column("Other side", grow=True),
        ),
        tuple(
            (
                wording.deed_with_id(item),
                wording.stance(_side(item, wants=True)),
                wording.stance(_side(item, wants=False)),
            )
            for item in items
        ),
    )


def _side(item: Item, *, wants: bool) -> Side:
    return next(side for side in item.sides if ((side.position.gain or 0.0) > 0) is wants)


def others(wording: Wording, found: Packages) -> Iterator[Block]:
    """The packages that differ from the balanced one, those of the same items together."""
    balanced = found.balanced
    if not balanced.entries:
        return
    groups: dict[frozenset[tuple[str, str]], list[Package]] = {}
    for package in found.packages[1:]:
        groups.setdefault(frozenset(item.key for item in package.items), []).append(package)
    same = groups.pop(frozenset(item.key for item in balanced.items), [])
    if groups:
        yield Heading("Other packages")
        yield _table(wording, balanced, list(groups.values()))
        kinds = dict.fromkeys(p.kind for group in groups.values() for p in group)
        meanings = "; ".join(f"{KIND_NAME[kind]}: {KIND_MEANING[kind]}" for kind in kinds)
        yield Paragraph(f"{upper_first(meanings)}.", tone="dim")
    if same:
        names = words.listed((KIND_NAME[p.kind] for p in same), most=9)
        yield Paragraph(f"The same items as in the balanced package: {names}.", tone="dim")


def _table(wording: Wording, balanced: Package, groups: Sequence[Sequence[Package]]) -> Table:
    partners = wording.comparison.partners
    return Table(
        (
            Column("Package", grow=True),
            *(Column(partner.name, "right") for partner in partners),
            Column("Balance", "right"),
            Column("Compared with the balanced one", grow=True),
        ),
        tuple(
            (
                ", ".join(KIND_NAME[package.kind] for package in group),
                *(words.percent(group[0].share_of_ideal[p.id]) for p in partners),
                words.share(group[0].balance),
                difference(wording, balanced, group[0]),
            )
            for group in groups
        ),
    )


def swaps(wording: Wording, found: Packages) -> Iterator[Block]:
    """Exchanges of one for one that leave both better off and are not in the balanced package."""
    own = {item.key for item in found.balanced.items}
    other = [swap for swap in found.swaps if not {item.key for item in swap.items} <= own]
    if not other:
        return
    first, second = wording.comparison.partners
    yield Heading("Other exchanges, one for one")
    rows = []
    for swap in other[:MOST_SWAPS]:
        # What a side gives is what the other gains from.
        gives = sorted(swap.items, key=lambda item: (item.of(first.id).gain or 0.0) > 0)
        brings = ", ".join(f"{p.name} {words.signed(swap.net[p.id])}" for p in (first, second))
        rows.append((*(wording.deed_with_id(item) for item in gives), brings))
    yield Table(
        (
            Column(f"From {first.name}", grow=True),
            Column(f"From {second.name}", grow=True),
            Column("Brings", grow=True),
        ),
        tuple(rows),
    )
    if len(other) > MOST_SWAPS:
        yield Paragraph(f"And {len(other) - MOST_SWAPS} more that bring one side less.", tone="dim")


def ties(wording: Wording, found: Packages) -> Iterator[Block]:
    """What is possible only together, and what is left out for that."""
    own = {item.key for item in found.balanced.items}
    lines = [_tie(wording, requires) for requires in found.requirements if requires.item.key in own]
    apart = [_tie(wording, requires) for requires in found.requirements if requires.item.key not in own]
    lines += [_kept_out(wording, kept) for kept in found.balanced.kept_out]
    lines += [
        f"{wording.measure(measure).name} was asked for, but no package that leaves both better off holds it."
        for measure in found.missing
    ]
    if lines or apart:
        yield Heading("What is tied to what")
    if lines:
        yield Listing(tuple(lines))
    if apart:
        yield Paragraph(f"On what is not in it: {' '.join(apart)}", tone="dim")


def _tie(wording: Wording, requires: Requires) -> str:
    what, needs = _short_deed(wording, requires.item), _either(wording, requires.measures)
    by: dict[str, list[Statement]] = {}
    for state, statement in requires.statements:
        by.setdefault(state, []).append(statement)
    if not by:
        return f"{upper_first(what)} makes sense only with {needs}."
    lines = []
    for state, statements in by.items():
        own = requires.item.provider == state
        whose = f"its {words.lower_first(requires.item.measure.name)}" if own else what
        so_far = _towards(wording, requires.item, state)
        ids = ", ".join(statement.id for statement in statements)
        lines.append(f"{wording.name(state)} links {whose} to {needs}{so_far} ({ids}).")
    return " ".join(lines)


def _towards(wording: Wording, item: Item, state: str) -> str:
    """With whom it has done so, where that is not the partner."""
    position = item.of(state)
    if position.basis != "elsewhere":
        return ""
    return f", so far with {wording.addressed(c for o in position.deciding for c in o.towards)}"


def _kept_out(wording: Wording, kept: KeptOut) -> str:
    why = (
        "which would cost more than it brings"
        if kept.possible
        else "which neither would put in as things stand"
    )
    what, needs = _short_deed(wording, kept.item), _either(wording, kept.needs)
    return f"Left out, though both would gain: {what}; it needs {needs}, {why}."


def _either(wording: Wording, measures: Iterable[str]) -> str:
    return " or ".join(words.lower_first(wording.measure(measure).name) for measure in measures)


def red_line_prices(wording: Wording, prices: tuple[RedLinePrice, ...] | None) -> Iterator[Block]:
    """What would change if one red line moved; nothing unless it was asked for."""
    if prices is None:
        return
    yield Heading("If one red line moved")
    if not prices:
        yield Paragraph("No red line stands in the way of what the other side wants.")
        return
    yield Paragraph("For your own analysis; a red line is the right of the state that draws it.", tone="dim")
    yield Listing(tuple(_price(wording, price) for price in prices))


def _price(wording: Wording, price: RedLinePrice) -> str:
    about = price.constraint.measure
    assert about is not None  # a red line names a measure
    what = words.lower_first(wording.measure(about).name)
    line = f"{wording.name(price.state)}, {what} [{price.constraint.id}]"
    if price.gains is None:
        return f"{line}: nothing is known of what it would then want, so nothing can be said."
    if not any(round(gain, 3) for gain in price.gains.values()):
        return f"{line}: the balanced package would stay the same."
    gains = ", ".join(f"{p.name} {words.signed(price.gains[p.id])}" for p in wording.comparison.partners)
    return f"{line}: the balanced package would change by {gains}."


def _short_deed(wording: Wording, item: Item) -> str:
    by = f" by {wording.name(item.provider)}" if item.provider else ""
    return f"{words.lower_first(item.measure.name)}{by}{words.assumed_mark(item)}"


def _list(parts: Iterable[str]) -> str:
    """Names that may hold commas of their own."""
    return "; ".join(parts)
