"""The data and the method -> plain data for programs: lists of what there is, profiles, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from partnerfit.figures import Commitment
from partnerfit.initiatives import Gain, Initiatives
from partnerfit.model import Group, Names, State, Themes
from partnerfit.render.records import Record, dump
from partnerfit.scoring.method import Context, Method


def states(states: Iterable[tuple[str, Names]]) -> list[Record]:
    """Every profiled state."""
    return [
        {
            "id": key,
            "name": n.name,
            "official_name": n.official_name,
            "iso2": n.iso2,
            "iso3": n.iso3,
            "reviewed": n.reviewed.isoformat(),
            "aliases": list(n.aliases),
        }
        for key, n in states
    ]


def themes(themes: Themes) -> list[Record]:
    """Every theme with its measures."""
    return [dump(theme) for theme in themes.themes]


def measure_rows(themes: Themes) -> list[Record]:
    """Every measure, one row each, for CSV."""
    return [
        {
            "theme": theme.id,
            "measure": m.id,
            "name": m.name,
            "mode": m.mode,
            "means": m.means,
            "needs_any": " ".join(m.needs_any),
            "eu_competence": m.competence.level,
        }
        for theme in themes.themes
        for m in theme.measures
    ]


def groups(groups: Iterable[Group], context: Context) -> list[Record]:
    """Every group with the members it addresses."""
    return [{**dump(group), "members": sorted(context.members(group.code))} for group in groups]


def group_rows(groups: Iterable[Group], context: Context) -> list[Record]:
    """Every group, one row each, for CSV."""
    return [
        {
            "code": g.code,
            "name": g.name,
            "kind": g.kind,
            "free_movement": bool(g.free_movement),
            "institution": bool(g.institution),
            "members": " ".join(sorted(context.members(g.code))),
        }
        for g in groups
    ]


def initiatives(initiatives: Initiatives) -> Record:
    """Initiatives and the sources that they rest on, as in their file."""
    return {
        "initiatives": [dump(initiative) for initiative in initiatives.initiatives],
        "sources": [dump(source) for source in initiatives.sources],
    }


INITIATIVE_COLUMNS = tuple(
    """
    id name from to seen partners places institutions measures framing gains results lessons sources
    """.split()
)


def initiative_rows(initiatives: Initiatives) -> list[Record]:
    """Every initiative, one row each, for CSV."""
    empty = dict.fromkeys(INITIATIVE_COLUMNS)
    return flat(
        empty
        | dump(i)
        | {"from": i.years.first, "to": i.years.last, "seen": bool(i.years.seen)}
        | {"gains": " | ".join(map(_gain, i.gains))}
        for i in initiatives.initiatives
    )


def _gain(gain: Gain) -> str:
    return f"{' '.join(gain.to)}: {gain.gain}" if gain.to else gain.gain


def state(state: State, commitments: Iterable[Commitment] = ()) -> Record:
    """A whole profile, with how the state voted and what it has joined."""
    return {**dump(state), "commitments": [asdict(commitment) for commitment in commitments]}


STATEMENT_COLUMNS = tuple(
    """
    state id measure theme stance priority confidence as kind severity exclusive towards except requires
    until summary sources
    """.split()
)


def statement_rows(state: State) -> list[Record]:
    """The objectives and constraints of a profile, one row each, for CSV."""
    empty = dict.fromkeys(STATEMENT_COLUMNS)
    statements = (*state.objectives, *state.constraints)
    return flat(empty | {"state": state.id} | dump(statement) for statement in statements)


def method(method: Method) -> Record:
    """The numbers of the model."""
    return asdict(method)


def method_rows(method: Method) -> list[Record]:
    """The numbers of the model, one row each, for CSV."""
    rows = []
    for name, value in asdict(method).items():
        parts = value if isinstance(value, dict) else {"": value}
        rows += [{"number": f"{name}.{key}".rstrip("."), "value": part} for key, part in parts.items()]
    return rows


def flat(rows: Iterable[Mapping[str, Any]]) -> list[Record]:
    """Rows whose lists are joined by blanks, for CSV."""
    return [
        {key: " ".join(map(str, v)) if isinstance(v, (list, tuple)) else v for key, v in row.items()}
        for row in rows
    ]
