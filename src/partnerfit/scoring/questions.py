"""What to ask the other side: items on which an answer would open or firm up a win-win."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from partnerfit.model import Level, State
from partnerfit.scoring.comparison import Item, Question, Side
from partnerfit.scoring.demands import PROVIDING
from partnerfit.scoring.fit import fit
from partnerfit.scoring.items import Floats
from partnerfit.scoring.method import Context
from partnerfit.scoring.pair import two_best
from partnerfit.scoring.positions import CONFIDENCE, SPECIFICITY

ANSWER: Level = "medium"


def questions(
    states: tuple[State, State], items: Sequence[Item], context: Context, as_of: dt.date
) -> tuple[Question, ...]:
    """The questions of a pair, the best first.

    Args:
        states: both states.
        items: all items of the pair, in the order of the slots.
        context: taxonomy, groups and method.
        as_of: positions that lapsed before are left out.
    """
    inside = context.free_movement(states[0].iso3, states[1].iso3) is not None
    terms = _Terms(
        items=items,
        route=context.route(states[0].iso3, states[1].iso3) is not None,
        givers=frozenset(state.id for state in states if _gives(state, context, as_of)),
        sought={state.id: _themes_sought(state, context, as_of) for state in states},
        context=context,
    )
    found: list[tuple[tuple[object, ...], Question]] = []
    for start, end in context.slots.spans:
        fits = np.array([item.fit for item in items[start:end]])
        for index, item in enumerate(items[start:end]):
            limit = _limit(start + index, items, context)
            for asked, asker in _asked(item) if limit > 0 else ():
                answered = min(answered_fit(asked, asker, context), limit)
                adds = _adds(fits, index, answered, context)
                if round(adds, 1) <= 0 or (inside and asker.position.basis != "named"):
                    continue
                if asked.position.gain is None and _out_of_place(item, asked, asker, terms):
                    continue
                question = Question(
                    to=asked.state,
                    asked_by=asker.state,
                    measure=item.measure,
                    theme=context.theme_of(item.measure.id),
                    provider=item.provider,
                    receiver=item.receiver,
                    adds=adds,
                    wished=asker.position.deciding,
                    does_with_others=tuple(
                        s.objective for s in asked.position.strands if s.basis == "elsewhere" and s.positive
                    ),
                )
                found.append((_order(question, asked, asker, context), question))
    return tuple(question for _, question in sorted(found, key=lambda entry: entry[0]))


def _asked(item: Item) -> Iterator[tuple[Side, Side]]:
    """Who would have to answer and who asks: none, one, or in a joint lead both ways."""
    for asked, asker in (item.sides, item.sides[::-1]):
        position = asked.position
        if (
            (item.cls == "open-question" and position.gain is None)
            or (item.cls == "lead" and asked.role != "receiver")
            or (item.win_win and position.basis == "elsewhere")
        ):
            yield asked, asker


@dataclass(frozen=True)
class _Terms:
    """What decides whether a state of which nothing is known on an item may be asked."""

    items: Sequence[Item]
    route: bool
    givers: frozenset[str]
    sought: dict[str, frozenset[str]]
    context: Context


def _out_of_place(item: Item, asked: Side, asker: Side, terms: _Terms) -> bool:
    """Whether a state of which nothing is known on the item should not be asked.

    What the asker only does with others connects the two in nothing. A state known only in the
    asker's own role wants the same, unless the wish names it. A general offer is put to a receiver
    that seeks something in the field from somebody. The rest is what the measure says by `asked_of`.
    """
    basis = asker.position.basis
    if basis == "elsewhere" or (basis != "named" and _wants_the_same(item, asked, terms.items)):
        return True
    if asked.role == "receiver":
        theme = terms.context.theme_of(item.measure.id).id
        return basis == "general" and theme not in terms.sought[asked.state]
    conditions = {
        "giver": asked.state in terms.givers,
        "route": terms.route or basis in ("named", "group"),
        "named": basis == "named",
    }
    return not all(conditions[condition] for condition in item.measure.asked_of)


def _wants_the_same(item: Item, asked: Side, items: Sequence[Item]) -> bool:
    return asked.role is not None and any(
        other.of(asked.state).gain is not None
        for other in items
        if other.measure.id == item.measure.id and other.provider != item.provider
    )


def _gives(state: State, context: Context, as_of: dt.date) -> bool:
    """Whether a state provides, to anybody, something that is asked of givers."""
    return any(
        o.stance in PROVIDING and "giver" in context.measure(o.measure).asked_of and not o.lapsed(as_of)
        for o in state.objectives
    )


def _themes_sought(state: State, context: Context, as_of: dt.date) -> frozenset[str]:
    """The themes in which a state seeks something, from anybody."""
    return frozenset(
        context.theme_of(o.measure).id
        for o in state.objectives
        if o.stance == "seeks" and not o.lapsed(as_of)
    )


def _limit(i: int, items: Sequence[Item], context: Context) -> float:
    """What an item can be worth at most by what it rests on, 0 to 100; 0 where that is missing."""
    if i not in context.slots.channels:
        return 100.0
    channels = [items[j] for j in context.slots.channels[i]]
    fits = [channel.fit for channel in channels if channel.win_win]
    return max(fits, default=100.0 if any(c.cls == "trade" for c in channels) else 0.0)


def _order(question: Question, asked: Side, asker: Side, context: Context) -> tuple[object, ...]:
    """A wish that names the partner comes first, then what the asked state does with others.

    A receiver that seeks the same elsewhere has all but answered, so providers are asked before.
    """
    strongest = asker.position.deciding[0]
    return (
        asker.position.basis != "named",
        not question.does_with_others,
        asked.role == "receiver",
        SPECIFICITY.index(asker.position.basis or "elsewhere"),
        -context.method.size(strongest.priority),
        CONFIDENCE.index(asker.position.confidence or "low"),
        -round(question.adds, 9),
        question.measure.id,
        question.provider or "",
        question.to,
    )


def _adds(fits: Floats, index: int, answered: float, context: Context) -> float:
    """What an answer to the item at `index` would add to the score of the theme with these fits."""
    changed = fits.copy()
    changed[index] = max(answered, changed[index])
    return two_best(changed, context) - two_best(fits, context)


def answered_fit(asked: Side, asker: Side, context: Context) -> float:
    """Fit of an item, 0 to 100, if the asked side gave a medium yes."""
    return _fit(_yes(asked, context), asker.position.gain)


def potential_fit(item: Item, context: Context) -> float:
    """Fit of an item, 0 to 100, if every open question on it were answered with a medium yes."""
    if item.cls not in ("lead", "open-question") and not item.win_win:
        return item.fit
    if item.win_win and not any(_is_open(side) for side in item.sides):
        return item.fit
    gains = [_yes(s, context) if _is_open(s) else s.position.gain for s in item.sides]
    return max(item.fit, _fit(*gains))


def _yes(side: Side, context: Context) -> float:
    """Gain of a side after a medium yes: lowered by what limits it, never below what is known."""
    size = context.method.size(ANSWER) * side.position.feasibility
    return max(size, side.position.gain or 0.0)


def _is_open(side: Side) -> bool:
    return side.position.gain is None or side.position.basis == "elsewhere"


def _fit(a: float | None, b: float | None) -> float:
    return float(fit(np.asarray(a or 0.0), np.asarray(b or 0.0)))
