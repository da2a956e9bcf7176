"""What single values of data have to be: dates, flags, whole numbers, summaries of a bearable length."""

from __future__ import annotations

import datetime as dt
from typing import Any

MAX_SUMMARY_WORDS = 50


def partial_date(text: str) -> str:
    """Accept YYYY, YYYY-MM or YYYY-MM-DD that exists in the calendar."""
    parts = text.split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not all(map(_digits, parts)):
        raise ValueError("write a date as YYYY, YYYY-MM or YYYY-MM-DD")
    try:
        dt.date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError as error:
        raise ValueError(f"no such date ({error})") from None
    return text


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def month(text: str) -> str:
    """Accept YYYY or YYYY-MM."""
    if text.count("-") > 1:
        raise ValueError("write the end of a period as YYYY or YYYY-MM")
    return partial_date(text)


def day(value: Any) -> dt.date:
    """A day written as YYYY-MM-DD; a date stays what it is.

    Raises:
        ValueError: it is neither.
    """
    if type(value) is dt.date:
        return value
    if not isinstance(value, str) or value.count("-") != 2:
        raise ValueError("write a day as YYYY-MM-DD")
    return dt.date.fromisoformat(partial_date(value))


def no_number(value: object) -> object:
    """Refuse 1 and 1.0 where `true` is meant: Python takes them for equal."""
    if type(value) in (int, float):
        raise ValueError("write true, or leave the key out")
    return value


def whole(value: object) -> object:
    """Refuse `true` and 1.0 where 1 is meant: Python takes them for equal."""
    if type(value) in (bool, float):
        raise ValueError("write a whole number")
    return value


def short(text: str) -> str:
    """Accept a summary that can be read at a glance."""
    words = len(text.split())
    if words > MAX_SUMMARY_WORDS:
        raise ValueError(f"the summary has {words} words; keep to {MAX_SUMMARY_WORDS}")
    return text
