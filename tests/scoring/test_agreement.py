"""Agreement of two codings, with the published worked example of Krippendorff's alpha."""

from __future__ import annotations

import pytest

from partnerfit.scoring.agreement import agreement, alpha
from tests.build import constraint, objective, state

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units.
PUBLISHED = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]


@pytest.mark.parametrize(("metric", "expected"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_the_published_example(metric, expected):
    units = list(zip(*(row.replace(".", "-").split() for row in PUBLISHED), strict=True))
    units = [[None if value == "-" else value for value in unit] for unit in units]
    assert alpha(units, "12345", metric) == pytest.approx(expected, abs=0.0005)


def test_perfect_agreement_and_none():
    assert alpha([("a", "a"), ("b", "b")], "ab", "nominal") == 1
    assert alpha([("a", "a"), ("a", "a")], "ab", "nominal") is None
    assert alpha([("a", None)], "ab", "nominal") is None


def test_two_coders_by_hand():
    """Units aa, ab, bb: o_ab = 1, n_a = n_b = 3, n = 6. Observed (n - 1) * 2 * 1 = 10, expected 2 * 9 = 18:
    alpha = 1 - 10/18 = 4/9."""
    assert alpha([("a", "a"), ("a", "b"), ("b", "b")], "ab", "nominal") == pytest.approx(4 / 9)


def coded(*objectives, constraints=(), **more):
    return [state("arda", "AAA", objectives, constraints, **more)]


def test_entries_are_matched_by_id_and_fields_compared():
    one = coded(
        objective(1, "aa", "offers", "high"),
        objective(2, "aa", "seeks", "low", towards=["TUN", "SWE"]),
        objective(3, "aa", "seeks", "low"),
        constraints=[constraint(1, "major", measure="aa", as_="provider")],
    )
    other = coded(
        objective(1, "aa", "accepts", "high"),
        objective(2, "aa", "seeks", "medium", towards=["SWE", "TUN"]),
        objective(4, "aa", "seeks", "low"),
        constraints=[constraint(1, "red-line", measure="aa", as_="provider")],
    )
    fields = {field.field: field for field in agreement(one, other).fields}
    assert (fields["stance"].entries, fields["stance"].share) == (2, 0.5)
    assert fields["stance"].differing == ("arda:o-1",)
    assert (fields["priority"].metric, fields["priority"].share) == ("ordinal", 0.5)
    assert fields["towards"].share == 1
    assert fields["severity"].differing == ("arda:c-1",)
    assert (fields["measure"].alpha, fields["section"].share) == (None, 1)
    assert "requires" not in fields


def test_the_section_tells_position_from_background():
    background = {"id": "o-1", "measure": "aa", "summary": "A law.", "sources": ["src"]}
    fields = {
        f.field: f for f in agreement(coded(objective(1, "aa", "offers")), coded(context=[background])).fields
    }
    assert fields["section"].differing == ("arda:o-1",)
    assert "stance" not in fields


def test_entries_of_one_coder_alone_are_named_and_not_counted():
    found = agreement(
        coded(objective(1, "aa", "offers"), objective(2, "aa", "seeks")), coded(objective(1, "aa", "offers"))
    )
    assert (found.only_first, found.only_second) == (("arda:o-2",), ())
    assert {field.entries for field in found.fields} == {1}
