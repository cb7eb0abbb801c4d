"""The receiver as a process, asked by real clients over loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import httpx
import pytest
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import Bot
from telegram.error import ChatMigrated, Forbidden, NetworkError, RetryAfter

from benchmarks.receiver.conditions import Conditions, Faults
from benchmarks.receiver.process import Receiver, receiving


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as client:
        yield client


async def send(client: httpx.AsyncClient, receiver: Receiver, chat_id: int) -> httpx.Response:
    return await client.post(
        f"{receiver.address}/bot{receiver.token}/sendMessage", json={"chat_id": chat_id, "text": "<b>Lead</b>"}
    )


async def test_the_clients_of_our_peers_are_answered_as_telegram_answers_them() -> None:
    with receiving(Conditions(rate=3, median=0.0, faults=Faults(blocked=0.5))) as receiver:
        async with Bot(receiver.token, base_url=f"{receiver.address}/bot") as bot:
            sent = await bot.send_message(1_000_001, "<b>Lead</b> story", parse_mode="HTML")
            assert (sent.text, sent.chat.id, sent.entities[0].type) == ("Lead story", 1_000_001, "bold")
            with pytest.raises(ChatMigrated) as moved:
                await bot.send_message(-7, "Lead")
            assert moved.value.new_chat_id == -1_000_000_000_007
            with pytest.raises(Forbidden):
                await bot.send_message(2, "Lead")
            with pytest.raises(RetryAfter):
                await bot.send_message(1_000_003, "Lead")
        session = AiohttpSession(api=TelegramAPIServer.from_base(receiver.address))
        async with AiogramBot("1:benchmark", session=session) as other:
            await asyncio.sleep(1.1)
            assert (await other.send_message(1_000_001, "<b>Lead</b> story", parse_mode="HTML")).text == "Lead story"
        told = receiver.counted()
    assert (told["accepted"], told["doubled"], told["floods"], told["blocked"], told["moved"]) == (2, 1, 1, 1, 1)


async def test_a_reply_is_lost_after_the_message_was_taken_and_a_reset_before_takes_nothing(
    client: httpx.AsyncClient,
) -> None:
    for faults, accepted, lost in ((Faults(reset_after=1.0), 1, 1), (Faults(reset_before=1.0), 0, 0)):
        with receiving(Conditions(median=0.0, faults=faults)) as receiver:
            with pytest.raises(httpx.TransportError):
                await send(client, receiver, 1)
            told = receiver.counted()
        assert (told["accepted"], told["replies_lost"]) == (accepted, lost)


async def test_a_server_error_is_a_page_of_html() -> None:
    with receiving(Conditions(median=0.0, faults=Faults(server_errors=1.0))) as receiver:
        async with Bot(receiver.token, base_url=f"{receiver.address}/bot") as bot:
            with pytest.raises(NetworkError, match="Bad Gateway"):
                await bot.send_message(1, "Lead")


async def test_during_an_outage_nobody_answers_and_afterwards_the_same_address_does(client: httpx.AsyncClient) -> None:
    faults = Faults(outage_at=0.1, outage_seconds=0.5)
    with receiving(Conditions(median=0.0, chat_interval=0.0, faults=faults)) as receiver:
        assert (await send(client, receiver, 1)).status_code == 200
        await asyncio.sleep(0.2)
        with pytest.raises(httpx.TransportError):
            await send(client, receiver, 1)
        await asyncio.sleep(0.6)
        assert (await send(client, receiver, 1)).status_code == 200
        assert receiver.counted()["accepted"] == 2


async def test_the_rate_falls_in_the_middle_when_that_was_asked_for(client: httpx.AsyncClient) -> None:
    faults = Faults(lowered_at=0.1, lowered_to=1)
    with receiving(Conditions(rate=100, median=0.0, chat_interval=0.0, faults=faults)) as receiver:
        assert (await send(client, receiver, 1)).status_code == 200
        await asyncio.sleep(0.2)
        assert (await send(client, receiver, 2)).status_code == 429


async def test_what_was_on_its_way_arrives_though_its_sender_has_gone(client: httpx.AsyncClient) -> None:
    with receiving(Conditions(median=0.2, slow=0.2, chat_interval=0.0)) as receiver:
        with suppress(TimeoutError):
            await asyncio.wait_for(send(client, receiver, 1), 0.05)
        await asyncio.sleep(0.4)
        told = receiver.counted()
    assert (told["accepted"], told["replies_lost"]) == (1, 1)
