"""Reading all of the data for a check: what is broken hides nothing else and lets nothing else follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerfit import yamlsource
from partnerfit.checks import run
from partnerfit.checks.reader import read_corpus
from partnerfit.errors import UsageError
from tests import folder
from tests.checks.lay import ALL, TODAY, found, report

HEAD = folder.head("Alpha", "AF", "AFG")
OTHER = folder.head("Beta", "BE", "BEL")
START = HEAD.count("\n") + 1
"""The line behind the head."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small data folder without profiles."""
    return folder.data_folder(tmp_path / "data")


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """A folder for private profiles."""
    return folder.overlay_folder(tmp_path / "private")


def lines(text: str) -> str:
    """A list of objectives, one a line, each `ID MEASURE STANCE SOURCE`."""
    entries = (entry.split() for entry in text.strip().splitlines())
    rows = (
        f"  - {{id: {key}, measure: {measure}, stance: {stance}, priority: high, confidence: high,"
        f" summary: Wish {key}., sources: [{source}]}}\n"
        for key, measure, stance, source in entries
    )
    return "objectives:\n" + "".join(rows)


def at(*places: str, file: str = "alpha") -> list[str]:
    """Places `LINE:CODE` counted from behind the head, or as they are."""
    return [f"states/{file}.yaml:{int((place := p.split(':'))[0]) + START}:{place[1]}" for p in places]


def lines_found(folder: Path, *overlays: Path, codes: frozenset[str] = ALL) -> list[str]:
    """Each finding as `file:line:code`."""
    read = report(folder, overlays, codes)
    above = folder.parent
    places = sorted((_named(p.path, folder, above), p.line, p.code) for p in read.problems)
    return [f"{file}:{line}:{code}" for file, line, code in places]


def _named(path: str, folder: Path, above: Path) -> str:
    inside = Path(path).is_relative_to(folder)
    return Path(path).relative_to(folder if inside else above).as_posix()


def some(folder: Path, *files: Path) -> run.Report:
    """What checking some files finds."""
    return run.check(read_corpus(folder, (), TODAY), ALL, {file.resolve() for file in files})


# A broken entry hides no other finding


def test_a_profile_in_order(data: Path) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY)
    assert lines_found(data) == []


def test_a_broken_entry_hides_no_finding_in_others(data: Path) -> None:
    body = lines("""
        a-1 visas wants src
        a-2 visa seeks src
        a-3 pact seeks src
        a-4 visas hopes src
        a-5 jobs seeks scr
    """)
    folder.profile(data, "alpha", HEAD + body + folder.sources("src"))
    assert lines_found(data) == at("1:PF104", "2:PF201", "3:PF207", "4:PF104", "5:PF204")


def test_places_are_those_of_the_file_where_entries_were_dropped(data: Path) -> None:
    body = (
        lines("""
        a-1 visas wants src
        a-2 visas hopes src
        a-3 jobs seeks src
    """)
        .replace("Wish a-3.", "Wish of **all**.")
        .replace("measure: jobs", "towards: [AFG], measure: jobs")
    )
    folder.profile(data, "alpha", HEAD + body + folder.sources("src"))
    assert lines_found(data) == at("1:PF104", "2:PF104", "3:PF307", "3:PF309")


def test_markup_is_placed_in_an_entry_that_was_dropped_too(data: Path) -> None:
    body = lines("""
        a-1 visas wants src
        a-2 visas seeks src
    """).replace("Wish a-1.", "Wish of **all**.")
    folder.profile(data, "alpha", HEAD + body + folder.sources("src"))
    assert lines_found(data) == at("1:PF104", "1:PF307")


def test_a_broken_head_hides_no_finding_below(data: Path) -> None:
    text = HEAD.replace("iso3: AFG", "iso3: afg") + lines("a-1 visa seeks src") + folder.sources("src")
    folder.profile(data, "alpha", text)
    assert lines_found(data) == ["states/alpha.yaml:4:PF107", *at("1:PF201")]


def test_a_key_given_twice_hides_no_finding(data: Path) -> None:
    body = lines("a-1 visa seeks src").replace("stance: seeks", "stance: seeks, stance: declines")
    folder.profile(data, "alpha", HEAD + body + folder.sources("src"))
    assert lines_found(data) == at("1:PF006", "1:PF201")


def test_a_part_that_is_no_list_hides_no_other(data: Path) -> None:
    text = HEAD + "gaps: visas\ninterests: {}\ncontext: [x, 3, [y]]\n" + lines("a-1 visa seeks src")
    folder.profile(data, "alpha", text + folder.sources("src"))
    found = [place.rsplit(":", 1) for place in lines_found(data)]
    assert [place for place, code in found if code == "PF201"] == [f"states/alpha.yaml:{START + 4}"]
    assert {code for _, code in found} == {"PF103", "PF201"}


