"""One slot for each measure and role, and which slots face each other."""

from __future__ import annotations

from partnerfit.scoring.slots import Slots
from tests.build import measure, themes

TAXONOMY = themes(
    one=[measure("give"), measure("join", "joint")],
    two=[measure("more")],
)


def test_an_exchange_measure_has_two_slots_and_a_joint_one_has_one():
    """2 exchange measures and 1 joint one: 2 * 2 + 1 = 5 slots."""
    slots = Slots.of(TAXONOMY)
    assert [(slot.measure.id, slot.role) for slot in slots.all] == [
        ("give", "provider"),
        ("give", "receiver"),
        ("join", None),
        ("more", "provider"),
        ("more", "receiver"),
    ]


def test_the_mirror_swaps_provider_and_receiver_and_leaves_joint_measures_in_place():
    """Slots 0 and 1 face each other, 2 faces itself, 3 and 4 face each other."""
    assert Slots.of(TAXONOMY).mirror.tolist() == [1, 0, 2, 4, 3]


def test_mirroring_twice_changes_nothing(catalogue):
    mirror = catalogue.context().slots.mirror
    assert mirror[mirror].tolist() == list(range(len(mirror)))


def test_the_slots_of_a_theme_lie_side_by_side():
    """Theme one has slots 0 to 2, theme two has 3 and 4."""
    slots = Slots.of(TAXONOMY)
    assert slots.spans == ((0, 3), (3, 5))
    assert [theme.id for theme in slots.themes] == ["one", "two"]


def test_measures_and_themes_are_found_by_measure():
    slots = Slots.of(TAXONOMY)
    assert slots.measure["join"].mode == "joint"
    assert {name: theme.id for name, theme in slots.theme.items()} == {
        "give": "one",
        "join": "one",
        "more": "two",
    }


def test_the_taxonomy_gives_78_items_a_pair(catalogue):
    """43 measures, 35 exchange and 8 joint: 35 * 2 + 8 = 78."""
    slots = catalogue.context().slots
    modes = [measure.mode for measure in slots.measure.values()]
    assert (modes.count("exchange"), modes.count("joint"), len(slots.all)) == (35, 8, 78)
