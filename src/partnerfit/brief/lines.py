"""Red lines and what is resisted, and how to respond if they are raised."""

from __future__ import annotations

from collections.abc import Iterator

from partnerfit.brief.content import Claim, Section
from partnerfit.brief.voice import Voice
from partnerfit.model import Theme
from partnerfit.scoring.comparison import Item, RedLine, Side

MOST_LINES = 3
MOST_RESISTED = 2


def red_lines(voice: Voice) -> Section:
    """Red lines that the other side would have moved, and positions against what it wants."""
    turns = _Turns(voice)
    wanted = [line for line in voice.comparison.red_lines if line.wanted]
    others = [line for line in voice.comparison.red_lines if not line.wanted]
    points = [_line(voice, line, turns) for line in wanted[: voice.most(MOST_LINES)]]
    resisted = list(_resisted(voice))
    points += [_resists(voice, i, s, turns) for i, s in resisted[: voice.most(MOST_RESISTED)]]
    if not voice.comparison.red_lines and not points:
        points.append(Claim(voice.say("no-red-lines")))
    return Section(
        "red-lines", voice.say("red-lines"), points=tuple(points), close=tuple(_unwanted(voice, others))
    )


class _Turns:
    """What to turn to instead: a measure on which both gain, of the same theme if there is one.

    None is named twice in a row for different subjects as long as there are others.
    """

    def __init__(self, voice: Voice) -> None:
        self._best = voice.win_wins()
        self._named: set[tuple[str, str | None]] = set()

    def to(self, theme: Theme) -> Item | None:
        near = [item for item in self._best if item.measure in theme.measures]
        ordered = [*near, *self._best]
        fresh = [item for item in ordered if (item.measure.id, item.provider) not in self._named]
        found = next(iter(fresh or ordered), None)
        if found is not None:
            self._named.add((found.measure.id, found.provider))
        return found


def _line(voice: Voice, line: RedLine, turns: _Turns) -> Claim:
    label = voice.say("line", state=voice.name(line.state), measure=voice.measure(line.measure))
    text = f"{line.constraint.summary} {_response(voice, line.state, turns.to(line.theme))}"
    return Claim(text, label, (voice.reference(line.state, line.constraint),))


def _resists(voice: Voice, item: Item, side: Side, turns: _Turns) -> Claim:
    objective = side.position.deciding[0]
    stance, measure = voice.say(objective.stance), voice.measure(item.measure)
    label = f"{voice.say('refuses', state=voice.name(side.state), stance=stance, measure=measure)}."
    conceded = {(e.item.measure.id, e.item.provider) for e in voice.material.package.concessions}
    if (item.measure.id, item.provider) in conceded:
        response = voice.say("if-raised-package")
    else:
        response = _response(voice, side.state, turns.to(voice.comparison.theme_of(item.measure.id)))
    return Claim(f"{voice.told(objective.summary)} {response}", label, voice.of_side(side))


def _response(voice: Voice, state: str, instead: Item | None) -> str:
    """What to say if it is raised: to both, to the side that would ask, or to the one that refuses."""
    who = "if-raised" if voice.side is None else "ours" if state == voice.side else "theirs"
    if instead is None:
        return voice.say(f"{who}-talk")
    return voice.say(f"{who}-turn", measure=voice.measure(instead.measure))


def _resisted(voice: Voice) -> Iterator[tuple[Item, Side]]:
    """What one side wants and the other resists, without a red line; the largest tension first."""
    found = [item for item in voice.comparison.items if item.cls == "trade" and item.tension > 0]
    found.sort(key=lambda item: (-round(item.tension, 9), item.measure.id, item.provider or ""))
    for item in found:
        yield item, next(side for side in item.sides if side.position.refuses)


def _unwanted(voice: Voice, lines: list[RedLine]) -> Iterator[Claim]:
    if lines and voice.less < 3:
        shown = lines if voice.full else lines[: MOST_LINES + 1]
        names = "; ".join(f"{voice.name(line.state)}, {voice.measure(line.measure)}" for line in shown)
        references = dict.fromkeys(voice.reference(line.state, line.constraint) for line in shown)
        yield Claim(voice.say("not-wanted", lines=names), references=tuple(references))
