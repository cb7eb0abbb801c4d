"""What the admins are told without asking: drafts, receipts, alarms; each once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from html import escape
from typing import Protocol

import structlog

from bot.ports.editing import EditingRoom
from bot.texts import drafts, turns
from bot.texts.general import notice
from domain.deliveries import BroadcastId, Outcome, Receipt, Sent
from domain.editions import Message, Style
from domain.issue import IssueRecord
from domain.ledger import Lease
from domain.proofs import Proof
from domain.readers import ChatId, Subscriber
from morningpost.services.alarms import Once

log = structlog.get_logger()


class Say(Protocol):
    """Sends one message to one chat, ahead of any broadcast."""

    async def send(self, chat_id: ChatId, message: Message) -> Outcome:
        """Send it."""
        ...


class Displays(Protocol):
    """Remembers who was shown which draft."""

    async def has_seen(self, chat_id: ChatId, proof: Proof) -> bool:
        """Whether a chat was shown these very pages already."""
        ...

    async def draft(self, chat_id: ChatId, message_id: int, proof: Proof) -> None:
        """A message shows these pages as they stand now."""
        ...


class AdminNotices:
    """Tells every admin; what can't be told is in the log. Implements the pump's Notices and the morning's Editors."""

    def __init__(  # noqa: PLR0917 - who is told, how, and what is asked for that
        self,
        admins: Iterable[int],
        say: Say,
        room: EditingRoom,
        receipt: Callable[[BroadcastId], Receipt | None],
        reader: Callable[[ChatId], Subscriber | None],
        displays: Displays,
        once: Once,
    ) -> None:
        self._admins = tuple(ChatId(admin) for admin in admins)
        self._say = say
        self._room = room
        self._receipt = receipt
        self._reader = reader
        self._displays = displays
        self._once = once
        self._told: set[str] = set()

    async def draft_ready(self, record: IssueRecord) -> None:
        """Show each admin the draft in his style as it will be sent, with the review; the same pages once."""
        proof = await asyncio.to_thread(self._room.proof, record.issue.date)
        edits = await asyncio.to_thread(self._room.edits, record.issue.date)
        outlook = await asyncio.to_thread(self._room.outlook, record.issue.date)
        review = drafts.review(proof, edits, outlook, self._room.fate(proof.record))
        await asyncio.gather(*(self._show(admin, proof, review) for admin in self._admins))

    async def _show(self, admin: ChatId, proof: Proof, review: Message) -> None:
        """The very stored page, then the review; classic where the server lacks rich messages."""
        if await self._displays.has_seen(admin, proof):
            return
        page = drafts.page(proof, await asyncio.to_thread(self._style, admin))
        outcome = await self._say.send(admin, page) if page is not None else None
        classic = drafts.page(proof, Style.CLASSIC)
        if classic is not None and not isinstance(outcome, Sent):
            await self._tell_one(admin, classic)
        told = await self._tell_one(admin, review)
        if isinstance(told, Sent):
            await self._displays.draft(admin, told.message_id, proof)

    def _style(self, admin: ChatId) -> Style:
        reader = self._reader(admin)
        return reader.style if reader is not None else Style.CLASSIC

    async def waiting(self, record: IssueRecord, why: str) -> None:
        """Tell that press time is here and the issue needs a word."""
        text = f"Press time: issue {record.issue.number} is not sent: {escape(why)}. /preview, then /publish or /hold."
        # Press time is looked at by every process, and again and again.
        await self._once.tell(f"issue {record.issue.date}: {why}", lambda: self._tell_all(notice(text)))

    async def finished(self, broadcast: BroadcastId) -> None:
        """Every row of a broadcast has come to an end: the receipt."""
        await self._receipt_of(broadcast, "Delivered.")

    async def stopped(self, broadcast: BroadcastId) -> None:
        """Telegram refused the content for everybody; the receipt says why."""
        await self._receipt_of(broadcast, "<b>Delivery stopped.</b> Telegram refuses this content:")

    async def channel_failed(self, lease: Lease, outcome: Outcome) -> None:
        """The channel did not get its copy, or may not have."""
        reason = escape(str(getattr(outcome, "reason", type(outcome).__name__)))
        text = (
            f"<b>The channel did not get its copy, or may not have:</b> {reason}. Look into it; the readers get theirs."
        )
        await self._tell(f"channel {lease.form.broadcast} {reason}", notice(text))

    async def wire_closed(self, reason: str) -> None:
        """Telegram refuses the token: nobody can be told by Telegram, so the log says it loudly."""
        log.critical(
            "wire.closed", reason=reason, do="set TELEGRAM_BOT_TOKEN to the token that @BotFather shows (/token)"
        )

    async def rich_missing(self) -> None:
        """The server lacks rich messages."""
        await self._tell("rich", notice("This Bot API server has no rich messages: rich readers get the classic form."))

    async def ledger_unreachable(self, reason: str) -> None:
        """The database refuses; what was sent is kept in memory and written when it answers."""
        await self._tell(f"ledger {reason}", notice(f"<b>The database can't be written:</b> {escape(reason)}"))

    async def alarm(self, text: str) -> None:
        """Something is wrong; whoever calls tells it once."""
        await self._tell_all(notice(f"<b>Alarm.</b> {escape(text)}"))

    async def over(self, text: str) -> None:
        """What was wrong is well again; whoever calls tells it once."""
        await self._tell_all(notice(f"<b>Over:</b> {escape(text)}"))

    async def _receipt_of(self, broadcast: BroadcastId, opening: str) -> None:
        receipt = await asyncio.to_thread(self._receipt, broadcast)
        message = turns.receipt(receipt, opening) if receipt else notice(opening)
        await self._tell(f"receipt {broadcast} {message.body}", message)

    async def _tell(self, key: str, message: Message) -> None:
        """Tell each admin, unless the same was told before."""
        if key in self._told:
            return
        self._told.add(key)
        await self._tell_all(message)

    async def _tell_all(self, message: Message) -> None:
        await asyncio.gather(*(self._tell_one(admin, message) for admin in self._admins))

    async def _tell_one(self, admin: ChatId, message: Message) -> Outcome:
        outcome = await self._say.send(admin, message)
        if not isinstance(outcome, Sent):
            log.warning("admin.not_told", admin=admin, reason=getattr(outcome, "reason", ""))
        return outcome
