from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import String, cast, func, or_, select

from bot.texts.privacy import STORED
from domain.readers import Cadence, ChatId, SubscriberState
from sandbox.telegram import Membership, Status
from storage.schema import Table
from tests.integration.house import Morning, morning_at_work

WHO = 710_055_021  # a number that nothing else here has


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


def state(morning: Morning, chat_id: int) -> SubscriberState | None:
    reader = morning.house.subscribers.get(ChatId(chat_id))
    return None if reader is None else reader.state


async def test_leaving_offers_less_takes_one_more_tap_and_coming_back_is_one(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/subscribe")
    (offer,) = await morning.say(reader, "/unsubscribe")
    assert [button.text for row in offer.buttons for button in row] == [
        "Pause",
        "Once a week",
        "Fewer sections",
        "Leave",
        "◀ All settings",
    ]
    assert state(morning, 1001) is SubscriberState.ACTIVE
    await morning.press(reader, offer, "Leave")
    await morning.telegram.until(lambda: "unsubscribed" in offer.text)
    assert state(morning, 1001) is SubscriberState.LEFT
    await morning.press(reader, offer, "Subscribe again")
    await morning.telegram.until(lambda: state(morning, 1001) is SubscriberState.ACTIVE)
    (stranger,) = await morning.say(morning.reader(1002), "/unsubscribe")
    assert "not subscribed" in stranger.text


@pytest.mark.parametrize("button", ["Pause", "Fewer sections", "Once a week"])
async def test_each_offer_opens_what_it_says(morning: Morning, button: str) -> None:
    reader = morning.reader()
    await morning.say(reader, "/subscribe")
    (offer,) = await morning.say(reader, "/unsubscribe")
    await morning.press(reader, offer, button)
    await morning.telegram.until(lambda: offer.text.startswith("Settings"))
    found = morning.house.subscribers.get(ChatId(1001))
    assert found is not None
    assert found.state is SubscriberState.ACTIVE
    assert (found.cadence is Cadence.WEEKLY) is (button == "Once a week")


async def test_who_thinks_better_of_it_keeps_everything(morning: Morning) -> None:
    reader = morning.reader(WHO)
    await morning.say(reader, "/subscribe")
    (ask,) = await morning.say(reader, "/forgetme")
    await morning.press(reader, ask, "No, keep it")
    await morning.telegram.until(lambda: ask.text == "Nothing was erased.")
    assert state(morning, WHO) is SubscriberState.ACTIVE


async def test_forgetting_asks_once_erases_everything_and_counts_it(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader(WHO)
    await morning.say(reader, "/subscribe", answers=2)
    morning.house.subscribers.change(ChatId(WHO), keywords=("whisper",), topics=frozenset({"speech"}))
    (ask,) = await morning.say(reader, "/forgetme")
    assert state(morning, WHO) is SubscriberState.ACTIVE
    await morning.press(reader, ask, "Yes, erase everything")
    await morning.telegram.until(lambda: "erased" in ask.text and "before" in ask.text)
    assert "Subscription and settings: 1 before, 0 now" in ask.text
    assert "What was sent to you: 1 before, 0 now" in ask.text
    assert rows_naming(morning, WHO) == {}
    (again,) = await morning.say(reader, "/forgetme")
    await morning.press(reader, again, "Yes, erase everything")
    await morning.telegram.until(lambda: "Nothing is stored" in again.text)


def rows_naming(morning: Morning, chat_id: int) -> dict[str, int]:
    """The rows of every table, in whatever column, that name a chat; but for messages that wait for their answer."""
    found = {}
    with morning.house.database.read() as connection:
        for table in Table.metadata.sorted_tables:
            naming = or_(*(cast(column, String).contains(str(chat_id)) for column in table.columns))
            found[table.name] = connection.scalar(select(func.count()).select_from(table).where(naming)) or 0
    return {name: count for name, count in found.items() if count and name != "updates"}


async def test_in_a_group_only_its_admins_have_it_forgotten_or_exported(morning: Morning) -> None:
    member, boss = morning.reader(), morning.reader(1002, "Grace")
    group = morning.telegram.group("AI readers", members=[member, boss])
    group.members[boss.id] = Membership(Status.CREATOR)
    boss.say("/subscribe", group)
    await morning.telegram.until(lambda: state(morning, group.id) is SubscriberState.ACTIVE)
    member.say("/forgetme", group)
    (ask,) = await morning.telegram.until(lambda: [m for m in group.messages.values() if "erases" in m.text])
    assert "only its admins" in await morning.press(member, ask, "do:forget")
    assert state(morning, group.id) is SubscriberState.ACTIVE
    member.say("/export", group)
    await morning.telegram.until(lambda: [m for m in group.messages.values() if "only its admins" in m.text])


async def test_what_the_privacy_page_tells_is_every_column_that_the_schema_has(morning: Morning) -> None:
    told: dict[str, set[str]] = {}
    for _, table, columns in STORED:
        told.setdefault(table, set()).update(columns)
    tables = Table.metadata.tables
    assert told == {name: {column.name for column in tables[name].columns} for name in told}
    personal = {name for name, table in tables.items() if {"chat_id", "reader"} & set(table.columns.keys())}
    assert personal <= set(told)
    (page,) = await morning.say(morning.reader(), "/privacy")
    assert page.text.count("•") == len(STORED)
    assert "/forgetme" in page.text
    assert "/export" in page.text


async def test_a_reader_gets_all_his_data_as_a_file(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader()
    (nothing,) = await morning.say(reader, "/export")
    assert "Nothing is stored" in nothing.text
    await morning.say(reader, "/subscribe 9 Asia/Tokyo", answers=2)
    morning.house.subscribers.change(ChatId(1001), keywords=("whisper",))
    (sent,) = await morning.say(reader, "/export")
    assert sent.content.document is not None
    data = json.loads(sent.content.document.content)
    (own,) = data["subscribers"]
    assert (own["chat_id"], own["hour"], own["zone"], own["keywords"]) == (1001, 9, "Asia/Tokyo", ["whisper"])
    (delivery,) = data["deliveries"]
    assert delivery["issue_date"] == "2026-07-04"
    assert data["feedback"] == []
