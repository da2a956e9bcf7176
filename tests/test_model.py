"""The vocabulary: what a profile may say, and that nothing read from it can change."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from partnerfit import model
from partnerfit.model import (
    STANCES_BY_MODE,
    Constraint,
    Extension,
    Frozen,
    Group,
    Groups,
    Indicator,
    Interest,
    Measure,
    Names,
    Objective,
    PartialDate,
    Source,
    Stance,
    State,
    Theme,
    Themes,
)
from partnerfit.values import MAX_SUMMARY_WORDS
from tests import build

MODELS = sorted(
    (kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Frozen)),
    key=lambda kind: kind.__name__,
)


def refusals(kind: type[BaseModel], entry: dict[str, Any]) -> list[str]:
    """What the model says against an entry: for each problem its place and message."""
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(entry)
    return [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in caught.value.errors()]


def objective(**more: Any) -> dict[str, Any]:
    return {**build.objective(1, "visas", "seeks"), **more}


def constraint(**more: Any) -> dict[str, Any]:
    return {**build.constraint(1, "major"), **more}


# Dates and periods


@pytest.mark.parametrize("text", ["2018", "2018-11", "2018-11-09", "2024-02-29", "0001"])
def test_a_source_may_be_dated_to_the_year_the_month_or_the_day(text: str) -> None:
    assert TypeAdapter(PartialDate).validate_python(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18",
        "0000",
        "2018-",
        "2018-1",
        "2018-00",
        "2018-13",
        "2018-11-9",
        "2018-11-00",
        "2018-11-31",
        "2023-02-29",
        "2018-11-09-01",
        "2018-11-09T00:00",
        "2018/11/09",
        "09.11.2018",
        " 2018",
        "+201",
        "-201",
        "٢٠١٨",
    ],
)
def test_no_date_that_is_not_in_the_calendar(text: str) -> None:
    with pytest.raises(ValidationError, match=r"no such date|write YYYY"):
        TypeAdapter(PartialDate).validate_python(text)


@pytest.mark.parametrize("value", [2018, 2018.0, True, None, dt.date(2018, 11, 9)])
def test_a_date_is_text(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(PartialDate).validate_python(value)


def test_a_source_says_that_it_has_no_date() -> None:
    assert Source.model_validate({**build.SOURCE, "date": None}).date is None
    without = {key: value for key, value in build.SOURCE.items() if key != "date"}
    assert refusals(Source, without) == ["date: Field required"]


@pytest.mark.parametrize("text", ["2026", "2026-02"])
def test_a_position_lapses_with_a_year_or_a_month(text: str) -> None:
    assert Objective.model_validate(objective(until=text)).until == text


@pytest.mark.parametrize("text", ["2026-02-28", "2026-02-30", "2026-13", "26", ""])
def test_a_position_lapses_with_nothing_else(text: str) -> None:
    (problem,) = refusals(Objective, objective(until=text))
    assert problem.startswith("until: ")


@pytest.mark.parametrize(
    ("until", "as_of", "lapsed"),
    [
        ("2026", "2026-01-01", False),
        ("2026", "2026-12-31", False),
        ("2026", "2027-01-01", True),
        ("2026-02", "2026-02-01", False),
        ("2026-02", "2026-02-28", False),
        ("2026-02", "2026-03-01", True),
        ("2024-02", "2024-02-29", False),
        ("2024-02", "2024-03-01", True),
        ("2026-12", "2026-12-31", False),
        ("2026-12", "2027-01-01", True),
        (None, "9999-12-31", False),
    ],
)
def test_a_position_holds_to_the_last_day_of_its_period(until: str | None, as_of: str, lapsed: bool) -> None:
    day = dt.date.fromisoformat(as_of)
    assert Objective.model_validate(objective(until=until)).lapsed(day) is lapsed
    assert Constraint.model_validate(constraint(measure="visas", until=until)).lapsed(day) is lapsed


@pytest.mark.parametrize("value", ["2026-11-23", dt.date(2026, 11, 23)])
def test_a_profile_is_reviewed_on_a_day(value: object) -> None:
    state = build.state("alpha", "AFG", reviewed=value)
    assert state.reviewed == dt.date(2026, 11, 23)


@pytest.mark.parametrize("value", ["2026-11", "2026-02-30", "23.11.2026", "", None, True, 1_700_000_001])
def test_a_review_is_on_a_real_day(value: object) -> None:
    with pytest.raises(ValidationError, match="reviewed"):
        build.state("alpha", "AFG", reviewed=value)


# Texts and ids


@pytest.mark.parametrize("words", [1, MAX_SUMMARY_WORDS])
def test_a_summary_has_at_most_fifty_words(words: int) -> None:
    assert MAX_SUMMARY_WORDS == 50
    text = " ".join(["word"] * words)
    assert Objective.model_validate(objective(summary=text)).summary == text


@pytest.mark.parametrize("separator", [" ", "\n", "  \t "])
def test_a_summary_of_fifty_one_words_is_refused(separator: str) -> None:
    text = separator.join(["word"] * 51)
    assert refusals(Objective, objective(summary=text)) == [
        "summary: Value error, 51 words, at most 50; shorten it"
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_no_text_is_blank(text: str) -> None:
    assert refusals(Objective, objective(summary=text))
    assert refusals(Source, {**build.SOURCE, "title": text})


def test_text_loses_the_blanks_around_it() -> None:
    assert Objective.model_validate(objective(summary=" A wish.\n")).summary == "A wish."


@pytest.mark.parametrize("key", ["a", "tun-01", "eu-tun-priorities-2018", "010"])
def test_an_id_is_made_of_small_letters_digits_and_hyphens(key: str) -> None:
    assert Objective.model_validate(objective(id=key)).id == key


@pytest.mark.parametrize("key", ["", "Tun", "tun_01", "-a", "a-", "a--b", "a b", "tün", "a\n", 12, None])
def test_no_other_id(key: object) -> None:
    assert len(refusals(Objective, objective(id=key))) == 1


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://example.org/a?b=c#d", "https://example.org/تونس", "https://a/(b)"]
)
def test_a_source_has_a_web_address(url: str) -> None:
    assert Source.model_validate({**build.SOURCE, "url": url}).url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "www.example.org",
        "ftp://example.org",
        "https://",
        "https:///path",
        "https://example.org/a b",
        " https://example.org",
        "https://example.org\n",
        "javascript:alert(1)",
        "HTTPS://example.org",
    ],
)
def test_no_other_address(url: str) -> None:
    assert len(refusals(Source, {**build.SOURCE, "url": url})) == 1


@pytest.mark.parametrize(
    ("key", "value"), [("iso2", "tn"), ("iso2", "TUN"), ("iso3", "TN"), ("iso3", "tun"), ("iso3", "T1N")]
)
def test_iso_codes_have_their_shape(key: str, value: str) -> None:
    entry = {**build.state("alpha", "AFG").model_dump(by_alias=True, exclude_defaults=True), key: value}
    (problem,) = refusals(State, entry)
    assert problem.startswith(f"{key}: ")


# Objectives and constraints


@pytest.mark.parametrize("key", ["towards", "except", "requires", "sources"])
def test_no_list_of_a_statement_is_empty(key: str) -> None:
    (problem,) = refusals(Objective, objective(**{key: []}))
    assert problem.startswith(f"{key}: Tuple should have at least 1 item")
    (problem,) = refusals(Constraint, constraint(measure="visas", **{key: []}))
    assert problem.startswith(f"{key}: Tuple should have at least 1 item")


def test_a_statement_without_limits_holds_towards_all() -> None:
    found = Objective.model_validate(objective())
    assert (found.towards, found.excluding, found.requires, found.until) == ((), (), (), None)


@pytest.mark.parametrize(("kind", "key"), [(Objective, "excluding"), (Constraint, "excluding")])
def test_except_is_written_except(kind: type[BaseModel], key: str) -> None:
    entry = {**(objective() if kind is Objective else constraint(measure="visas"))}
    assert kind.model_validate({**entry, "except": ["ITA"]}).excluding == ("ITA",)  # type: ignore[attr-defined]
    assert refusals(kind, {**entry, key: ["ITA"]}) == ["excluding: Extra inputs are not permitted"]


def test_a_role_is_written_as() -> None:
    entry = constraint(measure="visas")
    assert Constraint.model_validate({**entry, "as": "provider"}).role == "provider"
    assert refusals(Constraint, {**entry, "role": "provider"}) == ["role: Extra inputs are not permitted"]


def test_exclusive_says_towards_whom() -> None:
    assert Objective.model_validate(objective(exclusive=True, towards=["ITA"])).exclusive
    (problem,) = refusals(Objective, objective(exclusive=True))
    assert "`exclusive` needs `towards`" in problem


def test_exclusive_is_left_out_rather_than_denied() -> None:
    assert len(refusals(Objective, objective(exclusive=False, towards=["ITA"]))) == 1


@pytest.mark.parametrize("subject", [{}, {"measure": "visas", "theme": "stay"}])
def test_a_constraint_names_a_measure_or_a_theme(subject: dict[str, str]) -> None:
    (problem,) = refusals(Constraint, constraint(**subject))
    assert "`theme`" in problem


@pytest.mark.parametrize("subject", [{"measure": "visas"}, {"theme": "stay"}])
def test_a_constraint_has_one_subject(subject: dict[str, str]) -> None:
    found = Constraint.model_validate(constraint(**subject))
    assert (found.measure, found.theme) == (subject.get("measure"), subject.get("theme"))


@pytest.mark.parametrize(
    ("severity", "subject", "allowed"),
    [
        ("red-line", {"measure": "visas"}, True),
        ("red-line", {"theme": "stay"}, False),
        ("major", {"theme": "stay"}, True),
        ("minor", {"theme": "stay"}, True),
    ],
)
def test_a_red_line_is_on_a_measure(severity: str, subject: dict[str, str], allowed: bool) -> None:
    entry = constraint(severity=severity, **subject)
    if allowed:
        assert Constraint.model_validate(entry).severity == severity
    else:
        (problem,) = refusals(Constraint, entry)
        assert "a red line names a measure" in problem


@pytest.mark.parametrize("key", ["stance", "priority", "confidence"])
def test_an_objective_says_how_much_and_how_sure(key: str) -> None:
    assert len(refusals(Objective, objective(**{key: "some"}))) == 1
    entry = {name: value for name, value in objective().items() if name != key}
    assert refusals(Objective, entry) == [f"{key}: Field required"]


def test_every_stance_fits_a_mode() -> None:
    assert set().union(*STANCES_BY_MODE.values()) == set(get_args(Stance))


# Interests and figures


@pytest.mark.parametrize("weight", [0, 4, -1, "1", None])
def test_an_interest_weighs_one_to_three(weight: object) -> None:
    entry = {"interest": "mobility", "weight": weight, "summary": "A reason.", "sources": ["src"]}
    assert len(refusals(Interest, entry)) == 1
    assert Interest.model_validate({**entry, "weight": 3}).weight == 3


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("value", "x"),
        ("value", float("inf")),
        ("value", float("nan")),
        ("value", None),
        ("year", 1899),
        ("year", 2101),
        ("year", "2024"),
        ("year", 2024.0),
        ("unit", ""),
        ("source", ["src"]),
    ],
)
def test_a_figure_is_a_number_in_a_year(key: str, value: object) -> None:
    entry = {"indicator": "remittances", "value": 6.1, "unit": "% of GDP", "year": 2024, "source": "src"}
    assert Indicator.model_validate(entry).value == 6.1
    assert len(refusals(Indicator, {**entry, key: value})) == 1


# Taxonomy and groups


@pytest.mark.parametrize(
    ("mode", "wording", "allowed"),
    [
        ("joint", {"together": "x"}, True),
        ("exchange", {"give": "x"}, True),
        ("joint", {}, False),
        ("joint", {"give": "x"}, False),
        ("joint", {"together": "x", "give": "x"}, False),
        ("exchange", {}, False),
        ("exchange", {"together": "x"}, False),
        ("exchange", {"give": "x", "together": "x"}, False),
    ],
)
def test_a_measure_has_the_wording_of_its_mode(mode: str, wording: dict[str, str], allowed: bool) -> None:
    entry = {"id": "m", "name": "M", "mode": mode, "means": "x", "competence": build.COMPETENCE, **wording}
    if allowed:
        assert Measure.model_validate(entry).mode == mode
    else:
        (problem,) = refusals(Measure, entry)
        assert f"a measure with mode {mode} has" in problem


def test_a_taxonomy_holds_themes_and_a_theme_measures() -> None:
    assert len(refusals(Themes, {"version": "1", "themes": []})) == 1
    assert len(refusals(Theme, {"id": "t", "name": "T", "measures": []})) == 1


def group(**more: Any) -> dict[str, Any]:
    return {
        "code": "CLUB",
        "name": "A club",
        "short": "the club",
        "kind": "organisation",
        "sources": ["https://a.org"],
        **more,
    }


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"members": ["AFG"], "members_of": "EU"}, "`members` or this, not both"),
        ({"free_movement": True}, "`free_movement_note`"),
        ({"free_movement_note": "Treaty."}, "`free_movement_note`"),
        ({"members": ["Afghanistan"]}, "members.0"),
        ({"sources": []}, "sources"),
        ({"sources": ["https://a.org", "a book"]}, "sources.1"),
        ({"code": "a club"}, "code"),
        ({"established": "1957"}, "established"),
        ({"kind": "club"}, "kind"),
        ({"institution": False}, "institution"),
    ],
)
def test_a_group_that_makes_no_sense(keys: dict[str, Any], message: str) -> None:
    (problem,) = refusals(Group, group(**keys))
    assert message in problem


def test_a_group_in_full() -> None:
    found = Groups.model_validate(
        {
            "groups": [
                group(members=["AFG"], free_movement=True, free_movement_note="Treaty.", established=1957)
            ]
        }
    )
    assert found.groups[0].members == ("AFG",)


# Profiles as a whole


def test_a_state_is_known_under_all_its_names() -> None:
    state = build.state("tunisia", "TUN", aliases=["Tunisie", "تونس"])
    assert state.all == ("Tunisia", "TUNISIA", "TU", "TUN", "Tunisie", "تونس")


def test_a_profile_has_a_head() -> None:
    problems = refusals(State, {"id": "alpha"})
    assert problems == [
        f"{key}: Field required" for key in ("name", "official_name", "iso2", "iso3", "reviewed")
    ]
    assert set(Names.model_fields) == {"name", "official_name", "iso2", "iso3", "aliases", "reviewed"}


def test_an_extension_says_so_and_has_no_head() -> None:
    assert Extension.model_validate({"id": "alpha", "extends": "base"}).objectives == ()
    assert len(refusals(Extension, {"id": "alpha"})) == 1
    assert len(refusals(Extension, {"id": "alpha", "extends": "public"})) == 1
    assert len(refusals(Extension, {"id": "alpha", "extends": "base", "name": "Alpha"})) == 1


@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)
def test_everything_read_is_frozen_and_knows_its_keys(kind: type[Frozen]) -> None:
    assert kind.model_config["frozen"]
    assert kind.model_config["extra"] == "forbid"


def test_nothing_read_can_be_changed() -> None:
    state = build.state("alpha", "AFG", [build.objective(1, "visas", "seeks", towards=["BEL"])])
    with pytest.raises(ValidationError, match="frozen"):
        state.name = "Beta"
    with pytest.raises(ValidationError, match="frozen"):
        state.objectives[0].priority = "low"
    assert isinstance(state.objectives, tuple)
    assert isinstance(state.objectives[0].towards, tuple)
    assert isinstance(hash(state.objectives[0]), int)


def test_unknown_keys_are_refused_at_every_depth() -> None:
    entry = {**build.objective(1, "visas", "seeks"), "colour": "red"}
    with pytest.raises(ValidationError) as caught:
        build.state("alpha", "AFG", [entry], language="fr")
    assert [e["loc"] for e in caught.value.errors()] == [("objectives", 0, "colour"), ("language",)]
