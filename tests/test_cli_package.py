"""The command `package`: exit codes, choices, assumptions, the price of red lines, formats."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests import test_cli
from tests.build import COMPETENCE, measure, themes
from tests.folder import data_folder, head, overlay_folder, profile, sources, write
from tests.test_cli import ESCAPE, FORMATS, PAIR, Run, process

run = test_cli.run
_elsewhere = test_cli._elsewhere

ASSUMED = "sweden:visa-facilitation=offers:medium"
KINDS = ["balanced", "no-concessions", "most-equal", "short", "without-low-confidence"]
TAXONOMY = themes(
    travel=[
        measure("visas", competence={**COMPETENCE, "level": "union"}),
        measure("papers"),
        measure("returns"),
    ],
    talks=[measure("pact", "joint")],
)
UNION = {
    "code": "EU",
    "name": "A union",
    "short": "the union",
    "kind": "organisation",
    "institution": True,
    "members": ["BEL"],
    "sources": ["https://example.org/union"],
}


def wish(key: str, stance: str, priority: str, **more: str) -> str:
    fields = {
        "id": key,
        "measure": key.partition("-")[2],
        "stance": stance,
        "priority": priority,
        "confidence": "high",
        "summary": "A wish.",
        "sources": "[src]",
        **more,
    }
    return f"  - {{{', '.join(f'{name}: {value}' for name, value in fields.items())}}}\n"


def line(key: str, about: str) -> str:
    return (
        f"constraints:\n  - {{id: {key}, measure: {about}, as: provider, kind: political, "
        "severity: red-line, summary: Never., sources: [src]}\n"
    )


ALPHA = "objectives:\n" + "".join(
    [
        wish("a-pact", "supports", "medium"),
        wish("a-visas", "seeks", "high"),
        wish("a-returns", "accepts", "low"),
        wish("a-papers", "accepts", "high"),
    ]
)
BETA = "objectives:\n" + "".join(
    [
        wish("b-pact", "supports", "medium"),
        wish("b-visas", "accepts", "low"),
        wish("b-returns", "seeks", "high", confidence="low"),
    ]
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Alpha seeks visas from Beta and would take back its nationals, which Beta seeks: a swap."""
    folder = data_folder(tmp_path / "data", TAXONOMY, [UNION])
    profile(folder, "alpha", head("Alpha", "AA", "AFG", "Premier") + ALPHA + sources("src"))
    profile(folder, "beta", head("Beta", "BB", "BEL") + BETA + line("b-no", "papers") + sources("src"))
    profile(folder, "gamma", head("Gamma", "GG", "GAB"))
    return folder


@pytest.fixture
def deal(run: Run, small: Path) -> Run:
    """The packages of Alpha and Beta, with more arguments."""

    def deal(*args: str | Path) -> Any:
        return run("package", "alpha", "beta", "--data", small, *args)

    return deal


def measures(package: dict[str, Any]) -> list[str]:
    return [item["measure"] for item in package["items"]]


# Formats


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("args", [(), ("--red-line-price", "--max", "3")], ids=" ".join)
def test_each_result_in_each_format(run: Run, args: tuple[str, ...], form: str) -> None:
    done = run("package", *PAIR, *args, "--format", form)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("\n")
    assert not done.out.endswith("\n\n")
    assert ESCAPE not in done.out
    assert all(text == text.rstrip() for text in done.out.splitlines())
    if form == "csv":
        header, *rows = csv.reader(io.StringIO(done.out))
        assert rows
        assert {len(row) for row in rows} == {len(header)}


