"""What is drawn from practice in the light of other files: what initiatives and framings refer to.

As in `references`, a finding is a place and one line on what is wrong there and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from partnerfit.complaints import one_line
from partnerfit.findings import Finding, Loc, ids_of, repeated, twice, uncited, unknown
from partnerfit.hints import Hints
from partnerfit.initiatives import Initiative, Initiatives
from partnerfit.model import Framing, Theme, Themes
from partnerfit.references import SAME_INTEREST, Vocabulary
from partnerfit.values import LINE


def check_initiatives(initiatives: Initiatives, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Check all initiatives: unique ids, measures, codes and sources that exist, gains of those involved."""
    vocabulary = replace(vocabulary, hints=Hints())
    sources = frozenset(source.id for source in initiatives.sources)
    for part in ("initiatives", "sources"):
        yield from repeated(ids_of(part, getattr(initiatives, part)))
    cited: set[str] = set()
    for i, initiative in enumerate(initiatives.initiatives):
        loc: Loc = ("initiatives", i)
        for key in ("partners", "places"):
            for j, code in enumerate(getattr(initiative, key)):
                yield from vocabulary.code(code, (*loc, key, j))
        for j, measure in enumerate(initiative.measures):
            yield from vocabulary.measure(measure, (*loc, "measures", j))
        for j, source in enumerate(initiative.sources):
            cited.add(source)
            # What the entry cites already is not what a misspelt id may mean.
            known = sources if source in sources else sources - {*initiative.sources}
            for finding in unknown("source", source, (*loc, "sources", j), known, vocabulary.hints):
                cited.update(finding.meant)  # one slip is told once
                yield finding
        yield from twice(initiative.sources, (*loc, "sources"))
        yield from _involved(initiative, loc)
    yield from uncited(initiatives.sources, cited)


def check_framings(themes: Themes, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Check all framings: unique ids, interests once each, measures, codes and sources that exist.

    Since framings and measures share the sources of the taxonomy, so are those cited by neither.
    """
    vocabulary = replace(vocabulary, hints=Hints())
    sources = frozenset(source.id for source in themes.sources)
    yield from repeated(ids_of("sources", themes.sources))
    places: list[Loc] = []
    framings: list[tuple[Theme, Framing]] = []
    for i, theme in enumerate(themes.themes):
        places += [("themes", i, "framings", j) for j in range(len(theme.framings))]
        framings += [(theme, framing) for framing in theme.framings]
    yield from repeated(
        (framing.id, (*loc, "id")) for (_, framing), loc in zip(framings, places, strict=True)
    )
    cited = {
        source
        for theme in themes.themes
        for measure in theme.measures
        for source in measure.competence.sources
    }
    for (theme, framing), loc in zip(framings, places, strict=True):
        yield from repeated(
            ((each.interest, (*loc, "emphasises", j)) for j, each in enumerate(framing.emphasises)),
            "PF211",
            "interest",
            SAME_INTEREST,
        )
        measures = {measure.id for measure in theme.measures}
        for j, measure in enumerate(framing.measures):
            place = (*loc, "measures", j)
            yield from unknown("measure of this theme", measure, place, measures, vocabulary.hints)
        for j, code in enumerate(framing.applies_to):
            yield from vocabulary.code(code, (*loc, "applies_to", j))
        for j, source in enumerate(framing.sources):
            cited.add(source)
            for finding in unknown("source", source, (*loc, "sources", j), sources, vocabulary.hints):
                cited.update(finding.meant)
                yield finding
    yield from uncited(themes.sources, cited)


def _involved(initiative: Initiative, loc: Loc) -> Iterator[Finding]:
    seen: dict[str, Loc] = {}
    for key in ("partners", "places"):
        for i, code in enumerate(getattr(initiative, key)):
            place = (*loc, key, i)
            if code in seen:
                message = f"`{one_line(code)}` is named on line {LINE} already; name it once"
                yield Finding(place, "PF215", message, other=seen[code])
            seen.setdefault(code, place)
    for i, gain in enumerate(initiative.gains):
        for j, code in enumerate(gain.to):
            if code not in seen:
                what = f"`{one_line(code)}` is not involved"
                message = f"{what}; add it to `partners` or `places`, or leave it out"
                yield Finding((*loc, "gains", i, "to", j), "PF216", message)
