"""A small pair of states in which most of what can be said occurs."""

from __future__ import annotations

from partnerfit import Comparison, compare
from partnerfit.render.words import Wording
from partnerfit.scoring.comparison import Item, ThemeFit
from tests import build

CODES = {"AFG": "Afghanistan", "BEL": "Belgium", "CHE": "Switzerland", "CLUB": "the club", "EU": "the EU"}
UNION_MEASURE = {**build.COMPETENCE, "level": "union", "limit": "Rules.", "give": "ask the Union for visas"}
TAXONOMY = build.themes(
    work=[build.measure("jobs"), build.measure("skills"), build.measure("loans")],
    stay=[
        build.measure("visas", competence=UNION_MEASURE),
        build.measure("returns"),
        build.measure("papers"),
        build.measure("pact", "joint"),
    ],
    quiet=[build.measure("films")],
)
GROUPS = build.groups(
    {"code": "CLUB", "members": ["CHE"]}, {"code": "EU", "members": ["BEL"], "institution": True}
)
ALPHA = build.state(
    "alpha",
    "AFG",
    [
        build.objective("visas", "visas", "seeks"),
        build.objective("jobs", "jobs", "seeks", "medium", towards=["CHE", "CLUB"]),
        build.objective("returns", "returns", "accepts", "low", requires=["visas"]),
        build.objective("papers", "papers", "resists", towards=["BEL"]),
        build.objective("skills", "skills", "seeks"),
        build.objective("pact", "pact", "supports", "medium", except_=["CHE"]),
        build.objective("loans", "loans", "seeks", towards=["EU"]),
    ],
    [
        build.constraint("papers", "red-line", measure="papers", as_="provider"),
        build.constraint("skills", "major", measure="skills", as_="receiver"),
    ],
)
BETA = build.state(
    "beta",
    "BEL",
    [
        {**build.objective("visas-b", "visas", "offers", "medium"), "confidence": "low"},
        build.objective("jobs-b", "jobs", "offers"),
        build.objective("returns-b", "returns", "seeks"),
        build.objective("papers-b", "papers", "seeks", towards=["AFG"]),
        build.objective("pact-b", "pact", "supports"),
    ],
)


def made() -> Comparison:
    """Alpha and Beta compared, with few draws."""
    return compare(ALPHA, BETA, build.context(TAXONOMY, GROUPS), draws=100)


def wording() -> Wording:
    """The sentences on Alpha and Beta."""
    return Wording(made(), CODES)


def item(comparison: Comparison, measure: str, provider: str | None) -> Item:
    """The item of a measure in one direction."""
    return next(i for i in comparison.items if (i.measure.id, i.provider) == (measure, provider))


def theme(comparison: Comparison, key: str) -> ThemeFit:
    """One theme."""
    return next(t for t in comparison.themes if t.theme.id == key)
