"""How to present a theme: the framing both can stand behind, and what to open with towards each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from partnerfit.render import words
from partnerfit.render.blocks import Block, Heading, Listing, Paragraph
from partnerfit.render.views.initiatives import precedent
from partnerfit.render.words import Wording
from partnerfit.scoring.comparison import ThemeFit
from partnerfit.scoring.framing import Recommendation
from partnerfit.scoring.ledger import Package
from partnerfit.scoring.precedents import Precedent
from partnerfit.sentences import upper_first

MOST_THEMES = 3
MOST_PRECEDENTS = 3


def in_short(wording: Wording, themes: Iterable[ThemeFit]) -> Iterator[Block]:
    """The framings of some themes, a line each; of those that are only promising, the first few."""
    framed = [(t, t.framing) for t in themes if t.framing is not None]
    shown = [
        f"{t.theme.name}. {_says(found)}"
        for place, (t, found) in enumerate(framed)
        if place < MOST_THEMES or t.assessment != "promising"
    ]
    if shown:
        first, second = wording.comparison.partners
        yield Heading("How to present it")
        yield Listing(tuple(shown))
        yield Paragraph(
            f"`partnerfit explain {first.id} {second.id} THEME` tells what to open with towards each.",
            tone="dim",
        )


def in_full(wording: Wording, found: Recommendation | None) -> Iterator[Block]:
    """The framing of one theme, with what to open with towards each side."""
    if found is None:
        return
    yield Heading("How to present it")
    yield Paragraph(_says(found))
    yield Listing(_openings(wording, found))
    support = " and ".join(f"{wording.name(s.state)} {words.share(s.support)}" for s in found.sides)
    yield Paragraph(f"Support, how much of what each cares about it speaks to: {support} of 1.", tone="dim")


def of_package(wording: Wording, package: Package) -> Iterator[Block]:
    """The framings of the themes of a package, with what to open with towards each side."""
    themes = {theme.theme.id for theme in package.themes}
    framed = [
        (t.theme, t.framing)
        for t in wording.comparison.themes
        if t.theme.id in themes and t.framing is not None
    ][:MOST_THEMES]
    if framed:
        yield Heading("How to present it")
        yield Listing(
            tuple(
                f"{theme.name}. {_says(found)} {' '.join(_openings(wording, found))}"
                for theme, found in framed
            )
        )


def precedents(wording: Wording, past: Sequence[Precedent]) -> Iterator[Block]:
    """What others have done before, the closest to the two first."""
    if past:
        near = [partner.iso3 for partner in wording.comparison.partners]
        yield Heading("What has been done before")
        yield Listing(tuple(precedent(p.initiative, wording.codes, near) for p in past[:MOST_PRECEDENTS]))


def _says(found: Recommendation) -> str:
    return f"{found.framing.name}: {words.lower_first(found.framing.says)}"


def _openings(wording: Wording, found: Recommendation) -> tuple[str, ...]:
    """What to open with: what speaks to both, then what speaks to one of them."""
    first, second = ([opening.line for opening in side.openings] for side in found.sides)
    both = [line for line in first if line in second]
    parts = [("With both", both)]
    for side, lines in zip(found.sides, (first, second), strict=True):
        also = " also" if both else ""
        parts.append((f"With {wording.name(side.state)}{also}", [line for line in lines if line not in both]))
    return tuple(f"{who}, open with: {' '.join(map(_sentence, lines))}" for who, lines in parts if lines)


def _sentence(line: str) -> str:
    return f"{upper_first(line.rstrip('.'))}."
