"""What is wrong in a file in the light of others, in one wording for all files that say the like.

A finding is a place inside the file (keys and indices from the top) and one line on what is wrong and
what to do. They are errors: data that fail here are not scored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from partnerfit.codes import ISO2, ISO3
from partnerfit.complaints import one_line
from partnerfit.hints import MOST_SUGGESTIONS, Hints
from partnerfit.names import fold
from partnerfit.values import LINE
from partnerfit.yamlsource import Document, Problem

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """One thing wrong at `loc`; `code` names the rule that is broken.

    `LINE` in the message stands for the line of `other`, the place of another entry; `meant` are the
    ids that may have been meant there.
    """

    loc: Loc
    code: str
    message: str
    other: Loc | None = None
    meant: tuple[str, ...] = field(default=(), compare=False)

    def placed(self, document: Document, in_file: Callable[[Loc], Loc] = lambda loc: loc) -> Problem:
        """The finding in a document; `in_file` tells where in it a place really is."""
        other = None if self.other is None else in_file(self.other)
        return document.problem(in_file(self.loc), self.code, self.message, other=other)


_CODES = {
    "measure": "PF201",
    "measure of this theme": "PF201",
    "theme": "PF202",
    "group": "PF203",
    "state": "PF203",
    "state or group": "PF203",
    "source": "PF204",
    "indicator": "PF212",
    "source of figures": "PF212",
    "instrument": "PF113",
}
_LISTS = {
    "measure": "`partnerfit themes` lists all",
    "measure of this theme": "`partnerfit themes` lists all",
    "theme": "`partnerfit themes` lists all",
    "group": "`partnerfit groups` lists all",
    "state": "write an ISO alpha-3 code such as ESP",
    "state or group": "write an ISO alpha-3 code such as ESP, or a code that `partnerfit groups` lists",
    "source": "add an entry with this id to the list `sources` at the end, or cite one that is there",
    "indicator": "figures.yaml lists all",
    "source of figures": "figures.yaml lists all",
    "instrument": "figures.yaml lists all",
}
FEW = 5
"""So many known ids are named where nothing is like the one given."""


def unknown(
    kind: str,
    value: str,
    loc: Loc,
    known: Collection[str],
    hints: Hints,
    names: Mapping[str, str] | None = None,
) -> Iterator[Finding]:
    """A finding where `value` is not among those known of its kind, with what may be meant.

    `names` are those of codes, by code.
    """
    if value in known:
        return
    meant = suggestions(kind, value, known, hints, names or {})
    message = f"{_none(kind, value)}; {hint(kind, meant, known, names or {})}"
    yield Finding(loc, _CODES[kind], message, meant=meant)


def _none(kind: str, value: str) -> str:
    if kind == "source":
        return f"no source has the id `{one_line(value)}`"
    return f"no {kind} is called `{one_line(value)}`"


def suggestions(
    kind: str, value: str, known: Collection[str], hints: Hints, names: Mapping[str, str]
) -> tuple[str, ...]:
    """What may be meant by a value that is unknown, the likeliest first."""
    if kind in ("state", "group", "state or group"):
        return like_code(value, known, hints, names)
    return hints.close(value, known)


def hint(kind: str, meant: tuple[str, ...], known: Collection[str], names: Mapping[str, str]) -> str:
    """The end of a message on something unknown: what may be meant, or what to do."""
    if meant:
        return did_you_mean(meant, names)
    if kind in ("indicator", "source of figures", "instrument") and 0 < len(known) <= FEW:
        return f"write {_either(f'`{one_line(one)}`' for one in sorted(known))}"
    return _LISTS[kind]


def did_you_mean(meant: Iterable[str], names: Mapping[str, str]) -> str:
    """The question whether something else was meant; a code of a state goes with its name, if known."""
    told = (f"`{one_line(code)}`{_named(code, names)}" for code in meant)
    return f"did you mean {_either(told)}?"


def _named(code: str, names: Mapping[str, str]) -> str:
    return f" ({one_line(names[code])[:40]})" if code in ISO3 and names.get(code) else ""


def _either(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def like_code(value: str, known: Collection[str], hints: Hints, names: Mapping[str, str]) -> tuple[str, ...]:
    """Codes that may be meant by a value: another way to write one, or one that looks like it."""
    if hints.spent:
        return ()
    hints.work(len(known))
    folded = fold(value)
    iso3_of = {iso2: iso3 for iso3, iso2 in ISO2.items()}
    same = [code for code in known if fold(code) == folded]
    same += [iso3_of[two] for two in [value.upper()] if two in iso3_of and iso3_of[two] in known]
    same += [code for code, name in sorted(names.items()) if fold(name) == folded and code in known]
    if same:
        return tuple(dict.fromkeys(same))[:MOST_SUGGESTIONS]
    # Two codes of states are alike when one letter differs: more would make UK a typo of UKR.
    states = sorted(code for code in known if code in ISO3 and len(code) == len(value))
    alike = [code for code in states if _swapped(code, value)]
    alike = alike or [code for code in states if sum(map(str.__ne__, code, value)) == 1]
    groups = [code for code in known if code not in ISO3]
    alike += sorted(code for code in groups if value.startswith((f"{code}-", f"{code}_")))
    return tuple(dict.fromkeys((*alike, *hints.close(value, groups))))[:MOST_SUGGESTIONS]


def _swapped(one: str, other: str) -> bool:
    """Whether two codes differ by two neighbouring letters that have changed places."""
    return any(
        one == other[:i] + other[i + 1] + other[i] + other[i + 2 :]
        for i in range(len(other) - 1)
        if other[i] != other[i + 1]
    )


def repeated(
    ids: Iterable[tuple[str, Loc]], code: str = "PF206", noun: str = "id", mend: str = "give this one another"
) -> Iterator[Finding]:
    """A finding for each id that was there before, with the line where it was."""
    first: dict[str, Loc] = {}
    for key, loc in ids:
        if key in first:
            message = f"{noun} `{one_line(key)}` is on line {LINE} already; {mend}"
            yield Finding(loc, code, message, other=first[key])
        else:
            first[key] = loc


def twice(values: Iterable[str], loc: Loc) -> Iterator[Finding]:
    """A finding for each value of the list at `loc` that is in it before."""
    earlier: set[str] = set()
    for i, value in enumerate(values):
        if value in earlier:
            message = f"`{one_line(value)}` is named twice in `{loc[-1]}`; remove one of the two"
            yield Finding((*loc, i), "PF215", message)
        earlier.add(value)


def ids_of(part: str, entries: Iterable[object]) -> Iterator[tuple[str, Loc]]:
    """The id of each entry of a part, and where it stands."""
    for i, entry in enumerate(entries):
        yield entry.id, (part, i, "id")  # type: ignore[attr-defined]


def uncited(sources: Iterable[object], cited: Collection[str]) -> Iterator[Finding]:
    """A finding for each source that nothing cites."""
    for key, loc in ids_of("sources", sources):
        if key not in cited:
            message = f"source `{one_line(key)}` is never used; cite it or remove it"
            yield Finding(loc, "PF205", message)


def no_base(file: str) -> str:
    """What to do about a profile that extends a public one that is not there, both in files of this name."""
    what = f"there is no public profile states/{one_line(file)} to extend"
    return f"{what}; correct the name of this file, or write a whole profile without `extends`"