def test_a_number_that_cannot_be_read_is_told_once(data: Path) -> None:
    row = "  - {indicator: a, value: 1.0e999, unit: x, year: 2024, source: s}\n"
    folder.profile(data, "alpha", HEAD + "indicators:\n" + row + folder.BODY)
    assert lines_found(data) == at("1:PF114")


def test_a_broken_file_hides_no_finding_in_another(data: Path) -> None:
    folder.profile(data, "alpha", "name: [\n")
    folder.profile(data, "beta", OTHER + lines("b-1 visa seeks src") + folder.sources("src"))
    assert lines_found(data) == ["states/alpha.yaml:1:PF002", f"states/beta.yaml:{START + 1}:PF201"]


# What only follows from something broken


def test_a_source_is_not_missed_where_one_was_dropped(data: Path) -> None:
    sources = folder.sources("src", "two").replace("kind: official-state}", "kind: official}", 1)
    folder.profile(data, "alpha", HEAD + lines("a-1 visas seeks src\na-2 jobs seeks two") + sources)
    assert lines_found(data) == at("4:PF104")


def test_a_source_is_not_unused_where_an_entry_was_dropped(data: Path) -> None:
    body = lines("a-1 visas wants two\na-2 jobs seeks src")
    folder.profile(data, "alpha", HEAD + body + folder.sources("src", "two"))
    assert lines_found(data) == at("1:PF104")


def test_confidence_is_not_judged_without_all_sources(data: Path) -> None:
    sources = folder.sources("src").replace("official-state}", "press}")
    folder.profile(
        data, "alpha", HEAD + lines("a-1 visas seeks src").replace("[src]", "[src, two]") + sources
    )
    assert lines_found(data) == at("1:PF204")


def test_a_stance_is_not_judged_where_the_measure_is_unknown(data: Path) -> None:
    folder.profile(data, "alpha", HEAD + lines("a-1 pacts seeks src") + folder.sources("src"))
    assert lines_found(data) == at("1:PF201")


# Shared files that are broken


def profile_with_unknown_ids(data: Path) -> None:
    body = lines("a-1 visas seeks src\na-2 visa seeks src\na-3 jobs seeks src")
    body = body.replace("id: a-3", "id: a-3, towards: [CLUB, CLUBS, BEL]")
    folder.profile(data, "alpha", HEAD + body + folder.sources("src"))


def spoil(data: Path, file: str, old: str, new: str) -> None:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    folder.write(path, text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("themes.yaml", "version: test", "vers: test", "PF101"),
        ("themes.yaml", "name: jobs", "name: jobs\n    name: work", "PF006"),
        ("themes.yaml", "means: visas", "means: ''", "PF105"),
        ("groups.yaml", "kind: organisation", "kind: club", "PF104"),
        ("groups.yaml", "- AFG", "- AFX", "PF203"),
    ],
)
def test_ids_are_known_though_the_file_is_broken(
    data: Path, file: str, old: str, new: str, code: str
) -> None:
    spoil(data, file, old, new)
    profile_with_unknown_ids(data)
    read = lines_found(data)
    assert [place for place in read if place.startswith("states")] == at("2:PF201", "3:PF203")
    assert {place.split(":")[0] for place in read if not place.startswith("states")} == {file}
    assert any(place.endswith(code) for place in read)
    shape = code < "PF2"
    said = f"references in {file}: mend the keys and values there first"
    assert report(data).incomplete == ((said,) if shape else ())


@pytest.mark.parametrize("file", ["themes.yaml", "groups.yaml"])
@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "themes: 3\ngroups: 3\n"])
def test_it_is_said_where_ids_cannot_be_known(data: Path, file: str, text: str) -> None:
    folder.write(data / file, text)
    profile_with_unknown_ids(data)
    read = report(data)
    assert read.incomplete == ("measures, themes and codes: mend themes.yaml and groups.yaml first",)
    assert {Path(problem.path).name for problem in read.problems} == {file}


def test_groups_that_are_missing(data: Path) -> None:
    (data / "groups.yaml").unlink()
    profile_with_unknown_ids(data)
    assert lines_found(data) == ["groups.yaml:1:PF001"]
    assert report(data).incomplete


def test_what_is_wrong_in_shared_files_is_told_in_each_once(data: Path) -> None:
    spoil(data, "themes.yaml", "version: test", "vers: test")
    spoil(data, "groups.yaml", "kind: organisation", "kind: club")
    folder.write(data / "names.csv", "iso3,en\nAFG\n")
    folder.write(data / "figures.yaml", "sources: 3\n")
    read = lines_found(data)
    assert [place.split(":")[0] for place in read] == [
        "figures.yaml",
        "groups.yaml",
        "names.csv",
        "themes.yaml",
        "themes.yaml",
    ]


