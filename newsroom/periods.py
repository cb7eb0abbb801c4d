"""Periods between readings as ISO 8601 durations, and how far two readings may be from the period printed."""

from __future__ import annotations

import re
from datetime import timedelta

#: "In seven days" for readings 6.9 days apart: the tolerance of DESIGN §4, three hours or a tenth.
TOLERANCE_HOURS = 3
TOLERANCE_SHARE = 0.1


def right_period(period: str, distance: timedelta) -> bool:
    """Whether an ISO 8601 duration (``P7D``, ``PT6H``) is the distance of two readings, within the tolerance."""
    stated = parse_period(period)
    if stated is None:
        return False
    return abs(distance - stated) <= tolerance(stated)


def tolerance(stated: timedelta) -> timedelta:
    """How far a distance of readings may be from the period that is printed."""
    return max(timedelta(hours=TOLERANCE_HOURS), stated * TOLERANCE_SHARE)


_PERIOD = re.compile(r"P(?:(?P<weeks>\d{1,4})W|(?:(?P<days>\d{1,5})D)?(?:T(?P<hours>\d{1,5})H)?)", re.ASCII)


def parse_period(text: str) -> timedelta | None:
    """An ISO 8601 duration in weeks, or in days and hours; None when it is no such thing or is empty."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        return None
    found = timedelta(weeks=int(match["weeks"] or 0), days=int(match["days"] or 0), hours=int(match["hours"] or 0))
    return found or None


def period(distance: timedelta) -> str:
    """The distance of two readings as an ISO 8601 duration: whole days, or hours below 21 hours."""
    hours = round(distance / timedelta(hours=1))
    if hours < 24 - TOLERANCE_HOURS:
        return f"PT{max(hours, 1)}H"
    return f"P{max(round(distance / timedelta(days=1)), 1)}D"
