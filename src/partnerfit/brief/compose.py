"""Results -> a note: for both sides alike, or for one of them."""

from __future__ import annotations

from collections.abc import Iterator

from partnerfit import sentences
from partnerfit.brief import bottom, deal, ground, lines, questions, sides, themes
from partnerfit.brief.annex import annex
from partnerfit.brief.content import Brief, Claim, Section, finished
from partnerfit.brief.voice import Material, Voice

TWO_PAGES = 850
"""Words of running text that go on two pages beside the tables."""
MOST_LESS = 3
"""How often lists are cut shorter by one before a note is left longer than that."""


def brief(material: Material, *, side: str | None = None, full: bool = False, marking: str = "") -> Brief:
    """The note on two states.

    Args:
        material: the results it is made from.
        side: the id of the state for which it is written; without one it treats both alike, and
            swapping the partners only swaps them.
        full: everything, with an annex; otherwise about two pages.
        marking: the classification line.
    """
    note = _written(Voice(material, side, full), marking)
    for less in range(1, MOST_LESS + 1):
        if full or note.length <= TWO_PAGES:
            break
        note = _written(Voice(material, side, full, less), marking)
    return note


def _written(voice: Voice, marking: str) -> Brief:
    material, side = voice.material, voice.side
    comparison = material.comparison
    written = _bare(voice) if bottom.bare(voice) else _whole(voice)
    pair = sentences.both(comparison, voice.name)
    title = (
        voice.say("title", pair=pair)
        if side is None
        else voice.say("title-side", partner=voice.name(voice.other(side)), side=voice.name(side))
    )
    first, second = (voice.name(partner.id) for partner in comparison.partners)
    return finished(
        Brief(
            title=sentences.upper_first(title),
            partners=(first, second),
            side=None if side is None else voice.name(side),
            marking=marking,
            as_of=comparison.as_of.isoformat(),
            terms=tuple(_terms(voice)),
            sections=tuple(section for section in written if not section.empty),
            words={key: voice.say(key) for key in ("notes", "sources", "no-date")},
        )
    )


def _terms(voice: Voice) -> Iterator[Claim]:
    comparison, material = voice.comparison, voice.material
    yield Claim(voice.say("terms", as_of=comparison.as_of.isoformat(), version=material.data_version))
    yield from (Claim(remark) for remark in material.remarks)
    if comparison.area is not None:
        yield Claim(voice.say("area", area=comparison.area.name))


def _whole(voice: Voice) -> Iterator[Section]:
    yield bottom.bottom_line(voice)
    if voice.side is not None:
        yield sides.our_objectives(voice, voice.side)
        yield sides.their_objectives(voice, voice.side)
    yield themes.ranking(voice)
    if voice.side is None:
        yield Section("themes", voice.say("first-themes"), parts=themes.first_themes(voice))
    else:
        yield themes.presentation(voice)
    yield deal.package(voice)
    yield deal.competence(voice)
    yield lines.red_lines(voice)
    yield questions.to_put(voice)
    if voice.side is not None:
        yield questions.to_expect(voice)
    yield from _ground(voice)


def _bare(voice: Voice) -> Iterator[Section]:
    """Where nothing can be said of what both gain: the questions come first, and little else."""
    first = bottom.bottom_line(voice)
    yield first
    yield questions.to_put(voice, skip=len(first.points))
    if voice.side is not None:
        yield questions.to_expect(voice)
    yield themes.ranking(voice)
    yield lines.red_lines(voice)
    yield from _ground(voice)


def _ground(voice: Voice) -> Iterator[Section]:
    yield ground.not_known(voice)
    yield ground.facts(voice)
    yield ground.method(voice)
    if voice.full:
        yield annex(voice)
