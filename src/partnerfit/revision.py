"""The data as they were at a revision of the git repository they live in."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from partnerfit.errors import UsageError
from partnerfit.folders import shown


def checkout(folder: Path, revision: str, into: Path) -> Path:
    """Write the files that `folder` held at `revision` into the folder `into`; returns it.

    Raises:
        UsageError: git is missing, `folder` is in no repository, or the revision is unknown.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip())
    prefix = _git(folder, "rev-parse", "--show-prefix").decode().strip()
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    archive = _git(top, "archive", "--format=tar", f"{commit.decode().strip()}:{prefix}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            # Links are left out: what they point to is not part of the revision.
            if member.isfile() and (content := tar.extractfile(member)):
                file = into / member.name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.read())
    return into


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise UsageError("git is not installed; name the other data with --against DIR") from None
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        what = reason[0] if reason else f"no revision is called {arguments[-1].partition('^')[0]!r}"
        raise UsageError(f"{shown(folder)}: git cannot show the earlier data: {what}")
    return done.stdout
