"""The package: what would come in return for what, against which position, and how equal it is."""

from __future__ import annotations

from collections.abc import Iterator

from partnerfit.brief.bottom import in_return, refusals
from partnerfit.brief.content import Claim, Section
from partnerfit.brief.themes import OFFERS, chosen
from partnerfit.brief.voice import Voice
from partnerfit.scoring.exchange import exchanges

MOST = 2


def package(voice: Voice) -> Section:
    """The balanced package in short; nothing where none can be put together."""
    found = voice.material.package
    if not found.entries:
        return Section("package", voice.say("package"))
    return Section(
        "package",
        voice.say("package"),
        lead=tuple(_size(voice)),
        points=(*_exchanges(voice), *_against(voice), _balance(voice)),
    )


def _size(voice: Voice) -> Iterator[Claim]:
    found = voice.material.package
    win_wins = [entry for entry in found.entries if entry.conceded_by is None]
    what = "only-win-wins" if not found.concessions else "all-win-wins" if win_wins else "only-exchange"
    n, k = len(found.entries), len(found.themes)
    size = voice.say(
        "package-size",
        items=voice.say("item" if n == 1 else "items", n=n),
        themes=voice.say("theme" if k == 1 else "themes", n=k),
        what=voice.say(what),
    )
    firm = sum(entry.item.confidence in ("high", "medium") for entry in found.entries)
    firmness = voice.say("firmness", firm=firm, all=n) if firm else voice.say("no-firmness")
    yield Claim(f"{size} {firmness} {voice.say('no-proposal')}")


def _exchanges(voice: Voice) -> Iterator[Claim]:
    found = sorted(
        exchanges(voice.material.package),
        key=lambda e: (-round(min(e.net.values()), 9), -round(sum(e.net.values()), 9)),
    )
    for exchange in found[: voice.most(MOST)]:
        claim = in_return(voice, exchange, alone=False)
        yield Claim(claim.text, voice.say("exchange-line"), claim.references)
    if len(found) > voice.most(MOST):
        yield Claim(voice.say("more-exchanges", n=len(found) - MOST))


def _against(voice: Voice) -> Iterator[Claim]:
    entries = list(voice.material.package.concessions)
    against = refusals(voice, entries)
    if against:
        references = dict.fromkeys(
            reference
            for entry in entries
            for side in entry.item.sides
            if side.state == entry.conceded_by and side.position.refuses
            for reference in voice.of_side(side)
        )
        text = voice.say("against-line", refusals=against)
        yield Claim(text, voice.say("against-label"), tuple(references))


def competence(voice: Voice) -> Section:
    """What of the first themes and of the package a Member State cannot decide alone."""
    measures = [item.measure for theme in chosen(voice) for item in voice.best(theme)[: voice.most(OFFERS)]]
    measures += [item.measure for item in voice.material.package.items]
    return Section("competence", voice.say("competence"), points=tuple(voice.competence(measures)))


def _balance(voice: Voice) -> Claim:
    found = voice.material.package
    label = voice.say("balance")
    if found.balance is None:
        return Claim(voice.say("cannot-tell"), label)
    shares = {partner.id: found.share_of_ideal[partner.id] or 0.0 for partner in voice.partners}
    told = ", ".join(
        voice.say("gets", state=voice.name(state), share=f"{round(share * 100, 6):.0f}\N{NO-BREAK SPACE}%")
        for state, share in shares.items()
    )
    least = min(shares, key=lambda state: (shares[state], state))
    text = voice.say("equal", shares=told, balance=f"{found.balance:.2f}")
    if found.one_sided:
        text += f" {voice.say('one-sided', least=voice.name(least))}"
    return Claim(text, label)
