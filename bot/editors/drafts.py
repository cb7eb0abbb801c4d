"""Editors and the draft: shown as it will be sent, let go, held, reworded, redone, led otherwise, rid of an item.

Every button names the pages that it was made for. Pressed when they are others by now, it shows those, and does
nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from html import escape

from telegram import Update

from bot.conversation import Conversation
from bot.editors.rewording import Rewordings, named_sentence
from bot.editors.showing import DraftShowing
from bot.editors.skipping import Skipping
from bot.handling import Act, Press
from bot.texts import drafts as texts
from bot.texts.drafts import EDITING, Pressed, Question, Seen
from bot.texts.editing import acted, refused
from domain.editions import SHORT, Style
from domain.edits import LeadChoice, LeadOption, Outcome, Redo, Rewording, Withdrawal
from domain.errors import MorningPostError, NotAllowed, NotFound, Outdated
from domain.issue import IssueRecord, IssueState
from domain.proofs import Proof

Decision = Callable[[date | None, str, str | None], IssueRecord]


class Drafts(Rewordings):
    """Handlers for editors at a draft."""

    kind = EDITING
    outdated = "The draft has changed since you were asked: /preview shows it as it stands."

    def __init__(self, conversation: Conversation) -> None:
        super().__init__(conversation)
        self._showing = DraftShowing(conversation)
        self._skipping = Skipping(conversation, self._showing)
        self._options: dict[Seen, tuple[LeadOption, ...]] = {}

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers the commands that show an issue and decide on it."""
        return {
            "preview": self.preview,
            "approve": lambda update, words: self._decide(update, words, self._room.approve),
            "hold": lambda update, words: self._decide(update, words, lambda day, by, _: self._room.hold(day, by)),
            "publish": lambda update, words: self._decide(update, words, self._room.publish),
            **self._skipping.commands(),
        }

    def admin_presses(self) -> Mapping[str, Press]:
        """The buttons under a draft, and those that let an item in again."""
        return {texts.EDITING: self.pressed}

    # --- commands -----------------------------------------------------------------------------------------------------

    async def preview(self, update: Update, words: list[str]) -> None:
        """Answer /preview [date] [rich] with the very pages that will be sent, and the review."""
        style = Style.RICH if "rich" in words else Style.CLASSIC if "classic" in words else None
        day, of = _named([word for word in words if word not in {"rich", "classic"}])
        if of is None:
            await self._conversation.answer(update, refused("Write the date as 2026-07-04."))
            return
        try:
            proof = await asyncio.to_thread(self._room.proof, day)
        except NotFound as error:
            await self._conversation.answer(update, refused(str(error)))
            return
        await self._showing.show(update, proof, style)

    async def _decide(self, update: Update, words: list[str], decide: Decision) -> None:
        """Answer /approve, /hold and /publish [date] [fingerprint]."""
        day, of = _named(words)
        if of is None:
            await self._conversation.answer(
                update,
                refused(
                    f"Write the date as 2026-07-04, and the first {SHORT} characters of a fingerprint if you name one."
                ),
            )
            return
        try:
            record = await asyncio.to_thread(decide, day, self._conversation.admin(update), of or None)
        except (NotFound, NotAllowed) as error:
            await self._conversation.answer(update, refused(str(error)))
            return
        receipt = await asyncio.to_thread(self._room.issue_receipt, record.issue.date)
        held_back = decide not in {self._room.publish, self._room.approve} and record.state is IssueState.PUBLISHED
        answer = texts.held_back(receipt) if held_back and receipt is not None else acted(record)
        await self._conversation.answer(update, answer)

    # --- buttons ------------------------------------------------------------------------------------------------------

    async def pressed(self, update: Update, data: str) -> None:
        """Do what a button says, if the pages that it was made for still stand."""
        if data.startswith(f"{texts.EDITING}:in:"):
            await self._skipping.let_in(update, data.rpartition(":")[2])
            return
        press = texts.pressed(data)
        act = self._acts().get(press.verb) if press is not None else None
        if press is None or act is None:
            await self._conversation.expired(update)
            return
        try:
            proof = await asyncio.to_thread(self._room.proof, press.seen.day)
            if Seen.of(proof) == press.seen:
                await act(update, press, proof)
            else:
                await self._showing.outdated(update, proof)
        except Outdated:
            await self._showing.outdated(update, await asyncio.to_thread(self._room.proof, press.seen.day))
        except MorningPostError as error:
            await self._conversation.replace(update, refused(str(error)))

    def _acts(self) -> Mapping[str, Callable[[Update, Pressed, Proof], Awaitable[None]]]:
        return {
            "home": self._home,
            "show": self._show,
            "pub": self._publish,
            "ok": self._approve,
            "hold": self._hold,
            "redo": self._redo,
            "edit": self._edit,
            "sentence": self._sentences,
            "write": self._ask,
            "cancel": self._cancel,
            "undo": self._undo,
            "lead": self._leads,
            "leads": self._lead,
            **self._skipping.acts(),
        }

    async def _home(self, update: Update, _: Pressed, proof: Proof) -> None:
        await self._showing.review(update, proof)

    async def _show(self, update: Update, _: Pressed, proof: Proof) -> None:
        """The pages below, which the presser may not have seen; in place of the button how it stands."""
        await self._showing.done(update, proof.record.issue.date)
        await self._showing.show(update, proof)

    async def _publish(self, update: Update, press: Pressed, proof: Proof) -> None:
        day = proof.record.issue.date
        await asyncio.to_thread(self._room.publish, day, self._conversation.admin(update), press.seen.fingerprint)
        await self._showing.done(update, day)

    async def _approve(self, update: Update, press: Pressed, proof: Proof) -> None:
        day = proof.record.issue.date
        await asyncio.to_thread(self._room.approve, day, self._conversation.admin(update), press.seen.fingerprint)
        await self._showing.done(update, day)

    async def _hold(self, update: Update, _: Pressed, proof: Proof) -> None:
        day = proof.record.issue.date
        record = await asyncio.to_thread(self._room.hold, day, self._conversation.admin(update))
        receipt = await asyncio.to_thread(self._room.issue_receipt, day)
        if record.state is IssueState.PUBLISHED and receipt is not None:
            await self._conversation.replace(update, texts.held_back(receipt))
            return
        await self._showing.done(update, day)

    # --- redo, edit ---------------------------------------------------------------------------------------------------

    async def _redo(self, update: Update, press: Pressed, proof: Proof) -> None:
        section = press.section
        if section is None:
            asked = texts.choose_section(press.seen, proof.record.issue, "redo", "Which section is written anew?")
            await self._conversation.replace(update, asked)
            return
        await self._showing.grant(
            update, press, proof, Redo(section), f"Written anew: {section.value}. The new draft is below."
        )

    async def _edit(self, update: Update, press: Pressed, proof: Proof) -> None:
        asked = texts.choose_section(press.seen, proof.record.issue, "sentence", "In which section?")
        await self._conversation.replace(update, asked)

    async def _sentences(self, update: Update, press: Pressed, proof: Proof) -> None:
        if press.section is None:
            await self._conversation.expired(update)
            return
        number = max(press.number(1), 0)
        shown = texts.choose_sentence(press.seen, proof.record.issue, press.section, number)
        await self._conversation.replace(update, shown)

    async def _cancel(self, update: Update, _: Pressed, proof: Proof) -> None:
        await self._awaiting.forget(update)
        await self._showing.review(update, proof)

    async def _undo(self, update: Update, press: Pressed, proof: Proof) -> None:
        found = named_sentence(proof, press.section, press.number(1))
        edits = await asyncio.to_thread(self._room.edits, press.seen.day)
        mine = next((each for each in edits if found is not None and each.claim.text == found.claim.text), None)
        if mine is None:
            await self._conversation.expired(update)
            return
        await self._showing.grant(
            update, press, proof, Withdrawal(mine.place), "The newsroom's own words are back. See below."
        )

    async def _proof(self, question: Question) -> Proof:
        return await asyncio.to_thread(self._room.proof, question.seen.day)

    async def _words_granted(self, update: Update, question: Question, wish: Rewording) -> Outcome:
        by = self._conversation.admin(update)
        return await self._room.grant(question.seen.day, wish, question.seen.fingerprint, by)

    async def _show_words(self, update: Update, question: Question) -> None:
        await self._showing.show(update, await self._proof(question))

    # --- the lead, and what is skipped --------------------------------------------------------------------------------

    async def _leads(self, update: Update, press: Pressed, _: Proof) -> None:
        if press.seen not in self._options:
            await self._conversation.replace(update, texts.WORKING)
            self._options = {press.seen: await self._room.lead_options(press.seen.day)}
        await self._conversation.replace(update, texts.choose_lead(press.seen, self._options[press.seen]))

    async def _lead(self, update: Update, press: Pressed, proof: Proof) -> None:
        options = self._options.get(press.seen) or await self._room.lead_options(press.seen.day)
        if not 0 <= press.number(0) < len(options):
            await self._conversation.expired(update)
            return
        chosen = options[press.number(0)]
        wish = LeadChoice(chosen.key, chosen.headline)
        await self._showing.grant(update, press, proof, wish, f"It leads now: {escape(chosen.headline)}. See below.")


def _named(words: list[str]) -> tuple[date | None, str | None]:
    """The date and the fingerprint that an editor wrote, each if he did; the latter is None when that is unclear."""
    day, of = None, ""
    for word in words:
        try:
            day = date.fromisoformat(word)
        except ValueError:
            if len(word) < SHORT or of:
                return None, None
            of = word.lower()
    return day, of
