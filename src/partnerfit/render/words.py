"""The fixed words of the output: who does what for whom, on what basis, and how well it is known."""

from __future__ import annotations

from partnerfit.model import Objective, Statement
from partnerfit.render.blocks import Text, Tone
from partnerfit.scoring.comparison import Comparison, Item, Question, ThemeFit
from partnerfit.scoring.fit import Assessment
from partnerfit.scoring.positions import Position

ASSESSMENT_TONE: dict[Assessment, Tone] = {
    "opening": "warn",
    "win-win": "good",
    "promising": "good",
    "contested": "bad",
    "negotiable": "warn",
    "modest": "plain",
    "refused": "bad",
    "unexplored": "dim",
    "no evidence": "dim",
}
ASSESSMENT_MEANING: dict[Assessment, str] = {
    "opening": "contested, but with a way in",
    "win-win": "both gain, on firm evidence",
    "promising": "both gain, less strongly",
    "contested": "what one wants the other refuses",
    "negotiable": "what one asks is available at a price",
    "modest": "both gain a little",
    "refused": "only refusals",
    "unexplored": "open questions only",
    "no evidence": "nothing known on either side",
}
CONFIRM = " *"


def points(value: float) -> str:
    """A score without decimals, a dash where there is none."""
    return f"{value:.0f}" if value > 0 else "–"


def span(low: float, high: float) -> str:
    """A range of scores."""
    return f"{low:.0f}–{high:.0f}" if high > 0 else "–"


def share(value: float | None) -> str:
    """A share in [0, 1] with two decimals."""
    return "–" if value is None else f"{value:.2f}"


def signed(gain: float | None) -> str:
    """A gain in [-1, 1] with its sign, or that it is unknown."""
    return "unknown" if gain is None else f"{gain:+.2f}".replace("-", "−")


def percent(value: float) -> str:
    """A share as a percentage."""
    return f"{value * 100:.0f} %"


def assessment(theme: ThemeFit) -> Text:
    """The assessment, marked where it is still to be confirmed."""
    words = f"{theme.assessment}{CONFIRM if theme.to_confirm else ''}"
    return Text(words, ASSESSMENT_TONE[theme.assessment])


def pair(comparison: Comparison) -> str:
    """Both partners by name, in the order in which they were given."""
    return " and ".join(partner.name for partner in comparison.partners)


def deed(subject: Item | Question, comparison: Comparison) -> str:
    """Who does what: "Sweden eases short-stay visas for nationals of Tunisia"."""
    measure = subject.measure
    if subject.provider is None or subject.receiver is None:
        return f"{pair(comparison)} {measure.together}"
    assert measure.gives is not None  # the model has seen to it
    provider = comparison.partner(subject.provider).name
    return f"{provider} {measure.gives.replace('{receiver}', comparison.partner(subject.receiver).name)}"


def direction(item: Item, comparison: Comparison) -> str:
    """Who provides to whom."""
    if item.provider is None or item.receiver is None:
        return "joint"
    provider, receiver = comparison.partner(item.provider), comparison.partner(item.receiver)
    return f"{provider.name} provides to {receiver.name}"


def towards(statement: Statement) -> str:
    """For whom a statement holds."""
    words = f"towards {', '.join(statement.towards)}" if statement.towards else "towards all"
    return f"{words} except {', '.join(statement.excluding)}" if statement.excluding else words


def with_others(objectives: tuple[Objective, ...]) -> str:
    """With whom a state does it already: "with IGAD (swe-28)"."""
    partners = dict.fromkeys(code for o in objectives for code in o.towards)
    return f"with {listed(tuple(partners))} ({', '.join(o.id for o in objectives)})"


def question(asked: Question, comparison: Comparison) -> str:
    """A question with the reason to put it."""
    to, by = comparison.partner(asked.to).name, comparison.partner(asked.asked_by).name
    measure = asked.measure
    if asked.provider is None:
        what = f"would {measure.together} with {by}"
    else:
        assert measure.give is not None  # the model has seen to it
        provider = asked.provider == asked.to
        deed = measure.give.replace("{receiver}", by if provider else to)
        what = f"would {deed}" if provider else f"would welcome it if {by} were to {deed}"
    verb = "does" if asked.provider in (None, asked.to) else "seeks it"
    reason = f", as it {verb} {with_others(asked.does_with_others)}" if asked.does_with_others else ""
    return f"Ask {to} whether it {what}{reason}. [{measure.id}]"


def listed(words: tuple[str, ...], most: int = 4) -> str:
    """A list in words, cut after `most`."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def stance(position: Position) -> str:
    """The stances behind a position: "seeks (high)", with the doubt where they differ."""
    if position.gain is None:
        return "not known"
    words = " but ".join(f"{o.stance} ({o.priority})" for o in position.deciding)
    return f"{words}, with others" if position.basis == "elsewhere" else words


def known_how(item: Item, comparison: Comparison) -> str:
    """How well an item is known, and where a side counts only by what it does with others."""
    notes = [
        f"{comparison.partner(side.state).name} so far {with_others(side.position.deciding)}"
        for side in item.sides
        if side.position.basis == "elsewhere"
    ]
    if item.mixed:
        names = (comparison.partner(s.state).name for s in item.sides if s.position.mixed)
        notes.append(f"views differ inside {listed(tuple(names))}")
    return "; ".join([item.confidence or "–", *notes])
