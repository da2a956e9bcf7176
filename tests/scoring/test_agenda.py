"""What two states can put into a package, and what it is worth there."""

from __future__ import annotations

import numpy as np
import pytest

from partnerfit import Catalogue
from partnerfit.errors import UsageError
from partnerfit.scoring.agenda import agenda, capped
from partnerfit.scoring.packages import packages, red_line_prices
from partnerfit.scoring.pair import judge
from partnerfit.scoring.whatif import assume, read_assumption
from tests import build
from tests.scoring.pairs import DAY

TAXONOMY = build.themes(
    work=[build.measure("jobs"), build.measure("care", needs_any=["jobs"])],
    back=[build.measure("returns"), build.measure("visas")],
)
CONTEXT = build.context(TAXONOMY)


def pair(*wishes: dict, of_other: tuple[dict, ...], limits: tuple[dict, ...] = ()):
    first = build.state("arda", "AFG", list(wishes))
    second = build.state("bree", "BEL", list(of_other), list(limits))
    return judge(first, second, CONTEXT, DAY)


def test_what_rests_on_another_is_worth_no_more_than_that():
    """Jobs (1, -1/3) and care (1, 1), which rests on them: to the second side it is worth 0."""
    known = agenda(
        pair(
            build.objective(1, "jobs", "seeks"),
            build.objective(2, "care", "seeks"),
            of_other=(build.objective(1, "jobs", "accepts", "low"), build.objective(2, "care", "offers")),
        )
    )
    gains = dict(zip(known.table.measures, known.table.gains.round(3).tolist(), strict=True))
    assert gains == {"care": [1.0, 0.0], "jobs": [1.0, -0.333]}


def test_only_what_is_allowed_can_be_rested_on():
    known = agenda(
        pair(
            build.objective(1, "jobs", "seeks"),
            build.objective(2, "care", "seeks"),
            of_other=(build.objective(1, "jobs", "offers"), build.objective(2, "care", "offers")),
        )
    )
    everything = np.ones(len(known.table.measures), dtype=np.bool_)
    nothing = ~everything
    assert capped(known.table.gains, known.ties, everything).tolist() == [[1.0, 1.0], [1.0, 1.0]]
    assert capped(known.table.gains, known.ties, nothing).tolist() == [[1.0, 1.0], [1.0, 1.0]]


def test_a_red_line_closes_an_item_also_where_its_owner_would_gain():
    """An assumed wish of the one who drew the line does not open what it closed."""
    line = build.constraint(1, "red-line", measure="returns", **{"as": "receiver"})
    found = agenda(
        pair(
            build.objective(1, "returns", "accepts", "low"),
            build.objective(2, "visas", "seeks"),
            of_other=(build.objective(1, "returns", "seeks"), build.objective(2, "visas", "offers")),
            limits=(line,),
        )
    )
    assert found.table.measures == ("visas",)


def test_the_core_index_keeps_to_the_cap(catalogue: Catalogue):
    """Germany's rules of recruitment do not pay for a channel that it would rather not open."""
    a, b = catalogue.state("germany"), catalogue.state("uganda")
    found = packages(judge(a, b, catalogue.context(), max(a.reviewed, b.reviewed)))
    inside = {(item.measure.id, item.provider) for item in found.balanced.items}
    outside = [c.share for c in found.core if (c.item.measure.id, c.item.provider) not in inside]
    assert all(share < 0.95 for share in outside)


def test_prices_of_red_lines_keep_to_what_is_excluded(catalogue: Catalogue):
    context = catalogue.context()
    a, b = catalogue.state("tunisia"), catalogue.state("sweden")
    said = read_assumption("sweden:readmission-third-country-nationals=seeks:high")
    b = assume(b, a, [said], context)
    found = judge(a, b, context, max(a.reviewed, b.reviewed))
    prices = red_line_prices(found, max(a.reviewed, b.reviewed), (), ("visa-facilitation",))
    assert prices
    for price in prices:
        assert price.package is None or "visa-facilitation" not in price.package.measures


@pytest.mark.parametrize("name", ["nonsense", "jobs"])
def test_what_cannot_be_included(name: str):
    known = agenda(pair(of_other=()))
    with pytest.raises(UsageError):
        known.limited([name], [])
