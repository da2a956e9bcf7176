"""Where positions can be: one slot for each measure and role.

An exchange measure has two slots, provider and receiver; a joint one has one. For two states every
slot of the first is one directed item: the first state acts in that role and the second in the
mirrored one. 43 measures, of which 8 joint, give 78 slots and 78 items a pair.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partnerfit.model import Measure, Role, Theme, Themes


@dataclass(frozen=True)
class Slot:
    """One measure in one role; `role` is None in a joint measure."""

    measure: Measure
    role: Role | None


@dataclass(frozen=True)
class Slots:
    """All slots of a taxonomy, in its order, the slots of one theme side by side.

    `mirror[i]` is the slot in which the partner acts when a state acts in slot `i`.
    `spans` gives for each theme the first slot and the one after the last. `channels` gives for
    each slot whose measure has `needs_any` the slots of those measures in the same role.
    """

    all: tuple[Slot, ...]
    mirror: NDArray[np.intp]
    themes: tuple[Theme, ...]
    spans: tuple[tuple[int, int], ...]
    measure: dict[str, Measure]
    theme: dict[str, Theme]
    channels: dict[int, tuple[int, ...]]

    @classmethod
    def of(cls, themes: Themes) -> Slots:
        """The slots of one taxonomy."""
        slots: list[Slot] = []
        mirror: list[int] = []
        spans: list[tuple[int, int]] = []
        for theme in themes.themes:
            start = len(slots)
            for measure in theme.measures:
                first = len(slots)
                if measure.mode == "joint":
                    slots.append(Slot(measure, None))
                    mirror.append(first)
                else:
                    slots += [Slot(measure, "provider"), Slot(measure, "receiver")]
                    mirror += [first + 1, first]
            spans.append((start, len(slots)))
        pairs = [(measure, theme) for theme in themes.themes for measure in theme.measures]
        return cls(
            all=tuple(slots),
            mirror=np.array(mirror, dtype=np.intp),
            themes=themes.themes,
            spans=tuple(spans),
            measure={measure.id: measure for measure, _ in pairs},
            theme={measure.id: theme for measure, theme in pairs},
            channels={
                i: tuple(
                    j
                    for j, other in enumerate(slots)
                    if other.role == slot.role and other.measure.id in slot.measure.needs_any
                )
                for i, slot in enumerate(slots)
                if slot.measure.needs_any
            },
        )
