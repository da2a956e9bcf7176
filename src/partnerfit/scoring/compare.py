"""Two states compared: the one way in which the parts of the model are put together."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from partnerfit.errors import ComparisonError, UsageError
from partnerfit.model import Measure, State
from partnerfit.scoring import fit as fits
from partnerfit.scoring import items as kinds
from partnerfit.scoring import questions as asking
from partnerfit.scoring.comparison import BlocPosition, Comparison, Item, RedLine, Side, ThemeFit
from partnerfit.scoring.items import CLASSES, Floats
from partnerfit.scoring.method import UNION, Context, newest
from partnerfit.scoring.positions import Position, positions, reach
from partnerfit.scoring.uncertainty import Draws, percentiles, top3_shares

Stand = tuple[Position, ...]


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
    first, second = sorted((a, b), key=lambda state: state.id)
    stands = (positions(first, second, context, as_of), positions(second, first, context, as_of))
    pair = _Pair(
        first,
        second,
        stands,
        context,
        Draws(seed, first.id, draws, context.method),
        Draws(seed, second.id, draws, context.method),
    )
    return pair.comparison(partners=(a, b), as_of=as_of, seed=seed, draws=draws)


def _checked_date(as_of: dt.date | None, reviewed: dt.date) -> dt.date:
    if as_of is None:
        return reviewed
    if as_of < reviewed:
        raise UsageError(
            f"--as-of {as_of} lies before the newest review ({reviewed}): "
            "profiles do not say since when a position holds; choose that day or a later one"
        )
    return as_of


class _Pair:
    """The arrays of one pair; the first state is the one whose id sorts first."""

    def __init__(
        self,
        first: State,
        second: State,
        stands: tuple[Stand, Stand],
        context: Context,
        draws_first: Draws,
        draws_second: Draws,
    ) -> None:
        self.context = context
        self.states = (first, second)
        slots = context.slots
        mirror = [int(i) for i in slots.mirror]
        self.stands = (stands[0], tuple(stands[1][i] for i in mirror))
        self.draws = (draws_first, draws_second)
        self.a = kinds.Side.of(stands[0])
        self.b = kinds.Side.of(stands[1]).mirrored(slots)
        self.known = ~np.isnan(self.a.gain) & ~np.isnan(self.b.gain)
        raw = kinds.classify(self.a, self.b, slots)
        self.codes = kinds.hold_back(raw, self._required(), self.known, slots)
        win_win = fits.win_wins(self.codes)
        self.fit: Floats = np.where(win_win, fits.fit(self.a.gain, self.b.gain), 0.0)
        self.firm_fit: Floats = np.where(fits.firm(self.a, self.b), self.fit, 0.0)
        self.strains = fits.strains(self.a, self.b, self.codes)

    def _required(self) -> list[tuple[str, ...]]:
        """For each item what the deciding objectives of both sides require."""
        return [
            tuple(r for position in pair for o in position.deciding for r in o.requires)
            for pair in zip(*self.stands, strict=True)
        ]

    def comparison(self, partners: tuple[State, State], as_of: dt.date, seed: int, draws: int) -> Comparison:
        context = self.context
        area = context.free_movement(*(state.iso3 for state in self.states))
        shares = self._both_gain_shares()
        items = tuple(self._item(i, shares.get(i)) for i in range(len(context.slots.all)))
        themes = self._themes(items, self._drawn_scores())
        asked = (
            question
            for start, end in context.slots.spans
            for question in asking.questions(items[start:end], items, context, inside=area is not None)
        )
        return Comparison(
            partners=partners,
            as_of=as_of,
            seed=seed,
            draws=draws,
            method=context.method,
            area=area,
            union_members=tuple(s.id for s in self.states if s.iso3 in context.members(UNION)),
            themes=themes,
            red_lines=tuple(sorted(self._red_lines(items), key=_red_line_order)),
            questions=asking.ordered(asked, items, context),
            bloc_positions=tuple(self._bloc_positions(as_of)),
            coverage=self._coverage(),
        )

    def _item(self, i: int, share: float | None) -> Item:
        slot = self.context.slots.all[i]
        first, second = self.states
        mirrored = self.context.slots.all[int(self.context.slots.mirror[i])]
        provider = receiver = None
        if slot.role is not None:
            provider, receiver = (first, second) if slot.role == "provider" else (second, first)
        cls = CLASSES[self.codes[i]]
        return Item(
            measure=slot.measure,
            provider=provider.id if provider else None,
            receiver=receiver.id if receiver else None,
            cls=cls,
            sides=(
                Side(first.id, slot.role, self.stands[0][i]),
                Side(second.id, mirrored.role, self.stands[1][i]),
            ),
            fit=float(self.fit[i]),
            balance=fits.balance(self.a.gain[i], self.b.gain[i]) if cls in kinds.WIN_WIN else None,
            both_gain_share=share,
        )

    def _drawn(self) -> list[int]:
        """Items that are a win-win in some draw: now, or where a mixed position may tip over."""
        mixed = np.array(
            [any(position.mixed for position in pair) for pair in zip(*self.stands, strict=True)]
        )
        closed = kinds.is_class(self.codes, frozenset({"blocked", "lead", "open-question"}))
        return [int(i) for i in np.flatnonzero(fits.win_wins(self.codes) | (self.known & mixed & ~closed))]

    def _both_gain_shares(self) -> dict[int, float]:
        """For each win-win the share of draws in which both still gain."""
        shares = {}
        for i in map(int, np.flatnonzero(fits.win_wins(self.codes))):
            a, b = self._drawn_gains(i, stances=True)
            shares[i] = float(((a > 0) & (b > 0)).mean())
        return shares

    def _drawn_gains(self, i: int, *, stances: bool) -> tuple[Floats, Floats]:
        slots = self.context.slots
        roles = (slots.all[i].role, slots.all[int(slots.mirror[i])].role)
        return (
            self.draws[0].gains(self.stands[0][i], roles[0], stances=stances),
            self.draws[1].gains(self.stands[1][i], roles[1], stances=stances),
        )

    def _drawn_scores(self) -> Floats:
        """Theme scores in each draw of the priorities, shape (themes, draws)."""
        slots, count = self.context.slots, self.draws[0].count
        drawn = {i: np.minimum(fits.fit(*self._drawn_gains(i, stances=False)), 100.0) for i in self._drawn()}
        scores = np.zeros((len(slots.themes), count))
        for t, (start, end) in enumerate(slots.spans):
            rows = [drawn[i] for i in range(start, end) if i in drawn]
            if rows:
                scores[t] = fits.weighted(*fits.top_two(np.stack(rows)), self.context.method)
        return scores

    def _themes(self, items: Sequence[Item], drawn: Floats) -> tuple[ThemeFit, ...]:
        method, slots = self.context.method, self.context.slots
        low, high = percentiles(drawn, method.range_low, method.range_high)
        top3 = top3_shares(drawn)
        found = []
        for t, (start, end) in enumerate(slots.spans):
            span = slice(start, end)
            best, second = fits.top_two(self.fit[span])
            firm_best, _ = fits.top_two(self.firm_fit[span])
            tension = float(fits.weighted(*fits.top_two(self.strains.tension[span]), method))
            price = float(fits.weighted(*fits.top_two(self.strains.price[span]), method))
            assessment = fits.assess(float(best), float(firm_best), tension, price, self.codes[span], method)
            own = tuple(sorted(items[span], key=_item_order))
            potential = np.array([asking.potential_fit(item, self.context) for item in items[span]])
            theme = ThemeFit(
                theme=slots.themes[t],
                rank=0,
                score=float(fits.weighted(best, second, method)),
                low=float(low[t]),
                high=float(high[t]),
                top3_share=float(top3[t]),
                potential=float(fits.weighted(*fits.top_two(potential), method)),
                balance=self._balance(span),
                tension=tension,
                price=price,
                assessment=assessment,
                to_confirm=assessment == "promising" and float(firm_best) < method.promising_fit,
                items=own,
                common_demands=tuple(_common_demands(items[span])),
            )
            found.append(((-round(theme.score, 9), -round(float(second), 9), theme.theme.id), theme))
        found.sort(key=lambda pair: pair[0])
        return tuple(dataclasses.replace(theme, rank=rank) for rank, (_, theme) in enumerate(found, 1))

    def _balance(self, span: slice) -> float | None:
        win_win = fits.win_wins(self.codes[span])
        if not win_win.any():
            return None
        return fits.balance(float(self.a.gain[span][win_win].sum()), float(self.b.gain[span][win_win].sum()))

    def _red_lines(self, items: Sequence[Item]) -> Iterator[RedLine]:
        for item in items:
            for side, other in (item.sides, item.sides[::-1]):
                for constraint in side.position.red_lines:
                    yield RedLine(
                        state=side.state,
                        constraint=constraint,
                        measure=item.measure,
                        theme=self.context.theme_of(item.measure.id),
                        wanted=(other.position.gain or 0.0) > 0,
                    )

    def _bloc_positions(self, as_of: dt.date) -> Iterator[BlocPosition]:
        for state, partner in (self.states, self.states[::-1]):
            for objective in state.objectives:
                to_bloc = any(self.context.speaks_to_body_of(c, partner.iso3) for c in objective.towards)
                direct = reach(objective, partner.iso3, self.context) in ("named", "group")
                if to_bloc and not direct and not objective.lapsed(as_of):
                    yield BlocPosition(state.id, objective)

    def _coverage(self) -> dict[str, float]:
        measures = len(self.context.slots.measure)
        coverage = {}
        for state, stand in zip(self.states, self.stands, strict=True):
            spoken = {
                slot.measure.id
                for slot, position in zip(self.context.slots.all, stand, strict=True)
                if position.basis not in (None, "elsewhere")
            }
            coverage[state.id] = len(spoken) / measures
        return coverage


def _common_demands(items: Sequence[Item]) -> Iterator[Measure]:
    """Measures that both seek and neither is known to provide."""
    by_measure: dict[str, list[Item]] = {}
    for item in items:
        if item.provider is not None:
            by_measure.setdefault(item.measure.id, []).append(item)
    for pair in by_measure.values():
        seekers = [side for item in pair for side in item.sides if side.role == "receiver"]
        givers = [side for item in pair for side in item.sides if side.role == "provider"]
        provided = any(o.stance in ("offers", "accepts") for g in givers for o in g.position.objectives)
        if all((side.position.gain or 0.0) > 0 for side in seekers) and not provided:
            yield pair[0].measure


def _item_order(item: Item) -> tuple[object, ...]:
    """Best fit first, then by class, measure and provider."""
    return (-round(item.fit, 9), CLASSES.index(item.cls), item.measure.id, item.provider or "")


def _red_line_order(line: RedLine) -> tuple[object, ...]:
    return (not line.wanted, line.theme.id, line.measure.id, line.state, line.constraint.id)
