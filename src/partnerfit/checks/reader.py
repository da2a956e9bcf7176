"""Reads every file of the data for checking: one broken file or entry hides no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from partnerfit import references, yamlsource
from partnerfit.catalogue import Catalogue
from partnerfit.checks.corpus import Corpus, File, Profile, in_file
from partnerfit.codes import ISO3
from partnerfit.errors import DataError, UsageError
from partnerfit.figures import Figures, read_commitments, read_corridors
from partnerfit.findings import Finding, no_base
from partnerfit.folders import shown
from partnerfit.model import Extension, Mode, Names, Positions, Source, State
from partnerfit.references import Vocabulary
from partnerfit.syntax import LINE_BREAK
from partnerfit.yamlsource import Document, Problem

Read = TypeVar("Read")

SHARED = (
    "themes.yaml",
    "groups.yaml",
    "figures.yaml",
    "initiatives.yaml",
    "names.csv",
    "corridors.csv",
    "commitments.csv",
)
"""The files of a data folder that are no profiles."""


def read_corpus(folder: Path, overlays: tuple[Path, ...], as_of: dt.date) -> Corpus:
    """Read every file of the data in `folder` under `overlays`.

    Raises:
        UsageError: a folder cannot be listed, or is no overlay.
    """
    for layer in overlays:
        if not (layer / "states").is_dir():
            raise UsageError(f"{shown(layer)}: an overlay is a folder that holds a folder `states`")
    catalogue = Catalogue(folder, overlays)
    reader = _Reader(catalogue)
    vocabulary = reader.shared()
    profiles: list[Profile] = []
    for layer in (folder, *overlays):
        reader.strays(layer, of_overlay=layer != folder)
        for path in _listed(layer / "states"):
            profile = reader.profile(path, layer, vocabulary)
            if profile is not None:
                profiles.append(profile)
    names = _or(None, lambda: catalogue.state_names)
    figures = _or(None, lambda: catalogue.figures)
    told = {"themes.yaml", "groups.yaml"} if vocabulary is None else set()
    told |= {"figures.yaml"} if figures is None else set()
    unread = [file.path.name for file in reader.files if file.path.parent == folder and _misshapen(file)]
    unread = [name for name in unread if name not in told]
    partial = [profile.file.name for profile in profiles if not profile.whole]
    missing = {
        "measures, themes and codes: mend themes.yaml and groups.yaml first": vocabulary is None,
        "names of states in summaries: mend names.csv first": names is None,
        "indicators: mend figures.yaml first": figures is None,
        f"references in {' and '.join(unread)}: mend the keys and values there first": bool(unread),
        f"references in broken entries of {', '.join(partial)}: mend them first": bool(partial),
    }
    return Corpus(
        as_of=as_of,
        files=tuple(reader.files),
        profiles=tuple(profiles),
        names=names or {},
        figures=figures or Figures(),
        members=_or({}, lambda: _members(catalogue)),
        incomplete=tuple(said for said, is_missing in missing.items() if is_missing),
    )


def _members(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    context = catalogue.context()
    return {group.code: context.addressees([group.code]) for group in catalogue.groups.groups}


def _misshapen(file: File) -> bool:
    """Whether a file was not looked at for what it refers to, since its own shape is wrong."""
    return file.path.suffix == ".yaml" and any(problem.code < "PF2" for problem in file.problems)


@dataclass(frozen=True)
class _Base:
    """Of a profile in the layers read so far its code, its sources, and whether these are all."""

    iso3: str | None = None
    sources: tuple[Source, ...] = ()
    whole: bool = False


class _Reader:
    """Reads file after file, layer after layer, and keeps what is wrong in each."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.files: list[File] = []
        self._catalogue = catalogue
        self._bases: dict[str, _Base] = {}

    def shared(self) -> Vocabulary | None:
        """Read all files but profiles; the vocabulary they give, None where there is nothing to go by."""
        catalogue = self._catalogue
        folder = catalogue.folder
        readers: tuple[Callable[[], object], ...] = (
            # Framings name groups, so that they are checked where these are read.
            lambda: (catalogue.themes, catalogue.groups),
            lambda: catalogue.groups,
            lambda: catalogue.figures,
            lambda: catalogue.initiatives,
            lambda: catalogue.state_names,
            lambda: read_corridors(folder / "corridors.csv", None, catalogue.figures),
            lambda: read_commitments(folder / "commitments.csv", None, catalogue.figures),
        )
        for name, read in zip(SHARED, readers, strict=True):
            path = folder / name
            if not path.exists() and name not in ("themes.yaml", "groups.yaml"):
                continue
            file, raw = _opened(path, folder)
            if raw is not None:
                file = replace(file, problems=_inside(_problems_of(file.name, read), file.text))
            self.files.append(file)
        try:
            return Vocabulary.of(catalogue.themes, catalogue.groups, catalogue.known_names)
        except (DataError, UsageError):
            return _rough_vocabulary(*(_scanned(file) for file in self.files[:2]))

    def strays(self, layer: Path, *, of_overlay: bool) -> None:
        """Tell of files in a layer that nothing reads."""
        known = set() if of_overlay else set(SHARED)
        inner = [path for entry in _listed(layer / "states") if entry.is_dir() for path in _listed(entry)]
        for path in (*_listed(layer), *inner):
            data = path.suffix in (".yaml", ".yml", ".csv") and not path.name.startswith(".")
            if data and path.is_file() and path.name not in known:
                self._never_read(File(path, shown(path), "", ()))

    def _never_read(self, file: File) -> None:
        message = "this file is never read; a profile is a file `states/ID.yaml`: rename it or take it away"
        problem = Problem(file.name, 1, 1, "PF009", message)
        self.files.append(replace(file, text="", problems=(problem,)))

    def profile(self, path: Path, layer: Path, vocabulary: Vocabulary | None) -> Profile | None:
        """Read one file of a folder `states`; None where it holds no profile that can be read."""
        if path.name.startswith(".") or path.is_dir():
            return None
        file, raw = _opened(path, layer)
        if path.suffix != ".yaml":
            self._never_read(file)
            return None
        document, problems = (None, file.problems) if raw is None else yamlsource.scan(raw, file.name)
        if document is None:
            self.files.append(replace(file, problems=problems))
            self._bases[path.stem] = _Base()
            return None
        told = {(problem.line, problem.column) for problem in problems}
        invalid = _validated(document, path.stem)
        found = [*problems, *(p for p in invalid if (p.line, p.column) not in told)]
        body, kept = _in_order(document.data)
        head = _or(None, lambda: yamlsource.validate(Names, _only(document, Names)))
        whole = {part: _all_of(document.data.get(part, []), rows) for part, rows in kept.items()}
        base = None
        iso3 = head.iso3 if head else None
        if "extends" in document.data:
            base = self._bases.get(path.stem, _Base())
            whole["sources"] &= base.whole
            iso3 = base.iso3
            if path.stem not in self._bases:
                found.append(document.problem(("extends",), "PF213", no_base(path.name)))
        sources = (*base.sources, *body.sources) if base else body.sources
        self._bases[path.stem] = _Base(iso3, sources, whole["sources"])
        if vocabulary is not None:
            findings = references.check_profile(body, vocabulary, Positions(sources=sources))
            found += [
                f.placed(document, lambda loc: in_file(loc, kept)) for f in findings if not _follows(f, whole)
            ]
        file = replace(file, problems=tuple(found))
        self.files.append(file)
        return Profile(path.stem, file, document, head, iso3, body, kept, all(whole.values()))


