"""Reading YAML: strict scalars, and every complaint at its line and column in one line.

Each test runs with libyaml and with the loader in pure Python: both have to say the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from partnerfit import yamlsource
from partnerfit.errors import DataError, UsageError
from partnerfit.model import Extension, Groups, State, Themes
from partnerfit.scoring.method import Method
from partnerfit.yamlsource import Document, Problem
from tests import folder

HEAD = folder.head("Tunisia", "TN", "TUN")
LINES = HEAD.count("\n")
"""Lines of the head: what follows it stands on line `LINES + 1`."""


class _PurePython(yaml.SafeLoader):
    resolve = yamlsource._Loader.resolve


@pytest.fixture(autouse=True, params=["libyaml", "python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The loader under which a test runs."""
    name: str = request.param
    if name == "python":
        monkeypatch.setattr(yamlsource, "_Loader", _PurePython)
    elif not yamlsource.HAS_LIBYAML:
        pytest.skip("PyYAML was built without libyaml")
    return name


def data(text: str) -> Any:
    return yamlsource.parse(text.encode(), "f.yaml").data


def refused(text: str | bytes) -> list[tuple[int, int, str]]:
    """Line, column, and code and message of each problem of a text."""
    with pytest.raises(DataError) as caught:
        yamlsource.parse(text if isinstance(text, bytes) else text.encode(), "f.yaml")
    return placed(caught.value)


def invalid(text: str, model: type = State, **extra: Any) -> list[tuple[int, int, str]]:
    """Line, column, and code and message of each problem that the model finds in a text."""
    document = yamlsource.parse(text.encode(), "f.yaml")
    extra = {"id": "tunisia"} if model in (State, Extension) and not extra else extra
    with pytest.raises(DataError) as caught:
        yamlsource.validate(model, document, **extra)
    return placed(caught.value)


def placed(error: DataError) -> list[tuple[int, int, str]]:
    problems = error.problems
    assert problems
    assert list(problems) == sorted(problems)
    for problem in problems:
        assert problem.path == "f.yaml"
        assert problem.message
        assert problem.width >= 1
        assert "\n" not in str(problem)
        assert str(problem) == f"f.yaml:{problem.line}:{problem.column}: {problem.message}"
    assert "\n" not in str(error)
    return [(p.line, p.column, f"{p.code} {p.message}") for p in problems]


# Scalars


