"""What stands first on a page about two states: what the numbers are, and what was unusual."""

from __future__ import annotations

from collections.abc import Iterator

from partnerfit.render.blocks import Block, Paragraph
from partnerfit.render.words import Wording


def head(wording: Wording, notes: tuple[str, ...]) -> Iterator[Block]:
    """What the numbers are and how they were made."""
    comparison = wording.comparison
    yield Paragraph(
        "Where the stated interests of two partners meet: openings for cooperation, not a judgement of "
        f"either state and not a forecast. As of {comparison.as_of.isoformat()}; "
        f"{comparison.draws:,} draws, seed {comparison.seed}.",
        tone="dim",
    )
    yield from terms(wording, notes)


def terms(wording: Wording, notes: tuple[str, ...]) -> Iterator[Block]:
    """What was unusual about the run, and an area of free movement that both share."""
    comparison = wording.comparison
    for note in notes:
        yield Paragraph(note, tone="warn")
    if comparison.area is not None:
        yield Paragraph(
            f"Both belong to one area of free movement ({comparison.area.name}): for what one provides to "
            "the other only positions that name the partner or the group count.",
        )
