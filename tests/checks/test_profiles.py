"""Rules within one profile and across profiles, where cases for a reader would be tedious."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerfit.checks.profiles import _INVISIBLE, _MARKUP
from tests import folder
from tests.checks.lay import report

HEAD = folder.head("Alpha", "AF", "AFG", "Alfa")
OTHER = folder.head("Beta", "BE", "BEL")
SOURCES = folder.sources("src")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small data folder without profiles."""
    return folder.data_folder(tmp_path / "data")


def entry(key: str, **more: str) -> str:
    keys = {
        "id": key,
        "measure": "visas",
        "stance": "seeks",
        "priority": "high",
        "confidence": "high",
        "summary": f"Wish {key}.",
        "sources": "[src]",
    } | {name.rstrip("_"): value for name, value in more.items()}
    return f"  - {{{', '.join(f'{name}: {value}' for name, value in keys.items() if value)}}}\n"


def limit(key: str, **more: str) -> str:
    keys = {"stance": "", "priority": "", "confidence": "", "kind": "legal", "severity": "red-line"}
    return entry(key, **{**keys, "summary": f"Limit {key}.", **more})


def codes(data: Path, *objectives: str, constraints: tuple[str, ...] = (), more: str = "") -> list[str]:
    """The codes found in a profile with these entries."""
    text = HEAD + "objectives:\n" + "".join(objectives)
    text += "constraints:\n" * bool(constraints) + "".join(constraints) + more
    folder.profile(data, "alpha", text + ("" if "sources:\n" in more else SOURCES))
    return [problem.code for problem in report(data).problems]


# PF301 and PF303: who a statement is for


@pytest.mark.parametrize(
    ("wish", "line", "meet"),
    [
        ({}, {}, True),
        ({"towards": "[BEL]"}, {}, True),
        ({}, {"towards": "[BEL]"}, True),
        ({"towards": "[BEL, XKX]"}, {"towards": "[ITA, XKX]"}, True),
        ({"towards": "[BEL]"}, {"towards": "[ITA]"}, False),
        ({"towards": "[BEL]"}, {"except_": "[BEL]"}, False),
        ({"except_": "[BEL]"}, {"towards": "[BEL]"}, False),
        ({"except_": "[BEL]"}, {"towards": "[ITA]"}, True),
        ({"except_": "[BEL]"}, {"except_": "[ITA]"}, True),
        ({"towards": "[CLUB]"}, {"towards": "[BEL]"}, True),
        ({"towards": "[CLUB]"}, {"towards": "[ITA]"}, False),
        ({"towards": "[BEL]"}, {"except_": "[CLUB]"}, False),
        ({"towards": "[BEL, ITA]"}, {"except_": "[CLUB]"}, True),
        ({"towards": "[CLUB]", "except_": "[BEL]"}, {"towards": "[BEL]"}, False),
        ({"towards": "[CLUB]", "except_": "[BEL]"}, {"towards": "[CLUB]"}, True),
    ],
)
def test_whether_two_statements_meet(
    data: Path, wish: dict[str, str], line: dict[str, str], meet: bool
) -> None:
    assert codes(data, entry("a", **wish), constraints=(limit("c", as_="receiver", **line),)) == (
        ["PF301"] if meet else []
    )
    old = entry("a", stance="declines", until='"2019"', **wish)
    assert codes(data, old, entry("b", **line)) == (["PF303"] if meet else [])


@pytest.mark.parametrize(
    ("stance", "role", "found"),
    [
        ("seeks", "receiver", True),
        ("seeks", "provider", False),
        ("offers", "provider", True),
        ("accepts", "provider", True),
        ("offers", "receiver", False),
        ("declines", "receiver", False),
        ("resists", "provider", False),
    ],
)
def test_which_wish_goes_against_a_red_line(data: Path, stance: str, role: str, found: bool) -> None:
    line = limit("c", as_=role)
    assert codes(data, entry("a", stance=stance), constraints=(line,)) == (["PF301"] if found else [])


