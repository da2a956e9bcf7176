"""`partnerfit check` beside check-jsonschema and yamllint: how long they take, and what they find.

    .venv/bin/python benchmarks/check.py [ROUNDS]

Needs both on the PATH: `pip install check-jsonschema yamllint`, best in an environment of their own.

Time: whole processes over the same 200 profiles, in turns; all three find nothing wrong there. The ratio is
that of the medians. Finds: each case of tests/cases. `partnerfit check` finds a bad case if it names the
line, the column and the rule that the case expects; the two others if they report anything at all. What any
of them reports in a good case is a false alarm.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from partnerfit.codes import ISO2

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
CASES = ROOT / "tests" / "cases"
PARTNERFIT = str(Path(sys.executable).with_name("partnerfit"))
PROFILES = 200
BAR = 5
GROUPS = {
    "PF0": "PF0 reading a file",
    "PF1": "PF1 keys and values",
    "PF2": "PF2 references",
    "PF3": "PF3 within a profile",
    "PF4": "PF4 names and ids across profiles",
    "PF5": "PF5 dates",
    "PF9": "PF9 comments that set aside",
}
STYLE = "{extends: default, rules: {document-start: disable, line-length: disable}}"
"""What yamllint looks for: all it does by default but two things that our files do not promise."""


def main(rounds: int) -> None:
    """Measure, compare and print two tables."""
    with tempfile.TemporaryDirectory() as place:
        measure(Path(place), rounds)
    print()
    with tempfile.TemporaryDirectory() as place:
        compare(Path(place))


# Time


def measure(place: Path, rounds: int) -> None:
    """Print how long each takes over the same profiles."""
    files = generate(place / "data", PROFILES)
    commands = {
        "partnerfit check": [PARTNERFIT, "check", "--data", str(place / "data")],
        "check-jsonschema": schema_check(DATA / "schema" / "state.schema.json", files),
        "yamllint": style_check(files),
    }
    took: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(rounds):
        for name, command in commands.items():
            took[name].append(seconds(command))
    own, *others = took.values()
    both = [(a + c, b + d) for (a, b), (c, d) in zip(*others, strict=True)]
    print(f"{len(files)} profiles, {rounds} rounds in turns; seconds: median (quartiles)\n")
    print(f"{'':18}{'took':>22}{'of the processor':>22}")
    for name, pairs in {**took, "both of them": both}.items():
        print(f"{name:18}{''.join(f'{spread(times):>22}' for times in zip(*pairs, strict=True))}")
    ratios = [
        statistics.median(theirs) / statistics.median(ours)
        for theirs, ours in zip(zip(*both, strict=True), zip(*own, strict=True), strict=True)
    ]
    print(f"{'ratio':18}{''.join(f'{ratio:>22.1f}' for ratio in ratios)}\n\nThe aim is a ratio of {BAR}.")


def generate(folder: Path, count: int) -> list[Path]:
    """Write a folder of data with the profiles of this repository and copies of them as other states."""
    shutil.copytree(DATA, folder)
    states = folder / "states"
    texts = [path.read_text(encoding="utf-8") for path in sorted(states.glob("*.yaml"))]
    taken = {head(text)["iso3"] for text in texts}
    free = [code for code in sorted(ISO2) if code not in taken]
    for i in range(count - len(texts)):
        text = texts[i % len(texts)]
        code = next(code for code in free if code not in text)
        free.remove(code)
        (states / f"land{code.lower()}.yaml").write_text(as_another(text, code), encoding="utf-8")
    return sorted(states.glob("*.yaml"))


def head(text: str) -> dict[str, str]:
    """The keys of a profile that stand on one line."""
    return dict(re.findall(r"^(\w+): (.+)$", text, re.MULTILINE))


def as_another(text: str, code: str) -> str:
    """A profile as that of another state: its name, codes, ids and summaries occur nowhere else."""
    old, name = head(text), f"Land{code.lower()}"
    first, begin, rest = text.partition("\nobjectives:\n")
    entries, middle, sources = rest.replace(old["name"], name).partition("\nsources:\n")
    entries = entries.replace(f"  - id: {old['iso3'].lower()}-", f"  - id: {code.lower()}-")
    # Glued to the last word: a summary has as many words as before.
    entries = re.sub(r"(summary: >-\n(?: {6,}.+\n)+)", lambda m: f"{m[1][:-1]}({code})\n", entries)
    first = (
        f'name: {name}\nofficial_name: State of {name}\niso2: "{ISO2[code]}"\niso3: {code}\n'
        f"reviewed: {old['reviewed']}\n"
    )
    return first + begin + entries + middle + sources


def seconds(command: Sequence[str]) -> tuple[float, float]:
    """Time of one process that finds nothing wrong: by the clock, and of the processor (less noisy)."""
    start, before = time.perf_counter(), os.times()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    took, after = time.perf_counter() - start, os.times()
    if done.returncode:
        raise SystemExit(
            f"{' '.join(command[:4])} ... found something:\n{(done.stdout + done.stderr)[:2000]}"
        )
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return took, used


def spread(times: Sequence[float]) -> str:
    """Median and quartiles."""
    low, middle, high = statistics.quantiles(times, n=4)
    return f"{middle:.2f} ({low:.2f}-{high:.2f})"


# The other tools


def on_path(tool: str) -> str:
    """Where a tool is.

    Raises:
        SystemExit: it is not there.
    """
    found = shutil.which(tool)
    if found is None:
        raise SystemExit(f"{tool} is not on the PATH; `pip install {tool}` and put its folder there")
    return found


def schema_check(schema: Path, files: Iterable[Path]) -> list[str]:
    """The command that checks files against a JSON Schema."""
    return [on_path("check-jsonschema"), "--schemafile", str(schema), *map(str, files)]


def style_check(files: Iterable[Path]) -> list[str]:
    """The command that checks files for YAML as such."""
    return [on_path("yamllint"), "-d", STYLE, *map(str, files)]


# What they find


def compare(place: Path) -> None:
    """Print how many cases each tool finds, as a table in Markdown with a row for each group of rules."""
    schemas = place / "schemas"
    subprocess.run([PARTNERFIT, "schema", "--data", str(CASES / "base"), "-o", str(schemas)], check=True)
    groups: dict[str, list[tuple[bool, bool, bool, bool]]] = defaultdict(list)
    for case in sorted((CASES / "bad").iterdir()):
        own = found_by_check(case, place / "bad" / case.stem)
        if not own:
            print(f"{case.name}: `partnerfit check` does not report what is expected", file=sys.stderr)
        found = (own, *found_by_others(case, place / "bad" / case.stem, schemas))
        groups[GROUPS.get(case.name[:3], case.name[:3])].append(found)
        groups["all"].append(found)
    groups["all"] = groups.pop("all")
    for case in sorted((CASES / "good").iterdir()):
        own = not quiet(case, place / "good" / case.stem)
        found = (own, *found_by_others(case, place / "good" / case.stem, schemas))
        groups["in order, yet reported"].append(found)
    print("| rules | cases | `partnerfit check` | check-jsonschema | yamllint | one of the two |")
    print("|---|---|---|---|---|---|")
    for title, rows in groups.items():
        counts = [sum(column) for column in zip(*rows, strict=True)]
        print(f"| {title} | {len(rows)} | {' | '.join(map(str, counts))} |")


def lay_out(case: Path, folder: Path) -> tuple[list[Path], list[str], list[str]]:
    """Write a case as a folder of data.

    Returns:
        the YAML files that the case brings, what `partnerfit check` is expected to say of them as
        `file:line:column:code`, and the options that it takes for it.
    """
    shutil.copytree(CASES / "base", folder)
    if case.is_file():
        file = folder / "states" / "uruguay.yaml"
        shutil.copyfile(case, file)
        text = case.read_text(encoding="utf-8", errors="replace")
        return (
            [file],
            [f"states/uruguay.yaml:{at}" for at in re.findall(r"# expect: (\d+:\d+:PF\d+)", text)],
            [],
        )
    shutil.copytree(case, folder, dirs_exist_ok=True)
    own = [path.relative_to(case) for path in case.rglob("*") if path.suffix in (".yaml", ".yml")]
    options: list[str] = []
    for name in ("setup", "expected"):
        (folder / name).unlink(missing_ok=True)
    for step in lines(case / "setup"):
        match step.split():
            case ["link", file, target]:
                link = folder / file
                link.symlink_to(target)
                if not link.exists():  # with nothing behind it, the fault would be another
                    shutil.copyfile(folder / "states" / "iceland.yaml", link.parent / target)
                own.append(Path(file))
            case ["pad", file, size]:
                with (folder / file).open("a", encoding="utf-8") as padded:
                    padded.write("# padding\n" * (int(size) // 10 + 1))
            case ["overlay", layer]:
                options += ["--overlay", str(folder / layer)]
            case _:
                raise SystemExit(f"{case.name}: unknown step {step!r}")
    return [folder / path for path in own], lines(case / "expected"), options


def lines(file: Path) -> list[str]:
    """The lines of a small file; none if it is not there."""
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def found_by_check(case: Path, folder: Path) -> bool:
    """Whether `partnerfit check` reports all that is expected, each at its place."""
    _, expected, options = lay_out(case, folder / "own")
    told = re.findall(r"^(\S+:\d+:\d+): (PF\d+)", checked(folder / "own", options).stdout, re.MULTILINE)
    return bool(expected) and set(expected) <= {":".join(one) for one in told}


def quiet(case: Path, folder: Path) -> bool:
    """Whether `partnerfit check` reports nothing."""
    _, _, options = lay_out(case, folder / "own")
    return checked(folder / "own", [*options, "--strict"]).returncode == 0


def checked(folder: Path, options: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """What `partnerfit check` says of a folder of data."""
    return run([PARTNERFIT, "check", "--data", ".", "--format", "concise", *options], folder)


def found_by_others(case: Path, folder: Path, schemas: Path) -> tuple[bool, bool, bool]:
    """Whether check-jsonschema, with the schema of the file, yamllint, or one of them reports anything."""
    files, _, _ = lay_out(case, folder / "others")
    pairs = [(file, schema) for file in files if (schema := schema_of(file, schemas)) is not None]
    schema = any(run(schema_check(schema, [file]), folder).returncode for file, schema in pairs)
    style = bool(files) and run(style_check(files), folder).returncode != 0
    return schema, style, schema or style


def schema_of(file: Path, schemas: Path) -> Path | None:
    """The JSON Schema for a file, where there is one."""
    kind = "state" if file.parent.name == "states" else file.stem
    schema = schemas / f"{kind}.schema.json"
    return schema if schema.exists() else None


def run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder and keep what it prints."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main(max(2, int(sys.argv[1])) if len(sys.argv) > 1 else 7)
