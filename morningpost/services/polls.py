"""The weekly poll of the channel: asked on Sunday, closed on Friday, its count read and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.editors.polls import count_of
from domain.deliveries import DeliveryState
from domain.errors import NotAllowed
from domain.issue import Issue, IssueState, Paper, SectionName
from domain.polls import DAYS, Choice, Count, Poll, choices
from domain.readers import ChatId
from morningpost.clock import day_in
from morningpost.services.poll_times import closing
from storage.issues import Issues
from storage.outbox import Outbox
from storage.polls import Polls

log = structlog.get_logger()

#: So long a poll that Telegram closed without us may be silent about its count, or its post about whether it arrived.
PATIENCE = timedelta(days=2)

#: What stopPoll is refused with (TDLib, MessagesManager::stop_poll, and telegram-bot-api, ``check_message``).
_ALREADY = "already been closed"
_GONE = ("not found", "is not a poll")


@dataclass(frozen=True, slots=True)
class PollDesk:
    """Asks and closes the polls of a channel. ``wake`` tells the pump of the post that is owed."""

    channel: ChatId
    polls: Polls
    issues: Issues
    outbox: Outbox
    paper: Paper
    bot: Bot
    clock: Callable[[], datetime]
    wake: Callable[[], None]

    async def ask(self, due_at: datetime) -> bool:
        """Ask about the week that ends with the issue of the day, once that is published; whether that is done."""
        day = day_in(self.paper.zone, due_at)
        return await asyncio.to_thread(self._ask, day)

    def _ask(self, day: date) -> bool:
        published = [each for each in self.issues.dates(IssueState.PUBLISHED) if 0 <= (day - each).days < DAYS]
        if day not in published:
            return False  # the issue is late, or held; the sweep comes back
        found = choices(choice for each in published for choice in self._lead(each))
        if not found:
            log.info("poll.not_asked", date=str(day), why="fewer than two leads to choose from")
            return True
        if self.polls.open(self.channel, day, found, closing(day, self.paper.zone), self.clock()):
            log.info("poll.asked", date=str(day), choices=len(found))
        self.wake()
        return True

    def _lead(self, day: date) -> Iterator[Choice]:
        record = self.issues.load(day)
        if record is not None:
            yield from lead_of(record.issue)

    async def close(self, _: datetime) -> bool:
        """Close the polls whose time is over, and read what was counted; whether nothing is left to be tried again."""
        now = self.clock()
        due = [poll for poll in await asyncio.to_thread(self.polls.open_ones) if poll.closes_at <= now]
        return all([await self._close(poll) for poll in due])

    async def close_now(self, asked_on: date) -> bool:
        """Close a poll before its time, as an admin wants; False when there is none to close, or it can't be now."""
        standing = await asyncio.to_thread(self.polls.open_ones)
        poll = next((poll for poll in standing if poll.asked_on == asked_on), None)
        return poll is not None and await self._close(poll)

    def counted(self, count: Count) -> None:
        """Keep what Telegram says of a poll, a closed one for good."""
        self._keep(count)

    def newest(self) -> Poll | None:
        """The newest poll; None before the first."""
        return next(iter(self.polls.newest()), None)

    async def _close(self, poll: Poll) -> bool:
        if poll.message_id is not None:
            return await self._stop(poll, poll.message_id)
        if poll.posted is DeliveryState.SENDING:
            return False
        await asyncio.to_thread(self._give_up, poll)
        return True

    async def _stop(self, poll: Poll, message_id: int) -> bool:
        try:
            stopped = await self.bot.stop_poll(poll.chat_id, message_id)
        except BadRequest as refused:
            return await asyncio.to_thread(self._refused, poll, str(refused))
        except TelegramError as error:  # a flood, an outage, no rights: the sweep comes back
            log.warning("poll.not_closed", asked_on=str(poll.asked_on), reason=str(error))
            return False
        await asyncio.to_thread(self._finish, poll, count_of(stopped))
        return True

    def _finish(self, poll: Poll, count: Count) -> None:
        """Keep the count that stands; the update that tells the same may have come first."""
        if self._keep(count) is None and any(each.asked_on == poll.asked_on for each in self.polls.open_ones()):
            self._end(poll, "Telegram counted other answers than were asked")

    def _refused(self, poll: Poll, reason: str) -> bool:
        """What follows when Telegram does not close it; whether that is all."""
        words = reason.lower()
        if _ALREADY in words:  # its count comes as an update, or came
            self._silent(poll, "it was closed, and its count was never told")
            return True
        if any(gone in words for gone in _GONE):
            self._end(poll, "it was deleted")
            return True
        log.warning("poll.not_closed", asked_on=str(poll.asked_on), reason=reason)
        self._silent(poll, f"it can't be closed: {reason}")
        return self.clock() - poll.closes_at > PATIENCE

    def _give_up(self, poll: Poll) -> None:
        """What was not posted until the poll closes is not posted any more; what may have arrived may be counted."""
        if poll.posted is DeliveryState.UNCERTAIN:
            self._silent(poll, "nobody knows whether its post arrived")
            return
        if poll.posted is DeliveryState.QUEUED:
            try:
                self.outbox.cancel(poll.broadcast, at=self.clock(), by="timetable")
            except NotAllowed as error:  # an admin was there first
                log.info("poll.not_withdrawn", asked_on=str(poll.asked_on), reason=str(error))
        self._end(poll, f"its post was {poll.posted}")

    def _silent(self, poll: Poll, why: str) -> None:
        """Wait for an update that tells the count; not for ever."""
        if self.clock() - poll.closes_at > PATIENCE:
            self._end(poll, why)

    def _end(self, poll: Poll, why: str) -> None:
        log.warning("poll.without_result", asked_on=str(poll.asked_on), why=why)
        self.polls.end(poll.asked_on, why)

    def _keep(self, count: Count) -> Poll | None:
        kept = self.polls.count(count, self.clock(), self.paper.channel)
        if kept is not None and count.closed:
            log.info("poll.closed", asked_on=str(kept.asked_on), votes=sum(count.votes.values()))
        return kept


def lead_of(issue: Issue) -> Iterator[Choice]:
    """The lead story of an issue as an answer, its headline whole; nothing where it has none."""
    section = issue.section(SectionName.LEAD)
    story = section.stories[0] if section is not None and section.stories else None
    if story is not None and story.headline is not None:
        yield Choice(story.headline.text, issue.date, story.worth.kind if story.worth is not None else "")
