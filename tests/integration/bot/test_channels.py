"""A channel's settings, set by its administrators in their own chats."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.editions import Style
from domain.readers import ChatId, ChatKind, Subscriber, SubscriberState
from sandbox.telegram import Chat, Membership, Message, Reader, Status
from tests.integration.house import Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


@pytest.fixture
def owner(morning: Morning) -> Reader:
    """The owner of a channel, who has pressed Start."""
    berta = morning.reader(1001, "Berta")
    berta.unblock()
    return berta


@pytest.fixture
def channel(morning: Morning, owner: Reader) -> Chat:
    """His channel, where the bot is not yet."""
    return morning.telegram.channel("@berta_reads", "Berta reads", rights=(), admins=[owner])


def kept(morning: Morning, channel: Chat) -> Subscriber:
    found = morning.house.subscribers.get(ChatId(channel.id))
    assert found is not None
    return found


def texts_of(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def added(morning: Morning, owner: Reader, channel: Chat) -> Message:
    """Let the bot post in the channel: the settings that the owner gets."""
    before = len(owner.received)
    morning.telegram.set_rights(channel, ["can_post_messages"], owner)
    return (await morning.telegram.until(lambda: owner.received[before:]))[0]


async def turned(morning: Morning, reader: Reader, message: Message, *buttons: str) -> None:
    for button in buttons:
        edits = len(message.edits)
        assert await morning.press(reader, message, button) == ""
        await morning.telegram.until(lambda edits=edits: len(message.edits) > edits)  # type: ignore[misc]


async def test_who_adds_the_bot_to_a_channel_gets_its_settings(morning: Morning, owner: Reader, channel: Chat) -> None:
    settings = await added(morning, owner, channel)
    assert "later at /settings @berta_reads" in settings.text
    assert "Berta reads" in settings.text
    buttons = " ".join(texts_of(settings))
    for there in ("Hour", "Zone", "Days", "Sections", "Layout", "Pause", "Stop the issues"):
        assert there in buttons
    for elsewhere in ("Language", "Topics"):
        assert elsewhere not in buttons


async def test_the_channels_settings_change_and_his_own_stay(morning: Morning, owner: Reader, channel: Chat) -> None:
    own = Subscriber(ChatId(owner.id), datetime.now(UTC), zone="Europe/Berlin")
    morning.house.subscribers.join(own)
    page = await added(morning, owner, channel)
    data = f"sc:{channel.id}"
    await turned(morning, owner, page, f"{data}:hour", "18:00", f"{data}:days", f"{data}:days:5:0", "◀ Back")
    await turned(morning, owner, page, f"{data}:zone", f"{data}:zone:Asia", f"{data}:in:Asia/Baku")
    await turned(morning, owner, page, f"{data}:style", "Yes")
    found = kept(morning, channel)
    assert (found.hour, found.zone, found.style, 5 in found.weekdays) == (18, "Asia/Baku", Style.RICH, False)
    assert morning.house.subscribers.get(ChatId(owner.id)) == own
    assert page.text.startswith("📣 Berta reads\n")


async def test_a_city_that_is_typed_for_a_channel_is_the_channels(
    morning: Morning, owner: Reader, channel: Chat
) -> None:
    page = await added(morning, owner, channel)
    await turned(morning, owner, page, f"sc:{channel.id}:zone")
    assert "Share my location once" not in texts_of(page)
    await turned(morning, owner, page, "Type a city")
    (home,) = await morning.say(owner, "Lisbon")
    assert kept(morning, channel).zone == "Europe/Lisbon"
    assert "Berta reads" in home.text
    assert morning.house.subscribers.get(ChatId(owner.id)) is None


async def test_a_channel_pauses_leaves_and_comes_back(morning: Morning, owner: Reader, channel: Chat) -> None:
    page = await added(morning, owner, channel)
    await turned(morning, owner, page, f"sc:{channel.id}:pause", "A week")
    assert kept(morning, channel).state is SubscriberState.PAUSED
    await turned(morning, owner, page, "Come back now", "Stop the issues")
    assert kept(morning, channel).state is SubscriberState.ACTIVE  # asked, not done
    await turned(morning, owner, page, "Stop the issues")
    assert kept(morning, channel).state is SubscriberState.LEFT
    assert "gets no issues" in page.text
    await turned(morning, owner, page, "Send issues again")
    assert kept(morning, channel).state is SubscriberState.ACTIVE


async def test_who_administers_it_no_longer_changes_nothing(morning: Morning, owner: Reader, channel: Chat) -> None:
    page = await added(morning, owner, channel)
    before = kept(morning, channel)
    channel.members[owner.id] = Membership(Status.MEMBER)
    assert "Only the administrators" in await morning.press(owner, page, f"sc:{channel.id}:hour")
    (answer,) = await morning.say(owner, "/settings @berta_reads")
    assert "Only the administrators" in answer.text
    assert kept(morning, channel) == before


async def test_a_stranger_forges_no_button_of_a_channel(morning: Morning, owner: Reader, channel: Chat) -> None:
    await added(morning, owner, channel)
    before = kept(morning, channel)
    stranger = morning.reader(1002, "Mallory")
    stranger.unblock()
    assert "Only the administrators" in await morning.forge(stranger, f"sc:{channel.id}:left:1")
    for data in ("sc", "sc:", "sc:1001:hour:7", "sc:x:hour:7", f"sc:{channel.id}", "sc:-1009999999999:hour:7"):
        assert "no longer in use" in await morning.forge(stranger, data)
    for data in ("language:de", "thread:5", "left", "left:2", "back:1", "thread:0", "hour:24", "where"):
        assert "no longer in use" in await morning.forge(owner, f"sc:{channel.id}:{data}")
    assert kept(morning, channel) == before


async def test_an_admin_whom_the_bot_may_not_write_to_finds_the_settings_later(morning: Morning, channel: Chat) -> None:
    silent = morning.reader(1003, "Carl")
    channel.members[silent.id] = Membership(Status.ADMINISTRATOR)
    morning.telegram.set_rights(channel, ["can_post_messages"], silent)
    await morning.telegram.until(lambda: morning.telegram.statistics.by_answer.get(403))
    (answer,) = await morning.say(silent, "/settings @berta_reads")
    assert "Berta reads" in answer.text
    for named in (f"/settings {channel.id}", "/settings https://t.me/berta_reads"):
        (answer,) = await morning.say(silent, named)
        assert "Berta reads" in answer.text
    assert not [message for message in silent.received if "from now on" in message.text]


async def test_a_channel_that_does_not_get_the_paper_is_told_what_to_do(
    morning: Morning, owner: Reader, channel: Chat
) -> None:
    for named in ("@berta_reads", "@nobody_here", "-1009999999999"):
        (answer,) = await morning.say(owner, f"/settings {named}")
        assert f"The paper does not come to {named}" in answer.text
    morning.channel.members[owner.id] = Membership(Status.CREATOR)
    (answer,) = await morning.say(owner, "/settings @ai_morning_post")
    assert "own channel" in answer.text


async def test_who_adds_the_bot_again_or_gives_it_another_right_is_told_once_more_or_not(
    morning: Morning, owner: Reader, channel: Chat
) -> None:
    await added(morning, owner, channel)
    morning.telegram.set_rights(channel, ["can_post_messages", "can_edit_messages"], owner)
    await morning.say(owner, "/help")
    assert len([message for message in owner.received if "from now on" in message.text]) == 1
    morning.telegram.remove_bot(channel, owner)
    await morning.telegram.until(lambda: kept(morning, channel).state is SubscriberState.BLOCKED)
    (mute,) = await morning.say(owner, "/settings @berta_reads")
    assert "The paper does not come to" in mute.text
    await added(morning, owner, channel)
    assert kept(morning, channel).kind is ChatKind.CHANNEL


async def test_a_channel_whose_bot_lost_the_right_to_post_says_what_is_missing(
    morning: Morning, owner: Reader, channel: Chat
) -> None:
    page = await added(morning, owner, channel)
    morning.telegram.set_rights(channel, ["can_delete_messages"], owner)
    await morning.telegram.until(lambda: kept(morning, channel).state is SubscriberState.BLOCKED)
    await turned(morning, owner, page, f"sc:{channel.id}:hour")
    assert "Give me that right" in page.text
    await morning.forge(owner, f"sc:{channel.id}:back:1")
    assert kept(morning, channel).state is SubscriberState.BLOCKED
