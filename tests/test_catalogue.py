"""Loading: states by any of their names, groups, subjects, and private profiles laid over public ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partnerfit import Catalogue, load_catalogue, yamlsource
from partnerfit.catalogue import load_method
from partnerfit.errors import DataError, UnknownNameError, UsageError
from partnerfit.model import Measure, Theme
from partnerfit.scoring.method import Method
from tests import build
from tests.folder import BODY, data_folder, head, objectives, overlay_folder, profile, sources, write

TUNISIA = head("Tunisia", "TN", "TUN", "Tunisie", "Túnez", "تونس", official="Republic of Tunisia") + BODY
NIGERIA = head("Nigeria", "NG", "NGA", "Nigéria", "尼日利亚") + BODY
IVORY_COAST = head("Côte d'Ivoire", "CI", "CIV", "Ivory Coast", "Берег Слоновой Кости") + BODY
UKRAINE = head("Ukraine", "UA", "UKR", "Україна") + BODY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with four states."""
    folder = data_folder(tmp_path / "data")
    profile(folder, "tunisia", TUNISIA)
    profile(folder, "nigeria", NIGERIA)
    profile(folder, "cote-divoire", IVORY_COAST)
    profile(folder, "ukraine", UKRAINE)
    return folder


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """An overlay without profiles yet."""
    return overlay_folder(tmp_path / "private")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read or parsed, in order."""
    names: list[str] = []

    def counting(reader: Callable[..., yamlsource.Document], at: int) -> Callable[..., yamlsource.Document]:
        def read(*args: object) -> yamlsource.Document:
            names.append(Path(str(args[at])).name)
            return reader(*args)

        return read

    monkeypatch.setattr(yamlsource, "parse", counting(yamlsource.parse, 1))
    return names


def ids(catalogue: Catalogue, state: str, part: str = "objectives") -> list[str]:
    return [entry.id for entry in getattr(catalogue.state(state), part)]


# Opening


def test_a_catalogue_is_opened_without_reading(folder: Path, opened: list[str]) -> None:
    catalogue = load_catalogue(folder)
    assert catalogue.state_ids == ("cote-divoire", "nigeria", "tunisia", "ukraine")
    assert opened == []


@pytest.mark.parametrize("as_text", [True, False])
def test_a_folder_is_named_by_text_or_path(folder: Path, as_text: bool) -> None:
    assert load_catalogue(str(folder) if as_text else folder).folder == folder


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such data folder"):
        load_catalogue(tmp_path / "nope")


def test_a_folder_without_themes(tmp_path: Path) -> None:
    (tmp_path / "states").mkdir()
    with pytest.raises(UsageError, match=r"holds no themes\.yaml"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize("states", [True, False])
def test_a_folder_without_profiles(tmp_path: Path, states: bool) -> None:
    folder = data_folder(tmp_path / "data")
    if not states:
        (folder / "states").rmdir()
    with pytest.raises(UsageError, match="holds no profiles"):
        load_catalogue(folder).state("tunisia")


def test_an_overlay_holds_profiles(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="an overlay is a folder that holds a folder `states`"):
        load_catalogue(folder, [tmp_path / "nope"])


def test_a_folder_without_groups(folder: Path) -> None:
    (folder / "groups.yaml").unlink()
    with pytest.raises(UsageError, match=r"groups\.yaml: cannot be read \(No such file or directory\)"):
        load_catalogue(folder).state("tunisia")


# Names


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("tunisia", "tunisia"),
        ("TN", "tunisia"),
        ("tn", "tunisia"),
        ("TUN", "tunisia"),
        ("Tunisia", "tunisia"),
        ("republic of tunisia", "tunisia"),
        ("Tunisie", "tunisia"),
        ("tunez", "tunisia"),
        ("تونس", "tunisia"),
        ("尼日利亚", "nigeria"),
        ("NIGERIA", "nigeria"),
        ("Cote d’Ivoire", "cote-divoire"),
        ("ivory-coast", "cote-divoire"),
        ("БЕРЕГ СЛОНОВОЙ КОСТИ", "cote-divoire"),
        ("україна", "ukraine"),
    ],
)
def test_a_state_is_found_under_any_of_its_names(folder: Path, name: str, found: str) -> None:
    catalogue = load_catalogue(folder)
    assert catalogue.find_state(name) == found
    assert catalogue.state(name).id == found


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("tunsia", ("tunisia",)),
        ("Niger", ("nigeria",)),
        ("Ukrain", ("ukraine",)),
        ("xyzzy", ()),
        ("", ()),
    ],
)
def test_a_typo_is_suggested_to_and_never_guessed(
    folder: Path, name: str, suggestions: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        load_catalogue(folder).state(name)
    assert caught.value.suggestions == suggestions
    assert caught.value.kind == "state"
    assert "`partnerfit states` lists all" in str(caught.value)
    assert ("did you mean" in str(caught.value)) is bool(suggestions)


@pytest.mark.parametrize("name", ["UK", "U.K.", "United Kingdom", "Tunis", "Cote", "T", "NI", "ngaa"])
def test_no_name_becomes_another(folder: Path, name: str) -> None:
    with pytest.raises(UnknownNameError):
        load_catalogue(folder).find_state(name)


def test_niger_is_found_once_it_is_profiled(folder: Path) -> None:
    profile(folder, "niger", head("Niger", "NE", "NER") + BODY)
    catalogue = load_catalogue(folder)
    assert catalogue.find_state("Niger") == "niger"
    assert catalogue.find_state("Nigeria") == "nigeria"


def test_a_name_claimed_by_two_states_names_both(folder: Path) -> None:
    profile(folder, "dr-congo", head("DR Congo", "CD", "COD", "Congo") + BODY)
    profile(folder, "congo-republic", head("Republic of the Congo", "CG", "COG", "Cóngo") + BODY)
    catalogue = load_catalogue(folder)
    with pytest.raises(
        UnknownNameError,
        match=r"^'congo' is the name of more than one state: congo-republic, dr-congo; use the id$",
    ):
        catalogue.find_state("congo")
    assert catalogue.find_state("DR Congo") == "dr-congo"
    assert catalogue.find_state("COG") == "congo-republic"


def test_ids_that_are_spelt_alike(folder: Path) -> None:
    profile(folder, "a-b", head("One", "AA", "DEU") + BODY)
    profile(folder, "ab", head("Two", "BB", "FRA") + BODY)
    catalogue = load_catalogue(folder)
    assert (catalogue.find_state("ab"), catalogue.find_state("a-b")) == ("ab", "a-b")
    with pytest.raises(UnknownNameError, match="more than one state: a-b, ab; use the id"):
        catalogue.find_state("A B")


@pytest.mark.parametrize("name", ["🇸🇪", "--", "..."])
def test_what_has_no_letters_is_no_name(folder: Path, name: str) -> None:
    profile(folder, "malta", head("Malta", "MT", "MLT", "🇲🇹") + BODY)
    with pytest.raises(UnknownNameError, match="no state is called"):
        load_catalogue(folder).find_state(name)


def test_an_id_is_resolved_without_opening_a_file(folder: Path, opened: list[str]) -> None:
    catalogue = load_catalogue(folder)
    assert catalogue.find_state("tunisia") == "tunisia"
    assert catalogue.find_state("Cote d'Ivoire") == "cote-divoire"
    assert opened == []


def test_a_state_named_by_its_id_is_the_only_profile_read(folder: Path, opened: list[str]) -> None:
    catalogue = load_catalogue(folder)
    catalogue.state("tunisia")
    assert sorted(opened) == ["groups.yaml", "themes.yaml", "tunisia.yaml"]
    catalogue.state("tunisia")
    catalogue.state("Tunisia")
    assert len(opened) == 3


def test_another_name_reads_the_heads_once(folder: Path, opened: list[str]) -> None:
    catalogue = load_catalogue(folder)
    assert catalogue.find_state("TN") == "tunisia"
    assert catalogue.find_state("NG") == "nigeria"
    assert opened == ["cote-divoire.yaml", "nigeria.yaml", "tunisia.yaml", "ukraine.yaml"]


def test_names_are_read_from_the_head_alone(folder: Path) -> None:
    profile(folder, "ukraine", head("Ukraine", "UA", "UKR", "Україна") + "objectives:\n  - [broken\n")
    catalogue = load_catalogue(folder)
    assert catalogue.names("ukraine").all == ("Ukraine", "State of Ukraine", "UA", "UKR", "Україна")
    assert catalogue.find_state("TUN") == "tunisia"
    with pytest.raises(DataError, match=r"ukraine\.yaml:\d+:\d+: the list opened with \[ here is not closed"):
        catalogue.state("ukraine")


@pytest.mark.parametrize("text", ["name: [\n", "name: Ukraine\n", ""])
def test_a_profile_without_names_hides_no_other(folder: Path, text: str) -> None:
    profile(folder, "ukraine", text)
    catalogue = load_catalogue(folder)
    assert catalogue.find_state("TUN") == "tunisia"
    for name in ("ukraine", "UA"):
        with pytest.raises(DataError, match=r"ukraine\.yaml:\d+:\d+: "):
            catalogue.state(name)


def test_the_order_of_the_keys_in_a_head_is_free(folder: Path) -> None:
    lines = head("Malta", "MT", "MLT", "Malte").splitlines(keepends=True)
    text = f"# yaml-language-server: x\n\n{''.join(reversed(lines))}{BODY}"
    profile(folder, "malta", text)
    assert load_catalogue(folder).find_state("Malte") == "malta"


MALTA = head("Malta", "MT", "MLT", "Malte")


@pytest.mark.parametrize(
    "text",
    [
        BODY + MALTA,
        MALTA.replace("iso2: MT\n", "") + BODY + "iso2: MT\n",
        "{\n" + MALTA.replace("\n", ",\n") + "objectives: []}\n",
    ],
    ids=["after the lists", "on both sides", "in braces"],
)
def test_names_are_found_wherever_they_stand(folder: Path, text: str) -> None:
    profile(folder, "malta", text)
    assert load_catalogue(folder).find_state("MT") == "malta"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_heads_with_other_line_ends_and_a_byte_order_mark(folder: Path, ends: str, mark: str) -> None:
    profile(folder, "malta", mark + (head("Malta", "MT", "MLT", "Malte") + BODY).replace("\n", ends))
    catalogue = load_catalogue(folder)
    assert catalogue.find_state("malte") == "malta"
    assert ids(catalogue, "MLT") == ["obj-1"]


def test_an_alias_over_several_lines(folder: Path) -> None:
    text = head("Malta", "MT", "MLT", "Malte").replace('["Malte"]', '[Malte,\n  "مالطا",\n  Μάλτα]')
    profile(folder, "malta", text + BODY)
    assert load_catalogue(folder).find_state("ΜΑΛΤΑ") == "malta"


def test_a_head_that_cannot_be_used_is_told_with_its_place(folder: Path) -> None:
    profile(folder, "malta", head("Malta", "mt", "MLT") + BODY)
    with pytest.raises(DataError, match=r"malta\.yaml:3:7: `iso2` is 'mt'"):
        load_catalogue(folder).names("malta")


# Profiles


def test_references_are_checked_when_a_profile_is_loaded(folder: Path) -> None:
    text = head("Malta", "MT", "MLT") + objectives(("obj-1", "visa", "seeks")) + sources("src", "spare")
    profile(folder, "malta", text)
    with pytest.raises(DataError) as caught:
        load_catalogue(folder).state("malta")
    assert [(p.line, p.column, p.message) for p in caught.value.problems] == [
        (8, 26, "no measure is called `visa`; did you mean `visas`?"),
        (11, 10, "source `spare` is never used; cite it or remove it"),
    ]
    assert caught.value.problems[0].path.endswith("data/states/malta.yaml")


def test_a_profile_may_name_the_groups_of_its_folder(folder: Path) -> None:
    text = head("Malta", "MT", "MLT") + BODY.replace("sources: [src]", "sources: [src], towards: [CLUB, BEL]")
    profile(folder, "malta", text)
    assert load_catalogue(folder).state("malta").objectives[0].towards == ("CLUB", "BEL")


def test_a_taxonomy_that_contradicts_itself_is_told_with_its_place(tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "data", build.themes(work=[build.measure("jobs"), build.measure("jobs")]))
    with pytest.raises(DataError, match=r"themes\.yaml:\d+:\d+: id `jobs` is on line 6 already"):
        _ = load_catalogue(folder).themes


def test_groups_that_contradict_the_taxonomy_are_told_with_their_place(tmp_path: Path) -> None:
    group = {
        "code": "X",
        "name": "X",
        "short": "X",
        "kind": "region",
        "members": ["QQQ"],
        "sources": ["https://a.org"],
    }
    folder = data_folder(tmp_path / "data", groups=[group])
    with pytest.raises(DataError, match=r"groups\.yaml:\d+:\d+: no state is called `QQQ`"):
        _ = load_catalogue(folder).groups


# Themes, measures, groups, method


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("work", Theme, "work"),
        ("WORK", Theme, "work"),
        ("visas", Measure, "visas"),
        ("Visas", Measure, "visas"),
    ],
)
def test_a_theme_or_measure(folder: Path, name: str, kind: type, found: str) -> None:
    subject = load_catalogue(folder).theme_or_measure(name)
    assert isinstance(subject, kind)
    assert subject.id == found


def test_a_theme_or_measure_that_is_not_known(folder: Path) -> None:
    with pytest.raises(
        UnknownNameError, match="no theme or measure is called 'visa': did you mean visas"
    ) as caught:
        load_catalogue(folder).theme_or_measure("visa")
    assert "`partnerfit themes` lists all" in str(caught.value)


@pytest.mark.parametrize("name", ["CLUB", "club", "a club", "Klub"])
def test_a_group(folder: Path, name: str) -> None:
    assert load_catalogue(folder).group(name).code == "CLUB"


def test_a_group_that_is_not_known(folder: Path) -> None:
    with pytest.raises(UnknownNameError, match="no group is called 'clubs': did you mean CLUB"):
        load_catalogue(folder).group("clubs")


def test_the_context_holds_taxonomy_groups_and_method(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    assert catalogue.context().method == Method()
    assert catalogue.context(Method(best_weight=0.5)).method.best_weight == 0.5
    assert catalogue.context().members("CLUB") == {"AFG", "BEL"}


def test_without_a_list_of_names_states_go_by_their_codes(folder: Path) -> None:
    assert load_catalogue(folder).codes == {"AFG": "Afghanistan", "BEL": "Belgium", "CLUB": "the club"}
    (folder / "names.csv").unlink()
    assert load_catalogue(folder).codes == {"CLUB": "the club"}


def test_a_method_changes_what_it_names(tmp_path: Path) -> None:
    file = write(tmp_path / "own.yaml", "best_weight: 0.6\npriority: {high: 5, medium: 3, low: 1}\n")
    found = load_method(file)
    assert (found.best_weight, found.priority.high, found.elsewhere) == (0.6, 5, Method().elsewhere)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("best_weigth: 0.6\n", r"own\.yaml:1:1: unknown key `best_weigth`; did you mean `best_weight`\?"),
        ("elsewhere: 2\n", r"own\.yaml:1:12: `elsewhere` is 2"),
        ("range_low: 95\nrange_high: 5\n", r"own\.yaml:1:1: `range_low` has to be below `range_high`"),
        ("priority: {high: 1, medium: 2, low: 3}\n", r"own\.yaml:1:1: `priority` has to rise"),
        (
            "stance_doubt: {high: 0, medium: 0, low: 2}\n",
            r"own\.yaml:1:1: `stance_doubt` holds probabilities",
        ),
    ],
)
def test_a_method_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        load_method(write(tmp_path / "own.yaml", text))


def test_a_method_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nope\.yaml: cannot be read"):
        load_method(tmp_path / "nope.yaml")


# Overlays


def test_an_overlay_replaces_a_profile(folder: Path, private: Path) -> None:
    profile(private, "tunisia", head("Tunisia", "TN", "TUN", "Tunis") + BODY.replace("obj-1", "own-1"))
    catalogue = load_catalogue(folder, [private])
    assert ids(catalogue, "tunisia") == ["own-1"]
    assert catalogue.find_state("Tunis") == "tunisia"
    with pytest.raises(UnknownNameError):
        catalogue.find_state("Tunisie")
    assert ids(load_catalogue(folder), "tunisia") == ["obj-1"]


def test_an_overlay_adds_to_a_profile(folder: Path, private: Path) -> None:
    text = "extends: base\n" + objectives(("own-1", "jobs", "seeks"), ("own-2", "pact", "supports"))
    profile(private, "tunisia", text)
    catalogue = load_catalogue(folder, [private])
    assert ids(catalogue, "Tunisie") == ["obj-1", "own-1", "own-2"]
    assert catalogue.state("tunisia").name == "Tunisia"
    assert ids(catalogue, "tunisia", "sources") == ["src"]


@pytest.mark.parametrize(
    "text",
    ['"extends": base\n{}', "extends : base\n{}", "{}extends: base\n"],
)
def test_an_overlay_says_anywhere_that_it_adds(folder: Path, private: Path, text: str) -> None:
    profile(private, "tunisia", text.format(objectives(("own-1", "jobs", "seeks"))))
    catalogue = load_catalogue(folder, [private])
    assert catalogue.find_state("Tunisie") == "tunisia"
    assert ids(catalogue, "tunisia") == ["obj-1", "own-1"]


def test_figures_of_two_years_are_two(folder: Path, private: Path) -> None:
    def figures(*years: int) -> str:
        entry = "  - {{indicator: size, value: 1.5, unit: m, year: {}, source: src}}\n"
        return "indicators:\n" + "".join(entry.format(year) for year in years)

    profile(folder, "tunisia", TUNISIA + figures(2023, 2024))
    profile(private, "tunisia", "extends: base\n" + figures(2024, 2025))
    state = load_catalogue(folder, [private]).state("tunisia")
    assert [figure.year for figure in state.indicators] == [2023, 2024, 2025]


def test_an_entry_of_the_same_id_takes_the_place_of_the_public_one(folder: Path, private: Path) -> None:
    text = "extends: base\n" + objectives(("own-1", "jobs", "seeks"), ("obj-1", "visas", "declines"))
    profile(private, "tunisia", text)
    state = load_catalogue(folder, [private]).state("tunisia")
    assert [(o.id, o.stance) for o in state.objectives] == [("obj-1", "declines"), ("own-1", "seeks")]


def test_every_part_of_a_profile_can_be_added_to(folder: Path, private: Path) -> None:
    profile(
        folder,
        "tunisia",
        TUNISIA + "constraints:\n"
        "  - {id: c-1, measure: visas, kind: legal, severity: minor, summary: A, sources: [src]}\n"
        "interests:\n  - {interest: mobility, weight: 1, summary: A, sources: [src]}\n"
        "context:\n  - {id: x-1, measure: jobs, summary: A, sources: [src]}\n"
        "indicators:\n  - {indicator: size, value: 1, unit: m, year: 2024, source: src}\n"
        "gaps: [jobs, skills]\n",
    )
    profile(
        private,
        "tunisia",
        'extends: base\nreviewed: "2026-12-24"\n'
        + objectives(("own-1", "jobs", "seeks"), source="own")
        + "constraints:\n"
        "  - {id: c-1, measure: visas, kind: legal, severity: major, summary: B, sources: [src]}\n"
        "  - {id: c-2, theme: stay, kind: legal, severity: minor, summary: B, sources: [own]}\n"
        "interests:\n  - {interest: security, weight: 2, summary: B, sources: [own]}\n"
        "  - {interest: mobility, weight: 3, summary: B, sources: [own]}\n"
        "context:\n  - {id: x-2, measure: visas, summary: B, sources: [own]}\n"
        "indicators:\n  - {indicator: size, value: 2, unit: m, year: 2024, source: own}\n"
        "gaps: [returns]\n" + sources("own"),
    )
    state = load_catalogue(folder, [private]).state("tunisia")
    assert [o.id for o in state.objectives] == ["obj-1", "own-1"]
    assert [(c.id, c.severity) for c in state.constraints] == [("c-1", "major"), ("c-2", "minor")]
    assert [(i.interest, i.weight) for i in state.interests] == [("mobility", 3), ("security", 2)]
    assert [b.id for b in state.context] == ["x-1", "x-2"]
    assert [(i.indicator, i.value) for i in state.indicators] == [("size", 2.0)]
    assert [s.id for s in state.sources] == ["src", "own"]
    assert state.gaps == ("skills", "returns")
    assert state.reviewed.isoformat() == "2026-12-24"


def test_an_older_review_of_an_overlay_does_not_turn_back_the_date(folder: Path, private: Path) -> None:
    profile(private, "tunisia", 'extends: base\nreviewed: "2020-01-01"\n')
    assert load_catalogue(folder, [private]).state("tunisia").reviewed.isoformat() == "2026-11-01"


def test_an_overlay_without_a_public_profile_to_add_to(folder: Path, private: Path) -> None:
    profile(private, "malta", "extends: base\n" + objectives(("own-1", "jobs", "seeks")))
    with pytest.raises(
        DataError,
        match=r"private/states/malta\.yaml:1:10: there is no public profile states/malta\.yaml to extend",
    ) as caught:
        load_catalogue(folder, [private]).state("malta")
    assert len(caught.value.problems) == 1


def test_a_state_that_only_an_overlay_knows(folder: Path, private: Path) -> None:
    profile(private, "malta", head("Malta", "MT", "MLT", "Malte") + BODY)
    catalogue = load_catalogue(folder, [private])
    assert catalogue.state_ids == ("cote-divoire", "malta", "nigeria", "tunisia", "ukraine")
    assert catalogue.state("Malte").id == "malta"


def test_overlays_lie_over_one_another_in_their_order(folder: Path, private: Path, tmp_path: Path) -> None:
    other = overlay_folder(tmp_path / "other")
    profile(private, "tunisia", "extends: base\n" + objectives(("own-1", "jobs", "seeks")))
    profile(
        other,
        "tunisia",
        "extends: base\n" + objectives(("own-1", "jobs", "declines"), ("own-2", "skills", "seeks")),
    )

    def found(*layers: Path) -> list[tuple[str, str]]:
        state = load_catalogue(folder, layers).state("tunisia")
        return [(o.id, o.stance) for o in state.objectives]

    assert found(private, other) == [("obj-1", "seeks"), ("own-1", "declines"), ("own-2", "seeks")]
    assert found(other, private) == [("obj-1", "seeks"), ("own-1", "seeks"), ("own-2", "seeks")]


def test_a_later_overlay_adds_to_what_an_earlier_one_replaced(
    folder: Path, private: Path, tmp_path: Path
) -> None:
    other = overlay_folder(tmp_path / "other")
    profile(private, "tunisia", head("Tunisia", "TN", "TUN", "Tunis") + BODY.replace("obj-1", "own-1"))
    profile(other, "tunisia", "extends: base\n" + objectives(("own-2", "skills", "seeks")))
    catalogue = load_catalogue(folder, [private, other])
    assert ids(catalogue, "Tunis") == ["own-1", "own-2"]
    assert ids(load_catalogue(folder, [other, private]), "tunisia") == ["own-1"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "extends: base\nobjectives: [\n",
            r"private/states/tunisia\.yaml:2:13: the list opened with \[ here is not closed",
        ),
        ("extends: bse\n", r"private/states/tunisia\.yaml:1:10: `extends` is 'bse'; did you mean `base`\?"),
        ("extends: base\naliases: [x]\n", r"private/states/tunisia\.yaml:2:1: unknown key `aliases`"),
        (
            "extends: base\n" + objectives(("own-1", "visa", "seeks")),
            r"private/states/tunisia\.yaml:3:26: no measure is called `visa`; did you mean `visas`\?",
        ),
        (
            "extends: base\n" + objectives(("own-1", "visas", "seeks"), source="scr"),
            r"private/states/tunisia\.yaml:3:\d+: no source has the id `scr`; did you mean `src`\?",
        ),
        (
            objectives(("own-1", "visas", "seeks")),
            r"private/states/tunisia\.yaml:1:1: keys `name`, `official_name`, `iso2`, `iso3` and",
        ),
    ],
)
def test_a_broken_overlay_is_named(folder: Path, private: Path, text: str, message: str) -> None:
    profile(private, "tunisia", text)
    with pytest.raises(DataError, match=message):
        load_catalogue(folder, [private]).state("tunisia")


def test_a_broken_public_profile_is_named_below_an_overlay(folder: Path, private: Path) -> None:
    profile(folder, "tunisia", "name: [\n")
    profile(private, "tunisia", "extends: base\n")
    with pytest.raises(
        DataError, match=r"data/states/tunisia\.yaml:1:7: the list opened with \[ here is not closed"
    ):
        load_catalogue(folder, [private]).state("tunisia")
