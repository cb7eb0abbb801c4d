"""The morning's jobs: collect through the day, write the draft, publish at press time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from domain.errors import NotFound
from domain.issue import IssueRecord, IssueState
from morningpost.clock import day_in
from morningpost.desk import Desk
from morningpost.settings import Settings
from morningpost.timetable import Job, daily, every

#: A draft is still worth writing, and an issue still worth publishing, this long after its time.
GRACE = timedelta(hours=12)


#: When nobody minds that the archive is busy for a moment.
QUIET_HOUR = time(3, 15)


class Editors(Protocol):
    """The admins, told once of each thing."""

    async def draft_ready(self, record: IssueRecord) -> None:
        """Show them the draft as it will be sent, with the checks' verdict."""
        ...

    async def waiting(self, record: IssueRecord, why: str) -> None:
        """Tell them that press time is here and the issue needs their word."""
        ...


class Newsroom(Protocol):
    """Who asks the sources and writes the paper."""

    async def collect(self) -> None:
        """Ask the sources once and store what they say."""
        ...

    async def assemble(self, day: date) -> None:
        """Ask the sources once more, so that the paper is fresh, and write the draft of a day."""
        ...


def day_times(settings: Settings) -> Mapping[str, Any]:
    """When the paper's own jobs are due, by name: APScheduler's triggers."""
    zone = settings.paper_timezone
    return {
        "collect": every(settings.collect_every),
        "assemble": daily(settings.assemble_at, zone),
        "press": daily(settings.press_at, zone),
    }


@dataclass(frozen=True, slots=True)
class Morning:
    """What the timetable does with the desk."""

    desk: Desk
    settings: Settings
    editors: Editors
    newsroom: Newsroom
    wake: Callable[[], None]

    def jobs(self) -> tuple[Job, ...]:
        """The timetable of a day."""
        times = day_times(self.settings)
        return (
            Job("collect", times["collect"], self.settings.collect_every / 2, self._collect),
            Job("assemble", times["assemble"], GRACE, self._assemble),
            Job("press", times["press"], GRACE, self._press),
            Job("tidy", daily(QUIET_HOUR, self.settings.paper_timezone), GRACE, self._tidy),
        )

    def _day(self, due_at: datetime) -> date:
        return day_in(self.settings.paper_timezone, due_at)

    async def _collect(self, _: datetime) -> bool:
        await self.newsroom.collect()
        return True

    async def _assemble(self, due_at: datetime) -> bool:
        day = self._day(due_at)
        await self.newsroom.assemble(day)
        record = await asyncio.to_thread(self.desk.record, day)
        await self.editors.draft_ready(record)
        return True

    async def _press(self, due_at: datetime) -> bool:
        """Publish, if the checks passed and nobody holds it; else wait for an admin until the grace is over."""
        day = self._day(due_at)
        try:
            record = await asyncio.to_thread(self.desk.record, day)
        except NotFound:
            return False  # the draft is late; the sweep comes back
        why = self._why_not(record)
        if why is not None:
            await self.editors.waiting(record, why)
            return False
        await asyncio.to_thread(self.desk.publish, day, "timetable")
        self.wake()
        return True

    async def _tidy(self, _: datetime) -> bool:
        await asyncio.to_thread(self.desk.tidy)
        return True

    def _why_not(self, record: IssueRecord) -> str | None:
        if record.state is IssueState.HELD:
            return record.issue.checks.held or "an admin holds it"
        if record.state is IssueState.DRAFT and not self.settings.auto_approve:
            return "AUTO_APPROVE is off"
        return None
