"""Generated pairs of states: small taxonomies, and profiles with everything that bears on a pair."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from partnerfit.model import Groups, State, Themes
from partnerfit.scoring.method import ByLevel, Context, Method
from tests.build import constraint, context, measure, objective, state, themes
from tests.scoring.pairs import AREA, GROUPS, compared

# Derandomised: the suite says the same on every machine. To search for more, raise `max_examples` and drop
# `derandomize`.
PAIRS = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
KERNEL = settings(max_examples=200, deadline=None, derandomize=True)

SURE = Method(jitter=ByLevel(0, 0, 0), stance_doubt=ByLevel(0, 0, 0))
"""No doubt at all: every draw is the value itself."""

THEMES = ("alpha", "beta", "gamma")
LEVELS = ("high", "medium", "low")
STANCES = {
    "joint": ("supports", "supports", "resists"),
    "exchange": ("seeks", "seeks", "offers", "offers", "accepts", "declines", "resists"),
}


@dataclass(frozen=True)
class Profile:
    """What a generated state says; `build` makes the state."""

    name: str
    iso3: str
    objectives: tuple[dict, ...]
    constraints: tuple[dict, ...] = ()

    def build(self) -> State:
        return state(self.name, self.iso3, self.objectives, self.constraints)

    def with_objective(self, index, **change):
        """The profile with one objective changed."""
        changed = list(self.objectives)
        changed[index] = {**changed[index], **change}
        return replace(self, objectives=tuple(changed))


@dataclass(frozen=True)
class World:
    """Two generated states and what they are judged against."""

    taxonomy: Themes
    groups: Groups
    first: Profile
    second: Profile

    def context(self, method: Method | None = None) -> Context:
        return context(self.taxonomy, self.groups, method)

    def compare(self, method: Method | None = None, **options):
        return compared(self.first.build(), self.second.build(), self.context(method), **options)

    @property
    def measures(self):
        return [m for theme in self.taxonomy.themes for m in theme.measures]

    @property
    def exchanged(self):
        return [m for m in self.measures if m.mode == "exchange"]


@st.composite
def taxonomies(draw, *, tied):
    """Three themes of one to three measures, joint or exchange.

    If `tied`, some exchange measures need one of the others.
    """
    modes = {
        theme: draw(st.lists(st.sampled_from(["joint", "exchange"]), min_size=1, max_size=3))
        for theme in THEMES
    }
    modes["alpha"][0] = "exchange"
    names = {f"{theme}-{number}": mode for theme, found in modes.items() for number, mode in enumerate(found)}
    entries = {theme: [] for theme in THEMES}
    for name, mode in names.items():
        others = [other for other, kind in names.items() if kind == "exchange" and other != name]
        more = {}
        if tied and mode == "exchange" and others and draw(st.integers(0, 4)) == 0:
            more["needs_any"] = draw(st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True))
        entries[name.partition("-")[0]].append(measure(name, mode, **more))
    return themes(**entries)


def often(usual, *rarely):
    """Mostly the first value, now and then one of the others."""
    return st.sampled_from([usual] * (2 * len(rarely)) + list(rarely))


@st.composite
def audiences(draw, partner):
    """Towards whom something holds: everyone, the partner, its groups, a body, others; except whom."""
    more = {}
    towards = draw(
        st.sampled_from([None, None, [partner], [partner, "CCC"], ["CLUB"], ["EU-MEMBERS"], ["EU"], ["CCC"]])
    )
    if towards:
        more["towards"] = towards
    excluded = draw(often(None, [partner], ["CLUB"], ["CCC"]))
    if excluded:
        more["except"] = excluded
    until = draw(often(None, "2026-10", "2026-11"))
    if until:
        more["until"] = until
    return more


@st.composite
def wishes(draw, number, measures, partner, *, tied):
    """One objective whose stance fits the mode of its measure."""
    subject = draw(st.sampled_from(measures))
    more = draw(audiences(partner))
    if "towards" in more and draw(often(False, True)):
        more["exclusive"] = True
    if tied and draw(often(False, True)):
        more["requires"] = [draw(st.sampled_from(measures)).id]
    return objective(
        number,
        subject.id,
        draw(st.sampled_from(STANCES[subject.mode])),
        draw(st.sampled_from(LEVELS)),
        confidence=draw(st.sampled_from(LEVELS)),
        **more,
    )


@st.composite
def limits(draw, number, measures, partner):
    """One constraint on a measure or a theme; red lines name a measure and, in an exchange, a role."""
    more = draw(audiences(partner))
    severity = draw(st.sampled_from(["red-line", "major", "minor"]))
    if severity != "red-line" and draw(st.booleans()):
        more["theme"] = draw(st.sampled_from(THEMES))
    else:
        subject = draw(st.sampled_from(measures))
        more["measure"] = subject.id
        if subject.mode == "exchange":
            more["as"] = draw(st.sampled_from(["provider", "receiver"]))
    return constraint(number, severity, **more)


@st.composite
def profiles(draw, name, iso3, partner, measures, *, tied):
    number = draw(st.integers(1, 10))
    objectives = tuple(draw(wishes(n, measures, partner, tied=tied)) for n in range(number))
    constraints = tuple(draw(limits(n, measures, partner)) for n in range(draw(st.integers(0, 2))))
    return Profile(name, iso3, objectives, constraints)


@st.composite
def worlds(draw, *, tied=True):
    """Two states, one time in three inside a free-movement area.

    With `tied`, measures and objectives may rest on other measures (`needs_any`, `requires`).
    """
    taxonomy = draw(taxonomies(tied=tied))
    measures = [m for theme in taxonomy.themes for m in theme.measures]
    return World(
        taxonomy,
        draw(often(GROUPS, AREA)),
        draw(profiles("arda", "AAA", "BBB", measures, tied=tied)),
        draw(profiles("bree", "BBB", "AAA", measures, tied=tied)),
    )
