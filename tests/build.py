"""Small taxonomies, groups and states for tests, with everything irrelevant filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partnerfit.model import Groups, State, Themes
from partnerfit.scoring.method import Context, Method

COMPETENCE = {"level": "national", "limit": "Nothing.", "basis": ["Article 1"], "sources": ["treaty"]}
SOURCE = {
    "id": "src",
    "title": "A text",
    "publisher": "A ministry",
    "date": "2025",
    "url": "https://example.org/text",
    "kind": "official-state",
}


def measure(name: str, mode: str = "exchange", **more: Any) -> dict[str, Any]:
    """One measure; `more` are further keys of the model."""
    wording = (
        {"together": f"do {name} together"} if mode == "joint" else {"give": f"give {name} to {{receiver}}"}
    )
    return {
        "id": name,
        "name": name,
        "mode": mode,
        "means": name,
        "competence": COMPETENCE,
        **wording,
        **more,
    }


def themes(**by_theme: Sequence[Mapping[str, Any]]) -> Themes:
    """A taxonomy: measures by theme; underscores in a theme's name become hyphens."""
    entries = [
        {"id": key.replace("_", "-"), "name": key, "measures": list(measures)}
        for key, measures in by_theme.items()
    ]
    return Themes.model_validate(
        {"version": "test", "themes": entries, "sources": [{**SOURCE, "id": "treaty"}]}
    )


def groups(*entries: Mapping[str, Any]) -> Groups:
    """Groups; each entry gives at least a code."""
    filled = [
        {
            "name": e["code"],
            "short": e["code"],
            "kind": "organisation",
            "sources": ["https://example.org"],
            **e,
        }
        for e in entries
    ]
    return Groups.model_validate({"groups": filled})


def context(taxonomy: Themes, known: Groups | None = None, method: Method | None = None) -> Context:
    """What pairs are judged against."""
    return Context(taxonomy, known or groups(), method or Method())


def objective(
    number: int | str, measure_id: str, stance: str, priority: str = "high", **more: Any
) -> dict[str, Any]:
    """One objective, of high confidence unless said otherwise; `except_` stands for the key `except`."""
    return {
        "id": f"o-{number}",
        "measure": measure_id,
        "stance": stance,
        "priority": priority,
        "confidence": "high",
        "summary": "A wish.",
        "sources": ["src"],
        **_keys(more),
    }


def constraint(number: int | str, severity: str, **more: Any) -> dict[str, Any]:
    """One constraint; `as_` and `except_` stand for the keys `as` and `except`."""
    return {
        "id": f"c-{number}",
        "kind": "political",
        "severity": severity,
        "summary": "A limit.",
        "sources": ["src"],
        **_keys(more),
    }


def state(
    name: str,
    iso3: str,
    objectives: Sequence[Mapping[str, Any]] = (),
    constraints: Sequence[Mapping[str, Any]] = (),
    **more: Any,
) -> State:
    """One profile, reviewed on 1 November 2026."""
    return State.model_validate(
        {
            "id": name,
            "name": name.capitalize(),
            "official_name": name.upper(),
            "iso2": iso3[:2],
            "iso3": iso3,
            "reviewed": "2026-11-01",
            "objectives": list(objectives),
            "constraints": list(constraints),
            "sources": [SOURCE],
            **more,
        }
    )


def interest(name: str, weight: int) -> dict[str, Any]:
    """What lies behind the positions of a state."""
    return {"interest": name, "weight": weight, "summary": f"Its {name}.", "sources": ["src"]}


def framing(name: str, *interests: str, **more: Any) -> dict[str, Any]:
    """A way to present a theme that emphasises some interests."""
    return {
        "id": name,
        "name": name,
        "says": "Together.",
        "emphasises": [{"interest": key, "open_with": f"About {key}."} for key in interests],
        "sources": ["src"],
        **more,
    }


def initiative(name: str, **more: Any) -> dict[str, Any]:
    """What Afghanistan and Belgium have done together on jobs since 2019, unless said otherwise."""
    return {
        "id": name,
        "name": name,
        "years": {"from": 2019},
        "partners": ["AFG", "BEL"],
        "measures": ["jobs"],
        "framing": "Work for all.",
        "gains": [{"gain": "work"}],
        "results": "Ten jobs.",
        "lessons": "Begin early.",
        "sources": ["src"],
        **more,
    }


def _keys(more: Mapping[str, Any]) -> dict[str, Any]:
    return {key.rstrip("_"): value for key, value in more.items()}
