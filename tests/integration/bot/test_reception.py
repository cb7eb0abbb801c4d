"""Presses reach their chapter, are acknowledged at once, and stop at who may not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
import pytest
from telegram import Update

from bot.application import CHAPTERS
from bot.conversation import Conversation
from bot.handling import Chapter, Press
from bot.texts.general import notice
from sandbox.telegram import Chat, Reader
from sandbox.telegram.chats import Membership, Status
from tests.integration.house import Morning, morning_at_work


class Tides(Chapter):
    """A chapter of the tests: it works as long as the test wants."""

    high = asyncio.Event()

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def presses(self) -> Mapping[str, Press]:
        return {"zw": self.wait, "zl": self.late, "zb": self.broken}

    def personal_presses(self) -> Mapping[str, Press]:
        return {"zp": self.told}

    def admin_presses(self) -> Mapping[str, Press]:
        return {"za": self.told}

    async def wait(self, update: Update, data: str) -> None:
        await self.high.wait()
        await self.told(update, data)

    async def late(self, update: Update, data: str) -> None:
        await self.high.wait()
        await self._conversation.acknowledge(update, "The tide is <low>.")

    async def broken(self, update: Update, data: str) -> None:
        raise RuntimeError("the tide is out")

    async def told(self, update: Update, data: str) -> None:
        await self._conversation.answer(update, notice(f"heard {data}"))


@pytest.fixture
async def morning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Morning]:
    """A house with one chapter more."""
    monkeypatch.setattr(Tides, "high", asyncio.Event())
    monkeypatch.setattr("bot.application.CHAPTERS", (*CHAPTERS, Tides))
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


async def test_a_press_is_acknowledged_while_its_chapter_is_still_at_work(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    assert await morning.forge(reader, "zw:1") == ""
    assert reader.received[-1].text == "x"
    Tides.high.set()
    await morning.telegram.until(lambda: reader.received[-1].text == "heard zw:1")


async def test_words_for_the_presser_that_come_too_late_are_said_in_the_chat(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    assert await morning.forge(reader, "zl") == ""
    Tides.high.set()
    await morning.telegram.until(lambda: reader.received[-1].text == "The tide is <low>.")


async def test_a_press_that_breaks_is_acknowledged_and_apologised_for(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    assert await morning.forge(reader, "zb") == ""
    await morning.telegram.until(lambda: "went wrong" in reader.received[-1].text)


async def test_an_admins_button_is_for_others_a_button_that_is_no_longer_in_use(morning: Morning) -> None:
    reader, admin = morning.reader(), morning.admin()
    await morning.say(reader, "/help")
    nonsense = await morning.forge(reader, "nonsense")
    assert await morning.forge(reader, "za:1") == nonsense
    await morning.say(admin, "/help")
    assert await morning.forge(admin, "za:1") == ""
    await morning.telegram.until(lambda: admin.received[-1].text == "heard za:1")


async def test_in_a_group_a_personal_button_is_only_for_its_admins(morning: Morning) -> None:
    member, owner = morning.reader(), morning.reader(1002, "Grace Hopper")
    group = morning.telegram.group("AI readers", members=[member, owner])
    group.members[owner.id] = Membership(Status.ADMINISTRATOR)
    toast = await pressed_in(morning, group, member)
    said = await morning.telegram.until(lambda: list(filter(None, [toast, *texts_but(group, "x")])))
    assert all("only its admins" in text for text in said)
    assert await pressed_in(morning, group, owner) == ""
    await morning.telegram.until(lambda: [one for one in group.messages.values() if one.text == "heard zp:1"])


def texts_but(group: Chat, text: str) -> list[str]:
    """What a group was told, but for one text; a busy bot says there what came too late for the toast."""
    return [message.text for message in group.messages.values() if message.text != text]


async def pressed_in(morning: Morning, group: Chat, reader: Reader) -> str:
    """What a member is shown who presses a personal button in a group."""
    keyboard = {"inline_keyboard": [[{"text": "forged", "callback_data": "zp:1"}]]}
    address = f"{morning.house.settings.telegram_api_url}/bot{morning.telegram.token}/"
    async with httpx.AsyncClient(base_url=address) as bot:
        await bot.post("sendMessage", json={"chat_id": group.id, "text": "x", "reply_markup": keyboard})
    message = [one for one in group.messages.values() if one.text == "x"][-1]
    return await morning.press(reader, message, "forged")