@pytest.mark.parametrize(
    ("measure", "old", "new", "found"),
    [
        ("visas", "seeks", "declines", True),
        ("visas", "declines", "seeks", True),
        ("visas", "offers", "resists", True),
        ("visas", "offers", "accepts", False),
        ("visas", "resists", "accepts", False),
        ("visas", "seeks", "resists", False),
        ("visas", "declines", "offers", False),
        ("pact", "supports", "resists", True),
        ("pact", "resists", "supports", True),
        ("pact", "supports", "supports", False),
    ],
)
def test_which_change_is_one_of_mind(data: Path, measure: str, old: str, new: str, found: bool) -> None:
    older = entry("a", measure=measure, stance=old, until='"2025-12"')
    assert codes(data, older, entry("b", measure=measure, stance=new)) == (["PF303"] if found else [])


# PF302


def test_a_circle_is_told_at_each_of_its_steps(data: Path) -> None:
    steps = [("visas", "returns"), ("returns", "jobs"), ("jobs", "visas"), ("skills", "visas")]
    entries = [entry(f"a-{i}", measure=m, requires=f"[{r}]") for i, (m, r) in enumerate(steps)]
    assert codes(data, *entries) == ["PF302"] * 3


def test_one_of_several_requirements_leads_back(data: Path) -> None:
    one = entry("a-1", requires="[skills, returns]")
    assert codes(data, one, entry("a-2", measure="returns", requires="[visas]")) == ["PF302"] * 2
    column = report(data).problems[0].column
    line = report(data).texts[report(data).problems[0].path].split("\n")[report(data).problems[0].line - 1]
    assert line[column - 1 :].startswith("returns]")


# PF304


def source(key: str, kind: str, date: str = '"2025"') -> str:
    url = f"https://example.org/{key}"
    return f'  - {{id: {key}, title: T, publisher: P, date: {date}, url: "{url}", kind: {kind}}}\n'


@pytest.mark.parametrize(
    ("kinds", "highest"),
    [
        (["official-state"], "high"),
        (["joint-declaration", "press"], "high"),
        (["press", "research", "official-state"], "high"),
        (["eu-institution"], "medium"),
        (["international-organisation"], "medium"),
        (["press", "press"], "medium"),
        (["press", "research"], "medium"),
        (["press"], "low"),
        (["press null", "press null"], "low"),
        (["research"], "low"),
        (["research", "research"], "low"),
    ],
)
def test_the_highest_confidence(data: Path, kinds: list[str], highest: str) -> None:
    keys = [f"s-{i}" for i in range(len(kinds))]
    listed = "sources:\n" + "".join(source(key, *kind.split()) for key, kind in zip(keys, kinds, strict=True))
    for level in ("high", "medium", "low"):
        wanted = ["PF304"] if "high medium low".index(level) < "high medium low".index(highest) else []
        wish = entry("a", confidence=level, sources=f"[{', '.join(keys)}]")
        assert codes(data, wish, more=listed) == wanted


# PF306


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("As agreed with Belgium in 2025.", True),
        ("Belgium's offer of 2025.", True),
        ("(Belgium)", True),
        ("The Belgian offer.", False),
        ("A Belgiumesque offer.", False),
        ("Alpha and Alfa want this.", False),
        ("Afghanistan wants this.", False),
        ("belgium", False),
        ("Beta agreed.", False),  # no profile of that name
    ],
)
def test_a_state_named(data: Path, summary: str, found: bool) -> None:
    assert codes(data, entry("a", summary=f'"{summary}"')) == (["PF306"] if found else [])


def test_a_state_is_named_by_any_name_that_its_profile_has(data: Path) -> None:
    folder.profile(data, "beta", OTHER)
    assert codes(data, entry("a", summary="As agreed with Beta.")) == ["PF306"]


def test_the_longest_name_counts(data: Path) -> None:
    names = (data / "names.csv").read_text(encoding="utf-8")
    folder.write(data / "names.csv", names + "GIN,Guinea\nGNB,Guinea-Bissau\n")
    codes(data, entry("a", summary="As agreed with Guinea-Bissau."))
    (problem,) = report(data).problems
    assert "names Guinea-Bissau" in problem.message
    assert "[GNB]" in problem.message


def test_without_names_no_state_is_named(data: Path) -> None:
    (data / "names.csv").unlink()
    folder.profile(data, "alpha", folder.head("Oia", "AF", "AFG") + folder.BODY)
    assert [problem.code for problem in report(data).problems] == ["PF404"]


