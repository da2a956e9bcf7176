"""The messages of all bad cases, kept in tests/cases/messages.txt since they are part of the product.

Run as a module it writes them anew, for a reader to judge the difference:

    python -m tests.checks.messages
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path

from partnerfit.checks.run import Report
from tests.checks.lay import CASES, cases, lay, placed, report

FILE = CASES / "messages.txt"
REFRESH = "is that better? then `python -m tests.checks.messages` writes tests/cases/messages.txt anew"


def told(read: Report, folder: Path) -> list[str]:
    """Each finding as `line:column:code message`, in another file than uruguay.yaml with its name."""
    above = str(folder.resolve().parent)
    places = (
        (
            placed(problem, folder).removeprefix("states/uruguay.yaml:"),
            problem.message.replace(above, "ABOVE"),
        )
        for problem in read.problems
    )
    return [f"{place} {message}" for place, message in places]


def kept() -> dict[str, list[str]]:
    """What the file has for each case."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in FILE.read_text(encoding="utf-8").splitlines():
        case, _, message = line.partition(": ")
        found[case].append(message)
    return found


def main() -> None:
    """Write the messages of all bad cases."""
    lines: list[str] = []
    for case in cases("bad"):
        with tempfile.TemporaryDirectory() as place:
            laid = lay(case, Path(place) / "data")
            read = report(laid.folder, laid.overlays)
            lines += [f"{case.stem}: {message}\n" for message in told(read, laid.folder)]
    FILE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