@pytest.mark.parametrize(
    "text",
    """NO no No yes YES on off y n True TRUE False FALSE Null NULL
    010 0x1f 0o17 0b1 1_000 00 +010 1:30 190:20:30 1e3 1.5.2 .5 5. .inf -.inf .nan 00.5 +.5
    2026-11-23 2026-02 2026-11-23T10:00:00Z = << ~/x 12a -- ... truefalse nulls تونس é""".split(),
)
def test_what_stays_text(text: str) -> None:
    assert data(f"a: {text} x\n") == {"a": f"{text} x"}
    if text not in {"<<", "=", "--", "..."}:
        assert data(f"a: {text}\n") == {"a": text}
        assert data(f"a: [{text}]\n") == {"a": [text]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-0", 0),
        ("+5", 5),
        ("-12", -12),
        ("2026", 2026),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("0.0", 0.0),
        ("1.0e3", 1000.0),
        ("1.5E-3", 0.0015),
    ],
)
def test_what_is_more_than_text(text: str, value: object) -> None:
    found = data(f"a: {text}\n")["a"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("text", ["true", "null", "~", "12", "1.5", "", "NO"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_is_quoted_is_text(text: str, quote: str) -> None:
    assert data(f"a: {quote}{text}{quote}\n") == {"a": text}


def test_block_scalars_are_text() -> None:
    assert data("a: |\n  12\n  x\nb: >-\n  true\n") == {"a": "12\nx\n", "b": "true"}


def test_keys_are_text() -> None:
    assert data("true: 1\n010: 2\nNO: 3\n2026-11-23: 4\nnull: 5\n") == {
        "true": 1,
        "010": 2,
        "NO": 3,
        "2026-11-23": 4,
        "null": 5,
    }


def test_lists_and_mappings() -> None:
    assert data("a: {b: [1, {c: d}], e: []}\nf:\n- g\n") == {"a": {"b": [1, {"c": "d"}], "e": []}, "f": ["g"]}


def test_text_in_any_script() -> None:
    assert data("تونس: [تونس, é, 突尼斯, 😀]\n") == {"تونس": ["تونس", "é", "突尼斯", "😀"]}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends(ends: str) -> None:
    assert data(f"a: 1{ends}b: x{ends}") == {"a": 1, "b": "x"}
    assert refused(f"a: 1{ends}b: 2{ends}a: 3{ends}")[0][:2] == (3, 1)


# What is not strict


@pytest.mark.parametrize(
    ("text", "line", "column", "key", "first"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "a", 1),
        ("{a: 1, a: 2}\n", 1, 8, "a", 1),
        ("x:\n  - b: 1\n    c: 2\n    b: 3\n", 4, 5, "b", 2),
        ("تونس: {é: 1, ü: 2, é: 3}\n", 1, 20, "é", 1),
        ("الاسم: تونس\nالاسم: x\n", 2, 1, "الاسم", 1),
        ("1: a\n'1': b\n", 2, 1, "1", 1),
    ],
)
def test_a_key_given_twice(text: str, line: int, column: int, key: str, first: int) -> None:
    message = f"PF006 key `{key}` is given twice (first on line {first}); keep one"
    assert refused(text) == [(line, column, message)]


def test_a_key_given_three_times() -> None:
    assert [(line, column) for line, column, _ in refused("a: 1\na: 2\na: 3\n")] == [(2, 1), (3, 1)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: &x [1]\nb: *x\n", [(1, 4), (2, 4)]),
        ("é: &x {b: 1}\nc: *x\n", [(1, 4), (2, 4)]),
        ("a: &x [*x]\n", [(1, 4), (1, 8)]),
        ("a: &x\n  b: *x\n", [(1, 4), (2, 6)]),
        ("base: &b {c: 1}\nd: {<<: *b}\n", [(1, 7), (2, 9)]),
        ("a: &x 1\nb: *x\n", [(1, 4), (2, 4)]),
        ("a: [1, &x 2]\n", [(1, 8)]),
        ("&x a: 1\n", [(1, 1)]),
        ("{a: 1, b: [*x,*y]}\n", [(1, 12), (1, 15)]),
        ('{"a":&x 1}\n', [(1, 6)]),
        ("é: *nope\n", [(1, 4)]),
    ],
)
def test_anchors_and_aliases_are_refused(text: str, places: list[tuple[int, int]]) -> None:
    found = refused(text)
    assert [(line, column) for line, column, _ in found] == places
    for line, column, message in found:
        sign = text.split("\n")[line - 1][column - 1]
        assert message.startswith(f"PF005 `{sign}")
        assert f"since it begins with {sign};" in message


@pytest.mark.parametrize("text", ["x & y", "a&b *c", "2 * 3", "Why! Not", "a:*b"])
def test_marks_inside_text_stay(text: str) -> None:
    assert data(f"a: ['{text}', {text}]\n") == {"a": [text, text]}


def test_aliases_do_not_multiply() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    problems = refused("\n".join(lines))
    assert len(problems) == 30 + 29 * 9


@pytest.mark.parametrize(
    ("text", "column", "tag"),
    [
        ("é: !colour red\n", 4, "!colour"),
        ("é: ! red\n", 4, "!"),
        ("a: !!binary aGk=\n", 4, "tag:yaml.org,2002:binary"),
        ("a: !!timestamp 2026-11-23\n", 4, "tag:yaml.org,2002:timestamp"),
        ("a: !!python/name:os.system x\n", 4, "tag:yaml.org,2002:python/name:os.system"),
        ("a: !!python/object/apply:os.system [ls]\n", 4, "tag:yaml.org,2002:python/object/apply:os.system"),
        ("a: !foo [1]\n", 4, "!foo"),
        ("a: !!set {b, c}\n", 4, "tag:yaml.org,2002:set"),
        ("!foo\na: 1\n", 1, "!foo"),
        ("!!str a: 1\n", 1, "tag:yaml.org,2002:str"),
        ("a: !!bool yes\n", 4, "tag:yaml.org,2002:bool"),
        ("a: !!int 010\n", 4, "tag:yaml.org,2002:int"),
        ("a: !!null x\n", 4, "tag:yaml.org,2002:null"),
    ],
)
def test_a_tag_is_refused(text: str, column: int, tag: str) -> None:
    short = tag.replace("tag:yaml.org,2002:", "!!")
    what = f"PF005 `{short}` is read as a tag"
    message = f"{what}; remove it, or put text that begins with ! in quotes"
    assert refused(text) == [(1, column, message)]


@pytest.mark.parametrize("text", ["? [a]\n: 1\n", "? {é: 1}\n: 1\n"])
def test_a_key_is_plain(text: str) -> None:
    assert refused(text) == [(1, 3, "PF002 a key must be plain text")]


@pytest.mark.parametrize("depth", [yamlsource.MAX_DEPTH, yamlsource.MAX_DEPTH + 1])
def test_depth(depth: int) -> None:
    text = f"é: {'[' * depth}{']' * depth}\n"
    if depth <= yamlsource.MAX_DEPTH:
        assert data(text)
    else:
        assert refused(text) == [
            (1, 3 + depth, f"PF004 nested more than {yamlsource.MAX_DEPTH} levels deep; flatten it")
        ]


@pytest.mark.parametrize(("opening", "times"), [("[", 4_000), ("{a: ", 20_000), ("[{a: ", 20_000)])
def test_depth_without_end(opening: str, times: int) -> None:
    ((_, _, message),) = refused(f"a: {opening * times}")
    assert message[:5] in {"PF003", "PF004"}  # where the loader counts nesting, or values alone


def test_all_that_is_not_strict_is_said_at_once() -> None:
    problems = refused('b: "\\0"\na: 1\na: 2\nc: "\\a"\n')
    assert [(line, column) for line, column, _ in problems] == [(1, 4), (3, 1), (4, 4)]


# What is no YAML


@pytest.mark.parametrize(
    ("text", "line", "column", "fragment"),
    [
        ("a: b: c\n", 1, 5, "a colon and a space stand inside a text"),
        ("الاسم: é: b\n", 1, 9, "a colon and a space"),
        ("😀: ü: b\n", 1, 5, "a colon and a space"),
        ('اسم: تونس\nb: "é" x\n', 2, 8, 'the text in quotes ends before this; write \\" for a "'),
        ("a: 'it's'\nb: c\n", 1, 8, "write '' for a ' inside it"),
        ('a: "b\nc: "d"\n', 1, 4, 'the text opened with " here goes on to line 2; close it'),
        ("a: [b] c\nd: e\n", 1, 8, "something follows the bracket"),
        ("a: [\n", 1, 4, "the list opened with [ here is not closed; add ]"),
        ("a: [{b: c}, [d,\n", 1, 13, "the list opened with [ here is not closed; add ]"),
        ("a: [é, ü\nb: 2\n", 1, 4, "the list opened with [ here is not closed; add ]"),
        ("a: {é: ü\nb: 2\n", 1, 4, "the mapping opened with { here is not closed; add }"),
        ("a: [b,\n  c\n  d: e\n", 1, 4, "or the comma that is missing before line 3"),
        ('a: ["b" "c"]\n', 1, 9, "a comma is missing before this in the list"),
        ("a: [b, ,]\n", 1, 8, "an entry is missing before this in the list; remove the comma"),
        ("a: 'é\nb: 2\n", 1, 4, "the text opened with ' here is never closed"),
        ('a: "\\q"\n', 1, None, "a backslash between double quotes"),
        ("é: @x\n", 1, 4, "a text that begins with @ goes in quotes"),
        ("é: *x* y\n", 1, 4, "a text that begins with * goes in quotes"),
        ("é:\n\tb: 1\n", 2, 1, "a tab cannot indent in YAML; write spaces"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "an indent of 1 space fits nothing above"),
        ("a:\n  - b: 1\n   c: 2\n", 3, 4, "an indent of 3 spaces fits nothing above"),
        ("a: b\n  c: d\n", 2, 3, "a key is indented deeper than the one on line 1"),
        ("a:\n  b:c\n  d: e\n", 2, 4, "put a space after the colon"),
        ("b:c\nd: e\n", 1, 2, "put a space after the colon"),
        ("a:\n  -b: c\n   d: e\n", 2, 3, "put a space after the hyphen"),
        ("a: b\nc\n", 2, 1, "there is no colon on this line"),
        ("a: > b\n", 1, 6, "text cannot stand on the line of | or >"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document begins here"),
        (" a: 1\nb: 2\n", 2, 1, "this key is not among those above"),
        ("a: 1\n- b\n", 2, 1, "an entry of a list fits nothing above here"),
        ("- b\na: 1\n", 2, 1, "this line fits nothing above here"),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", 2, 1, "two versions stand side by side"),
        ("%YAML 9.9\n---\na: 1\n", 1, 1, "not valid YAML: found incompatible YAML document"),
    ],
)
def test_syntax(text: str, line: int, column: int | None, fragment: str) -> None:
    ((found_line, found_column, message),) = refused(text)
    assert (found_line, found_column) == (line, column or found_column)
    assert message.startswith("PF002 ")
    assert fragment in message


def test_a_tab_inside_text_stays() -> None:
    assert data("a: 'b\tc'\n") == {"a": "b\tc"}


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("a: \x07\n", 1, 4, "0007"),
        ("a: 1\nname: x\x1b[31m\n", 2, 8, "001B"),
        ("a: 1\r\nb: \x00\r\n", 2, 4, "0000"),
        ("a: x\x7f\n", 1, 5, "007F"),
        ("a: 1\nnom: é\x07x\n", 2, 7, "0007"),
        ("a: 😀 \x07\n", 1, 6, "0007"),
        ('a: "é"\nb: "\\e[31m\\0"\n', 2, 4, "001B"),
        ('"\\0": 1\n', 1, 1, "0000"),
        ('a: ["\\x9b"]\n', 1, 5, "009B"),
        ("a: \u202eb\n", 1, 4, "202E"),
        ("a: b\u2066c\n", 1, 4, "2066"),
    ],
)
def test_a_control_character(text: str, line: int, column: int, code: str) -> None:
    message = f"PF007 the text holds the control character U+{code}; remove it or write a space"
    assert refused(text) == [(line, column, message)]


