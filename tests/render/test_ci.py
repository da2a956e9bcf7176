"""Findings for services: each format is read back by something that knows nothing of how it was written."""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jsonschema
import junitparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerfit import __version__
from partnerfit.checks.run import RULES, Report
from partnerfit.render.ci import github, gitlab, junit, sarif
from partnerfit.render.problems import visible
from partnerfit.yamlsource import Problem

TUNISIA, SWEDEN = "data/states/tunisia.yaml", "data/states/sweden.yaml"
OLD = Problem(SWEDEN, 7, 11, "PF502", "last reviewed on 2024-01-01; check it again", 10)
UNKNOWN = Problem(TUNISIA, 4, 14, "PF201", "no measure is called `visa`; 100 % sure", 4)
MISSING = Problem(TUNISIA, 10, 5, "PF102", "key `confidence` is missing; add it")
REPORT = Report((OLD, UNKNOWN, MISSING), {SWEDEN: "", "data/themes.yaml": "", TUNISIA: ""}, 9, ())
EMPTY = Report((), {TUNISIA: ""}, 1, ())
HOSTILE_PATH = "a b,c:d%0A/é\n\x1b[31m::error::x/]]><&\"'\u202e\udcff.yaml"
HOSTILE_TEXT = (
    "\x1b[31m\x00\x9b::error file=x::y%0A%25\r\n::stop-commands::z ]]> <b>&amp;\u202e\ud800\ufffe تونس"
)
HOSTILE = Report(
    (Problem(HOSTILE_PATH, 1, 1, "PF104", HOSTILE_TEXT, 3), Problem("x", 1, 1, "PF502", HOSTILE_TEXT)),
    {HOSTILE_PATH: HOSTILE_TEXT},
    1,
    (HOSTILE_TEXT,),
)
SCHEMA = Path(__file__).parent / "sarif-schema-2.1.0.json"

TEXT = st.text(st.sampled_from("ab:,=%0A25 \r\n\x1b\u202e]&<>\"'é") | st.characters(), max_size=30)
PROBLEMS = st.builds(
    Problem,
    path=TEXT.filter(bool),
    line=st.integers(1, 10**6),
    column=st.integers(1, 10**6),
    code=st.sampled_from([*RULES]),
    message=TEXT,
    width=st.integers(1, 500),
)
REPORTS = st.lists(PROBLEMS, max_size=4).map(
    lambda found: Report(tuple(sorted(found)), {problem.path: "" for problem in found[:2]}, 3, ())
)
ALL = pytest.mark.parametrize("render", [github, gitlab, sarif, junit])


def tame(text: str) -> bool:
    return all(c == "\n" or c.isprintable() or unicodedata.category(c) == "Zs" for c in text)


@ALL
@settings(max_examples=50, deadline=None)
@given(report=REPORTS)
def test_nothing_gets_through_raw(render: Callable[[Report], str], report: Report) -> None:
    text = render(report)
    assert text == render(report)
    text.encode("utf-8")
    assert text.endswith("\n") or not text
    assert tame(text)


@ALL
def test_hostile_text_is_tamed(render: Callable[[Report], str]) -> None:
    text = render(HOSTILE)
    assert tame(text)
    assert "تونس" in text


# GitHub


def command(line: str) -> tuple[str, dict[str, str], str]:
    """A line as GitHub's runner reads it: name, properties and message of a command."""
    assert line.startswith("::")
    head, found, data = line[2:].partition("::")
    assert found
    name, _, listed = head.partition(" ")
    properties = {}
    for pair in listed.strip().split(","):
        key, _, value = pair.partition("=")
        for escaped, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(escaped, meant)
        properties[key] = value
    for escaped, meant in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        data = data.replace(escaped, meant)
    return name, properties, data


def test_github_shows_errors_first() -> None:
    assert (
        github(REPORT)
        == f"""\
::error file={TUNISIA},line=4,col=14,endColumn=18,title=PF201 Unknown measure::\
{TUNISIA}:4:14: PF201 no measure is called `visa`; 100 %25 sure
::error file={TUNISIA},line=10,col=5,endColumn=6,title=PF102 Missing key::\
{TUNISIA}:10:5: PF102 key `confidence` is missing; add it
::warning file={SWEDEN},line=7,col=11,endColumn=21,title=PF502 Profile that was not reviewed for a year::\
{SWEDEN}:7:11: PF502 warning: last reviewed on 2024-01-01; check it again
"""
    )
    assert github(EMPTY) == ""