# PF307


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>", "a <br/> b", "<script>", "x &amp; y", "&#233;", "&#xE9;", "&Eacute;", "**x**", "__x__",
        "`x`", "[x](https://x.org)", "x[^1]", "[red]x[/red]", "[b]x[/]", "# x", "> x", "- x", "* x",
    ],
)  # fmt: skip
def test_what_is_markup(text: str) -> None:
    assert _MARKUP.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "a < b > c", "1 <2", "AT&T; R&D", "a & b;", "2 * 3", "a_b_c", "x [sic] y", "[draft] x", "(x)[y]",
        "#1", "a # b", "a - b", "'x'", "“x”", "x > y", "-5 %", "Law 2016-61 [in Arabic] (2016)",
    ],
)  # fmt: skip
def test_what_is_no_markup(text: str) -> None:
    assert not _MARKUP.search(text)


@pytest.mark.parametrize("code", [0xAD, 0x200B, 0x2028, 0x2029, 0x2060, 0xFEFF])
def test_what_is_invisible(code: int) -> None:
    assert _INVISIBLE.search(f"a{chr(code)}b")


@pytest.mark.parametrize("code", [0x200C, 0x200D, 0x200E, 0x200F, 0xA0, 0x202F, 0x2011])
def test_what_writing_needs_is_not_invisible(code: int) -> None:
    """Joiners of Persian and of emoji, marks of direction in Arabic, spaces that do not break."""
    assert not _INVISIBLE.search(f"a{chr(code)}b")


# Across profiles


def test_a_clash_is_told_in_both_profiles(data: Path) -> None:
    folder.profile(data, "beta", OTHER.replace("[]", '["ALFÁ"]') + folder.BODY)
    folder.profile(data, "alpha", HEAD + folder.BODY)
    found = [(Path(problem.path).stem, problem.code, problem.message) for problem in report(data).problems]
    assert [(file, code) for file, code, _ in found] == [
        (file, code) for file in ("alpha", "beta") for code in ("PF402", "PF401", "PF305")
    ]
    assert all(("beta.yaml" if file == "alpha" else "alpha.yaml") in said for file, _, said in found)


def test_a_name_is_compared_without_accents_case_and_signs(data: Path) -> None:
    folder.profile(data, "alpha", folder.head("Alpha", "AF", "AFG", "Côte d'Or") + folder.BODY)
    folder.profile(data, "beta", folder.head("Beta", "BE", "BEL", "COTE-DOR", "Cote of Or"))
    found = [(Path(problem.path).stem, problem.code, problem.line) for problem in report(data).problems]
    assert found == [("alpha", "PF402", 5), ("beta", "PF402", 5)]


def test_a_name_is_not_the_id_of_another(data: Path) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY)
    folder.profile(data, "beta", folder.head("Beta", "BE", "BEL", "alpha"))
    assert [problem.code for problem in report(data).problems] == ["PF402", "PF402"]


def test_a_profile_with_a_broken_head_claims_its_file_name_still(data: Path) -> None:
    folder.profile(data, "alpha", HEAD.replace("iso2: AF", "iso2: af") + folder.BODY)
    folder.profile(data, "beta", folder.head("Beta", "BE", "BEL", "Alpha"))
    assert [problem.code for problem in report(data).problems] == ["PF107", "PF402"]


@pytest.mark.parametrize(
    ("reviewed", "code"),
    [("2026-11-25", None), ("2026-11-26", "PF501"), ("2025-11-24", None), ("2025-11-23", "PF502")],
)
def test_days_of_review(data: Path, reviewed: str, code: str | None) -> None:
    folder.profile(data, "alpha", HEAD.replace("2026-11-01", reviewed) + folder.BODY)
    assert [problem.code for problem in report(data).problems] == ([code] if code else [])


@pytest.mark.parametrize(
    ("date", "future"),
    [
        ("2026", False),
        ("2026-11", False),
        ("2026-11-25", False),
        ("2026-11-26", True),
        ("2026-12", True),
        ("2027", True),
    ],
)
def test_dates_of_sources(data: Path, date: str, future: bool) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY.replace("date: null", f'date: "{date}"'))
    assert [problem.code for problem in report(data).problems] == (["PF501"] if future else [])
