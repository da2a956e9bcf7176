"""The themes in order, and for the first of them what each side wants, limits, framing, precedent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from partnerfit import sentences
from partnerfit.brief.content import Bar, Claim, Section, Table
from partnerfit.brief.voice import Voice
from partnerfit.initiatives import Initiative
from partnerfit.model import Constraint
from partnerfit.scoring.comparison import Item, Side, ThemeFit

TOP = 3
OFFERS = 2
MOST_PAST = 3
PLAIN = ("win-win", "promising", "contested", "refused")
"""Assessments that a short note does not explain."""
SILENT = ("unexplored", "no evidence")


def ranking(voice: Voice) -> Section:
    """All themes of which something is known, in order, with bars and assessments in words."""
    shown = [t for t in voice.comparison.themes if t.score > 0 or t.assessment not in SILENT]
    rest = [t for t in voice.comparison.themes if t not in shown]
    columns = (f"column-{key}" for key in ("rank", "theme", "both-gain", "score", "range", "assessment"))
    table = Table(
        tuple(voice.say(key) for key in columns),
        tuple(_row(voice, theme) for theme in shown),
        right=(0, 3, 4),
    )
    words = dict.fromkeys(theme.assessment for theme in shown)
    meanings = [voice.say("legend")]
    meanings += [
        voice.say(
            "meaning", assessment=sentences.upper_first(word), meaning=sentences.ASSESSMENT_MEANING[word]
        )
        for word in words
        if voice.full or word not in PLAIN
    ]
    if any(theme.to_confirm for theme in shown):
        meanings.append(voice.say("confirm-meaning"))
    close = [Claim(" ".join(meanings))]
    rest = [t for t in rest if t.assessment != "no evidence"]
    if rest:
        names = voice.several((sentences.lower_first(t.theme.name) for t in rest), 4)
        close.append(Claim(voice.say("unexplored", themes=names)))
    return Section(
        "ranking",
        voice.say("ranking"),
        table=table if shown else None,
        close=tuple(close if shown else close[1:]),
    )


def _row(voice: Voice, theme: ThemeFit) -> tuple[Claim | Bar, ...]:
    scored = theme.score > 0
    word: str = theme.assessment
    return (
        Claim(str(theme.rank) if scored else "–"),
        Claim(theme.theme.name),
        Bar(theme.score),
        Claim(f"{theme.score:.0f}" if scored else "–"),
        Claim(f"{theme.low:.0f}–{theme.high:.0f}" if theme.high > 0 else "–"),
        Claim(voice.say("to-confirm", assessment=word) if theme.to_confirm else word),
    )


def chosen(voice: Voice) -> list[ThemeFit]:
    """The first themes on which both gain; in the full note all of them."""
    return [theme for theme in voice.comparison.themes if theme.win_wins][: 10_000 if voice.full else TOP]


def first_themes(voice: Voice) -> tuple[Section, ...]:
    """The first themes, each with what both want in their own terms."""
    return tuple(
        Section(
            f"theme-{theme.theme.id}",
            theme.theme.name,
            points=(*_wants(voice, theme, place), *_limits(voice, theme), *_last(voice, theme, place)),
        )
        for place, theme in enumerate(chosen(voice))
    )


def _last(voice: Voice, theme: ThemeFit, place: int) -> Iterator[Claim]:
    """How to present a theme; where the note would be too long, after the first in names alone."""
    if place == 0 or voice.less < 2:
        yield from presented(voice, theme)
    else:
        yield from _named(voice, theme)


def _named(voice: Voice, theme: ThemeFit) -> Iterator[Claim]:
    """The framing and the closest precedent by name."""
    past = _before(voice)[theme.theme.id]
    named = [
        voice.say("precedent-named", name=initiative.name, years=_years(voice, initiative))
        for initiative in past
    ]
    references = [r for initiative in past for r in voice.of_sources(initiative.id, initiative.sources)]
    if theme.framing is not None:
        framing = theme.framing.framing
        of_framing = voice.of_sources(framing.name, framing.sources)
        text = " ".join((f"{framing.name}.", *(f"{voice.say('precedent')} {name}" for name in named)))
        yield Claim(text, voice.say("presentation"), (*of_framing, *references))
    elif named:
        yield Claim(" ".join(named), voice.say("precedent"), tuple(references))


def presentation(voice: Voice) -> Section:
    """How to present the first themes, and what has been done before, in a note for one side."""
    parts: list[Claim] = []
    for theme in chosen(voice):
        parts += presented(voice, theme, label=f"{theme.theme.name}.")
    return Section("presentation", voice.say("presentation-title"), points=tuple(parts))


def _wants(voice: Voice, theme: ThemeFit, place: int) -> Iterator[Claim]:
    """What each side wants of the first measure, in its own terms, and what could be offered."""
    best = voice.best(theme)[0]
    yield from (in_own_terms(voice, best, side) for side in voice.ordered(best))
    if place > 0 and voice.less > 2:
        return
    items = voice.best(theme)[: voice.most(OFFERS)]
    deeds = [
        voice.say("deed-weak" if item.confidence == "low" else "deed", deed=voice.deed(item))
        for item in items
    ]
    text = " ".join([deeds[0], *(f"{voice.say('also', deed=deed.rstrip('.'))}" for deed in deeds[1:])])
    yield Claim(text, voice.say("possible-offer"), voice.of_items(*items))


def in_own_terms(voice: Voice, item: Item, side: Side) -> Claim:
    """A position in the words of the profile."""
    position = side.position
    objective = position.deciding[0]
    label = voice.say(
        "says",
        state=voice.name(side.state),
        stance=voice.say(objective.stance),
        measure=voice.measure(item.measure),
    )
    if position.basis == "elsewhere":
        key = "it-elsewhere-from" if side.role == "receiver" else "it-elsewhere"
        label = voice.say(key, it=label, others=voice.addressed([objective]))
    return Claim(voice.told(objective.summary), f"{label}.", (voice.reference(side.state, objective),))


def _limits(voice: Voice, theme: ThemeFit) -> Iterator[Claim]:
    """What limits the first measures, on what they depend, and what is contested beside them."""
    items = voice.best(theme)[: voice.most(OFFERS)]
    limits: dict[tuple[str, Constraint], None] = {}
    for item in items:
        for side in voice.ordered(item):
            limits |= {(side.state, c): None for c in side.position.limits if c.severity != "red-line"}
    heaviest = sorted(limits, key=lambda entry: entry[1].severity != "major")
    for state, constraint in heaviest[: voice.most(1)]:
        text = voice.say("limit", state=voice.name(state), summary=constraint.summary)
        yield Claim(text, voice.say("limits"), (voice.reference(state, constraint),))
    for item in items:
        needed = item.requires or item.measure.needs_any
        if needed:
            names = sentences.listed(voice.measure(voice.measure_of(measure)) for measure in needed)
            text = voice.say("needs", measure=item.measure.name, needed=names)
            yield Claim(text, voice.say("limits"), voice.of_items(item))
    if theme.assessment == "opening":
        strained = max(theme.items, key=lambda i: (i.tension, i.measure.id))
        text = voice.say("contested-deed", deed=voice.deed(strained), stances=voice.stances(strained))
        yield Claim(text.rstrip(".") + ".", voice.say("contested-in"), voice.of_items(strained))


def presented(voice: Voice, theme: ThemeFit, label: str = "") -> Iterator[Claim]:
    """The framing that both can stand behind, and the closest precedent."""
    label = label or voice.say("presentation")
    found = theme.framing
    if found is not None:
        lines = _openings(voice, theme)
        text = voice.say("framing", name=found.framing.name, lines=lines)
        references = voice.of_sources(found.framing.name, found.framing.sources)
        yield Claim(text, label, references)
    yield from (told(voice, initiative) for initiative in _before(voice)[theme.theme.id])


def _before(voice: Voice) -> dict[str, list[Initiative]]:
    """For each of the first themes what has been done before, closest first; nothing is told twice."""
    found: dict[str, list[Initiative]] = {}
    for theme in chosen(voice):
        named = {initiative.id for before in found.values() for initiative in before}
        past = voice.material.precedents.get(theme.theme.id, ())
        fresh = [precedent.initiative for precedent in past if precedent.initiative.id not in named]
        found[theme.theme.id] = fresh[: MOST_PAST if voice.full else 1]
    return found


def _openings(voice: Voice, theme: ThemeFit) -> str:
    """What to open with: what speaks to both, then what speaks to one of them."""
    assert theme.framing is not None
    of = {backing.state: [opening.line for opening in backing.openings] for backing in theme.framing.sides}
    weight = Counter[str]()
    for backing in theme.framing.sides:
        weight.update({opening.line: opening.interest.weight for opening in backing.openings})
    states = [partner.id for partner in voice.partners if partner.id != voice.side]
    if len(states) == 1:
        return voice.say(
            "open-one", state=voice.name(states[0]), lines=_sentences(of[states[0]][: voice.most(1)])
        )
    shared = sorted((line for line in of[states[0]] if line in of[states[1]]), key=lambda x: (-weight[x], x))
    if shared and not voice.full:
        return voice.say("open-both", lines=_sentences(shared[:1]))
    parts = [voice.say("open-both", lines=_sentences(shared))] if shared else []
    for state in states:
        lines = [line for line in of[state] if line not in shared][: voice.most(1)]
        if lines:
            parts.append(voice.say("open-one", state=voice.name(state), lines=_sentences(lines)))
    return " ".join(parts)


def _sentences(lines: list[str]) -> str:
    return " ".join(f"{sentences.upper_first(line).rstrip('.')}." for line in lines)


def told(voice: Voice, initiative: Initiative) -> Claim:
    """A precedent in a line; in the full note with what came of it."""
    codes = voice.material.codes
    near = [partner.iso3 for partner in voice.partners]
    partners = sorted(initiative.partners, key=lambda code: (code not in near, code))
    who = sentences.listed((codes.get(code, code) for code in partners), most=voice.most(2))
    reached = [code for code in initiative.places if voice.full or code in near]
    if reached:
        who = voice.say(
            "reaching", who=who, places=sentences.listed(codes.get(c, c) for c in sorted(reached))
        )
    text = voice.say("precedent-line", name=initiative.name, years=_years(voice, initiative), who=who)
    if voice.full:
        text += " " + voice.say("precedent-full", results=initiative.results, lessons=initiative.lessons)
    return Claim(text, voice.say("precedent"), voice.of_sources(initiative.id, initiative.sources))


def _years(voice: Voice, initiative: Initiative) -> str:
    years = initiative.years
    if years.last is None:
        return voice.say("seen" if years.seen else "from-year", first=years.first, span=years.first)
    span = f"{years.first}–{years.last}" if years.last > years.first else f"{years.first}"
    return voice.say("seen", span=span) if years.seen else span
