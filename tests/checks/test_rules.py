"""The list of rules: each with a code, a title and a way to mend it, and all that the code can say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import partnerfit
from partnerfit.checks import across, ignores, profiles, run
from partnerfit.checks.corpus import Corpus, Profile
from partnerfit.checks.rules import READING, Rule, rule
from partnerfit.errors import UsageError
from partnerfit.findings import Loc

SOURCE = Path(partnerfit.__file__).parent
EVERY = (*READING, *profiles.RULES, *across.RULES, *ignores.RULES)


def test_codes_are_unique_and_in_order() -> None:
    assert [*run.RULES] == sorted(one.code for one in EVERY)
    assert len(run.RULES) == len(EVERY)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.code)
def test_a_rule_says_what_is_wrong_and_how_to_mend_it(one: Rule) -> None:
    assert re.fullmatch(r"PF\d{3}", one.code)
    assert one.severity in {"error", "warning"}
    assert one.title[0].isupper()
    assert not one.title.endswith(".")
    assert len(one.title) <= 80
    assert one.mend.endswith(".")
    assert "\n" not in one.title + one.mend
    assert "  " not in one.mend


def test_what_reading_finds_is_an_error_without_a_check() -> None:
    assert {(one.severity, one.check) for one in READING} == {("error", None)}
    assert all(one.check is not None for one in (*profiles.RULES, *across.RULES))


def test_every_code_in_the_source_is_a_rule_and_every_rule_is_in_the_source() -> None:
    said: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if file.name == "rules.py":
            text = text.replace(text[text.index("READING = ") : text.index("Found where a file is read")], "")
        said |= set(re.findall(r'"(PF\d{3})"', text))
    assert said == set(run.RULES)


def test_a_rule_made_of_a_function() -> None:
    @rule("PF999", "warning", of_file=True)
    def made(profile: Profile, corpus: Corpus) -> Iterator[tuple[Loc, str]]:
        """Something is wrong.

        Mend it
        so.
        """
        yield (), "wrong"

    assert (made.code, made.severity, made.title, made.mend, made.of_file) == (
        "PF999",
        "warning",
        "Something is wrong",
        "Mend it so.",
        True,
    )


# Choosing rules


def codes(select: list[str] | None = None, ignore: list[str] | None = None) -> set[str]:
    return set(run.chosen(select or [], ignore or []))


def test_all_rules_are_chosen_unless_some_are_named() -> None:
    assert codes() == set(run.RULES)
    assert codes(["PF306"]) == {"PF306"}
    assert codes(["PF9", "PF306"]) == {"PF306", "PF901", "PF902"}
    assert codes(["pf40"]) == {"PF401", "PF402", "PF403", "PF404"}


def test_ignoring_counts_more_than_selecting() -> None:
    assert codes(ignore=["PF306"]) == set(run.RULES) - {"PF306"}
    assert codes(["PF3"], ["PF30"]) == {code for code in run.RULES if code.startswith("PF31")}
    assert codes(["PF306"], ["PF306"]) == set()


@pytest.mark.parametrize("prefix", ["PF6", "F401", "", " ", "PF3061", "306"])
def test_a_beginning_that_no_rule_has(prefix: str) -> None:
    message = re.escape(f"no rule is called {prefix!r}; `partnerfit check --list-rules` lists all")
    with pytest.raises(UsageError, match=message):
        run.chosen([prefix], [])
    with pytest.raises(UsageError, match=message):
        run.chosen([], [prefix])


def test_a_rule_by_its_code() -> None:
    assert run.rule("pf306").code == "PF306"
    with pytest.raises(UsageError, match="no rule is called 'PF3'"):
        run.rule("PF3")
