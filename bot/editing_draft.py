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
from bot.handling import Act, Press
from bot.rewording import Rewordings, named_sentence
from bot.texts import drafts as texts
from bot.texts.drafts import EDITING, Pressed, Question, Seen
from bot.texts.editing import acted, refused
from bot.texts.general import notice
from domain.deliveries import Unsupported
from domain.editions import SHORT, Message, Style
from domain.edits import LeadChoice, LeadOption, Outcome, Redo, Rewording, Skip, Wish, Withdrawal
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
        self._options: dict[Seen, tuple[LeadOption, ...]] = {}

    def admin_commands(self) -> Mapping[str, Act]:
        """Answers the commands that show an issue and decide on it."""
        return {
            "preview": self.preview,
            "approve": lambda update, words: self._decide(update, words, self._room.approve),
            "hold": lambda update, words: self._decide(update, words, lambda day, by, _: self._room.hold(day, by)),
            "publish": lambda update, words: self._decide(update, words, self._room.publish),
            "skipped": lambda update, _: self.skipped(update),
            "unskip": self.unskip,
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
        await self._show(update, proof, style)

    async def _show(self, update: Update, proof: Proof, style: Style | None = None) -> None:
        """The front page byte for byte in the editor's style, then the review."""
        page = texts.page(proof, style or await self._conversation.style(update))
        outcome = await self._conversation.answer(update, page) if page is not None else None
        classic = texts.page(proof, Style.CLASSIC)
        if isinstance(outcome, Unsupported) and classic is not None:  # the server lacks rich messages
            await self._conversation.answer(update, classic)
        await self._conversation.answer(update, await self._review(proof))

    async def _review(self, proof: Proof, heading: str = "") -> Message:
        record = proof.record
        edits = await asyncio.to_thread(self._room.edits, record.issue.date)
        outlook = await asyncio.to_thread(self._room.outlook, record.issue.date)
        return texts.review(proof, edits, outlook, self._room.fate(record), heading)

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

    async def skipped(self, update: Update) -> None:
        """Answer /skipped with what is never named, and the buttons that let it in again."""
        skips = await asyncio.to_thread(self._room.skips)
        await self._conversation.answer(update, texts.skipped(skips))

    async def unskip(self, update: Update, words: list[str]) -> None:
        """Answer /unskip name: let an item be named again, and list what is left."""
        named = " ".join(words).casefold()
        skips = await asyncio.to_thread(self._room.skips)
        found = next((each for each in skips if named in {each.name.casefold(), str(each.item).casefold()}), None)
        if found is not None:
            await asyncio.to_thread(self._room.unskip, found.item, self._conversation.admin(update))
        elif words:
            await self._conversation.answer(update, refused("Nothing of that name is skipped."))
        await self.skipped(update)

    # --- buttons ------------------------------------------------------------------------------------------------------

    async def pressed(self, update: Update, data: str) -> None:
        """Do what a button says, if the pages that it was made for still stand."""
        if data.startswith(f"{texts.EDITING}:in:"):
            await self._let_in(update, data.rpartition(":")[2])
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
                await self._tell_outdated(update, proof)
        except Outdated:
            await self._tell_outdated(update, await asyncio.to_thread(self._room.proof, press.seen.day))
        except MorningPostError as error:
            await self._conversation.replace(update, refused(str(error)))

    def _acts(self) -> Mapping[str, Callable[[Update, Pressed, Proof], Awaitable[None]]]:
        return {
            "home": self._home,
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
            "skip": self._skip,
            "items": self._items,
            "sure": self._sure,
            "gone": self._gone,
        }

    async def _tell_outdated(self, update: Update, proof: Proof) -> None:
        """The pages have changed under the editor's eyes: by whom, and how they stand now."""
        deed = await asyncio.to_thread(self._room.last_deed, str(proof.record.issue.date))
        told = texts.outdated(deed, self._conversation.admin(update))
        await self._conversation.acknowledge(update, told)
        await self._conversation.replace(update, await self._review(proof, f"<b>{escape(told)}</b>"))
        page = texts.page(proof, await self._conversation.style(update))
        if page is not None:
            await self._conversation.answer(update, page)

    async def _home(self, update: Update, _: Pressed, proof: Proof) -> None:
        await self._conversation.replace(update, await self._review(proof))

    async def _publish(self, update: Update, press: Pressed, proof: Proof) -> None:
        day = proof.record.issue.date
        await asyncio.to_thread(self._room.publish, day, self._conversation.admin(update), press.seen.fingerprint)
        await self._tell_done(update, day)

    async def _approve(self, update: Update, press: Pressed, proof: Proof) -> None:
        day = proof.record.issue.date
        await asyncio.to_thread(self._room.approve, day, self._conversation.admin(update), press.seen.fingerprint)
        await self._tell_done(update, day)

    async def _hold(self, update: Update, _: Pressed, proof: Proof) -> None:
        day = proof.record.issue.date
        record = await asyncio.to_thread(self._room.hold, day, self._conversation.admin(update))
        receipt = await asyncio.to_thread(self._room.issue_receipt, day)
        if record.state is IssueState.PUBLISHED and receipt is not None:
            await self._conversation.replace(update, texts.held_back(receipt))
            return
        await self._tell_done(update, day)

    async def _tell_done(self, update: Update, day: date) -> None:
        """In place of the review: how the issue stands, and whose act that was; the second press reads the first's."""
        proof = await asyncio.to_thread(self._room.proof, day)
        deed = await asyncio.to_thread(self._room.last_deed, str(day))
        receipt = await asyncio.to_thread(self._room.issue_receipt, day)
        await self._conversation.replace(update, texts.done(proof, deed, self._conversation.admin(update), receipt))

    async def _grant(self, update: Update, press: Pressed, wish: Wish, told: str) -> None:
        """Have a wish done, and show the draft that it leads to."""
        await self._conversation.replace(update, texts.WORKING)
        outcome = await self._room.grant(press.seen.day, wish, press.seen.fingerprint, self._conversation.admin(update))
        await self._tell_outcome(update, press.seen.day, outcome, told)

    async def _tell_outcome(self, update: Update, day: date, outcome: Outcome, told: str) -> None:
        """The new pages below, and a line in place of what was pressed; or why nothing was changed."""
        if outcome.problems:
            proof = await asyncio.to_thread(self._room.proof, day)
            await self._conversation.replace(update, await self._review(proof, texts.unfit(outcome.problems).body))
            return
        await self._conversation.replace(update, notice(told))
        await self._show(update, await asyncio.to_thread(self._room.proof, day))

    # --- redo, edit ---------------------------------------------------------------------------------------------------

    async def _redo(self, update: Update, press: Pressed, proof: Proof) -> None:
        section = press.section
        if section is None:
            asked = texts.choose_section(press.seen, proof.record.issue, "redo", "Which section is written anew?")
            await self._conversation.replace(update, asked)
            return
        await self._grant(update, press, Redo(section), f"Written anew: {section.value}. The new draft is below.")

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
        await self._conversation.replace(update, await self._review(proof))

    async def _undo(self, update: Update, press: Pressed, proof: Proof) -> None:
        found = named_sentence(proof, press.section, press.number(1))
        edits = await asyncio.to_thread(self._room.edits, press.seen.day)
        mine = next((each for each in edits if found is not None and each.claim.text == found.claim.text), None)
        if mine is None:
            await self._conversation.expired(update)
            return
        await self._grant(update, press, Withdrawal(mine.place), "The newsroom's own words are back. See below.")

    async def _proof(self, question: Question) -> Proof:
        return await asyncio.to_thread(self._room.proof, question.seen.day)

    async def _words_granted(self, update: Update, question: Question, wish: Rewording) -> Outcome:
        by = self._conversation.admin(update)
        return await self._room.grant(question.seen.day, wish, question.seen.fingerprint, by)

    async def _show_words(self, update: Update, question: Question) -> None:
        await self._show(update, await self._proof(question))

    # --- the lead, and what is skipped --------------------------------------------------------------------------------

    async def _leads(self, update: Update, press: Pressed, _: Proof) -> None:
        if press.seen not in self._options:
            await self._conversation.replace(update, texts.WORKING)
            self._options = {press.seen: await self._room.lead_options(press.seen.day)}
        await self._conversation.replace(update, texts.choose_lead(press.seen, self._options[press.seen]))

    async def _lead(self, update: Update, press: Pressed, _: Proof) -> None:
        options = self._options.get(press.seen) or await self._room.lead_options(press.seen.day)
        if not 0 <= press.number(0) < len(options):
            await self._conversation.expired(update)
            return
        chosen = options[press.number(0)]
        wish = LeadChoice(chosen.key, chosen.headline)
        await self._grant(update, press, wish, f"It leads now: {escape(chosen.headline)}. See below.")

    async def _skip(self, update: Update, press: Pressed, proof: Proof) -> None:
        asked = texts.choose_section(press.seen, proof.record.issue, "items", "Where does the item stand?")
        await self._conversation.replace(update, asked)

    async def _items(self, update: Update, press: Pressed, proof: Proof) -> None:
        if press.section is None:
            await self._conversation.expired(update)
            return
        shown = texts.choose_item(press.seen, proof.record.issue, press.section, max(press.number(1), 0))
        await self._conversation.replace(update, shown)

    async def _sure(self, update: Update, press: Pressed, proof: Proof) -> None:
        item = _item(proof, press)
        if item is None or press.section is None:
            await self._conversation.expired(update)
            return
        asked = texts.sure_of_skip(press.seen, press.section, press.number(1), item)
        await self._conversation.replace(update, asked)

    async def _gone(self, update: Update, press: Pressed, proof: Proof) -> None:
        item = _item(proof, press)
        if item is None:
            await self._conversation.expired(update)
            return
        wish = Skip(
            item.item, item.name, item.url, self._conversation.admin(update), self._conversation.services.clock()
        )
        await self._grant(update, press, wish, f"{escape(item.name)} is skipped for good. The draft is below.")

    async def _let_in(self, update: Update, key: str) -> None:
        """Let an item be named again, and list what is left."""
        skips = await asyncio.to_thread(self._room.skips)
        found = next((each for each in skips if texts.key_of(each.item) == key), None)
        if found is None or not await asyncio.to_thread(
            self._room.unskip, found.item, self._conversation.admin(update)
        ):
            deed = await asyncio.to_thread(self._room.last_deed, str(found.item)) if found is not None else None
            told = f"It was let in already: {deed.by}." if deed is not None else "It is not skipped any more."
            await self._conversation.acknowledge(update, told)
        await self._conversation.replace(update, texts.skipped(await asyncio.to_thread(self._room.skips)))


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


def _item(proof: Proof, press: Pressed) -> texts.Printed | None:
    found = texts.items_of(proof.record.issue, press.section) if press.section is not None else []
    return found[press.number(1)] if 0 <= press.number(1) < len(found) else None
