"""Dates as people type them: 2026-12-24, 24.12.2026, 24/12, 24 December, in their own names of months."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from bot.languages.conventions import Conventions

_ISO = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})(?:[-./](\d{4}))?\.?")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日?")


def typed_date(text: str, today: date, conventions: Conventions) -> date | None:
    """The day that a text names; without a year, the next such day. None when it names none.

    Figures alone stand day first, but for the year first of ISO 8601.
    """
    written = " ".join(unicodedata.normalize("NFKC", text[:60]).split())
    if match := _ISO.fullmatch(written):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH_DAY.fullmatch(written):
        return _next(int(match[1]), int(match[2]), None, today)
    if match := _DAY_FIRST.fullmatch(written):
        return _next(int(match[2]), int(match[1]), int(match[3]) if match[3] else None, today)
    return _in_words(written, today, conventions)


def typed_past_date(text: str, today: date, conventions: Conventions) -> date | None:
    """The day that a text names; without a year, the last such day up to today."""
    day = typed_date(text, today, conventions)
    if day is None or day <= today or str(day.year) in unicodedata.normalize("NFKC", text):
        return day
    back = (_day(today.year - years, day.month, day.day) for years in range(9))
    return next((found for found in back if found is not None and found <= today), None)


def _in_words(written: str, today: date, conventions: Conventions) -> date | None:
    lowered = written.casefold()
    months = {
        name.casefold().rstrip("."): number
        for names in (conventions.months, conventions.months_alone, conventions.months_short)
        for number, name in enumerate(names, 1)
    }
    named = [name for name in sorted(months, key=len, reverse=True) if re.search(rf"(?<!\w){re.escape(name)}", lowered)]
    numbers = re.findall(r"\d+", lowered)
    if not named or not 1 <= len(numbers) <= 2:
        return None
    years = [int(number) for number in numbers if len(number) == 4]
    others = [int(number) for number in numbers if len(number) < 3]
    if len(others) != 1 or len(years) != len(numbers) - 1:
        return None
    return _next(months[named[0]], others[0], years[0] if years else None, today)


def _next(month: int, day: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _day(year, month, day)
    ahead = (_day(today.year + years, month, day) for years in range(9))  # 29 February may be eight years away
    return next((found for found in ahead if found is not None and found >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def within(day: date | None, today: date, longest: timedelta) -> bool:
    """Whether a day lies after today, and not further than ``longest``."""
    return day is not None and timedelta() < day - today <= longest
