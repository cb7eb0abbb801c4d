"""Corrections: a sentence of a published issue put right; the issue says so, and every delivered copy is edited."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date, datetime

from telegram import Update

from bot.awaiting import Awaiting
from bot.conversation import Conversation
from bot.editing import day_of
from bot.editing_draft import links_in, named_sentence
from bot.handling import Act, Chapter, Press
from bot.ports_editing import EditingRoom
from bot.texts import drafts as texts
from bot.texts.drafts import MENDING, Pressed, Seen
from bot.texts.editing import refused
from bot.texts.general import notice
from domain.editions import Message
from domain.edits import Mending, Rewording
from domain.errors import MorningPostError, Outdated
from domain.issue import IssueState
from domain.proofs import Proof


class Correcting(Chapter):
    """Handlers for corrections."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._awaiting = Awaiting(self._now)

    def _now(self) -> datetime:
        return self._conversation.services.clock()

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers /correct."""
        return {"correct": self.correct}

    def admin_presses(self) -> Mapping[str, Press]:
        """The buttons that lead to a sentence."""
        return {MENDING: self.pressed}

    @property
    def _room(self) -> EditingRoom:
        return self._conversation.services.editing

    async def correct(self, update: Update, words: list[str]) -> None:
        """Answer /correct [date] with the sections of a published issue."""
        day, clear = day_of(words)
        if not clear:
            await self._conversation.answer(update, refused("Write the date as 2026-07-04."))
            return
        try:
            proof = await asyncio.to_thread(self._published, day)
        except MorningPostError as error:
            await self._conversation.answer(update, refused(str(error)))
            return
        await self._conversation.answer(update, _sections(proof))

    def _published(self, day: date | None) -> Proof:
        """A published issue; without a date the newest of them."""
        proof = self._room.proof(day or self._conversation.services.newsstand.current())
        if proof.record.state is not IssueState.PUBLISHED:
            raise Outdated(f"The issue of {proof.record.issue.date} is not published: /preview edits its draft.")
        return proof

    async def pressed(self, update: Update, data: str) -> None:
        """Lead to a sentence, and ask for its new words."""
        press = texts.pressed(data)
        if press is None:
            await self._conversation.expired(update)
            return
        try:
            proof = await asyncio.to_thread(self._published, press.seen.day)
        except MorningPostError as error:
            await self._conversation.replace(update, refused(str(error)))
            return
        if press.verb in {"home", "edit", "cancel"} or Seen.of(proof) != press.seen:
            self._awaiting.forget(update)
            await self._conversation.replace(update, _sections(proof))
        else:
            await self._choose(update, press, proof)

    async def _choose(self, update: Update, press: Pressed, proof: Proof) -> None:
        found = named_sentence(proof, press.section, press.number(1))
        if press.section is not None and press.verb == "sentence":
            number = max(press.number(1), 0)
            shown = texts.choose_sentence(press.seen, proof.record.issue, press.section, number)
            await self._conversation.replace(update, shown)
        elif press.section is not None and press.verb == "write" and found is not None:
            question = texts.Question(press.seen, press.section, press.number(1))
            self._awaiting.ask(update, str(question))
            await self._conversation.replace(update, texts.prompt(question, found))
        else:
            await self._conversation.expired(update)

    async def written(self, update: Update) -> bool:
        """Take the mended text: the next message, or a reply to the question."""
        question = self._question(update) if self._conversation.is_admin(update) else None
        message = update.effective_message
        if question is None or message is None:
            return False
        if not message.text:
            self._awaiting.ask(update, str(question))
            await self._conversation.answer(update, texts.NO_WORDS)
            return True
        try:
            await self._mend(update, question, message.text)
        except MorningPostError as error:
            await self._conversation.answer(update, refused(str(error)))
        return True

    def _question(self, update: Update) -> texts.Question | None:
        message = update.effective_message
        replied = message.reply_to_message if message is not None else None
        told = replied.text or "" if replied is not None else ""
        asked = self._awaiting.take(update)
        return texts.question(told, MENDING) or texts.question(asked or "", MENDING)

    async def _mend(self, update: Update, question: texts.Question, text: str) -> None:
        proof = await asyncio.to_thread(self._published, question.seen.day)
        found = named_sentence(proof, question.section, question.number)
        if Seen.of(proof) != question.seen or found is None:
            raise Outdated("The issue was corrected since you were asked: /correct shows it as it stands.")
        user = update.effective_user
        wish = Mending(Rewording(found.place, text, links_in(update)))
        by = f"admin {user.id if user else 0}"
        outcome = await self._room.grant(question.seen.day, wish, question.seen.fingerprint, by)
        if outcome.problems:
            self._awaiting.ask(update, str(question))
            await self._conversation.answer(update, notice(texts.unfit(outcome.problems).body + texts.TRY_AGAIN))
            return
        receipt = await asyncio.to_thread(self._room.correction_receipt, question.seen.day)
        await self._conversation.answer(update, texts.being_corrected(receipt))


def _sections(proof: Proof) -> Message:
    issue = proof.record.issue
    asked = f"<b>Issue {issue.number} of {issue.date:%d %B %Y}</b>, as it was delivered. What is to be put right?"
    return texts.choose_section(Seen.of(proof, MENDING), issue, "sentence", asked)
