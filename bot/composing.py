"""Writing to the readers: an admin's own message, previewed, aimed, confirmed, and followed while it goes out."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import structlog
from telegram import Message as Written
from telegram import Update

from bot.awaiting import Awaiting
from bot.conversation import Conversation
from bot.handling import Act, Answer, Chapter, Press
from bot.ports_notices import NoticeDesk
from bot.texts import composing as texts
from bot.texts import turns
from bot.texts.composing import Pressed
from domain.audiences import Audience, Circle
from domain.deliveries import BroadcastId, BroadcastState, Receipt
from domain.editions import Message
from domain.errors import MorningPostError
from domain.readers import ChatId

log = structlog.get_logger()

#: A notice is followed while it goes out: so often, seconds.
FOLLOWED_EVERY = 3.0

#: So many notices are at hand at once; older ones are begun anew.
MOST = 100

_ENDED = (BroadcastState.DONE, BroadcastState.CANCELLED)
_MENUS = {"languages": "language", "topics": "topic", "campaigns": "campaign"}


def _has_words(message: Written) -> bool:
    return bool(message.text or message.photo)


@dataclass(slots=True)
class _Notice:
    """A notice that an admin writes; ``sent``: its broadcast, once it is queued."""

    parts: tuple[Message, ...]
    audience: Audience
    sent: BroadcastId | None = None


class Composing(Chapter):
    """Handlers for notices."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._awaiting = Awaiting(conversation, texts.NOTICE)
        self._notices: OrderedDict[str, _Notice] = OrderedDict()
        self._sending = asyncio.Lock()
        self._followed: set[asyncio.Task[None]] = set()

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
        named = secrets.token_hex(6)
        self._notices[named] = _Notice(parts, Audience())
        while len(self._notices) > MOST:
            self._notices.popitem(last=False)
        for part in parts:
            await self._conversation.answer(update, part)
        await self._conversation.answer(update, await self._choice(named, self._notices[named]))

    async def _choice(self, named: str, notice: _Notice) -> Message:
        count, outlook = await self._counted(notice)
        same = await asyncio.to_thread(self._desk.same, notice.parts)
        return texts.choose(named, notice.audience, count, outlook, same)

    async def _counted(self, notice: _Notice) -> tuple[int, list[str]]:
        count = await asyncio.to_thread(self._desk.size, notice.audience)
        return count, self._desk.outlook(count * len(notice.parts))

    async def pressed(self, update: Update, data: str) -> None:
        """Do what a button under a notice says."""
        press = texts.pressed(data)
        if press is None:
            await self._conversation.expired(update)
            return
        notice = self._notices.get(press.notice)
        if notice is None:
            await self._conversation.replace(update, texts.GONE)
        elif notice.sent is not None:
            await self._show_receipt(update, notice.sent)
        else:
            await self._do(update, press, notice)

    async def _do(self, update: Update, press: Pressed, notice: _Notice) -> None:
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
                await self._send(update, notice)
            case "no":
                self._notices.pop(press.notice, None)
                await self._conversation.replace(update, texts.DISCARDED)
            case "home" | "circle" | "silent" | "language" | "topic" | "campaign":
                notice.audience = await asyncio.to_thread(self._aimed, notice.audience, press)
                await self._conversation.replace(update, await self._choice(press.notice, notice))
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

    # --- sent, and followed -------------------------------------------------------------------------------------------

    async def _send(self, update: Update, notice: _Notice) -> None:
        """Queue it, once: of two presses the second finds it sent."""
        user = update.effective_user
        async with self._sending:
            if notice.sent is None:
                by = f"admin {user.id if user else 0}"
                notice.sent = await asyncio.to_thread(self._desk.send, notice.parts, notice.audience, by)
        await self._show_receipt(update, notice.sent)
        self._follow(update, notice.sent)

    async def _show_receipt(self, update: Update, broadcast: BroadcastId) -> None:
        receipt = await asyncio.to_thread(self._desk.receipt, broadcast)
        await self._conversation.replace(update, turns.receipt(receipt))

    def _follow(self, update: Update, broadcast: BroadcastId) -> None:
        """Keep the receipt up to date in its message until the broadcast has ended."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        following = self._keep_up_to_date(ChatId(query.message.chat.id), query.message.message_id, broadcast)
        task = asyncio.create_task(following)
        self._followed.add(task)
        task.add_done_callback(self._followed.discard)

    async def _keep_up_to_date(self, chat_id: ChatId, message_id: int, broadcast: BroadcastId) -> None:
        shown: Receipt | None = None
        while shown is None or shown.broadcast.state not in _ENDED:
            await asyncio.sleep(FOLLOWED_EVERY)
            try:
                receipt = await asyncio.to_thread(self._desk.receipt, broadcast)
                if receipt != shown:
                    await self._conversation.services.replies.edit(chat_id, message_id, turns.receipt(receipt))
            except MorningPostError as error:
                log.warning("notice.not_followed", broadcast=broadcast, reason=str(error))
                continue
            shown = receipt
