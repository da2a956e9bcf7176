"""What single values of data have to be: dates, flags, whole numbers, summaries of a bearable length."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

MAX_SUMMARY_WORDS = 50
LINE = "{line}"
"""What a message has in place of the line of another key or entry."""


class UnfitError(ValueError):
    """A value that cannot be used; `code` names the rule that it breaks.

    Of an entry, `key` is the one to look at, and `LINE` in the message stands for the line of the key
    `other`.
    """

    def __init__(self, code: str, message: str, *, key: str | None = None, other: str | None = None) -> None:
        self.code = code
        self.key = key
        self.other = other
        super().__init__(message)


def partial_date(text: str) -> str:
    """Accept YYYY, YYYY-MM or YYYY-MM-DD that exists in the calendar."""
    parts = text.split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(map(_digits, parts)):
        raise UnfitError("PF106", "write YYYY, YYYY-MM or YYYY-MM-DD")
    try:
        dt.date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError as error:
        raise UnfitError("PF106", f"there is no such date ({error})") from None
    return text


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def month(text: str) -> str:
    """Accept YYYY or YYYY-MM."""
    if text.count("-") > 1:
        raise UnfitError("PF106", "write the year or month in which it ends, YYYY or YYYY-MM")
    return partial_date(text)


def end_of(period: str) -> dt.date:
    """The last day of a year or month written as YYYY or YYYY-MM."""
    year, _, month = period.partition("-")
    last = int(month) if month else 12
    return dt.date(int(year), last, calendar.monthrange(int(year), last)[1])


def day(value: Any) -> dt.date:
    """A day written as YYYY-MM-DD; a date stays what it is.

    Raises:
        ValueError: it is neither.
    """
    if type(value) is dt.date:
        return value
    if not isinstance(value, str) or value.count("-") != 2:
        raise UnfitError("PF106", "write a day, YYYY-MM-DD")
    return dt.date.fromisoformat(partial_date(value))


def no_number(value: object) -> object:
    """Refuse 1 and 1.0 where `true` is meant: Python takes them for equal."""
    if type(value) in (int, float):
        raise UnfitError("PF103", "write true, or leave the key out")
    return value


def whole(value: object) -> object:
    """Refuse `true` and 1.0 where 1 is meant: Python takes them for equal."""
    if type(value) in (bool, float):
        raise UnfitError("PF103", "write a whole number")
    return value


def short(text: str) -> str:
    """Accept a summary that can be read at a glance."""
    words = len(text.split())
    if words > MAX_SUMMARY_WORDS:
        raise UnfitError("PF109", f"{words} words, at most {MAX_SUMMARY_WORDS}; shorten it")
    return text