def test_half_of_a_surrogate_is_no_text(loader: str) -> None:
    ((line, column, message),) = refused('a: 1\nb: "\\ud800"\n')
    assert (line, column) == ((2, 7) if loader == "libyaml" else (2, 4))
    assert loader == "libyaml" or "control character U+D800;" in message


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        (b"a: \xff\n", 1, 4),
        (b"a: 1\nb: \xc3\xa9\nc: \xe9\n", 3, 4),
        (b"a: 1\nname: \xc3\xa9 \xff\n", 2, 9),
        (b"\xef\xbb\xbfa: \xff\n", 1, 4),
        ("a: é\n".encode("utf-16"), 1, 1),
        (b"a: \xed\xa0\x80\n", 1, 4),
        (b"a: 1\nb: \xc3", 2, 4),
    ],
)
def test_not_utf_8(raw: bytes, line: int, column: int) -> None:
    assert refused(raw) == [(line, column, "PF001 not UTF-8; save the file as UTF-8")]


@pytest.mark.parametrize("number", ["9" * 5000, "1.0e999"])
def test_a_number_that_is_too_large(number: str) -> None:
    ((_, _, message),) = refused(f"a: {number}\n")
    assert message.startswith("PF114 ")
    assert message.endswith(" is a number that is too large to be read")
    assert len(message) < 120


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"a\\nb": 1\n"a\\nb": 2\n', r"PF006 key `a\nb` is given twice (first on line 1); keep one"),
        (
            f"{'x' * 99}: 1\n{'x' * 99}: 2\n",
            f"PF006 key `{'x' * 57}...` is given twice (first on line 1); keep one",
        ),
    ],
)
def test_a_key_is_shown_on_one_line(text: str, message: str) -> None:
    assert [found for *_, found in refused(text)] == [message]


