"""Polls, as the real server has them: what is refused in which words, who is told of which count, and the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from aiogram.types import Message as AiogramMessage
from aiogram.types import Poll as AiogramPoll
from telegram import Bot, Message
from telegram.error import BadRequest

from sandbox.serving import Serving
from sandbox.telegram import Chat, SandboxTelegram

QUESTION = "Which story mattered most?"


class Clock:
    """Moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 16, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> SandboxTelegram:
    return SandboxTelegram(clock=clock)


@pytest.fixture
def channel(telegram: SandboxTelegram) -> Chat:
    return telegram.channel("@paper")


async def asked(bot: Bot, channel: Chat, **more: Any) -> Message:
    return await bot.send_poll(channel.id, QUESTION, ["A", "B", "C"], **more)


@pytest.mark.parametrize(
    ("question", "options", "complaint"),
    [
        ("", ["A", "B"], "Poll question must be non-empty"),
        ("?" * 301, ["A", "B"], "Poll question length must not exceed 300"),
        (QUESTION, ["A"], "Poll must have at least 2 options"),
        (QUESTION, [str(number) for number in range(13)], "Poll can't have more than 12 options"),
        (QUESTION, ["A", " "], "Poll options must be non-empty"),
        (QUESTION, ["A", "B" * 101], "Poll options length must not exceed 100"),
        (QUESTION, ["A", "A"], "Poll_option_duplicate"),
    ],
)
async def test_a_poll_that_telegram_would_not_take_is_refused(
    channel: Chat, bot: Bot, question: str, options: list[str], complaint: str
) -> None:
    with pytest.raises(BadRequest, match=complaint):
        await bot.send_poll(channel.id, question, options)
    assert channel.messages == {}


async def test_a_channel_takes_no_poll_that_names_its_voters(channel: Chat, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Non-anonymous polls can't be sent to channel chats"):
        await asked(bot, channel, is_anonymous=False)


@pytest.mark.parametrize("seconds", [-60, 4, 2_628_001])
async def test_a_poll_closes_neither_at_once_nor_in_a_year(channel: Chat, bot: Bot, clock: Clock, seconds: int) -> None:
    with pytest.raises(BadRequest, match="closed at that time"):
        await asked(bot, channel, close_date=int((clock.now + timedelta(seconds=seconds)).timestamp()))


async def test_only_an_open_poll_of_the_bot_can_be_stopped(telegram: SandboxTelegram, channel: Chat, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Message with poll to stop not found"):
        await bot.stop_poll(channel.id, 99)
    text = await bot.send_message(channel.id, "x")
    with pytest.raises(BadRequest, match="Message is not a poll"):
        await bot.stop_poll(channel.id, text.message_id)
    poll = await asked(bot, channel)
    assert (await bot.stop_poll(channel.id, poll.message_id)).is_closed
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(channel.id, poll.message_id)
    await bot.delete_message(channel.id, poll.message_id)
    with pytest.raises(BadRequest, match="Message with poll to stop not found"):
        await bot.stop_poll(channel.id, poll.message_id)


async def test_the_bot_is_told_of_each_count_and_never_of_who_voted(
    telegram: SandboxTelegram, channel: Chat, bot: Bot
) -> None:
    post = channel.messages[(await asked(bot, channel)).message_id]
    ann, bob = telegram.user(1001), telegram.user(1002)
    ann.vote(post, 1)
    bob.vote(post, 1)
    bob.vote(post, 2)
    ann.vote(post)
    counts = [
        [option.voter_count for option in update.poll.options]
        for update in await bot.get_updates(allowed_updates=["poll"])
        if update.poll is not None
    ]
    assert counts == [[0, 1, 0], [0, 2, 0], [0, 1, 1], [0, 0, 1]]


async def test_a_vote_is_refused_that_no_reader_could_cast(telegram: SandboxTelegram, channel: Chat, bot: Bot) -> None:
    post, text = await asked(bot, channel), await bot.send_message(channel.id, "x")
    reader = telegram.user(1001)
    for chosen, complaint in ((3,), "3 options"), ((-1,), "3 options"), ((0, 1), "one answer"):
        with pytest.raises(ValueError, match=complaint):
            reader.vote(channel.messages[post.message_id], *chosen)
    with pytest.raises(ValueError, match="no poll"):
        reader.vote(channel.messages[text.message_id], 0)
    await bot.stop_poll(channel.id, post.message_id)
    with pytest.raises(ValueError, match="closed"):
        reader.vote(channel.messages[post.message_id], 0)


async def test_stopping_gives_the_count_that_stands(telegram: SandboxTelegram, channel: Chat, bot: Bot) -> None:
    post = await asked(bot, channel)
    for user_id in (1001, 1002, 1003):
        telegram.user(user_id).vote(channel.messages[post.message_id], user_id % 2)
    final = await bot.stop_poll(channel.id, post.message_id)
    assert [option.voter_count for option in final.options] == [1, 2, 0]
    assert (final.total_voter_count, final.is_closed) == (3, True)
    updates = await bot.get_updates(allowed_updates=["poll"])
    assert updates[-1].poll == final


async def test_a_poll_closes_by_itself_at_its_moment_and_says_so(channel: Chat, bot: Bot, clock: Clock) -> None:
    post = await asked(bot, channel, close_date=int((clock.now + timedelta(days=5)).timestamp()))
    clock.now += timedelta(days=5)
    (update,) = await bot.get_updates(allowed_updates=["poll"])
    assert update.poll is not None
    assert update.poll.is_closed
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(channel.id, post.message_id)


def test_another_library_reads_polls_as_telegrams(telegram: SandboxTelegram, channel: Chat, api: httpx.Client) -> None:
    given = {"chat_id": channel.id, "question": QUESTION, "options": [{"text": "A"}, {"text": "B"}]}
    sent = AiogramMessage.model_validate(api.post("sendPoll", json=given).json()["result"])
    assert sent.poll is not None
    telegram.user(1001).vote(channel.messages[sent.message_id], 0)
    (update,) = api.post("getUpdates").json()["result"]
    told = AiogramPoll.model_validate(update["poll"])
    assert (told.id, [option.voter_count for option in told.options]) == (sent.poll.id, [1, 0])
    stopped = api.post("stopPoll", json={"chat_id": channel.id, "message_id": sent.message_id}).json()["result"]
    assert AiogramPoll.model_validate(stopped).is_closed


async def test_a_vote_over_the_sandboxs_own_interface_counts(
    telegram: SandboxTelegram, channel: Chat, bot: Bot, serving: Serving
) -> None:
    post = await asked(bot, channel)
    body = {"user_id": 1001, "chat_id": channel.id, "message_id": post.message_id, "options": [2]}
    async with httpx.AsyncClient(base_url=serving.url) as client:
        assert (await client.post("/_sandbox/vote", json=body)).status_code == 200
        assert (await client.post("/_sandbox/vote", json=body | {"options": [7]})).status_code == 400
        shown = (await client.get("/_sandbox/state")).json()
    assert shown["messages"][str(channel.id)][-1]["poll"]["total_voter_count"] == 1
