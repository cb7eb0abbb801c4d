"""The peers themselves. Each sends one text to chats 1 … N, and returns for how many it gave up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from benchmarks.peers.job import PeerJob

#: Requests at once where a peer sends at its fastest.
AT_ONCE = 100
#: Workers of the aiogram row that sends side by side.
WORKERS = 30
#: How often a limiter tries a message again that was refused for its rate.
RETRIES = 5

Send = Callable[[int], Awaitable[object]]


async def telegram_bot_loop(job: PeerJob) -> int:
    """One after another, without a limiter."""
    async with Bot(job.token, base_url=f"{job.address}/bot", request=HTTPXRequest(connection_pool_size=8)) as bot:

        async def send(chat_id: int) -> object:
            return await bot.send_message(chat_id, job.text, parse_mode="HTML")

        return sum([await _lost(send, chat_id) for chat_id in _chats(job)])


async def telegram_bot_gather(job: PeerJob) -> int:
    """All at once through a semaphore, without a limiter."""
    turns = asyncio.Semaphore(AT_ONCE)
    async with Bot(job.token, base_url=f"{job.address}/bot", request=_pool(AT_ONCE)) as bot:

        async def send(chat_id: int) -> object:
            async with turns:
                return await bot.send_message(chat_id, job.text, parse_mode="HTML")

        return sum(await asyncio.gather(*(_lost(send, chat_id) for chat_id in _chats(job))))


async def telegram_bot_limiter(job: PeerJob) -> int:
    """All at once; its own AIORateLimiter, told the rate, spreads them and tries again."""
    limiter = AIORateLimiter(overall_max_rate=job.rate, max_retries=RETRIES)
    async with ExtBot(job.token, base_url=f"{job.address}/bot", request=_pool(256), rate_limiter=limiter) as bot:

        async def send(chat_id: int) -> object:
            return await bot.send_message(chat_id, job.text, parse_mode="HTML")

        return sum(await asyncio.gather(*(_lost(send, chat_id) for chat_id in _chats(job))))


async def aiogram_bare(job: PeerJob) -> int:
    """As fast as it goes, a hundred at once."""
    async with _aiogram(job) as bot:

        async def send(chat_id: int) -> object:
            return await bot.send_message(chat_id, job.text, parse_mode="HTML")

        return await _side_by_side(job, send, AT_ONCE)


async def aiogram_advice(job: PeerJob) -> int:
    """Its documentation's example: one after another, a pause of 0.05 s, and again after a flood's pause."""
    async with _aiogram(job) as bot:
        lost = 0
        for chat_id in _chats(job):
            lost += await _lost(lambda chat: _patiently(bot, job, chat), chat_id)
            await asyncio.sleep(0.05)
        return lost


async def aiogram_workers(job: PeerJob) -> int:
    """Thirty side by side, each of which waits out a flood that it is told of."""
    async with _aiogram(job) as bot:
        return await _side_by_side(job, lambda chat: _patiently(bot, job, chat), WORKERS)


PEERS: Mapping[str, Callable[[PeerJob], Coroutine[Any, Any, int]]] = {
    "python-telegram-bot, one by one": telegram_bot_loop,
    "python-telegram-bot, gather": telegram_bot_gather,
    "python-telegram-bot, AIORateLimiter": telegram_bot_limiter,
    "aiogram, bare": aiogram_bare,
    "aiogram, as its docs advise": aiogram_advice,
    "aiogram, 30 workers": aiogram_workers,
}


def _chats(job: PeerJob) -> range:
    return range(1, job.readers + 1)


def _pool(size: int) -> HTTPXRequest:
    return HTTPXRequest(connection_pool_size=size, pool_timeout=600.0, read_timeout=30.0, connect_timeout=30.0)


def _aiogram(job: PeerJob) -> AiogramBot:
    return AiogramBot(job.token, session=AiohttpSession(api=TelegramAPIServer.from_base(job.address)))


async def _patiently(bot: AiogramBot, job: PeerJob, chat_id: int) -> object:
    while True:
        try:
            return await bot.send_message(chat_id, job.text, parse_mode="HTML")
        except TelegramRetryAfter as flood:
            await asyncio.sleep(flood.retry_after)


async def _side_by_side(job: PeerJob, send: Send, workers: int) -> int:
    waiting = iter(_chats(job))

    async def work() -> int:
        return sum([await _lost(send, chat_id) for chat_id in waiting])

    return sum(await asyncio.gather(*(work() for _ in range(workers))))


async def _lost(send: Send, chat_id: int) -> int:
    try:
        await send(chat_id)
    except (TelegramError, AiogramError):
        return 1
    return 0
