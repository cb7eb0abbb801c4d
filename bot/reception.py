"""Which update goes to which chapter: who may, what is acknowledged, and what an unknown thing is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import structlog
from telegram import Update
from telegram.constants import ChatType

from bot.awaiting import Awaiting, answered
from bot.conversation import Conversation
from bot.edits import FRESH, Edit, Edits
from bot.handling import Act, Answer, Chapter, Press
from bot.texts import general, search
from domain.errors import StorageError

log = structlog.get_logger()

#: Seconds after which a press is acknowledged although its chapter is still at work.
ACKNOWLEDGED_AFTER = 0.5

Entry = TypeVar("Entry")


class Reception:
    """All chapters behind one door. Raises ValueError when two chapters answer the same thing."""

    def __init__(self, conversation: Conversation, chapters: Sequence[Chapter]) -> None:
        self._conversation = conversation
        self._chapters = tuple(chapters)
        self.edits = Edits()
        self.commands = self._gather_commands()
        self._presses = self._gather_presses()
        self._answers: Mapping[str, Answer] = _joined(chapter.answers() for chapter in self._chapters)

    @property
    def followed(self) -> frozenset[str]:
        """The kinds of updates beside messages and presses that chapters follow."""
        return frozenset(kind for chapter in self._chapters for kind in chapter.follows())

    async def pressed(self, update: Update) -> None:
        """Answer a button: at once to the presser, then in the chat."""
        query = update.callback_query
        if query is None:
            return
        data = query.data or ""
        press = self._presses.get(data) or self._presses.get(data.partition(":")[0]) or self._expired
        acting = asyncio.ensure_future(press(update, data))
        try:
            await asyncio.wait({acting}, timeout=ACKNOWLEDGED_AFTER)
            await self._conversation.acknowledge(update)
            await acting
        finally:
            acting.cancel()
            self._conversation.acknowledged.discard(query.id)

    async def written(self, update: Update) -> None:
        """Give a message to the chapter that waited for it; a group is not spoken into unasked."""
        self.edits.note(update)
        for chapter in self._chapters:
            if await chapter.written(update):
                return
        if not await self._answered(update) and _is_private(update):
            await self._unknown(update)

    async def edited(self, update: Update) -> None:
        """Take an edited message, which is no command, for what it was: an answer, else words; too late, say so once.

        What was no edit of words is let pass in silence.
        """
        kind = self.edits.kind(update)
        if kind is Edit.NONE or await self._answered(update) or not _is_private(update):
            return
        if kind is Edit.FRESH:
            await self.written(update)
        elif update.effective_chat is not None and self.edits.is_first_late(update.effective_chat.id):
            words = await self._conversation.words(update)
            await self._conversation.answer(update, general.edited_late(words, int(FRESH.total_seconds() // 60)))

    async def _answered(self, update: Update) -> bool:
        """Give a message to the chapter whose question it answers; what is no answer leaves the question as it was."""
        try:
            question = await answered(self._conversation, update)
        except StorageError:
            if _is_private(update):
                raise
            return True  # of a group nobody knows whether we were meant
        answer = self._answers.get(question.asked) if question is not None else None
        if question is None or answer is None:
            return False
        if await answer(update, question.about):
            self.edits.note(update)
            return True
        await Awaiting(self._conversation, question.asked).ask(update, question.about)
        return False

    async def followed_up(self, update: Update) -> None:
        """Tell every chapter that follows this kind of update."""
        for chapter in self._chapters:
            for kind, follow in chapter.follows().items():
                if getattr(update, kind, None) is not None:
                    await follow(update)

    async def hurried(self, update: Update) -> None:
        """Say once, to one who asks too fast, that some of what he asks is left out; a group is not told."""
        if _is_private(update):
            await self._conversation.answer(update, general.hurried(await self._conversation.words(update)))

    async def failed(self, update: object, error: Exception | None) -> None:
        """Note an error, and tell the reader that it was not his fault."""
        log.error("update.failed", error=type(error).__name__, exc_info=error)
        if isinstance(update, Update):
            await self._conversation.answer(update, general.failed(await self._conversation.words(update)))

    def _gather_commands(self) -> Mapping[str, Act]:
        acts = _joined(chapter.commands() for chapter in self._chapters)
        if "start" in acts:
            acts["start"] = self._started(acts["start"])
        for_admins = _joined(chapter.admin_commands() for chapter in self._chapters)
        return _joined([acts, {name: self._for_admins(act) for name, act in for_admins.items()}])

    def _gather_presses(self) -> Mapping[str, Press]:
        personal = _joined(chapter.personal_presses() for chapter in self._chapters)
        for_admins = _joined(chapter.admin_presses() for chapter in self._chapters)
        return _joined(
            [
                *(chapter.presses() for chapter in self._chapters),
                {key: self._for_deciders(press) for key, press in personal.items()},
                {key: self._pressed_by_admins(press) for key, press in for_admins.items()},
            ]
        )

    def _started(self, act: Act) -> Act:
        """A deep link goes to the chapter that knows it; any other start is the start."""

        async def started(update: Update, words: list[str]) -> None:
            for chapter in self._chapters if words else ():
                if await chapter.linked(update, words[0]):
                    return
            await act(update, words)

        return started

    def _for_admins(self, act: Act) -> Act:
        async def only_for_admins(update: Update, words: list[str]) -> None:
            if self._conversation.is_admin(update):
                await act(update, words)
                return
            log.warning("admin_command.refused", user=update.effective_user.id if update.effective_user else None)
            await self._unknown(update)

        return only_for_admins

    def _for_deciders(self, press: Press) -> Press:
        async def only_for_deciders(update: Update, data: str) -> None:
            if await self._conversation.may_decide(update):
                await press(update, data)
                return
            await self._conversation.acknowledge(
                update, general.only_group_admins_press(await self._conversation.words(update))
            )

        return only_for_deciders

    def _pressed_by_admins(self, press: Press) -> Press:
        async def only_pressed_by_admins(update: Update, data: str) -> None:
            if self._conversation.is_admin(update):
                await press(update, data)
                return
            log.warning("admin_press.refused", user=update.effective_user.id if update.effective_user else None)
            await self._expired(update, data)

        return only_pressed_by_admins

    async def _expired(self, update: Update, _: str) -> None:
        await self._conversation.expired(update)

    async def _unknown(self, update: Update) -> None:
        """Say what is understood, and offer to look for the words."""
        words, written = await self._conversation.words(update), update.effective_message
        offer = search.offer(words, (written.text if written is not None else None) or "")
        await self._conversation.answer(update, replace(general.unknown(words), keyboard=offer))


def _is_private(update: Update) -> bool:
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE


def _joined(tables: Iterable[Mapping[str, Entry]]) -> dict[str, Entry]:
    joined: dict[str, Entry] = {}
    for table in tables:
        twice = joined.keys() & table.keys()
        if twice:
            raise ValueError(f"two chapters answer {', '.join(sorted(twice))}")
        joined.update(table)
    return joined
