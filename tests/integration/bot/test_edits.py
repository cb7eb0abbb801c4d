"""Edited messages: soon, they are answered as if written anew; late, that is told once; else nothing is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.readers import ChatId
from sandbox.telegram import Message, Reader
from tests.integration.house import Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


async def rewritten(morning: Morning, reader: Reader, message: Message, text: str, answers: int = 1) -> list[Message]:
    """What the bot answers to an edit."""
    before = len(reader.received)
    reader.rewrite(message, text)
    await morning.telegram.until(lambda: len(reader.received) >= before + answers)
    return reader.received[before:]


async def settled(morning: Morning) -> None:
    """Wait until what was told before has been handled."""
    await morning.say(morning.reader(9999), "/help")


def tell(morning: Morning, reader: Reader, message: Message, said: dict[str, Any]) -> None:
    """Tell the bot of an edit that was made otherwise than people of the sandbox do."""
    with morning.telegram.world.signal.lock:
        morning.telegram.updates.put("edited_message", message.as_json() | said)


def late(text: str) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {"text": text, "date": int((now - timedelta(hours=1)).timestamp()), "edit_date": int(now.timestamp())}


async def test_a_command_that_is_put_right_is_answered(morning: Morning) -> None:
    reader = morning.reader()
    (unknown,) = await morning.say(reader, "/helpp")
    (answer,) = await rewritten(morning, reader, reader.messages[0], "/help")
    assert answer.text != unknown.text
    assert "/settings" in answer.text


async def test_words_that_are_changed_are_looked_at_again(morning: Morning) -> None:
    reader = morning.reader()
    (before,) = await morning.say(reader, "kestral")
    (after,) = await rewritten(morning, reader, reader.messages[0], "kestrel")
    assert after.text == before.text
    assert "kestrel" in str(after.buttons)


async def test_an_answer_that_is_put_right_is_taken_again_while_its_question_stands(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/subscribe 7 UTC", answers=1)
    (home,) = await morning.say(reader, "/settings")
    await morning.forge(reader, "s:city")
    await morning.telegram.until(lambda: "city" in reader.received[-1].text.casefold())
    (told,) = await morning.say(reader, "Qwxyz")
    assert "Qwxyz" in told.text
    wrong = next(each for each in reader.messages if each.text == "Qwxyz")
    (answer,) = await rewritten(morning, reader, wrong, "Lisbon")
    subscriber = morning.house.subscribers.get(ChatId(reader.id))
    assert subscriber is not None
    assert subscriber.zone == "Europe/Lisbon"
    assert "Lisbon" in answer.text
    assert home.from_bot


async def test_an_edit_of_long_ago_is_told_once_what_counts(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    message = reader.messages[0]
    tell(morning, reader, message, late("/today"))
    tell(morning, reader, message, late("/today now"))
    tell(morning, reader, message, late("please"))
    await morning.telegram.until(lambda: len(reader.received) >= 2)
    await settled(morning)
    (note,) = reader.received[1:]
    assert "within 5 minutes" in note.text


async def test_what_is_no_edit_of_words_is_let_pass(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    message = reader.messages[0]
    soon = {"edit_date": int(datetime.now(UTC).timestamp())}
    tell(morning, reader, message, soon)  # the same words again: Telegram has found a picture for the link, say
    tell(morning, reader, message, {"text": "/today"})  # without a moment it is no writer's edit
    place = {"latitude": 38.7, "longitude": -9.1, "live_period": 60}
    tell(morning, reader, message, soon | {"text": None, "entities": [], "location": place})
    await settled(morning)
    assert len(reader.received) == 1


async def test_in_a_group_an_edited_command_is_answered_and_edited_words_are_not(morning: Morning) -> None:
    reader = morning.reader()
    group = morning.telegram.group("AI readers", members=[reader])
    reader.say("/helpp", group)
    command = next(iter(group.messages.values()))
    reader.rewrite(command, "some words")
    reader.rewrite(command, "/help")
    await morning.telegram.until(lambda: any("/settings" in each.text for each in group.messages.values()))
    await settled(morning)
    said = [each for each in group.messages.values() if each.from_bot]
    assert len(said) == 1


async def test_a_channel_is_not_spoken_into_whatever_is_posted_or_edited_there(morning: Morning) -> None:
    boss = morning.reader()
    boss.say("/today", morning.channel)
    post = next(iter(morning.channel.messages.values()))
    boss.rewrite(post, "/help")
    await settled(morning)
    await asyncio.sleep(0)
    assert not any(each.from_bot for each in morning.channel.messages.values())
