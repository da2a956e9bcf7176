"""What European Union law leaves to a Member State, in short and in full."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from partnerfit.model import Measure
from partnerfit.render import words
from partnerfit.render.blocks import Block, Heading, Listing, Paragraph
from partnerfit.render.words import Wording

BY_LEVEL = {"union": "only the Union can decide", "shared": "Union law sets limits (shared)"}


def in_short(wording: Wording, measures: Iterable[Measure]) -> Iterator[Block]:
    """Which of some measures a partner cannot decide alone, by the level that decides."""
    lines = [
        f"{_decides(level, members)}: {'; '.join(words.lower_first(m.name) for m in found)}."
        for level, members, found in _bound(wording, measures)
    ]
    if lines:
        yield Heading("What European Union law has to say")
        yield Listing(tuple(lines))


def in_full(wording: Wording, measures: Iterable[Measure]) -> Iterator[Block]:
    """What Union law sets for each of some measures, with its basis."""
    bound = _bound(wording, measures)
    if bound:
        yield Heading("What European Union law sets")
        yield Listing(
            tuple(
                f"{measure.name} ({level}; for {members}): {measure.competence.limit} "
                f"{'; '.join(measure.competence.basis)}."
                for level, members, found in bound
                for measure in found
            )
        )


def for_members(measures: Collection[Measure]) -> Iterator[Block]:
    """What a Member State cannot decide alone of some measures, on a page on many states."""
    for level, said in BY_LEVEL.items():
        found = {m.id: words.lower_first(m.name) for m in measures if m.competence.level == level}
        if found:
            names = "; ".join(found.values())
            yield Paragraph(f"For a Member State of the European Union {said}: {names}.", tone="dim")


def _decides(level: str, members: str) -> str:
    if level == "union":
        return f"Only the Union can decide, not {members} alone"
    return f"{members} can act within limits of Union law (shared)"


def _bound(wording: Wording, measures: Iterable[Measure]) -> list[tuple[str, str, list[Measure]]]:
    """The measures that bind a partner, by level, the stricter one first, and by the names of those bound."""
    groups: dict[tuple[str, str], list[Measure]] = {}
    for measure in {measure.id: measure for measure in measures}.values():
        members = words.listed(wording.name(state) for state in wording.comparison.bound(measure))
        if members:
            groups.setdefault((measure.competence.level, members), []).append(measure)
    return [(level, members, found) for (level, members), found in sorted(groups.items(), reverse=True)]
