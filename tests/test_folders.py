"""Where the data are: an option before the environment before pyproject.toml before the bundle."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerfit import folders
from partnerfit.errors import UsageError
from partnerfit.folders import bundled_data, configured_data, data_folder, shown, state_files
from tests.folder import data_folder as made
from tests.folder import profile, write


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory below a folder with a pyproject.toml that names data."""
    made(tmp_path / "configured")
    write(tmp_path / "pyproject.toml", '[tool.partnerfit]\ndata = "configured"\n')
    folder = tmp_path / "deep" / "down"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def test_the_order_of_the_search(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, named = made(tmp_path / "given"), made(tmp_path / "named")
    monkeypatch.setenv("PARTNERFIT_DATA", str(named))
    assert data_folder(given) == given
    assert data_folder() == named
    monkeypatch.delenv("PARTNERFIT_DATA")
    assert data_folder() == tmp_path / "configured"
    (tmp_path / "pyproject.toml").unlink()
    monkeypatch.setattr(folders, "configured_data", lambda start: None)
    assert data_folder() == bundled_data()


def test_an_empty_variable_names_nothing(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERFIT_DATA", "")
    assert data_folder() == tmp_path / "configured"


def test_a_folder_that_is_named_is_not_looked_for_elsewhere(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERFIT_DATA", str(tmp_path / "nope"))
    with pytest.raises(UsageError, match="no such data folder; name one with --data DIR"):
        data_folder()


def test_the_nearest_pyproject_decides(work: Path, tmp_path: Path) -> None:
    near = made(tmp_path / "deep" / "near")
    write(tmp_path / "deep" / "pyproject.toml", '[tool.partnerfit]\ndata = "near"\n')
    assert configured_data(work) == near
    assert configured_data(tmp_path) == tmp_path / "configured"


@pytest.mark.parametrize("text", ["", "[project]\nname = 'x'\n", "[tool.partnerfit]\n", "[tool]\n"])
def test_a_nearest_pyproject_that_says_nothing_ends_the_search(work: Path, text: str) -> None:
    write(work / "pyproject.toml", text)
    assert configured_data(work) is None


def test_a_path_from_the_root(work: Path, tmp_path: Path) -> None:
    write(work / "pyproject.toml", f"[tool.partnerfit]\ndata = '{(tmp_path / 'configured').as_posix()}'\n")
    assert configured_data(work) == tmp_path / "configured"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.partnerfit\n", r"pyproject\.toml: not valid TOML \("),
        (
            "[tool.partnerfit]\ndata = 3\n",
            r"pyproject\.toml: \[tool\.partnerfit\] data is the path of a folder",
        ),
        ("[tool.partnerfit]\ndata = ['a']\n", r"pyproject\.toml: \[tool\.partnerfit\] data is the path"),
        ("[tool.partnerfit]\ndata = 'nope'\n", "nope: no such data folder"),
        ("tool = 3\n", r"pyproject\.toml: write \[tool\.partnerfit\] as a table"),
        ("[tool]\npartnerfit = 'x'\n", r"pyproject\.toml: write \[tool\.partnerfit\] as a table"),
    ],
)
def test_a_pyproject_that_cannot_be_used(work: Path, text: str, message: str) -> None:
    write(work / "pyproject.toml", text)
    with pytest.raises(UsageError, match=message) as caught:
        data_folder()
    assert "\n" not in str(caught.value)


def test_a_pyproject_that_is_not_utf_8(work: Path) -> None:
    (work / "pyproject.toml").write_bytes(b"# \xff\n")
    with pytest.raises(UsageError, match="not valid TOML"):
        data_folder()


def test_a_folder_without_themes_is_no_data_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no themes\.yaml, so it is no data folder"):
        data_folder(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such data folder"):
        data_folder(write(tmp_path / "data", "x"))


def test_the_bundle_is_there() -> None:
    assert (bundled_data() / "themes.yaml").is_file()
    assert state_files(bundled_data())


def test_the_bundle_of_a_wheel_comes_before_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "src" / "partnerfit" / "folders.py"
    module.parent.mkdir(parents=True)
    monkeypatch.setattr(folders, "__file__", str(module))
    made(tmp_path / "data")
    assert bundled_data() == tmp_path / "data"
    inside = made(module.parent / "_data")
    assert bundled_data() == inside


def test_profiles_are_listed_by_name(tmp_path: Path) -> None:
    folder = made(tmp_path / "data")
    for name in ("b", "a-b", "a"):
        profile(folder, name, "")
    write(folder / "states" / "notes.txt", "")
    write(folder / "states" / "c.yml", "")
    write(folder / "states" / "._a.yaml", "\x00")
    (folder / "states" / ".#a.yaml").symlink_to("nobody@host.123")
    (folder / "states" / "old.yaml").mkdir()
    assert [path.name for path in state_files(folder)] == ["a-b.yaml", "a.yaml", "b.yaml"]
    assert state_files(tmp_path / "nope") == []


def test_a_path_is_shown_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "a" / "b.yaml") == "a/b.yaml"
    assert shown(Path("a") / "b.yaml") == "a/b.yaml"
    assert shown(tmp_path.parent / "c.yaml") == (tmp_path.parent / "c.yaml").as_posix()
