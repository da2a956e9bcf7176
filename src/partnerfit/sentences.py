"""Sentences that pages and notes share: who would do what for whom, and how words stand in a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from partnerfit.scoring.comparison import Comparison, Item, Question
from partnerfit.scoring.fit import Assessment

ASSESSMENT_MEANING: dict[Assessment, str] = {
    "opening": "contested, but with a way in",
    "win-win": "both gain, on firm evidence",
    "promising": "both gain, less strongly",
    "contested": "what one wants the other refuses",
    "negotiable": "what one asks the other would give in return",
    "modest": "both gain a little",
    "refused": "only refusals or red lines",
    "unexplored": "open questions, or wishes towards others",
    "no evidence": "nothing known that speaks to this partner",
}


def listed(words: Iterable[str], most: int = 4) -> str:
    """A list in words, cut after `most`."""
    found = tuple(words)
    if len(found) > most + 1:
        return f"{', '.join(found[:most])} and {len(found) - most} more"
    return " and ".join(filter(None, (", ".join(found[:-1]), found[-1]))) if found else ""


def lower_first(text: str) -> str:
    """A name as it stands inside a sentence; abbreviations keep their capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Words as they begin a sentence."""
    return text[:1].upper() + text[1:]


def begun(text: str, names: Iterable[str]) -> str:
    """The text with names such as "the Netherlands" as they begin a sentence."""
    for name in names:
        if name != upper_first(name):
            text = re.sub(
                rf"(^|[.?!] ){re.escape(name)}\b", lambda m: m[1] + upper_first(m[0][len(m[1]) :]), text
            )
    return text


def deed(comparison: Comparison, subject: Item | Question, name: Callable[[str], str]) -> str:
    """Who would do what: "Sweden would ease short-stay visas for nationals of Tunisia".

    `name` gives the name of a partner, by its id.
    """
    if subject.provider is None:
        return f"{both(comparison, name)} would {subject.measure.together}"
    return f"{name(subject.provider)} would {giving(comparison, subject, name)}"


def both(comparison: Comparison, name: Callable[[str], str]) -> str:
    """Both partners by name, in the order in which they were given."""
    return " and ".join(name(partner.id) for partner in comparison.partners)


def giving(comparison: Comparison, subject: Item | Question, name: Callable[[str], str]) -> str:
    """What a provider would do; where only the Union can, what a Member State can do instead."""
    measure, provider, receiver = subject.measure, subject.provider, subject.receiver
    assert provider is not None
    assert receiver is not None
    instead = measure.competence.give if provider in comparison.bound(measure) else None
    give = instead or measure.give
    assert give is not None  # the model has seen to it
    return give.replace("{receiver}", name(receiver))
