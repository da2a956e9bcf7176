"""Where the data are. Light enough to answer a shell that completes a name.

In this order: the folder given; `PARTNERFIT_DATA`; `[tool.partnerfit] data` of the nearest
pyproject.toml; the data that came with the package.
"""

from __future__ import annotations

import os
from pathlib import Path

from partnerfit.errors import UsageError

SETTINGS = frozenset({"data", "select", "ignore", "strict"})
"""Keys of [tool.partnerfit] in a pyproject.toml; all but `data` are for `check`."""


def shown(path: Path) -> str:
    """The path as a user would type it: relative to the working directory where that is shorter."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):  # elsewhere, or the working directory is gone
        return path.as_posix()


def bundled_data() -> Path:
    """The folder of data that came with the package: inside a wheel, or beside a checkout."""
    here = Path(__file__).resolve().parent
    places = (here / "_data", here.parents[1] / "data")
    return next((place for place in places if (place / "themes.yaml").is_file()), places[0])


def settings(start: Path) -> tuple[Path, dict[str, object]]:
    """The table [tool.partnerfit] of the nearest pyproject.toml at or above `start`, and its file.

    Without such a file the table is empty and the file the one that would be nearest.

    Raises:
        UsageError: the file cannot be read, or holds no table there.
    """
    import tomllib

    nearest = next(
        (f for folder in (start, *start.parents) if (f := folder / "pyproject.toml").is_file()), None
    )
    if nearest is None:
        return start / "pyproject.toml", {}
    try:
        found: object = tomllib.loads(nearest.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{shown(nearest)}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{shown(nearest)}: not valid TOML ({error})") from None
    for key in ("tool", "partnerfit"):
        found = found.get(key, {}) if isinstance(found, dict) else None
    if not isinstance(found, dict):
        raise UsageError(f"{shown(nearest)}: write [tool.partnerfit] as a table, with `data` in it")
    if unknown := sorted(found.keys() - SETTINGS):
        takes = ", ".join(sorted(SETTINGS))
        raise UsageError(f"{shown(nearest)}: [tool.partnerfit] has no key {unknown[0]!r}; it takes {takes}")
    return nearest, found


def configured_data(start: Path) -> Path | None:
    """`[tool.partnerfit] data` of the nearest pyproject.toml at or above `start`, if it says so."""
    file, found = settings(start)
    data = found.get("data")
    if data is None:
        return None
    if not isinstance(data, str):
        raise UsageError(f"{shown(file)}: [tool.partnerfit] data is the path of a folder, in quotes")
    return file.parent / data


def data_folder(given: Path | None = None) -> Path:
    """The folder that holds the data; see the head of this module for the order of the search.

    Raises:
        UsageError: there is no such folder, or it holds no themes.yaml.
    """
    named = os.environ.get("PARTNERFIT_DATA")
    folder = given or (Path(named) if named else None) or configured_data(Path.cwd()) or bundled_data()
    if not folder.is_dir():
        raise UsageError(f"{shown(folder)}: no such data folder; name one with --data DIR")
    if not (folder / "themes.yaml").is_file():
        raise UsageError(f"{shown(folder)}: holds no themes.yaml, so it is no data folder")
    return folder


def state_files(folder: Path) -> list[Path]:
    """The profiles of one folder, sorted; the name of a file is the id of its state.

    Hidden files, which editors and file managers leave behind, are no profiles.
    """
    found = (folder / "states").glob("*.yaml")
    return sorted(path for path in found if not path.name.startswith(".") and path.is_file())
