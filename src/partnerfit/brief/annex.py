"""The annex of the full note: every win-win, every trade, Union law, common demands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerfit import sentences
from partnerfit.brief.content import Claim, Section, Table
from partnerfit.brief.voice import Voice
from partnerfit.model import Measure
from partnerfit.scoring.comparison import Item

LEVELS = {"high": "high", "medium": "medium", "low": "level-low"}


def annex(voice: Voice) -> Section:
    """All that the short note leaves out."""
    parts = (_gain(voice), _in_return(voice), _union(voice), _demands(voice))
    return Section("annex", voice.say("annex"), parts=tuple(part for part in parts if not part.empty))


def _gain(voice: Voice) -> Section:
    items = voice.win_wins()
    columns = tuple(voice.say(f"column-{key}") for key in ("fit", "deed", "positions", "evidence"))
    rows = tuple(
        (
            Claim(f"{item.fit:.0f}"),
            Claim(voice.deed(item), references=voice.of_items(item)),
            Claim(voice.stances(item)),
            Claim(_evidence(voice, item)),
        )
        for item in items
    )
    return Section("annex-gain", voice.say("annex-gain"), table=Table(columns, rows, (0,)) if rows else None)


def _in_return(voice: Voice) -> Section:
    items = [item for item in voice.comparison.items if item.cls == "trade" and (item.tension or item.price)]
    items.sort(key=lambda i: (-round(i.tension + i.price, 9), i.measure.id, i.provider or ""))
    columns = tuple(voice.say(f"column-{key}") for key in ("deed", "positions", "evidence"))
    rows = tuple(
        (
            Claim(voice.deed(item), references=voice.of_items(item)),
            Claim(voice.stances(item)),
            Claim(_evidence(voice, item)),
        )
        for item in items
    )
    return Section("annex-return", voice.say("annex-return"), table=Table(columns, rows) if rows else None)


def _evidence(voice: Voice, item: Item) -> str:
    return voice.say(LEVELS[item.confidence]) if item.confidence else "–"


def _union(voice: Voice) -> Section:
    told = [i for i in voice.comparison.items if i.win_win or i.cls in ("trade", "blocked")]
    measures = dict.fromkeys(item.measure for item in told)
    return Section("annex-union", voice.say("annex-union"), points=tuple(_set(voice, measures)))


def _set(voice: Voice, measures: Iterable[Measure]) -> Iterator[Claim]:
    for measure in measures:
        if members := voice.bound(measure):
            competence = measure.competence
            yield Claim(
                voice.say("union-limit", limit=competence.limit, members=members, level=competence.level),
                f"{measure.name}.",
                voice.of_sources("; ".join(competence.basis), competence.sources),
            )


def _demands(voice: Voice) -> Section:
    wanted = [measure for theme in voice.comparison.themes for measure in theme.common_demands]
    points: tuple[Claim, ...] = ()
    if wanted:
        names = sentences.listed((voice.measure(measure) for measure in wanted), most=99)
        points = (Claim(voice.say("demands", measures=names)),)
    return Section("annex-demands", voice.say("annex-demands"), points=points)
