"""Draw what `partnerfit compare tunisia sweden` looks like in a terminal, for the README.

.venv/bin/python scripts/picture.py docs/compare.svg
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from partnerfit import compare, load_catalogue
from partnerfit.render.terminal import draw
from partnerfit.render.views.comparison import page
from partnerfit.render.words import Wording

WIDTH = 100
COMMAND = "partnerfit compare tunisia sweden"


def picture() -> str:
    """The terminal as SVG, the same at every run."""
    catalogue = load_catalogue(Path(__file__).parents[1] / "data")
    result = compare(catalogue.state("tunisia"), catalogue.state("sweden"), catalogue.context())
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        markup=False,
        highlight=False,
        emoji=False,
    )
    draw(page(Wording(result, catalogue.codes)), console)
    return console.export_svg(title=COMMAND, theme=MONOKAI, unique_id="partnerfit")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    Path(sys.argv[1]).write_text(picture(), encoding="utf-8")
