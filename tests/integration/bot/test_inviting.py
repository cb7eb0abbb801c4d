from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from domain.readers import ChatId
from formatters.pictures import qr_png
from sandbox.telegram import Photo
from tests.integration.house import Morning, morning_at_work

LINK = "https://t.me/ai_morning_post_bot?start=sub_friend"


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


def pixels(png: bytes) -> bytes:
    return Image.open(BytesIO(png)).convert("L").tobytes()


def photo_of(morning: Morning, reader_id: int) -> Photo | None:
    received = morning.telegram.user(reader_id).received
    return received[-1].content.photo if received else None


async def test_the_code_and_the_link_bring_a_friend_who_is_counted_as_one(morning: Morning) -> None:
    reader = morning.reader()
    (sent,) = await morning.say(reader, "/invite")
    assert sent.content.photo is not None
    assert pixels(sent.content.photo.content) == pixels(qr_png(LINK))
    assert LINK in sent.text
    friend = morning.reader(1002, "Grace")
    friend.start(LINK.rpartition("=")[2])
    await morning.telegram.until(lambda: friend.received)
    found = morning.house.subscribers.get(ChatId(1002))
    assert found is not None
    assert found.came_from == "friend"


async def test_a_subscriber_has_the_code_by_a_button(morning: Morning) -> None:
    reader = morning.reader()
    (joined,) = await morning.say(reader, "/subscribe")
    await morning.press(reader, joined, "QR code for a friend")
    await morning.telegram.until(lambda: photo_of(morning, reader.id))


async def test_the_code_stays_in_the_topic_of_the_group(morning: Morning) -> None:
    reader = morning.reader()
    group = morning.telegram.group("AI readers", members=[reader])
    topic = morning.telegram.forum(group, reader).open("News").id
    reader.say("/invite", group, thread=topic)
    (sent,) = await morning.telegram.until(lambda: [m for m in group.messages.values() if m.content.photo])
    assert sent.thread == topic
