"""What the wire says to Telegram, and what it makes of the answers."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from structlog.testing import capture_logs

from delivery.letters import write_letter
from delivery.wire import TelegramWire
from domain.deliveries import (
    ContentRejected,
    Delayed,
    Outcome,
    Refused,
    Sent,
    Unknown,
    Unsupported,
    WireClosed,
)
from domain.editions import Button, Message, Style
from domain.readers import ChatId
from tests.unit.delivery.answers import ME, MESSAGE, TOKEN, Answer, Script, bot_that_hears, ok, refusal

CHAT = ChatId(1)
CLASSIC = Message(Style.CLASSIC, "<b>Lead</b>", ((Button("Open", callback="p:20260704:lead"),),))
BLOCKS = [{"type": "heading", "size": 1, "text": "Lead"}, {"type": "paragraph", "text": "a < b"}]
RICH = Message(Style.RICH, json.dumps(BLOCKS), ((Button("Web", url="https://example.org"),),))
RICH_BACK = {**MESSAGE, "rich_message": {"blocks": BLOCKS}}


async def said(
    message: Message, silent: bool = False, answer: Answer | None = None, *, paid: bool = False
) -> tuple[Outcome, str, dict[str, Any]]:
    """Send one message; the outcome, and the method and parameters that Telegram saw."""
    bot, transport = bot_that_hears(lambda *_: answer or ok(MESSAGE))
    async with bot:
        outcome = await TelegramWire(bot, paid=paid).send(CHAT, write_letter(message), silent)
    return outcome, *transport.calls[-1]


async def test_a_classic_message_goes_as_html_with_its_buttons_and_without_a_preview() -> None:
    outcome, method, asked = await said(CLASSIC)
    assert (outcome, method) == (Sent(42), "sendMessage")
    assert (asked["text"], asked["parse_mode"]) == ("<b>Lead</b>", "HTML")
    assert json.loads(asked["link_preview_options"]) == {"is_disabled": True}
    keyboard = json.loads(asked["reply_markup"])["inline_keyboard"]
    assert keyboard == [[{"text": "Open", "callback_data": "p:20260704:lead"}]]


@pytest.mark.parametrize("message", [CLASSIC, RICH])
async def test_stars_are_paid_only_where_the_operator_said_so(message: Message) -> None:
    answer = ok(RICH_BACK if message is RICH else MESSAGE)
    _, _, free = await said(message, answer=answer)
    _, _, paid = await said(message, answer=answer, paid=True)
    assert "allow_paid_broadcast" not in free
    assert paid["allow_paid_broadcast"] == "true"


async def test_the_one_link_that_may_be_previewed_is_named() -> None:
    _, _, asked = await said(Message(Style.CLASSIC, "x", preview_url="https://example.org/lead"))
    assert json.loads(asked["link_preview_options"]) == {"url": "https://example.org/lead"}


async def test_plain_text_is_sent_without_any_markup() -> None:
    _, method, asked = await said(Message(Style.PLAIN, "a < b & c"))
    assert method == "sendMessage"
    assert asked["text"] == "a < b & c"
    assert "parse_mode" not in asked
    assert "reply_markup" not in asked


@pytest.mark.parametrize("message", [CLASSIC, RICH])
async def test_a_silent_message_says_so(message: Message) -> None:
    for silent in (True, False):
        _, _, asked = await said(message, silent, ok(RICH_BACK))
        assert asked.get("disable_notification") == ("true" if silent else "false")


async def test_a_rich_message_goes_as_blocks_that_nothing_reads_into() -> None:
    outcome, method, asked = await said(RICH, answer=ok(RICH_BACK))
    assert (outcome, method) == (Sent(42), "sendRichMessage")
    assert json.loads(asked["rich_message"]) == {"blocks": BLOCKS, "skip_entity_detection": True}
    assert json.loads(asked["reply_markup"])["inline_keyboard"] == [[{"text": "Web", "url": "https://example.org"}]]
    assert "parse_mode" not in asked


async def test_blocks_that_telegram_dropped_in_silence_are_logged() -> None:
    with capture_logs() as logs:
        await said(RICH, answer=ok({**MESSAGE, "rich_message": {"blocks": BLOCKS[:1]}}))
    assert [(log["event"], log["sent"], log["stored"]) for log in logs] == [("rich.content_lost", 2, 1)]


async def test_a_form_that_is_not_for_chats_is_refused_before_it_leaves() -> None:
    with pytest.raises(ValueError, match="not sent to chats"):
        await said(Message(Style.JSON, "{}"))


async def rich_outcome(script: Script) -> Outcome:
    bot, _ = bot_that_hears(script)
    async with bot:
        return await TelegramWire(bot).send(CHAT, write_letter(RICH))


async def test_a_server_without_the_method_is_told_from_a_refused_token() -> None:
    missing = refusal(404, "Not Found: method not found")
    assert isinstance(await rich_outcome(lambda method, _: ok(ME) if method == "getMe" else missing), Unsupported)
    assert isinstance(await rich_outcome(lambda *_: refusal(401, "Unauthorized")), WireClosed)


async def test_when_the_question_who_we_are_fails_the_row_is_only_delayed() -> None:
    def script(method: str, _: dict[str, Any]) -> Answer:
        return refusal(502, "Bad Gateway") if method == "getMe" else refusal(404, "Not Found: method not found")

    assert isinstance(await rich_outcome(script), Delayed)


async def test_an_edit_replaces_a_message_in_place() -> None:
    bot, transport = bot_that_hears(lambda *_: ok(MESSAGE))
    async with bot:
        wire = TelegramWire(bot)
        assert await wire.edit(CHAT, 42, write_letter(CLASSIC)) == Sent(42)
        assert await wire.edit(CHAT, 43, write_letter(RICH)) == Sent(43)
    (classic_method, classic), (rich_method, rich) = transport.calls[-2:]
    assert classic_method == rich_method == "editMessageText"
    assert (classic["message_id"], classic["text"], classic["parse_mode"]) == ("42", "<b>Lead</b>", "HTML")
    assert json.loads(rich["rich_message"])["blocks"] == BLOCKS
    assert "text" not in rich


async def test_an_edit_that_changes_nothing_is_a_success() -> None:
    bot, _ = bot_that_hears(lambda *_: refusal(400, "Bad Request: message is not modified: exactly the same"))
    async with bot:
        assert await TelegramWire(bot).edit(CHAT, 42, write_letter(CLASSIC)) == Sent(42)


async def test_a_picture_is_sent_with_its_caption() -> None:
    bot, transport = bot_that_hears(lambda *_: ok(MESSAGE))
    async with bot:
        assert await TelegramWire(bot).send_photo(CHAT, b"\x89PNG", "by the numbers", silent=True) == Sent(42)
    method, asked = transport.calls[-1]
    assert (method, asked["caption"]) == ("sendPhoto", "by the numbers")


@pytest.mark.parametrize(
    "body", [b"[]", b'{"ok":true}', b'{"ok":true,"result":7}', b'{"ok":true,"result":{}}', b"null"]
)
@pytest.mark.parametrize("message", [CLASSIC, RICH])
async def test_an_answer_of_another_shape_is_uncertain_and_breaks_nothing(message: Message, body: bytes) -> None:
    outcome, _, _ = await said(message, answer=(200, body))
    assert isinstance(outcome, Unknown)


async def test_the_token_appears_in_no_outcome_and_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers: list[Answer] = [
        refusal(400, f"Bad Request: can't parse the address /bot{TOKEN}/sendMessage"),
        refusal(403, f"Forbidden: bot{TOKEN}"),
        refusal(500, f"oops {TOKEN}"),
        (502, f"<html>/bot{TOKEN}/sendMessage</html>".encode()),
        RuntimeError(f"https://api.telegram.org/bot{TOKEN}/sendMessage"),
    ]
    outcomes = [(await said(CLASSIC, answer=answer))[0] for answer in answers]
    assert TOKEN not in repr(outcomes)
    own = [record.getMessage() for record in caplog.records if record.name.startswith("delivery")]
    assert TOKEN not in "\n".join(own)
    kinds: list[type[object]] = [ContentRejected, Refused, Delayed, Delayed, Unknown]
    assert [type(outcome) for outcome in outcomes] == kinds
