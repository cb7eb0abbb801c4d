"""Corrections: a sentence of a published issue put right; the issue says so, and every delivered copy is edited."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

from telegram import Update

from bot.editors.editing import day_of
from bot.editors.rewording import Rewordings
from bot.handling import Act, Press
from bot.texts import drafts as texts
from bot.texts.drafts import MENDING, Pressed, Question, Seen
from bot.texts.editing import refused
from domain.editions import Message
from domain.edits import Mending, Outcome, Rewording
from domain.errors import MorningPostError, Outdated
from domain.issue import IssueState
from domain.proofs import Proof


class Correcting(Rewordings):
    """Handlers for corrections."""

    kind = MENDING
    outdated = "The issue was corrected since you were asked: /correct shows it as it stands."

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers /correct."""
        return {"correct": self.correct}

    def admin_presses(self) -> Mapping[str, Press]:
        """The buttons that lead to a sentence."""
        return {MENDING: self.pressed}

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
            await self._awaiting.forget(update)
            await self._conversation.replace(update, _sections(proof))
        else:
            await self._choose(update, press, proof)

    async def _choose(self, update: Update, press: Pressed, proof: Proof) -> None:
        if press.section is not None and press.verb == "sentence":
            number = max(press.number(1), 0)
            shown = texts.choose_sentence(press.seen, proof.record.issue, press.section, number)
            await self._conversation.replace(update, shown)
        elif press.verb == "write":
            await self._ask(update, press, proof)
        else:
            await self._conversation.expired(update)

    async def _proof(self, question: Question) -> Proof:
        return await asyncio.to_thread(self._published, question.seen.day)

    async def _words_granted(self, update: Update, question: Question, wish: Rewording) -> Outcome:
        by = self._conversation.admin(update)
        return await self._room.grant(question.seen.day, Mending(wish), question.seen.fingerprint, by)

    async def _show_words(self, update: Update, question: Question) -> None:
        receipt = await asyncio.to_thread(self._room.correction_receipt, question.seen.day)
        await self._conversation.answer(update, texts.being_corrected(receipt))


def _sections(proof: Proof) -> Message:
    issue = proof.record.issue
    asked = f"<b>Issue {issue.number} of {issue.date:%d %B %Y}</b>, as it was delivered. What is to be put right?"
    return texts.choose_section(Seen.of(proof, MENDING), issue, "sentence", asked)
