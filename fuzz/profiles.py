"""Disturbed files through `check`: does any make it fail, hang or swallow memory?

    python fuzz/profiles.py --count 20000 --seed 1 --jobs 2
    python fuzz/profiles.py --hostile
    python fuzz/profiles.py --replay FILE

Most files are real profiles cut to a few entries and then disturbed; some are whole, and some are other
files of the data. Each is read as `check` reads it, among all other profiles, and rendered. With
`--hostile` each file of `hostile.py`, as large as a file may be, is checked by a command of its own. What
fails is kept in a folder for `--replay`. Exit code 1: something failed.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import datetime as dt
import faulthandler
import gc
import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fuzz import hostile, mutate, promises  # noqa: E402
from partnerfit import yamlsource  # noqa: E402
from partnerfit.catalogue import Catalogue  # noqa: E402
from partnerfit.checks import reader, run  # noqa: E402
from partnerfit.checks.corpus import Corpus, Profile  # noqa: E402
from partnerfit.figures import COMMITMENTS, CORRIDORS  # noqa: E402
from partnerfit.names import fold  # noqa: E402
from partnerfit.render import problems  # noqa: E402

MOST_SECONDS = 1.0
MOST_MEGABYTES = 200
STUCK_SECONDS = 60
MEMORY = Path("/dev/shm")  # noqa: S108 - folders below it have names of their own
PORTION = 5_000
"""So many files are drawn from one seed."""
TODAY = dt.date(2026, 11, 25)
CODES = frozenset(run.RULES)
OTHERS = (
    "themes.yaml",
    "groups.yaml",
    "figures.yaml",
    "initiatives.yaml",
    "corridors.csv",
    "commitments.csv",
    "names.csv",
)


class Bench:
    """All real profiles, read once, and a folder in which a disturbed file is checked beside them."""

    def __init__(self, work: Path) -> None:
        self.work = work
        (work / "overlay" / "states").mkdir(parents=True)
        shutil.copytree(ROOT / "tests" / "cases" / "base", work / "small")
        self.catalogue = Catalogue(ROOT / "data")
        self.base = reader.read_corpus(ROOT / "data", (), TODAY)
        self.reader = reader._Reader(self.catalogue)
        self.vocabulary = self.reader.shared()
        files = sorted((ROOT / "data" / "states").glob("*.yaml"))
        for path in files:
            self.reader.profile(path, ROOT / "data", self.vocabulary)
        self.texts = {path.name: path.read_text(encoding="utf-8") for path in files}
        self.small = {name: (work / "small" / name).read_text(encoding="utf-8") for name in OTHERS}
        self.large = {name: (ROOT / "data" / name).read_text(encoding="utf-8") for name in OTHERS}

    def draw(self, draw: random.Random) -> tuple[str, str, bytes]:
        """Which file to disturb, how it was done, and the result."""
        if draw.random() < 0.05:
            name = draw.choice(OTHERS)
            text = (self.large if draw.random() < 0.02 else self.small)[name]
            if name.endswith(".csv"):
                return name, "rows", draw.choice((mutate.rows, mutate.rows, mutate.bytewise))(text, draw)
            return name, *mutate.mutated(text, draw)
        name = draw.choice([*self.texts])
        text = self.texts[name]
        if draw.random() > 0.02:
            text = mutate.cut(text, draw)
        return name, *mutate.mutated(text, draw)

    def check(self, name: str, raw: bytes, *, afresh: bool) -> run.Report:
        """What `check` finds in a profile among all others, or in another file of a small folder."""
        if name in OTHERS:
            path = self.work / "small" / name
            path.write_bytes(raw)
            try:
                return run.check(reader.read_corpus(self.work / "small", (), TODAY), CODES)
            finally:
                path.write_text(self.small[name], encoding="utf-8")
        path = self.work / "overlay" / "states" / name
        path.write_bytes(raw)
        read = copy.copy(self.reader)
        read.files, read._bases = [], {**self.reader._bases}
        profile = read.profile(path, self.work / "overlay", self.vocabulary)
        path.unlink()
        profiles = () if profile is None else (profile,)
        corpus = replace(self.base, files=tuple(read.files), profiles=(*self.base.profiles, *profiles))
        if not afresh:
            self._index(corpus, profile)
            corpus = corpus_of_one(corpus, profiles)
        return run.check(corpus, CODES, {path.resolve()})

    def _index(self, corpus: Corpus, profile: Profile | None) -> None:
        """Give a corpus the indexes of all others and the disturbed one, without building them anew."""
        known = ("entries", "summaries", "claimed", "spoken_names", "name_pattern")
        corpus.__dict__.update({name: getattr(self.base, name) for name in known})
        if profile is None:
            return
        body, head = profile.body, profile.head
        entries = {e.id for part in ("objectives", "constraints", "context") for e in getattr(body, part)}
        parts = ("objectives", "constraints", "interests", "context")
        summaries = {e.summary for part in parts for e in getattr(body, part)}
        claimed = {fold(n) for n in (profile.id, *(head.all if head else ()))}
        for name, keys in (("entries", entries), ("summaries", summaries), ("claimed", claimed)):
            index = getattr(self.base, name)
            corpus.__dict__[name] = index | {key: (*index.get(key, ()), profile) for key in keys}


def corpus_of_one(corpus: Corpus, profiles: tuple[Profile, ...]) -> Corpus:
    """The corpus with its indexes, of which one profile is looked at."""
    one = replace(corpus, profiles=profiles)
    one.__dict__.update({k: v for k, v in corpus.__dict__.items() if k not in one.__dict__})
    return one


@dataclass
class Tally:
    """What came of many files."""

    files: int = 0
    ways: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    combinations: set[frozenset[str]] = field(default_factory=set)
    slowest: tuple[float, str] = (0.0, "")
    megabytes: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in what another process found."""
        self.files += other.files
        self.ways += other.ways
        self.outcomes += other.outcomes
        self.combinations |= other.combinations
        self.slowest = max(self.slowest, other.slowest)
        self.megabytes = max(self.megabytes, other.megabytes)
        self.failures += other.failures