def test_a_file_gets_the_format_of_its_suffix(deal: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    assert deal("-o", file).out == ""
    assert json.loads(file.read_text(encoding="utf-8")) == deal("-f", "json").json


def test_the_packages(deal: Run) -> None:
    record = deal("-f", "json").json
    assert [package["kind"] for package in record["packages"]] == KINDS
    assert [measures(package) for package in record["packages"]] == [
        ["pact", "returns", "visas"],
        ["pact"],
        ["pact", "returns", "visas"],
        ["pact", "returns", "visas"],
        ["pact"],
    ]
    assert [partner["id"] for partner in record["partners"]] == ["alpha", "beta"]
    assert (record["assumed"], record["include"], record["exclude"], record["missing"]) == ([], [], [], [])
    assert record["packages"][0]["utility"] == {"alpha": 1.333, "beta": 1.333}


def test_every_concession_is_paid(deal: Run) -> None:
    record = deal("-f", "json").json
    paid = {i["measure"]: (i["conceded_by"], i["paid_by"]) for i in record["packages"][0]["items"]}
    assert paid == {
        "pact": (None, []),
        "returns": ("alpha", ["visas"]),
        "visas": ("beta", ["returns"]),
    }


def test_rows_are_those_of_the_record(deal: Run) -> None:
    record = deal("-f", "json").json
    rows = deal("-f", "csv").rows
    assert [(row["kind"], row["measure"], row["provider"] or None) for row in rows] == [
        (package["kind"], item["measure"], item["provider"])
        for package in record["packages"]
        for item in package["items"]
    ]
    assert {(row["state_a"], row["state_b"]) for row in rows} == {("alpha", "beta")}
    assert {row["eu_competence"] for row in rows if row["measure"] == "visas"} == {"union"}


def test_compare_has_the_balanced_package(run: Run, deal: Run, small: Path) -> None:
    compared = run("compare", "alpha", "beta", "--data", small, "-f", "json").json
    assert compared["packages"] == deal("-f", "json").json["packages"][:1]
    page = run("compare", "alpha", "beta", "--data", small).out
    assert "Alpha would give returns to Beta; in return Beta would give visas to Alpha." in page
    assert "`partnerfit package alpha beta`" in page
    part = run("compare", "alpha", "beta", "--data", small, "--theme", "talks").out
    assert "in return" not in part
    assert "partnerfit package" not in part


@pytest.mark.parametrize("pair", [PAIR, ("niger", "sweden"), ("malta", "greece")], ids="-".join)
def test_the_order_of_the_states_changes_the_order_of_partners_alone(run: Run, pair: tuple[str, str]) -> None:
    there, back = (run("package", *states, "-f", "json").json for states in (pair, pair[::-1]))
    assert there.pop("partners") == back.pop("partners")[::-1]
    assert json.dumps(there) == json.dumps(back)


def test_rows_follow_the_order_in_which_the_states_are_named(run: Run) -> None:
    turned = {"state_a": "state_b", "gain_a": "gain_b", "state_b": "state_a", "gain_b": "gain_a"}
    there, back = (run("package", *states, "-f", "csv").rows for states in (PAIR, PAIR[::-1]))
    assert {(row["state_a"], row["state_b"]) for row in there} == {PAIR}
    assert [{turned.get(key, key): value for key, value in row.items()} for row in back] == there


@pytest.mark.parametrize("names", [("TN", "SWE"), ("Tunisie", "Suède"), ("tunisia", "SWEDEN")])
def test_states_go_by_any_of_their_names(run: Run, names: tuple[str, str]) -> None:
    assert run("package", *names, "-f", "csv").out == run("package", *PAIR, "-f", "csv").out


def test_two_runs_are_equal_to_the_byte() -> None:
    args = ("package", *PAIR, "--format", "json", "--assume", ASSUMED)
    first, second = (process(*args, PYTHONHASHSEED=seed) for seed in ("0", "1"))
    assert first.code == 0
    assert first == second


def test_the_seed_moves_the_core_index_alone(run: Run) -> None:
    one, other = (run("package", *PAIR, "-f", "json", "--seed", seed).json for seed in ("0", "1"))
    assert (one.pop("seed"), other.pop("seed")) == (0, 1)
    assert one.pop("core") != other.pop("core")
    assert one == other


# Choices


def test_what_is_excluded_is_in_no_package(deal: Run) -> None:
    record = deal("--exclude", "visas", "-f", "json").json
    assert record["exclude"] == ["visas"]
    assert {m for package in record["packages"] for m in measures(package)} == {"pact"}
    assert record["swaps"] == []
    assert "Left out on request: visas." in deal("--exclude", "visas").out
    assert deal("--exclude", "visas", "-f", "csv").err == "partnerfit: Left out on request: visas.\n"


def test_excluding_everything_leaves_nothing_and_is_no_error(deal: Run) -> None:
    done = deal("--exclude", "visas", "--exclude", "pact", "--exclude", "returns")
    assert done.code == 0
    assert "Nothing can be put together yet" in done.out
    assert "no exchange of it leaves both better off" in done.out


def test_what_is_included_is_in_every_package_with_concessions(run: Run) -> None:
    record = run("package", *PAIR, "--include", "visa-facilitation", "-f", "json").json
    assert record["include"] == ["visa-facilitation"]
    assert record["missing"] == []
    assert "visa-facilitation" in measures(record["packages"][0])
    for package in record["packages"]:
        conceded = any(item["conceded_by"] for item in package["items"])
        assert not conceded or "visa-facilitation" in measures(package)


def test_what_cannot_be_included_without_a_loss_is_told(deal: Run) -> None:
    args = ("--include", "returns", "--exclude", "visas")
    assert deal(*args, "-f", "json").json["missing"] == ["returns"]
    page = deal(*args).out
    assert "To be included: returns." in page
    assert "but no package that leaves both better off holds it." in page


def test_measures_go_by_their_names_too(run: Run) -> None:
    by_id, by_name = (
        run("package", *PAIR, "--include", name, "-f", "json").json
        for name in ("visa-facilitation", "Visa Facilitation")
    )
    assert by_id == by_name


@pytest.mark.parametrize("option", ["--include", "--exclude"])
def test_an_unknown_measure(deal: Run, run: Run, option: str) -> None:
    assert "called 'vizas'" in deal(option, "vizas").error(2)
    said = run("package", *PAIR, option, "visa-facilitaton").error(2)
    assert "did you mean visa-facilitation?" in said


@pytest.mark.parametrize("option", ["--include", "--exclude"])
def test_a_theme_is_no_measure(deal: Run, option: str) -> None:
    said = deal(option, "travel").error(2)
    assert said == "travel is a theme, not a measure; its measures are visas, papers, returns"


def test_what_is_both_included_and_excluded(deal: Run) -> None:
    assert "visas is both included and excluded" in deal("--include", "visas", "--exclude", "visas").error(2)


def test_what_cannot_be_part_of_a_package_cannot_be_included(deal: Run, run: Run) -> None:
    assert "papers cannot be part of a package between Alpha and Beta" in deal("--include", "papers").error(2)
    blocked = run("package", *PAIR, "--include", "readmission-third-country-nationals").error(2)
    assert "blocked" in blocked
    assert deal("--exclude", "papers").code == 0


def test_the_length_of_the_short_package(run: Run) -> None:
    for most in (1, 2, 3, 7):
        record = run("package", *PAIR, "--max", str(most), "-f", "json").json
        short = next(p for p in record["packages"] if p["kind"] == "short")
        assert len(set(measures(short))) <= most
        assert short["exact"]
    default, five = (run("package", *PAIR, *args, "-f", "json").json for args in ((), ("--max", "5")))
    assert default == five


@pytest.mark.parametrize("most", ["0", "-1", "256", "many"])
def test_no_length(deal: Run, most: str) -> None:
    done = deal("--max", most)
    assert (done.code, done.out) == (2, "")
    assert "--max" in done.err


# What if


def test_what_is_assumed_is_marked_everywhere(run: Run) -> None:
    args = ("package", *PAIR, "--assume", ASSUMED)
    note = "Assumed, not stated: Sweden offers visa facilitation (medium priority) [visa-facilitation]."
    record = run(*args, "-f", "json").json
    assert record["assumed"] == [
        {
            "state": "sweden",
            "id": "assumed-1",
            "measure": "visa-facilitation",
            "stance": "offers",
            "priority": "medium",
        }
    ]
    marked = {i["measure"]: i["assumed"] for p in record["packages"] for i in p["items"]}
    assert marked.pop("visa-facilitation") == ["sweden"]
    assert set(map(tuple, marked.values())) == {()}
    for form in ("plain", "table", "markdown"):
        page = run(*args, "-f", form).out
        assert "Assumed, not stated: Sweden offers visa facilitation" in page
        assert "(assumed)" in page
    page = run(*args, "-f", "plain").out
    named = [
        text for text in page.splitlines() if "[visa-facilitation]" in text or "visa facilitation by" in text
    ]
    assert named
    assert all("(assumed)" in text or "Assumed, not stated" in text for text in named)
    rows = run(*args, "-f", "csv")
    assert (rows.code, rows.err) == (0, f"partnerfit: {note}\n")
    found = [row for row in csv.DictReader(io.StringIO(rows.out)) if row["assumed"]]
    assert {(row["measure"], row["assumed"]) for row in found} == {("visa-facilitation", "sweden")}


def test_an_assumption_takes_the_place_of_what_is_stated(deal: Run) -> None:
    record = deal("--assume", "beta:visas=offers:high", "-f", "json").json
    (visas,) = (item for item in record["packages"][0]["items"] if item["measure"] == "visas")
    assert visas["gains"] == {"alpha": 1.0, "beta": 1.0}


def test_several_may_be_assumed_of_both(deal: Run) -> None:
    record = deal(
        "--assume", "BB:visas=offers:high", "--assume", "Premier : Returns = offers : low", "-f", "json"
    ).json
    assert [(a["state"], a["measure"]) for a in record["assumed"]] == [
        ("alpha", "returns"),
        ("beta", "visas"),
    ]
    assert measures(record["packages"][1]) == ["pact", "returns", "visas"]


def test_a_red_line_stays_whatever_is_assumed(deal: Run) -> None:
    record = deal(
        "--assume", "beta:papers=offers:high", "--assume", "alpha:papers=seeks:high", "-f", "json"
    ).json
    assert "papers" not in {m for package in record["packages"] for m in measures(package)}


def test_a_state_of_which_nothing_is_stated_may_be_assumed_something(run: Run, small: Path) -> None:
    args = ("package", "alpha", "gamma", "--data", small)
    assert "states no objectives yet" in run(*args).error(1)
    record = run(*args, "--assume", "gamma:visas=offers:high", "-f", "json").json
    assert measures(record["packages"][0]) == ["visas"]


def test_nothing_assumed_is_left_behind(deal: Run) -> None:
    before = deal("-f", "json").out
    deal("--assume", "beta:visas=offers:high")
    assert deal("-f", "json").out == before
    assert "ssumed" not in deal().out


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("beta:visas", "is no assumption; write STATE:MEASURE=STANCE:PRIORITY"),
        ("", "is no assumption"),
        ("beta:visas=offers", "is no assumption"),
        ("beta:visas=offers:high:low", "is no assumption"),
        ("beta:visas=gives:high", "no stance is called 'gives'; use seeks, declines, offers"),
        ("beta:visas=offers:huge", "no priority is called 'huge'; use high, medium, low"),
        ("gamma:visas=offers:high", "name alpha or beta, the two that are compared"),
        ("delta:visas=offers:high", "no state is called 'delta'"),
        ("beta:nothing=offers:high", "called 'nothing'"),
        ("beta:travel=offers:high", "travel is a theme, not a measure"),
        ("beta:visas=supports:high", "visas is an exchange measure; use seeks, declines, offers"),
        ("beta:pact=offers:high", "pact is a joint measure; use resists, supports"),
    ],
)
def test_what_cannot_be_assumed(deal: Run, text: str, complaint: str) -> None:
    assert complaint in deal("--assume", text).error(2)


