"""Concessions in groups: what hangs together, what goes along, what it brings."""

from __future__ import annotations

import itertools

import pytest

from partnerfit import Catalogue
from partnerfit.scoring.exchange import exchanges
from partnerfit.scoring.ledger import Package
from partnerfit.scoring.packages import balanced
from partnerfit.scoring.pair import judge
from tests.render import bargains


@pytest.fixture(scope="module")
def package() -> Package:
    """Visas from Bree against readmission by Arda, which makes skills possible; training costs nobody."""
    return balanced(judge(bargains.ARDA, bargains.BREE, bargains.CONTEXT, bargains.ARDA.reviewed))


def test_concessions_that_hang_together_are_one_exchange(package: Package) -> None:
    (found,) = exchanges(package)
    given = {state: [e.item.measure.id for e in entries] for state, entries in found.concessions.items()}
    assert given == {"arda": ["rea"], "bree": ["vis"]}
    assert [entry.item.measure.id for entry in found.along] == ["skl"]
    # 1 - 2/3 + 1/3 for Arda, 1 - 1/3 + 2/3 for Bree.
    assert found.net == pytest.approx({"arda": 2 / 3, "bree": 4 / 3})


def test_every_concession_is_in_one_exchange_with_what_pays_for_it(catalogue: Catalogue) -> None:
    context = catalogue.context()
    states = [catalogue.state(state) for state in catalogue.state_ids]
    seen = 0
    for a, b in itertools.islice(itertools.combinations(states, 2), 0, None, 4):
        found = balanced(judge(a, b, context, max(a.reviewed, b.reviewed)))
        groups = exchanges(found)
        held = [e for g in groups for entries in g.concessions.values() for e in entries]
        assert sorted(e.item.measure.id for e in held) == sorted(e.item.measure.id for e in found.concessions)
        for group in groups:
            own = [e.item for entries in (*group.concessions.values(), group.along) for e in entries]
            assert all(payer.item in own for e in held if e.item in own for payer in e.paid_by)
            seen += 1
        if groups:
            for state in (a.id, b.id):
                together = sum(group.net[state] for group in groups)
                assert together == pytest.approx(found.utility[state] - found.reference[state])
    assert seen


def test_without_concessions_there_is_none(catalogue: Catalogue) -> None:
    a, b = catalogue.state("greece"), catalogue.state("egypt")
    assert exchanges(balanced(judge(a, b, catalogue.context(), max(a.reviewed, b.reviewed)))) == ()
