"""Errors a user can act on: one line each that says what, where and what to do next.

Anything else that escapes is a bug and is reported as such by the command line (exit code 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerfit.yamlsource import Problem


class PartnerfitError(Exception):
    """Base of the expected errors; `exit_code` is what the command line returns for it."""

    exit_code = 2


class UsageError(PartnerfitError):
    """An option or value that cannot be used: a bad date, an unknown format, a missing folder."""


class UnknownNameError(PartnerfitError):
    """A name by which the data know no state, theme, measure or group, or several.

    `suggestions` are ids with a name close to the one given, or the ids that share it: a name is
    never guessed.
    """

    def __init__(
        self, kind: str, name: str, suggestions: tuple[str, ...], listing: str, *, shared: bool = False
    ) -> None:
        self.kind = kind
        self.name = name
        self.suggestions = suggestions
        hint = f"did you mean {' or '.join(suggestions)}? " if suggestions else ""
        super().__init__(
            f"{name!r} is the name of more than one {kind}: {', '.join(suggestions)}; use the id"
            if shared
            else f"no {kind} is called {name!r}: {hint}`partnerfit {listing}` lists all"
        )


class DataError(PartnerfitError):
    """Data that cannot be used as they stand, with the places where they are wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        more = len(problems) - 1
        tail = f" (and {more} more {'problem' if more == 1 else 'problems'} in this file)" if more else ""
        super().__init__(f"{problems[0]}{tail}")


class ComparisonError(PartnerfitError):
    """A comparison that cannot be made although both names are known."""

    exit_code = 1