def test_two_assumptions_on_one_position(deal: Run) -> None:
    said = deal("--assume", "beta:visas=offers:high", "--assume", "BEL:visas=resists:low").error(2)
    assert "Beta is already assumed to take a position on this" in said


# Red lines


def test_the_price_of_a_red_line_only_with_its_flag(run: Run, deal: Run) -> None:
    assert "red_line_prices" not in deal("-f", "json").json
    assert deal("--red-line-price", "-f", "json").json["red_line_prices"] == []
    assert "If one red line moved" not in run("package", *PAIR).out
    page = run("package", *PAIR, "--red-line-price").out
    assert "If one red line moved" in page
    assert "[tun-c2]" in page
    record = run("package", *PAIR, "--red-line-price", "-f", "json").json
    assert [price["constraint"] for price in record["red_line_prices"]] == ["tun-c2"]
    rest = {key: value for key, value in record.items() if key != "red_line_prices"}
    assert rest == run("package", *PAIR, "-f", "json").json
    with_flag, without = (run("package", *PAIR, *a, "-f", "csv").out for a in (("--red-line-price",), ()))
    assert with_flag == without


def test_compare_never_tells_the_price_of_a_red_line(run: Run) -> None:
    assert run("compare", *PAIR, "--red-line-price").code == 2
    assert "red_line_prices" not in run("compare", *PAIR, "-f", "json", "--draws", "100").json
    assert "red line moved" not in run("compare", *PAIR, "--draws", "100").out


