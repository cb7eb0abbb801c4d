from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.combinations import READER_SECTIONS
from domain.editions import Style
from domain.readers import Cadence, ChatId, ChatKind, Subscriber, SubscriberState
from sandbox.telegram import Chat, Fault, Harm, Membership, Message, Reader, Refusal, Status
from storage.schema import Table
from tests.integration.house import Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


@pytest.fixture
def reader(morning: Morning) -> Reader:
    """A subscriber of Berlin."""
    joined = Subscriber(ChatId(1001), datetime.now(UTC), zone="Europe/Berlin")
    morning.house.subscribers.join(joined)
    return morning.reader()


def kept(morning: Morning, chat_id: int = 1001) -> Subscriber:
    found = morning.house.subscribers.get(ChatId(chat_id))
    assert found is not None
    return found


async def opened(morning: Morning, reader: Reader) -> Message:
    (message,) = await morning.say(reader, "/settings")
    return message


async def turned(morning: Morning, reader: Reader, *buttons: str) -> Message:
    """Press buttons one after the other on the last message, each time waiting until it is another one."""
    message = reader.received[-1]
    for button in buttons:
        edits = len(message.edits)
        await morning.press(reader, message, button)
        await morning.telegram.until(lambda edits=edits: len(message.edits) > edits)  # type: ignore[misc]
    return message


