from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.editions import Style
from domain.readers import ChatId, ChatKind, Subscriber, SubscriberState
from sandbox.telegram import Fault, Harm, Membership, Message, Refusal, Status
from tests.integration.house import Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


def kept(morning: Morning, chat_id: int = 1001) -> Subscriber | None:
    return morning.house.subscribers.get(ChatId(chat_id))


def texts_of(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_a_newcomer_answers_two_questions_and_gets_todays_issue_once(morning: Morning) -> None:
    issue = morning.publish()
    reader = morning.telegram.user(1001, "Berta", language="de")
    (welcome,) = await morning.say(reader, "/start")
    assert welcome.button("do:today").text
    assert "Berlin" in welcome.text
    await morning.press(reader, welcome, "08:00")
    await morning.telegram.until(lambda: len(reader.received) == 3)
    found = kept(morning)
    assert found is not None
    assert (found.state, found.hour, found.zone, found.language) == (
        SubscriberState.ACTIVE, 8, "Europe/Berlin", "de",
    )  # fmt: skip
    assert "08:00" in welcome.text
    (question,) = [message for message in reader.received if message.blocks and "j:rich" in _data(message)]
    await morning.press(reader, question, "j:rich")
    await morning.telegram.until(lambda: not question.blocks)
    assert (kept(morning) or found).style is Style.RICH
    await morning.say(reader, "/subscribe")
    await morning.press(reader, (await morning.say(reader, "/unsubscribe"))[0], "do:unsubscribe")
    await morning.say(reader, "/subscribe")
    await morning.say(reader, "/help")
    fronts = [message for message in reader.received if f"No. {issue.number}" in message.text]
    assert len(fronts) == 1


def _data(message: Message) -> set[str | None]:
    return {button.data for row in message.buttons for button in row}


async def test_any_hour_of_the_day_is_two_taps_away(morning: Morning) -> None:
    reader = morning.reader()
    (welcome,) = await morning.say(reader, "/start")
    await morning.press(reader, welcome, "Another hour")
    await morning.telegram.until(lambda: "23:00" in texts_of(welcome))
    await morning.press(reader, welcome, "23:00")
    await morning.telegram.until(lambda: "subscribed" in welcome.text)
    found = kept(morning)
    assert found is not None
    assert found.hour == 23


async def test_where_the_server_lacks_rich_messages_the_layout_is_not_asked(morning: Morning) -> None:
    missing = Fault(Harm.REFUSE, Refusal(404, "Not Found: method not found")).only(methods=["sendRichMessage"])
    morning.telegram.faults.add(missing)
    reader = morning.reader()
    (welcome,) = await morning.say(reader, "/start")
    await morning.press(reader, welcome, "07:00")
    await morning.telegram.until(lambda: "subscribed" in welcome.text)
    await morning.say(reader, "/help")
    assert not [message for message in reader.received if message.blocks]
    found = kept(morning)
    assert found is not None
    assert found.style is Style.CLASSIC


async def test_a_subscriber_who_starts_again_sees_when_his_paper_comes(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/subscribe 9 Asia/Tokyo")
    (again,) = await morning.say(reader, "/start")
    assert "every day at 09:00 (Tokyo)" in again.text
    assert texts_of(again) == ["Read today's issue", "All settings"]


async def test_an_hour_pressed_twice_subscribes_once_and_a_forged_one_not_at_all(morning: Morning) -> None:
    reader = morning.reader()
    (welcome,) = await morning.say(reader, "/start")
    for data in ("j:24", "j:x", "j:-1", "j:plain", "j:rich"):
        assert "no longer in use" in await morning.forge(reader, data)
    assert kept(morning) is None
    reader.press(welcome, "07:00")
    reader.press(welcome, "07:00")
    await morning.telegram.until(lambda: "subscribed" in welcome.text)
    await morning.say(reader, "/help")
    assert len([message for message in reader.received if message.blocks]) == 1


async def test_in_a_group_only_its_admins_answer_the_questions(morning: Morning) -> None:
    member, boss = morning.reader(), morning.reader(1002, "Grace")
    group = morning.telegram.group("AI readers", members=[member, boss])
    group.members[boss.id] = Membership(Status.CREATOR)
    topic = morning.telegram.forum(group, boss).open("News").id
    member.say("/start", group, thread=topic)
    (welcome,) = await morning.telegram.until(lambda: [m for m in group.messages.values() if m.from_bot])
    assert welcome.thread == topic
    assert "only its admins" in await morning.press(member, welcome, "07:00")
    assert kept(morning, group.id) is None
    assert await morning.press(boss, welcome, "07:00") == ""
    reader = await morning.telegram.until(lambda: kept(morning, group.id))
    assert reader is not None
    assert reader.thread == topic
    (sample,) = await morning.telegram.until(lambda: [m for m in group.messages.values() if m.blocks])
    assert sample.thread == topic


async def test_a_channel_that_lets_the_bot_post_is_subscribed_until_it_throws_it_out(morning: Morning) -> None:
    issue = morning.publish()
    owner = morning.telegram.user(1001, "Berta", language="de")
    channel = morning.telegram.channel("@berta_reads", rights=(), admins=[owner])
    morning.telegram.set_rights(channel, ["can_post_messages"], owner)
    await morning.telegram.until(lambda: kept(morning, channel.id))
    found = kept(morning, channel.id)
    assert found is not None
    assert (found.kind, found.zone) == (ChatKind.CHANNEL, "Europe/Berlin")
    (post,) = await morning.telegram.until(lambda: [m for m in channel.messages.values() if m.from_bot])
    assert f"No. {issue.number}" in post.text
    assert all(button.url for row in post.buttons for button in row)
    morning.telegram.remove_bot(channel, owner)
    await morning.telegram.until(lambda: standing(morning, channel.id) is SubscriberState.BLOCKED)
    morning.telegram.set_rights(channel, ["can_post_messages"], owner)
    await morning.telegram.until(lambda: standing(morning, channel.id) is SubscriberState.ACTIVE)


def standing(morning: Morning, chat_id: int) -> SubscriberState | None:
    found = kept(morning, chat_id)
    return None if found is None else found.state


async def test_the_papers_own_channel_and_one_without_the_right_to_post_subscribe_nobody(morning: Morning) -> None:
    reader = morning.reader()
    mute = morning.telegram.channel("@only_reads", rights=(), admins=[reader])
    morning.telegram.set_rights(morning.channel, ["can_post_messages"], reader)
    morning.telegram.set_rights(mute, ["can_delete_messages"], reader)
    await morning.say(reader, "/help")
    assert kept(morning, morning.channel.id) is None
    assert kept(morning, mute.id) is None


async def test_a_group_comes_back_in_the_topic_in_which_it_asks_and_an_active_one_stays_where_it_is(
    morning: Morning,
) -> None:
    boss = morning.reader()
    group = morning.telegram.group("AI readers", members=[boss])
    group.members[boss.id] = Membership(Status.CREATOR)
    forum = morning.telegram.forum(group, boss)
    first, second = forum.open("News").id, forum.open("Papers").id

    async def subscribed(thread: int, hour: int) -> int | None:
        boss.say(f"/subscribe {hour}", group, thread=thread)
        await morning.telegram.until(lambda: (found := kept(morning, group.id)) is not None and found.hour == hour)
        found = kept(morning, group.id)
        return None if found is None else found.thread

    assert await subscribed(first, 8) == first
    assert await subscribed(second, 9) == first
    morning.house.subscribers.leave(ChatId(group.id), morning.house.clock())
    assert await subscribed(second, 10) in {first, second}
    await morning.telegram.until(lambda: (found := kept(morning, group.id)) is not None and found.thread == second)