def one(bench: Bench, name: str, raw: bytes, draw: random.Random, tally: Tally) -> str | None:
    """Check one file and render what was found; what failed, if anything."""
    afresh = draw.random() < 0.002
    forms = (
        tuple(promises.FORMS) if afresh else tuple(draw.choices(list(promises.FORMS), (3, 6, 1, 4, 1, 1, 3)))
    )
    began, used = time.perf_counter(), time.process_time()
    try:
        report = bench.check(name, raw, afresh=afresh)
        promises.kept(report, forms)
    except Exception:  # noqa: BLE001 - that is what is looked for
        return traceback.format_exc()
    took = min(time.perf_counter() - began, time.process_time() - used)
    found = frozenset(problem.code for problem in report.problems)
    tally.outcomes.update(found or {"in order"})
    tally.combinations.add(found)
    if not afresh and took > tally.slowest[0]:
        tally.slowest = (took, f"{name} of {len(raw):,} bytes")
    return f"took {took:.2f} s" if took > MOST_SECONDS + afresh else None


def many(seed: int, count: int, kept: Path) -> Tally:
    """Files drawn from one seed."""
    tally = Tally()
    with tempfile.TemporaryDirectory(dir=_fast()) as folder:
        bench = Bench(Path(folder))
        gc.freeze()
        for i in range(count):
            draw = random.Random(f"{seed}:{i}")
            name, way, raw = bench.draw(draw)
            faulthandler.dump_traceback_later(STUCK_SECONDS, exit=True)
            wrong = one(bench, name, raw, draw, tally)
            tally.files += 1
            tally.ways[f"{'other' if name in OTHERS else 'profile'}, {way}"] += 1
            if wrong:
                kept.mkdir(parents=True, exist_ok=True)
                (kept / f"{seed}-{i}-{name}").write_bytes(raw)
                tally.failures.append(f"{seed}-{i}-{name}: {wrong.strip().splitlines()[-1]}")
                (kept / f"{seed}-{i}-{name}.txt").write_text(
                    wrong, encoding="utf-8", errors="backslashreplace"
                )
        faulthandler.cancel_dump_traceback_later()
    tally.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return tally


def _fast() -> str | None:
    """A folder in memory, where there is one."""
    return str(MEMORY) if os.access(MEMORY, os.W_OK) else None


def hostile_files() -> Iterator[tuple[str, str, bytes]]:
    """Each file of `hostile.py` at the limit: what it is, where it goes, and its text."""
    size = yamlsource.MAX_BYTES
    for title, make in hostile.NAMED.items():
        yield title, "states/uruguay.yaml", make(size)
        if len(fitting := hostile.fitting(title)) < len(make(size)):
            yield f"{title}, {len(fitting):,} bytes", "states/uruguay.yaml", fitting
    for name, columns in (("corridors.csv", CORRIDORS), ("commitments.csv", COMMITMENTS)):
        head = ",".join(columns).encode() + b"\n"
        for title, make in hostile.TABLES.items():
            yield f"{name}: {title}", name, head + make(size - len(head))