def test_a_byte_order_mark_is_no_character() -> None:
    assert data("\ufeffa: 1\n") == {"a": 1}
    assert refused("\ufeffa: 1\na: 2\n")[0][:2] == (2, 1)
    assert refused("\ufeffé: b: c\n")[0][:2] == (1, 5)


@pytest.mark.parametrize("text", ["", "\n\n", "# a remark\n", "\ufeff"])
def test_an_empty_file(text: str) -> None:
    ((line, column, message),) = refused(text)
    assert (line, column) == (1, 1)
    assert message.startswith("PF010 the file is empty; ")


@pytest.mark.parametrize("text", ["- a\n- b\n", "[a]\n", "just text\n", "12\n", "# x\n\n- a\n"])
def test_no_mapping_at_the_top(text: str) -> None:
    ((line, column, message),) = refused(text)
    assert (line, column) == (1, 1)
    assert message.startswith(("PF010 the file begins with a list; ", "PF010 the file holds only text; "))


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlsource, "MAX_BYTES", 10)
    assert data("a: 123456\n")
    assert refused("a: 1234567\n") == [
        (1, 1, "PF003 the file is larger than 10 bytes; shorten it, and link to long texts")
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "nope.yaml"
    with pytest.raises(UsageError, match=r"nope\.yaml: cannot be read \(No such file or directory\)"):
        yamlsource.read(path)


def test_a_file_is_named_as_a_user_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    path = folder.write(tmp_path / "sub" / "f.yaml", "a: [\n")
    with pytest.raises(DataError) as caught:
        yamlsource.read(path)
    assert caught.value.problems[0].path == path.as_posix()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError) as caught:
        yamlsource.read(path)
    assert caught.value.problems[0].path == "sub/f.yaml"


