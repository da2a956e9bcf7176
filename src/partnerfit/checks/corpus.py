"""All files of the data as they are checked: what of each is in order, and indexes over all profiles."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from partnerfit.figures import Figures
from partnerfit.findings import Loc
from partnerfit.model import Names, Positions
from partnerfit.names import fold
from partnerfit.yamlsource import Document, Problem


@dataclass(frozen=True)
class File:
    """One file as it stands: its text, empty where that cannot be read, and what reading it found."""

    path: Path
    name: str
    text: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Profile:
    """What of one profile is in order.

    `head` is None where it is wrong, or missing in a file that adds to a public profile; `iso3` is then
    that of the public one, if known. `body` has only the entries that are in order, `whole` says
    whether that is all; `kept` says where in the file they stand.
    """

    id: str
    file: File
    document: Document
    head: Names | None
    iso3: str | None
    body: Positions
    kept: dict[str, tuple[int, ...]]
    whole: bool

    def problem(self, loc: Loc, code: str, message: str) -> Problem:
        """A problem at a place of `body` or `head`."""
        return self.document.problem(in_file(loc, self.kept), code, message)


@dataclass(frozen=True)
class Corpus:
    """Every file of a data folder and its overlays, and all profiles, as of a day.

    `names` are the names of states in English by alpha-3 code, `members` the states that a position
    towards a group addresses; `incomplete` says what could not be checked, another file being broken.
    """

    as_of: dt.date
    files: tuple[File, ...]
    profiles: tuple[Profile, ...]
    names: dict[str, str]
    figures: Figures
    members: dict[str, frozenset[str]]
    incomplete: tuple[str, ...]

    def addressed(self, codes: Iterable[str]) -> frozenset[str] | None:
        """The states and institutions that some codes address; None, everyone, where there are no codes."""
        each = [self.members.get(code, frozenset({code})) for code in codes]
        return frozenset().union(*each) if each else None

    @cached_property
    def entries(self) -> dict[str, tuple[Profile, ...]]:
        """The profiles that use an id for an entry other than a source."""
        parts = ("objectives", "constraints", "context")
        return _index(self.profiles, lambda p: {e.id for part in parts for e in getattr(p.body, part)})

    @cached_property
    def summaries(self) -> dict[str, tuple[Profile, ...]]:
        """The profiles that hold a summary."""
        parts = ("objectives", "constraints", "interests", "context")
        return _index(self.profiles, lambda p: {e.summary for part in parts for e in getattr(p.body, part)})

    @cached_property
    def claimed(self) -> dict[str, tuple[Profile, ...]]:
        """The profiles that claim a name, folded."""
        return _index(self.profiles, lambda p: {fold(n) for n in (p.id, *(p.head.all if p.head else ()))})

    @cached_property
    def spoken_names(self) -> dict[str, str]:
        """Alpha-3 codes by the names under which a text may speak of a state."""
        found = {name.removeprefix("the "): iso3 for iso3, name in self.names.items()}
        for profile in self.profiles:
            if profile.head:
                for name in (profile.head.name, *profile.head.aliases):
                    found.setdefault(name, profile.head.iso3)
        return {name: iso3 for name, iso3 in found.items() if len(name) > 3 and name[0].isupper()}

    @cached_property
    def name_pattern(self) -> re.Pattern[str]:
        """Finds in a text the names of states, the longest first."""
        longest = sorted(self.spoken_names, key=lambda name: (-len(name), name))
        names = "|".join(map(re.escape, longest))
        return re.compile(
            rf"(?<!\w)(?<!Gulf of )(?<!Northern )(?:{names})(?!\w)(?! (?:Delta|River|Valley)\b)"
        )


def _index(
    profiles: Iterable[Profile], keys: Callable[[Profile], set[str]]
) -> dict[str, tuple[Profile, ...]]:
    found: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in keys(profile):
            found[key].append(profile)
    return {key: tuple(holders) for key, holders in found.items()}


def in_file(loc: Loc, kept: dict[str, tuple[int, ...]]) -> Loc:
    """The place in the file of a place in the body of a profile."""
    match loc:
        case (str(part), int(i), *rest) if part in kept:
            return (part, kept[part][i], *rest)
    return loc
