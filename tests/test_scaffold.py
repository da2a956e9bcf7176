"""A profile to begin with: whom a name means, and that the text and the examples in it hold."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from partnerfit import Catalogue, load_catalogue, yamlsource
from partnerfit.catalogue import MERGED
from partnerfit.checks import run
from partnerfit.checks.reader import read_corpus
from partnerfit.codes import ISO2
from partnerfit.errors import UsageError
from partnerfit.names import fold
from partnerfit.scaffold import NewState, new_state, scaffold
from partnerfit.schema import schema
from tests.folder import BODY, data_folder, head, profile, write
from tests.test_data import DATA

DAY = dt.date(2026, 11, 25)
NORWAY = NewState("Norway", "NO", "NOR")


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """The shared files of the data, without any profile."""
    folder = tmp_path / "data"
    (folder / "states").mkdir(parents=True)
    for file in DATA.iterdir():
        if file.is_file():
            write(folder / file.name, file.read_text(encoding="utf-8"))
    return folder


def without_marks(text: str) -> str:
    """The text with its examples taken out of the comments."""
    top, examples = text.split("\n# aliases:")
    return f"{top}\n" + re.sub(r"^# ", "", f"# aliases:{examples}", flags=re.MULTILINE)


def findings(folder: Path) -> list[str]:
    report = run.check(read_corpus(folder, (), DAY), frozenset(run.RULES))
    return [str(problem) for problem in report.problems]


# Whom a name means


@pytest.mark.parametrize("name", ["NO", "nor", "Norway", "NORWAY", " norway "])
def test_a_state_by_code_or_name(catalogue: Catalogue, name: str) -> None:
    assert new_state(name, catalogue) == NORWAY


@pytest.mark.parametrize(
    ("name", "shown", "key"),
    [
        ("STP", "São Tomé and Príncipe", "sao-tome-and-principe"),
        ("GNB", "Guinea-Bissau", "guinea-bissau"),
        ("Bahamas", "Bahamas", "bahamas"),
        ("the Bahamas", "Bahamas", "bahamas"),
        ("FLK", "Falkland Islands (Malvinas)", "falkland-islands-malvinas"),
        ("CUW", "Curaçao", "curacao"),
    ],
)
def test_its_name_and_id(catalogue: Catalogue, name: str, shown: str, key: str) -> None:
    state = new_state(name, catalogue)
    assert (state.name, state.id) == (shown, key)


def test_ids_are_those_of_the_profiles_in_the_data(catalogue: Catalogue) -> None:
    for state_id in catalogue.state_ids:
        names = catalogue.names(state_id)
        assert NewState(names.name, names.iso2, names.iso3).id == state_id


def test_every_state_without_a_profile_can_be_begun(catalogue: Catalogue) -> None:
    taken = {catalogue.names(state_id).iso3 for state_id in catalogue.state_ids}
    found = [new_state(iso3, catalogue) for iso3 in ISO2 if iso3 not in taken]
    assert len({state.id for state in found} | set(catalogue.state_ids)) == len(ISO2)
    assert all(fold(state.id) in fold(state.name) for state in found)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", state.id) for state in found)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("norwy", "did you mean Norway? "),
        ("UK", "data/"),
        ("EU-MEMBERS", "data/"),
        ("", "data/"),
        ("swedn", "did you mean Sweden"),
    ],
)
def test_a_name_that_is_not_known(catalogue: Catalogue, name: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        new_state(name, catalogue)
    assert str(caught.value).startswith(f"no state is called {name!r}: {hint}")
    assert str(caught.value).endswith("names.csv lists all")


@pytest.mark.parametrize("name", ["TN", "Tunisia", "COD", "DR Congo", "cabo verde"])
def test_a_state_that_has_a_profile(catalogue: Catalogue, name: str) -> None:
    with pytest.raises(UsageError, match=r"states/[a-z-]+\.yaml: holds the profile of .+ already; edit it"):
        new_state(name, catalogue)


def test_a_profile_is_found_by_its_code(tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "data")
    profile(folder, "bilad", head("Bilad", "AF", "AFG") + BODY)
    profile(folder, "broken", "name: [\n")
    with pytest.raises(UsageError, match=r"bilad\.yaml: holds the profile of Afghanistan already"):
        new_state("Afghanistan", load_catalogue(folder))
    assert new_state("Belgium", load_catalogue(folder)).id == "belgium"


def test_a_state_that_the_data_do_not_name(tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "data")
    with pytest.raises(UsageError, match=r"names.csv: holds no name for NOR; add a row for it"):
        new_state("NOR", load_catalogue(folder))


# The text


def test_it_holds_as_it_stands(fresh: Path) -> None:
    catalogue = load_catalogue(fresh)
    profile(fresh, "norway", scaffold(NORWAY, catalogue, DAY))
    assert findings(fresh) == []
    state = load_catalogue(fresh).state("NO")
    assert (state.name, state.iso2, state.iso3, state.reviewed) == ("Norway", "NO", "NOR", DAY)
    assert all(getattr(state, part) == () for part in MERGED)


@pytest.mark.parametrize("iso3", ["NOR", "CPV", "TUN", "STP"])
def test_its_examples_hold(fresh: Path, iso3: str) -> None:
    catalogue = load_catalogue(fresh)
    state = new_state(iso3, catalogue)
    file = profile(fresh, state.id, without_marks(scaffold(state, catalogue, DAY)))
    assert findings(fresh) == []
    read = load_catalogue(fresh).state(iso3)
    assert all(len(getattr(read, part)) == 1 for part in MERGED)
    assert (len(read.gaps), len(read.aliases)) == (1, 2)
    found = schema("state", catalogue)
    assert list(Draft7Validator(found).iter_errors(yamlsource.read(file).data)) == []


def test_each_example_holds_by_itself(fresh: Path) -> None:
    catalogue = load_catalogue(fresh)
    text = scaffold(NORWAY, catalogue, DAY)
    _, *blocks = re.split(r"^(?=# \w+: )", text, flags=re.MULTILINE)
    assert [block.split(":")[0] for block in blocks] == [f"# {key}" for key in ("aliases", *MERGED, "gaps")]
    sources = blocks[-2]
    for block in blocks:
        if block is sources:  # each source has to be cited
            continue
        changed = text
        for taken in (block, sources) if "sources: [" in block else (block,):
            changed = changed.replace(taken, re.sub(r"^# ", "", taken, flags=re.MULTILINE))
        profile(fresh, "norway", changed)
        assert findings(fresh) == []


def test_with_other_data(tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "data")
    catalogue = load_catalogue(folder)
    state = new_state("BEL", catalogue)
    for text in (scaffold(state, catalogue, DAY), without_marks(scaffold(state, catalogue, DAY))):
        profile(folder, "belgium", text)
        assert findings(folder) == []
        assert load_catalogue(folder).state("BE").id == "belgium"


def test_a_code_that_others_read_as_no_is_in_quotes(catalogue: Catalogue) -> None:
    assert '\niso2: "NO"\n' in scaffold(NORWAY, catalogue, DAY)
    assert "\niso2: SE\n" in scaffold(NewState("Sweden", "SE", "SWE"), catalogue, DAY)


def test_it_can_be_read_on_a_screen(catalogue: Catalogue) -> None:
    text = scaffold(new_state("SHN", catalogue), catalogue, DAY)
    lines = text.splitlines()
    assert text.endswith("\n")
    assert all(line == line.rstrip() and "$" not in line for line in lines[1:])
    assert max(map(len, lines)) <= 112
    assert len({line.index(" # ") for line in lines if " # " in line}) == 1
