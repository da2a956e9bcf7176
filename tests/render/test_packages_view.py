"""Pages of packages: sections, who pays, warnings, and every pair of the data without a slip."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from partnerfit import Catalogue, Comparison, compare
from partnerfit.render import markdown, plain, terminal
from partnerfit.render.blocks import Heading, Listing, Page, Paragraph, Table, cell_text
from partnerfit.render.views import comparison as comparing
from partnerfit.render.views import packages as view
from partnerfit.render.words import Wording
from partnerfit.scoring.method import Method
from partnerfit.scoring.packages import Packages, RedLinePrice, packages, red_line_prices
from partnerfit.scoring.pair import judge
from partnerfit.scoring.precedents import Precedent, precedents
from tests import build
from tests.render.bargains import ARDA, BREE, CONTEXT, TAXONOMY, TILTED, compared, spoken

RED_LINES = (build.constraint("vis", "red-line", measure="vis", as_="provider"),)


def shown(
    wording: Wording,
    found: Packages,
    *,
    prices: tuple[RedLinePrice, ...] | None = None,
    past: Sequence[Precedent] = (),
    notes: tuple[str, ...] = (),
) -> Page:
    return view.page(wording, found, prices=prices, past=past, notes=notes)


def page(result: Comparison, found: Packages, notes: tuple[str, ...] = (), **more: Any) -> Page:
    return shown(spoken(result), found, notes=notes, **more)


def told(*args: Any, **options: Any) -> str:
    return plain.render(page(*compared(*args, **options))).replace("\N{NO-BREAK SPACE}", " ")


def headings(page: Page) -> list[str]:
    return [block.words for block in page if isinstance(block, Heading)]


def section(page: Page, heading: str) -> Page:
    """The blocks under one heading."""
    after = itertools.dropwhile(lambda b: not (isinstance(b, Heading) and b.words == heading), page)
    next(after)
    return tuple(itertools.takewhile(lambda b: not isinstance(b, Heading), after))


def cells(blocks: Page) -> list[list[str]]:
    return [[cell_text(c) for c in row] for b in blocks if isinstance(b, Table) for row in b.rows]


def lines(blocks: Page) -> list[str]:
    return [line for block in blocks if isinstance(block, Listing) for line in block.items]


def warnings(page: Page) -> list[str]:
    said = [block.words for block in page if isinstance(block, Paragraph) and block.tone == "warn"]
    return [words.replace("\N{NO-BREAK SPACE}", " ") for words in said]


# A page in full


def test_the_sections() -> None:
    assert headings(page(*compared())) == [
        "Arda and Bree: a package",
        "From which both would gain",
        "In exchange",
        "How equal it is",
        "Wanted, but not in it",
        "Other packages",
        "What is tied to what",
        "What European Union law has to say",
    ]


def test_what_both_gain_from() -> None:
    assert cells(section(page(*compared()), "From which both would gain")) == [
        ["Arda and Bree would do tra together [tra]", "+0.67", "+0.67", "high"]
    ]


def test_what_each_gives_and_gets_in_return() -> None:
    """What pays stands beside what it pays for, with what becomes possible only then."""
    (row,) = cells(section(page(*compared()), "In exchange"))
    assert row[0].startswith("give rea to Bree (accepts, medium priority)")
    assert row[1].startswith("ask the Union to give vis to Arda (accepts, low priority)")
    assert row[2].startswith("Bree would give skl to Arda")
    assert row[3] == "Arda +0.67, Bree +1.33"


def test_how_equal_it_is() -> None:
    blocks = section(page(*compared()), "How equal it is")
    rows = cells(blocks)
    assert rows[:4] == [
        ["Share of the most it could get", "80 %", "75 %"],
        ["Share of its wishes met", "100 %", "88 %"],
        ["Gain", "+1.33", "+2.00"],
        ["Gain without the exchange", "+0.67", "+0.67"],
    ]
    assert [row[1:] for row in rows[4:]] == [
        ["+0.33", "+0.67"],
        ["+1.00", "−0.33"],
        ["−0.67", "+1.00"],
        ["+0.67", "+0.67"],
    ]
    assert "balance 0.94" in plain.render(blocks)


def test_other_packages_are_told_beside_the_balanced_one() -> None:
    result, found = compared(at_most=3)
    blocks = section(page(result, found), "Other packages")
    assert cells(blocks) == [
        ["only what both gain from, well known only", "40 %", "25 %", "0.62", "without the exchange"],
        ["short", "60 %", "50 %", "0.83", "without skills partnership by Bree"],
    ]
    assert "The same items as in the balanced package: most equal." in plain.render(blocks)


def test_where_equal_steps_differ_they_are_told() -> None:
    """Passports for readmission is worth (1/3, 2/3), visas for readmission (2/3, 1/3); the most is 2/3."""
    arda = [
        build.objective(1, "pas", "seeks", "medium"),
        build.objective(2, "rea", "accepts", "low"),
        build.objective(3, "vis", "seeks", "high"),
    ]
    bree = [
        build.objective(1, "pas", "accepts", "low"),
        build.objective(2, "rea", "seeks", "high"),
        build.objective(3, "vis", "accepts", "medium"),
    ]
    result, found = compared(build.state("arda", "AFG", arda), build.state("bree", "BEL", bree))
    made = page(result, found)
    rows = {row[0]: row[-1] for row in cells(section(made, "Other packages"))}
    (difference,) = (told for name, told in rows.items() if "equal steps" in name)
    assert difference == "with visa facilitation by Bree, without passport checks by Bree"
    (swap,) = cells(section(made, "Other exchanges, one for one"))
    assert swap[0].startswith("Arda would give rea to Bree")
    assert swap[1].startswith("Bree would ask the Union to give vis to Arda")
    assert swap[2] == "Arda +0.67, Bree +0.33"


def test_no_more_swaps_than_are_of_use() -> None:
    """Three against three: nine swaps, of which some are in the package."""
    taxonomy = build.themes(one=[build.measure(key) for key in "abcdef"])
    arda = [build.objective(key, key, "accepts", "low") for key in "abc"]
    arda += [build.objective(key, key, "seeks") for key in "def"]
    bree = [build.objective(key, key, "seeks") for key in "abc"]
    bree += [build.objective(key, key, "accepts", "low") for key in "def"]
    one, other = build.state("arda", "AFG", arda), build.state("bree", "BEL", bree)
    result, found = compared(one, other, context=build.context(taxonomy))
    assert len(found.swaps) == 9
    assert len(found.balanced.concessions) == 6
    assert "Other exchanges, one for one" not in headings(page(result, found))
    result, found = compared(one, other, context=build.context(taxonomy), exclude=["a", "b", "c"])
    assert found.swaps == ()


def test_what_is_tied_to_what() -> None:
    (line,) = lines(section(page(*compared()), "What is tied to what"))
    assert line == "Bree links its skills partnership to readmission (o-skl)."


def test_what_is_left_out_for_what_it_needs() -> None:
    for left, why in (("rea", "as things stand"), ("vis", "would cost more than it brings")):
        text = told(exclude=[left])
        (line,) = re.findall(r"Left out, though both would gain: skills partnership by Bree; .*", text)
        assert "needs readmission" in line
        assert why in line


def test_what_was_asked_for_and_is_not_to_be_had_is_told_by_name() -> None:
    text = told(include=["pas"], exclude=["vis"])
    assert re.search(r"Passport checks was .*, but no package that leaves both better off holds it\.", text)


def test_choices_are_told() -> None:
    result, _ = compared()
    assert list(view.chosen(spoken(result), ["pas"], ["vis", "rea"])) == [
        "To be included: passport checks.",
        "Left out on request: visa facilitation; readmission.",
    ]
    assert list(view.chosen(spoken(result), [], [])) == []


def test_a_limit_that_was_hit_is_told() -> None:
    arda = build.state("arda", "AFG", [build.objective(k, k, "seeks") for k in ("vis", "skl")])
    assert not any("not proven" in said for said in warnings(page(*compared())))
    result, found = compared()
    hit = replace(found, packages=(replace(found.balanced, limit="labels"), *found.packages[1:]))
    assert any("not proven the best" in said for said in warnings(page(result, hit)))
    assert not any("not proven" in said for said in warnings(page(*compared(arda, BREE))))


def test_notes_stand_on_top() -> None:
    found = page(*compared(), ("A note.",))
    assert found[2] == Paragraph("A note.", "warn")


def test_union_law_is_told_for_all_that_the_page_names() -> None:
    """Also for passports, which are wanted but not in the balanced package."""
    text = "\n".join(lines(section(page(*compared()), "What European Union law has to say")))
    assert "Only the Union can decide, not Bree alone: visa facilitation." in text
    assert "readmission; passport checks" in text


# Balance


def test_a_one_sided_package_is_told_with_the_nearest_more_balanced_one() -> None:
    result, found = compared(*TILTED)
    assert found.balanced.one_sided
    made = page(result, found)
    (said,) = warnings(made)
    assert said == "Of the most each could get, Arda gets 25 % and Bree gets 67 % (one-sided, balance 0.38)."
    assert "The nearest more balanced one (0.67): with readmission by Bree." in plain.render(made)


def test_a_comparison_says_that_a_package_is_one_sided() -> None:
    result, found = compared(*TILTED)
    made = comparing.page(spoken(result), package=found.balanced)
    assert any("one-sided" in said for said in warnings(made))


def test_where_none_is_more_balanced_that_is_told() -> None:
    arda = [build.objective(1, "tra", "supports", "low"), build.objective(2, "vis", "seeks")]
    bree = [build.objective(1, "tra", "supports"), build.objective(2, "vis", "accepts", "low")]
    text = told(build.state("arda", "AFG", arda), build.state("bree", "BEL", bree))
    assert "Arda gets 25 % and Bree gets 100 % (one-sided, balance 0.25)" in text
    assert "No package is more balanced. To ask: what else would serve Arda?" in text


def test_what_is_not_one_sided_is_not_called_so() -> None:
    assert "one-sided" not in told()
    context = build.context(TAXONOMY, method=Method(one_sided=0.95))
    assert "one-sided" in told(context=context)


def test_a_concession_against_a_stated_position_is_told() -> None:
    """An exchange may hold what a side resists: a reader has to know that before anything else."""
    bree = [o.model_dump(mode="json", by_alias=True, exclude_defaults=True) for o in BREE.objectives]
    resisting = [{**o, "stance": "resists"} if o["measure"] == "vis" else o for o in bree]
    result, found = compared(ARDA, build.state("bree", "BEL", resisting))
    assert "vis" in found.balanced.measures
    for made in (page(result, found), comparing.page(spoken(result), package=found.balanced)):
        assert any("Bree resists visa facilitation (low priority)" in said for said in warnings(made))
    assert "Against a stated position" not in told()


# Nothing to put into a package


def test_nothing_known_on_both_sides() -> None:
    other = build.state("bree", "BEL", [build.objective(1, "pas", "declines")])
    found = page(*compared(ARDA, other))
    assert headings(found) == ["Arda and Bree: a package", "Nothing can be put together yet"]
    assert "On no measure are both positions known and one of them favourable." in plain.render(found)


def test_nothing_in_return() -> None:
    """Bree would go along, but there is nothing to pay it with: that is another thing to say."""
    arda = build.state("arda", "AFG", [build.objective(1, "vis", "seeks")])
    bree = build.state("bree", "BEL", [build.objective(1, "vis", "accepts", "low")])
    text = told(arda, bree)
    assert "On no measure are both positions known" not in text
    assert "no exchange of it leaves both better off" in text


# What is assumed


def test_what_is_assumed_is_marked_wherever_it_is_named() -> None:
    result, found = compared(ARDA, BREE, "bree:vis=accepts:low", at_most=2)
    wording = spoken(result)
    notes = tuple(view.assumed(wording, found))
    assert notes == ("Assumed, not stated: Bree accepts visa facilitation (low priority) [vis].",)
    made = page(result, found, notes)
    assert notes[0] in warnings(made)
    shown = [c for row in cells(made) for c in row] + lines(made)
    named = [text for text in shown if "give vis to Arda" in text or "visa facilitation by Bree" in text]
    assert named
    assert [text for text in named if "(assumed)" not in text] == []


def test_nothing_is_marked_where_nothing_is_assumed() -> None:
    assert "ssumed" not in told()


# Red lines


def priced(a: Any, b: Any) -> tuple[RedLinePrice, ...]:
    result, _ = compared(a, b)
    return red_line_prices(judge(*result.partners, CONTEXT, result.as_of), result.as_of)


def refusing(*left_out: str) -> Any:
    wishes = [
        o.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        for o in BREE.objectives
        if o.measure not in left_out
    ]
    return build.state("bree", "BEL", wishes, RED_LINES)


def test_the_price_of_a_red_line_stands_on_request_alone() -> None:
    bree = refusing()
    result, found = compared(ARDA, bree)
    heading = "If one red line moved"
    assert heading not in headings(page(result, found))
    assert heading not in headings(comparing.page(spoken(result), package=found.balanced))
    made = page(result, found, prices=priced(ARDA, bree))
    assert lines(section(made, heading)) == [
        "Bree, visa facilitation [c-vis]: the balanced package would change by Arda +0.67, Bree +1.33."
    ]


def test_a_price_that_cannot_be_told() -> None:
    bree = refusing("vis")
    result, found = compared(ARDA, bree)
    made = page(result, found, prices=priced(ARDA, bree))
    (line,) = lines(section(made, "If one red line moved"))
    assert line.endswith("nothing is known of what it would then want, so nothing can be said.")


def test_no_red_line_in_the_way() -> None:
    made = page(*compared(), prices=())
    assert "No red line stands in the way of what the other side wants." in plain.render(made)


# In a comparison


def test_a_comparison_shows_the_balanced_package_in_short() -> None:
    result, found = compared()
    blocks = section(comparing.page(spoken(result), package=found.balanced), "A package")
    (line,) = lines(blocks)
    assert line.startswith(
        "Arda would give rea to Bree; in return Bree would ask the Union to give vis to Arda."
    )
    assert "Bree would give skl to Arda" in line
    assert "balance 0.94" in plain.render(blocks)
    assert "`partnerfit package arda bree`" in plain.render(blocks)


def test_a_comparison_without_concessions_says_so() -> None:
    result, found = compared(exclude=["vis"])
    blocks = section(comparing.page(spoken(result), package=found.balanced), "A package")
    assert "No exchange is known" in plain.render(blocks)


def test_a_comparison_with_nothing_to_join_has_no_package() -> None:
    other = build.state("bree", "BEL", [build.objective(1, "pas", "declines")])
    result, found = compared(ARDA, other)
    assert "A package" not in headings(comparing.page(spoken(result), package=found.balanced))


def test_a_part_of_a_comparison_shows_no_package_and_no_law_on_what_is_in_it() -> None:
    result, found = compared()
    part = replace(result, themes=tuple(t for t in result.themes if t.theme.id == "talks"))
    made = comparing.page(spoken(part), package=found.balanced, whole=spoken(result))
    assert "A package" not in headings(made)
    assert "Union" not in plain.render(made)


def test_the_order_of_the_states_turns_columns_alone() -> None:
    heading = "From which both would gain"
    there, back = (
        cells(section(page(*compared(*states)), heading)) for states in ((ARDA, BREE), (BREE, ARDA))
    )
    assert [
        [row[0].replace("Bree and Arda", "Arda and Bree"), row[2], row[1], row[3]] for row in back
    ] == there
    (one,) = cells(section(page(*compared()), "In exchange"))
    (other,) = cells(section(page(*compared(BREE, ARDA)), "In exchange"))
    assert [other[1], other[0], other[2]] == one[:3]
    assert other[3] == "Bree +1.33, Arda +0.67"


# The data


def test_pairs_of_the_data(comparisons: dict[tuple[str, str], Comparison], catalogue: Catalogue) -> None:
    """Every third pair: each concession stands beside what pays, and no id where a name belongs."""
    context = catalogue.context()
    conceded = empty = 0
    for pair, result in itertools.islice(comparisons.items(), 1, None, 3):
        found = packages(judge(*result.partners, context, result.as_of), draws=0)
        wording = spoken(result, catalogue.codes)
        made = shown(wording, found, prices=())
        text = plain.render(made)
        assert not re.search(r"\bNone\b|[{}]", text), pair
        prose = re.sub(r"`[^`]*`|\[[a-z0-9-]+\]|\([a-z0-9-]+(, [a-z0-9-]+)*\)", "", text)
        ids = [*pair, *(i.measure.id for i in found.workable if "-" in i.measure.id)]
        assert [key for key in ids if re.search(rf"(?<![\w-]){key}(?![\w-])", prose)] == [], pair
        rows = cells(section(made, "In exchange")) if found.balanced.concessions else []
        first, second = (partner.id for partner in result.partners)
        for entry in found.balanced.concessions:
            deed = wording.deed(entry.item).partition(" would ")[2]
            column = (first, second).index(entry.conceded_by or "")
            (row,) = (row for row in rows if deed in row[column])
            assert entry.paid_by, pair
            beside = " ".join([row[1 - column], *row[2:-1]])
            for payer in entry.paid_by:
                assert wording.deed(payer.item).partition(" would ")[2] in beside, pair
            conceded += 1
        assert ("one-sided" in text) == found.balanced.one_sided, pair
        assert ("Nothing can be put together yet" in text) == (not found.balanced.entries), pair
        bound = {i.measure for i in found.balanced.items if result.bound(i.measure)}
        law = text.partition("What European Union law has to say")[2].lower()
        assert [m.name for m in bound if m.name.lower() not in law] == [], pair
        empty += not found.balanced.entries
    assert conceded > 20
    assert empty > 20


def test_a_pair_that_moves_freely(catalogue: Catalogue) -> None:
    context = catalogue.context()
    result = compare(catalogue.state("malta"), catalogue.state("greece"), context, draws=100)
    assert result.area is not None
    found = packages(judge(*result.partners, context, result.as_of), draws=0)
    text = plain.render(shown(spoken(result, catalogue.codes), found))
    assert "Both belong to one area of free movement" in text


def test_every_form_of_a_page(catalogue: Catalogue) -> None:
    context = catalogue.context()
    result = compare(catalogue.state("tunisia"), catalogue.state("sweden"), context, draws=100)
    found = packages(judge(*result.partners, context, result.as_of), draws=20)
    past = precedents(found.balanced.measures, "TUN", "SWE", catalogue.initiatives, context)
    made = shown(spoken(result, catalogue.codes), found, past=past, notes=("A note.",))
    for text in (markdown.render(made), terminal.render(made, width=80, colour=False), plain.render(made)):
        assert "A note." in text
        assert "{" not in text
    assert past[0].initiative.name in plain.render(made)