# What the model finds


def objective(**changes: str | None) -> str:
    """A profile with one objective over several lines; a change to None leaves a key out."""
    keys = {
        "id": "tun-01",
        "measure": "visas",
        "stance": "seeks",
        "priority": "high",
        "confidence": "high",
        "summary": "Des visas à Tunis.",
        "sources": "[src]",
    } | changes
    lines = [f"{key}: {value}" for key, value in keys.items() if value is not None]
    return HEAD + "objectives:\n  - " + "\n    ".join(lines) + "\n"


KEYS = (
    "the keys here are objectives, constraints, interests, context, indicators, sources, gaps, "
    "name, official_name, iso2, iso3, aliases, reviewed"
)
FIRST = LINES + 2
"""The line of an objective's `id` in `objective()`."""


def test_a_profile_without_problems() -> None:
    document = yamlsource.parse(objective().encode(), "f.yaml")
    state = yamlsource.validate(State, document, id="tunisia")
    assert (state.id, state.objectives[0].summary) == ("tunisia", "Des visas à Tunis.")


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        (HEAD + "interest: [x]\n", LINES + 1, 1, "PF101 unknown key `interest`; did you mean `interests`?"),
        (
            HEAD + "alias: [x]\n",
            LINES + 1,
            1,
            (
                "PF101 unknown key `alias`, and `aliases` is on line 5 already; "
                "move what is in it there, or remove it"
            ),
        ),
        (HEAD + "colour: red\n", LINES + 1, 1, f"PF101 unknown key `colour`; {KEYS}"),
        (
            HEAD + "gaps: []\nsources: [{date: 1,400}]\n",
            LINES + 2,
            20,
            "PF101 unknown key `400`; remove it, and write numbers without commas",
        ),
        (objective(untill="2026"), FIRST + 7, 5, "PF101 unknown key `untill`; did you mean `until`?"),
        (objective(excpt="[ITA]"), FIRST + 7, 5, "PF101 unknown key `excpt`; did you mean `except`?"),
        (
            HEAD + "constraints: [{rôle: é, colour: b}]\n",
            LINES + 1,
            15,
            "PF102 keys `id`, `summary`, `sources`, `kind` and `severity` are missing; add them",
        ),
        (HEAD + "<<: {a: 1}\n", LINES + 1, 1, f"PF101 unknown key `<<`; {KEYS}"),
        (HEAD + "extends: base\n", LINES + 1, 1, f"PF101 unknown key `extends`; {KEYS}"),
    ],
)
def test_an_unknown_key(text: str, line: int, column: int, message: str) -> None:
    assert (line, column, message) in invalid(text)


def test_unknown_keys_after_accents_and_arabic() -> None:
    text = HEAD + "sources:\n  - {title: تونس é, publishr: x}\n"
    assert (LINES + 2, 21, "PF101 unknown key `publishr`; did you mean `publisher`?") in invalid(text)


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        ({"stance": "sekes"}, 13, "PF104 `stance` is 'sekes'; did you mean `seeks`?"),
        (
            {"stance": "wants"},
            13,
            "PF104 `stance` is 'wants'; write one of seeks, declines, offers, accepts, resists, supports",
        ),
        ({"priority": "hihg"}, 15, "PF104 `priority` is 'hihg'; did you mean `high`?"),
        ({"priority": "1"}, 15, "PF104 `priority` is 1; write one of high, medium, low"),
        ({"confidence": "NO"}, 17, "PF104 `confidence` is 'NO'; write one of high, medium, low"),
    ],
)
def test_a_word_that_is_not_in_the_list(changes: dict[str, str], column: int, message: str) -> None:
    line = FIRST + ["id", "measure", "stance", "priority", "confidence"].index(next(iter(changes)))
    assert invalid(objective(**changes)) == [(line, column, message)]


def test_numbers_that_are_not_in_the_list() -> None:
    text = HEAD + "interests:\n  - {interest: mobility, weight: 5, summary: é, sources: [s]}\n"
    assert invalid(text) == [(LINES + 2, 34, "PF104 `weight` is 5; write one of 1, 2, 3")]


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("measure", ""),
        ("stance", ": one of seeks, declines, offers, accepts, resists, supports"),
        ("summary", ""),
        ("sources", ": a list of ids of sources, as in [mfa-2026]"),
    ],
)
def test_a_missing_key_is_told_at_its_entry(key: str, wanted: str) -> None:
    message = f"PF102 key `{key}` is missing in `tun-01`; add it{wanted}"
    assert invalid(objective(**{key: None})) == [(FIRST, 5, message)]


