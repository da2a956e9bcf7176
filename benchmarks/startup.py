"""Start-up times side by side, in one run, as ratios: machines are noisy.

    .venv/bin/python benchmarks/startup.py [RUNS]

Compares whole processes, taken in turns: `partnerfit compare tunisia sweden` with the bare import of
its libraries, `partnerfit --version` and the completion of a state with the bare import of typer.
Each ratio is that of the medians; the quartiles show how noisy the run was.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

PYTHON = sys.executable
PARTNERFIT = str(Path(PYTHON).with_name("partnerfit"))
COMPLETION = {
    "_PARTNERFIT_COMPLETE": "complete_bash",
    "COMP_WORDS": "partnerfit compare tun",
    "COMP_CWORD": "2",
}

LIBRARIES = [PYTHON, "-c", "import typer, pydantic, yaml, rich, numpy"]
TYPER = [PYTHON, "-c", "import typer"]

CASES: dict[str, tuple[list[str], dict[str, str], list[str], float]] = {
    "compare tunisia sweden": ([PARTNERFIT, "compare", "tunisia", "sweden"], {}, LIBRARIES, 1.5),
    "--version": ([PARTNERFIT, "--version"], {}, TYPER, 1.3),
    "completion of a state": ([PARTNERFIT], COMPLETION, TYPER, 1.3),
}


def seconds(command: list[str], extra: dict[str, str]) -> float:
    """Time of one process; its output must not be empty, so that a failure is not taken for speed."""
    start = time.perf_counter()
    done = subprocess.run(command, env={**os.environ, **extra}, capture_output=True, check=True)
    took = time.perf_counter() - start
    if command[0] == PARTNERFIT and not done.stdout:
        raise SystemExit(f"{' '.join(command)} printed nothing")
    return took


def main(runs: int) -> None:
    """Measure and print a table."""
    print(f"{runs} runs each, in turns; milliseconds: median (quartiles)\n")
    print(f"{'process':28}{'took':>18}{'reference':>18}{'ratio':>8}{'bar':>6}")
    for name, (command, extra, reference, bar) in CASES.items():
        pairs = [(seconds(command, extra), seconds(reference, {})) for _ in range(runs)]
        own, other = ([t * 1000 for t in times] for times in zip(*pairs, strict=True))
        ratio = statistics.median(own) / statistics.median(other)
        print(f"{name:28}{spread(own):>18}{spread(other):>18}{ratio:>8.2f}{bar:>6}")


def spread(times: list[float]) -> str:
    """Median and quartiles."""
    low, middle, high = statistics.quantiles(times, n=4)
    return f"{middle:.0f} ({low:.0f}-{high:.0f})"


if __name__ == "__main__":
    main(max(2, int(sys.argv[1])) if len(sys.argv) > 1 else 15)