# How it was made


def test_what_was_unusual_is_told(run: Run, small: Path, tmp_path: Path) -> None:
    method = write(tmp_path / "method.yaml", "short_package: 1\n")
    overlay = overlay_folder(tmp_path / "own")
    profile(overlay, "alpha", head("Alpha", "AA", "AFG") + ALPHA + sources("src"))
    args = ("package", "alpha", "beta", "--data", small, "--method", method, "--overlay", overlay)
    record = run(*args, "-f", "json").json
    assert record["method"] == str(method)
    assert record["data"]["overlays"] == ["own"]
    assert measures(next(p for p in record["packages"] if p["kind"] == "short")) == ["pact"]
    page = run(*args).out
    assert "Private profiles were used: alpha (own)." in page
    assert f"The numbers of the method were changed by {method}." in page


def test_two_states_that_move_freely(run: Run) -> None:
    done = run("package", "malta", "greece")
    assert done.code == 0
    assert "Both belong to one area of free movement" in done.out


# Errors


def test_a_state_with_itself(run: Run) -> None:
    assert "cannot be compared with itself" in run("package", "tunisia", "TN").error(1)


def test_an_unknown_state(run: Run) -> None:
    assert "did you mean tunisia" in run("package", "tunesia", "sweden").error(2)


def test_a_day_before_the_review(run: Run) -> None:
    assert "lies before the newest review" in run("package", *PAIR, "--as-of", "2020-01-01").error(2)


@pytest.mark.parametrize("args", [("tunisia",), (), (*PAIR, "--draws", "5"), (*PAIR, "france")])
def test_another_usage(run: Run, args: tuple[str, ...]) -> None:
    done = run("package", *args)
    assert (done.code, done.out) == (2, "")
