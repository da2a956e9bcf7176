"""Data folders on disk for tests: a small taxonomy, groups, and profiles written as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from partnerfit.model import Themes
from tests import build

TAXONOMY = build.themes(
    work=[build.measure("jobs"), build.measure("skills")],
    stay=[build.measure("visas"), build.measure("returns"), build.measure("pact", "joint")],
)
GROUPS = [
    {
        "code": "CLUB",
        "name": "A club",
        "short": "the club",
        "aliases": ["Klub"],
        "kind": "organisation",
        "members": ["AFG", "BEL"],
        "sources": ["https://example.org/club"],
    }
]


def data_folder(
    folder: Path, taxonomy: Themes = TAXONOMY, groups: Iterable[Mapping[str, Any]] = tuple(GROUPS)
) -> Path:
    """A folder with themes, groups and names, and no profiles yet."""
    (folder / "states").mkdir(parents=True)
    themes = taxonomy.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    write(folder / "themes.yaml", yaml.safe_dump(themes, sort_keys=False, allow_unicode=True))
    write(folder / "groups.yaml", yaml.safe_dump({"groups": list(groups)}, sort_keys=False))
    write(folder / "names.csv", "iso3,en\nAFG,Afghanistan\nBEL,Belgium\n")
    return folder


def overlay_folder(folder: Path) -> Path:
    """A folder for private profiles."""
    (folder / "states").mkdir(parents=True)
    return folder


def profile(folder: Path, state: str, text: str) -> Path:
    """Write the profile of a state into a folder of data or an overlay."""
    return write(folder / "states" / f"{state}.yaml", text)


def write(path: Path, text: str) -> Path:
    """Write a file in UTF-8 with the line ends that stand in `text`."""
    path.write_bytes(text.encode("utf-8"))
    return path


def head(name: str, iso2: str, iso3: str, *aliases: str, official: str | None = None) -> str:
    """The head of a profile, reviewed on 1 November 2026."""
    return (
        f"name: {quoted(name)}\n"
        f"official_name: {quoted(official or f'State of {name}')}\n"
        f"iso2: {iso2}\n"
        f"iso3: {iso3}\n"
        f"aliases: [{', '.join(map(quoted, aliases))}]\n"
        'reviewed: "2026-11-01"\n'
    )


def objectives(*entries: tuple[str, str, str], source: str = "src") -> str:
    """A list of objectives given as id, measure and stance."""
    lines = [
        f"  - {{id: {key}, measure: {measure}, stance: {stance}, priority: high, confidence: high, "
        f"summary: A wish., sources: [{source}]}}\n"
        for key, measure, stance in entries
    ]
    return "objectives:\n" + "".join(lines)


def sources(*keys: str) -> str:
    """A list of sources."""
    lines = [
        f"  - {{id: {key}, title: A text, publisher: A ministry, date: null, "
        f'url: "https://example.org/{key}", kind: official-state}}\n'
        for key in keys
    ]
    return "sources:\n" + "".join(lines)


BODY = objectives(("obj-1", "visas", "seeks")) + sources("src")
"""One objective and its source."""

PROVIDER = objectives(("obj-1", "visas", "offers")) + sources("src")
"""The other side of `BODY`."""


def quoted(text: str) -> str:
    """Text in quotes, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)
