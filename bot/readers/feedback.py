"""What readers think of each story: votes, a few words, reactions in the channel; and what editors learn of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from telegram import ReactionTypeEmoji, Update
from telegram.constants import ChatType

from bot.awaiting import Awaiting, put
from bot.conversation import Conversation
from bot.editors.editing import day_of
from bot.handling import Act, Answer, Chapter, Follow, Press
from bot.languages.words import Words
from bot.ports.services import Services
from bot.texts import feedback as texts
from bot.texts.editing import refused
from bot.texts.reading import no_such_page_press
from domain.combinations import PLAIN, Combination, FormKey
from domain.editions import FRONT, Message, parse_page_callback
from domain.feedback import KEY_LENGTH, LONGEST_WORDS, Ballot, Counted, RatedStory
from domain.issue import SectionName
from domain.readers import ChatId

_SAID = f"{texts.UP}|{texts.DOWN}|{texts.WHY}"
_DATA = re.compile(
    rf"{texts.FEEDBACK}:([0-9]{{8}}):([a-z]+):"
    rf"(?:{texts.LIST}(?:\.([0-9]{{1,3}}))?|({_SAID})(?::([0-9a-f]{{{KEY_LENGTH}}}))?)"
)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a button is for: a page; of its list of stories (``said`` None) a page, from 0; or a word on a story.

    ``story``: its key; empty for the one that is meant where a button names none.
    """

    day: date
    page: SectionName
    number: int = 0
    said: str | None = None
    story: str = ""


