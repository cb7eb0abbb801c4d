"""The draft on the screens of editors: its page, its review, what was done to it; kept up to date from then on."""

from __future__ import annotations

import asyncio
from datetime import date
from html import escape

from telegram import Update

from bot.conversation import Conversation
from bot.ports.editing import EditingRoom
from bot.texts import drafts as texts
from bot.texts.drafts import Pressed
from bot.texts.general import notice
from domain.deliveries import Outcome as Reply
from domain.deliveries import Sent, Unsupported
from domain.editions import Message, Style
from domain.edits import Outcome, Wish
from domain.proofs import Proof
from domain.readers import ChatId


class DraftShowing:
    """Shows a draft to an editor, in a new message or in place of the one whose button he pressed."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    @property
    def _room(self) -> EditingRoom:
        return self._conversation.services.editing

    async def show(self, update: Update, proof: Proof, style: Style | None = None) -> None:
        """The front page byte for byte in the editor's style, then the review."""
        page = texts.page(proof, style or await self._conversation.style(update))
        outcome = await self._conversation.answer(update, page) if page is not None else None
        classic = texts.page(proof, Style.CLASSIC)
        if isinstance(outcome, Unsupported) and classic is not None:  # the server lacks rich messages
            await self._conversation.answer(update, classic)
        await self._keep(update, proof, await self._conversation.answer(update, await self._review(proof)))

    async def review(self, update: Update, proof: Proof, heading: str = "") -> None:
        """The review in place of what was pressed, under a heading (HTML)."""
        review = await self._review(proof, heading)
        await self._keep(update, proof, await self._conversation.replace(update, review))

    async def outdated(self, update: Update, proof: Proof) -> None:
        """The pages have changed under the editor's eyes: by whom, and how they stand now."""
        deed = await asyncio.to_thread(self._room.last_deed_on, proof.record.issue.date)
        told = texts.outdated(deed, self._conversation.admin(update))
        await self._conversation.acknowledge(update, told)
        await self.review(update, proof, f"<b>{escape(told)}</b>")
        page = texts.page(proof, await self._conversation.style(update))
        if page is not None:
            await self._conversation.answer(update, page)

    async def done(self, update: Update, day: date) -> None:
        """In place of the review: how the issue stands, and whose act that was; the second press reads the first's."""
        proof = await asyncio.to_thread(self._room.proof, day)
        deed = await asyncio.to_thread(self._room.last_deed_on, day)
        receipt = await asyncio.to_thread(self._room.issue_receipt, day)
        done = texts.done(proof, deed, self._conversation.admin(update), receipt)
        await self._keep(update, proof, await self._conversation.replace(update, done))

    async def grant(self, update: Update, press: Pressed, proof: Proof, wish: Wish, told: str) -> None:
        """Have a wish done; the new pages below, and a line in place of what was pressed, or why nothing changed."""
        outcome = await self._conversation.replace(update, texts.WORKING)
        await self._keep(update, proof, outcome, busy=True)
        day, by = press.seen.day, self._conversation.admin(update)
        granted: Outcome = await self._room.grant(day, wish, press.seen.fingerprint, by)
        proof = await asyncio.to_thread(self._room.proof, day)
        if granted.problems:
            await self.review(update, proof, texts.unfit(granted.problems).body)
            return
        await self._conversation.replace(update, notice(told))
        await self.show(update, proof)

    async def _review(self, proof: Proof, heading: str = "") -> Message:
        record = proof.record
        edits = await asyncio.to_thread(self._room.edits, record.issue.date)
        outlook = await asyncio.to_thread(self._room.outlook, record.issue.date)
        return texts.review(proof, edits, outlook, self._room.fate(record), heading)

    async def _keep(self, update: Update, proof: Proof, outcome: Reply | None, *, busy: bool = False) -> None:
        """From now on the message shows what becomes of the draft, whoever does it."""
        chat = update.effective_chat
        if chat is not None and isinstance(outcome, Sent):
            displays = self._conversation.services.displays
            await displays.draft(ChatId(chat.id), outcome.message_id, proof, busy=busy)
