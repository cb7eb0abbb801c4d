"""How the paper stands, in one look: readers, the newest issue, its delivery, the sources, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from domain.deliveries import Receipt
from domain.issue import IssueRecord
from domain.items import NEWS
from domain.measures import Finding
from domain.readers import SubscriberState
from domain.readings import Harvest, HarvestStatus
from domain.statistics import Statistics
from formatters.measures import summary
from formatters.receipts import counted, receipt_fields, receipt_lines
from formatters.statistics import statistics_fields
from formatters.writing import writing_lines
from morningpost.morning import day_times
from morningpost.services.poll_times import poll_times
from morningpost.services.statistics import statistics_of

if TYPE_CHECKING:
    from morningpost.wiring import House

#: Sources are judged by their newest harvests of this long.
HEALTH = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Status:
    """What `status` shows; times are aware UTC."""

    readers: Mapping[SubscriberState, int]
    issue: IssueRecord | None
    receipt: Receipt | None
    harvests: tuple[Harvest, ...]
    next_times: Mapping[str, datetime]
    unattended_since: datetime | None = None
    paused_until: datetime | None = None
    statistics: Statistics | None = None

    @classmethod
    def of(cls, house: House, *, counted: bool = False) -> Status:
        """Look at a house; ``counted``: with what readers do, which takes longer."""
        now = house.clock()
        newest: dict[tuple[str, str], Harvest] = {}
        for harvest in house.archive.harvests(now - HEALTH, now):
            if harvest.source in NEWS:
                newest[harvest.source.value, harvest.list] = harvest
        return cls(
            house.subscribers.counts(),
            house.issues.latest(),
            house.desk.receipt(),
            tuple(newest.values()),
            _next_times(house, now),
            house.outbox.unattended_since(now),
            house.outbox.paused_until(now),
            statistics_of(house) if counted else None,
        )

    def rows(self) -> list[tuple[str, str]]:
        """The status as lines of two columns."""
        readers = ", ".join(f"{count:,} {state.value}" for state, count in self.readers.items() if count)
        rows = [("readers", readers or "none yet"), *_use(self.statistics), ("issue", _issue_line(self.issue))]
        rows += [("writer", line) for line in (writing_lines(self.issue.issue) if self.issue else [])]
        rows += [("delivery", line) for line in (receipt_lines(self.receipt) if self.receipt else ["none yet"])]
        if self.unattended_since is not None:
            rows.append(("ALARM", unattended(self.unattended_since)))
        if self.paused_until is not None:
            rows.append(("waiting", f"Telegram wants no message before {self.paused_until:%Y-%m-%d %H:%M:%S} UTC"))
        rows += [(f"source {source}", found) for source, found in sorted(self._health().items())]
        rows += [(f"next {job}", f"{at:%Y-%m-%d %H:%M} UTC") for job, at in self.next_times.items()]
        return rows

    def _health(self) -> dict[str, str]:
        health: dict[str, list[Harvest]] = {}
        for harvest in self.harvests:
            health.setdefault(harvest.source.value, []).append(harvest)
        return {source: _line(harvests) for source, harvests in health.items()}

    def as_dict(self) -> dict[str, Any]:
        """The status for a program."""
        return {
            "readers": {state.value: count for state, count in self.readers.items()},
            "issue": None
            if self.issue is None
            else {
                "date": str(self.issue.issue.date),
                "number": self.issue.issue.number,
                "state": self.issue.state.value,
                "writer": writing_lines(self.issue.issue),
                "missed": [finding.measure.value for finding in _missed(self.issue)],
            },
            "delivery": None if self.receipt is None else receipt_fields(self.receipt),
            "paused_until": None if self.paused_until is None else self.paused_until.isoformat(),
            "unattended_since": None if self.unattended_since is None else self.unattended_since.isoformat(),
            "sources": [_harvest_fields(harvest) for harvest in self.harvests],
            "next": {job: at.isoformat() for job, at in self.next_times.items()},
            "statistics": None if self.statistics is None else statistics_fields(self.statistics),
        }


def unattended(since: datetime) -> str:
    """The alarm of messages that nobody sends."""
    return (
        f"messages are due, and nobody has worked since {since:%Y-%m-%d %H:%M} UTC: start `morningpost run` or `worker`"
    )


def _use(statistics: Statistics | None) -> list[tuple[str, str]]:
    """What readers did in the last days, in one line."""
    if statistics is None:
        return []
    joined, left = sum(statistics.movement.joined.values()), sum(statistics.movement.left.values())
    votes = sum(tally.votes for tally in statistics.opinions.pages.values())
    told = f"{joined:,} joined, {left:,} left, {statistics.views.total:,} pages opened, {votes:,} votes"
    return [(f"in {statistics.days} days", f"{told}; {statistics.inactive:,} inactive")]


def _issue_line(record: IssueRecord | None) -> str:
    if record is None:
        return "none yet"
    line = f"{record.issue.number} of {record.issue.date}: {record.state.value}"
    measures = record.issue.checks.measures
    return line if measures is None else f"{line}, {summary(measures)}"


def _missed(record: IssueRecord) -> tuple[Finding, ...]:
    measures = record.issue.checks.measures
    return () if measures is None else measures.missed


def _next_times(house: House, now: datetime) -> dict[str, datetime]:
    times = dict(day_times(house.settings))
    if house.outbox.own_channel is not None:
        times |= poll_times(house.settings)
    return {job: trigger.get_next_fire_time(None, now) for job, trigger in times.items()}


def _line(harvests: list[Harvest]) -> str:
    failed = [harvest for harvest in harvests if harvest.status is HarvestStatus.FAILED]
    items = sum(harvest.items for harvest in harvests)
    at = max(harvest.observed_at for harvest in harvests)
    found = f"{counted(items, 'item')} on {counted(len(harvests), 'list')} at {at:%H:%M} UTC"
    return f"{found}; failed: {', '.join(harvest.list for harvest in failed)}" if failed else found


def _harvest_fields(harvest: Harvest) -> dict[str, Any]:
    return {
        "source": harvest.source.value,
        "list": harvest.list,
        "status": harvest.status.value,
        "items": harvest.items,
        "observed_at": harvest.observed_at.isoformat(),
        "error": harvest.error or None,
    }
