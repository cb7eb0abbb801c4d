"""The coverage of an issue: the sources asked, answered and failed, as of when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from domain.issue import Coverage, Gap, SourceCoverage
from domain.items import NEWS, Source
from domain.readings import Harvest, HarvestStatus
from newsroom.record import FRESH, READABLE, Record

#: The worst of a source's lists is its status: the later, the worse.
_BADNESS = (HarvestStatus.OK, HarvestStatus.EMPTY, HarvestStatus.PARTIAL, HarvestStatus.FAILED)


def coverage(record: Record, as_of: datetime) -> Coverage:
    """What each source gave, from the last time each of its lists was asked before ``as_of`` (aware UTC).

    The coverage itself is as of the newest of these readings; as of ``as_of`` when nothing was asked lately.
    """
    asked = [harvest for key in record.lists() if (harvest := record.newest_harvest(key)) is not None]
    recent = [harvest for harvest in asked if as_of - harvest.observed_at <= FRESH]
    by_source = {source: [harvest for harvest in recent if harvest.source is source] for source in NEWS}
    newest = max((harvest.observed_at for harvest in recent), default=as_of)
    told = tuple(_of(source, harvests) for source, harvests in by_source.items() if harvests)
    return Coverage(newest, told, tuple(_gaps(record)))


def _gaps(record: Record) -> Iterator[Gap]:
    """The days (UTC) between the first and the last of the record on which no list was read."""
    read = {
        harvest.observed_at.date()
        for harvest in record.harvests
        if harvest.source in NEWS and harvest.status in READABLE
    }
    for before, after in pairwise(sorted(read)):
        if _next(before) < after:
            yield Gap(_next(before), after - timedelta(days=1))


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _of(source: Source, harvests: Sequence[Harvest]) -> SourceCoverage:
    failed = [harvest for harvest in harvests if harvest.status is HarvestStatus.FAILED]
    worst = max(harvests, key=lambda harvest: _BADNESS.index(harvest.status))
    return SourceCoverage(
        source=source,
        status=_status(harvests, failed),
        items=sum(harvest.items for harvest in harvests),
        observed_at=max(harvest.observed_at for harvest in harvests),
        lists=len(harvests),
        failed_lists=tuple(sorted(harvest.list for harvest in failed)),
        error=worst.error if worst.status in {HarvestStatus.FAILED, HarvestStatus.PARTIAL} else "",
    )


def _status(harvests: Sequence[Harvest], failed: Sequence[Harvest]) -> HarvestStatus:
    """Failed when all lists failed, partial when some did or were cut, empty when nothing came."""
    if len(failed) == len(harvests):
        return HarvestStatus.FAILED
    if failed or any(harvest.status is HarvestStatus.PARTIAL for harvest in harvests):
        return HarvestStatus.PARTIAL
    return HarvestStatus.OK if any(harvest.items for harvest in harvests) else HarvestStatus.EMPTY
