"""Finding what a user means by a name, without guessing.

Names are compared after folding: case, accents and punctuation do not count. Only an exact match
after folding is accepted; anything else yields suggestions, so that UK never becomes Ukraine.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping


def fold(name: str) -> str:
    """The form in which two spellings of one name are equal."""
    # One by one: to put many marks on one letter in order takes long, and marks do not count.
    decomposed = "".join(unicodedata.normalize("NFKD", c) for c in name).casefold()
    kept = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return "".join("".join(kept).split())


class Index:
    """Names of things of one kind, each known by several.

    Args:
        names: for each id, the names under which it is known; the id itself always is. What has no
            letter and no digit, such as a flag, is no name.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._ids: dict[str, set[str]] = {}
        for key, values in names.items():
            for value in (key, *values):
                if folded := fold(value):
                    self._ids.setdefault(folded, set()).add(key)

    def find(self, name: str) -> tuple[str, ...]:
        """The ids called so: none, one, or several where two claim the same name."""
        return tuple(sorted(self._ids.get(fold(name), ())))

    def close(self, name: str, most: int = 3) -> tuple[str, ...]:
        """Ids whose names look alike or hold the one given, nearest first."""
        wanted = fold(name)
        matches = difflib.get_close_matches(wanted, sorted(self._ids), n=2 * most, cutoff=0.6)
        if len(wanted) >= 3:
            matches += sorted(known for known in self._ids if wanted in known)
        ids = dict.fromkeys(key for match in matches for key in sorted(self._ids[match]))
        return tuple(ids)[:most]
