"""What a note stands on: what is not known, dated facts, the method."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerfit import sentences
from partnerfit.brief.content import Claim, Section, Table
from partnerfit.brief.voice import Voice
from partnerfit.figures import Corridor
from partnerfit.model import Objective
from partnerfit.scoring.comparison import Item

STALE_YEARS = 5
MOST_NAMED = 4
FIGURES = ("old-age-dependency", "emigrant-stock-share", "immigrant-stock-share", "remittances-received")
"""The indicators that stand in the short note, where both have them."""


def not_known(voice: Voice) -> Section:
    """Coverage, weak evidence, old evidence, and where nothing is known."""
    points = (*_coverage(voice), *_weak(voice), *_stale(voice), *_silent(voice))
    return Section("unknown", voice.say("unknown-title"), points=tuple(points))


def _coverage(voice: Voice) -> Iterator[Claim]:
    comparison = voice.comparison
    measures = len({item.measure.id for item in comparison.items})
    parts = (
        voice.say(
            "covered", state=voice.name(p.id), n=round(comparison.coverage[p.id] * measures), all=measures
        )
        for p in voice.partners
    )
    yield Claim(voice.say("coverage", coverage=", ".join(parts)))


def _weak(voice: Voice) -> Iterator[Claim]:
    both = voice.win_wins()
    weak = [item for item in both if item.confidence == "low"]
    if weak:
        names = dict.fromkeys(voice.measure(item.measure) for item in weak)
        key = "low-all" if len(weak) == len(both) else "low-some"
        named = sentences.listed(names, most=voice.most(MOST_NAMED))
        yield Claim(voice.say(key, n=len(weak), all=len(both), measures=named))


def _stale(voice: Voice) -> Iterator[Claim]:
    """Positions behind win-wins and the package whose newest source is old."""
    found: dict[Objective, tuple[str, Item, int]] = {}
    for item in (*voice.win_wins(), *voice.material.package.items):
        for side in voice.ordered(item):
            for objective in side.position.deciding:
                year = _newest(voice, side.state, objective)
                if year is not None and year < voice.comparison.as_of.year - STALE_YEARS:
                    found.setdefault(objective, (side.state, item, year))
    named = [
        voice.say("stale-one", state=voice.name(state), measure=voice.measure(item.measure), year=year)
        for state, item, year in found.values()
    ]
    if named:
        references = tuple(voice.reference(state, o) for o, (state, _, _) in found.items())
        most = voice.most(MOST_NAMED)
        shown = references if len(named) <= most + 1 else references[:most]
        yield Claim(voice.say("stale", statements=sentences.listed(named, most=most)), references=shown)


def _newest(voice: Voice, state: str, objective: Objective) -> int | None:
    """The year of the newest source of an objective; None where one has no date."""
    dates = [s.date for s in voice.comparison.partner(state).sources if s.id in objective.sources]
    years = [int(date[:4]) for date in dates if date]
    return max(years) if len(years) == len(dates) and years else None


def _silent(voice: Voice) -> Iterator[Claim]:
    silent = [
        sentences.lower_first(theme.theme.name)
        for theme in voice.comparison.themes
        if theme.assessment == "no evidence"
    ]
    if silent:
        yield Claim(voice.say("silent", themes=voice.several(silent, 4)))


def facts(voice: Voice) -> Section:
    """What is counted between the two, and dated figures of each."""
    points = tuple(claim for way in voice.material.corridors for claim in _corridor(voice, way))
    return Section("facts", voice.say("facts"), points=points, table=_indicators(voice))


def _corridor(voice: Voice, way: Corridor) -> Iterator[Claim]:
    codes = voice.material.codes
    origin, destination = (codes.get(code, code) for code in (way.origin, way.destination))
    locator = f"{origin} – {destination}"
    parts = []
    if way.migrant_stock:
        people, year = f"{way.migrant_stock.value:,.0f}", way.migrant_stock.year
        parts.append(voice.say("lives", people=people, origin=origin, destination=destination, year=year))
    if way.remittances:
        amount, year = f"{way.remittances.value:,.0f}", way.remittances.year
        parts.append(voice.say("sent", amount=amount, year=year))
    sources = [amount.source for amount in (way.migrant_stock, way.remittances) if amount]
    label = voice.say("corridor", origin=origin, destination=destination)
    yield Claim(f"{'; '.join(parts)}.", label, voice.of_figures(locator, sources))


def _indicators(voice: Voice) -> Table | None:
    """A row for each figure that both have, or one of them in the full note, with its year."""
    rows = []
    for measured in voice.material.figures.indicators:
        if not voice.full and measured.id not in FIGURES:
            continue
        newest = [
            max((i for i in p.indicators if i.indicator == measured.id), key=lambda i: i.year, default=None)
            for p in voice.partners
        ]
        if any(newest) if voice.full else all(newest):
            sources = sorted({indicator.source for indicator in newest if indicator})
            name = measured.name if measured.unit in measured.name else f"{measured.name}, {measured.unit}"
            name = re.sub(r", % of population$", ", %", name) if "population" in measured.name else name
            cells = (Claim(voice.figure(i) if i else "–") for i in newest)
            rows.append((Claim(name, references=voice.of_figures(measured.name, sources)), *cells))
    columns = (voice.say("column-figure"), *(partner.name for partner in voice.partners))
    return Table(columns, tuple(rows), right=(1, 2)) if rows else None


def method(voice: Voice) -> Section:
    """How the results came about, in four lines."""
    keys = ("method-1", "method-2", "method-3", "method-4")
    return Section("method", voice.say("method"), points=tuple(Claim(voice.say(key)) for key in keys))