def test_missing_keys_of_an_entry_are_told_together() -> None:
    message = "PF102 keys `summary`, `measure` and `priority` are missing in `tun-01`; add them"
    assert invalid(objective(summary=None, measure=None, priority=None)) == [(FIRST, 5, message)]
    text = HEAD + "sources:\n  - {id: 3, title: x}\n"
    assert any(
        found.endswith("`publisher`, `date`, `url` and `kind` are missing; add them")
        for *_, found in invalid(text)
    )


def test_missing_keys_of_the_file_are_told_at_its_top() -> None:
    message = "PF102 keys `official_name`, `iso2`, `iso3` and `reviewed` are missing; add them"
    assert invalid("# a remark\n\nname: Tunisia\n") == [(3, 1, message)]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        (objective(id="Tun_01"), FIRST, 9, "PF107 `id` is 'Tun_01', which does not look like an id"),
        (objective(id="12"), FIRST, 9, "PF103 `id` is 12, which is not text; put it in quotes"),
        (objective(sources="src"), FIRST + 6, 14, "PF103 `sources` is 'src'; write a list: [src]"),
        (objective(sources="[]"), FIRST + 6, 14, "PF105 `sources` is an empty list; "),
        (
            objective(sources="[S_1]"),
            FIRST + 6,
            15,
            "PF107 an entry of `sources` is 'S_1', which does not look like an id",
        ),
        (objective(summary="''"), FIRST + 5, 14, "PF105 `summary` is empty; "),
        (HEAD + '"a\\nb": x\n', LINES + 1, 1, r"PF101 unknown key `a\nb`"),
        (
            HEAD + "objectives: |\n  a\n  b",
            LINES + 1,
            13,
            r"PF103 `objectives` is 'a\nb'; write a list",
        ),
        (
            HEAD + "objectives: {a: 1}\n",
            LINES + 1,
            13,
            "PF103 `objectives` is a mapping; begin each entry below it with a hyphen and a space",
        ),
        (
            objective(exclusive="True", towards="[ITA]"),
            FIRST + 7,
            16,
            "PF104 `exclusive` is 'True'; did you mean `true`?",
        ),
        (
            objective(towards="[]"),
            FIRST + 7,
            14,
            "PF105 `towards` is an empty list; fill it or leave the key out",
        ),
        (
            objective(towards="[ITA, é b]"),
            FIRST + 7,
            20,
            "PF107 an entry of `towards` is 'é b', which does not look like a code of a state",
        ),
        (objective(until="2026-13"), FIRST + 7, 12, "PF106 `until` is '2026-13'; there is no such date"),
        (
            objective(until="2026"),
            FIRST + 7,
            12,
            "PF103 `until` is 2026, which is not text; put it in quotes",
        ),
        (
            objective(until="2026-01-31"),
            FIRST + 7,
            12,
            "PF106 `until` is '2026-01-31'; write the year or month in which it ends, YYYY or YYYY-MM",
        ),
        (objective(exclusive="true"), FIRST + 7, 5, "PF110 `exclusive` needs `towards`; add that,"),
        (
            HEAD + "aliases2: x\n",
            LINES + 1,
            1,
            "PF101 unknown key `aliases2`, and `aliases` is on line 5 already; move",
        ),
        (
            HEAD + "objectives: [é]\n",
            LINES + 1,
            14,
            "PF103 an entry of `objectives` is 'é'; it needs keys and values: id, summary, sources,",
        ),
        (HEAD + "objectives: 3\n", LINES + 1, 13, "PF103 `objectives` is 3; write a list"),
        (
            HEAD + "gaps: [visas, A B]\n",
            LINES + 1,
            15,
            "PF107 an entry of `gaps` is 'A B', which does not look like an id (small letters, digits",
        ),
        (
            HEAD.replace("TN", "tn"),
            3,
            7,
            "PF107 `iso2` is 'tn', which does not look like an ISO alpha-2 code such as TN; did you mean",
        ),
        (
            HEAD.replace("TUN", "TN"),
            4,
            7,
            "PF107 `iso3` is 'TN', which does not look like an ISO alpha-3 code",
        ),
        (
            HEAD.replace('"Tunisia"', "true"),
            1,
            7,
            "PF103 `name` is true, which is not text; put it in quotes",
        ),
        (
            HEAD.replace("2026-11-01", "2026-02-30"),
            6,
            11,
            "PF106 `reviewed` is '2026-02-30'; there is no such date (",
        ),
    ],
)
def test_values_that_do_not_fit(text: str, line: int, column: int, message: str) -> None:
    ((found_line, found_column, found),) = invalid(text)
    assert (found_line, found_column) == (line, column)
    assert found.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (objective(summary=""), "PF105 `summary` is empty; fill it"),
        (objective(sources="[]"), "PF105 `sources` is an empty list; fill it"),
        (objective(sources=""), "PF105 `sources` is empty; fill it"),
        (objective(towards=""), "PF105 `towards` is empty; fill it or leave the key out"),
        (objective(towards="[]"), "PF105 `towards` is an empty list; fill it or leave the key out"),
        (HEAD.replace("[]", "['']"), "PF105 an entry of `aliases` is empty; fill it or remove the entry"),
    ],
)
def test_what_is_empty_is_filled_or_left_out(text: str, message: str) -> None:
    assert [found for *_, found in invalid(text)] == [message]


