"""How far two people who code the same texts agree: share of agreement and Krippendorff's alpha.

Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": 1 is perfect agreement, 0 what
chance would give, below 0 is worse than chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from partnerfit.model import Constraint, Objective, State

Metric = Literal["nominal", "ordinal"]

LEVELS = ("low", "medium", "high")
SEVERITIES = ("minor", "major", "red-line")
FIELDS: dict[str, tuple[str, ...] | None] = {
    "section": None,
    "measure": None,
    "stance": None,
    "priority": LEVELS,
    "confidence": LEVELS,
    "towards": None,
    "except": None,
    "exclusive": None,
    "requires": None,
    "until": None,
    "role": None,
    "kind": None,
    "severity": SEVERITIES,
}
"""The fields compared; the order of the values of an ordinal one."""


@dataclass(frozen=True)
class FieldAgreement:
    """Agreement on one field over the entries that both coded.

    `share` is in [0, 1]; `alpha` is at most 1, or None where all values are the same or none is.
    """

    field: str
    metric: Metric
    entries: int
    share: float
    alpha: float | None
    differing: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """Two codings compared: field by field, and the entries (`state:id`) that only one of them has."""

    fields: tuple[FieldAgreement, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def agreement(one: Iterable[State], other: Iterable[State]) -> Agreement:
    """Compare two codings of the same states, entry by entry.

    Entries are matched by state and id; the field `section` tells whether both took an entry for
    an objective, a constraint or context. Fields that no entry has are left out.
    """
    codings = [dict(pair for state in states for pair in _codes(state)) for states in (one, other)]
    shared = sorted(codings[0].keys() & codings[1].keys())
    found = []
    for field, order in FIELDS.items():
        units = [
            (f"{entry[0]}:{entry[1]}", tuple(coding[entry][field] for coding in codings))
            for entry in shared
            if all(field in coding[entry] for coding in codings)
        ]
        if any(value for _, values in units for value in values):
            found.append(_field(field, units, order))
    only = [
        tuple(f"{state}:{entry}" for state, entry in sorted(own.keys() - others.keys()))
        for own, others in (codings, codings[::-1])
    ]
    return Agreement(tuple(found), *only)


def _field(
    field: str, units: list[tuple[str, tuple[str, ...]]], order: tuple[str, ...] | None
) -> FieldAgreement:
    differing = tuple(entry for entry, values in units if len(set(values)) > 1)
    metric: Metric = "nominal" if order is None else "ordinal"
    values = order or tuple(sorted({value for _, both in units for value in both}))
    return FieldAgreement(
        field=field,
        metric=metric,
        entries=len(units),
        share=1 - len(differing) / len(units),
        alpha=alpha([values for _, values in units], values, metric),
        differing=differing,
    )


def _codes(state: State) -> Iterable[tuple[tuple[str, str], dict[str, str]]]:
    """What was decided about each entry, as text; an empty text stands for a key left out."""
    for objective in state.objectives:
        yield (
            (state.id, objective.id),
            {
                "section": "objectives",
                "stance": objective.stance,
                "priority": objective.priority,
                "confidence": objective.confidence,
                "exclusive": "yes" if objective.exclusive else "",
                **_scope(objective),
            },
        )
    for constraint in state.constraints:
        yield (
            (state.id, constraint.id),
            {
                "section": "constraints",
                "role": constraint.role or "",
                "kind": constraint.kind,
                "severity": constraint.severity,
                **_scope(constraint),
            },
        )
    for background in state.context:
        yield ((state.id, background.id), {"section": "context", "measure": background.measure})


def _scope(statement: Objective | Constraint) -> dict[str, str]:
    theme = statement.theme if isinstance(statement, Constraint) else None
    return {
        "measure": statement.measure or f"theme {theme}",
        "towards": " ".join(sorted(statement.towards)),
        "except": " ".join(sorted(statement.excluding)),
        "requires": " ".join(sorted(statement.requires)),
        "until": statement.until or "",
    }


def alpha(units: Sequence[Sequence[str | None]], values: Sequence[str], metric: Metric) -> float | None:
    """Krippendorff's alpha for any number of coders.

    Args:
        units: for each unit the value each coder gave, None where one gave none.
        values: all values, in their order where the metric is ordinal.
        metric: how far apart two values are: any two alike, or by the ranks between them.

    Returns:
        At most 1; None where no two values can be paired or all are the same.
    """
    coincidences = _coincidences(units, values)
    totals = coincidences.sum(axis=1)
    count = totals.sum()
    distance = _distances(totals, metric)
    expected = float((np.outer(totals, totals) * distance).sum())
    if expected == 0:
        return None
    return 1.0 - float((count - 1) * (coincidences * distance).sum()) / expected


def _coincidences(units: Sequence[Sequence[str | None]], values: Sequence[str]) -> NDArray[np.float64]:
    """How often two coders of one unit gave each pair of values, weighted by the number of coders."""
    index = {value: i for i, value in enumerate(values)}
    found = np.zeros((len(values), len(values)))
    for unit in units:
        given = [index[value] for value in unit if value is not None]
        for i, first in enumerate(given):
            for j, second in enumerate(given):
                if i != j:
                    found[first, second] += 1 / (len(given) - 1)
    return found


def _distances(totals: NDArray[np.float64], metric: Metric) -> NDArray[np.float64]:
    if metric == "nominal":
        return 1.0 - np.eye(len(totals))
    below = np.cumsum(totals) - totals / 2
    squared: NDArray[np.float64] = (below[:, None] - below[None, :]) ** 2
    return squared
