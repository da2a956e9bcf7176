"""The results a note is made from, and the sentences that its parts share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from partnerfit import sentences
from partnerfit.brief.content import Claim, Reading, Reference
from partnerfit.brief.english import ENGLISH
from partnerfit.figures import Corridor, Figures
from partnerfit.model import Background, Indicator, Measure, Objective, Source, State, Statement
from partnerfit.scoring.comparison import Comparison, Item, Side, ThemeFit
from partnerfit.scoring.ledger import Package
from partnerfit.scoring.precedents import Precedent

MOST_READINGS = 2
"""Texts that the short note cites for a statement, in the order of the profile."""
_SENTENCE_END = re.compile(r"(?<=[^A-Z\s][.?!])\s+(?=[^\Wa-z])")


@dataclass(frozen=True)
class Material:
    """All that a note on two states is made from.

    `precedents` are by theme id, the closest first; `codes` names states and groups; `sources` are those
    of the taxonomy and of the initiatives, by id; `remarks` say what was unusual about the run.
    """

    comparison: Comparison
    package: Package
    precedents: Mapping[str, tuple[Precedent, ...]]
    corridors: tuple[Corridor, ...]
    figures: Figures
    codes: Mapping[str, str]
    sources: Mapping[str, Source]
    data_version: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Voice:
    """Sentences on one comparison. `side` is the id of the state for which they are, None for both.

    `full` says that nothing is left out for the sake of length; `less` is by how much lists are cut
    shorter than usual where the note would be too long.
    """

    material: Material
    side: str | None = None
    full: bool = False
    less: int = 0

    @property
    def comparison(self) -> Comparison:
        """The two states compared."""
        return self.material.comparison

    @property
    def partners(self) -> tuple[State, State]:
        """The two states, in the order in which they were named."""
        return self.comparison.partners

    def say(self, key: str, **values: object) -> str:
        """A fixed sentence with its places filled."""
        return ENGLISH[key].format(**values)

    def name(self, state: str) -> str:
        """The name of a partner inside a sentence, by its id."""
        partner = self.comparison.partner(state)
        return self.material.codes.get(partner.iso3, partner.name)

    def other(self, state: str) -> str:
        """The id of the other partner."""
        first, second = self.partners
        return second.id if state == first.id else first.id

    def deed(self, item: Item) -> str:
        """Who would do what."""
        return sentences.deed(self.comparison, item, self.name)

    def measure(self, measure: Measure) -> str:
        """The name of a measure inside a sentence."""
        return sentences.lower_first(measure.name)

    def measure_of(self, measure: str) -> Measure:
        """A measure, by its id."""
        return next(item.measure for item in self.comparison.items if item.measure.id == measure)

    def most(self, short: int, least: int = 1) -> int:
        """How many of something are shown: all in the full note, fewer where it would be too long."""
        return 10_000 if self.full else max(least, short - self.less)

    def several(self, names: Iterable[str], short: int) -> str:
        """Names that may hold commas themselves, cut where there are too many."""
        found = tuple(names)
        most = self.most(short)
        shown = found if len(found) <= most + 1 else found[:most]
        more = (self.say("and-more", n=len(found) - len(shown)),) if len(shown) < len(found) else ()
        return "; ".join((*shown, *more))

    # Where a state stands

    def ordered(self, item: Item) -> tuple[Side, Side]:
        """The sides of an item in the order in which the partners were named."""
        first, second = (
            next(side for side in item.sides if side.state == partner.id) for partner in self.partners
        )
        return first, second

    def stance(self, side: Side) -> str:
        """A position in a clause: "Sweden offers it, so far with Morocco"."""
        position, state = side.position, self.name(side.state)
        if position.gain is None:
            return f"{state}: {self.say('unknown')}"
        clauses = [
            self.say("accepts-it", state=state)
            if objective.stance == "accepts"
            else self.say("it", state=state, stance=self.say(objective.stance))
            for objective in position.deciding
        ]
        clause = self.say("but").join(clauses)
        if position.basis == "elsewhere":
            key = "it-elsewhere-from" if side.role == "receiver" else "it-elsewhere"
            return self.say(key, it=clause, others=self.addressed(position.deciding))
        return clause

    def stances(self, item: Item) -> str:
        """Both positions on an item."""
        return "; ".join(self.stance(side) for side in self.ordered(item))

    def addressed(self, objectives: Iterable[Objective]) -> str:
        """Towards whom objectives hold: states and groups by name."""
        codes = (code for objective in objectives for code in objective.towards)
        return sentences.listed(dict.fromkeys(self.material.codes.get(code, code) for code in codes))

    def weak(self, item: Item) -> str:
        """That an item rests on weak evidence, if it does; begins with a blank."""
        return f" {self.say('weak')}" if item.confidence == "low" else ""

    def stands(self, item: Item) -> str:
        """Who would do what, where both stand on it, and whether that is well known."""
        alone = self.union_alone(item)
        text = self.say("stands", deed=self.deed(item), stances=self.stances(item))
        return f"{text}{alone}{self.weak(item)}"

    def union_alone(self, item: Item) -> str:
        """That only the Union can decide, if it binds a partner; begins with a blank."""
        members = self.bound(item.measure)
        if item.measure.competence.level != "union" or not members:
            return ""
        return f" {self.say('union-alone', measure=self.measure(item.measure), members=members)}"

    def bound(self, measure: Measure) -> str:
        """The partners that Union law keeps from deciding on a measure alone, by name."""
        bound = self.comparison.bound(measure)
        return sentences.listed(self.name(partner.id) for partner in self.partners if partner.id in bound)

    # What a claim rests on

    def reference(self, state: str, statement: Statement | Background) -> Reference:
        """A statement of a profile with its sources."""
        known = {source.id: source for source in self.comparison.partner(state).sources}
        cited = [known[source] for source in statement.sources if source in known]
        readings = tuple(map(Reading.of, cited[: self.most(MOST_READINGS)]))
        return Reference(f"{self.name(state)}, {statement.id}", readings)

    def of_side(self, side: Side) -> tuple[Reference, ...]:
        """What the position of one side rests on."""
        return tuple(self.reference(side.state, objective) for objective in side.position.deciding)

    def of_items(self, *items: Item) -> tuple[Reference, ...]:
        """What the positions of both sides on some items rest on, each once."""
        found = (r for item in items for side in self.ordered(item) for r in self.of_side(side))
        return tuple(dict.fromkeys(found))

    def of_sources(self, locator: str, sources: Iterable[str]) -> tuple[Reference, ...]:
        """Something that stands in the taxonomy or the initiatives, with its sources."""
        known = self.material.sources
        readings = tuple(Reading.of(known[s]) for s in sources if s in known)
        return (Reference(locator, readings),) if readings else ()

    def of_figures(self, locator: str, sources: Iterable[str]) -> tuple[Reference, ...]:
        """Some figures with their sources, each once."""
        known = {source.id: source for source in self.material.figures.sources}
        readings = tuple(Reading.of(known[s]) for s in dict.fromkeys(sources) if s in known)
        return (Reference(locator, readings),) if readings else ()

    # Claims that several parts make

    def told(self, summary: str) -> str:
        """A summary in the words of the profile; in the short note as far as there is room, with a mark."""
        if self.full:
            return summary
        first = _SENTENCE_END.split(summary, maxsplit=1)[0]
        if self.less:
            first = first.split("; ", 1)[0]
        return summary if first == summary else f"{first.rstrip('.')} (…)."

    def deeds(self, items: Iterable[Item]) -> str:
        """What some items come to, one after the other; whoever does several is named once."""
        found: dict[str, list[str]] = {}
        for item in items:
            who, would, what = self.deed(item).partition(" would ")
            found.setdefault(f"{who}{would}", []).append(what)
        return "; ".join(f"{who}{' and '.join(whats)}" for who, whats in found.items())

    def competence(self, measures: Iterable[Measure]) -> Iterator[Claim]:
        """Which of some measures a partner cannot decide alone, by the level that decides."""
        groups: dict[tuple[str, str], list[Measure]] = {}
        for measure in dict.fromkeys(measures):
            if members := self.bound(measure):
                groups.setdefault((measure.competence.level, members), []).append(measure)
        for (level, members), found in sorted(groups.items(), key=lambda entry: entry[0], reverse=True):
            basis = dict.fromkeys(t for m in found for t in m.competence.basis[: self.most(1)])
            cited = dict.fromkeys(s for measure in found for s in measure.competence.sources)
            names = sentences.listed((self.measure(measure) for measure in found), most=self.most(6))
            yield Claim(
                self.say(level, members=members, measures=names),
                references=self.of_sources("; ".join(basis), cited)
                if self.full
                else (Reference("; ".join(basis), ()),),
            )

    def win_wins(self) -> list[Item]:
        """All items on which both gain, the best fit first."""
        found = [item for item in self.comparison.items if item.win_win]
        return sorted(found, key=lambda item: (-round(item.fit, 9), item.measure.id, item.provider or ""))

    def best(self, theme: ThemeFit) -> list[Item]:
        """The items of a theme on which both gain: those that are firm and promising first."""
        least = self.comparison.method.promising_fit
        return sorted(theme.win_wins, key=lambda i: i.confidence == "low" or round(i.fit, 9) < least)

    def figure(self, indicator: Indicator) -> str:
        """A figure with its year."""
        value = f"{indicator.value:,.10g}"
        return self.say("figure", value=value, year=indicator.year)
