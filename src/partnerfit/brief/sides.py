"""A note for one side: its objectives, those of the other, and how it can respond."""

from __future__ import annotations

from partnerfit.brief.content import Claim, Section
from partnerfit.brief.voice import Voice
from partnerfit.scoring.comparison import Item, Side
from partnerfit.scoring.exchange import exchanges

MOST = 3


def our_objectives(voice: Voice, side: str) -> Section:
    """What the side wants of the other, in its own terms, and where the other stands."""
    points = []
    for item in _wishes(voice, side)[: voice.most(MOST, least=2)]:
        own, theirs = _sides(item, side)
        points.append(
            Claim(
                f"{voice.told(own.position.deciding[0].summary)} {_view(voice, theirs)}",
                f"{item.measure.name}.",
                (*voice.of_side(own), *voice.of_side(theirs)),
            )
        )
    lead = () if points else (Claim(voice.say("none-known")),)
    return Section("our-objectives", voice.say("our-objectives"), lead=lead, points=tuple(points))


def their_objectives(voice: Voice, side: str) -> Section:
    """What the other wants of the side, in its own terms, and the response."""
    other = voice.other(side)
    points = []
    for item in _wishes(voice, other)[: voice.most(MOST, least=2)]:
        theirs, own = _sides(item, other)
        response = voice.say("response", response=_response(voice, item, own))
        points.append(
            Claim(
                f"{voice.told(theirs.position.deciding[0].summary)} {response}",
                f"{item.measure.name}.",
                (*voice.of_side(theirs), *voice.of_side(own)),
            )
        )
    lead = () if points else (Claim(voice.say("none-known")),)
    return Section("their-objectives", voice.say("their-objectives"), lead=lead, points=tuple(points))


def _wishes(voice: Voice, state: str) -> list[Item]:
    """What a state wants of the other, the weightiest first: what it receives, and what is joint."""
    found = [
        item
        for item in voice.comparison.items
        if item.provider != state and (item.of(state).gain or 0.0) > 0 and item.of(state).basis != "elsewhere"
    ]
    if not found:
        found = [i for i in voice.win_wins() if i.provider != state]
    return sorted(
        found,
        key=lambda i: (
            -round(i.of(state).gain or 0.0, 9),
            -round(i.fit, 9),
            i.of(voice.other(state)).gain is None,
            i.measure.id,
            i.provider or "",
        ),
    )


def _sides(item: Item, state: str) -> tuple[Side, Side]:
    """The side of a state in an item, and the other one."""
    first, second = item.sides
    return (first, second) if first.state == state else (second, first)


def _view(voice: Voice, side: Side) -> str:
    """Where the other stands on something the side wants."""
    if side.position.red_lines:
        return voice.say("their-view", partner=voice.name(side.state), view=voice.say("view-red-line"))
    if side.position.gain is None:
        return voice.say("their-view", partner=voice.name(side.state), view=voice.say("view-unknown"))
    return f"{voice.stance(side)}."


def _response(voice: Voice, item: Item, own: Side) -> str:
    """How to respond to a wish of the other, from one's own position."""
    position = own.position
    if position.red_lines:
        return voice.say("respond-red-line")
    if position.gain is None:
        return voice.say("respond-open")
    if position.gain > 0:
        return _willing(voice, own)
    if position.gain == 0:
        return voice.say("respond-mixed")
    given = _in_return_for(voice, item, own.state)
    if given:
        return voice.say("respond-refuse-package" if position.refuses else "respond-in-return", given=given)
    return voice.say("respond-refuse" if position.refuses else "respond-accept")


def _willing(voice: Voice, own: Side) -> str:
    """The response of a side that gains too, or does so far only with others."""
    if own.position.basis == "elsewhere":
        key = "respond-sought" if own.role == "receiver" else "respond-elsewhere"
        return voice.say(key, others=voice.addressed(own.position.deciding))
    return voice.say("respond-offer" if own.role == "provider" else "respond-together")


def _in_return_for(voice: Voice, item: Item, state: str) -> str:
    """What the other side concedes in the exchange in which a state concedes an item, in words."""
    for exchange in exchanges(voice.material.package):
        own = [(e.item.measure.id, e.item.provider) for e in exchange.concessions[state]]
        if (item.measure.id, item.provider) in own:
            entries = (*exchange.concessions[voice.other(state)], *exchange.along)
            return " / ".join(dict.fromkeys(voice.measure(entry.item.measure) for entry in entries))
    return ""