def test_it_is_said_where_names_or_figures_cannot_be_known(data: Path) -> None:
    folder.write(data / "names.csv", "iso3,en\nAFG\n")
    folder.write(data / "figures.yaml", "sources: 3\n")
    assert report(data).incomplete == (
        "names of states in summaries: mend names.csv first",
        "indicators: mend figures.yaml first",
    )


def test_a_comment_is_not_judged_where_not_all_could_be_looked_at(data: Path) -> None:
    named = lines("a-1 visas seeks src").replace("Wish a-1.", "As agreed with Belgium.")
    text = HEAD + "# partnerfit: ignore[PF306] an example\n" + named.replace("objectives:\n", "", 1)
    text = text.replace("# partner", "objectives:\n# partner") + folder.sources("src")
    folder.profile(data, "alpha", text)
    assert lines_found(data) == []
    folder.profile(data, "alpha", text.replace("As agreed with Belgium.", "As agreed."))
    assert lines_found(data) == at("1:PF901")
    folder.profile(data, "alpha", text.replace("stance: seeks", "stance: wants"))
    assert lines_found(data) == at("2:PF104")
    folder.profile(data, "alpha", text + "x: [\n")
    assert [place.rsplit(":", 1)[1] for place in lines_found(data)] == ["PF002"]
    folder.profile(data, "alpha", text)
    folder.write(data / "names.csv", "iso3,en\nAFG\n")
    assert lines_found(data) == ["names.csv:2:PF113"]


# Files


def test_files_that_are_no_profiles(data: Path) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY)
    (data / "states" / "notes").mkdir()
    folder.write(data / "states" / ".alpha.yaml.swp", "x")
    folder.write(data / "states" / "beta.yml", "x")
    folder.write(data / "states" / "README.md", "x")
    assert lines_found(data) == ["states/README.md:1:PF009", "states/beta.yml:1:PF009"]


def test_a_link_inside_the_folder_is_read(data: Path) -> None:
    (data / "kept").mkdir()
    folder.write(data / "kept" / "alpha.yaml", HEAD + lines("a-1 visa seeks src") + folder.sources("src"))
    (data / "states" / "alpha.yaml").symlink_to("../kept/alpha.yaml")
    assert lines_found(data) == at("1:PF201")


@pytest.mark.parametrize("name", ["alpha.yaml", "groups.yaml"])
def test_a_link_that_leads_out_is_not_read(data: Path, tmp_path: Path, name: str) -> None:
    secret = folder.write(tmp_path / "secret.yaml", "password: hunter2\n")
    link = data / name if name == "groups.yaml" else data / "states" / name
    link.unlink(missing_ok=True)
    link.symlink_to(secret)
    read = report(data)
    assert [problem.code for problem in read.problems] == ["PF008"]
    assert all("hunter2" not in text for text in read.texts.values())


def test_links_that_lead_nowhere_or_to_themselves(data: Path) -> None:
    (data / "states" / "alpha.yaml").symlink_to("beta.yaml")
    (data / "states" / "gamma.yaml").symlink_to("gamma.yaml")
    assert lines_found(data) == ["states/alpha.yaml:1:PF001", "states/gamma.yaml:1:PF001"]
    assert some(data, data / "states" / "other.yaml").problems == ()


def test_a_file_without_a_final_line_end_or_with_others(data: Path) -> None:
    text = HEAD + lines("a-1 visa seeks src") + folder.sources("src")
    folder.profile(data, "alpha", text.rstrip("\n"))
    assert lines_found(data) == at("1:PF201")
    folder.profile(data, "alpha", "\ufeff" + text.replace("\n", "\r\n"))
    assert lines_found(data) == at("1:PF201")


def test_the_text_of_each_file_is_kept(data: Path) -> None:
    folder.profile(data, "alpha", "\ufeff" + HEAD + folder.BODY)
    read = report(data)
    names = {Path(name).relative_to(data).as_posix(): text for name, text in read.texts.items()}
    assert names["states/alpha.yaml"] == HEAD + folder.BODY
    assert set(names) == {"themes.yaml", "groups.yaml", "names.csv", "states/alpha.yaml"}
    assert read.sources == 1


def test_no_profiles_at_all(data: Path) -> None:
    assert lines_found(data) == []
    (data / "states").rmdir()
    assert lines_found(data) == []


