"""How updates reach the bot: one poller or a webhook, never both; confirmed, filtered, repeated."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from telegram import Bot
from telegram.error import BadRequest, Conflict

from sandbox.serving import Serving
from sandbox.telegram import SandboxTelegram

ADA = 1001


class Hook:
    """A bot's webhook: remembers what came and answers with what it is told to, 200 when it is told nothing."""

    def __init__(self) -> None:
        self.came: list[dict[str, object]] = []
        self.secrets: list[str | None] = []
        self.answers: list[Response] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        self.came.append(json.loads(await request.body()))
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token"))
        answer = self.answers.pop(0) if self.answers else Response()
        await answer(scope, receive, send)


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
async def hooked(hook: Hook, bot: Bot) -> AsyncIterator[str]:
    async with Serving(hook) as serving:
        await bot.set_webhook(serving.url, secret_token="s3cret")
        yield serving.url
        await bot.delete_webhook()


async def test_a_second_poller_ends_the_first(telegram: SandboxTelegram, serving: Serving, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=4))
    await telegram.until(lambda: telegram.updates.polls)

    async with httpx.AsyncClient() as other:
        second = await other.get(f"{serving.url}/bot{telegram.token}/getUpdates", params={"timeout": 1})

    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot instance"):
        await first
    assert second.json() == {"ok": True, "result": []}


async def test_polling_is_refused_while_a_webhook_is_set(hooked: str, bot: Bot) -> None:
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()

    info = await bot.get_webhook_info()
    assert info.url == hooked


async def test_setting_a_webhook_ends_a_waiting_poll(telegram: SandboxTelegram, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=4))
    await telegram.until(lambda: telegram.updates.polls)

    await bot.set_webhook("http://127.0.0.1:9/hook")

    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await waiting


async def test_a_negative_offset_keeps_only_the_last(telegram: SandboxTelegram, bot: Bot) -> None:
    for text in ("one", "two", "three"):
        telegram.user(ADA).say(text)

    last = await bot.get_updates(offset=-1)

    assert [update.message.text for update in last if update.message] == ["three"]
    assert len(await bot.get_updates()) == 1


async def test_only_the_kinds_that_were_asked_for_are_kept(telegram: SandboxTelegram, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    telegram.user(ADA).say("unheard")

    assert await bot.get_updates() == ()


async def test_reactions_come_only_when_they_are_asked_for(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.channel("@paper")
    sent = await bot.send_message("@paper", "news")
    post = telegram.chat("@paper").messages[sent.message_id]
    telegram.user(ADA).react(post, "👍")
    assert await bot.get_updates() == ()

    await bot.get_updates(allowed_updates=["message_reaction_count"])
    telegram.user(ADA).react(post, "👍")
    (update,) = await bot.get_updates()

    assert update.message_reaction_count is not None
    assert update.message_reaction_count.reactions[0].total_count == 2


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(telegram: SandboxTelegram, bot: Bot) -> None:
    reader = telegram.user(ADA)
    group = telegram.group("Group", members=[reader])
    for text in ("good morning", "/today", f"hello @{telegram.world.bot.username}"):
        reader.say(text, group)

    heard = [update.message.text for update in await bot.get_updates() if update.message]

    assert heard == ["/today", "hello @ai_morning_post_bot"]


async def test_being_made_admin_and_thrown_out_is_told(telegram: SandboxTelegram, bot: Bot) -> None:
    channel = telegram.channel("@paper", rights=())
    telegram.set_rights(channel, ["can_post_messages"])
    telegram.remove_bot(channel)

    told = [update.my_chat_member.new_chat_member.status for update in await bot.get_updates() if update.my_chat_member]

    assert told == ["administrator", "kicked"]


async def test_a_webhook_gets_updates_with_its_secret(telegram: SandboxTelegram, hooked: str, hook: Hook) -> None:
    assert hooked
    telegram.user(ADA).start()

    await telegram.until(lambda: hook.came and not telegram.updates.queue)

    message = hook.came[0]["message"]
    assert isinstance(message, dict)
    assert message["text"] == "/start"
    assert hook.secrets == ["s3cret"]


async def test_a_webhook_that_fails_is_asked_again(
    telegram: SandboxTelegram, hooked: str, hook: Hook, bot: Bot
) -> None:
    assert hooked
    hook.answers = [Response(status_code=500)]
    telegram.user(ADA).start()

    await telegram.until(lambda: len(hook.came) > 1 and not telegram.updates.queue)

    assert hook.came[0] == hook.came[1]
    assert (
        await bot.get_webhook_info()
    ).last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_webhook_may_answer_with_a_call(telegram: SandboxTelegram, hooked: str, hook: Hook) -> None:
    assert hooked
    hook.answers = [JSONResponse({"method": "sendMessage", "chat_id": ADA, "text": "welcome"})]
    reader = telegram.user(ADA)
    reader.start()

    message = await telegram.until(lambda: reader.received)

    assert message[-1].text == "welcome"


async def test_updates_of_one_chat_keep_their_order_when_the_first_fails(
    telegram: SandboxTelegram, hooked: str, hook: Hook
) -> None:
    assert hooked
    hook.answers = [Response(status_code=503)]
    for text in ("one", "two", "three"):
        telegram.user(ADA).say(text)

    await telegram.until(lambda: len(hook.came) == 4 and not telegram.updates.queue)

    texts = [update["message"]["text"] for update in hook.came]  # type: ignore[index]
    assert texts == ["one", "one", "two", "three"]


async def test_a_webhook_needs_an_address_of_the_web(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bad webhook"):
        await bot.set_webhook("ftp://x")


async def test_the_local_telegram_stops_while_a_poll_waits(telegram: SandboxTelegram) -> None:
    async with Serving(telegram) as serving, httpx.AsyncClient() as client:
        address = f"{serving.url}/bot{telegram.token}/getUpdates"
        waiting = asyncio.create_task(client.get(address, params={"timeout": 50}, timeout=60))
        await telegram.until(lambda: telegram.updates.polls)
    with pytest.raises(httpx.TransportError):
        await waiting
