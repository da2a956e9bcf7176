"""Keep the README true: its set-up commands, and the output it shows.

    .venv/bin/python scripts/readme.py commands    print the set-up commands, one a line
    .venv/bin/python scripts/readme.py refresh     write the output it shows anew

An output block follows a comment `<!-- partnerfit ARGUMENTS | until "LINE" -->`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
WIDTH = "92"
BLOCK = re.compile(
    r'(?P<head><!-- (?P<command>partnerfit [^|]+?)(?: \| until "(?P<until>[^"]+)")? -->\n+```text\n)'
    r"(?P<body>.*?)(?P<tail>^```)",
    re.DOTALL | re.MULTILINE,
)


def commands(text: str) -> list[str]:
    """The commands of the first block of shell in a Markdown text."""
    block = re.search(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return block.group(1).splitlines() if block else []


def refreshed(text: str) -> str:
    """The text with the output of every marked command as it is now."""
    return BLOCK.sub(lambda m: m["head"] + output(m["command"], m["until"]) + m["tail"], text)


def output(command: str, until: str | None) -> str:
    """What a command prints on a terminal of the README's width, up to a line."""
    arguments = shlex.split(command)[1:]
    environment = {**os.environ, "COLUMNS": WIDTH}
    done = subprocess.run(
        [sys.executable, "-m", "partnerfit", *arguments, "--format", "table", "--color", "never"],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    shown = done.stdout.split(f"\n{until}")[0] if until else done.stdout
    return shown.strip("\n") + "\n"


if __name__ == "__main__":
    readme = README.read_text(encoding="utf-8")
    if sys.argv[1:] == ["commands"]:
        print("\n".join(commands(readme)))
    elif sys.argv[1:] == ["refresh"]:
        README.write_text(refreshed(readme), encoding="utf-8")
    else:
        raise SystemExit(__doc__)
