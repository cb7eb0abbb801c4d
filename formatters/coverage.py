"""Tells which sources answered, in a reader's words: what was read, what is missing and why, and where the record gaps.

A harvest keeps the reason as the site gave it, for the admins; here it is one of a few kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.issue import Coverage, Gap, Paper, SourceCoverage
from domain.items import Source
from domain.readings import HarvestStatus
from formatters import phrases
from formatters.views import CoverageView

#: Older gaps are left to the record itself.
MOST_GAPS = 2

#: What the reason of a harvest says, the first that fits.
_KINDS = tuple((re.compile(pattern, re.IGNORECASE), told) for pattern, told in phrases.REASONS)


def coverage_view(read: Coverage, paper: Paper) -> CoverageView:
    """Which sources answered, in part or not at all, as of when."""
    told = (*_answers(read.sources), *map(_gap, read.gaps[-MOST_GAPS:]))
    return CoverageView(read.as_of, moment(read.as_of, paper.zone), told)


def moment(at: datetime, zone: str) -> str:
    """A moment on a clock in ``zone``: ``4 July 2026, 05:31 UTC``."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y, %H:%M %Z}"


def _answers(sources: Iterable[SourceCoverage]) -> Iterator[str]:
    """One sentence for each way of answering, best first; a reason that all of them share is told once."""
    asked = tuple(sources)
    for status, opening in phrases.ANSWERS.items():
        told = [one for one in asked if one.status is status]
        if told:
            yield f"{opening} {_enumerated(told)}."


def _enumerated(sources: Sequence[SourceCoverage]) -> str:
    reasons = [_reason(one) for one in sources]
    shared = reasons[0] if len(set(reasons)) == 1 else ""
    parts = (
        _extent(one) if shared or not reason else f"{_extent(one)}, {_missing(one, reason)}"
        for one, reason in zip(sources, reasons, strict=True)
    )
    listed = (", " if shared or not any(reasons) else "; ").join(parts)
    return f"{listed}; {_missing(sources[0], shared, several=len(sources) > 1)}" if shared else listed


def _missing(one: SourceCoverage, reason: str, *, several: bool = False) -> str:
    """What is missing, and why: the rest of a source that answered in part, or the whole of it."""
    if one.status is HarvestStatus.PARTIAL:
        return f"{phrases.THE_REST} {reason}"
    return f"{phrases.THEY if several else phrases.IT} {reason}"


def _reason(one: SourceCoverage) -> str:
    """The kind of reason for a missing answer; empty where all came, or none was noted."""
    if one.status not in {HarvestStatus.PARTIAL, HarvestStatus.FAILED} or not one.error.strip():
        return ""
    return next((told for pattern, told in _KINDS if pattern.search(one.error)), phrases.UNREADABLE)


def _extent(one: SourceCoverage) -> str:
    """A source and how many of its lists answered: ``GitHub (3 of 5 lists)``, ``23 of 24 lab and press feeds``."""
    name, answered = phrases.SOURCES[one.source], one.lists - len(one.failed_lists)
    if one.lists < 2 or one.status in {HarvestStatus.FAILED, HarvestStatus.EMPTY}:
        return name
    count = str(one.lists) if answered == one.lists else f"{answered} of {one.lists}"
    return f"{count} {name}" if one.source is Source.FEEDS else f"{name} ({count} lists)"


def _gap(gap: Gap) -> str:
    """The days on which nothing was read."""
    if gap.first == gap.last:
        return f"{phrases.NOTHING_READ} {phrases.ON} {_day(gap.first)}."
    return f"{phrases.NOTHING_READ} {phrases.FROM} {_day(gap.first)} {phrases.TO} {_day(gap.last)}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
