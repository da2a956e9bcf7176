"""Packages -> plain data for programs, and rows for CSV."""

from __future__ import annotations

from collections.abc import Sequence

from partnerfit.render.records import Record, competence, share
from partnerfit.scoring.comparison import Comparison, Item
from partnerfit.scoring.ledger import Package
from partnerfit.scoring.packages import Packages, RedLinePrice

COLUMNS = tuple(
    """
    kind measure provider receiver state_a gain_a state_b gain_b conceded_by paid_by unlocked confidence
    assumed eu_competence
    """.split()
)
_TERMS = ("version", "as_of", "seed", "data", "method")


def packages(
    terms: Record,
    result: Comparison,
    found: Packages,
    prices: tuple[RedLinePrice, ...] | None = None,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Record:
    """The record of `package`; `terms` is the record of the comparison of the two states.

    `include` and `exclude` are the ids of measures that were asked for or left out.
    """
    record = {key: terms[key] for key in _TERMS} | {
        "assumed": assumed(found),
        "include": list(include),
        "exclude": list(exclude),
        "partners": terms["partners"],
        "packages": [package(p, result) for p in found.packages],
        "swaps": [
            {
                "items": [_item(item) for item in swap.items],
                "net": {state: share(value) for state, value in swap.net.items()},
            }
            for swap in found.swaps
        ],
        "core": [{**_item(core.item), "share": share(core.share)} for core in found.core],
        "requirements": [
            {
                **_item(requires.item),
                "measures": list(requires.measures),
                "met_by": [_item(item) for item in requires.met_by],
                "statements": [{"state": state, "id": s.id} for state, s in requires.statements],
            }
            for requires in found.requirements
        ],
        "missing": list(found.missing),
    }
    if prices is not None:
        record["red_line_prices"] = [
            {
                "state": price.state,
                "constraint": price.constraint.id,
                "measure": price.constraint.measure,
                "gains": price.gains and {state: share(value) for state, value in price.gains.items()},
            }
            for price in prices
        ]
    return record


def assumed(found: Packages) -> list[Record]:
    """What is supposed of the partners."""
    return [
        {"state": state, "id": o.id, "measure": o.measure, "stance": o.stance, "priority": o.priority}
        for state, o in found.assumed
    ]


def package(found: Package, result: Comparison) -> Record:
    """One package of the two states compared; every object is by state id."""
    return {
        "kind": found.kind,
        "exact": found.exact,
        "items": [
            {
                **_item(entry.item),
                "gains": {state: share(gain) for state, gain in entry.gains.items()},
                "conceded_by": entry.conceded_by,
                "paid_by": [payer.item.measure.id for payer in entry.paid_by],
                "payments": [_item(payer.item) | {"how": payer.how} for payer in entry.paid_by],
                "unlocked": entry.unlocked,
                "confidence": entry.item.confidence,
                "assumed": list(entry.assumed),
                "eu_competence": competence(entry.item.measure) if result.bound(entry.item.measure) else None,
            }
            for entry in found.entries
        ],
        "utility": {state: share(value) for state, value in found.utility.items()},
        "reference": {state: share(value) for state, value in found.reference.items()},
        "share_of_ideal": {state: share(value) for state, value in found.share_of_ideal.items()},
        "share_of_wishes": {state: share(value) for state, value in found.share_of_wishes.items()},
        "balance": share(found.balance),
        "one_sided": found.one_sided,
        "more_balanced": package(found.more_balanced, result) if found.more_balanced else None,
        "kept_out": [
            {**_item(kept.item), "needs": list(kept.needs), "possible": kept.possible}
            for kept in found.kept_out
        ],
    }


def _item(item: Item) -> Record:
    return {"measure": item.measure.id, "provider": item.provider, "receiver": item.receiver}


def rows(found: Packages, result: Comparison) -> list[Record]:
    """The items of every package, one row each; the partners, as they were named, as columns a and b."""
    first, second = (partner.id for partner in result.partners)
    return [
        {
            "kind": kind["kind"],
            **{
                key: item[key]
                for key in ("measure", "provider", "receiver", "conceded_by", "unlocked", "confidence")
            },
            "state_a": first,
            "gain_a": item["gains"][first],
            "state_b": second,
            "gain_b": item["gains"][second],
            "paid_by": " ".join(item["paid_by"]),
            "assumed": " ".join(item["assumed"]),
            "eu_competence": item["eu_competence"] and item["eu_competence"]["level"],
        }
        for kind in (package(p, result) for p in found.packages)
        for item in kind["items"]
    ]
