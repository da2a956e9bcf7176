"""The fixed words of the output: who would do what for whom, on what basis, and how well it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from partnerfit import sentences
from partnerfit.figures import Corridor
from partnerfit.model import Measure, Objective, Source, Statement
from partnerfit.render.blocks import Text, Tone
from partnerfit.scoring.comparison import Comparison, Item, Question, RedLine, Side, ThemeFit
from partnerfit.scoring.fit import Assessment
from partnerfit.scoring.items import ItemClass
from partnerfit.scoring.whatif import is_assumed

ASSESSMENT_MEANING = sentences.ASSESSMENT_MEANING
listed, lower_first = sentences.listed, sentences.lower_first

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
CLASS_MEANING: dict[ItemClass, str] = {
    "shared-refusal": "both refuse it",
    "blocked": "a red line stands in the way",
    "no-evidence": "nothing known",
    "lead": "each does it with others, neither yet with the other",
    "open-question": "one side wants it, the other's view is open",
    "one-refuses": "nobody is known to want it from this partner",
    "shared-interest": "both want it",
    "complementary": "one wants to give what the other seeks",
    "trade": "one wants it, the other resists it or gives it only in return",
    "mixed": "views differ inside a state and cancel out",
}
NONE = "–"


def points(value: float) -> str:
    """A score without decimals, a dash where there is none."""
    return f"{value:.0f}" if value > 0 else NONE


def span(low: float, high: float) -> str:
    """A range of scores."""
    return f"{low:.0f}–{high:.0f}" if high > 0 else NONE


def share(value: float | None) -> str:
    """A share in [0, 1] with two decimals."""
    return NONE if value is None else f"{value:.2f}"


def signed(gain: float | None) -> str:
    """A gain in [-1, 1] with its sign, or that it is unknown."""
    if gain is None:
        return "unknown"
    value = round(gain, 2)
    return f"{value:+.2f}".replace("-", "−") if value else "0.00"


def percent(value: float | None) -> str:
    """A share as a percentage, a dash where there is none."""
    return NONE if value is None else f"{round(value * 100, 6):.0f}\N{NO-BREAK SPACE}%"


def rank(theme: ThemeFit) -> str:
    """The rank of a theme; none where nothing is known on which both gain."""
    return str(theme.rank) if theme.score > 0 else NONE


def assessment(theme: ThemeFit) -> Text:
    """The assessment, starred where it is still to be confirmed."""
    star = " *" if theme.to_confirm else ""
    return Text(f"{theme.assessment}{star}", ASSESSMENT_TONE[theme.assessment])


def towards(statement: Statement, codes: Mapping[str, str]) -> str:
    """For whom a statement holds; `codes` names states and groups."""
    names = [codes.get(code, code) for code in statement.towards]
    words = f"towards {listed(names, most=99)}" if names else "towards all"
    others = [codes.get(code, code) for code in statement.excluding]
    return f"{words} except {listed(others, most=99)}" if others else words


def corridor(way: Corridor, codes: Mapping[str, str]) -> str:
    """Who lives where and what is sent home: "121 people from Sweden live in Tunisia (2020)"."""
    origin, destination = codes.get(way.origin, way.origin), codes.get(way.destination, way.destination)
    parts = []
    if way.migrant_stock:
        people = f"{way.migrant_stock.value:,.0f} people from {origin} live in {destination}"
        parts.append(f"{people} ({way.migrant_stock.year}) [{way.migrant_stock.source}]")
    if way.remittances:
        sent = f"an estimated {way.remittances.value:,.0f} million US dollars a year are sent back"
        parts.append(f"{sent} ({way.remittances.year}) [{way.remittances.source}]")
    return "; ".join(parts)


def cited(source: Source) -> str:
    """A source as a reader cites it."""
    return (
        f"[{source.id}] {source.title}. {source.publisher}, {source.date or 'no date'}. {source.url} "
        f"({source.kind})"
    )


def assumed_mark(item: Item) -> str:
    """A mark on an item that rests on a position that is supposed, not stated."""
    assumed = any(is_assumed(o) for side in item.sides for o in side.position.deciding)
    return " (assumed)" if assumed else ""


def conditions(statement: Statement) -> Iterator[str]:
    """On what else a statement depends: other measures, a period."""
    if statement.requires:
        yield f"only together with {', '.join(statement.requires)}"
    if statement.until:
        yield f"until {statement.until}"


@dataclass(frozen=True)
class Wording:
    """Sentences on one comparison; `codes` gives the name of each state and group a profile may name."""

    comparison: Comparison
    codes: Mapping[str, str]

    def name(self, state: str) -> str:
        """The name of a partner, by its id."""
        return self.comparison.partner(state).name

    def measure(self, measure: str) -> Measure:
        """A measure, by its id."""
        return next(item.measure for item in self.comparison.items if item.measure.id == measure)

    @property
    def pair(self) -> str:
        """Both partners by name, in the order in which they were given."""
        return sentences.both(self.comparison, self.name)

    def deed(self, subject: Item | Question) -> str:
        """Who would do what: "Sweden would ease short-stay visas for nationals of Tunisia"."""
        return sentences.deed(self.comparison, subject, self.name)

    def deed_with_id(self, item: Item) -> str:
        """Who would do what, with the id of the measure to ask further by, marked if it is assumed."""
        return f"{self.deed(item)} [{item.measure.id}]{assumed_mark(item)}"

    def direction(self, item: Item) -> str:
        """Who provides to whom."""
        if item.provider is None or item.receiver is None:
            return "joint"
        return f"{self.name(item.provider)} provides to {self.name(item.receiver)}"

    def addressed(self, codes: Iterable[str]) -> str:
        """States and groups by name: "Italy and EU Member States"."""
        return listed(dict.fromkeys(self.codes.get(code, code) for code in codes))

    def towards(self, statement: Statement) -> str:
        """For whom a statement holds."""
        return towards(statement, self.codes)

    def so_far(self, objectives: Iterable[Objective], *, receiver: bool) -> str:
        """With whom a state does it already: "so far with Italy (tun-01)"."""
        found = tuple(objectives)
        names = self.addressed(code for o in found for code in o.towards)
        return f"so far {'from' if receiver else 'with'} {names} ({', '.join(o.id for o in found)})"

    def stance(self, side: Side) -> str:
        """The stances behind a position: "Sweden resists (medium)", and with whom if only with others."""
        position = side.position
        if position.gain is None:
            return f"{self.name(side.state)}: not known"
        words = " but ".join(
            f"{o.stance} ({o.priority} priority{', assumed' if is_assumed(o) else ''})"
            for o in position.deciding
        )
        receiver = side.role == "receiver"
        so_far = (
            f", {self.so_far(position.deciding, receiver=receiver)}" if position.basis == "elsewhere" else ""
        )
        return f"{self.name(side.state)} {words}{so_far}"

    def known_how(self, item: Item) -> str:
        """How well an item is known, and where a side counts only by what it does with others."""
        notes = [
            f"{self.name(s.state)} {self.so_far(s.position.deciding, receiver=s.role == 'receiver')}"
            for s in item.sides
            if s.position.basis == "elsewhere"
        ]
        if item.mixed:
            notes.append(
                f"views differ inside {listed(self.name(s.state) for s in item.sides if s.position.mixed)}"
            )
        return "; ".join([item.confidence or NONE, *notes])

    def question(self, asked: Question) -> str:
        """A question with the reason to put it."""
        to, by = self.name(asked.to), self.name(asked.asked_by)
        measure = asked.measure
        receiver = asked.receiver == asked.to
        if asked.provider is None or asked.receiver is None:
            what = f"would {measure.together} with {by}"
        else:
            give = sentences.giving(self.comparison, asked, self.name)
            what = f"would welcome it if {by} were to {give}" if receiver else f"would {give}"
        if asked.does_with_others:
            done = "as it has sought" if receiver else "as it has"
            reason = f", {done} {self.so_far(asked.does_with_others, receiver=receiver)}"
        else:
            reason = f", which {by} {' and '.join(f'{o.stance} ({o.id})' for o in asked.wished)}"
        return f"Ask {to} whether it {what}{reason}. [{measure.id}]"

    def red_line(self, line: RedLine) -> str:
        """A red line, and on what basis the other side wants what it blocks."""
        other = self.name(line.other)
        wish = {
            "named": f", which {other} seeks from it",
            "group": f", which {other} seeks from a group to which it belongs",
            "general": f", which {other} seeks from partner states in general",
        }.get(line.wish or "", "")
        what = f"{self.name(line.state)}: {lower_first(line.measure.name)}{wish}."
        return f"{what} {line.constraint.summary} [{line.constraint.id}]"
