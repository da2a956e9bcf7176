"""Shipped profiles with one defect each: does checking find it, on the line where it was put?

Run as a module it prints, rule by rule, how many mutants were made and found:

    python -m tests.checks.mutations --seeds 20
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from partnerfit import yamlsource
from partnerfit.catalogue import Catalogue
from partnerfit.checks import reader, run
from partnerfit.checks.corpus import Corpus, Profile
from partnerfit.model import STANCES_BY_MODE, Extension, Names, Positions, State
from partnerfit.references import Vocabulary
from partnerfit.scoring.positions import REFUSING, ROLE_OF_STANCE
from tests.checks.lay import TODAY
from tests.conftest import ROOT
from tests.folder import quoted

OPPOSITE = {
    "seeks": "declines",
    "declines": "seeks",
    "offers": "resists",
    "accepts": "resists",
    "resists": "offers",
    "supports": "resists",
}
"""A stance that goes the other way, in an exchange in the same role."""
ALSO = {"PF901": ("PF304", "PF309")}
"""Rules that have to be looked for as well, since a comment for any other is never judged."""
NOT_IN_A_PROFILE = {
    "PF113": "a rule for tables",
    "PF214": "a rule for themes.yaml",
    "PF216": "a rule for initiatives.yaml",
}
BIDI = "\u202a\u202b\u202d\u202e\u2066\u2068"
"""Signs that change the direction of writing."""
WORDS = "stance priority confidence severity kind interest".split()
LISTS = "towards except requires sources".split()
REQUIRED = "measure stance priority confidence kind severity weight summary sources".split()
IN_A_SOURCE = "title publisher date url kind".split()


@dataclass(frozen=True)
class Mutant:
    """A profile with a defect; the finding has to begin on one of the lines `first` to `last`."""

    text: str
    first: int
    last: int
    name: str | None = None
    linked: bool = False


@dataclass
class Entry:
    """An entry of a profile: the lines [start, end) and on which line each key stands."""

    part: str
    start: int
    end: int
    keys: dict[str, int] = field(default_factory=dict)


class Text:
    """The lines of a shipped profile, which are laid out alike, and what stands where."""

    def __init__(self, state: str, text: str) -> None:
        self.state = state
        self.lines = text.split("\n")
        self.top: dict[str, int] = {}
        self.entries: list[Entry] = []
        part = ""
        for i, line in enumerate(self.lines):
            if found := re.match(r"(\w+):", line):
                part = found[1]
                self.top[part] = i
            elif found := re.match(r"  - (?:(\w+):|\{)", line):
                self.entries.append(Entry(part, i, i + 1, {found[1]: i} if found[1] else {}))
            elif self.entries and (found := re.match(r"    (\w+):", line)):
                self.entries[-1].keys[found[1]] = i
            if line.startswith("    ") and self.entries and not line.lstrip().startswith("#"):
                self.entries[-1].end = i + 1

    def of(self, *parts: str) -> list[Entry]:
        """The entries of some parts, or all."""
        return [entry for entry in self.entries if not parts or entry.part in parts]

    def value(self, entry: Entry, key: str) -> str:
        """What stands behind a key of an entry, on that line."""
        return self.lines[entry.keys[key]].split(":", 1)[1].strip()

    def span(self, entry: Entry, key: str) -> tuple[int, int]:
        """The lines of a key and its value."""
        first = entry.keys[key]
        later = [i for i in entry.keys.values() if i > first]
        return first, min(later, default=entry.end)

    def summary(self, entry: Entry) -> str:
        """The words of a summary."""
        first, last = self.span(entry, "summary")
        said = (line for line in self.lines[first + 1 : last] if not line.lstrip().startswith("#"))
        return " ".join(" ".join(said).split())

    def mutant(self, at: int, *new: str, instead: int = 0, line: int | None = None, last: int = 0) -> Mutant:
        """`new` lines before line `at`, in place of `instead` lines; found there or on `line`."""
        lines = [*self.lines[:at], *new, *self.lines[at + instead :]]
        expected = (at if line is None else line) + 1
        return Mutant("\n".join(lines), expected, expected + last)

    def sub(
        self, at: int, pattern: str, new: str, *, last: int = 0, line: int | None = None
    ) -> Mutant | None:
        """A line with the first match of a pattern replaced; None without one."""
        changed, count = re.subn(pattern, lambda _: new, self.lines[at], count=1)
        return self.mutant(at, changed, instead=1, last=last, line=line) if count else None

    def put(self, entry: Entry, key: str, value: str, *, line: int | None = None) -> Mutant:
        """An entry with a key set, in place of the key that it has or as its second line."""
        if key in entry.keys:
            first, last = self.span(entry, key)
            dash = "  - " if first == entry.start else "    "
            return self.mutant(first, f"{dash}{key}: {value}", instead=last - first, line=line)
        moved = line + 1 if line is not None and line > entry.start else line
        return self.mutant(entry.start + 1, f"    {key}: {value}", line=moved)


class Bench:
    """All shipped profiles read once, and the means to check one of them mutated among the others."""

    def __init__(self, work: Path, folder: Path = ROOT / "data") -> None:
        self.corpus = reader.read_corpus(folder, (), TODAY)
        self.catalogue = Catalogue(folder)
        self.vocabulary = Vocabulary.of(self.catalogue.themes, self.catalogue.groups)
        self.texts = {p.id: Text(p.id, p.file.text) for p in self.corpus.profiles}
        self.heads = {p.id: p.head for p in self.corpus.profiles}
        self.work = work
        (work / "states").mkdir()
        for model in (State, Extension, Names, Positions):
            model.model_rebuild()  # once, not for each mutant
        _ = self.corpus.name_pattern

    @cached_property
    def joint(self) -> list[str]:
        """The joint measures."""
        return sorted(key for key, mode in self.vocabulary.measures.items() if mode == "joint")

    @cached_property
    def exchanges(self) -> list[str]:
        """The measures that are an exchange."""
        return sorted(key for key, mode in self.vocabulary.measures.items() if mode == "exchange")

    def findings(self, state: str, mutant: Mutant, codes: frozenset[str]) -> tuple[run.Problem, ...]:
        """What checking finds in a mutant that takes the place of a shipped profile."""
        path = self.work / "states" / (mutant.name or f"{state}.yaml")
        target = self.work.parent / "outside.yaml" if mutant.linked else path
        target.write_bytes(mutant.text.encode("utf-8", "surrogateescape"))
        if mutant.linked:
            path.symlink_to(target)
        try:
            one = reader._Reader(self.catalogue)
            profile = one.profile(path, self.work, self.vocabulary)
        finally:
            path.unlink()
        corpus = self._with(state, profile)
        corpus = replace(corpus, files=tuple(one.files))
        if profile is not None and profile.head == self.heads[state]:
            for name in ("spoken_names", "name_pattern"):  # the names of states are what they were
                corpus.__dict__[name] = getattr(self.corpus, name)
        return run.check(corpus, codes, {path.resolve(), target.resolve()}).problems

    def _with(self, state: str, profile: Profile | None) -> Corpus:
        others = [p for p in self.corpus.profiles if p.id != state]
        return replace(self.corpus, profiles=(*others, profile) if profile else tuple(others))


Mutate = Callable[[Text, Bench, random.Random], Iterator[Mutant | None]]
MUTATORS: dict[str, Mutate] = {}
"""For each rule what breaks it: every mutant that can be made of a profile, or some at random."""


def breaks(code: str) -> Callable[[Mutate], Mutate]:
    """Register what breaks a rule."""

    def registered(mutate: Mutate) -> Mutate:
        MUTATORS[code] = mutate
        return mutate

    return registered


def mutants(code: str, text: Text, bench: Bench, rng: random.Random) -> list[Mutant]:
    """One mutant by each way to break a rule that a profile allows."""
    return [mutant for mutant in MUTATORS[code](text, bench, rng) if mutant is not None]


def misspelt(word: str, rng: random.Random) -> str:
    """A word with two letters swapped, one doubled or one left out."""
    i = rng.randrange(len(word) - 1)
    ways = [
        word[:i] + word[i + 1] + word[i] + word[i + 2 :],
        word[:i] + word[i] + word[i:],
        word[:i] + word[i + 1 :],
    ]
    other = [
        way
        for way in ways
        if way not in (word, "") and way[0].isalnum() and way[-1].isalnum() and "--" not in way
    ]
    return rng.choice(other or [word + word[-1]])


def some(rng: random.Random, entries: list[Entry], *keys: str) -> Iterator[Entry]:
    """At most one of the entries, which has all these keys."""
    if fitting := [entry for entry in entries if all(key in entry.keys for key in keys)]:
        yield rng.choice(fitting)


# The file


@breaks("PF001")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for source in some(rng, text.of("sources"), "title"):
        yield text.sub(source.keys["title"], r"[A-Za-z](?=[^A-Za-z]*$)", "\udce9")


@breaks("PF002")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for source in some(rng, text.of("sources"), "title"):
        yield text.sub(source.keys["title"], r'"$', "", last=1)
    for source in some(rng, text.of("sources"), "publisher"):
        yield text.sub(source.keys["publisher"], r"^.*$", "    publisher: Ministry: press office")
    for entry in some(rng, text.of("objectives"), "sources", "id"):
        yield text.sub(entry.keys["sources"], r"\]$", "", last=3)
        yield text.sub(entry.keys["sources"], r"^    ", "   ", last=1)


@breaks("PF003")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    yield Mutant("\n".join(text.lines) + "#" * yamlsource.MAX_BYTES, 1, 1)


@breaks("PF004")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    at = text.top["name"]
    yield text.mutant(at, f"name: {'[' * 21}{']' * 21}", instead=1)


@breaks("PF005")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of(), "sources"):
        yield text.sub(entry.keys["sources"], r"\[", "&s [")
    for entry in some(rng, text.of(), "stance"):
        yield text.sub(entry.keys["stance"], r": ", ": !!str ")
        yield text.sub(entry.keys["stance"], r": ", ": *")


@breaks("PF006")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of(), "id"):
        key = rng.choice([key for key, i in entry.keys.items() if i > entry.start and key != "summary"])
        yield text.mutant(entry.end, text.lines[entry.keys[key]])
    yield text.mutant(text.top["iso3"] + 1, text.lines[text.top["iso3"]])


@breaks("PF007")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for source in some(rng, text.of("sources"), "title"):
        yield text.sub(source.keys["title"], r'"', '"\x0c')
        yield text.sub(source.keys["title"], r'"', r'"\x1b[1m')
        yield text.sub(source.keys["title"], r'"', f'"{rng.choice(BIDI)}')


@breaks("PF008")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    yield Mutant("\n".join(text.lines), 1, 1, linked=True)


@breaks("PF009")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    yield Mutant(
        "\n".join(text.lines), 1, 1, name=f"{text.state}{rng.choice(['.yml', '.YAML', '.yaml~', ''])}"
    )


@breaks("PF010")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    yield Mutant("", 1, 1)
    yield Mutant("\n".join(f"# {line}" for line in text.lines), 1, 1)
    yield Mutant("- a profile of " + text.state, 1, 1)


# Keys and values


@breaks("PF101")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of(), "id"):
        key = rng.choice(sorted(entry.keys))
        yield text.sub(entry.keys[key], rf"\b{key}(?=:)", misspelt(key, rng))
        yield text.mutant(entry.start + 1, "    note: to be looked at again")
    key = rng.choice(sorted(text.top))
    yield text.sub(text.top[key], key, misspelt(key, rng))


@breaks("PF102")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for parts, keys in (
        (("objectives", "constraints", "interests", "context"), REQUIRED),
        (("sources",), IN_A_SOURCE),
    ):
        for entry in some(rng, text.of(*parts), keys[-1]):
            key = rng.choice([key for key in keys if entry.keys.get(key, entry.start) > entry.start])
            if entry.part == "constraints" and key == "measure":
                continue  # then it names neither a measure nor a theme, which is another rule
            first, last = text.span(entry, key)
            yield text.mutant(first, instead=last - first, line=entry.start)
    first_key = min(text.top.values())
    key = rng.choice(["official_name", "iso2", "iso3", "reviewed"])
    yield text.mutant(text.top[key], instead=1, line=first_key)


@breaks("PF103")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for key in LISTS:
        for entry in some(rng, text.of(), key):
            yield text.put(entry, key, "ESP", line=entry.keys[key])
    for source in some(rng, text.of("sources"), "title", "date"):
        yield text.put(source, "title", "2025")
        yield text.put(source, "date", "2025")
    for entry in some(rng, text.of("indicators")):
        yield text.sub(entry.start, r"value: [^,]+", 'value: "many"')


@breaks("PF104")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for key in WORDS:
        for entry in some(rng, text.of(), key):
            yield text.put(entry, key, misspelt(text.value(entry, key), rng))


@breaks("PF105")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for key in LISTS:
        for entry in some(rng, text.of(), key):
            yield text.put(entry, key, rng.choice(["[]", ""]))
    for entry in some(rng, text.of(), "summary"):
        yield text.put(entry, "summary", rng.choice(["''", ""]))
    for source in some(rng, text.of("sources"), "publisher"):
        yield text.put(source, rng.choice(["publisher", "title", "url"]), "")


@breaks("PF106")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    bad = ['"2025-13"', '"2025-02-30"', '"05/2025"', '"2025-5"', '"May 2025"']
    for source in some(rng, text.of("sources"), "date"):
        yield text.put(source, "date", rng.choice(bad))
    for entry in some(rng, text.of("objectives"), "id"):
        yield text.put(entry, "until", rng.choice([*bad, '"2025-05-14"']))
    yield text.sub(text.top["reviewed"], r": .*$", ": " + rng.choice([*bad, '"2025"']))


@breaks("PF107")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of(), "id"):
        key = text.value(entry, "id")
        yield text.put(entry, "id", rng.choice([key.upper(), key.replace("-", "_"), f"{key}-"]))
    for entry in some(rng, text.of(), "measure"):
        yield text.put(entry, "measure", text.value(entry, "measure").capitalize())
    yield text.sub(text.top["iso2"], r"\w\w$", "x1")
    yield text.sub(text.top["iso3"], r"\w\w\w$", rng.choice(["TUNI", "tun", "TU"]))


@breaks("PF108")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for source in some(rng, text.of("sources"), "url"):
        at = source.keys["url"]
        yield text.sub(at, r"https?://", rng.choice(["www.", "https:/", "htps://", "ftp://"]))
        yield text.sub(at, r"(?<=\w)/(?=\w)", "/ ")


@breaks("PF109")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of(), "summary"):
        first, last = text.span(entry, "summary")
        yield text.mutant(last, f"      {'and so on ' * 17}".rstrip(), line=first)


@breaks("PF110")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, [e for e in text.of("objectives") if "towards" not in e.keys], "id"):
        yield text.put(entry, "exclusive", "true")
    for entry in some(rng, text.of("constraints"), "measure"):
        yield text.put(entry, "theme", "legal-migration")
        yield text.mutant(entry.keys["measure"], instead=1, line=entry.start)


@breaks("PF111")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of("constraints"), "measure", "severity"):
        at = entry.keys["measure"]
        lines = [*text.lines]
        lines[at], lines[entry.keys["severity"]] = "    theme: legal-migration", "    severity: red-line"
        yield Mutant("\n".join(lines), at + 1, at + 1)


@breaks("PF112")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    first = min(text.top.values()) + 1
    name = rng.choice([text.state.capitalize(), f"{text.state}_2", f"{text.state} copy"])
    yield Mutant("\n".join(text.lines), first, first, name=f"{name}.yaml")
    yield text.mutant(text.top["iso2"], f"id: {text.state}")


@breaks("PF114")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of("indicators")):
        yield text.sub(entry.start, r"year: \d+", f"year: {rng.choice(['24', '20240', '0'])}")


# In the light of other files and entries


@breaks("PF201")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for part in ("objectives", "constraints", "context"):
        for entry in some(rng, text.of(part), "measure"):
            yield text.put(entry, "measure", misspelt(text.value(entry, "measure"), rng))
    for entry in some(rng, text.of("objectives"), "id"):
        yield text.put(entry, "requires", "[refugee-camps]")
    if "gaps" in text.top and text.lines[text.top["gaps"]] == "gaps:":
        yield text.mutant(text.top["gaps"] + 1, "  - asylum")


@breaks("PF202")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    fitting = [e for e in text.of("constraints") if text.value(e, "severity") != "red-line"]
    for entry in some(rng, fitting, "measure"):
        theme = misspelt(rng.choice(sorted(bench.vocabulary.themes)), rng)
        yield text.mutant(entry.keys["measure"], f"    theme: {theme}", instead=1)


@breaks("PF203")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    unknown = ["UK", "EU-MEMBER", "XYZ", "DE", "ECOWAS-MEMBERS", "rabat"]
    for part in ("objectives", "constraints"):
        for entry in some(rng, text.of(part), "towards"):
            yield text.sub(entry.keys["towards"], r"\[", f"[{rng.choice(unknown)}, ")
        for entry in some(rng, [e for e in text.of(part) if "except" not in e.keys], "id"):
            yield text.put(entry, "except", f"[{rng.choice(unknown)}]")


@breaks("PF204")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for part in ("objectives", "constraints", "interests", "context"):
        for entry in some(rng, text.of(part), "sources"):
            cited = re.findall(r"[\w-]+", text.value(entry, "sources"))
            if cited:
                old = rng.choice(cited)
                yield text.sub(entry.keys["sources"], rf"(?<![\w-]){old}(?![\w-])", misspelt(old, rng))


@breaks("PF205")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for source in some(rng, text.of("sources"), "id"):
        copied = [f"  - id: never-cited-{rng.randrange(100)}", *text.lines[source.start + 1 : source.end]]
        yield text.mutant(source.start, *copied)


@breaks("PF206")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    named = [e for e in text.of("objectives", "constraints", "context") if "id" in e.keys]
    if len(named) > 1:
        one, other = sorted(rng.sample(named, 2), key=lambda entry: entry.start)
        order = ["objectives", "constraints", "context"]
        later = max(one, other, key=lambda entry: (order.index(entry.part), entry.start))
        earlier = one if later is other else other
        yield text.put(later, "id", text.value(earlier, "id"))
    for source in some(rng, text.of("sources"), "id"):
        copied = text.lines[source.start : source.end]
        yield text.mutant(source.end, *copied)


@breaks("PF207")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of("objectives"), "measure", "stance"):
        mode = bench.vocabulary.measures[text.value(entry, "measure")]
        assert mode is not None
        yield text.put(entry, "stance", rng.choice(sorted(set(OPPOSITE) - STANCES_BY_MODE[mode])))
        other = bench.joint if mode == "exchange" else bench.exchanges
        if text.value(entry, "stance") != "resists":
            yield text.put(entry, "measure", rng.choice(other), line=entry.keys["stance"])


@breaks("PF208")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of("constraints"), "measure", "as"):
        yield text.put(entry, "measure", rng.choice(bench.joint), line=entry.keys["as"])
    joint = [
        e for e in text.of("constraints") if "measure" in e.keys and text.value(e, "measure") in bench.joint
    ]
    for entry in some(rng, joint):
        yield text.put(entry, "as", rng.choice(["provider", "receiver"]))


@breaks("PF209")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of("constraints"), "measure", "as", "severity"):
        lines = [*text.lines]
        lines[entry.keys["severity"]] = "    severity: red-line"
        del lines[entry.keys["as"]]
        line = entry.keys["severity"] + (entry.keys["as"] > entry.keys["severity"])
        yield Mutant("\n".join(lines), line, line)


@breaks("PF210")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for part in ("objectives", "constraints"):
        for entry in some(rng, [e for e in text.of(part) if "except" not in e.keys], "id"):
            yield text.put(entry, "except", f"[{rng.choice(sorted(bench.vocabulary.institutions))}]")


@breaks("PF211")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    entries = text.of("interests")
    if len(entries) > 1:
        one, other = sorted(rng.sample(entries, 2), key=lambda entry: entry.start)
        yield text.put(other, "interest", text.value(one, "interest"))


@breaks("PF212")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of("indicators")):
        yield text.sub(entry.start, r"indicator: ", "indicator: my-")
        yield text.sub(entry.start, r"source: ", "source: my-")
        yield text.sub(entry.start, r"unit: ([^\",]+|\"[^\"]*\")", "unit: dozens")


@breaks("PF213")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    first, body = text.top["name"], min(i for part, i in text.top.items() if part == "objectives")
    yield text.mutant(first, "extends: base", "", instead=body - first)


@breaks("PF215")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for key in ("sources", "towards"):
        for entry in some(rng, text.of("objectives", "constraints"), key):
            first = re.match(r"\[([\w-]+)", text.value(entry, key))
            if first:
                yield text.sub(entry.keys[key], r"\[", f"[{first[1]}, ")
    for entry in some(rng, [e for e in text.of("objectives") if "except" not in e.keys], "towards"):
        first = re.match(r"\[([\w-]+)", text.value(entry, "towards"))
        if first:
            yield text.put(entry, "except", f"[{first[1]}]")


# What entries say of each other


@breaks("PF301")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    fitting = [
        e for e in text.of("objectives") if "until" not in e.keys and text.value(e, "stance") not in REFUSING
    ]
    for entry in some(rng, fitting, "measure"):
        role = ROLE_OF_STANCE.get(text.value(entry, "stance"))
        red_line = [
            "  - id: red-line-01",
            f"    measure: {text.value(entry, 'measure')}",
            *([f"    as: {role}"] if role else []),
            *([f"    towards: {text.value(entry, 'towards')}"] if "towards" in entry.keys else []),
            "    kind: political",
            "    severity: red-line",
            "    summary: Ruled out by the head of government.",
            f"    sources: [{text.value(text.of('sources')[0], 'id')}]",
        ]
        if "towards" in entry.keys and not text.value(entry, "towards").endswith("]"):
            continue
        at = text.top["constraints"] + 1 if "constraints" in text.top else len(text.lines)
        head = [] if "constraints" in text.top else ["constraints:"]
        yield text.mutant(at, *head, *red_line, line=entry.keys["stance"])


@breaks("PF302")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of("objectives"), "measure"):
        yield text.put(entry, "requires", f"[{text.value(entry, 'measure')}]")


@breaks("PF303")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    current = [
        e for e in text.of("objectives") if "until" not in e.keys and text.value(e, "stance") != "accepts"
    ]
    for entry in some(rng, current, "id", "stance"):
        stance = text.value(entry, "stance")
        joint = text.value(entry, "measure") in bench.joint
        old = "supports" if joint and stance == "resists" else OPPOSITE[stance]
        keys = [
            text.lines[i]
            for k in ("measure", "priority", "confidence", "towards", "except")
            if k in entry.keys
            for i in range(*text.span(entry, k))
        ]
        copied = [
            "  - id: older-01",
            '    until: "2019"',
            f"    stance: {old}",
            *keys,
            "    summary: What it wanted some years ago.",
            *text.lines[entry.keys["sources"] : text.span(entry, "sources")[1]],
        ]
        yield text.mutant(entry.end, *copied, line=entry.end + 1)


@breaks("PF304")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    kinds = {text.value(s, "id"): text.value(s, "kind") for s in text.of("sources")}
    own = {"official-state", "joint-declaration"}
    fitting = []
    for entry in text.of("objectives"):
        first, last = text.span(entry, "sources")
        cited = re.findall(r"[\w-]+", " ".join(text.lines[first:last]).split(":", 1)[1])
        if own.isdisjoint(kinds[key] for key in cited):
            fitting.append(entry)
    for entry in some(rng, fitting, "confidence"):
        yield text.put(entry, "confidence", "high")


@breaks("PF305")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    order = ["objectives", "constraints", "interests", "context"]
    told = [e for e in text.of(*order) if "summary" in e.keys]
    if len(told) > 1:
        pair = rng.sample(told, 2)
        earlier, later = sorted(pair, key=lambda entry: (order.index(entry.part), entry.start))
        yield text.put(later, "summary", quoted(text.summary(earlier)))
    others = [state for state in bench.texts if state != text.state]
    if others and told:
        other = bench.texts[rng.choice(others)]
        copied = other.summary(rng.choice([e for e in other.of(*order) if "summary" in e.keys]))
        yield text.put(rng.choice(told), "summary", quoted(copied))


@breaks("PF306")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    own = bench.heads[text.state]
    assert own is not None
    names = sorted(name for name, iso3 in bench.corpus.spoken_names.items() if iso3 != own.iso3)
    for part in ("objectives", "constraints"):
        fitting = [e for e in text.of(part) if not {"towards", "except"} & e.keys.keys()]
        quiet = [e for e in fitting if "ignore[" not in "".join(text.lines[e.start : e.end])]
        for entry in some(rng, [e for e in quiet if len(text.summary(e).split()) < 40], "summary"):
            first, last = text.span(entry, "summary")
            yield text.mutant(last, f"      So too with {rng.choice(names)}.", line=first)


@breaks("PF307")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    marks = ["<b>now</b>", "**now**", "`now`", "&amp;", "&#233;", "\u200b", "\ufeff", "[now](https://x.org)"]
    for entry in some(rng, text.of(), "summary"):
        first, last = text.span(entry, "summary")
        yield text.mutant(last, f"      {rng.choice(marks)}", line=first)
    for source in some(rng, text.of("sources"), "title"):
        yield text.sub(source.keys["title"], r'(?<=: ")', rng.choice(marks) + " ")


@breaks("PF308")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of("objectives"), "measure"):
        measure = text.value(entry, "measure")
        if "gaps" in text.top and text.lines[text.top["gaps"]] == "gaps:":
            yield text.mutant(text.top["gaps"] + 1, f"  - {measure}")
        elif "gaps" in text.top:
            yield text.sub(text.top["gaps"], r"\[", f"[{measure}, ")
        else:
            yield text.mutant(len(text.lines) - 1, f"gaps: [{measure}]")


@breaks("PF309")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    head = bench.heads[text.state]
    assert head is not None
    for part in ("objectives", "constraints"):
        for key in ("towards", "except"):
            for entry in some(rng, text.of(part), "id"):
                yield text.put(entry, key, f"[{head.iso3}]")


@breaks("PF310")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    dated = [e for e in text.of("sources") if text.value(e, "date") != "null"]
    for source in some(rng, dated, "title"):
        yield text.sub(source.keys["title"], r'"$', ' (undated)"', line=source.keys["date"])


# Other profiles, codes, the calendar


@breaks("PF401")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    others = [state for state in bench.texts if state != text.state]
    if others:
        other = bench.texts[rng.choice(others)]
        taken = other.value(rng.choice([e for e in other.of("objectives") if "id" in e.keys]), "id")
        for entry in some(rng, text.of("objectives", "constraints", "context"), "id"):
            yield text.put(entry, "id", taken)


@breaks("PF402")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    others = [head for state, head in bench.heads.items() if state != text.state and head is not None]
    if others:
        taken = rng.choice(rng.choice(others).all)
        at = text.top["aliases"] if "aliases" in text.top else text.top["reviewed"]
        for name in (taken, taken.upper()):
            yield text.mutant(at, f"aliases: [{quoted(name)}]", instead=int("aliases" in text.top))


@breaks("PF403")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    yield text.sub(text.top["iso2"], r"\w\w$", rng.choice(["QQ", "XX", "ZZ"]))
    yield text.sub(text.top["iso3"], r"\w\w\w$", rng.choice(["QQQ", "XXX", "ROM"]))


@breaks("PF404")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    at = text.top["name"] + 1
    name = rng.choice(["atlantis", f"{text.state}-2", f"profile-of-{text.state}"])
    yield Mutant("\n".join(text.lines), at, at, name=f"{name}.yaml")


@breaks("PF501")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for source in some(rng, text.of("sources"), "date"):
        yield text.put(source, "date", rng.choice(['"2027"', '"2026-12"', '"2026-11-26"', '"2062-05"']))
    for entry in some(rng, text.of("indicators")):
        yield text.sub(entry.start, r"year: \d+", "year: 2027")
    yield text.sub(text.top["reviewed"], r": .*$", ': "2026-11-26"')


@breaks("PF502")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    yield text.sub(text.top["reviewed"], r": .*$", rng.choice([': "2025-11-23"', ': "2024-02-29"']))


@breaks("PF503")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    for entry in some(rng, text.of("indicators")):
        yield text.sub(entry.start, r"year: \d+", f"year: {rng.choice([1990, 2012, 2020])}")


# Comments that set findings aside


@breaks("PF901")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    entry = rng.choice([e for e in text.of() if "id" in e.keys])
    yield text.mutant(entry.start + 1, "    # partnerfit: ignore[PF304] one report is enough here")
    yield text.sub(entry.start, r"$", "  # partnerfit: ignore[PF309] both are meant")


@breaks("PF902")
def _(text: Text, bench: Bench, rng: random.Random) -> Iterator[Mutant | None]:
    entry = rng.choice([e for e in text.of() if "id" in e.keys])
    for comment in (
        "ignore",
        "ignore[PF306]",
        "ignore[PF999] as agreed",
        "ignore[] as agreed",
        "ignore[PF201] as agreed",
    ):
        yield text.mutant(entry.start + 1, f"    # partnerfit: {comment}")


@dataclass
class Score:
    """How many mutants were made and found, of how many profiles; the first few not found."""

    made: int = 0
    found: int = 0
    profiles: set[str] = field(default_factory=set)
    missed: list[str] = field(default_factory=list)


def measure(bench: Bench, code: str, seed: int, most: int | None = None) -> Score:
    """Break one rule in every profile; of each at most `most` mutants, at random."""
    score = Score()
    for state, text in bench.texts.items():
        rng = random.Random(f"{seed} {code} {state}")  # noqa: S311
        made = mutants(code, text, bench, rng)
        if most is not None and len(made) > most:
            made = rng.sample(made, most)
        for mutant in made:
            problems = bench.findings(state, mutant, frozenset({code, *ALSO.get(code, ())}))
            score.made += 1
            score.profiles.add(state)
            if any(p.code == code and mutant.first <= p.line <= mutant.last for p in problems):
                score.found += 1
            else:
                at = ", ".join(str(p.line) for p in problems) or "nowhere"
                line = mutant.text.split("\n")[mutant.first - 1][:70]
                score.missed.append(f"{state}: line {mutant.first} ({line}), found {at}")
    return score


def main() -> None:
    """Print a table of the shares found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--misses", type=int, default=3, help="how many mutants not found to show of a rule")
    parser.add_argument("--only", nargs="*", help="codes of rules")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "data"
        work.mkdir()
        bench = Bench(work)
        total: dict[str, Score] = defaultdict(Score)
        print("| Rule | Profiles | Mutants | Found |\n| --- | ---: | ---: | ---: |")  # noqa: T201
        for code in arguments.only or sorted(MUTATORS):
            score = total[code]
            for seed in range(arguments.seeds):
                one = measure(bench, code, seed)
                score.made += one.made
                score.found += one.found
                score.profiles |= one.profiles
                score.missed += one.missed
            share = f"{score.found / score.made:.1%}" if score.made else "-"
            print(f"| {code} {run.RULES[code].title} | {len(score.profiles)} | {score.made} | {share} |")  # noqa: T201
            for missed in score.missed[: arguments.misses]:
                print(f"    {missed}")  # noqa: T201
        made, found = sum(s.made for s in total.values()), sum(s.found for s in total.values())
        print(f"| All | {len(bench.texts)} | {made} | {found / made:.1%} |")  # noqa: T201


if __name__ == "__main__":
    main()
