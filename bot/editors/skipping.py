"""Items that no issue is to name: skipped from under a draft, listed, and let in again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from html import escape

from telegram import Update

from bot.conversation import Conversation
from bot.editors.showing import DraftShowing
from bot.handling import Act
from bot.ports.editing import EditingRoom
from bot.texts import drafts as texts
from bot.texts.drafts import Pressed
from bot.texts.editing import refused
from domain.edits import Skip
from domain.proofs import Proof


class Skipping:
    """The part of the drafts' chapter that is about items."""

    def __init__(self, conversation: Conversation, showing: DraftShowing) -> None:
        self._conversation = conversation
        self._showing = showing

    @property
    def _room(self) -> EditingRoom:
        return self._conversation.services.editing

    def commands(self) -> Mapping[str, Act]:
        """Answers /skipped and /unskip."""
        return {"skipped": lambda update, _: self.skipped(update), "unskip": self.unskip}

    def acts(self) -> Mapping[str, Callable[[Update, Pressed, Proof], Awaitable[None]]]:
        """What buttons under a draft do, by their verbs."""
        return {"skip": self._skip, "items": self._items, "sure": self._sure, "gone": self._gone}

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

    async def let_in(self, update: Update, key: str) -> None:
        """Let the item of a button be named again, and list what is left."""
        skips = await asyncio.to_thread(self._room.skips)
        found = next((each for each in skips if texts.key_of(each.item) == key), None)
        by = self._conversation.admin(update)
        if found is None or not await asyncio.to_thread(self._room.unskip, found.item, by):
            deed = await asyncio.to_thread(self._room.last_deed, str(found.item)) if found is not None else None
            told = f"It was let in already: {deed.by}." if deed is not None else "It is not skipped any more."
            await self._conversation.acknowledge(update, told)
        await self._conversation.replace(update, texts.skipped(await asyncio.to_thread(self._room.skips)))

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
        now = self._conversation.services.clock()
        wish = Skip(item.item, item.name, item.url, self._conversation.admin(update), now)
        told = f"{escape(item.name)} is skipped for good. The draft is below."
        await self._showing.grant(update, press, proof, wish, told)


def _item(proof: Proof, press: Pressed) -> texts.Printed | None:
    found = texts.items_of(proof.record.issue, press.section) if press.section is not None else []
    return found[press.number(1)] if 0 <= press.number(1) < len(found) else None
