"""Matches, changes and agreement -> plain data for programs."""

from __future__ import annotations

from collections.abc import Iterable

from partnerfit.render.records import Record, points, share
from partnerfit.scoring.agreement import Agreement, FieldAgreement
from partnerfit.scoring.changes import Changes, ThemeChange
from partnerfit.scoring.matches import Match, Matches

VERSION = 1


def matches(found: Matches, method: str, overlays: Iterable[str]) -> Record:
    """All partners of one state."""
    return {
        "version": VERSION,
        "as_of": found.as_of.isoformat(),
        "method": method,
        "overlays": list(overlays),
        "state": found.state.id,
        "ranked": [{"rank": rank, **_match(match)} for rank, match in enumerate(found.ranked, 1)],
        "too_little_known": [_match(match) for match in found.too_little],
    }


def match_rows(found: Matches) -> list[Record]:
    """All partners of one state, one row each; those of whom too little is known have no rank."""
    rows = [(rank, match) for rank, match in enumerate(found.ranked, 1)]
    rows += [(None, match) for match in found.too_little]  # type: ignore[misc]
    return [
        {"rank": rank, **{k: " ".join(v) if isinstance(v, list) else v for k, v in _match(match).items()}}
        for rank, match in rows
    ]


def _match(match: Match) -> Record:
    best = match.best
    return {
        "partner": match.partner.id,
        "mean_fit": points(match.mean_fit),
        "known": match.known,
        "win_wins": match.win_wins,
        "themes": list(match.themes),
        "best_measure": best.measure.id if best else None,
        "best_provider": best.provider if best else None,
        "best_fit": points(best.fit) if best else None,
    }


def changes(found: Changes, against: str, overlays: Iterable[str]) -> Record:
    """What a change does to scores."""
    return {
        "version": VERSION,
        "against": against,
        "overlays": list(overlays),
        "added": list(found.added),
        "removed": list(found.removed),
        "changed": list(found.changed),
        "pairs_compared": found.touched,
        "themes": change_rows(found.themes),
    }


def change_rows(themes: Iterable[ThemeChange]) -> list[Record]:
    """Changed themes, one row each."""
    return [
        {
            "a": change.pair[0],
            "b": change.pair[1],
            "theme": change.theme.id,
            "before": points(change.before.score),
            "after": points(change.after.score),
            "change": points(change.difference),
            "tension_before": points(change.before.tension),
            "tension_after": points(change.after.tension),
            "price_before": points(change.before.price),
            "price_after": points(change.after.price),
            "assessment_before": change.before.assessment,
            "assessment_after": change.after.assessment,
        }
        for change in themes
    ]


def agreement(found: Agreement, states: Iterable[str]) -> Record:
    """Agreement of two codings."""
    return {
        "version": VERSION,
        "states": list(states),
        "only_first": list(found.only_first),
        "only_second": list(found.only_second),
        "fields": agreement_rows(found.fields),
    }


def agreement_rows(fields: Iterable[FieldAgreement]) -> list[Record]:
    """Agreement by field, one row each."""
    return [
        {
            "field": field.field,
            "metric": field.metric,
            "entries": field.entries,
            "share": share(field.share),
            "alpha": share(field.alpha),
            "differing": " ".join(field.differing),
        }
        for field in fields
    ]
