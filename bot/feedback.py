"""What readers think of a page: a vote, a few words, reactions in the channel; and what the editors learn of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from telegram import ReactionTypeEmoji, Update

from bot.awaiting import Awaiting
from bot.conversation import Conversation
from bot.editing import day_of
from bot.handling import Act, Chapter, Follow, Press
from bot.ports import Services
from bot.texts import feedback as texts
from bot.texts.editing import refused
from newsroom.selection.approval import DAYS, Approval


class Feedback(Chapter):
    """Handlers for votes and words; in a group each member has his own."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._awaiting = Awaiting(self._now)

    def _now(self) -> datetime:
        return self._conversation.services.clock()

    def presses(self) -> Mapping[str, Press]:
        """The buttons under a page."""
        return {texts.FEEDBACK: self.pressed}

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers /feedback."""
        return {"feedback": self.told}

    def follows(self) -> Mapping[str, Follow]:
        """Reactions to the posts of the channel."""
        return {"message_reaction_count": self.reacted}

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def pressed(self, update: Update, data: str) -> None:
        """Keep a vote, or ask for the words behind it."""
        aim, user = parse(data), update.effective_user
        if aim is None or user is None:
            await self._conversation.expired(update)
            return
        day, page, said = aim
        words = await self._conversation.words(update)
        if said == texts.WHY:
            await self._ask_why(update, day, page)
            return
        liked = said == texts.UP
        kind = await asyncio.to_thread(self._kind, day, page)
        if kind is None:
            await self._conversation.expired(update)
            return
        book, at = self._services.feedback, self._services.clock()
        new = await asyncio.to_thread(lambda: book.vote(day, page, kind, user.id, at, liked=liked))
        await self._conversation.acknowledge(
            update, texts.noted(words, liked=liked) if new else texts.noted_before(words)
        )

    async def written(self, update: Update) -> bool:
        """Keep the words of a reader who was asked for them."""
        question, message, user = self._awaiting.take(update), update.message, update.effective_user
        aim = parse(question or "")
        if aim is None or message is None or not message.text or user is None:
            return False
        text = message.text
        kept = await asyncio.to_thread(lambda: self._services.feedback.explain(aim[0], aim[1], user.id, text))
        words = await self._conversation.words(update)
        await self._conversation.answer(update, texts.thanks(words) if kept else texts.vote_first(words))
        return True

    async def reacted(self, update: Update) -> None:
        """Keep how often readers of the channel reacted to an issue."""
        told = update.message_reaction_count
        if told is None:
            return
        counts = {
            each.type.emoji: each.total_count for each in told.reactions if isinstance(each.type, ReactionTypeEmoji)
        }
        chat_id, message_id, at = told.chat.id, told.message_id, self._services.clock()
        await asyncio.to_thread(self._services.feedback.reacted, chat_id, message_id, counts, at)

    async def told(self, update: Update, words: list[str]) -> None:
        """Answer /feedback [date] with what came back on an issue, and with what of it counts in ranking."""
        day, clear = day_of(words)
        newest = await asyncio.to_thread(self._services.newsstand.current)
        if not clear:
            await self._conversation.answer(update, refused("Write the date as 2026-07-04."))
            return
        found = day or newest
        if found is None:
            await self._conversation.answer(update, refused("No issue is published yet."))
            return
        book = self._services.feedback
        feedback = await asyncio.to_thread(book.of_issue, found)
        votes = await asyncio.to_thread(book.by_kind, found - timedelta(days=DAYS - 1), found)
        await self._conversation.answer(update, texts.told(feedback, Approval(votes).weighed()))

    async def _ask_why(self, update: Update, day: date, page: str) -> None:
        words, user = await self._conversation.words(update), update.effective_user
        if user is None:
            return
        self._awaiting.ask(update, f"{texts.FEEDBACK}:{day:%Y%m%d}:{page}:{texts.WHY}")
        await self._conversation.acknowledge(update)
        await self._conversation.answer(update, texts.ask_why(words, day))

    def _kind(self, day: date, page: str) -> str | None:
        """What sort of thing the first story of a page tells, empty where nobody weighed it; None: no such page."""
        issue = self._services.library.issue(day)
        section = next((each for each in issue.sections if each.name.value == page), None) if issue else None
        if section is None:
            return None
        return next((story.worth.kind for story in section.stories if story.worth is not None), "")


def parse(data: str) -> tuple[date, str, str] | None:
    """The day, the page and the word of a button; None when it is none of ours."""
    parts = data.split(":")
    if len(parts) != 4 or parts[2] not in texts.VOTED or parts[3] not in {texts.UP, texts.DOWN, texts.WHY}:
        return None
    written = parts[1]
    if len(written) != 8 or not (written.isascii() and written.isdigit()):
        return None
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:])), parts[2], parts[3]
    except ValueError:
        return None
