"""Where the interests of two states meet on migration, and how well that is known.

from partnerfit import compare, load_catalogue

catalogue = load_catalogue()
result = compare(catalogue.state("Tunisia"), catalogue.state("Sweden"), catalogue.context())
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partnerfit.catalogue import Catalogue, load_catalogue
    from partnerfit.scoring.compare import compare
    from partnerfit.scoring.comparison import Comparison

__version__ = "0.1.0"
__all__ = ["Catalogue", "Comparison", "__version__", "compare", "load_catalogue"]

_HOMES = {
    "Catalogue": "partnerfit.catalogue",
    "load_catalogue": "partnerfit.catalogue",
    "Comparison": "partnerfit.scoring.comparison",
    "compare": "partnerfit.scoring.compare",
}


def __getattr__(name: str) -> Any:
    # Public names load their module on first use: `partnerfit --version` needs none of them.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