@pytest.mark.parametrize(
    "text",
    [
        objective(exclusive="1", towards="[ITA]"),
        objective(exclusive="1.0", towards="[ITA]"),
        *(
            HEAD + f"interests:\n  - {{interest: mobility, weight: {weight}, summary: x, sources: [s]}}\n"
            for weight in ("true", "1.0", "'1'")
        ),
        *(
            HEAD + f"indicators:\n  - {{indicator: a, value: {value}, unit: x, year: {year}, source: s}}\n"
            for value, year in (("true", 2024), ("'6.1'", 2024), ("6.1", "2024.0"), ("6.1", "true"))
        ),
        *(
            HEAD.replace('"2026-11-01"', given)
            for given in ("0", "86400", "'86400'", "2026-11-23 00:00:00", "20261123", "2026-W48-2", "2026-11")
        ),
    ],
)
def test_one_kind_of_value_is_not_taken_for_another(text: str) -> None:
    assert len(invalid(text)) == 1


@pytest.mark.parametrize("text", ["best_weight: true\n", "best_weight: '0.5'\n", "match_minimum: 2.0\n"])
def test_numbers_of_a_method_are_numbers(text: str) -> None:
    assert len(invalid(text, Method)) == 1


def test_a_file_name_that_is_no_id() -> None:
    shape = "an id (small letters, digits and hyphens)"
    message = (
        f"PF112 the file is called 'bad_name', which does not look like {shape}; rename it to `bad-name`"
    )
    assert invalid(HEAD, State, id="bad_name") == [(1, 1, message)]


def test_values_that_do_not_fit_after_arabic_and_accents() -> None:
    text = (
        HEAD + "sources:\n"
        "  - {id: é-1, title: التونسية, publisher: وزارة, date: 2018, url: ftp://تونس, kind: officiel}\n"
    )
    line = LINES + 2
    row = text.splitlines()[line - 1]
    assert invalid(text) == [
        (
            line,
            row.index("é-1") + 1,
            (
                "PF107 `id` is 'é-1', which does not look like an id (small letters, digits and hyphens); "
                "did you mean `e-1`?"
            ),
        ),
        (line, row.index("2018") + 1, "PF103 `date` is 2018, which is not text; put it in quotes"),
        (
            line,
            row.index("ftp") + 1,
            "PF108 `url` is 'ftp://تونس', which does not look like a web address that begins with http:// or https://",
        ),
        (line, row.index("officiel") + 1, "PF104 `kind` is 'officiel'; did you mean `official-state`?"),
    ]


def test_a_summary_that_is_too_long() -> None:
    text = objective(summary=" ".join(["mot"] * 51))
    assert invalid(text) == [(FIRST + 5, 14, "PF109 `summary` has 51 words, at most 50; shorten it")]


@pytest.mark.parametrize(
    ("constraint", "column", "message"),
    [
        (
            "{id: c, kind: legal, severity: major, summary: é, sources: [s]}",
            5,
            "PF110 a constraint names a `measure` or a `theme`; add one of the two",
        ),
        (
            "{id: c, measure: m, theme: t, kind: legal, severity: major, summary: é, sources: [s]}",
            25,
            f"PF110 `measure` is on line {LINES + 2} too; keep either that or `theme`",
        ),
        (
            "{id: c, theme: t, kind: legal, severity: red-line, summary: é, sources: [s]}",
            13,
            "PF111 a red line names a measure, not a theme; write `measure`",
        ),
    ],
)
def test_an_entry_that_contradicts_itself_is_told_at_the_key(
    constraint: str, column: int, message: str
) -> None:
    ((line, at, found),) = invalid(f"{HEAD}constraints:\n  - {constraint}\n")
    assert (line, at) == (LINES + 2, column)
    assert found.startswith(message)


