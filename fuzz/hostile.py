"""Files as large as they may be, each made to cost as much as possible in one place.

Every one is made for a size in bytes; it is a little smaller and never larger.
"""

from __future__ import annotations

from collections.abc import Callable

from partnerfit import yamlsource

NAMES = """\
name: Uruguay
official_name: Oriental Republic of Uruguay
iso2: UY
iso3: URY
reviewed: "2026-11-02"
"""
HEAD = NAMES + "aliases: [República Oriental del Uruguay]\n"
SOURCE = '- {id: s, title: T, publisher: P, date: "2025", url: "https://example.org/x", kind: research}\n'
LONG = "visa-facilitation-for-those-who-travel-on-business-and-for-their-families-and-friends"


def _filled(head: str, entry: Callable[[int], str], size: int, tail: str = "") -> bytes:
    """A head, as many entries as fit, and a tail."""
    parts, length = [head], len(head.encode()) + len(tail.encode())
    for i in range(size):
        part = entry(i)
        length += len(part.encode())
        if length > size:
            break
        parts.append(part)
    return "".join((*parts, tail)).encode()


def _repeated(head: str, unit: str, size: int, tail: str = "") -> bytes:
    room = size - len(head.encode()) - len(tail.encode())
    return (head + unit * (room // len(unit.encode())) + tail).encode()


def _objective(i: int, more: str) -> str:
    held = "stance: seeks, priority: low, confidence: low"
    return f"- {{id: u{i}, {held}, summary: S{i}, sources: [s], {more}}}\n"


def _line(i: int, more: str) -> str:
    held = "as: receiver, kind: legal, severity: red-line"
    return f"- {{id: c{i}, {held}, summary: S{i}, sources: [s], {more}}}\n"


def _wish_against_lines(size: int) -> bytes:
    wishes = _filled("objectives:\n", lambda i: _objective(i, "measure: remittance-costs"), size // 2 - 400)
    lines = _filled("constraints:\n", lambda i: _line(i, "measure: remittance-costs"), size // 2 - 400)
    return f"{HEAD}sources:\n{SOURCE}".encode() + wishes + lines


def _changes_of_mind(size: int) -> bytes:
    def entry(i: int) -> str:
        return _objective(i, f"measure: remittance-costs, {'until: 2020' if i % 2 else ''}").replace(
            "seeks", "seeks" if i % 2 else "declines"
        )

    return _filled(f"{HEAD}sources:\n{SOURCE}objectives:\n", entry, size)


def _chain(i: int) -> str:
    return _objective(i, f"measure: m{i}, requires: [m{i + 1}]")


NAMED: dict[str, Callable[[int], bytes]] = {
    # depth
    "open brackets": lambda n: _repeated("gaps: ", "[", n),
    "nested lists": lambda n: _repeated("gaps: ", "[", n // 2) + b"]" * (n // 2 - 6),
    "open braces": lambda n: _repeated("gaps: ", "{", n),
    "nested mappings": lambda n: _repeated("gaps: ", "{a: ", n),
    "quoted keys nested": lambda n: _repeated("gaps: ", '{"a":', n),
    "dashes": lambda n: _repeated("gaps:\n", "- ", n),
    "dashes after tabs": lambda n: _repeated("gaps:\n", "-\t", n),
    "question marks": lambda n: _repeated("", "? ", n),
    "question marks in a list": lambda n: _repeated("gaps: [", "? [", n),
    "indented more and more": lambda n: _filled("", lambda i: f"{' ' * i}a:\n", n),
    "indented lists": lambda n: _filled("a:\n", lambda i: f"{' ' * i}-\n", n),
    "depth before the limit, many times": lambda n: _repeated(
        f"{HEAD}gaps:\n", f"- {'[' * 18}{']' * 18}\n", n
    ),
    "depth behind the limit, many times": lambda n: _repeated(
        f"{HEAD}gaps:\n", f"- {'[' * 25}{']' * 25}\n", n
    ),
    # numbers of values
    "a list of numbers": lambda n: _repeated(f"{HEAD}gaps: [", "1,", n, "]\n"),
    "a list of nothing": lambda n: _repeated(f"{HEAD}gaps:\n", "-\n", n),
    "a list of lists": lambda n: _repeated(f"{HEAD}gaps: [", "[],", n, "]\n"),
    "a mapping of nothing": lambda n: _repeated(f"{HEAD}gaps: {{", "a,", n, "}\n"),
    "single pairs": lambda n: _repeated(f"{HEAD}gaps: [", ":,", n, "]\n"),
    "the same gap": lambda n: _repeated(f"{HEAD}gaps: [", "a,", n, "]\n"),
    "gaps": lambda n: _filled(f"{HEAD}gaps: [", lambda i: f"a{i},", n, "]\n"),
    "gaps almost alike": lambda n: _filled(f"{HEAD}gaps:\n", lambda i: f"- visa-facilitation{i}\n", n),
    "long gaps almost alike": lambda n: _filled(f"{HEAD}gaps:\n", lambda i: f"- {LONG}{i}\n", n),
    "unknown keys": lambda n: _filled(HEAD, lambda i: f"k{i}:\n", n),
    "unknown keys almost alike": lambda n: _filled(HEAD, lambda i: f"constraint{i}: 1\n", n),
    "unknown keys of entries": lambda n: _filled(f"{HEAD}objectives:\n", lambda i: f"- summar{i}: 1\n", n),
    "unknown keys of one entry": lambda n: _filled(
        f"{HEAD}objectives:\n- id: a\n", lambda i: f"  summar{i}: 1\n", n
    ),
    "the same key": lambda n: _repeated(HEAD, "gaps: []\n", n),
    "empty entries": lambda n: _repeated(f"{HEAD}objectives:\n", "- {}\n", n),
    "empty entries everywhere": lambda n: (
        HEAD.encode()
        + b"".join(
            f"{part}:\n".encode() + b"- {}\n" * min(1_000, n // 100)
            for part in "objectives constraints interests context indicators sources".split()
        )
        + _filled("", lambda i: f"k{i}:\n", n - 30_000)
    ),
    "empty sources": lambda n: _repeated(f"{HEAD}sources:\n", "- {}\n", n),
    "unknown stances": lambda n: _filled(f"{HEAD}objectives:\n", lambda i: f"- stance: suppor{i}\n", n),
    "interests": lambda n: _repeated(
        f"{HEAD}sources:\n{SOURCE}interests:\n",
        "- {interest: mobility, weight: 1, summary: S, sources: [s]}\n",
        n,
    ),
    "unknown interests": lambda n: _filled(
        f"{HEAD}interests:\n",
        lambda i: f"- {{interest: mobilit{i}, weight: 1, summary: S, sources: [s]}}\n",
        n,
    ),
    "sources not cited": lambda n: _filled(
        f"{HEAD}sources:\n", lambda i: SOURCE.replace("id: s", f"id: s{i}"), n
    ),
    "sources not defined": lambda n: _filled(
        f"{HEAD}objectives:\n",
        lambda i: _objective(i, "measure: m").replace(
            "[s]", f"[{', '.join(f'source-{i}-{j}' for j in range(40))}]"
        ),
        n,
    ),
    "sources almost alike": lambda n: (
        _filled(f"{HEAD}sources:\n", lambda i: SOURCE.replace("id: s", f"id: {LONG}-{i}"), n // 2)
        + _filled(
            "context:\n", lambda i: f"- {{id: x{i}, measure: m, summary: S, sources: [{LONG}{i}]}}\n", n // 2
        )
    ),
    "codes almost alike": lambda n: _filled(
        f"{HEAD}objectives:\n",
        lambda i: _objective(i, f"measure: remittance-costs, towards: [EU-MEMBER-{i}]"),
        n,
    ),
    "one entry with many codes": lambda n: _filled(
        HEAD
        + "sources:\n"
        + SOURCE
        + "objectives:\n"
        + _objective(0, "measure: remittance-costs, towards: [")[:-2],
        lambda i: f"E{i},",
        n,
        "]}\n",
    ),
    "aliases": lambda n: _filled(NAMES + "aliases:\n", lambda i: f"- Spai{i}\n", n),
    "the same aliases": lambda n: _repeated(NAMES + "aliases:\n", "- Spain\n", n),
    "indicators": lambda n: _filled(
        f"{HEAD}indicators:\n",
        lambda i: (
            f'- {{indicator: remittances-receive{i}, value: 1, unit: "%", year: 2024, source: bank-{i}}}\n'
        ),
        n,
    ),
    "wishes against red lines": _wish_against_lines,
    "changes of mind": _changes_of_mind,
    "a chain of requirements": lambda n: _filled(f"{HEAD}sources:\n{SOURCE}objectives:\n", _chain, n),
    "a mesh of requirements": lambda n: _filled(
        f"{HEAD}sources:\n{SOURCE}objectives:\n",
        lambda i: _objective(
            i, f"measure: m{i % 300}, requires: [{', '.join(f'm{(i * 7 + j) % 300}' for j in range(30))}]"
        ),
        n,
    ),
    "towards itself": lambda n: _filled(
        f"{HEAD}sources:\n{SOURCE}objectives:\n",
        lambda i: _objective(i, "measure: remittance-costs, towards: [URY]"),
        n,
    ),
    # long texts
    "one long text": lambda n: _repeated('name: "', "x", n, '"\n'),
    "one long key": lambda n: _repeated("", "x", n, ": 1\n"),
    "one long line": lambda n: _repeated(f"{HEAD}# ", "x", n, "\n"),
    "one long block": lambda n: _repeated(f"{HEAD}x: |\n", "  abc\n", n),
    "one long number": lambda n: _repeated("name: ", "9", n, "\n"),
    "long numbers": lambda n: _repeated(f"{HEAD}gaps:\n", f"- {'9' * 4300}\n", n),
    "long fractions": lambda n: _repeated(f"{HEAD}gaps:\n", f"- 1.{'9' * 4300}e-10\n", n),
    "marks that combine": lambda n: _repeated('name: "a', "\u0316\u0301", n, '"\n'),
    "names of marks that combine": lambda n: _repeated(
        NAMES + "aliases:\n", "- a" + "\u0316\u0301" * 1000 + "\n", n
    ),
    "ligatures": lambda n: _repeated('name: "', "\ufdfa", n, '"\n'),
    "escapes": lambda n: _repeated('name: "', "\\x01", n, '"\n'),
    "blanks in a text": lambda n: _repeated('name: "', " ", n, 'x"\n'),
    "empty lines": lambda n: _repeated(HEAD, "\n", n),
    "breaks of other kinds": lambda n: _repeated(HEAD, "\x85\u2028\r", n, "x: 1\n"),
    "open quote": lambda n: _repeated('name: "', "a\n\n", n),
    "control characters": lambda n: _repeated(f"{HEAD}gaps: [", '"\\a",', n, "]\n"),
    "a url": lambda n: _repeated(
        HEAD + "sources:\n" + SOURCE.replace("/x", "/{}").split("{}")[0].strip(), "a:/", n, '"}\n'
    ),
    "summaries with names": lambda n: _repeated(
        f"{HEAD}sources:\n{SOURCE}objectives:\n",
        _objective(0, "measure: m").replace("S0", '"' + "South Africa/Northern Spain " * 20 + '"'),
        n,
    ),
    "summaries that look like names": lambda n: _repeated(
        f"{HEAD}sources:\n{SOURCE}objectives:\n",
        _objective(0, "measure: m").replace("S0", '"' + "Gulf of Guine-Northern Sout-Equatoria-" * 100 + '"'),
        n,
    ),
    "tags that do not end": lambda n: _repeated('name: "', "<a ", n, '"\n'),
    "tags that do not end, on many lines": lambda n: _repeated(
        f"{HEAD}gaps:\n", f"- '{'<a &#1 [/ ' * 300}'\n", n
    ),
    "entities that do not end": lambda n: _repeated('name: "', "&#1111", n, '"\n'),
    # marks and comments
    "anchors": lambda n: _repeated(f"{HEAD}gaps: [", "&a,", n, "]\n"),
    "aliases of YAML": lambda n: _repeated(f"{HEAD}gaps: [&a b,", "*a,", n, "]\n"),
    "laughs": lambda n: _filled(
        f"{HEAD}l0: &l0 x\n", lambda i: f"l{i + 1}: &l{i + 1} [{', '.join([f'*l{i}'] * 9)}]\n", n
    ),
    "merge keys": lambda n: _repeated(HEAD, "<<: {a: 1}\n", n),
    "tags": lambda n: _repeated(f"{HEAD}gaps: [", "!!str a,", n, "]\n"),
    "a long tag": lambda n: _repeated(f"{HEAD}gaps: !", "a", n, " x\n"),
    "directives": lambda n: _repeated("", "%X y\n", n, "--- a\n"),
    "signs that look like marks": lambda n: _repeated(f'{HEAD}x: "', " &", n, '"\n'),
    "documents": lambda n: _repeated(HEAD, "---\na: 1\n", n),
    "comments that set aside": lambda n: _repeated(HEAD, "# partnerfit: ignore[PF101] r\n", n),
    "comments that set nothing aside": lambda n: _repeated(HEAD, "x: 1 # partnerfit: ignore\n", n),
    "comments in order": lambda n: _filled(HEAD, lambda i: f"k{i}: 1 # partnerfit: ignore[PF101] r\n", n),
    "comments beside their findings": lambda n: _filled(
        HEAD, lambda i: f"a{i}: '**'\nb{i}: 1 # partnerfit: ignore[PF307] r\n", n
    ),
    "comments with many codes": lambda n: _repeated(
        f"{HEAD}x: 1 # partnerfit: ignore[", "PF101,", n, "] r\n"
    ),
    "codes that do not end": lambda n: _repeated(f"{HEAD}x: 1 ", "# partnerfit: ignore[", n, "\n"),
    "signs of comments": lambda n: _repeated(f"{HEAD}# partnerfit:", " #", n, "\n"),
    "signs of comments and blanks": lambda n: _repeated(f"{HEAD}# partnerfit:", " #" + " " * 500, n, "\n"),
    "no UTF-8": lambda n: b"\xff" * n,
    "no UTF-8 at the end": lambda n: _repeated(HEAD, "# x\n", n - 1) + b"\xff",
    "nothing but NUL": lambda n: b"\x00" * n,
    "too large": lambda n: b"a: 1\n" * n,
}
"""Profiles."""

TABLES: dict[str, Callable[[int], bytes]] = {
    "one long cell": lambda n: b"x" * n,
    "one long quote": lambda n: b'"' + b"x\n" * (n // 2 - 1),
    "empty rows": lambda n: b"\n" * n,
    "short rows": lambda n: b"a\n" * (n // 2),
    "many cells": lambda n: b"," * n,
    "too large": lambda n: b"a,b\n" * n,
}
"""What may stand below the head of a table."""


def fitting(title: str) -> bytes:
    """A profile as large as it may be without being refused for its size or the number of its values."""
    make, low, high = NAMED[title], 1_000, yamlsource.MAX_BYTES
    if _holds_few(make(high)) or not _holds_few(make(low)):
        return make(high)
    while high - low > 500:
        middle = (low + high) // 2
        low, high = (middle, high) if _holds_few(make(middle)) else (low, middle)
    return make(low)


def _holds_few(raw: bytes) -> bool:
    _, found = yamlsource.scan(raw, "")
    return not any(problem.code == "PF003" for problem in found)
