"""Small pairs of states with something to bargain over, worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partnerfit import Comparison, compare
from partnerfit.model import State
from partnerfit.render.words import Wording
from partnerfit.scoring.method import Context
from partnerfit.scoring.packages import Packages, packages
from partnerfit.scoring.pair import judge
from partnerfit.scoring.whatif import assume, read_assumption
from tests import build

UNION = {
    **build.COMPETENCE,
    "level": "union",
    "limit": "The Union decides.",
    "basis": ["Article 2"],
    "give": "ask the Union to give vis to {receiver}",
}
SHARED = {**build.COMPETENCE, "level": "shared", "limit": "The Union sets limits.", "basis": ["Article 3"]}


def named(key: str, name: str, mode: str = "exchange", **more: Any) -> dict[str, Any]:
    """A measure whose name is not its id, so that a page that confuses them is found out."""
    return {**build.measure(key, mode, **more), "name": name}


TAXONOMY = build.themes(
    work=[named("skl", "Skills partnership")],
    travel=[
        named("vis", "Visa facilitation", competence=UNION),
        named("pas", "Passport checks", competence=SHARED),
    ],
    back=[named("rea", "Readmission", competence=SHARED)],
    talks=[named("tra", "Joint training", "joint")],
)
CONTEXT = build.context(
    TAXONOMY, build.groups({"code": "EU", "members": ["BEL", "DNK"], "institution": True})
)

# Worth to Arda and Bree: training (2/3, 2/3); visas from Bree (1, -1/3); readmission by Arda (-2/3, 1);
# skills from Bree (1/3, 2/3), if there is readmission; passports from Arda (-1/3, 1/3).
# The balanced package is all but passports: (4/3, 2) over (2/3, 2/3).
ARDA = build.state(
    "arda",
    "AFG",
    [
        build.objective("tra", "tra", "supports", "medium"),
        build.objective("vis", "vis", "seeks"),
        build.objective("rea", "rea", "accepts", "medium"),
        build.objective("skl", "skl", "seeks", "low"),
        build.objective("pas", "pas", "accepts", "low"),
    ],
)
BREE = build.state(
    "bree",
    "BEL",
    [
        build.objective("tra", "tra", "supports", "medium"),
        {**build.objective("vis", "vis", "accepts", "low"), "confidence": "low"},
        build.objective("rea", "rea", "seeks"),
        build.objective("skl", "skl", "offers", "medium", requires=["rea"]),
        build.objective("pas", "pas", "seeks", "low"),
    ],
)

# Visas for passports is worth (1/3, 2/3), with readmission by Bree on top (2/3, 1/3): the products are the
# same, so it is the one with fewer items. Of the most they could get, 4/3 and 1, the shares are 1/4 and
# 2/3, a balance of 0.375; with readmission 1/2 and 1/3, which is 0.67.
TILTED = (
    build.state(
        "arda",
        "AFG",
        [
            build.objective(1, "rea", "seeks", "low"),
            build.objective(2, "pas", "accepts", "medium"),
            build.objective(3, "vis", "seeks", "high"),
        ],
    ),
    build.state(
        "bree",
        "BEL",
        [
            build.objective(1, "rea", "accepts", "low"),
            build.objective(2, "pas", "seeks", "high"),
            build.objective(3, "vis", "accepts", "low"),
        ],
    ),
)


def compared(
    a: State = ARDA, b: State = BREE, *assumed: str, context: Context = CONTEXT, **found: Any
) -> tuple[Comparison, Packages]:
    """Two states compared, and their packages, with what is assumed of them; `found` goes to `packages`."""
    said = [read_assumption(text) for text in assumed]
    one, other = (
        assume(state, partner, [s for s in said if s.state == state.id], context)
        for state, partner in ((a, b), (b, a))
    )
    result = compare(one, other, context, draws=20)
    pair = judge(*result.partners, context, result.as_of)
    return result, packages(pair, **{"draws": 20, **found})


def spoken(result: Comparison, codes: Mapping[str, str] | None = None) -> Wording:
    """The sentences on two states."""
    return Wording(result, codes or {})


def ids(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """The measures of some records."""
    return [entry["measure"] for entry in entries]