def test_all_problems_of_a_file_are_said() -> None:
    text = objective(stance="sekes", priority="hihg", until="26") + "colour: é\n"
    assert [(line, column) for line, column, _ in invalid(text)] == [
        (FIRST + 2, 13),
        (FIRST + 3, 15),
        (FIRST + 7, 12),
        (FIRST + 8, 1),
    ]


def test_the_error_counts_the_problems() -> None:
    def error(problems: int) -> str:
        return str(DataError(tuple(Problem("f.yaml", 1, i + 1, "PF101", "wrong") for i in range(problems))))

    assert error(1) == "f.yaml:1:1: wrong"
    assert error(2) == "f.yaml:1:1: wrong (and 1 more problem in this file)"
    assert error(3) == "f.yaml:1:1: wrong (and 2 more problems in this file)"


def test_the_name_of_the_file_is_the_id() -> None:
    message = "PF112 key `id` does not belong here: the name of the file says it; remove the line"
    assert invalid(HEAD + "id: tunisia\n") == [(LINES + 1, 1, message)]


@pytest.mark.parametrize(
    ("model", "text", "message"),
    [
        (
            Themes,
            "themes:\n  - id: t\n    name: é\n    measures:\n      - {nom: é, |mod: joint}\n",
            "PF101 unknown key `mod`; did you mean `mode`?",
        ),
        (
            Themes,
            "themes:\n  - measures:\n      - competence: {limit: é, |levels: union}\n",
            "PF101 unknown key `levels`; did you mean `level`?",
        ),
        (
            Groups,
            "groups:\n  - {code: é, members: [TUN, |tunis]}\n",
            "PF107 an entry of `members` is 'tunis', which does not look like an ISO alpha-3 code",
        ),
        (
            Groups,
            "groups:\n  - areas: [{name: é, |thems: []}]\n",
            "PF101 unknown key `thems`; did you mean `themes`?",
        ),
        (Extension, "extends: |bse\n", "PF104 `extends` is 'bse'; did you mean `base`?"),
        (Extension, "extends: base\n|name: x\n", "PF101 unknown key `name`; the keys here are objectives, "),
        (Method, "|best_weigth: 0.5\n", "PF101 unknown key `best_weigth`; did you mean `best_weight`?"),
        (Method, "best_weight: |2\n", "PF114 `best_weight` is 2; write at most 1"),
        (
            Method,
            "priority: {high: 3, |medum: 2, low: 1}\n",
            "PF101 unknown key `medum`; did you mean `medium`?",
        ),
        (Method, "priority: |{high: 3, low: 1}\n", "PF102 key `medium` is missing; add it"),
        (Method, "\n|range_low: 95\nrange_high: 5\n", "PF110 `range_low` has to be below `range_high`"),
    ],
)
def test_other_files(model: type, text: str, message: str) -> None:
    before = text[: text.index("|")]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    found = [words for *where, words in invalid(text.replace("|", ""), model) if tuple(where) == place]
    assert any(words.startswith(message) for words in found)


# Places


@pytest.mark.parametrize(
    ("loc", "at_key", "line", "column", "width"),
    [
        ((), False, 1, 1, 1),
        (("é",), False, 1, 4, 1),
        (("é",), True, 1, 1, 1),
        (("b", 1, "ü"), False, 4, 8, 3),
        (("b", 1, "ü"), True, 4, 5, 1),
        (("b", 0), False, 3, 5, 1),
        (("b", 1, "nope"), False, 4, 5, 1),
        (("nope", 3), False, 1, 1, 1),
        (("b", 1, "ü", "x", 2), False, 4, 8, 3),
    ],
)
def test_a_place_is_that_of_a_value_a_key_or_the_nearest_parent(
    loc: tuple[str | int, ...], at_key: bool, line: int, column: int, width: int
) -> None:
    document: Document = yamlsource.parse("é: x\nb:\n  - a\n  - ü: cde\n".encode(), "f.yaml")
    assert document.problem(loc, "PF101", "wrong", at_key=at_key) == Problem(
        "f.yaml", line, column, "PF101", "wrong", width
    )
