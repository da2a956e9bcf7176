"""Names: spellings that are one name, and those that never are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerfit.names import Index, fold

COUNTRIES = Index(
    {
        "tunisia": ("Tunisia", "TN", "TUN", "Tunisie", "تونس"),
        "nigeria": ("Nigeria", "NG", "NGA", "Nigéria"),
        "ukraine": ("Ukraine", "UA", "UKR", "Україна"),
        "cote-divoire": ("Côte d'Ivoire", "CI", "CIV", "Ivory Coast"),
        "south-africa": ("South Africa", "ZA", "ZAF", "République d’Afrique du Sud", "南非"),
    }
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tunisia", "tunisia"),
        ("Tunisia", "TUNISIA"),
        ("Nigéria", "Nigeria"),
        ("Nige\u0301ria", "Nig\u00e9ria"),
        ("Côte d'Ivoire", "cote d’ivoire"),
        ("Côte d'Ivoire", "COTE-D-IVOIRE"),
        ("  South   Africa ", "south-africa"),
        ("Türkiye", "turkiye"),
        ("TÜRKİYE", "türkiye"),
        ("Straße", "STRASSE"),
        ("Κύπρος", "ΚΥΠΡΟΣ"),
        ("Україна", "УКРАЇНА"),
        ("تُونِس", "تونس"),
        ("Ｔｕｎｉｓｉａ", "Tunisia"),
        ("U.K.", "uk"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Niger", "Nigeria"), ("UK", "Ukraine"), ("Guinea", "Guinea-Bissau"), ("Congo", "DR Congo")],
)
def test_names_of_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(name: str) -> None:
    folded = fold(name)
    assert fold(folded) == folded
    assert " " not in folded


@settings(deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyzéèüñç", max_size=20), st.sampled_from([" ", "-", "'", ".", "’"]))
def test_case_and_punctuation_do_not_count(name: str, mark: str) -> None:
    assert fold(name.upper()) == fold(name) == fold(mark.join(name))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("tunisia", "tunisia"),
        ("TUN", "tunisia"),
        ("tn", "tunisia"),
        ("TUNISIE", "tunisia"),
        ("تونس", "tunisia"),
        ("Україна", "ukraine"),
        ("nigeria", "nigeria"),
        ("NIGÉRIA", "nigeria"),
        ("Cote dIvoire", "cote-divoire"),
        ("republique d'afrique du sud", "south-africa"),
        ("南非", "south-africa"),
    ],
)
def test_a_name_is_found(name: str, found: str) -> None:
    assert COUNTRIES.find(name) == (found,)


@pytest.mark.parametrize(
    "name", ["", " ", "UK", "Niger", "Tunis", "tunsia", "Africa", "T", "TUNI", "...", "🏳"]
)
def test_a_name_is_never_guessed(name: str) -> None:
    assert COUNTRIES.find(name) == ()


def test_a_name_claimed_by_two_finds_both() -> None:
    index = Index({"niger": ("Niger", "NE"), "nigeria": ("Nigeria", "Niger")})
    assert index.find("niger") == ("niger", "nigeria")
    assert index.find("NE") == ("niger",)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("tunsia", "tunisia"),
        ("Tunesia", "tunisia"),
        ("Niger", "nigeria"),
        ("Ukrain", "ukraine"),
        ("Ivory", "cote-divoire"),
        ("africa", "south-africa"),
        ("تونسس", "tunisia"),
    ],
)
def test_suggestions_are_ids_nearest_first(name: str, first: str) -> None:
    assert COUNTRIES.close(name)[0] == first


def test_suggestions_are_few_and_named_once() -> None:
    index = Index({f"land-{i}": (f"Land {i}", f"Lande {i}") for i in range(9)})
    assert len(index.close("land")) == 3
    assert len(index.close("land", most=5)) == 5
    assert index.close("land-4")[0] == "land-4"


@pytest.mark.parametrize("name", ["", "xyzzy", "??"])
def test_nothing_alike(name: str) -> None:
    assert COUNTRIES.close(name) == ()
