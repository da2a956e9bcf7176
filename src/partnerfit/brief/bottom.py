"""The bottom line: three bullets that each name a measure, a direction and a source."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from partnerfit.brief.content import Claim, Section
from partnerfit.brief.questions import asked
from partnerfit.brief.voice import Voice
from partnerfit.scoring.comparison import Item, Question
from partnerfit.scoring.exchange import Exchange, exchanges
from partnerfit.scoring.ledger import Entry

BULLETS = 3


def bottom_line(voice: Voice) -> Section:
    """What to take into the room, and how far it can be relied on."""
    known, open_ = _candidates(voice), _asked_first(voice)
    points: list[Claim] = []
    taken: set[tuple[str, str | None]] = set()
    for claim, subject in itertools.chain(open_, known) if bare(voice) else itertools.chain(known, open_):
        key = (subject.measure.id, subject.provider) if subject is not None else (claim.text, None)
        if len(points) < BULLETS and key not in taken:
            points.append(claim)
            taken.add(key)
    return Section("bottom", voice.say("bottom"), lead=tuple(_lead(voice)), points=tuple(points))


def bare(voice: Voice) -> bool:
    """Whether nothing is known on which both would gain, and no package can be put together."""
    return not voice.win_wins() and not voice.material.package.entries


def _asked_first(voice: Voice) -> Iterator[tuple[Claim, Question]]:
    for question in voice.comparison.questions:
        if voice.side in (None, question.asked_by):
            claim = asked(voice, question)
            label = voice.say("ask-first", measure=voice.measure(question.measure))
            yield Claim(f"{claim.label} {claim.text}", label, claim.references), question


def _lead(voice: Voice) -> Iterator[Claim]:
    both = voice.win_wins()
    if bare(voice):
        can_ask = any(voice.side in (None, q.asked_by) for q in voice.comparison.questions)
        yield Claim(voice.say("nothing" if can_ask else "nothing-to-ask"))
    elif not both:
        yield Claim(voice.say("no-win-win"))
    elif all(item.confidence == "low" for item in both):
        yield Claim(voice.say("all-weak"))


def _candidates(voice: Voice) -> Iterator[tuple[Claim, Item | None]]:
    """What could stand in the bottom line, the most useful first."""
    best = [voice.best(theme)[0] for theme in voice.comparison.themes if theme.win_wins]
    if voice.side is None:
        yield from ((_standing(voice, "open-with", item), item) for item in best[:1])
    else:
        yield from _for_side(voice, voice.side)
    yield from _exchanged(voice)
    yield from _limits(voice)
    yield from ((_standing(voice, "then", item), item) for item in best)
    yield from _disputes(voice)


def _for_side(voice: Voice, side: str) -> Iterator[tuple[Claim, Item | None]]:
    """What a side would ask for, and what it would offer."""
    both = voice.win_wins()
    ask = [item for item in both if item.provider != side]
    offer = [item for item in both if item.provider == side]
    yield from ((_standing(voice, "ask-for", item), item) for item in ask[:1])
    yield from ((_standing(voice, "offer", item), item) for item in offer[:1])


def _standing(voice: Voice, key: str, item: Item) -> Claim:
    label = voice.say(key, measure=voice.measure(item.measure))
    return Claim(voice.stands(item), label, voice.of_items(item))


def _exchanged(voice: Voice) -> Iterator[tuple[Claim, Item | None]]:
    found = exchanges(voice.material.package)
    if found:
        best = max(found, key=lambda e: (round(min(e.net.values()), 9), round(sum(e.net.values()), 9)))
        yield in_return(voice, best), None


def in_return(voice: Voice, exchange: Exchange, *, alone: bool = True) -> Claim:
    """An exchange in a sentence, the partners in the order in which they were named.

    Where it stands `alone`, it says against which position it goes and what the Union decides, and not
    what else becomes possible.
    """
    conceded = [exchange.concessions[partner.id] for partner in voice.partners]
    given = [voice.deeds(entry.item for entry in entries) for entries in conceded if entries]
    text = voice.say("in-return", given=given[0], taken=given[1]) if len(given) > 1 else f"{given[0]}."
    entries = [entry for side in conceded for entry in side]
    along = () if alone else exchange.along
    if along:
        text += f" {voice.say('only-then', deeds=voice.deeds(entry.item for entry in along))}"
    if alone:
        text += "".join(dict.fromkeys(voice.union_alone(entry.item) for entry in entries))
        against = refusals(voice, entries)
        text += f" {voice.say('against', refusals=against)}" if against else ""
    if any(entry.item.confidence == "low" for entry in (*entries, *along)):
        text += f" {voice.say('weak')}"
    names = " / ".join(dict.fromkeys(voice.measure(entry.item.measure) for entry in entries))
    items = [entry.item for entry in (*entries, *along)]
    return Claim(text, voice.say("exchange", measures=names), voice.of_items(*items))


def refusals(voice: Voice, entries: list[Entry]) -> str:
    """What goes against a stated position of the side that would do it."""
    return "; ".join(
        voice.say(
            "refuses",
            state=voice.name(side.state),
            stance=voice.say(side.position.deciding[0].stance),
            measure=voice.measure(entry.item.measure),
        )
        for entry in entries
        for side in entry.item.sides
        if side.state == entry.conceded_by and side.position.refuses
    )


def _limits(voice: Voice) -> Iterator[tuple[Claim, Item | None]]:
    """The red lines that the other side would have moved; those of the partner first."""
    lines = [line for line in voice.comparison.red_lines if line.wanted]
    lines.sort(key=lambda line: line.state == voice.side)
    for line in lines:
        item = next(
            i
            for i in voice.comparison.items
            if i.measure == line.measure
            and any(s.state == line.state and line.constraint in s.position.limits for s in i.sides)
        )
        key = "red-line" if voice.side is None else "hold" if line.state == voice.side else "keep-off"
        name, measure = voice.name(line.state), voice.measure(line.measure)
        wish = next(side for side in item.sides if side.state == line.other)
        text = voice.say("line-wanted", other=voice.name(line.other), state=name, deed=voice.deed(item))
        references = (voice.reference(line.state, line.constraint), *voice.of_side(wish))
        yield Claim(text, voice.say(key, state=name, measure=measure), references), item


def _disputes(voice: Voice) -> Iterator[tuple[Claim, Item | None]]:
    found = [i for i in voice.comparison.items if i.cls == "trade" and (i.tension or i.price)]
    found.sort(key=lambda i: (-round(i.tension + i.price, 9), i.measure.id, i.provider or ""))
    for item in found:
        yield _standing(voice, "contested" if item.tension else "at-a-price", item), item