class Feedback(Chapter):
    """Handlers for votes and words; in a group each member has his own."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._awaiting = Awaiting(conversation, texts.FEEDBACK)

    def _now(self) -> datetime:
        return self._conversation.services.clock()

    def presses(self) -> Mapping[str, Press]:
        """The buttons under a page, and those of its stories."""
        return {texts.FEEDBACK: self.pressed}

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers /feedback."""
        return {"feedback": self.told}

    def admin_presses(self) -> Mapping[str, Press]:
        """The pages of the answer."""
        return {texts.TOLD: self.turned}

    def answers(self) -> Mapping[str, Answer]:
        """Why a reader thinks so."""
        return {texts.FEEDBACK: self.explained}

    def follows(self) -> Mapping[str, Follow]:
        """Reactions to the posts of the channel."""
        return {"message_reaction_count": self.reacted}

    @property
    def _services(self) -> Services:
        return self._conversation.services

    async def pressed(self, update: Update, data: str) -> None:
        """Show the stories of a page, keep a vote, or ask for the words behind it."""
        aim, user = parse(data), update.effective_user
        if aim is None or user is None:
            await self._conversation.expired(update)
            return
        if aim.said is None:
            await self._list(update, user.id, aim)
            return
        found = await asyncio.to_thread(self._story, update, aim)
        words = await self._conversation.words(update)
        if found is None:
            await self._conversation.acknowledge(update, texts.gone(words))
        elif aim.said == texts.WHY:
            await self._ask_why(update, aim, found)
        else:
            await self._vote(update, words, Ballot(aim.day, aim.page, found.key, user.id), aim)

    async def explained(self, update: Update, about: str) -> bool:
        """Keep the words of a reader who was asked for them."""
        aim, message, user = parse(about), update.effective_message, update.effective_user
        if aim is None or message is None or user is None:
            return False
        words = await self._conversation.words(update)
        text = (message.text or "").strip()
        if not text:
            await self._awaiting.ask(update, about)
            await self._conversation.answer(update, put(update, words, texts.only_text(words, aim.day, aim.page)))
            return True
        ballot, at = Ballot(aim.day, aim.page, aim.story, user.id), self._now()
        kept = await asyncio.to_thread(self._services.feedback.explain, ballot, text, at)
        thanks = texts.thanks(words, aim.day, aim.page, cut=len(text) > LONGEST_WORDS)
        await self._conversation.answer(update, thanks if kept else texts.too_late(words, aim.day, aim.page))
        return True

    async def reacted(self, update: Update) -> None:
        """Keep how often readers of the channel reacted to an issue."""
        told = update.message_reaction_count
        if told is None:
            return
        counts = {
            each.type.emoji: each.total_count for each in told.reactions if isinstance(each.type, ReactionTypeEmoji)
        }
        chat_id, message_id, at = told.chat.id, told.message_id, self._now()
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
        await self._conversation.answer(update, await asyncio.to_thread(self._told, found, 0))

    async def turned(self, update: Update, data: str) -> None:
        """Turn to another page of that answer."""
        _, _, rest = data.partition(":")
        written, _, number = rest.partition(":")
        day = parse_page_callback(f"p:{written}:{FRONT}")
        if day is None or not (number.isascii() and number.isdigit() and len(number) <= len("999")):
            await self._conversation.expired(update)
            return
        await self._conversation.replace(update, await asyncio.to_thread(self._told, day[0], int(number)))

    def _told(self, day: date, number: int) -> Message:
        desk = self._services.feedback
        return texts.told(desk.of_issue(day), desk.weighed(day), number)

    async def _list(self, update: Update, user: int, aim: Aim) -> None:
        """Put the stories of a page in its place."""
        message = await asyncio.to_thread(self._listed, update, user, aim)
        if message is None:
            words = await self._conversation.words(update)
            await self._conversation.acknowledge(update, no_such_page_press(words))
            return
        await self._conversation.replace(update, message)

    async def _vote(self, update: Update, words: Words, ballot: Ballot, aim: Aim) -> None:
        liked = aim.said == texts.UP
        desk, at = self._services.feedback, self._now()
        counted = await asyncio.to_thread(lambda: desk.vote(ballot, at, liked=liked))
        said = {
            Counted.NEW: texts.noted(words, liked=liked),
            Counted.SAME: texts.noted_before(words),
            Counted.GONE: texts.gone(words),
        }
        await self._conversation.acknowledge(update, said[counted])
        if aim.story and counted is Counted.NEW and _is_private(update):
            await self._list(update, ballot.reader, aim)

    async def _ask_why(self, update: Update, aim: Aim, story: RatedStory) -> None:
        words = await self._conversation.words(update)
        await self._awaiting.ask(update, texts.data(aim.day, aim.page, texts.WHY, story.key))
        await self._conversation.acknowledge(update)
        await self._conversation.answer(update, put(update, words, texts.ask_why(words, aim.day, aim.page, story)))

    def _listed(self, update: Update, user: int, aim: Aim) -> Message | None:
        """The page of the list that has the story of a button; what a reader voted is marked where he alone sees it."""
        reader, own = self._own(update)
        stories = self._services.feedback.stories(aim.day, aim.page, own)
        if not stories:
            return None
        votes = self._services.feedback.votes(aim.day, aim.page, user) if _is_private(update) else {}
        places = [place for place, story in enumerate(stories) if story.key == aim.story]
        number = places[0] // texts.PER_PAGE if places else aim.number
        return texts.stories(reader, texts.Ballots(aim.day, aim.page, stories, votes), number)

    def _story(self, update: Update, aim: Aim) -> RatedStory | None:
        """The story that a button is for; None where it is not in the issue, or not any more."""
        desk = self._services.feedback
        if not aim.story:
            return desk.meant(aim.day, aim.page)
        _, own = self._own(update)
        return next((story for story in desk.stories(aim.day, aim.page, own) if story.key == aim.story), None)

    def _own(self, update: Update) -> tuple[Words, FormKey]:
        """The words of a chat, and what it wants of an issue."""
        chat = update.effective_chat
        reader = self._services.readers.get(ChatId(chat.id)) if chat is not None else None
        own = Combination.of(reader).key if reader is not None else PLAIN
        return self._conversation.words_for(reader, update), own


def parse(data: str) -> Aim | None:
    """What a button is for; None when it is none of ours."""
    match = _DATA.fullmatch(data)
    page = parse_page_callback(f"p:{match[1]}:{match[2]}") if match is not None else None
    if match is None or page is None or page[1] not in texts.VOTED:
        return None
    return Aim(page[0], SectionName(page[1]), int(match[3] or 0), match[4], match[5] or "")


def _is_private(update: Update) -> bool:
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE
