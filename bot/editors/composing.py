"""Writing to the readers: an admin's own message, previewed, aimed, confirmed, and followed while it goes out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from telegram import Message as Written
from telegram import Update

from bot.awaiting import Awaiting
from bot.conversation import Conversation
from bot.handling import Act, Answer, Chapter, Press
from bot.ports.notices import NoticeDesk
from bot.texts import composing as texts
from bot.texts import turns
from bot.texts.composing import Pressed
from bot.texts.editing import refused
from domain.audiences import Audience, Circle
from domain.deliveries import Receipt, Sent
from domain.editions import Message
from domain.errors import MorningPostError
from domain.notices import Composed
from domain.readers import ChatId

_MENUS = {"languages": "language", "topics": "topic", "campaigns": "campaign"}


def _has_words(message: Written) -> bool:
    return bool(message.text or message.photo)


class Composing(Chapter):
    """Handlers for notices."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._awaiting = Awaiting(conversation, texts.NOTICE)

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers /broadcast."""
        return {"broadcast": self.broadcast}

    def admin_presses(self) -> Mapping[str, Press]:
        """The buttons under a notice."""
        return {texts.NOTICE: self.pressed}

    @property
    def _desk(self) -> NoticeDesk:
        return self._conversation.services.notices

    async def broadcast(self, update: Update, _: list[str]) -> None:
        """Answer /broadcast: ask for the words; as a reply to a message, take those."""
        message = update.effective_message
        replied = message.reply_to_message if message is not None else None
        if replied is not None and _has_words(replied):
            await self._compose(update, replied)
            return
        await self._awaiting.ask(update)
        await self._conversation.answer(update, texts.WRITE)

    def answers(self) -> Mapping[str, Answer]:
        """The words of a notice, with their formatting."""
        return {texts.NOTICE: self.answered}

    async def answered(self, update: Update, _: str) -> bool:
        """Take the words of a notice."""
        message = update.effective_message
        if message is None or not self._conversation.is_admin(update):
            return False
        if not _has_words(message):
            await self._awaiting.ask(update)
            await self._conversation.answer(update, texts.NO_WORDS)
            return True
        await self._compose(update, message)
        return True

    async def _compose(self, update: Update, message: Written) -> None:
        """Show a notice exactly as it will look, and ask who gets it."""
        photo = message.photo[-1].file_id if message.photo else None
        try:
            parts = self._desk.parts(message.text_html or message.caption_html or "", photo)
        except MorningPostError as error:
            await self._awaiting.ask(update)
            await self._conversation.answer(update, texts.wrong(str(error)))
            return
        named = await asyncio.to_thread(self._desk.compose, parts, self._conversation.admin(update))
        for part in parts:
            await self._conversation.answer(update, part)
        await self._conversation.answer(update, await self._choice(named, Composed(parts, Audience())))

    async def _choice(self, named: str, notice: Composed) -> Message:
        count, outlook = await self._counted(notice)
        same = await asyncio.to_thread(self._desk.same, notice.parts)
        return texts.choose(named, notice.audience, count, outlook, same)

    async def _counted(self, notice: Composed) -> tuple[int, list[str]]:
        count = await asyncio.to_thread(self._desk.size, notice.audience)
        return count, self._desk.outlook(count * len(notice.parts))

    async def pressed(self, update: Update, data: str) -> None:
        """Do what a button under a notice says."""
        press = texts.pressed(data)
        if press is None:
            await self._conversation.expired(update)
            return
        sent = await asyncio.to_thread(self._desk.sent, press.notice)
        notice = await asyncio.to_thread(self._desk.composed, press.notice)
        if sent is not None:
            await self._show_receipt(update, sent)
        elif notice is None:
            await self._conversation.replace(update, texts.GONE)
        else:
            await self._do(update, press, notice)

    async def _do(self, update: Update, press: Pressed, notice: Composed) -> None:
        match press.verb:
            case "languages" | "topics" | "campaigns":
                found = await asyncio.to_thread(self._found, _MENUS[press.verb])
                shown = texts.narrow(press.notice, _MENUS[press.verb], found)
                await self._conversation.replace(update, shown)
            case "send":
                count, outlook = await self._counted(notice)
                shown = texts.sure(press.notice, notice.audience, count, outlook)
                await self._conversation.replace(update, shown)
            case "yes":
                await self._send(update, press.notice)
            case "no":
                await asyncio.to_thread(self._desk.discard, press.notice)
                await self._conversation.replace(update, texts.DISCARDED)
            case "home" | "circle" | "silent" | "language" | "topic" | "campaign":
                audience = await asyncio.to_thread(self._aimed, notice.audience, press)
                if audience != notice.audience:
                    await asyncio.to_thread(self._desk.aim, press.notice, audience)
                await self._conversation.replace(
                    update, await self._choice(press.notice, replace(notice, audience=audience))
                )
            case _:
                await self._conversation.expired(update)

    def _aimed(self, audience: Audience, press: Pressed) -> Audience:
        """The audience after a press."""
        match press.verb:
            case "circle":
                circles = list(Circle)
                return replace(audience, circle=circles[press.number % len(circles)])
            case "silent":
                return replace(audience, silent=not audience.silent)
            case "language" | "topic" | "campaign":
                names = [None, *self._found(press.verb)]
                name = names[press.number] if press.number < len(names) else None
                return texts.narrowed(audience, press.verb, name)
            case _:
                return audience

    def _found(self, what: str) -> Mapping[str, int]:
        asked = {"language": self._desk.languages, "topic": self._desk.topics, "campaign": self._desk.campaigns}
        return asked[what]()

    async def _send(self, update: Update, named: str) -> None:
        """Queue it, once: of two presses the second finds it sent. The other admins are told by whom."""
        try:
            receipt, new = await asyncio.to_thread(self._desk.send, named, self._conversation.admin(update))
        except MorningPostError as error:
            await self._conversation.replace(update, refused(str(error)))
            return
        await self._show_receipt(update, receipt)
        if new:
            await self._tell_others(update, receipt)

    async def _show_receipt(self, update: Update, receipt: Receipt) -> None:
        """The receipt in place of the notice's buttons; it follows the delivery from now on."""
        outcome = await self._conversation.replace(update, turns.receipt(receipt))
        if isinstance(outcome, Sent) and update.effective_chat is not None:
            chat_id = ChatId(update.effective_chat.id)
            await self._conversation.services.displays.broadcast(chat_id, outcome.message_id, receipt)

    async def _tell_others(self, update: Update, receipt: Receipt) -> None:
        """One line, without a sound, to each other admin."""
        services, speaker = self._conversation.services, update.effective_user
        others = services.admins - {speaker.id if speaker is not None else 0}
        line = texts.sent_by(receipt, self._conversation.admin(update))
        await asyncio.gather(*(services.replies.send(ChatId(admin), line, silent=True) for admin in sorted(others)))
