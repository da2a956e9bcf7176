"""Finds and loads data, and resolves names. Loads only what is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from partnerfit import practice, references, yamlsource
from partnerfit.errors import DataError, PartnerfitError, UnknownNameError, UsageError
from partnerfit.figures import (
    Commitment,
    Corridor,
    Figures,
    read_commitments,
    read_corridors,
    read_figures,
    read_names,
)
from partnerfit.findings import Finding, no_base
from partnerfit.folders import data_folder, shown, state_files
from partnerfit.initiatives import Initiatives
from partnerfit.model import (
    Extension,
    Group,
    Groups,
    Indicator,
    Measure,
    Names,
    Positions,
    State,
    Theme,
    Themes,
)
from partnerfit.names import Index
from partnerfit.scoring.method import Context, Method
from partnerfit.yamlsource import Document

_NAMING = {name for name, field in Names.model_fields.items() if field.is_required()}
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
        document = self._taxonomy
        themes = yamlsource.validate(Themes, document)
        _refuse(document, references.check_themes(themes))
        return themes

    @cached_property
    def _taxonomy(self) -> Document:
        return yamlsource.read(self.folder / "themes.yaml")

    @cached_property
    def groups(self) -> Groups:
        """Organisations and dialogues."""
        document = yamlsource.read(self.folder / "groups.yaml")
        groups = yamlsource.validate(Groups, document)
        _refuse(document, references.check_groups(groups, self.themes, self.known_names))
        vocabulary = references.Vocabulary.of(self.themes, groups, self.known_names)
        _refuse(self._taxonomy, practice.check_framings(self.themes, vocabulary))
        return groups

    @cached_property
    def initiatives(self) -> Initiatives:
        """What partners have done together before; none without the file."""
        file = self.folder / "initiatives.yaml"
        if not file.is_file():
            return Initiatives()
        document = yamlsource.read(file)
        initiatives = yamlsource.validate(Initiatives, document)
        _refuse(document, practice.check_initiatives(initiatives, self._vocabulary))
        return initiatives

    @cached_property
    def codes(self) -> dict[str, str]:
        """The name, as a sentence has it, of every state and group that a profile may name.

        Without a names.csv a state goes by its code.
        """
        return self.state_names | {group.code: group.short for group in self.groups.groups}

    @cached_property
    def state_names(self) -> dict[str, str]:
        """The name of each state by its alpha-3 code; none without a names.csv."""
        file = self.folder / "names.csv"
        return read_names(file) if file.is_file() else {}

    @cached_property
    def figures(self) -> Figures:
        """What the indicators and instruments are, and where figures come from; none without the file."""
        file = self.folder / "figures.yaml"
        return read_figures(file) if file.is_file() else Figures()

    def corridors(self, a: State, b: State) -> tuple[Corridor, ...]:
        """What is counted between two states, in the order of their codes; empty where nothing is."""
        file = self.folder / "corridors.csv"
        if not file.is_file():
            return ()
        found = read_corridors(file, {a.iso3, b.iso3})
        return tuple(found[way] for way in sorted(found))

    def commitments(self, state: State) -> tuple[Commitment, ...]:
        """How a state voted and what it has joined; empty where nothing is known."""
        file = self.folder / "commitments.csv"
        return read_commitments(file, state.iso3, self.figures) if file.is_file() else ()

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
    def overlay_names(self) -> tuple[str, ...]:
        """The names of the folders laid over the data."""
        return tuple(layer.resolve().name or str(layer) for layer in self.overlays)

    def private(self, state_id: str) -> tuple[str, ...]:
        """The names of the overlays that hold a profile of this state."""
        return tuple(
            name
            for layer, name in zip(self.overlays, self.overlay_names, strict=True)
            if any(file.is_relative_to(layer) for file in self.files[state_id])
        )

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
        """The id of the state called `name`; ids are tried before any file is opened.

        Raises:
            UnknownNameError: no state, or more than one, is called so.
            DataError, UsageError: no state is, but a profile whose names cannot be read may be the one.
        """
        if name in self.files:
            return name
        ids = Index(dict.fromkeys(self.state_ids, ()))
        if ids.find(name):
            return _one("state", name, ids, "states")
        names, unread = self._names
        if unread and not names.find(name):
            raise unread[0]
        return _one("state", name, names, "states")

    def names(self, state_id: str) -> Names:
        """How the state is called, read from the head of its newest full profile."""
        for path in reversed(self.files[state_id]):
            document = _head(path)
            if "extends" not in document.data:
                known = {key: document.data[key] for key in Names.model_fields if key in document.data}
                return yamlsource.validate(Names, Document(document.path, known, document.root))
        return self.state(state_id)

    @cached_property
    def _names(self) -> tuple[Index, list[PartnerfitError]]:
        """The names of all states, and what is wrong where they cannot be read."""
        found: dict[str, tuple[str, ...]] = {}
        unread: list[PartnerfitError] = []
        for state_id in self.state_ids:
            try:
                found[state_id] = self.names(state_id).all
            except PartnerfitError as error:
                unread.append(error)
        return Index(found), unread

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

    @cached_property
    def _vocabulary(self) -> references.Vocabulary:
        return references.Vocabulary.of(self.themes, self.groups, self.known_names)

    def known_names(self) -> dict[str, str]:
        """The names of states for a suggestion; none where they cannot be read."""
        try:
            return self.state_names
        except PartnerfitError:
            return {}

    def _load(self, state_id: str) -> State:
        state: State | None = None
        vocabulary = self._vocabulary
        for path in self.files[state_id]:
            document = yamlsource.read(path)
            if "extends" in document.data:
                extension = yamlsource.validate(Extension, document, id=state_id)
                if state is None:
                    message = no_base(path.name)
                    raise DataError((document.problem(("extends",), "PF213", message),))
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
    raise UnknownNameError(kind, name, suggestions, listing, shared=bool(found))


def _refuse(document: Document, findings: Iterable[Finding]) -> None:
    problems = tuple(sorted(finding.placed(document) for finding in findings))
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


def _key(entry: object) -> object:
    if isinstance(entry, Indicator):
        return entry.indicator, entry.year
    return getattr(entry, "id", None) or entry.interest  # type: ignore[attr-defined]


def _head(path: Path) -> Document:
    """A profile down to its first list of statements, where the names are; all of it where they are not."""
    head: list[bytes] = []
    try:
        with path.open("rb") as file:
            for line in file:
                if line.split(b":", 1)[0].decode("utf-8", "replace") in Positions.model_fields:
                    break
                head.append(line)
        document = yamlsource.parse(b"".join(head), shown(path))
        if document.data.keys() >= _NAMING or "extends" in document.data:
            return document
    except (OSError, DataError):
        pass  # the whole file may be in order, and else says better what is wrong
    return yamlsource.read(path)
