"""Findings of a check -> what services and other programs read: GitHub, GitLab, SARIF, JUnit."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from partnerfit import __version__
from partnerfit.checks.rules import Rule
from partnerfit.checks.run import RULES, Report
from partnerfit.render.problems import json_text, message_of, one, rule_of, visible
from partnerfit.yamlsource import Problem

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
GITLAB_SEVERITY = {"error": "major", "warning": "minor"}


def github(report: Report) -> str:
    """Commands of a GitHub workflow that annotate lines; errors first, as a step shows only ten of each.

    The message repeats place and code, which the log of the workflow would not show otherwise.
    """
    ordered = sorted(report.problems, key=lambda problem: rule_of(problem).severity)
    return "".join(f"{_command(problem)}\n" for problem in ordered)


def _command(problem: Problem) -> str:
    rule = rule_of(problem)
    properties = {
        "file": visible(problem.path),
        "line": problem.line,
        "col": problem.column,
        "endColumn": problem.column + problem.width,
        "title": f"{rule.code} {rule.title}",
    }
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{rule.severity} {given}::{_data(one(problem))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def gitlab(report: Report) -> str:
    """A report of GitLab's Code Quality.

    A finding keeps its fingerprint when it moves to another line.
    """
    return json_text(
        [
            {
                "description": f"{problem.code}: {message_of(problem)}",
                "check_name": problem.code,
                "fingerprint": fingerprint,
                "severity": GITLAB_SEVERITY[rule_of(problem).severity],
                "location": {"path": visible(problem.path), "lines": {"begin": problem.line}},
            }
            for problem, fingerprint in _with_fingerprints(report)
        ]
    )


def _with_fingerprints(report: Report) -> Iterator[tuple[Problem, str]]:
    """The findings, each with a hash of file, code, message and how many before it have the same."""
    seen: Counter[tuple[str, ...]] = Counter()
    for problem in report.problems:
        same = (problem.path, problem.code, problem.message)
        text = "\0".join((*same, str(seen[same])))
        seen[same] += 1
        yield problem, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sarif(report: Report) -> str:
    """A log in SARIF 2.1.0 with all rules, for code scanning and editors."""
    driver = {"name": "partnerfit", "version": __version__, "rules": [_descriptor(r) for r in RULES.values()]}
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if report.incomplete:
        invocation["toolExecutionNotifications"] = [
            {"level": "warning", "message": {"text": f"not checked: {visible(said)}"}}
            for said in report.incomplete
        ]
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, fingerprint) for problem, fingerprint in _with_fingerprints(report)],
    }
    return json_text({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}."},
        "help": {"text": rule.mend},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(problem: Problem, fingerprint: str) -> dict[str, Any]:
    return {
        "ruleId": problem.code,
        "ruleIndex": [*RULES].index(problem.code),
        "level": rule_of(problem).severity,
        "message": {"text": message_of(problem)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(problem.path),
                    "region": {
                        "startLine": problem.line,
                        "startColumn": problem.column,
                        "endColumn": problem.column + problem.width,
                    },
                }
            }
        ],
        "partialFingerprints": {"partnerfit/v1": fingerprint},
    }


def _artifact(path: str) -> dict[str, str]:
    """Where a file is: below the root of the sources, or, by an absolute path, anywhere."""
    uri = quote(path, safe="/", errors="replace")
    return {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri, "uriBaseId": "%SRCROOT%"}


def junit(report: Report) -> str:
    """A test for each file, failed by errors; warnings are its output."""
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in report.problems:
        found[problem.path].append(problem)
    names = sorted({*report.texts, *found})
    tests = [_test(name, found[name]) for name in names]
    failures = sum(test.find("failure") is not None for test in tests)
    counts = {"tests": str(len(tests)), "failures": str(failures), "errors": "0"}
    suites = ET.Element("testsuites", {"name": "partnerfit check", **counts})
    ET.SubElement(suites, "testsuite", {"name": "partnerfit check", **counts}).extend(tests)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _test(path: str, problems: list[Problem]) -> ET.Element:
    name = visible(path)
    test = ET.Element("testcase", {"classname": "partnerfit", "name": name, "file": name, "time": "0"})
    errors = [problem for problem in problems if rule_of(problem).severity == "error"]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        message = f"{errors[0].code} {message_of(errors[0])}{more}"
        ET.SubElement(test, "failure", {"message": message, "type": errors[0].code}).text = _lines(errors)
    if warnings := [problem for problem in problems if rule_of(problem).severity == "warning"]:
        ET.SubElement(test, "system-out").text = _lines(warnings)
    return test


def _lines(problems: list[Problem]) -> str:
    return "\n".join(map(one, problems))
