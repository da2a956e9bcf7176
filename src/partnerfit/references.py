"""What a profile, the taxonomy and the groups say only in the light of others: ids, stances, codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from partnerfit.codes import ISO3
from partnerfit.complaints import one_line
from partnerfit.findings import Finding, Loc, ids_of, repeated, twice, uncited, unknown
from partnerfit.hints import Hints
from partnerfit.model import (
    STANCES_BY_MODE,
    Constraint,
    Groups,
    Mode,
    Objective,
    Positions,
    Statement,
    Themes,
)
from partnerfit.values import LINE

Names = Mapping[str, str]
SAME_INTEREST = "merge the two, with one weight"


def nameless() -> Names:
    """No names of states."""
    return {}


@dataclass(frozen=True)
class Vocabulary:
    """The ids and codes that profiles may use.

    `measures` gives for each id its mode, None where the taxonomy itself is wrong there; `hints` are
    those for the file that is checked. What follows serves suggestions alone: `theme_of` gives the
    theme of a measure, `members_of` the group of an institution's members, `state_names` the names of
    states by code, asked for when first needed.
    """

    measures: dict[str, Mode | None]
    themes: frozenset[str]
    codes: frozenset[str]
    institutions: frozenset[str]
    theme_of: dict[str, str] = field(default_factory=dict)
    members_of: dict[str, str] = field(default_factory=dict)
    group_names: dict[str, str] = field(default_factory=dict)
    state_names: Callable[[], Names] = field(default=nameless, compare=False)
    hints: Hints = field(default_factory=Hints, compare=False)

    @classmethod
    def of(cls, themes: Themes, groups: Groups, state_names: Callable[[], Names] = nameless) -> Vocabulary:
        """Collect the vocabulary of one taxonomy and one list of groups."""
        measures = [(theme, measure) for theme in themes.themes for measure in theme.measures]
        return cls(
            measures={measure.id: measure.mode for _, measure in measures},
            themes=frozenset(theme.id for theme in themes.themes),
            codes=ISO3 | {group.code for group in groups.groups},
            institutions=frozenset(group.code for group in groups.groups if group.institution),
            theme_of={measure.id: theme.id for theme, measure in measures},
            members_of={group.members_of: group.code for group in groups.groups if group.members_of},
            group_names={group.code: group.name for group in groups.groups},
            state_names=state_names,
        )

    @cached_property
    def names(self) -> Names:
        """The name of each state and group by its code, as far as known."""
        return {**self.state_names(), **self.group_names}

    def measure(self, value: str, loc: Loc) -> Iterator[Finding]:
        """A finding where a measure is unknown."""
        if value in self.themes and value not in self.measures:
            yield Finding(
                loc, "PF201", f"`{one_line(value)}` is a theme, not a measure; {self._within(value)}"
            )
            return
        yield from unknown("measure", value, loc, self.measures, self.hints)

    def _within(self, theme: str) -> str:
        """What to do where a theme stands for a measure."""
        measures = [f"`{one_line(measure)}`" for measure, of in self.theme_of.items() if of == theme]
        shown = ", ".join(measures) if len(", ".join(measures)) < MOST_LISTED else ""
        return f"name one of its measures: {shown or '`partnerfit themes` lists them'}"

    def theme(self, value: str, loc: Loc) -> Iterator[Finding]:
        """A finding where a theme is unknown."""
        if value in self.measures and value not in self.themes:
            what = f"`{one_line(value)}` is a measure, not a theme"
            theme = f", or its theme, `{one_line(self.theme_of[value])}`" if value in self.theme_of else ""
            yield Finding(loc, "PF202", f"{what}; write `measure: {one_line(value)}`{theme}")
            return
        yield from unknown("theme", value, loc, self.themes, self.hints)

    def code(self, value: str, loc: Loc) -> Iterator[Finding]:
        """A finding where the code of a state or group is unknown."""
        if value not in self.codes:
            yield from unknown("state or group", value, loc, self.codes, self.hints, self.names)


MOST_LISTED = 100
"""Characters of a list inside a message."""


def check_profile(
    profile: Positions, vocabulary: Vocabulary, base: Positions | None = None
) -> Iterator[Finding]:
    """Check one profile; `base` is the public profile that an overlay adds to, if any."""
    vocabulary = replace(vocabulary, hints=Hints())
    parts = ("objectives", "constraints", "context", "sources")
    ids = (each for part in parts for each in ids_of(part, getattr(profile, part)))
    yield from repeated(ids, mend="give this one another, or remove it if it is the same")
    yield from _sources(profile, base, vocabulary.hints)
    for i, objective in enumerate(profile.objectives):
        yield from _objective(objective, ("objectives", i), vocabulary)
    for i, constraint in enumerate(profile.constraints):
        yield from _constraint(constraint, ("constraints", i), vocabulary)
    for i, background in enumerate(profile.context):
        yield from vocabulary.measure(background.measure, ("context", i, "measure"))
    for i, gap in enumerate(profile.gaps):
        yield from vocabulary.measure(gap, ("gaps", i))
    interests = ((each.interest, ("interests", i, "interest")) for i, each in enumerate(profile.interests))
    yield from repeated(interests, "PF211", "interest", SAME_INTEREST)


def _objective(objective: Objective, loc: Loc, vocabulary: Vocabulary) -> Iterator[Finding]:
    yield from vocabulary.measure(objective.measure, (*loc, "measure"))
    yield from _statement(objective, loc, vocabulary)
    mode = vocabulary.measures.get(objective.measure)
    if mode is not None and objective.stance not in STANCES_BY_MODE[mode]:
        fitting = ", ".join(sorted(STANCES_BY_MODE[mode]))
        what = f"`{objective.stance}` does not fit `{one_line(objective.measure)}`, {_A_MEASURE[mode]}"
        yield Finding((*loc, "stance"), "PF207", f"{what}; write one of {fitting}")


def _constraint(constraint: Constraint, loc: Loc, vocabulary: Vocabulary) -> Iterator[Finding]:
    yield from _statement(constraint, loc, vocabulary)
    if constraint.theme is not None:
        yield from vocabulary.theme(constraint.theme, (*loc, "theme"))
        return
    assert constraint.measure is not None  # the model has seen to it
    measure = constraint.measure
    if measure in vocabulary.themes and constraint.severity != "red-line" and constraint.role is None:
        what = f"`{one_line(measure)}` is a theme, not a measure"
        yield Finding((*loc, "measure"), "PF201", f"{what}; write `theme: {one_line(measure)}`")
        return
    yield from vocabulary.measure(measure, (*loc, "measure"))
    mode = vocabulary.measures.get(measure)
    if mode == "joint" and constraint.role is not None:
        message = f"`{one_line(measure)}` is a joint measure, in which both do the same; leave `as` out"
        yield Finding((*loc, "as"), "PF208", message)
    if mode == "exchange" and constraint.severity == "red-line" and constraint.role is None:
        yield Finding(
            (*loc, "severity"),
            "PF209",
            f"a red line on `{one_line(measure)}`, {_A_MEASURE[mode]}, says which role it limits; "
            "add `as: provider` (to give it) or `as: receiver` (to get it)",
        )


_A_MEASURE = {"joint": "a joint measure", "exchange": "an exchange measure"}


def _statement(statement: Statement, loc: Loc, vocabulary: Vocabulary) -> Iterator[Finding]:
    towards = {code: i for i, code in reversed([*enumerate(statement.towards)])}
    for key, codes in (("towards", statement.towards), ("except", statement.excluding)):
        yield from twice(codes, (*loc, key))
        for i, code in enumerate(codes):
            yield from vocabulary.code(code, (*loc, key, i))
            if key == "except" and code in towards:
                other = (*loc, "towards", towards[code])
                what = f"`{one_line(code)}` is in `towards` on line {LINE} too"
                yield Finding((*loc, key, i), "PF215", f"{what}; remove it from one of them", other)
            if key == "except" and code in vocabulary.institutions:
                group = vocabulary.members_of.get(code)
                mend = f"write `{one_line(group)}`" if group else "name the group of its members"
                what = f"`{one_line(code)}` means the institution and takes out no member"
                yield Finding((*loc, key, i), "PF210", f"{what}; {mend}")
    yield from twice(statement.requires, (*loc, "requires"))
    for i, required in enumerate(statement.requires):
        yield from vocabulary.measure(required, (*loc, "requires", i))


# The sources of indicators are those of figures.yaml, which is read only where figures are shown.
def _sources(profile: Positions, base: Positions | None, hints: Hints) -> Iterator[Finding]:
    known = {source.id for source in (*profile.sources, *(base.sources if base else ()))}
    used: set[str] = set()
    for part in ("objectives", "constraints", "interests", "context"):
        for i, entry in enumerate(getattr(profile, part)):
            used.update(entry.sources)
            yield from twice(entry.sources, (part, i, "sources"))
            for j, source in enumerate(entry.sources):
                for finding in unknown("source", source, (part, i, "sources", j), known, hints):
                    used.update(finding.meant)  # one slip is told once
                    yield finding
    yield from uncited(profile.sources, used)


def check_themes(themes: Themes) -> Iterator[Finding]:
    """Check the taxonomy: unique ids, `needs_any` and sources that exist."""
    hints = Hints()
    modes = {measure.id: measure.mode for theme in themes.themes for measure in theme.measures}
    sources = {source.id for source in themes.sources}
    ids: list[tuple[str, Loc]] = []
    for i, theme in enumerate(themes.themes):
        ids.append((theme.id, ("themes", i, "id")))
        for j, measure in enumerate(theme.measures):
            loc: Loc = ("themes", i, "measures", j)
            ids.append((measure.id, (*loc, "id")))
            for k, needed in enumerate(measure.needs_any):
                yield from unknown("measure", needed, (*loc, "needs_any", k), modes, hints)
                if needed in modes and (needed == measure.id or modes[needed] != measure.mode):
                    yield Finding(
                        (*loc, "needs_any", k), "PF214", _cannot_rest(measure.id, needed, measure.mode)
                    )
            for k, source in enumerate(measure.competence.sources):
                yield from unknown("source", source, (*loc, "competence", "sources", k), sources, hints)
    yield from repeated(ids)


def _cannot_rest(measure: str, needed: str, mode: Mode) -> str:
    what = f"`{one_line(measure)}` cannot rest on "
    what += "itself" if needed == measure else f"`{one_line(needed)}`, as only one of the two is joint"
    return f"{what}; name another {'joint' if mode == 'joint' else 'exchange'} measure"


def check_groups(
    groups: Groups, themes: Themes, state_names: Callable[[], Names] = nameless
) -> Iterator[Finding]:
    """Check the groups: unique codes, members that are states, themes that exist."""
    vocabulary = Vocabulary.of(themes, groups, state_names)
    hints = vocabulary.hints
    codes = {group.code for group in groups.groups}
    for i, group in enumerate(groups.groups):
        if group.code in ISO3:
            message = f"code `{one_line(group.code)}` is that of a state; choose another"
            yield Finding(("groups", i, "code"), "PF206", message)
        if group.members_of is not None:
            loc: Loc = ("groups", i, "members_of")
            yield from unknown("group", group.members_of, loc, codes, hints, vocabulary.group_names)
        for key in ("members", "observers"):
            for j, member in enumerate(getattr(group, key)):
                if member not in ISO3:
                    loc = ("groups", i, key, j)
                    yield from unknown("state", member, loc, ISO3, hints, vocabulary.names)
        for j, area in enumerate(group.areas):
            for k, theme in enumerate(area.themes):
                yield from vocabulary.theme(theme, ("groups", i, "areas", j, "themes", k))
    yield from repeated(((g.code, ("groups", i, "code")) for i, g in enumerate(groups.groups)), noun="code")
