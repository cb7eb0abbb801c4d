"""python-telegram-bot over our connections: what it asks arrives, and what goes wrong is what it expects."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from delivery.bot_request import BotRequest
from delivery.connections import Connections
from delivery.wire import TelegramWire
from domain.deliveries import Sent
from domain.editions import Message, Style
from domain.readers import ChatId
from tests.integration.delivery.peer import (
    ME,
    MESSAGE,
    TOKEN,
    Act,
    Asked,
    Peer,
    is_silent,
    ok,
    peer,
    refusal,
    says,
    sends,
    then_resets,
)


def answering(answer: Act) -> Act:
    """Everything by one act, but who we are properly."""

    async def act(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await (says(ok(ME)) if asked.method == "getMe" else answer)(asked, writer)

    return act


@pytest.fixture
async def server() -> AsyncIterator[Peer]:
    async with peer() as running:
        running.does(answering(says(ok(MESSAGE))))
        yield running


@pytest.fixture
def connections() -> Connections:
    return Connections()


@pytest.fixture
async def bot(server: Peer, connections: Connections) -> AsyncIterator[Bot]:
    request = BotRequest(connections)
    address = f"{server.url}/bot"
    bot = Bot(TOKEN, base_url=address, base_file_url=f"{address}/file", request=request, get_updates_request=request)
    async with bot:
        yield bot


async def test_a_call_arrives_as_a_form(bot: Bot, server: Peer) -> None:
    message = await bot.send_message(1, "a & b = “c”", disable_notification=True)
    assert message.message_id == 42
    asked = server.asked[-1]
    assert (asked.verb, asked.target) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert parse_qs(asked.body.decode()) == {
        "chat_id": ["1"],
        "text": ["a & b = “c”"],
        "disable_notification": ["true"],
    }


async def test_calls_and_letters_share_their_connections(bot: Bot, server: Peer, connections: Connections) -> None:
    wire = TelegramWire(connections, bot.base_url)
    await bot.send_message(1, "x")
    assert await wire.send(ChatId(1), wire.letter(Message(Style.PLAIN, "x"))) == Sent(42)
    await bot.get_me()
    assert server.connections == 1


async def test_files_arrive_with_their_names_and_kinds(bot: Bot, server: Peer) -> None:
    await bot.send_document(1, b"\x00\r\n--7", filename="issue “42”.json", caption="b & c")
    asked = server.asked[-1]
    assert asked.headers.get_content_type() == "multipart/form-data"
    for expected in (b"\x00\r\n--7", b"application/json", b'name="document"', b"b & c"):
        assert expected in asked.body


async def test_several_files_of_one_message_arrive(bot: Bot, server: Peer) -> None:
    server.does(says(ok([MESSAGE])))
    await bot.send_media_group(1, [InputMediaPhoto(b"\x89PNG first"), InputMediaPhoto(b"\x89PNG second")])
    body = server.asked[-1].body
    assert body.count(b"attach://") == 2
    assert all(picture in body for picture in (b"\x89PNG first", b"\x89PNG second"))


async def test_updates_are_waited_for_as_long_as_the_poll_lasts_and_no_longer(bot: Bot, server: Peer) -> None:
    async def late(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        await says(ok([]))(asked, writer)

    server.does(late)
    assert await bot.get_updates(timeout=1, read_timeout=0.05) == ()
    server.does(is_silent)
    with pytest.raises(TimedOut):
        await bot.get_updates(timeout=0, read_timeout=0.05)


async def test_a_file_is_fetched(bot: Bot, server: Peer) -> None:
    server.does(
        says(ok({"file_id": "f", "file_unique_id": "u", "file_path": "photos/1.jpg"})), says((200, b"\xff\xd8"))
    )
    file = await bot.get_file("f")
    assert bytes(await file.download_as_bytearray()) == b"\xff\xd8"
    assert (server.asked[-1].verb, server.asked[-1].body) == ("GET", b"")
    assert server.asked[-1].target.endswith("/photos/1.jpg")


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (says(refusal(400, "Bad Request: chat not found")), BadRequest),
        (says(refusal(401, "Unauthorized")), InvalidToken),
        (says(refusal(429, "Too Many Requests", retry_after=7)), RetryAfter),
        (says((502, b"<html></html>")), NetworkError),
        (says((200, b"{")), TelegramError),
        (then_resets(is_silent), NetworkError),
        (sends(b"no HTTP at all\r\n\r\n"), NetworkError),
    ],
)
async def test_what_goes_wrong_is_what_the_library_expects(
    bot: Bot, server: Peer, act: Act, kind: type[TelegramError], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    server.does(act)
    with pytest.raises(kind) as raised:
        await bot.send_message(1, "x")
    assert TOKEN not in f"{raised.value} {raised.value.__cause__!r} {raised.value.__context__!r} {caplog.text}"


async def test_a_server_that_is_not_there_is_an_error_of_the_network() -> None:
    async with peer() as gone:
        address = f"{gone.url}/bot"
    request = BotRequest(Connections())
    bot = Bot(TOKEN, base_url=address, request=request, get_updates_request=request)
    with pytest.raises(NetworkError, match="no connection") as raised:
        await bot.initialize()
    await bot.shutdown()
    assert TOKEN not in str(raised.value)
