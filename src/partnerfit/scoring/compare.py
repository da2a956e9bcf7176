"""Two states compared: the one way in which the parts of the model are put together."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from partnerfit.errors import ComparisonError, UsageError
from partnerfit.model import State
from partnerfit.scoring import fit as fits
from partnerfit.scoring import questions as asking
from partnerfit.scoring.comparison import BlocPosition, Comparison, Item, RedLine, ThemeFit
from partnerfit.scoring.demands import common_demands
from partnerfit.scoring.framing import recommend
from partnerfit.scoring.items import CLASSES, Floats
from partnerfit.scoring.method import UNION, Context, newest
from partnerfit.scoring.pair import (
    Pair,
    both_gain_shares,
    cap,
    channels_among,
    drawn_scores,
    item_at,
    judge,
    theme_scores,
    two_best,
)
from partnerfit.scoring.positions import excludes, reach
from partnerfit.scoring.uncertainty import Draws, percentiles, top3_shares


def compare(
    a: State,
    b: State,
    context: Context,
    *,
    seed: int = 0,
    draws: int = 10_000,
    as_of: dt.date | None = None,
) -> Comparison:
    """Rank the themes on which the interests of two states meet.

    Args:
        a: one state.
        b: the other; naming them the other way round changes the order of `partners` alone.
        context: taxonomy, groups and method.
        seed: of the draws behind ranges and shares.
        draws: how many.
        as_of: positions that lapsed before are left out; by default the newest review of the two.

    Raises:
        ComparisonError: the two are the same state, or one states no objectives.
        UsageError: `as_of` lies before the newest review.
    """
    if a.id == b.id:
        raise ComparisonError(f"{a.name} cannot be compared with itself; name two different states")
    for state in (a, b):
        if not state.objectives:
            raise ComparisonError(
                f"the profile of {state.name} states no objectives yet; add some to states/{state.id}.yaml"
            )
    as_of = _checked_date(as_of, newest(a.reviewed, b.reviewed))
    pair = judge(a, b, context, as_of)
    first, second = pair.states
    drawn = (Draws(seed, first.id, draws, context.method), Draws(seed, second.id, draws, context.method))
    shares = both_gain_shares(pair, drawn)
    items = tuple(item_at(pair, i, shares.get(i)) for i in range(len(context.slots.all)))
    return Comparison(
        partners=(a, b),
        as_of=as_of,
        seed=seed,
        draws=draws,
        method=context.method,
        area=context.free_movement(first.iso3, second.iso3),
        union_members=tuple(s.id for s in pair.states if s.iso3 in context.members(UNION)),
        themes=_themes(pair, items, drawn_scores(pair, drawn), as_of),
        red_lines=tuple(sorted(_red_lines(pair, items), key=_red_line_order)),
        questions=asking.questions(pair.states, items, context, as_of),
        bloc_positions=tuple(_bloc_positions(pair, as_of)),
        coverage=_coverage(pair),
    )


def _checked_date(as_of: dt.date | None, reviewed: dt.date) -> dt.date:
    if as_of is None:
        return reviewed
    if as_of < reviewed:
        raise UsageError(
            f"--as-of {as_of} lies before the newest review ({reviewed}): "
            "profiles do not say since when a position holds; choose that day or a later one"
        )
    return as_of


def _themes(pair: Pair, items: Sequence[Item], drawn: Floats, as_of: dt.date) -> tuple[ThemeFit, ...]:
    """All themes, ranked: by score, by second fit; without a score by assessment, then potential."""
    slots, method = pair.context.slots, pair.context.method
    ends = np.stack([*percentiles(drawn, method.range_low, method.range_high), top3_shares(drawn)])
    wanted = common_demands(*pair.states, pair.context, as_of)
    potential = np.array([asking.potential_fit(i, pair.context) for i in items])
    cap(potential, channels_among(potential > 0, pair.context), alone=100.0)
    found = []
    for t, scored in enumerate(theme_scores(pair)):
        span = slice(*slots.spans[t])
        low, high, top3 = (float(value) for value in ends[:, t])
        theme = ThemeFit(
            theme=slots.themes[t],
            rank=0,
            score=scored.score,
            low=low,
            high=high,
            top3_share=top3,
            potential=two_best(potential[span], pair.context),
            balance=scored.balance,
            tension=scored.tension,
            price=scored.price,
            assessment=scored.assessment,
            to_confirm=scored.to_confirm,
            items=tuple(sorted(items[span], key=_item_order)),
            common_demands=tuple(m for m in wanted if m in slots.themes[t].measures),
            framing=recommend(slots.themes[t], _at_stake(items[span]), *pair.states, pair.context),
        )
        found.append((_theme_order(theme, scored.second), theme))
    found.sort(key=lambda entry: entry[0])
    return tuple(dataclasses.replace(theme, rank=rank) for rank, (_, theme) in enumerate(found, 1))


def _at_stake(items: Sequence[Item]) -> frozenset[str]:
    """The measures on which both gain; where there is none, those that one wants at a cost to the other."""
    both = frozenset(i.measure.id for i in items if i.win_win)
    return both or frozenset(i.measure.id for i in items if i.tension or i.price)


def _red_lines(pair: Pair, items: Sequence[Item]) -> Iterator[RedLine]:
    for item in items:
        for side, other in (item.sides, item.sides[::-1]):
            for constraint in side.position.red_lines:
                yield RedLine(
                    state=side.state,
                    other=other.state,
                    constraint=constraint,
                    measure=item.measure,
                    theme=pair.context.theme_of(item.measure.id),
                    wish=other.position.basis if (other.position.gain or 0.0) > 0 else None,
                )


def _bloc_positions(pair: Pair, as_of: dt.date) -> Iterator[BlocPosition]:
    for state, partner in (pair.states, pair.states[::-1]):
        for objective in state.objectives:
            to_bloc = any(pair.context.speaks_to_body_of(code, partner.iso3) for code in objective.towards)
            spoken = reach(objective, partner.iso3, pair.context) in ("named", "group")
            left_out = excludes(objective, partner.iso3, pair.context)
            if to_bloc and not spoken and not left_out and not objective.lapsed(as_of):
                yield BlocPosition(state.id, objective)


def _coverage(pair: Pair) -> dict[str, float]:
    slots = pair.context.slots
    coverage = {}
    for state, stand in zip(pair.states, pair.stands, strict=True):
        spoken = {
            slot.measure.id
            for slot, position in zip(slots.all, stand, strict=True)
            if position.basis not in (None, "elsewhere")
        }
        coverage[state.id] = len(spoken) / len(slots.measure)
    return coverage


def _theme_order(theme: ThemeFit, second: float) -> tuple[object, ...]:
    scored = theme.score > 0
    return (
        -round(theme.score, 9),
        -round(second, 9),
        0 if scored else fits.ASSESSMENTS.index(theme.assessment),
        0.0 if scored else -round(theme.potential, 9),
        theme.theme.id,
    )


def _item_order(item: Item) -> tuple[object, ...]:
    """Best fit first, then by class, measure and provider."""
    return (-round(item.fit, 9), CLASSES.index(item.cls), item.measure.id, item.provider or "")


def _red_line_order(line: RedLine) -> tuple[object, ...]:
    return (not line.wanted, line.theme.id, line.measure.id, line.state, line.constraint.id)
