"""Seeded draws: the generator, what is drawn, and the ranges and shares taken from it."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from partnerfit.scoring import uncertainty
from partnerfit.scoring.method import ByLevel, Method
from partnerfit.scoring.positions import Strand, resolve
from partnerfit.scoring.uncertainty import Draws, percentiles, top3_shares, words
from tests.build import constraint, context, measure, objective, state, themes
from tests.scoring.pairs import GROUPS, a_limit, a_wish, compared, the_item, the_theme

METHOD = Method()
SURE = Method(jitter=ByLevel(0, 0, 0), stance_doubt=ByLevel(0, 0, 0))
CONTEXT = context(themes(one=[measure("give"), measure("join", "joint")], two=[measure("far")]), GROUPS)
ROLE = {"seeks": "receiver", "declines": "receiver", "supports": None}


# --- the generator --------------------------------------------------------------------------------------


def spoken(objective):
    """The objective as one that holds in general."""
    return Strand(objective, "general", 0.0)


def splitmix64(start, count):
    """SplitMix64 as Steele, Lea & Flood published it, on plain integers."""
    full, found, counter = 2**64 - 1, [], start
    for _ in range(count):
        counter = (counter + 0x9E3779B97F4A7C15) & full
        z = counter
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & full
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & full
        found.append(z ^ (z >> 31))
    return found


PUBLISHED = [
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
]


def test_words_are_the_published_stream_of_splitmix64(monkeypatch):
    """The published numbers for the seed 1234567, here put in the place of the digest of a key."""

    class Digest:
        def __init__(self, *_, **__):
            pass

        def digest(self):
            return (1234567).to_bytes(8, "little")

    monkeypatch.setattr(uncertainty.hashlib, "blake2b", Digest)
    assert words(("any", "key"), 5).tolist() == PUBLISHED
    assert splitmix64(1234567, 5) == PUBLISHED


@pytest.mark.parametrize("key", [("0", "arda", "o-1"), ("1", "arda", "o-1"), ("0", "brée", "o-1")])
def test_a_key_gives_the_stream_that_starts_at_its_digest(key):
    """blake2b of the parts joined by the unit separator, 8 bytes, little end first."""
    digest = hashlib.blake2b("\x1f".join(key).encode(), digest_size=8).digest()
    assert words(key, 50).tolist() == splitmix64(int.from_bytes(digest, "little"), 50)


def test_a_longer_stream_begins_like_a_shorter_one():
    assert words(("0", "arda"), 40)[:7].tolist() == words(("0", "arda"), 7).tolist()


@pytest.mark.parametrize("other", [("1", "arda", "o-1"), ("0", "bree", "o-1"), ("0", "arda", "o-2")])
def test_seed_state_and_objective_each_change_the_stream(other):
    assert not np.isin(words(("0", "arda", "o-1"), 100), words(other, 100)).any()


# --- priorities -----------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_numbers():
    wish = a_wish(1, "give", "seeks")
    again = Draws(5, "arda", 200, METHOD).sizes(spoken(wish))
    assert Draws(5, "arda", 200, METHOD).sizes(spoken(wish)).tolist() == again.tolist()
    assert Draws(6, "arda", 200, METHOD).sizes(spoken(wish)).tolist() != again.tolist()


def test_other_objectives_do_not_change_the_draws_of_one():
    """Drawn alone, or after others of the same state."""
    wish = a_wish(1, "give", "seeks")
    alone, later = Draws(0, "arda", 50, METHOD), Draws(0, "arda", 50, METHOD)
    for number in range(2, 5):
        later.sizes(spoken(a_wish(number, "give", "seeks")))
    assert later.sizes(spoken(wish)).tolist() == alone.sizes(spoken(wish)).tolist()


def test_a_drawn_size_is_the_priority_with_the_two_halves_of_a_word():
    """First word w of the stream: error = (w // 2^32 + w % 2^32) / 2^32 - 1; size = (2 + .5 * error) / 3."""
    digest = hashlib.blake2b(b"0\x1farda\x1fo-1", digest_size=8).digest()
    (word,) = splitmix64(int.from_bytes(digest, "little"), 1)
    error = (word // 2**32 + word % 2**32) / 2**32 - 1
    wish = a_wish(1, "give", "seeks", "medium", confidence="medium")
    drawn = Draws(0, "arda", 10, METHOD).sizes(spoken(wish))
    assert drawn[0] == pytest.approx((2 + 0.5 * error) / 3, rel=1e-12)


@pytest.mark.parametrize(("confidence", "width"), [("high", 0.25), ("medium", 0.5), ("low", 1.0)])
@pytest.mark.parametrize(("priority", "level"), [("high", 3), ("medium", 2), ("low", 1)])
def test_priorities_are_jittered_by_a_triangle(priority, level, confidence, width):
    """Half-width w around the level l, on the scale of the highest: within (l - w, l + w) / 3, and beyond 1
    for a high one; mean l / 3 and variance w^2 / 6 / 9 of a symmetric triangle."""
    wish = a_wish(1, "give", "seeks", priority, confidence=confidence)
    levels = 3 * Draws(0, "arda", 20_000, METHOD).sizes(spoken(wish))
    assert levels.min() > level - width
    assert levels.max() < level + width
    assert levels.max() > level + 0.95 * width
    assert levels.min() < level - 0.95 * width
    assert levels.mean() == pytest.approx(level, abs=0.02 * width)
    assert levels.var() == pytest.approx(width**2 / 6, rel=0.03)


def test_a_drawn_size_is_never_below_zero():
    """A half-width of 3 around level 1 would reach -2."""
    wish = a_wish(1, "give", "seeks", "low")
    drawn = Draws(0, "arda", 1000, Method(jitter=ByLevel(3, 3, 3))).sizes(spoken(wish))
    assert drawn.min() == 0
    assert drawn.max() > 1


def test_what_is_only_elsewhere_is_jittered_like_low_confidence():
    """Half-width 1 around level 3 although the objective itself is of high confidence: from 2 to 4."""
    strand = Strand(a_wish(1, "give", "seeks", towards=["CCC"]), "elsewhere", 0.5)
    levels = 3 * Draws(0, "arda", 20_000, METHOD).sizes(strand)
    assert (levels.min(), levels.max()) == pytest.approx((2, 4), abs=0.05)


# --- stances --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stance", "confidence", "share"),
    [
        ("seeks", "high", 1 - 0.02 / 2),  # one of two stances of a receiver is a wish
        ("seeks", "medium", 1 - 0.10 / 2),
        ("seeks", "low", 1 - 0.25 / 2),
        ("declines", "low", 0.25 / 2),
        ("offers", "low", 1 - 0.25 * 2 / 3),  # one of three of a provider
        ("accepts", "low", 0.25 / 3),
        ("resists", "medium", 0.10 / 3),
        ("supports", "medium", 1 - 0.10 / 2),  # one of two of a party
    ],
)
def test_a_stance_is_redrawn_with_its_doubt_among_the_stances_of_its_role(stance, confidence, share):
    """Doubt times the share of wishes among the stances of the role; 100,000 draws, three standard errors."""
    wish = a_wish(1, "give", stance, confidence=confidence)
    role = ROLE.get(stance, "provider")
    wants = Draws(0, "arda", 100_000, METHOD).wants(Strand(wish, "general", 0.0), role)
    assert wants.mean() == pytest.approx(share, abs=3 * (share * (1 - share) / 100_000) ** 0.5)


def test_what_is_only_elsewhere_is_doubted_like_low_confidence():
    """1 - .25 / 2 = .875 although the objective itself is of high confidence."""
    strand = Strand(a_wish(1, "give", "seeks", towards=["CCC"]), "elsewhere", 0.5)
    wants = Draws(0, "arda", 100_000, METHOD).wants(strand, "receiver")
    assert wants.mean() == pytest.approx(0.875, abs=0.0032)


def test_without_doubt_no_stance_is_redrawn():
    for stance, wanted in (("seeks", True), ("declines", False)):
        strand = Strand(a_wish(1, "give", stance), "general", 0.0)
        assert (Draws(0, "arda", 100, SURE).wants(strand, "receiver") == wanted).all()


# --- gains ----------------------------------------------------------------------------------------------

RULE = [
    [("seeks", "medium", "general")],  # 2/3
    [("seeks", "low", "named"), ("seeks", "high", "general")],  # all positive: 1
    [("seeks", "low", "named"), ("declines", "high", "general")],  # most specific: 1/3
    [("declines", "medium", "group"), ("seeks", "high", "general")],  # most specific: -2/3
    [("seeks", "high", "general"), ("declines", "low", "general")],  # mean: 1/3
    [("seeks", "low", "named"), ("declines", "high", "named"), ("seeks", "high", "named")],  # mean: 0
    [("declines", "low", "named"), ("declines", "high", "named")],  # the strongest refusal: -1
    [("seeks", "high", "elsewhere")],  # half: 1/2
    [("seeks", "medium", "elsewhere"), ("seeks", "low", "elsewhere")],  # half the strongest: 1/3
]
GAINS = [2 / 3, 1, 1 / 3, -2 / 3, 1 / 3, 0, -1, 1 / 2, 1 / 3]


@pytest.mark.parametrize(("spoken", "gain"), list(zip(RULE, GAINS, strict=True)))
def test_draws_without_jitter_follow_the_rule_of_the_position(spoken, gain):
    wishes = [
        (a_wish(n, "give", stance, priority), basis) for n, (stance, priority, basis) in enumerate(spoken)
    ]
    position = resolve(wishes, (), SURE)
    assert position.gain == pytest.approx(gain)
    for stances in (False, True):
        drawn = Draws(0, "arda", 20, SURE).gains(position, "receiver", stances=stances)
        assert drawn.tolist() == pytest.approx([gain] * 20)


def test_limits_lower_drawn_wishes_and_not_drawn_refusals():
    """Major: .5 * 1 and -1/3, mean 1/12, in each draw."""
    position = resolve(
        [(a_wish(1, "give", "offers"), "general"), (a_wish(2, "give", "resists", "low"), "general")],
        (a_limit(1, "major", measure="give"),),
        SURE,
    )
    assert Draws(0, "arda", 5, SURE).gains(position, "provider").tolist() == pytest.approx([1 / 12] * 5)


def test_an_unknown_position_has_no_drawn_gain():
    assert np.isnan(Draws(0, "arda", 5, METHOD).gains(resolve([], (), METHOD), "provider")).all()


def test_a_redrawn_wish_loses_and_a_redrawn_refusal_gains():
    """Every stance redrawn, priorities fixed at 2/3: each draw is 2/3 or -2/3, about half of each."""
    reckless = Method(jitter=ByLevel(0, 0, 0), stance_doubt=ByLevel(1, 1, 1))
    for stance in ("seeks", "declines"):
        position = resolve([(a_wish(1, "give", stance, "medium"), "general")], (), reckless)
        drawn = Draws(0, "arda", 10_000, reckless).gains(position, "receiver", stances=True)
        assert sorted(set(drawn.tolist())) == pytest.approx([-2 / 3, 2 / 3])
        assert (drawn > 0).mean() == pytest.approx(0.5, abs=0.015)


def test_a_redrawn_wish_towards_others_drops_out():
    """Two wishes elsewhere at half, 1/2 and 1/6: the strongest of those that are left, or 0. No refusal."""
    reckless = Method(jitter=ByLevel(0, 0, 0), stance_doubt=ByLevel(1, 1, 1))
    position = resolve(
        [(a_wish(1, "join", "supports"), "elsewhere"), (a_wish(2, "join", "supports", "low"), "elsewhere")],
        (),
        reckless,
    )
    drawn = Draws(0, "arda", 1000, reckless).gains(position, None, stances=True)
    assert sorted(set(drawn.round(9).tolist())) == pytest.approx([0, 1 / 6, 1 / 2])


# --- percentiles and shares -----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 10, 101, 1000])
def test_percentiles_agree_with_numpy(count):
    drawn = np.random.default_rng(3).random((4, count)) * 100
    points = (0, 5, 37.5, 95, 100)
    for found, expected in zip(
        percentiles(drawn, *points), np.percentile(drawn, points, axis=1), strict=True
    ):
        assert found.tolist() == pytest.approx(expected.tolist())


def test_percentiles_by_hand():
    """0, 10 .. 100 in any order: the 5th percentile lies half way from 0 to 10, the 95th from 90 to 100."""
    drawn = np.array([[50.0, 0, 10, 100, 20, 90, 30, 80, 40, 70, 60]])
    low, high = percentiles(drawn, 5, 95)
    assert (low[0], high[0]) == pytest.approx((5, 95))


def test_rank_acceptability_of_nine_draws_in_ten():
    """Published: 9 of 10 draws won gives .9 / .1. Here a place among the first three is won: the first theme
    is there in nine draws, the fourth takes its place in the tenth."""
    drawn = np.array([[40.0] * 9 + [5.0], [30.0] * 10, [20.0] * 10, [10.0] * 10])
    assert top3_shares(drawn).tolist() == pytest.approx([0.9, 1, 1, 0.1])


def test_a_score_of_zero_is_never_among_the_first_three():
    """Two themes above 0: the third place stays empty."""
    drawn = np.array([[40.0, 40.0], [30.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
    assert top3_shares(drawn).tolist() == pytest.approx([1, 0.5, 0, 0])


def test_themes_with_the_same_score_share_the_better_place():
    """Third and fourth are equal in the first of two draws."""
    drawn = np.array([[40.0, 40.0], [30.0, 30.0], [20.0, 20.0], [20.0, 10.0]])
    assert top3_shares(drawn).tolist() == pytest.approx([1, 1, 1, 0.5])


def test_up_to_three_themes_are_always_among_the_first_three():
    assert top3_shares(np.array([[1.0, 2.0], [3.0, 0.0]])).tolist() == pytest.approx([1, 0.5])


# --- in a comparison ------------------------------------------------------------------------------------


def pair(a, b, known=CONTEXT, **options):
    return compared(state("arda", "AAA", a), state("bree", "BBB", b), known, **options)


def test_the_range_of_a_theme_is_that_of_its_score_over_the_draws():
    """One win-win: in each draw .75 * 100 * sqrt(size * size), at most 75; 5th and 95th percentile."""
    a, b = objective(1, "give", "offers", "medium"), objective(1, "give", "seeks", "high", confidence="low")
    theme = the_theme(pair([a], [b], draws=500, seed=7), "one")
    sizes = [
        Draws(7, name, 500, METHOD).sizes(
            spoken(a_wish(1, "give", "seeks", wish["priority"], confidence=wish["confidence"]))
        )
        for name, wish in (("arda", a), ("bree", b))
    ]
    drawn = 0.75 * np.minimum(100 * np.sqrt(sizes[0] * sizes[1]), 100)
    assert (theme.low, theme.high) == pytest.approx(tuple(np.percentile(drawn, (5, 95))))
    assert theme.low < theme.score < theme.high


def test_a_range_is_capped_at_a_fit_of_100_and_not_below():
    """Both high: sizes above 1 are drawn, the fit stops at 100 and the theme at 75."""
    theme = the_theme(pair([objective(1, "give", "offers")], [objective(1, "give", "seeks")]), "one")
    assert theme.high == pytest.approx(75)
    assert theme.low < 75


def test_a_gain_above_one_on_one_side_makes_up_for_the_other_inside_a_draw():
    """Sizes 1.05 and 2/3 count as they are: only the fit is capped, not the gains.

    With A high and jittered and B fixed at 2/3, the 95th percentile lies above .75 * 100 * sqrt(2/3).
    """
    known = context(CONTEXT.themes, GROUPS, Method(jitter=ByLevel(0.25, 0, 0)))
    a, b = objective(1, "give", "offers"), objective(1, "give", "seeks", "medium", confidence="medium")
    theme = the_theme(pair([a], [b], known), "one")
    assert theme.high > theme.score + 1
    assert theme.score == pytest.approx(61.237244)


def test_lower_confidence_widens_the_range():
    widths = []
    for confidence in ("high", "medium", "low"):
        wishes = [
            objective(1, "give", stance, "medium", confidence=confidence) for stance in ("offers", "seeks")
        ]
        theme = the_theme(pair([wishes[0]], [wishes[1]], draws=1000), "one")
        widths.append(theme.high - theme.low)
    assert widths[0] < widths[1] < widths[2]


def test_the_percentiles_of_the_range_can_be_set():
    """From the least to the largest draw the range is wider than from the 5th to the 95th percentile."""
    wide = context(CONTEXT.themes, GROUPS, Method(range_low=0, range_high=100))
    wishes = ([objective(1, "give", "offers", "medium")], [objective(1, "give", "seeks", "medium")])
    usual, whole = (the_theme(pair(*wishes, known), "one") for known in (CONTEXT, wide))
    assert whole.low < usual.low < usual.high < whole.high


def test_without_jitter_a_range_is_a_point():
    known = context(CONTEXT.themes, GROUPS, SURE)
    theme = the_theme(
        pair([objective(1, "give", "offers")], [objective(1, "give", "seeks", "low")], known), "one"
    )
    assert (theme.low, theme.high) == pytest.approx((theme.score, theme.score))


def test_the_share_in_which_both_gain_multiplies_the_doubts_of_two_states():
    """Low on both sides: (1 - .25 * 2/3) * (1 - .25 / 2) = .8333 * .875 = .7292."""
    a = objective(1, "give", "offers", confidence="low")
    b = objective(1, "give", "seeks", confidence="low")
    item = the_item(pair([a], [b], draws=20_000), "give", "arda")
    assert item.both_gain_share == pytest.approx(0.7292, abs=0.01)


def test_without_doubt_both_always_gain():
    known = context(CONTEXT.themes, GROUPS, SURE)
    result = pair([objective(1, "give", "offers")], [objective(1, "give", "seeks")], known)
    assert the_item(result, "give", "arda").both_gain_share == 1


def test_only_a_win_win_has_a_share_in_which_both_gain():
    result = pair([objective(1, "give", "accepts")], [objective(1, "give", "seeks")])
    assert {item.both_gain_share for item in result.items} == {None}


def test_a_mixed_position_that_cancels_out_may_tip_over_in_a_draw():
    """2/3 against 2/3 gives exactly 0: score 0. In half of the draws the wish is the stronger one."""
    a = [objective(1, "give", "offers", "medium"), objective(2, "give", "resists", "medium")]
    theme = the_theme(pair(a, [objective(1, "give", "seeks")], draws=2000), "one")
    assert (theme.score, theme.low) == (0, 0)
    assert theme.high > 0
    assert theme.top3_share == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("stance", ["accepts", "resists"])
def test_what_one_side_does_not_want_has_no_range(stance):
    """Priorities are redrawn for the range, not stances."""
    theme = the_theme(pair([objective(1, "give", stance)], [objective(1, "give", "seeks")]), "one")
    assert (theme.low, theme.high, theme.top3_share) == (0, 0, 0)


def test_what_is_blocked_has_no_range():
    limits = [constraint(1, "red-line", measure="give", as_="provider")]
    first = state("arda", "AAA", [objective(1, "give", "offers"), objective(2, "give", "resists")], limits)
    second = state("bree", "BBB", [objective(1, "give", "seeks")])
    theme = the_theme(compared(first, second, CONTEXT), "one")
    assert (theme.low, theme.high) == (0, 0)


def test_the_same_seed_gives_the_same_comparison_and_another_another():
    wishes = ([objective(1, "give", "offers", "medium")], [objective(1, "give", "seeks", "medium")])
    one, again, other = (the_theme(pair(*wishes, seed=seed), "one") for seed in (3, 3, 4))
    assert (one.low, one.high) == (again.low, again.high)
    assert (one.low, one.high) != (other.low, other.high)


def test_a_torn_measure_without_the_channel_it_needs_has_no_range():
    """2/3 against 2/3 on ethics, which may tip over; but nothing is known of labour, on which it rests."""
    known = context(themes(one=[measure("ethics", needs_any=["labour"])], two=[measure("labour")]))
    torn = [objective(1, "ethics", "offers", "medium"), objective(2, "ethics", "resists", "medium")]
    theme = the_theme(pair(torn, [objective(1, "ethics", "seeks")], known), "one")
    assert (theme.low, theme.high, theme.top3_share) == (0, 0, 0)