def test_github_commands_cannot_be_smuggled_in() -> None:
    lines = github(HOSTILE).splitlines()
    assert len(lines) == 2
    name, properties, message = command(lines[0])
    assert name == "error"
    assert properties["file"] == "a b,c:d%0A/é␊␛[31m::error::x/]]><&\"'<U+202E><U+DCFF>.yaml"
    assert (properties["line"], properties["col"], properties["endColumn"]) == ("1", "1", "4")
    assert message.count("\n") == 0
    assert "PF104 ␛[31m␀<U+009B>::error file=x::y%0A%25 ::stop-commands::z" in message


@settings(deadline=None)
@given(report=REPORTS)
def test_github_reads_what_was_meant(report: Report) -> None:
    lines = github(report).split("\n")
    assert lines.pop() == ""
    read = [command(line) for line in lines]
    severities = [name for name, _, _ in read]
    assert severities == sorted(severities)
    assert len(read) == len(report.problems)
    for name, properties, message in read:
        assert list(properties) == ["file", "line", "col", "endColumn", "title"]
        place = (int(properties["line"]), int(properties["col"]), int(properties["endColumn"]))
        code, _, title = properties["title"].partition(" ")
        assert (RULES[code].severity, RULES[code].title) == (name, title)
        assert f" {code} " in message
        assert (properties["file"], *place, code) in {
            (visible(p.path), p.line, p.column, p.column + p.width, p.code) for p in report.problems
        }


# GitLab

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^\\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_gitlab() -> None:
    found = json.loads(gitlab(REPORT))
    assert found[0] == {
        "description": "PF502: last reviewed on 2024-01-01; check it again",
        "check_name": "PF502",
        "fingerprint": hashlib.sha256(f"{SWEDEN}\0PF502\0{OLD.message}\0000".encode()).hexdigest(),
        "severity": "minor",
        "location": {"path": SWEDEN, "lines": {"begin": 7}},
    }
    assert [each["severity"] for each in found] == ["minor", "major", "major"]
    assert gitlab(EMPTY) == "[]\n"


@settings(deadline=None)
@given(report=REPORTS)
def test_gitlab_can_read_every_report(report: Report) -> None:
    found = json.loads(gitlab(report))
    jsonschema.validate(found, GITLAB)
    assert len({each["fingerprint"] for each in found}) == len(report.problems)


def test_fingerprints_tell_findings_apart_and_stay_when_lines_move() -> None:
    def prints(*lines: int) -> list[str]:
        problems = tuple(
            Problem(TUNISIA, line, 5, "PF102", "key `source` is missing; add it") for line in lines
        )
        return [each["fingerprint"] for each in json.loads(gitlab(Report(problems, {}, 0, ())))]

    assert len(set(prints(3, 9, 12))) == 3
    assert prints(3, 9) == prints(40, 50)
    assert prints(3) == prints(3, 9)[:1]


# SARIF


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft4Validator:
    schema = SCHEMA.read_text(encoding="utf-8")
    noted = SCHEMA.with_suffix(".LICENSE.txt").read_text(encoding="utf-8")
    assert hashlib.sha256(schema.encode()).hexdigest() in noted
    return jsonschema.Draft4Validator(json.loads(schema))


def test_sarif(validator: jsonschema.Draft4Validator) -> None:
    log = json.loads(sarif(REPORT))
    validator.validate(log)
    assert log["$schema"] == validator.schema["id"]
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("partnerfit", __version__)
    assert [rule["id"] for rule in driver["rules"]] == [*RULES]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["results"][1] == {
        "ruleId": "PF201",
        "ruleIndex": [*RULES].index("PF201"),
        "level": "error",
        "message": {"text": "no measure is called `visa`; 100 % sure"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": TUNISIA, "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 4, "startColumn": 14, "endColumn": 18},
                }
            }
        ],
        "partialFingerprints": {"partnerfit/v1": json.loads(gitlab(REPORT))[1]["fingerprint"]},
    }
    assert driver["rules"][run["results"][1]["ruleIndex"]] == {
        "id": "PF201",
        "shortDescription": {"text": "Unknown measure"},
        "fullDescription": {"text": "Unknown measure."},
        "help": {"text": "Use the id of a measure; `partnerfit themes` lists them."},
        "defaultConfiguration": {"level": "error"},
    }


