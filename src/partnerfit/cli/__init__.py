"""The command line: parse, call, render, exit code. The only place that prints.

Exit codes: 0 done; 1 findings, or a comparison that cannot be made; 2 usage, unknown name,
unreadable input; 3 a bug.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys

from partnerfit.errors import PartnerfitError


def _start_fast() -> None:
    """Leave out what a short run does not need; together a third of the time of a comparison."""
    gc.disable()
    atexit.register(gc.freeze)
    # Arrays here are small: threads of a linear algebra library would not help.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What is valid must not depend on plugins that happen to be installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main() -> None:
    """Run the command line and exit."""
    _start_fast()
    from partnerfit.cli.app import app

    try:
        app(prog_name="partnerfit")
    except PartnerfitError as error:
        print(f"partnerfit: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except Exception as error:
        if os.environ.get("PARTNERFIT_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        print(
            f"partnerfit: this is a bug ({what}); please report it with what "
            "PARTNERFIT_DEBUG=1 shows for the same command",
            file=sys.stderr,
        )
        sys.exit(3)
