"""A paper on a Sunday, with a channel that can be asked: what the tests of polls share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from domain.claims import house as house_words
from domain.deliveries import DeliveryState
from domain.issue import Issue, SectionName, Worth
from domain.polls import Poll
from domain.readers import ChatId
from morningpost.services.polls import PollDesk
from morningpost.telegram import open_bot
from sandbox.telegram import Fault, Message
from storage.polls import Polls
from tests.golden.sample_issue import sample_issue
from tests.integration.house import Morning, morning_at_work
from tests.unit.newsroom.worlds import on, press_time

#: The first Sunday of the made-up worlds, and the Saturday that tells the result.
SUNDAY, SATURDAY = on(6), on(12)


class Clock:
    """Runs as time does, and can be set."""

    def __init__(self, start: datetime) -> None:
        self._ahead = timedelta()
        self.set(start)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def set(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)


@dataclass(frozen=True)
class Paper:
    """A house at work on a Sunday, the clock of everything, and its desk for polls."""

    morning: Morning
    clock: Clock
    desk: PollDesk

    @property
    def posts(self) -> list[Message]:
        """The polls that the channel shows."""
        return [message for message in self.morning.channel.messages.values() if message.content.poll is not None]

    @property
    def poll(self) -> Poll:
        """The newest poll as it is kept."""
        found = self.desk.newest()
        assert found is not None
        return found

    def publish(self, *headlines: str, until: date = SUNDAY) -> None:
        """Publish issues of the days until a day, each with a lead of that headline, oldest first."""
        for back, headline in enumerate(reversed(headlines)):
            day = until - timedelta(days=back)
            self.morning.put(led_by(headline, day))
            self.morning.house.issues.approve(day, "anna", self.clock())
            self.morning.house.issues.publish(day, "anna", self.clock())

    async def ask(self, day: date = SUNDAY) -> bool:
        return await self.desk.ask(press_time(day))

    async def asked(self) -> Message:
        """Ask, and wait until the channel has the poll and we know it."""
        self.publish("Asters lead", "Bees lead", "Cedars lead")
        assert await self.ask()
        await self.morning.telegram.until(lambda: self.posts)
        await self.until(lambda: self.poll.posted is DeliveryState.SENT)
        return self.posts[0]

    def vote(self, *counts: int, first: int = 5000) -> None:
        """Let so many people vote for each answer."""
        voter = first
        for option, count in enumerate(counts):
            for _ in range(count):
                self.morning.telegram.user(voter).vote(self.posts[0], option)
                voter += 1

    async def close(self) -> bool:
        """Closing time has come."""
        if self.clock() < self.poll.closes_at:
            self.clock.set(self.poll.closes_at)
        return await self.desk.close(self.clock())

    async def until(self, predicate: object) -> None:
        """Wait until something is so in the database."""
        assert callable(predicate)
        for _ in range(200):
            if await asyncio.to_thread(predicate):
                return
            await asyncio.sleep(0.03)
        raise TimeoutError("it did not come true within six seconds")


def led_by(headline: str, day: date, kind: str = "") -> Issue:
    """The sample issue of another day, with another lead, which tells a thing of that kind."""
    issue = replace(sample_issue(), date=day, number=day.toordinal())
    lead = issue.section(SectionName.LEAD)
    assert lead is not None
    worth = Worth(kind, 0.5, 0.5, 1.0, 1.0, 1.0, 0.3) if kind else None
    story = replace(lead.stories[0], headline=house_words(headline), worth=worth)
    others = [section for section in issue.sections if section is not lead]
    return replace(issue, sections=(replace(lead, stories=(story,)), *others))


@asynccontextmanager
async def paper_at_work(folder: Path, *, faults: Sequence[Fault] = (), at_work: bool = True) -> AsyncIterator[Paper]:
    clock = Clock(press_time(SUNDAY))
    async with morning_at_work(folder, clock=clock, telegram_clock=clock, faults=faults, at_work=at_work) as morning:
        house = morning.house
        async with open_bot(house.settings, house.settings.token) as bot:
            channel = ChatId(morning.channel.id)
            polls = Polls(house.database)
            desk = PollDesk(channel, polls, house.issues, house.outbox, house.paper, bot, clock, lambda: None)
            yield Paper(morning, clock, desk)
