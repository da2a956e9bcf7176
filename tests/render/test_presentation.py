"""How to present a theme: in short on a comparison, in full in an explanation, in the record."""

from __future__ import annotations

from typing import Any

import pytest

from partnerfit import Comparison, compare
from partnerfit.model import Themes
from partnerfit.render import plain, records
from partnerfit.render.blocks import Heading, Listing, Page
from partnerfit.render.views import comparison as comparing
from partnerfit.render.views import explanation, presentation
from partnerfit.scoring.comparison import ThemeFit
from partnerfit.scoring.packages import balanced
from partnerfit.scoring.pair import judge
from tests import build
from tests.render.bargains import spoken

THEMES = ("one", "two", "three", "four", "five")


def framed(*names: str, **more: Any) -> Themes:
    """Themes with one exchange measure each and a framing for each of them."""
    taxonomy = build.themes(
        **{name: [build.measure(f"m-{name}"), build.measure(f"n-{name}")] for name in names}
    )
    written = taxonomy.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for theme in written["themes"]:
        entry = build.framing(f"f-{theme['id']}", "mobility", "prosperity", **more)
        theme["framings"] = [{**entry, "name": f"As {theme['id']}", "says": "Side by side."}]
    return Themes.model_validate(written)


def pair(*levels: tuple[str, str], contested: tuple[str, ...] = (), taxonomy: Themes) -> Comparison:
    """Alpha seeks what Beta offers, a theme each, with these priorities; on some it refuses one."""
    names = [theme.id for theme in taxonomy.themes]
    a = [build.objective(f"m-{n}", f"m-{n}", "seeks", a) for n, (a, _) in zip(names, levels, strict=False)]
    b = [build.objective(f"m-{n}", f"m-{n}", "offers", b) for n, (_, b) in zip(names, levels, strict=False)]
    a += [build.objective(f"n-{n}", f"n-{n}", "seeks") for n in contested]
    b += [build.objective(f"n-{n}", f"n-{n}", "resists") for n in contested]
    alpha = build.state(
        "alpha", "AFG", a, interests=[build.interest("prosperity", 3), build.interest("mobility", 1)]
    )
    beta = build.state(
        "beta", "BEL", b, interests=[build.interest("mobility", 2), build.interest("security", 2)]
    )
    return compare(alpha, beta, build.context(taxonomy), draws=20)


HIGH, LOW = ("high", "high"), ("medium", "low")


def lines(page: Page | tuple[Any, ...]) -> list[str]:
    return [line for block in page if isinstance(block, Listing) for line in block.items]


def short(result: Comparison) -> tuple[Any, ...]:
    return tuple(
        presentation.in_short(spoken(result), (t for t in result.themes if t.assessment in comparing.FRAMED))
    )


def theme(result: Comparison, key: str) -> ThemeFit:
    return next(t for t in result.themes if t.theme.id == key)


def test_in_short_a_line_a_theme() -> None:
    result = pair(HIGH, taxonomy=framed("one", "two"))
    assert theme(result, "one").assessment == "win-win"
    blocks = short(result)
    assert blocks[0] == Heading("How to present it")
    assert lines(blocks) == ["one. As one: side by side."]
    assert "`partnerfit explain alpha beta THEME`" in plain.render(blocks)


def test_in_full_with_what_to_open_with_towards_each() -> None:
    """Supports: (3 + 1) / (√2 × 4) and 2 / (√2 × 4); what speaks to both comes first."""
    result = pair(HIGH, taxonomy=framed("one"))
    found = theme(result, "one").framing
    blocks = tuple(presentation.in_full(spoken(result), found))
    text = plain.render(blocks)
    assert "As one: side by side." in text
    assert lines(blocks) == [
        "With both, open with: About mobility.",
        "With Alpha also, open with: About prosperity.",
    ]
    assert "Alpha 0.71 and Beta 0.35" in text


def test_what_speaks_to_one_side_alone_is_told_for_it() -> None:
    taxonomy = framed("one")
    alpha, beta = pair(HIGH, taxonomy=taxonomy).partners
    one = alpha.model_copy(update={"interests": alpha.interests[:1]})
    result = compare(one, beta, build.context(taxonomy), draws=20)
    assert lines(tuple(presentation.in_full(spoken(result), theme(result, "one").framing))) == [
        "With Alpha, open with: About prosperity.",
        "With Beta, open with: About mobility.",
    ]


