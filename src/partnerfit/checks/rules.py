"""What a rule is, and the rules that already hold where files are read."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from partnerfit.checks.corpus import Corpus, Profile
    from partnerfit.findings import Loc

Severity = Literal["error", "warning"]
Places = Iterator[tuple["Loc", str]]
Check = Callable[["Profile", "Corpus"], Iterator[tuple["Loc", str]]]
"""Finds in one profile, seen among all others, places and what is wrong there."""


@dataclass(frozen=True)
class Rule:
    """One rule: `title` says what is wrong where it is broken, `mend` what to do about it.

    `check` is None for what reading the file finds by itself. Its places are those of the body of a
    profile or, with `of_file`, those of the file, where broken entries count too.
    """

    code: str
    severity: Severity
    title: str
    mend: str
    check: Check | None = None
    of_file: bool = False


def line_of(profile: Profile, loc: Loc) -> int:
    """The line in the file of a place in the body or head of a profile."""
    return profile.problem(loc, "", "").line


def to_ignore(code: str) -> str:
    """The comment that sets a finding aside."""
    return f"`# partnerfit: ignore[{code}] reason`"


def rule(code: str, severity: Severity = "error", *, of_file: bool = False) -> Callable[[Check], Rule]:
    """Make a rule of a function whose docstring has the title, an empty line, and how to mend it."""

    def made(check: Check) -> Rule:
        title, _, mend = inspect.cleandoc(check.__doc__ or "").partition("\n\n")
        return Rule(code, severity, title.removesuffix("."), " ".join(mend.split()), check, of_file)

    return made


def _listed(text: str) -> tuple[Rule, ...]:
    """Rules written as `CODE Title.` with the indented lines on how to mend it below."""
    entries = re.findall(r"^(PF\d{3}) (.+)\.\n((?: {4}.+\n)+)", text, re.MULTILINE)
    return tuple(Rule(code, "error", title, " ".join(mend.split())) for code, title, mend in entries)


READING = _listed("""
PF001 File that cannot be read.
    Save it as UTF-8, and see that you may read it.
PF002 Text that is not valid YAML.
    Most often a quote, a bracket or an indent is missing; text that holds `: ` or begins with a special
    character such as @ or % goes into quotes.
PF003 File that is too large.
    A profile has no more than a few dozen kilobytes. Shorten it: keep long texts out and link to them.
PF004 Nesting that is too deep.
    Nothing in the data is nested more than a few levels deep. Flatten it.
PF005 Anchor, alias or tag.
    They hide from a reader what a line says. Write the value out; text that begins with `&`, `*` or `!`
    goes into quotes.
PF006 Key given twice.
    Only one of the two would count. Keep one.
PF007 Control character.
    Remove the character; it is invisible, may change the direction of writing, and may have come along from
    a copied document.
PF008 File that lies outside the data folder.
    A link that leads out of the folder is not followed. Put the file itself there.
PF009 File that would never be read.
    Profiles are files `states/ID.yaml`. Rename the file or take it out of the folder.
PF010 File that holds no keys.
    Write `key: value`, each on its line; `partnerfit new STATE` writes a profile to begin with.
PF101 Unknown key.
    Correct the spelling or remove the key; the codebook lists the keys of each entry.
PF102 Missing key.
    Add the key; the codebook says what belongs there.
PF103 Value of the wrong type.
    Write text, a number or a list as the message says; text that looks like a number goes into quotes.
PF104 Unknown word.
    Write one of the words that the message lists.
PF105 Empty value.
    Fill it, or leave the key out where it may be missing.
PF106 Bad date.
    Write YYYY-MM-DD for a day; a source may have YYYY or YYYY-MM, `until` YYYY or YYYY-MM.
PF107 Malformed id or code.
    An id has small letters, digits and hyphens; a state is named by its ISO codes in capitals.
PF108 Malformed web address.
    Write the whole address as it was read, with http:// or https:// in front.
PF109 Text that is too long.
    Say it in fewer words; the source has the rest.
PF110 Keys that do not go together.
    Keep one of the keys, or add the one that is missing, as the message says.
PF111 Red line on a theme.
    Name the measures that are refused, one constraint each; a theme as a whole is at most a major limit.
PF112 File name that cannot be an id.
    Name the file after the state, in small letters, digits and hyphens, and leave `id` out of the file.
PF113 Row that does not fit its table.
    Mend the row as the message says; the codebook tells what each column holds. A cell that holds a comma
    goes into quotes.
PF114 Number out of range.
    Write a number within the bounds that the message names.
PF201 Unknown measure.
    Use the id of a measure; `partnerfit themes` lists them.
PF202 Unknown theme.
    Use the id of a theme; `partnerfit themes` lists them.
PF203 Unknown state or group.
    Write an ISO 3166-1 alpha-3 code, or the code of a group that `partnerfit groups` lists.
PF204 Source that is not defined.
    Correct the id, or add an entry with it to the list `sources` at the end of the file.
PF205 Source that is never used.
    Cite it where it belongs, or remove it.
PF206 Id used twice in one file.
    Give each entry an id of its own; a new entry gets a new number. A source that stands there twice is
    listed once.
PF207 Stance that does not fit the measure.
    One supports or resists a joint measure; one seeks or declines an exchange as receiver, and offers,
    accepts or resists it as provider.
PF208 Role in a joint measure.
    Leave `as` out: both do the same.
PF209 Red line without a role.
    Say with `as: provider` or `as: receiver` what the state refuses: to give it or to receive it.
PF210 Institution in `except`.
    An institution such as EU stands for no state. Name the group of its members, such as EU-MEMBERS.
PF211 Interest listed twice.
    Merge the two, with one weight.
PF213 Extension of nothing.
    `extends: base` adds to a public profile of the same file name. Write a whole profile, or correct the
    name of the file.
PF214 Measure that cannot rest on another.
    `needs_any` names other measures of the same mode.
PF215 Code or id named twice.
    Name each partner, place, measure or source once in a list. A state is in `towards` or in `except`, not
    in both.
PF216 Gain of someone who was not involved.
    Add the code to `partners` or `places`, or leave it out of the gain.
""")
"""Found where a file is read, also by every other command."""
