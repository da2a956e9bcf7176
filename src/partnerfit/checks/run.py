"""Data checked: all findings of all files, in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from partnerfit.checks import across, ignores, profiles
from partnerfit.checks.corpus import Corpus, File, Profile
from partnerfit.checks.rules import READING, Rule, Severity
from partnerfit.errors import UsageError
from partnerfit.yamlsource import Problem

RULES: dict[str, Rule] = {
    one.code: one
    for one in sorted((*READING, *profiles.RULES, *across.RULES, *ignores.RULES), key=lambda rule: rule.code)
}
"""Every rule by its code, in the order of the codes."""
MOST_FINDINGS = 1_000
"""If one file has more than these, only so many of each kind are listed:"""
FIRST_FINDINGS = 100
MOST_OF_A_RULE = 10_000
"""A rule that sets entries beside each other is not asked for more in one file."""


@dataclass(frozen=True)
class Report:
    """What a check found: `problems` by file, line, column and code, and the text of each file by name.

    `sources` counts the sources of the profiles, `incomplete` says what could not be checked.
    `set_aside` counts findings that comments set aside, `left_out` rules that were not looked for.
    """

    problems: tuple[Problem, ...]
    texts: dict[str, str]
    sources: int
    incomplete: tuple[str, ...]
    set_aside: int = 0
    left_out: int = 0

    def count(self, severity: Severity) -> int:
        """How many findings are of this severity."""
        return Counter(RULES[problem.code].severity for problem in self.problems)[severity]


def chosen(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes that begin like one of `select`, or all, but for those that begin like one of `ignore`.

    Raises:
        UsageError: no rule begins so.
    """
    wanted = frozenset(RULES) if not (select := tuple(select)) else _beginning(select)
    return wanted - _beginning(ignore)


def _beginning(prefixes: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for prefix in prefixes:
        some = {code for code in RULES if prefix and code.startswith(prefix.upper())}
        if not some:
            raise UsageError(f"no rule is called {prefix!r}; `partnerfit check --list-rules` lists all")
        found |= some
    return frozenset(found)


def rule(code: str) -> Rule:
    """The rule with this code.

    Raises:
        UsageError: there is none.
    """
    found = RULES.get(code.upper())
    if found is None:
        raise UsageError(f"no rule is called {code!r}; `partnerfit check --list-rules` lists all")
    return found


def check(corpus: Corpus, codes: Collection[str], only: Collection[Path] | None = None) -> Report:
    """Check all files of a corpus, or `only` some (resolved paths) in the light of all."""
    files = [file for file in corpus.files if only is None or _real(file.path) in only]
    paths = {file.path for file in files}
    read = [profile for profile in corpus.profiles if profile.file.path in paths]
    found: dict[str, list[Problem]] = defaultdict(list)
    for file in files:
        found[file.name] += file.problems
    for problem in _of_profiles(read, corpus, codes):
        found[problem.path].append(problem)
    problems: list[Problem] = []
    aside = 0
    for file in files:
        looked_for = [problem for problem in found[file.name] if problem.code in codes]
        # Without the names of states few findings of PF306 are made, and comments seem needless.
        made = codes if corpus.names else {*codes} - {"PF306"}
        left, count = ignores.set_aside(file, looked_for, RULES, made)
        aside += count
        judged = {*codes} - {"PF901"} if corpus.incomplete or _broken(file) else codes
        problems += _listed(sorted(problem for problem in left if problem.code in judged))
    return Report(
        problems=tuple(sorted(problems)),
        texts={file.name: file.text for file in files},
        sources=sum(len(profile.body.sources) for profile in read),
        incomplete=corpus.incomplete,
        set_aside=aside,
        left_out=len(RULES) - len(codes),
    )


def _listed(problems: list[Problem]) -> Iterator[Problem]:
    """The findings of one file; of more than `MOST_FINDINGS` the first of each kind, and how many follow."""
    if len(problems) <= MOST_FINDINGS:
        yield from problems
        return
    every = Counter(problem.code for problem in problems)
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= FIRST_FINDINGS:
            yield problem
        elif seen[problem.code] == FIRST_FINDINGS + 1:
            more = every[problem.code] - FIRST_FINDINGS
            yield replace(problem, message=f"{more:,} more of this kind from here on; mend those above first")


def _broken(file: File) -> bool:
    """Whether so much is wrong that not all of a file was looked at: a comment may well be needed."""
    return any(problem.code < "PF2" or problem.code == "PF213" for problem in file.problems)


def _real(path: Path) -> Path:
    """The path without links, where these lead anywhere."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _of_profiles(read: Iterable[Profile], corpus: Corpus, codes: Collection[str]) -> Iterator[Problem]:
    for profile in read:
        for each in (*profiles.RULES, *across.RULES):
            if each.check is not None and each.code in codes:
                placed = profile.document.problem if each.of_file else profile.problem
                for loc, message in islice(each.check(profile, corpus), MOST_OF_A_RULE):
                    yield placed(loc, each.code, message)