def test_sarif_says_what_was_not_checked(validator: jsonschema.Draft4Validator) -> None:
    log = json.loads(sarif(Report((), {}, 0, ("measures: mend themes.yaml first",))))
    validator.validate(log)
    assert log["runs"][0]["invocations"][0]["toolExecutionNotifications"] == [
        {"level": "warning", "message": {"text": "not checked: measures: mend themes.yaml first"}}
    ]


@settings(max_examples=30, deadline=None)
@given(report=REPORTS)
def test_every_sarif_log_is_valid(validator: jsonschema.Draft4Validator, report: Report) -> None:
    log = json.loads(sarif(report))
    validator.validate(log)
    results = log["runs"][0]["results"]
    for problem, result in zip(report.problems, results, strict=True):
        assert RULES[problem.code].severity == result["level"]
        where = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+|file:///[A-Za-z0-9._~/%-]*", where["uri"])
        assert unquote(urlsplit(where["uri"]).path) == problem.path.encode(errors="replace").decode()
        assert ("uriBaseId" in where) == (not problem.path.startswith("/"))


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("data/é 1.yaml", {"uri": "data/%C3%A9%201.yaml", "uriBaseId": "%SRCROOT%"}),
        ("a:b%#?.yaml", {"uri": "a%3Ab%25%23%3F.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/else where/x y.yaml", {"uri": "file:///else%20where/x%20y.yaml"}),
    ],
)
def test_places_in_sarif_are_uris(path: str, where: dict[str, str]) -> None:
    (result,) = json.loads(sarif(Report((Problem(path, 1, 1, "PF001", "m"),), {}, 0, ())))["runs"][0][
        "results"
    ]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == where


# JUnit


def suites(text: str) -> junitparser.JUnitXml:
    return junitparser.JUnitXml.fromstring(text.encode("utf-8"))


def test_junit() -> None:
    assert (
        junit(REPORT)
        == f"""\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="partnerfit check" tests="3" failures="1" errors="0">
  <testsuite name="partnerfit check" tests="3" failures="1" errors="0">
    <testcase classname="partnerfit" name="{SWEDEN}" file="{SWEDEN}" time="0">
      <system-out>{SWEDEN}:7:11: PF502 warning: last reviewed on 2024-01-01; check it again</system-out>
    </testcase>
    <testcase classname="partnerfit" name="{TUNISIA}" file="{TUNISIA}" time="0">
      <failure message="PF201 no measure is called `visa`; 100 % sure (and 1 more)" type="PF201">\
{TUNISIA}:4:14: PF201 no measure is called `visa`; 100 % sure
{TUNISIA}:10:5: PF102 key `confidence` is missing; add it</failure>
    </testcase>
    <testcase classname="partnerfit" name="data/themes.yaml" file="data/themes.yaml" time="0" />
  </testsuite>
</testsuites>
"""
    )


@settings(deadline=None)
@given(report=REPORTS)
def test_junit_reads_what_was_meant(report: Report) -> None:
    (suite,) = suites(junit(report))
    assert suite.tests == len(list(suite)) == len({*report.texts, *(p.path for p in report.problems)})
    failed = [case for case in suite if case.result]
    errors = [problem for problem in report.problems if RULES[problem.code].severity == "error"]
    assert suite.failures == len(failed) == len({problem.path for problem in errors})
    told = [line for case in failed for result in case.result for line in result.text.split("\n")]
    assert len(told) == len(errors)
    aside = [line for case in suite if case.system_out for line in case.system_out.split("\n")]
    assert len(aside) == len(report.problems) - len(errors)


def test_junit_survives_hostile_text() -> None:
    text = junit(HOSTILE)
    (suite,) = suites(text)
    case = next(iter(suite))
    assert case.name.startswith("a b,c:d%0A/é␊␛[31m::error::x/]]><&\"'<U+202E>")
    assert case.result[0].message.startswith("PF104 ␛[31m␀<U+009B>::error file=x::y%0A%25 ")
    assert "]]> <b>&amp;<U+202E><U+D800><U+FFFE> تونس" in case.result[0].text
    assert "]]>" not in text
    assert io.StringIO(text).readline() == '<?xml version="1.0" encoding="UTF-8"?>\n'
