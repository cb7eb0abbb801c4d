"""An admin writes to the readers: his formatting kept, shown as it will look, aimed, confirmed, sent once, followed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from domain.deliveries import BroadcastState
from domain.readers import ChatId
from domain.usage import INACTIVE_AFTER
from formatters.pictures import qr_png
from morningpost.services import displays, usage
from sandbox.telegram import Message, Reader
from storage.schema import SubscriberRow
from tests.integration.house import Morning, morning_at_work

WORDS = 'The paper <b>moves</b> house on <i>Sunday</i>: <a href="https://example.org/new">the new address</a>.'


@pytest.fixture
async def morning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Morning]:
    """A paper at work with two readers, one of them German and from a booth."""
    monkeypatch.setattr(displays, "EVERY", 0.1)
    monkeypatch.setattr(usage, "EVERY", 0.1)
    async with morning_at_work(tmp_path) as at_work:
        await at_work.say(at_work.reader(1001), "/subscribe 7 UTC")
        german = at_work.telegram.user(1002, "Bert", language="de")
        german.start("sub_booth")
        await at_work.telegram.until(lambda: german.received)
        yield at_work


def readers(morning: Morning) -> tuple[Reader, Reader]:
    return morning.reader(1001), morning.telegram.user(1002, "Bert", language="de")


async def composed(morning: Morning, html: str = WORDS) -> tuple[Message, Message]:
    """The preview, and the question who gets it."""
    admin = morning.admin()
    await morning.say(admin, "/broadcast")
    count = len(admin.received)
    admin.write(html)
    preview, question = (
        await morning.telegram.until(lambda: admin.received if len(admin.received) >= count + 2 else [])
    )[count:]
    return preview, question


async def tap(morning: Morning, message: Message, button: str, until: str) -> None:
    await morning.press(morning.admin(), message, button)
    await morning.telegram.until(lambda: until in message.text)


async def test_a_notice_looks_for_readers_as_it_was_shown_and_keeps_its_formatting(morning: Morning) -> None:
    preview, question = await composed(morning)
    assert preview.html == WORDS
    assert "Everybody, 2 now" in question.text
    assert "less than a second" in question.text
    await tap(morning, question, "Send to 2 …", "Send it to 2")
    assert morning.house.outbox.receipts(9) == []
    await tap(morning, question, "Yes, send it", "done")
    for reader in readers(morning):
        assert (reader.received[-1].text, reader.received[-1].entities) == (preview.text, preview.entities)


async def test_pressing_twice_sends_once(morning: Morning) -> None:
    _, question = await composed(morning)
    await tap(morning, question, "Send to 2 …", "Send it to 2")
    admin = morning.admin()
    data = question.button("Yes, send it").data
    assert data is not None
    await morning.press(admin, question, data)
    await morning.telegram.until(lambda: "done" in question.text)
    await morning.forge(admin, data)
    assert len(morning.house.outbox.receipts(9)) == 1


async def test_the_audience_is_narrowed_by_language_and_campaign_and_counted(morning: Morning) -> None:
    _, question = await composed(morning)
    await tap(morning, question, "Language ▸", "Which one?")
    await tap(morning, question, "de: 1", "language de, 1 now")
    await tap(morning, question, "Campaign ▸", "Which one?")
    await tap(morning, question, "booth: 1", "came from booth, 1 now")
    await tap(morning, question, "Topic ▸", "No active reader has one")
    await tap(morning, question, "◀ Back", "1 now")
    await tap(morning, question, "Groups", "Nobody is in that circle")
    assert not any("Send" in button.text for row in question.buttons for button in row)
    await tap(morning, question, "Everybody", "1 now")
    await tap(morning, question, "Send to 1 …", "Send it to 1")
    await tap(morning, question, "Yes, send it", "done")
    first, german = readers(morning)
    assert "moves" in german.received[-1].text
    assert "moves" not in first.received[-1].text


async def test_a_notice_goes_to_the_inactive_alone(morning: Morning) -> None:
    _, question = await composed(morning)
    await tap(morning, question, "Inactive", "Nobody is in that circle")
    assert "neither wrote nor pressed" in question.text
    first, german = readers(morning)
    await morning.telegram.until(lambda: seen_on(morning, first) and seen_on(morning, german))
    long_ago = morning.house.clock() - INACTIVE_AFTER - timedelta(days=1)
    with morning.house.database.write() as connection:
        both = update(SubscriberRow).values(joined_at=long_ago)
        connection.execute(both)
        connection.execute(both.where(SubscriberRow.chat_id == first.id).values(seen_on=long_ago.date()))
    await tap(morning, question, "✓ Inactive", "Inactive, 1 now")
    await tap(morning, question, "Send to 1 …", "Send it to 1")
    await tap(morning, question, "Yes, send it", "done")
    assert "moves" in first.received[-1].text
    assert "moves" not in german.received[-1].text


def seen_on(morning: Morning, reader: Reader) -> date | None:
    subscriber = morning.house.subscribers.get(ChatId(reader.id))
    return subscriber.seen_on if subscriber is not None else None


async def test_the_message_follows_the_broadcast_until_its_end(morning: Morning) -> None:
    _, question = await composed(morning)
    await tap(morning, question, "Send to 2 …", "Send it to 2")
    await tap(morning, question, "Yes, send it", "done")
    assert question.buttons == ()
    receipt = morning.house.outbox.latest_receipt()
    assert receipt is not None
    assert receipt.broadcast.state is BroadcastState.DONE
    assert receipt.sent == 2


async def test_a_picture_with_words_goes_to_everybody_as_it_was_shown(morning: Morning) -> None:
    admin = morning.admin()
    await morning.say(admin, "/broadcast")
    count = len(admin.received)
    admin.send_photo(qr_png("https://t.me/ai_morning_post"), "The <b>code</b> for a friend")
    preview, question = (
        await morning.telegram.until(lambda: admin.received if len(admin.received) >= count + 2 else [])
    )[count:]
    assert preview.html == "The <b>code</b> for a friend"
    assert preview.content.photo is not None
    await tap(morning, question, "Send to 2 …", "Send it to 2")
    await tap(morning, question, "Yes, send it", "done")
    for reader in readers(morning):
        assert reader.received[-1].content.photo == preview.content.photo
        assert reader.received[-1].html == preview.html


async def test_what_is_no_text_is_told_and_the_words_are_still_waited_for(morning: Morning) -> None:
    admin = morning.admin()
    await morning.say(admin, "/broadcast")
    count = len(admin.received)
    admin.share_location(52.5, 13.4)
    await morning.telegram.until(lambda: len(admin.received) > count)
    assert "A notice is a text" in admin.received[-1].text
    preview, _ = await morning.say(admin, "Plain words.", answers=2)
    assert preview.text == "Plain words."


async def test_a_discarded_notice_and_one_of_before_a_restart_send_nothing(morning: Morning) -> None:
    _, question = await composed(morning)
    data = question.button("Send to 2 …").data
    assert data is not None
    await tap(morning, question, "Discard", "Discarded")
    await morning.forge(morning.admin(), data)
    await morning.telegram.until(lambda: "no longer at hand" in morning.admin().received[-1].text)
    assert morning.house.outbox.receipts(9) == []


@pytest.mark.parametrize("data", ["n:yes:000000000000", "n:x", "n:yes:zzz", "n:circle:000000000000:9999"])
async def test_a_reader_cannot_write_to_the_others(morning: Morning, data: str) -> None:
    reader = morning.reader()
    (unknown,) = await morning.say(reader, "/nonsense")
    (answer,) = await morning.say(reader, "/broadcast")
    assert answer.text == unknown.text
    assert "no longer in use" in await morning.forge(reader, data)
    assert morning.house.outbox.receipts(9) == []