def texts_of(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_a_stranger_has_no_settings_and_learns_how_to_subscribe(morning: Morning) -> None:
    (answer,) = await morning.say(morning.reader(), "/settings")
    assert "not subscribed" in answer.text
    assert texts_of(answer) == ["Subscribe"]


async def test_one_message_shows_every_setting_and_each_page_leads_back(morning: Morning, reader: Reader) -> None:
    home = await opened(morning, reader)
    assert "every day at 07:00 (Berlin)" in home.text
    assert "The next one: " in home.text
    for page in ("hour", "zone", "days", "cadence", "sections", "silent", "language", "pause", "style"):
        await turned(morning, reader, f"s:{page}", "◀ Back")
        assert home.text.startswith("Settings\nYour issue comes")
    assert len(reader.received) == 1


async def test_the_hour_is_one_of_24_buttons(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    page = await turned(morning, reader, "s:hour")
    assert [len(row) for row in page.buttons] == [4] * 6 + [1]
    assert "✓ 07:00" in texts_of(page)
    home = await turned(morning, reader, "18:00")
    assert kept(morning).hour == 18
    assert "Hour: 18:00" in texts_of(home)


async def test_a_zone_is_found_by_continent_and_city(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    page = await turned(morning, reader, "s:zone", "America", "▶")
    assert len(page.buttons) == 10
    await turned(morning, reader, "◀", "▶", "▶")
    await turned(morning, reader, "◀ Back", "Asia")
    while "Tokyo" not in texts_of(page):
        await turned(morning, reader, "▶")
    home = await turned(morning, reader, "Tokyo")
    assert kept(morning).zone == "Asia/Tokyo"
    assert "Zone: Tokyo" in texts_of(home)


async def test_a_zone_is_found_by_typing_a_city(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    await turned(morning, reader, "s:zone", "Type a city")
    (unknown,) = await morning.say(reader, "Atlantis <b>")
    assert "Atlantis <b>" in unknown.text
    await turned(morning, reader, "Type a city")
    (several,) = await morning.say(reader, "usa")
    assert "In which of these" in several.text or "don't know" in several.text
    await turned(morning, reader, "s:city" if "Type a city" in texts_of(several) else "◀ Back")
    await opened(morning, reader)
    await turned(morning, reader, "s:zone", "Type a city")
    (home,) = await morning.say(reader, "san francisco")
    assert kept(morning).zone == "America/Los_Angeles"
    assert "Los Angeles" in home.text
    (unasked,) = await morning.say(reader, "Tokyo")
    assert "/today" in unasked.text
    assert kept(morning).zone == "America/Los_Angeles"


async def test_a_country_with_several_clocks_is_chosen_from(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    await turned(morning, reader, "s:zone", "Type a city")
    (several,) = await morning.say(reader, "Brazil")
    assert "Sao Paulo" in texts_of(several)
    await turned(morning, reader, "Sao Paulo")
    assert kept(morning).zone == "America/Sao_Paulo"


async def test_a_shared_location_gives_the_zone_and_is_stored_nowhere(
    morning: Morning, reader: Reader, tmp_path: Path
) -> None:
    await opened(morning, reader)
    await morning.press(reader, reader.received[-1], "s:zone")
    await morning.telegram.until(lambda: "s:where" in [b.data for row in reader.received[-1].buttons for b in row])
    await morning.press(reader, reader.received[-1], "s:where")
    await morning.telegram.until(lambda: reader.chat.reply_keyboard is not None)
    reader.share_location(35.6871239, 139.7514567)
    await morning.telegram.until(lambda: "Tokyo" in reader.received[-1].text)
    assert kept(morning).zone == "Asia/Tokyo"
    assert reader.chat.reply_keyboard is None
    written = b"".join(await asyncio.to_thread(_everything, tmp_path))
    assert b"Asia/Tokyo" in written
    assert not {place for place in (b"35.68", b"139.75") if place in written}


def _everything(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


async def test_a_location_without_a_clock_changes_nothing(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    reader.share_location(0.0, -30.0)
    await morning.telegram.until(lambda: "could not find" in reader.received[-1].text)
    assert kept(morning).zone == "Europe/Berlin"


async def test_weekdays_are_switched_and_the_last_one_stays(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    page = await turned(morning, reader, "s:days")
    for day in range(6):
        await turned(morning, reader, f"s:days:{day}:0")
    assert kept(morning).weekdays == {6}
    assert "stay on" in await morning.press(reader, page, "s:days:6:0")
    assert kept(morning).weekdays == {6}
    home = await turned(morning, reader, "◀ Back")
    assert "on: Sunday" in home.text


async def test_sections_are_switched_and_moved(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    page = await turned(morning, reader, "s:sections", "s:sections:opinion:0", "s:move:numbers:0")
    found = kept(morning)
    assert "opinion" not in found.sections
    assert found.order[:2] == ("numbers", "lead")
    assert "▫️ Opinion" in texts_of(page)
    assert texts_of(page)[0] == "✅ Numbers"
    await turned(morning, reader, "s:move:lead:0", "✅ Numbers")
    assert kept(morning).order == ()


async def test_a_setting_pressed_twice_does_nothing_wrong(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    page = await turned(morning, reader, "s:sections")
    for _ in range(3):
        reader.press(page, "s:sections:tools:0")
    await morning.telegram.until(lambda: "▫️ Tools" in texts_of(page))
    for _ in range(3):
        reader.press(page, "s:move:deepdive:1")
    await morning.telegram.until(lambda: texts_of(page)[2] == "✅ Deep Dive")
    found = kept(morning)
    assert found.sections == set(READER_SECTIONS) - {"tools"}
    assert found.order[:3] == ("lead", "deepdive", "numbers")


async def test_presses_at_the_same_time_lose_none(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    page = await turned(morning, reader, "s:days")
    await asyncio.gather(*(morning.press(reader, page, f"s:days:{day}:0") for day in range(5)))
    await morning.telegram.until(lambda: texts_of(page).count("▫️") == 0 and kept(morning).weekdays == {5, 6})


async def test_an_old_keyboard_shows_what_is_set_now(morning: Morning, reader: Reader) -> None:
    old = await opened(morning, reader)
    morning.house.subscribers.change(ChatId(1001), hour=21, language="de")
    await morning.press(reader, old, "s:hour")
    await morning.telegram.until(lambda: "✓ 21:00" in texts_of(old))
    morning.house.subscribers.forget(ChatId(1001))
    assert "/start" in await morning.press(reader, old, "s:hour:3")


@pytest.mark.parametrize("answer", [Style.RICH, Style.CLASSIC])
async def test_the_sample_decides_the_layout(morning: Morning, reader: Reader, answer: Style) -> None:
    await opened(morning, reader)
    sample = await turned(morning, reader, "s:style")
    assert any(block["type"] == "table" for block in sample.blocks)
    home = await turned(morning, reader, "Yes" if answer is Style.RICH else "No")
    assert kept(morning).style is answer
    assert f"Layout: {answer.value}" in texts_of(home)


async def test_where_the_server_lacks_rich_messages_the_layout_stays_classic(morning: Morning, reader: Reader) -> None:
    morning.house.subscribers.change(ChatId(1001), style=Style.RICH)
    lacking = Fault(Harm.REFUSE, Refusal(400, "Bad Request: message text is empty"))
    missing = Fault(Harm.REFUSE, Refusal(404, "Not Found: method not found"))
    await opened(morning, reader)
    morning.telegram.faults.add(lacking.only(methods=["editMessageText"], times=1))
    morning.telegram.faults.add(missing.only(methods=["sendRichMessage"]))
    page = await turned(morning, reader, "s:style")
    assert kept(morning).style is Style.CLASSIC
    assert "Layout: classic" in texts_of(page)


async def test_sound_language_and_cadence_are_set(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    await turned(morning, reader, "s:silent", "Without sound", "◀ Back", "s:cadence", "weekly")
    page = await turned(morning, reader, "s:language")
    assert {"✓ English", "Русский", "Español", "العربية", "हिन्दी", "中文", "Português", "Deutsch", "Français"} <= set(
        texts_of(page)
    )
    await turned(morning, reader, "Deutsch")
    found = kept(morning)
    assert (found.silent, found.cadence, found.language) == (True, Cadence.WEEKLY, "de")


async def test_a_pause_ends_by_a_button_or_on_its_day(morning: Morning, reader: Reader) -> None:
    await opened(morning, reader)
    paused = await turned(morning, reader, "s:pause", "A week")
    found = kept(morning)
    assert found.state is SubscriberState.PAUSED
    assert found.paused_until is not None
    assert "Paused until" in paused.text
    home = await turned(morning, reader, "Come back now")
    assert kept(morning).state is SubscriberState.ACTIVE
    assert "every day" in home.text


async def test_a_pause_until_a_typed_date(morning: Morning, reader: Reader) -> None:
    day = (datetime.now(UTC) + timedelta(days=40)).date()
    await opened(morning, reader)
    await turned(morning, reader, "s:pause", "Until a date")
    (wrong,) = await morning.say(reader, "1 January 1999")
    assert "between tomorrow and a year" in wrong.text
    await turned(morning, reader, "Until a date")
    (home,) = await morning.say(reader, f"{day.day}.{day.month}.{day.year}")
    assert kept(morning).paused_until == day
    assert "Paused until" in home.text


#: What no keyboard of ours carries.
FORGED = (
        "s:hour:24", "s:hour:-1", "s:hour:7:7", "s:in:Mars/Olympus", "s:zone:Europe:99", "s:zone:Narnia", "s:nonsense",
        "s:days:8:1", "s:days:1:2", "s:sections:secret:1", "s:move:lead:99", "s:move:secret:1", "s:style:json",
        "s:language:xx", "s:cadence:hourly", "s:pause:19990101", "s:pause:99991231", "s:pause:never", "s:silent:²",
        "s:zone:Europe:²",
)  # fmt: skip


async def test_forged_data_changes_nothing(morning: Morning, reader: Reader) -> None:
    before = kept(morning)
    await opened(morning, reader)
    for data in FORGED:
        assert "no longer in use" in await morning.forge(reader, data), data
    assert kept(morning) == before


async def test_in_a_group_only_its_admins_open_and_change_the_settings(morning: Morning) -> None:
    member, boss = morning.reader(), morning.reader(1002, "Grace")
    group = morning.telegram.group("AI readers", members=[member, boss])
    group.members[boss.id] = Membership(Status.CREATOR)
    morning.house.subscribers.join(replace(Subscriber(ChatId(group.id), datetime.now(UTC)), zone="UTC"))
    boss.say("/settings", group)
    ((page,),) = (await morning.telegram.until(lambda: _by_bot(group.messages.values())),)
    assert "only its admins" in await morning.press(member, page, "s:hour")
    assert await morning.press(boss, page, "s:zone") == ""
    await morning.telegram.until(lambda: "Type a city" in texts_of(page))
    assert "Share my location once" not in texts_of(page)
    member.say("/settings", group)
    await morning.telegram.until(lambda: [m for m in group.messages.values() if "only its admins" in m.text])


async def test_in_a_group_a_city_is_written_as_a_reply(morning: Morning) -> None:
    boss = morning.reader()
    group = morning.telegram.group("AI readers", members=[boss])
    group.members[boss.id] = Membership(Status.CREATOR)
    morning.house.subscribers.join(Subscriber(ChatId(group.id), datetime.now(UTC)))
    boss.say("/settings", group)
    (page,) = await morning.telegram.until(lambda: _by_bot(group.messages.values()))
    await morning.press(boss, page, "s:zone")
    await morning.telegram.until(lambda: "s:city" in _data(page))
    await morning.press(boss, page, "s:city")
    await morning.telegram.until(lambda: "reply to this message" in page.text)
    boss.say("Tokyo", group)
    boss.say("Lisbon", group, reply_to=page)
    await morning.telegram.until(lambda: kept(morning, group.id).zone == "Europe/Lisbon")


def _data(message: Message) -> set[str | None]:
    return {button.data for row in message.buttons for button in row}


def _by_bot(messages: object) -> list[Message]:
    return [message for message in messages if message.from_bot]  # type: ignore[attr-defined]


async def test_an_answer_stays_in_the_topic_of_the_group(morning: Morning) -> None:
    boss = morning.reader()
    group = morning.telegram.group("AI readers", members=[boss])
    topic = morning.telegram.forum(group, boss).open("News").id
    boss.say("/help", group, thread=topic)
    (answer,) = await morning.telegram.until(lambda: _by_bot(group.messages.values()))
    assert answer.thread == topic


async def forum_of(morning: Morning) -> tuple[Reader, Chat, int]:
    """An admin, a group with topics that is subscribed, and one of its topics."""
    boss = morning.reader()
    group = morning.telegram.group("AI readers", members=[boss])
    group.members[boss.id] = Membership(Status.CREATOR)
    morning.house.subscribers.join(Subscriber(ChatId(group.id), datetime.now(UTC), kind=ChatKind.GROUP))
    return boss, group, morning.telegram.forum(group, boss).open("News").id


async def test_an_admin_brings_the_issue_into_a_topic_and_back(morning: Morning) -> None:
    boss, group, topic = await forum_of(morning)
    boss.say("/settings", group, thread=topic)
    (home,) = await morning.telegram.until(lambda: _by_bot(group.messages.values()))
    assert "The issue comes to General." in home.text
    await morning.press(boss, home, "Bring the issue to this topic")
    await morning.telegram.until(lambda: "The issue comes to this topic." in home.text)
    assert kept(morning, group.id).thread == topic
    assert f"s:thread:{topic}" not in _data(home)
    boss.say("/settings", group)
    general = await morning.telegram.until(lambda: [m for m in _by_bot(group.messages.values()) if m.thread is None])
    assert "another topic of this group" in general[0].text
    await morning.press(boss, general[0], "Bring the issue to General")
    await morning.telegram.until(lambda: kept(morning, group.id).thread is None)


async def test_members_do_not_move_the_issue_and_forged_buttons_move_it_nowhere(morning: Morning) -> None:
    boss, group, topic = await forum_of(morning)
    member = morning.reader(1002, "Grace")
    group.members[member.id] = Membership(Status.MEMBER)
    boss.say("/settings", group, thread=topic)
    (home,) = await morning.telegram.until(lambda: _by_bot(group.messages.values()))
    assert "only its admins" in await morning.press(member, home, "Bring the issue to this topic")
    for forged in ("s:thread:99", "s:thread:x", "s:thread:None", "s:thread:-1"):
        keyboard = {"inline_keyboard": [[{"text": "forged", "callback_data": forged}]]}
        await morning.call("sendMessage", {"chat_id": group.id, "text": "x", "reply_markup": keyboard})
        assert "no longer in use" in await morning.press(boss, _by_bot(group.messages.values())[-1], "forged")
    assert kept(morning, group.id).thread is None


async def test_a_group_that_lost_its_topic_reads_so_in_its_settings(morning: Morning) -> None:
    issue = morning.publish()
    boss, group, topic = await forum_of(morning)
    morning.house.subscribers.settle_in(ChatId(group.id), topic)
    morning.telegram.forum(group, boss).close(topic)
    assert morning.house.outbox.add_late(ChatId(group.id), at=datetime.now(UTC))
    await morning.telegram.until(lambda: _by_bot(group.messages.values()))
    (copy,) = _by_bot(group.messages.values())
    assert copy.thread is None
    assert str(issue.number) in copy.text
    boss.say("/settings", group)
    home = await morning.telegram.until(lambda: _by_bot(group.messages.values())[1:])
    assert "is closed or deleted. Since " in home[0].text


def test_the_coordinates_have_no_column() -> None:
    names = {column.name for table in Table.metadata.tables.values() for column in table.columns}
    assert not {name for name in names if "latitude" in name or "longitude" in name or "location" in name}