def test_the_sides_are_told_whoever_is_named_first() -> None:
    result = pair(HIGH, taxonomy=framed("one"))
    turned = compare(*result.partners[::-1], build.context(framed("one")), draws=20)
    assert theme(turned, "one").framing == theme(result, "one").framing


def test_without_a_framing_nothing_is_said() -> None:
    result = pair(HIGH, taxonomy=framed("one", measures=["n-one"]))
    assert theme(result, "one").framing is None
    assert short(result) == ()
    assert tuple(presentation.in_full(spoken(result), None)) == ()


def test_every_win_win_and_opening_has_its_line() -> None:
    taxonomy = framed(*THEMES)
    result = pair(HIGH, HIGH, HIGH, HIGH, ("medium", "medium"), contested=("five",), taxonomy=taxonomy)
    assert [t.assessment for t in result.themes] == ["win-win"] * 4 + ["opening"]
    assert [line.partition(".")[0] for line in lines(short(result))] == [t.theme.name for t in result.themes]


def test_only_the_first_promising_ones_have_one() -> None:
    result = pair(LOW, LOW, LOW, LOW, LOW, taxonomy=framed(*THEMES))
    assert {t.assessment for t in result.themes} == {"promising"}
    assert len(lines(short(result))) == presentation.MOST_THEMES


@pytest.mark.parametrize("contested", [(), ("two",)])
def test_a_comparison_frames_what_is_worth_presenting(contested: tuple[str, ...]) -> None:
    """A theme on which nothing but a refusal is known is not presented on the page."""
    result = pair(HIGH, contested=contested, taxonomy=framed("one", "two"))
    text = plain.render(comparing.page(spoken(result)))
    assert "one. As one: side by side." in text
    assert "As two" not in text


def test_an_explanation_shows_it_in_full() -> None:
    taxonomy = framed("one")
    result = pair(HIGH, taxonomy=taxonomy)
    for subject in (taxonomy.themes[0], taxonomy.themes[0].measures[0]):
        text = plain.render(explanation.page(spoken(result), subject))
        assert "How to present it" in text
        assert "With Alpha also, open with: About prosperity." in text


def test_the_record() -> None:
    result = pair(HIGH, taxonomy=framed("one", "two"))
    document = records.comparison(result, data_version="test", overlays=(), method="default")
    framings = {t["id"]: t["framing"] for t in document["themes"]}
    assert framings == {
        "one": {
            "id": "f-one",
            "name": "As one",
            "support": {"alpha": 0.707, "beta": 0.354},
            "open_with": {
                "alpha": ["About prosperity.", "About mobility."],
                "beta": ["About mobility."],
            },
        },
        "two": framings["two"],
    }
    assert records.framing(None) is None


def test_a_package_is_presented_by_its_themes() -> None:
    """Of each theme in it that has a framing, with what to open with; of nothing else."""
    taxonomy = framed("one", "two")
    alpha, beta = pair(HIGH, taxonomy=taxonomy).partners
    context = build.context(taxonomy)
    result = compare(alpha, beta, context, draws=20)
    package = balanced(judge(alpha, beta, context, result.as_of))
    (line,) = lines(tuple(presentation.of_package(spoken(result), package)))
    assert line.startswith("one. As one: side by side. With both, open with: About mobility.")


def test_every_framing_of_the_data_has_something_to_open_with(
    comparisons: dict[tuple[str, str], Comparison],
) -> None:
    """Both sides support what is recommended, and what each can be told is told once."""
    counted = 0
    for states, result in comparisons.items():
        for found in (t.framing for t in result.themes if t.framing is not None):
            assert [side.state for side in found.sides] == sorted(states)
            assert all(side.support > 0 and side.openings for side in found.sides)
            told = lines(tuple(presentation.in_full(spoken(result), found)))
            assert told
            assert [line for line in told if ".." in line or not line.endswith((".", "?"))] == []
            for opening in (opening for side in found.sides for opening in side.openings):
                assert sum(opening.line.rstrip(".")[1:] in line for line in told) == 1
            counted += 1
    assert counted > 100