def hostile_run(form: str, kept: Path) -> int:
    """Check each hostile file by a command of its own and tell time and memory; how many failed."""
    failed = 0
    with tempfile.TemporaryDirectory(dir=_fast()) as folder:
        data = Path(folder) / "data"
        shutil.copytree(ROOT / "data", data)
        calm, _, _ = _command(data, data / "states" / "tunisia.yaml", form)
        print(f"a run without them: {calm:.2f} s")
        for title, name, raw in hostile_files():
            path = data / name
            before = path.read_bytes() if path.exists() else None
            path.write_bytes(raw)
            took, megabytes, code = _command(data, path, form)
            bad = code not in (0, 1) or took - calm > MOST_SECONDS or megabytes > MOST_MEGABYTES
            figures = f"{took - calm:6.2f} s more, {megabytes:4} MB, exit {code}"
            print(f"{'FAILED' if bad else 'ok':6} {figures}: {title}", flush=True)
            if bad:
                failed += 1
                kept.mkdir(parents=True, exist_ok=True)
                (kept / f"{title.replace(' ', '-')}-{path.name}").write_bytes(raw)
            path.write_bytes(before) if before is not None else path.unlink()
    return failed


def _command(data: Path, path: Path | None, form: str) -> tuple[float, int, int]:
    """Seconds of processor, megabytes at the peak and exit code of `partnerfit check`."""
    files = [str(path)] if path else []
    command = [sys.executable, "-m", "partnerfit", "check", *files, "--data", str(data), "--format", form]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, process.returncode


def replay(file: Path) -> int:
    """Check one kept file and print what came of it."""
    name = next((other for other in OTHERS if file.name.endswith(other)), "tunisia.yaml")
    name = next(
        (f"{s.stem}.yaml" for s in (ROOT / "data" / "states").iterdir() if file.name.endswith(s.name)), name
    )
    with tempfile.TemporaryDirectory(dir=_fast()) as folder:
        tally = Tally()
        bench = Bench(Path(folder))
        began = time.perf_counter()
        wrong = None
        for form in promises.FORMS:
            try:
                report = bench.check(name, file.read_bytes(), afresh=True)
                promises.kept(report, (form,))
            except Exception:  # noqa: BLE001
                wrong = traceback.format_exc()
        print(wrong or problems.concise(report), f"{time.perf_counter() - began:.2f} s", tally.files or "")
    return int(wrong is not None)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=2000, help="files to make")
    parser.add_argument(
        "--seed", type=int, default=0, help="the first seed; every 5,000 files have their own"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--kept", type=Path, default=Path("fuzz-failures"), help="folder for what failed")
    parser.add_argument("--hostile", action="store_true", help="files as large as they may be instead")
    parser.add_argument("--format", default="concise", help="of the findings in hostile files")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="one file that was kept")
    given = parser.parse_args()
    if given.replay:
        return replay(given.replay)
    if given.hostile:
        return int(hostile_run(given.format, given.kept) > 0)
    tally = Tally()
    began = time.perf_counter()
    seeds = [
        (given.seed + i, min(PORTION, given.count - PORTION * i), given.kept)
        for i in range(-(-given.count // PORTION))
    ]
    with multiprocessing.get_context("fork").Pool(given.jobs) as pool:
        for done in pool.starmap(many, seeds, chunksize=1):
            tally.add(done)
    print(
        f"{tally.files:,} files, seeds {seeds[0][0]} to {seeds[-1][0]}, {time.perf_counter() - began:.0f} s"
    )
    print("made:", ", ".join(f"{count:,} {way}" for way, count in sorted(tally.ways.items())))
    print(f"{len(tally.combinations):,} different sets of findings:")
    print("  " + ", ".join(f"{code} {count:,}" for code, count in sorted(tally.outcomes.items())))
    print(
        f"slowest: {tally.slowest[0]:.3f} s, {tally.slowest[1]}; "
        f"most memory: {tally.megabytes} MB with all profiles"
    )
    print(f"{len(tally.failures)} failed", *tally.failures[:40], sep="\n  ")
    return int(bool(tally.failures))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
