"""The poll of the channel: counted as Telegram tells, shown to admins, who may close it before its time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from telegram import Poll, Update

from bot.conversation import Conversation
from bot.handling import Act, Chapter, Follow, Press
from bot.ports.polls import PollDesk
from bot.texts import polls as texts
from domain.polls import Count


class Polling(Chapter):
    """Handlers for counts, and for admins; where no channel is, there is no poll."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    @property
    def _desk(self) -> PollDesk | None:
        return self._conversation.services.polls

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers /poll."""
        return {"poll": lambda update, _: self.told(update)}

    def admin_presses(self) -> Mapping[str, Press]:
        """The button that closes it."""
        return {texts.POLL: self.pressed}

    def follows(self) -> Mapping[str, Follow]:
        """What Telegram counts."""
        return {"poll": self.counted}

    async def counted(self, update: Update) -> None:
        """Keep a count; one of a poll that is none of ours is passed over."""
        desk, poll = self._desk, update.poll
        if desk is not None and poll is not None:
            await asyncio.to_thread(desk.counted, count_of(poll))

    async def told(self, update: Update) -> None:
        """Answer /poll with how the newest poll stands."""
        poll = await asyncio.to_thread(self._desk.newest) if self._desk is not None else None
        await self._conversation.answer(update, texts.none_yet() if poll is None else texts.standing(poll))

    async def pressed(self, update: Update, data: str) -> None:
        """Close the poll, or ask once more."""
        named, desk = texts.parse(data), self._desk
        poll = await asyncio.to_thread(desk.newest) if desk is not None else None
        if named is None or desk is None or poll is None or named[0] != poll.asked_on:
            await self._conversation.expired(update)
            return
        await self._conversation.acknowledge(update)
        if not named[1]:
            await self._conversation.replace(update, texts.standing(poll) if poll.over else texts.ask_sure(poll))
            return
        closed = await desk.close_now(poll.asked_on)
        after = await asyncio.to_thread(desk.newest)
        shown = texts.standing(after) if closed and after is not None else texts.not_closed()
        await self._conversation.replace(update, shown)


def count_of(poll: Poll) -> Count:
    """What Telegram says of a poll."""
    votes = {option.text: option.voter_count for option in poll.options}
    return Count(poll.id, poll.question, votes, poll.is_closed)
