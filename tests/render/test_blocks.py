"""The shapes of a page."""

from __future__ import annotations

import pytest

from partnerfit.render.blocks import Bar, Cell, Text, bar_text, cell_text


@pytest.mark.parametrize(
    ("value", "bar"),
    [
        (0, "░░░░░░░░░░"),
        (4.9, "░░░░░░░░░░"),
        (50, "█████░░░░░"),
        (76, "████████░░"),
        (100, "██████████"),
        (-5, "░░░░░░░░░░"),
        (140, "██████████"),
    ],
)
def test_a_bar_in_characters(value: float, bar: str) -> None:
    assert bar_text(value) == bar


def test_a_bar_of_another_width() -> None:
    assert bar_text(50, width=4) == "██░░"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("plain", "plain"),
        (Text("toned", "bad"), "toned"),
        (Bar(100), "█" * 10),
        ("", ""),
        (Text("a\n\rb"), "a b"),
    ],
)
def test_the_words_of_a_cell(cell: Cell, words: str) -> None:
    assert cell_text(cell) == words
