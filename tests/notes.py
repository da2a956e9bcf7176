"""Notes for tests: of the data of this repository, of a small pair, and those kept in golden files.

`python -m tests.notes` writes the golden files anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from partnerfit import Catalogue, Comparison, compare, load_catalogue
from partnerfit.brief.compose import brief
from partnerfit.brief.content import Brief
from partnerfit.brief.voice import Material
from partnerfit.figures import Figures
from partnerfit.model import State
from partnerfit.render.notes import markdown
from partnerfit.scoring.packages import balanced
from partnerfit.scoring.pair import judge
from partnerfit.scoring.precedents import precedents
from tests.conftest import ROOT
from tests.render import bargains

GOLDEN = ROOT / "tests" / "golden"


def material(catalogue: Catalogue, comparison: Comparison) -> Material:
    """What a note on two states of the data is made from."""
    context = catalogue.context()
    first, second = comparison.partners
    sources = (*catalogue.themes.sources, *catalogue.initiatives.sources)
    return Material(
        comparison=comparison,
        package=balanced(judge(first, second, context, comparison.as_of)),
        precedents={
            fit.theme.id: precedents(
                {item.measure.id for item in fit.win_wins},
                first.iso3,
                second.iso3,
                catalogue.initiatives,
                context,
            )
            for fit in comparison.themes
        },
        corridors=catalogue.corridors(first, second),
        figures=catalogue.figures,
        codes=catalogue.codes,
        sources={source.id: source for source in sources},
        data_version="test",
    )


def small(
    a: State = bargains.ARDA, b: State = bargains.BREE, *, context: Any = bargains.CONTEXT, **more: Any
) -> Brief:
    """A note on two small states."""
    comparison = compare(a, b, context, draws=100)
    made = Material(
        comparison=comparison,
        package=balanced(judge(a, b, context, comparison.as_of)),
        precedents={},
        corridors=(),
        figures=Figures(),
        codes={},
        sources={source.id: source for source in context.themes.sources},
        data_version="test",
    )
    return brief(made, **more)


def prose(text: str) -> int:
    """Words of the running text of a note in Markdown: without tables, notes and sources."""
    body = re.sub(r"\[\^\d+\]|\*\*", "", text.split("\n## Notes\n", maxsplit=1)[0])
    lines = [line.lstrip("#-0123456789. ") for line in body.splitlines() if not line.startswith("|")]
    return sum(len(line.split()) for line in lines)


def _shipped() -> str:
    catalogue = load_catalogue(ROOT / "data")
    states = catalogue.state("tunisia"), catalogue.state("sweden")
    return markdown(brief(material(catalogue, compare(*states, catalogue.context()))))


KEPT: dict[str, Callable[[], str]] = {
    "tunisia-sweden.md": _shipped,
    "arda-bree-for-bree.md": lambda: markdown(small(side="bree", full=True, marking="RESTRICTED")),
}

if __name__ == "__main__":
    for name, made in KEPT.items():
        (GOLDEN / name).write_text(made(), encoding="utf-8", newline="\n")
