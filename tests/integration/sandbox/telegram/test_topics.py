"""Groups with topics, as the real server has them: where a message goes, and what is refused in which words."""

from __future__ import annotations

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest

from sandbox.serving import Serving
from sandbox.telegram import Chat, Membership, Refusal, SandboxTelegram, Status


@pytest.fixture
def group(telegram: SandboxTelegram) -> Chat:
    return telegram.group("AI readers", members=[telegram.user(1001)])


async def test_a_topic_has_the_number_of_the_message_that_opens_it(
    telegram: SandboxTelegram, group: Chat, bot: Bot
) -> None:
    topic = telegram.forum(group, telegram.user(1001)).open("News")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.forum_topic_created is not None
    told = (update.message.message_id, update.message.message_thread_id, update.message.forum_topic_created.name)
    assert told == (topic.id, topic.id, "News")
    assert update.message.chat.is_forum


async def test_a_command_in_a_topic_says_so_and_one_in_general_does_not(
    telegram: SandboxTelegram, group: Chat, bot: Bot
) -> None:
    reader = telegram.user(1001)
    topic = telegram.forum(group, reader).open("News")
    reader.say("/today", group, thread=topic.id)
    reader.say("/today", group)
    _, inside, outside = await bot.get_updates()
    assert (
        inside.message and inside.message.is_topic_message,
        inside.message and inside.message.message_thread_id,
    ) == (
        True,
        topic.id,
    )
    assert outside.message is not None
    assert outside.message.message_thread_id is None


async def test_a_closed_topic_takes_words_from_administrators_alone(
    telegram: SandboxTelegram, group: Chat, bot: Bot
) -> None:
    forum = telegram.forum(group, telegram.user(1001))
    topic = forum.open("News").id
    forum.close(topic)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(group.id, "x", message_thread_id=topic)
    telegram.set_rights(group, ["can_manage_topics"])
    assert (await bot.send_message(group.id, "x", message_thread_id=topic)).message_thread_id == topic
    telegram.set_rights(group, [])
    forum.reopen(topic)
    await bot.send_message(group.id, "x", message_thread_id=topic)


async def test_a_deleted_topic_is_not_found_and_its_messages_are_gone(
    telegram: SandboxTelegram, group: Chat, bot: Bot
) -> None:
    forum = telegram.forum(group, telegram.user(1001))
    topic = forum.open("News").id
    sent = await bot.send_message(group.id, "x", message_thread_id=topic)
    forum.delete(topic)
    assert sent.message_id not in group.messages
    for number in (topic, 1, 99):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(group.id, "x", message_thread_id=number)


async def test_a_bot_manages_topics_with_the_right_alone(telegram: SandboxTelegram, group: Chat, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await bot.create_forum_topic(group.id, "News")
    telegram.set_rights(group, ["can_manage_topics"])
    topic = (await bot.create_forum_topic(group.id, "News")).message_thread_id
    await bot.edit_forum_topic(group.id, topic, "Papers")
    await bot.close_forum_topic(group.id, topic)
    with pytest.raises(BadRequest, match="Topic_not_modified"):
        await bot.close_forum_topic(group.id, topic)
    await bot.reopen_forum_topic(group.id, topic)
    assert (group.topics[topic].name, group.topics[topic].closed) == ("Papers", False)
    await bot.delete_forum_topic(group.id, topic)
    with pytest.raises(BadRequest, match="Topic_id_invalid"):
        await bot.close_forum_topic(group.id, topic)


def test_a_basic_group_and_a_topic_without_a_name_are_refused(telegram: SandboxTelegram, group: Chat) -> None:
    reader = telegram.user(1001)
    with pytest.raises(Refusal, match="not a forum"):
        telegram.forum(telegram.group("Small", chat_id=-77), reader).open("News")
    for name in (" ", "x" * 129):
        with pytest.raises(Refusal):
            telegram.forum(group, reader).open(name)
    assert not group.topics


def test_another_process_opens_closes_and_deletes_topics(telegram: SandboxTelegram, serving: Serving) -> None:
    with httpx.Client(base_url=f"{serving.url}/_sandbox/") as control:
        group = control.post("groups", json={"title": "Readers", "members": [7]}).json()["id"]
        who = {"chat_id": group, "user_id": 7}
        topic = control.post("topics", json=who | {"name": "News"}).json()["thread"]
        said = control.post("say", json=who | {"text": "/today", "thread": topic}).json()["message_id"]
        assert telegram.chat(group).messages[said].thread == topic
        opened, asked = control.get(f"chats/{group}").json()["messages"]
        assert (opened["text"], opened["topic"], asked["topic"]) == ("forum topic created", "News", "News")
        assert control.post("topics", json=who | {"thread": topic, "act": "close"}).json() == {}
        assert telegram.chat(group).topics[topic].closed
        assert control.post("topics", json=who | {"thread": topic, "act": "delete"}).json() == {}
        assert control.post("topics", json=who | {"thread": topic, "act": "delete"}).status_code == 400


def test_the_bot_is_an_administrator_with_the_rights_that_it_was_given(telegram: SandboxTelegram, group: Chat) -> None:
    telegram.set_rights(group, ["can_manage_topics"])
    told = Membership(Status.ADMINISTRATOR, group.bot.rights).as_json(telegram.world.bot)
    assert told["can_manage_topics"] is True
