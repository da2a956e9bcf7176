"""The command line: parse, call, render, exit code. The only place that prints.

Exit codes: 0 done; 1 findings, or a comparison that cannot be made; 2 usage, unknown name,
unreadable input; 3 a bug.
"""

from __future__ import annotations

import os
import sys

from partnerfit.errors import PartnerfitError


def main() -> None:
    """Run the command line and exit."""
    # Arrays here are small: threads of a linear algebra library would only cost start-up time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from partnerfit.cli.app import app

    try:
        app(prog_name="partnerfit")
    except PartnerfitError as error:
        print(f"partnerfit: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone; what is still buffered must not raise at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
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
