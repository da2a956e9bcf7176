"""What all tests share: the real data, loaded once, and an environment without surprises."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from partnerfit import Catalogue, Comparison, compare, load_catalogue

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of known width, no forced colour, no data configured outside."""
    for name in (
        "FORCE_COLOR",
        "PY_COLORS",
        "NO_COLOR",
        "GITHUB_ACTIONS",
        "PARTNERFIT_DATA",
        "PARTNERFIT_DEBUG",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TTY_COMPATIBLE", "0")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The data of this repository."""
    return load_catalogue(ROOT / "data")


@pytest.fixture(scope="session")
def comparisons(catalogue: Catalogue) -> dict[tuple[str, str], Comparison]:
    """Every pair of states in the data compared, with few draws."""
    context = catalogue.context()
    return {
        (a, b): compare(catalogue.state(a), catalogue.state(b), context, draws=100)
        for a, b in itertools.combinations(catalogue.state_ids, 2)
    }
