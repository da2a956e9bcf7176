"""What a file says only in the light of others: ids, measures, stances, sources, codes.

Each finding is a place inside the file (keys and indices from the top) and one line on what is
wrong and what to do. They are errors: data that fail here are not scored.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from partnerfit.codes import ISO3
from partnerfit.model import (
    STANCES_BY_MODE,
    Constraint,
    Groups,
    Measure,
    Objective,
    Positions,
    Statement,
    Themes,
)

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """One thing wrong at `loc`."""

    loc: Loc
    message: str


@dataclass(frozen=True)
class Vocabulary:
    """The ids and codes that profiles may use."""

    measures: dict[str, Measure]
    themes: frozenset[str]
    codes: frozenset[str]
    institutions: frozenset[str]

    @classmethod
    def of(cls, themes: Themes, groups: Groups) -> Vocabulary:
        """Collect the vocabulary of one taxonomy and one list of groups."""
        return cls(
            measures={measure.id: measure for theme in themes.themes for measure in theme.measures},
            themes=frozenset(theme.id for theme in themes.themes),
            codes=ISO3 | {group.code for group in groups.groups},
            institutions=frozenset(group.code for group in groups.groups if group.institution),
        )


def check_profile(
    profile: Positions, vocabulary: Vocabulary, base: Positions | None = None
) -> Iterator[Finding]:
    """Check one profile; `base` is the public profile that an overlay adds to, if any."""
    yield from _unique_ids(profile)
    yield from _sources(profile, base)
    for i, objective in enumerate(profile.objectives):
        yield from _objective(objective, ("objectives", i), vocabulary)
    for i, constraint in enumerate(profile.constraints):
        yield from _constraint(constraint, ("constraints", i), vocabulary)
    for i, background in enumerate(profile.context):
        yield from _known("measure", background.measure, ("context", i, "measure"), vocabulary.measures)
    for i, gap in enumerate(profile.gaps):
        yield from _known("measure", gap, ("gaps", i), vocabulary.measures)
    for i, interest in enumerate(profile.interests):
        if interest.interest in {earlier.interest for earlier in profile.interests[:i]}:
            yield Finding(("interests", i), f"interest `{interest.interest}` is listed twice; merge the two")


def _objective(objective: Objective, loc: Loc, vocabulary: Vocabulary) -> Iterator[Finding]:
    yield from _known("measure", objective.measure, (*loc, "measure"), vocabulary.measures)
    yield from _statement(objective, loc, vocabulary)
    measure = vocabulary.measures.get(objective.measure)
    if measure is not None and objective.stance not in STANCES_BY_MODE[measure.mode]:
        fitting = ", ".join(sorted(STANCES_BY_MODE[measure.mode]))
        yield Finding(
            (*loc, "stance"),
            f"`{objective.stance}` does not fit `{measure.id}`, which is {measure.mode}: "
            f"write one of {fitting}",
        )


def _constraint(constraint: Constraint, loc: Loc, vocabulary: Vocabulary) -> Iterator[Finding]:
    yield from _statement(constraint, loc, vocabulary)
    if constraint.theme is not None:
        yield from _known("theme", constraint.theme, (*loc, "theme"), vocabulary.themes)
        return
    assert constraint.measure is not None  # the model has seen to it
    yield from _known("measure", constraint.measure, (*loc, "measure"), vocabulary.measures)
    measure = vocabulary.measures.get(constraint.measure)
    if measure is None:
        return
    if measure.mode == "joint" and constraint.role is not None:
        yield Finding((*loc, "as"), f"`{measure.id}` is joint and has no roles; leave `as` out")
    if measure.mode == "exchange" and constraint.severity == "red-line" and constraint.role is None:
        yield Finding(
            (*loc, "severity"),
            f"a red line on `{measure.id}` says which role it limits; add `as: provider` or `as: receiver`",
        )


def _statement(statement: Statement, loc: Loc, vocabulary: Vocabulary) -> Iterator[Finding]:
    for key, codes in (("towards", statement.towards), ("except", statement.excluding)):
        for i, code in enumerate(codes):
            yield from _known("state or group", code, (*loc, key, i), vocabulary.codes)
            if key == "except" and code in vocabulary.institutions:
                yield Finding(
                    (*loc, key, i),
                    f"`{code}` means the institution and takes out no member; name the members' group",
                )
    for i, required in enumerate(statement.requires):
        yield from _known("measure", required, (*loc, "requires", i), vocabulary.measures)


def _known(kind: str, value: str, loc: Loc, known: Collection[str]) -> Iterator[Finding]:
    if value in known:
        return
    # Two codes of states are alike when one letter differs: more would make UK a typo of UKR.
    near = (
        code
        for code in known
        if code not in ISO3 or (len(code) == len(value) and sum(map(str.__ne__, code, value)) == 1)
    )
    close = difflib.get_close_matches(value, sorted(near), n=1, cutoff=0.6)
    hint = f"did you mean `{close[0]}`?" if close else _LISTS[kind]
    yield Finding(loc, f"no {kind} is called `{value}`; {hint}")


_LISTS = {
    "measure": "`partnerfit themes` lists all",
    "theme": "`partnerfit themes` lists all",
    "group": "`partnerfit groups` lists all",
    "state": "write an ISO 3166-1 alpha-3 code",
    "state or group": "write an ISO 3166-1 alpha-3 code, or a code that `partnerfit groups` lists",
}


def _unique_ids(profile: Positions) -> Iterator[Finding]:
    seen: set[str] = set()
    for part in ("objectives", "constraints", "context", "sources"):
        for i, entry in enumerate(getattr(profile, part)):
            if entry.id in seen:
                yield Finding((part, i, "id"), f"id `{entry.id}` is used twice; give each entry its own")
            seen.add(entry.id)


# The sources of indicators are those of figures.yaml, which is read only where figures are shown.
def _sources(profile: Positions, base: Positions | None) -> Iterator[Finding]:
    defined = {source.id for source in profile.sources}
    known = defined | ({source.id for source in base.sources} if base else set())
    used: set[str] = set()
    for part in ("objectives", "constraints", "interests", "context"):
        for i, entry in enumerate(getattr(profile, part)):
            used.update(entry.sources)
            for j, source in enumerate(entry.sources):
                yield from _defined(source, (part, i, "sources", j), known)
    for i, entry in enumerate(profile.sources):
        if entry.id not in used:
            yield Finding(("sources", i, "id"), f"source `{entry.id}` is never used; cite it or remove it")


def _defined(source: str, loc: Loc, known: Collection[str]) -> Iterator[Finding]:
    if source not in known:
        close = difflib.get_close_matches(source, sorted(known), n=1, cutoff=0.6)
        hint = f"did you mean `{close[0]}`?" if close else "add it to `sources`"
        yield Finding(loc, f"source `{source}` is not defined; {hint}")


def check_themes(themes: Themes) -> Iterator[Finding]:
    """Check the taxonomy: unique ids, `needs_any` and sources that exist."""
    measures = [measure.id for theme in themes.themes for measure in theme.measures]
    modes = {measure.id: measure.mode for theme in themes.themes for measure in theme.measures}
    sources = {source.id for source in themes.sources}
    seen: set[str] = set()
    for i, theme in enumerate(themes.themes):
        if theme.id in seen:
            yield Finding(("themes", i, "id"), f"id `{theme.id}` is used twice; give each its own")
        seen.add(theme.id)
        for j, measure in enumerate(theme.measures):
            loc = ("themes", i, "measures", j)
            if measure.id in seen:
                yield Finding((*loc, "id"), f"id `{measure.id}` is used twice; give each its own")
            seen.add(measure.id)
            for k, needed in enumerate(measure.needs_any):
                yield from _known("measure", needed, (*loc, "needs_any", k), measures)
                if needed in modes and (needed == measure.id or modes[needed] != measure.mode):
                    yield Finding(
                        (*loc, "needs_any", k),
                        f"`{measure.id}` cannot rest on `{needed}`; name another measure of the same mode",
                    )
            for k, source in enumerate(measure.competence.sources):
                yield from _defined(source, (*loc, "competence", "sources", k), sources)


def check_groups(groups: Groups, themes: Themes) -> Iterator[Finding]:
    """Check the groups: unique codes, members that are states, themes that exist."""
    known_themes = [theme.id for theme in themes.themes]
    codes = [group.code for group in groups.groups]
    for i, group in enumerate(groups.groups):
        if group.code in codes[:i] or group.code in ISO3:
            yield Finding(("groups", i, "code"), f"code `{group.code}` is taken; choose another")
        if group.members_of is not None:
            yield from _known("group", group.members_of, ("groups", i, "members_of"), codes)
        for key in ("members", "observers"):
            for j, member in enumerate(getattr(group, key)):
                yield from _known("state", member, ("groups", i, key, j), ISO3)
        for j, area in enumerate(group.areas):
            for k, theme in enumerate(area.themes):
                yield from _known("theme", theme, ("groups", i, "areas", j, "themes", k), known_themes)