def _listed(folder: Path) -> list[Path]:
    """What a folder holds, in order; nothing where it is missing."""
    try:
        return sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise UsageError(f"{shown(folder)}: cannot be listed ({error.strerror})") from None


def _opened(path: Path, folder: Path) -> tuple[File, bytes | None]:
    """A file with its text; no bytes where it cannot or must not be read."""
    name = shown(path)
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            message = f"leads to {path.resolve()}, outside the data folder; put the file itself here"
            return File(path, name, "", (Problem(name, 1, 1, "PF008", message),)), None
        with path.open("rb") as opened:
            raw = opened.read(yamlsource.MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:  # the latter where links lead in a circle
        reason = error.strerror if isinstance(error, OSError) else "its links lead in a circle"
        message = f"cannot be read ({reason}); see that it is there and that you may read it"
        return File(path, name, "", (Problem(name, 1, 1, "PF001", message),)), None
    return File(path, name, raw.decode("utf-8-sig", "replace"), ()), raw


def _problems_of(name: str, read: Callable[[], object]) -> tuple[Problem, ...]:
    """What is wrong in the file of this name; what is wrong in others is told there."""
    try:
        read()
    except DataError as error:
        return tuple(problem for problem in error.problems if problem.path == name)
    except UsageError:
        return ()
    return ()


def _inside(problems: tuple[Problem, ...], text: str) -> tuple[Problem, ...]:
    """Problems that lie in the text; a table knows fewer ends of lines than YAML and an editor do."""
    lines = LINE_BREAK.split(text) if problems else []
    return tuple(
        problem
        if problem.line <= len(lines) and problem.column <= len(lines[problem.line - 1]) + 1
        else replace(problem, line=min(problem.line, len(lines)), column=1, width=1)
        for problem in problems
    )


def _or(default: Read, read: Callable[[], Read]) -> Read:
    try:
        return read()
    except (DataError, UsageError):
        return default


def _scanned(file: File) -> Any:
    document, _ = yamlsource.scan(file.text.encode(), file.name)
    return document.data if document else {}


def _rough_vocabulary(themes: Any, groups: Any) -> Vocabulary | None:
    """The ids in a taxonomy and a list of groups of which one does not hold; None if one has no ids."""
    every = [theme for theme in _rows(themes, "themes") if isinstance(theme, dict)]
    measures = [m for theme in every for m in _rows(theme, "measures") if isinstance(m, dict)]
    codes = [group for group in _rows(groups, "groups") if isinstance(group, dict)]
    if not measures or not codes:
        return None
    modes = {str(m.get("id")): m.get("mode") for m in measures}
    return Vocabulary(
        measures={key: mode if mode in get_args(Mode) else None for key, mode in modes.items()},
        themes=frozenset(str(theme.get("id")) for theme in every),
        codes=ISO3 | {str(group.get("code")) for group in codes},
        institutions=frozenset(str(group.get("code")) for group in codes if group.get("institution")),
    )


def _validated(document: Document, state_id: str) -> tuple[Problem, ...]:
    try:
        yamlsource.validate(Extension if "extends" in document.data else State, document, id=state_id)
    except DataError as error:
        return error.problems
    return ()


def _only(document: Document, model: type[Names]) -> Document:
    data = {key: value for key, value in document.data.items() if key in model.model_fields}
    return Document(document.path, data, document.root)


def _in_order(data: dict[str, Any]) -> tuple[Positions, dict[str, tuple[int, ...]]]:
    """The body of a profile without the entries that do not hold, and where the others stand."""
    kept = {part: list(range(len(_rows(data, part)))) for part in Positions.model_fields}
    while True:
        body = {part: [data[part][i] for i in rows] for part, rows in kept.items() if rows}
        try:
            positions = Positions.model_validate(body)
        except ValidationError as error:
            wrong = {detail["loc"][:2] for detail in error.errors(include_url=False)}
            for part, rows in kept.items():
                kept[part] = [row for i, row in enumerate(rows) if (part, i) not in wrong]
        else:
            return positions, {part: tuple(rows) for part, rows in kept.items()}


def _all_of(part: Any, rows: tuple[int, ...]) -> bool:
    """Whether these are all entries of a part; what is no list is not all there."""
    return isinstance(part, list) and len(part) == len(rows)


def _rows(data: Any, part: str) -> list[Any]:
    rows = data.get(part) if isinstance(data, dict) else None
    return rows if isinstance(rows, list) else []


def _follows(finding: Finding, whole: dict[str, bool]) -> bool:
    """Whether it may only follow from an entry that was left out."""
    if finding.code == "PF204":
        return not whole["sources"]
    return finding.code == "PF205" and not all(whole.values())
