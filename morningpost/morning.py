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
from morningpost.desk.desk import Desk
from morningpost.settings import Settings
from morningpost.timetable import Job, daily, every

#: A draft is still worth writing, and an issue still worth publishing, this long after its time.
GRACE = timedelta(hours=12)


#: Links that were found gone when the draft was written are asked again so much later: later than ``links.APART``.
SECOND_LOOK = timedelta(minutes=11)

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

    async def look_again(self, day: date) -> None:
        """Ask the links of the draft of a day again, and write it without those that are dead."""
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
            *self._second_look(),
            Job("press", times["press"], GRACE, self._press),
            Job("tidy", daily(QUIET_HOUR, self.settings.paper_timezone), GRACE, self._tidy),
        )

    def _second_look(self) -> tuple[Job, ...]:
        """When links that were found gone are asked again; none where press time leaves no room for it."""
        begun = datetime.combine(date.min, self.settings.assemble_at)
        again = (begun + SECOND_LOOK).time()
        if not self.settings.check_links or not self.settings.assemble_at < again < self.settings.press_at:
            return ()
        return (Job("links", daily(again, self.settings.paper_timezone), GRACE, self._look_again),)

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

    async def _look_again(self, due_at: datetime) -> bool:
        """Ask the draft's links that were found gone again; one that is dead is left out, and the admins are shown."""
        day = self._day(due_at)
        try:
            record = await asyncio.to_thread(self.desk.record, day)
        except NotFound:
            return False  # the draft is late; the sweep comes back
        doubtful = await self._doubtful(record)
        if not doubtful:
            return True
        if doubtful.isdisjoint(await asyncio.to_thread(self.desk.links_to_ask, record.issue)):
            return False  # asked too short a time ago; the sweep comes back
        await self.newsroom.look_again(day)
        after = await asyncio.to_thread(self.desk.record, day)
        if after.assembled_at != record.assembled_at:
            await self.editors.draft_ready(after)
        return not await self._doubtful(after)

    async def _doubtful(self, record: IssueRecord) -> frozenset[str]:
        """The links in doubt of an issue that nobody has let go yet."""
        if record.state not in {IssueState.DRAFT, IssueState.HELD}:
            return frozenset()
        return await asyncio.to_thread(self.desk.links_in_doubt, record.issue)

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
