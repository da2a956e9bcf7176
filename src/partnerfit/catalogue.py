"""Finds and loads data, and resolves names. Loads only what is asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from partnerfit import references, yamlsource
from partnerfit.errors import DataError, UnknownNameError, UsageError
from partnerfit.folders import data_folder, shown, state_files
from partnerfit.model import Extension, Group, Groups, Measure, Names, Positions, State, Theme, Themes
from partnerfit.names import Index
from partnerfit.scoring.method import Context, Method
from partnerfit.yamlsource import Document

MERGED = ("objectives", "constraints", "interests", "context", "indicators", "sources")


def load_catalogue(data: Path | str | None = None, overlays: Iterable[Path | str] = ()) -> Catalogue:
    """Open the data in `data` (or where they are configured, or bundled), under `overlays`.

    Raises:
        UsageError: a folder is missing or is no data folder.
    """
    folder = data_folder(Path(data) if data is not None else None)
    layers = tuple(Path(overlay) for overlay in overlays)
    for layer in layers:
        if not (layer / "states").is_dir():
            raise UsageError(f"{shown(layer)}: an overlay is a folder that holds a folder `states`")
    return Catalogue(folder, layers)


def load_method(path: Path | str) -> Method:
    """A method read from a YAML file: the numbers it names, the defaults for the rest.

    Raises:
        UsageError: the file cannot be opened.
        DataError: it names an unknown number or an impossible value.
    """
    return yamlsource.validate(Method, yamlsource.read(Path(path)))


class Catalogue:
    """The data of one folder under any number of overlays, read when first asked for.

    `folder` and `overlays` are where they come from. Every method raises `DataError` for a file
    that cannot be used as it stands.
    """

    def __init__(self, folder: Path, overlays: tuple[Path, ...] = ()) -> None:
        self.folder = folder
        self.overlays = overlays
        self._states: dict[str, State] = {}

    @cached_property
    def themes(self) -> Themes:
        """The taxonomy."""
        document = yamlsource.read(self.folder / "themes.yaml")
        themes = yamlsource.validate(Themes, document)
        _refuse(document, references.check_themes(themes))
        return themes

    @cached_property
    def groups(self) -> Groups:
        """Organisations and dialogues."""
        document = yamlsource.read(self.folder / "groups.yaml")
        groups = yamlsource.validate(Groups, document)
        _refuse(document, references.check_groups(groups, self.themes))
        return groups

    @cached_property
    def codes(self) -> dict[str, str]:
        """The name, as a sentence has it, of every state and group that a profile may name."""
        file = self.folder / "names.csv"
        try:
            with file.open(encoding="utf-8", newline="") as lines:
                names = {row["iso3"]: row["en"] for row in csv.DictReader(lines)}
        except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
            raise UsageError(f"{shown(file)}: cannot be read as a list of names ({error})") from None
        return names | {group.code: group.short for group in self.groups.groups}

    @cached_property
    def files(self) -> dict[str, tuple[Path, ...]]:
        """For each state id its files, the public one first; ids are sorted."""
        found: dict[str, tuple[Path, ...]] = {}
        for layer in (self.folder, *self.overlays):
            for path in state_files(layer):
                found[path.stem] = (*found.get(path.stem, ()), path)
        if not found:
            raise UsageError(f"{shown(self.folder)}: holds no profiles; put them into `states/ID.yaml`")
        return dict(sorted(found.items()))

    @property
    def state_ids(self) -> tuple[str, ...]:
        """The ids of all profiled states, sorted."""
        return tuple(self.files)

    def state(self, name: str) -> State:
        """The profile of the state called `name`, in any of its names or codes.

        Raises:
            UnknownNameError: no state, or more than one, is called so.
        """
        state_id = self.find_state(name)
        if state_id not in self._states:
            self._states[state_id] = self._load(state_id)
        return self._states[state_id]

    def find_state(self, name: str) -> str:
        """The id of the state called `name`; ids are tried before any file is opened."""
        by_id = Index(dict.fromkeys(self.state_ids, ())).find(name)
        return by_id[0] if by_id else _one("state", name, self._names, "states")

    def names(self, state_id: str) -> Names:
        """How the state is called, read from the head of its newest full profile."""
        path = next((p for p in reversed(self.files[state_id]) if not _extends(p)), None)
        if path is None:
            return self.state(state_id)
        document = yamlsource.parse(_head(path), shown(path))
        known = {key: document.data[key] for key in Names.model_fields if key in document.data}
        return yamlsource.validate(Names, Document(document.path, known, document.root))

    @cached_property
    def _names(self) -> Index:
        return Index({state_id: self.names(state_id).all for state_id in self.state_ids})

    def theme_or_measure(self, name: str) -> Theme | Measure:
        """The theme or measure with this id or name.

        Raises:
            UnknownNameError: there is none, or more than one.
        """
        subjects: dict[str, Theme | Measure] = {}
        for theme in self.themes.themes:
            subjects |= {theme.id: theme} | {measure.id: measure for measure in theme.measures}
        index = Index({key: (subject.name,) for key, subject in subjects.items()})
        return subjects[_one("theme or measure", name, index, "themes")]

    def group(self, name: str) -> Group:
        """The group with this code, name or alias.

        Raises:
            UnknownNameError: there is none, or more than one.
        """
        groups = {group.code: group for group in self.groups.groups}
        index = Index({code: (group.name, *group.aliases) for code, group in groups.items()})
        return groups[_one("group", name, index, "groups")]

    def context(self, method: Method | None = None) -> Context:
        """What pairs are judged against: this taxonomy, these groups and a method (or the default)."""
        return Context(self.themes, self.groups, method or Method())

    def _load(self, state_id: str) -> State:
        state: State | None = None
        vocabulary = references.Vocabulary.of(self.themes, self.groups)
        for path in self.files[state_id]:
            document = yamlsource.read(path)
            if "extends" in document.data:
                extension = yamlsource.validate(Extension, document, id=state_id)
                if state is None:
                    message = f"extends a public profile that does not exist: no states/{path.name} below"
                    raise DataError((document.problem(("extends",), message),))
                _refuse(document, references.check_profile(extension, vocabulary, base=state))
                state = _extended(state, extension)
            else:
                state = yamlsource.validate(State, document, id=state_id)
                _refuse(document, references.check_profile(state, vocabulary))
        assert state is not None  # `files` lists no state without a file
        return state


def _one(kind: str, name: str, index: Index, listing: str) -> str:
    found = index.find(name)
    if len(found) == 1:
        return found[0]
    suggestions = found or index.close(name)
    raise UnknownNameError(kind, name, suggestions, listing)


def _refuse(document: Document, findings: Iterable[references.Finding]) -> None:
    problems = tuple(sorted(document.problem(f.loc, f.message) for f in findings))
    if problems:
        raise DataError(problems)


def _extended(state: State, extension: Extension) -> State:
    """The profile with an overlay's entries added; an entry of the same id takes the old one's place."""
    changes: dict[str, object] = {}
    for part in MERGED:
        entries = {_key(entry): entry for entry in getattr(state, part)}
        entries |= {_key(entry): entry for entry in getattr(extension, part)}
        changes[part] = tuple(entries.values())
    measured = {objective.measure for objective in extension.objectives}
    gaps = (*state.gaps, *(gap for gap in extension.gaps if gap not in state.gaps))
    changes["gaps"] = tuple(gap for gap in gaps if gap not in measured)
    if extension.reviewed is not None:
        changes["reviewed"] = max(state.reviewed, extension.reviewed)
    return state.model_copy(update=changes)


def _key(entry: object) -> str:
    return str(getattr(entry, "id", None) or getattr(entry, "interest", None) or entry.indicator)  # type: ignore[attr-defined]


def _head(path: Path) -> bytes:
    """The part of a profile before its first list of statements, where the names are."""
    head: list[bytes] = []
    with path.open("rb") as file:
        for line in file:
            key = line.split(b":", 1)[0].decode("utf-8", "replace")
            if key in Positions.model_fields:
                break
            head.append(line)
    return b"".join(head)


def _extends(path: Path) -> bool:
    return any(line.startswith(b"extends:") for line in _head(path).splitlines())
