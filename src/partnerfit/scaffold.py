"""A profile to begin with: the head of one state, and an example of each part as a comment."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml

from partnerfit.catalogue import Catalogue
from partnerfit.codes import ISO2
from partnerfit.errors import PartnerfitError, UsageError
from partnerfit.folders import shown, state_files
from partnerfit.names import Index

_TEMPLATE = Path(__file__).with_name("scaffold.yaml")
_BESIDE = re.compile(r"^(# .*\S) +(# .*)$", re.MULTILINE)
"""An example and what is said beside it."""
_COLUMN = 44


@dataclass(frozen=True)
class NewState:
    """A state without a profile: its English name and its codes in ISO 3166-1."""

    name: str
    iso2: str
    iso3: str

    @property
    def id(self) -> str:
        """The name in small letters without accents, its words joined by hyphens."""
        spelt = unicodedata.normalize("NFKD", self.name.removeprefix("The ")).casefold()
        plain = "".join(c for c in spelt if not unicodedata.combining(c) and c != "'")
        return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


def new_state(name: str, catalogue: Catalogue) -> NewState:
    """The state with this ISO code, or this English name in names.csv.

    Raises:
        UsageError: no state is called so, or it has a profile in the data.
    """
    known = catalogue.state_names
    named = {iso3: name.removeprefix("the ") for iso3, name in known.items()}
    index = Index({iso3: (iso2, named.get(iso3, ""), known.get(iso3, "")) for iso3, iso2 in ISO2.items()})
    found = index.find(name)
    names_file = shown(catalogue.folder / "names.csv")
    if len(found) != 1:
        alike = Index(dict.fromkeys(named.values(), ())).close(name)
        hint = f"did you mean {' or '.join(alike)}? " if alike else ""
        raise UsageError(f"no state is called {name!r}: {hint}{names_file} lists all")
    iso3 = found[0]
    if iso3 not in named:
        raise UsageError(f"{names_file}: holds no name for {iso3}; add a row for it")
    state = NewState(named[iso3], ISO2[iso3], iso3)
    profile = _profile_of(state, catalogue)
    if profile is not None:
        raise UsageError(f"{shown(profile)}: holds the profile of {state.name} already; edit it")
    return state


def _profile_of(state: NewState, catalogue: Catalogue) -> Path | None:
    if not state_files(catalogue.folder):
        return None
    try:
        return catalogue.files[catalogue.find_state(state.iso3)][0]
    except PartnerfitError:  # there is none, or only one whose names cannot be read
        return None


def scaffold(state: NewState, catalogue: Catalogue, reviewed: dt.date) -> str:
    """A valid profile that says nothing yet, reviewed on that day.

    The examples in its comments hold too once they are taken out of the comments, if the taxonomy has
    an exchange measure and two others.
    """
    measures = [measure for theme in catalogue.themes.themes for measure in theme.measures]
    example = next((measure for measure in measures if measure.mode == "exchange"), measures[0])
    figures = catalogue.figures
    measured, source = next(iter(figures.indicators), None), next(iter(figures.sources), None)
    text = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        name=_written(state.name),
        iso2=_written(state.iso2),
        iso3=state.iso3,
        key=state.iso3.lower(),
        reviewed=reviewed.isoformat(),
        measure=example.id,
        other=next((measure.id for measure in measures if measure is not example), example.id),
        gap=measures[-1].id,
        partner=next(code for code in ("TUN", "SWE") if code != state.iso3),
        indicator=measured.id if measured else "population",
        unit=_written(measured.unit) if measured else "persons",
        year=reviewed.year - 1,
        figures=source.id if source else "source-of-figures",
    )
    return _BESIDE.sub(lambda found: f"{found[1]:<{_COLUMN}}{found[2]}", text)


def _written(text: str) -> str:
    """Text as YAML has it: in quotes where a reader of YAML 1.1 would take it for something else, as NO."""
    try:
        plain = yaml.safe_load(text) == text
    except yaml.YAMLError:  # it begins with a sign that has a meaning, as % has
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)