def test_a_file_that_is_too_large_is_not_read_whole(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlsource, "MAX_BYTES", 5_000)
    folder.profile(data, "alpha", HEAD + "#" * 10_000)
    read = report(data)
    assert [problem.code for problem in read.problems] == ["PF003"]
    assert max(map(len, read.texts.values())) <= 5_001


# Overlays


PRIVATE = "extends: base\n" + lines("p-1 jobs seeks src")


def test_an_overlay_that_adds(data: Path, private: Path) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY)
    folder.profile(private, "alpha", PRIVATE)
    assert lines_found(data, private) == []


def test_an_overlay_that_adds_to_nothing(data: Path, private: Path) -> None:
    folder.profile(private, "alpha", PRIVATE)
    assert lines_found(data, private) == ["private/states/alpha.yaml:1:PF213"]


def test_an_overlay_that_replaces_cites_its_own_sources(data: Path, private: Path) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY)
    folder.profile(private, "alpha", HEAD + lines("p-1 jobs seeks src"))
    assert lines_found(data, private) == [f"private/states/alpha.yaml:{START + 1}:PF204"]


def test_an_overlay_repeats_ids_names_and_summaries_of_its_own_base(data: Path, private: Path) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY)
    folder.profile(private, "alpha", HEAD + folder.BODY)
    assert lines_found(data, private) == []


def test_an_overlay_repeats_an_id_of_another_state(data: Path, private: Path) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY)
    body = folder.BODY.replace("A wish.", "Another wish.")
    folder.profile(private, "beta", OTHER + body)
    assert lines_found(data, private) == [
        f"private/states/beta.yaml:{START + 1}:PF401",
        f"states/alpha.yaml:{START + 1}:PF401",
    ]


def test_an_overlay_that_adds_is_of_the_state_below(data: Path, private: Path) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY)
    body = lines("p-1 jobs seeks src\np-2 skills seeks src\np-3 returns seeks src")
    body = body.replace("Wish p-1.", "As agreed with Belgium.").replace("Wish p-3.", "Afghanistan asked.")
    body = body.replace("measure: skills", "towards: [AFG], measure: skills")
    folder.profile(private, "alpha", f"extends: base\n{body}")
    assert lines_found(data, private) == [
        "private/states/alpha.yaml:3:PF306",
        "private/states/alpha.yaml:4:PF309",
    ]


def test_two_overlays_that_add(data: Path, tmp_path: Path) -> None:
    one, two = (folder.overlay_folder(tmp_path / name) for name in ("one", "two"))
    folder.profile(data, "alpha", HEAD + folder.BODY)
    folder.profile(one, "alpha", "extends: base\n" + lines("p-1 jobs seeks own") + folder.sources("own"))
    folder.profile(two, "alpha", "extends: base\n" + lines("p-2 skills seeks src\np-3 visas declines own"))
    assert lines_found(data, one, two) == []


def test_an_overlay_does_not_miss_a_source_that_is_broken_below(data: Path, private: Path) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY.replace("official-state", "official"))
    folder.profile(private, "alpha", PRIVATE)
    assert lines_found(data, private) == at("3:PF104")


def test_an_overlay_over_a_file_that_cannot_be_read(data: Path, private: Path) -> None:
    folder.profile(data, "alpha", "name: [\n")
    folder.profile(private, "alpha", PRIVATE)
    assert lines_found(data, private) == ["states/alpha.yaml:1:PF002"]


def test_an_overlay_without_profiles(data: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="an overlay is a folder that holds a folder `states`"):
        report(data, [tmp_path / "nowhere"])


def test_a_folder_that_cannot_be_listed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(UsageError, match=r"states: cannot be listed \(Permission denied\)"):
        report(data)


# Some files only


def test_some_files_in_the_light_of_all(data: Path) -> None:
    folder.profile(data, "alpha", HEAD + folder.BODY.replace("visas", "visa"))
    beta = folder.profile(data, "beta", OTHER + folder.BODY)
    read = some(data, beta)
    assert {problem.code for problem in read.problems} == {"PF305", "PF401"}
    assert {Path(problem.path).name for problem in read.problems} == {"beta.yaml"}
    assert [Path(name).name for name in read.texts] == ["beta.yaml"]
    assert read.sources == 1
    assert some(data).texts == {}


def test_findings_are_in_order_and_each_once(data: Path) -> None:
    folder.profile(
        data, "beta", OTHER + lines("b-1 visa seeks scr\nb-2 visa seeks src") + folder.sources("src")
    )
    folder.profile(data, "alpha", HEAD + lines("a-1 visa seeks src") + folder.sources("src"))
    places = found(data)
    assert len(places) == len(set(places)) == 4
    problems = report(data).problems
    assert list(problems) == sorted(problems)
