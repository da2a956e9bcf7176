"""Packages: the speed of the exact search, and side by side with NegMAS where it can follow.

    python3 -m venv negmas && negmas/bin/pip install negmas
    .venv/bin/python benchmarks/packages.py [RUNS] [PYTHON OF A VENV WITH NEGMAS]

NegMAS computes the Pareto frontier and the Nash point of a negotiation over a list of outcomes. Given
every subset of the items as an outcome, with the same gains and without requirements, it has to find the
same values. Its time is that of the frontier and the Nash point alone: the sums of the subsets are handed
to it. Beyond 22 items there are too many subsets, and the search runs alone, with requirements. Gains are
drawn anew in each run, anywhere in [-1, 1]. The median counts; machines are noisy.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from partnerfit.scoring import bargain
from partnerfit.scoring.bargain import Table
from partnerfit.scoring.requirements import Requirement

NEGMAS = "negmas/bin/python"
SIDE_BY_SIDE = (10, 12, 14, 16, 18, 20, 22)
# Items, requirements, and the bar in milliseconds, where there is one.
ALONE = ((40, 6, 5), (60, 20, None), (100, 0, 20), (100, 6, 20), (200, 12, None))

THEIRS = """
import json, sys, time
import numpy as np
from negmas.preferences.ops import nash_points, pareto_frontier_numpy
for line in sys.stdin:
    gains = np.array(json.loads(line))
    sums = np.zeros((1, 2))
    for gain in gains:
        sums = np.concatenate([sums, sums + gain])
    floor = gains[(gains > 0).all(axis=1)].sum(axis=0)
    ranges = [(float(d), float(most) + 1) for d, most in zip(floor, sums.max(axis=0))]
    start = time.perf_counter()
    rational = sums[(sums >= floor - 1e-9).all(axis=1)]
    frontier = [tuple(map(float, rational[row])) for row in pareto_frontier_numpy(rational)]
    nash = nash_points(None, frontier, ranges=ranges)
    took = time.perf_counter() - start
    product = max((np.prod(np.array(point) - floor) for point, _ in nash), default=0.0)
    print(json.dumps([took, len(set(frontier)), float(product)]), flush=True)
"""


def table(rng: np.random.Generator, items: int, requirements: int) -> Table:
    """Random gains, each requirement on one item and met by either of two others."""
    gains = rng.uniform(-1, 1, (items, 2))
    tied = rng.choice(items, requirements, replace=False)
    needed = tuple(Requirement(int(i), tuple(map(int, rng.choice(items, 2, replace=False)))) for i in tied)
    measures = tuple(str(i) for i in range(items))
    return Table(gains, needed, measures, np.ones(items, dtype=np.bool_))


def ours(known: Table) -> tuple[float, int, float]:
    """Seconds to the frontier and the balanced package, the frontier from the reference on, the product."""
    start = time.perf_counter()
    choice = bargain.choice(known)
    chosen = choice.balanced()
    took = time.perf_counter() - start
    assert choice.limit is None
    no_worse = (choice.values >= choice.floor - 1e-9).all(axis=1)
    return took, int(no_worse.sum()), float((known.sums(chosen) - choice.floor).prod())


def side_by_side(runs: int, python: str) -> None:
    """Both on the same gains; the results have to agree."""
    rng = np.random.default_rng(0)
    with subprocess.Popen(
        [python, "-W", "ignore", "-c", THEIRS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        print(f"\n{'items':>6}{'partnerfit':>14}{'negmas':>14}{'ratio':>10}   same frontier and product")
        for items in SIDE_BY_SIDE:
            own, other, same = [], [], True
            for _ in range(runs if items < 20 else min(runs, 3)):
                known = table(rng, items, 0)
                process.stdin.write(json.dumps(known.gains.tolist()) + "\n")
                process.stdin.flush()
                theirs = json.loads(process.stdout.readline())
                mine = ours(known)
                own.append(mine[0])
                other.append(theirs[0])
                same &= mine[1] == theirs[1] and abs(mine[2] - theirs[2]) < 1e-9
            one, two = statistics.median(own), statistics.median(other)
            print(f"{items:>6}{one * 1000:>11.2f} ms{two * 1000:>11.2f} ms{two / one:>9.1f}x   {same}")
        process.stdin.close()


def alone(runs: int) -> None:
    """Balanced packages with requirements."""
    rng = np.random.default_rng(1)
    print(f"{'items':>6}{'requirements':>14}{'median':>12}{'slowest':>12}{'bar':>9}{'frontier':>11}")
    for items, requirements, bar in ALONE:
        found = [ours(table(rng, items, requirements)) for _ in range(runs)]
        times = [took * 1000 for took, *_ in found]
        size = statistics.median(size for _, size, _ in found)
        limit = f"{bar} ms" if bar else "-"
        print(
            f"{items:>6}{requirements:>14}{statistics.median(times):>9.2f} ms{max(times):>9.2f} ms"
            f"{limit:>9}{size:>11.0f}"
        )


def main(runs: int, python: str) -> None:
    """Measure and print two tables."""
    ours(table(np.random.default_rng(2), 10, 2))  # imports and caches
    alone(runs)
    has_negmas = (
        Path(python).exists()
        and not subprocess.run(
            [python, "-W", "ignore", "-c", "import negmas"], capture_output=True, check=False
        ).returncode
    )
    if not has_negmas:
        print(f"\nno NegMAS at {python}: skipped. The head of this file says how to install it.")
        return
    side_by_side(runs, python)


if __name__ == "__main__":
    main(max(2, int(sys.argv[1])) if len(sys.argv) > 1 else 15, sys.argv[2] if len(sys.argv) > 2 else NEGMAS)
