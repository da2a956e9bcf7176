"""Assumed positions: how they are written, what they replace, and what stays."""

from __future__ import annotations

import pytest

from partnerfit.errors import UsageError
from partnerfit.scoring.whatif import Assumption, assume, assumed_of, is_assumed, read_assumption
from tests.build import constraint, context, measure, objective, state, themes
from tests.scoring.pairs import stand

TAXONOMY = themes(one=[measure("visas"), measure("schools")], two=[measure("talks", "joint")])
CONTEXT = context(TAXONOMY)
BREE = state("bree", "BBB", [objective(1, "visas", "seeks")])


def assuming(profile, *texts):
    return assume(profile, BREE, [read_assumption(text) for text in texts], CONTEXT)


def test_an_assumption_as_it_is_written():
    assert read_assumption("sweden:visa-facilitation=offers:medium") == Assumption(
        "sweden", "visa-facilitation", "offers", "medium"
    )
    assert read_assumption(" Côte d'Ivoire : visas = seeks : low ").state == "Côte d'Ivoire"
    assert str(read_assumption("a:b=seeks:low")) == "a:b=seeks:low"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("sweden visas", "STATE:MEASURE=STANCE:PRIORITY"),
        ("sweden:visas=offers", "STATE:MEASURE=STANCE:PRIORITY"),
        ("sweden:visas=gives:high", "no stance is called 'gives'"),
        ("sweden:visas=offers:huge", "no priority is called 'huge'"),
    ],
)
def test_what_is_written_otherwise_is_refused(text, complaint):
    with pytest.raises(UsageError, match=complaint):
        read_assumption(text)


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        (["arda:nothing=offers:low"], "no measure has the id 'nothing'"),
        (["arda:visas=supports:low"], "exchange measure; use seeks"),
        (["arda:talks=offers:low"], "joint measure; use resists, supports"),
        (["arda:visas=offers:low", "arda:visas=resists:low"], "already assumed"),
    ],
)
def test_what_cannot_be_assumed_is_refused(texts, complaint):
    with pytest.raises(UsageError, match=complaint):
        assuming(state("arda", "AAA"), *texts)


def test_an_assumption_speaks_to_the_partner_alone_and_has_no_source():
    assumed = assuming(state("arda", "AAA"), "arda:visas=offers:medium", "arda:talks=resists:low")
    first, second = assumed_of(assumed)
    assert (first.id, second.id) == ("assumed-1", "assumed-2")
    assert first.sources == ()
    assert first.towards == ("BBB",)
    assert is_assumed(first)
    position = stand(assumed, BREE, CONTEXT, "visas", "provider")
    assert position.gain == pytest.approx(2 / 3)
    assert (position.basis, position.confidence) == ("named", "high")
    assert stand(assumed, BREE, CONTEXT, "talks").gain == pytest.approx(-1 / 3)


def test_it_takes_the_place_of_what_the_state_says_in_that_role():
    """Of a refusal that names the partner, and of what is done with others; not of the other role."""
    arda = state(
        "arda",
        "AAA",
        [
            objective(1, "visas", "resists", towards=["BBB"]),
            objective(2, "visas", "offers", towards=["CCC"]),
            objective(3, "visas", "seeks", "low"),
        ],
    )
    assumed = assuming(arda, "arda:visas=accepts:low")
    position = stand(assumed, BREE, CONTEXT, "visas", "provider")
    assert [o.id for o in position.objectives] == ["assumed-1"]
    assert position.gain == pytest.approx(-1 / 3)
    assert not position.mixed
    assert [o.id for o in stand(assumed, BREE, CONTEXT, "visas", "receiver").deciding] == ["o-3"]
    assert not any(is_assumed(o) for o in arda.objectives)


def test_it_changes_nothing_towards_others():
    arda = state("arda", "AAA", [objective(1, "visas", "resists")])
    assumed = assuming(arda, "arda:visas=offers:high")
    other = state("cara", "CCC", [objective(1, "visas", "seeks")])
    assert stand(assumed, other, CONTEXT, "visas", "provider").gain == -1


def test_constraints_stay():
    arda = state(
        "arda",
        "AAA",
        constraints=[
            constraint(1, "major", measure="schools"),
            constraint(2, "red-line", measure="visas", as_="provider"),
        ],
    )
    assumed = assuming(arda, "arda:schools=offers:high", "arda:visas=offers:high")
    assert stand(assumed, BREE, CONTEXT, "schools", "provider").gain == pytest.approx(0.5)
    assert stand(assumed, BREE, CONTEXT, "visas", "provider").red_lines


def test_nothing_assumed_is_the_profile_itself():
    assert assuming(BREE) is BREE
