"""Every row of Telegram's table of errors, as python-telegram-bot gives them, and what each means for a delivery."""

from __future__ import annotations

import warnings

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot
from telegram.error import Conflict, NetworkError, RetryAfter, TimedOut

from delivery.faults import NEVER_LEFT, consequence
from domain.deliveries import (
    ContentRejected,
    Delayed,
    Moved,
    Outcome,
    Refused,
    Sent,
    Unknown,
    Unsupported,
    WireClosed,
)
from domain.readers import ChatId, SubscriberState
from tests.unit.delivery.answers import TOKEN, Answer, error_of, refusal

BLOCKED, GONE = SubscriberState.BLOCKED, SubscriberState.GONE


async def send(bot: Bot) -> object:
    return await bot.send_message(1, "x")


async def outcome_of(answer: Answer, message_id: int = 0) -> Outcome:
    return consequence(await error_of(answer, send), message_id)


@pytest.mark.parametrize(
    ("code", "description", "state"),
    [
        (403, "Forbidden: bot was blocked by the user", BLOCKED),
        (403, "Forbidden: user is deactivated", GONE),
        (403, "Forbidden: bot can't initiate conversation with a user", BLOCKED),
        (403, "Forbidden: the bot can't send messages to the bot", GONE),
        (403, "Forbidden: bots can't send messages to bots", GONE),
        (403, "Forbidden: bot was kicked from the group chat", BLOCKED),
        (403, "Forbidden: bot was kicked from the supergroup chat", BLOCKED),
        (403, "Forbidden: bot was kicked from the channel chat", BLOCKED),
        (403, "Forbidden: bot is not a member of the group chat", BLOCKED),
        (403, "Forbidden: bot is not a member of the supergroup chat", BLOCKED),
        (403, "Forbidden: bot is not a member of the channel chat", BLOCKED),
        (403, "Forbidden: the group chat was deleted", GONE),
        (400, "Bad Request: chat not found", GONE),
        (400, "Bad Request: private chat not found", GONE),
        (400, "Bad Request: chat_id is empty", GONE),
        (400, "Bad Request: USER_IS_BLOCKED", BLOCKED),
        (400, "Bad Request: INPUT_USER_DEACTIVATED", GONE),
        (400, "Bad Request: PEER_ID_INVALID", GONE),
    ],
)
async def test_a_reader_who_is_closed_to_us_is_refused_for_good(
    code: int, description: str, state: SubscriberState
) -> None:
    outcome = await outcome_of(refusal(code, description))
    assert isinstance(outcome, Refused)
    assert outcome.subscriber is state
    assert outcome.reason.lower() in description.lower()


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (400, "Bad Request: need administrator rights in the channel chat"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        (400, "Bad Request: CHAT_RESTRICTED"),
        (400, "Bad Request: TOPIC_CLOSED"),
        (400, "Bad Request: message thread not found"),
        (400, "Bad Request: message to edit not found"),
        (400, "Bad Request: message can't be edited"),
        (400, "Bad Request: there is no text in the message to edit"),
        (400, "Bad Request: SOMETHING_NEW"),
        (403, "Forbidden: something new that may concern the whole bot"),
    ],
)
async def test_what_concerns_this_chat_now_takes_nobody_off_the_list(code: int, description: str) -> None:
    outcome = await outcome_of(refusal(code, description))
    assert isinstance(outcome, Refused)
    assert outcome.subscriber is None


@pytest.mark.parametrize(
    "description",
    [
        'can\'t parse entities: unsupported start tag "p" at byte offset 0',
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        "message is too long",
        "MESSAGE_TOO_LONG",
        "text is too long",
        "message caption is too long",
        "message text is empty",
        "text must be non-empty",
        "reply markup is too long",
        "BUTTON_DATA_INVALID",
        "BUTTON_URL_INVALID",
        "inline keyboard button URL 'x' is invalid: Wrong HTTP URL",
        "RICH_MESSAGE_TEXT_TOO_LONG",
        "RICH_MESSAGE_BLOCKS_TOO_MANY",
        "RICH_MESSAGE_DEPTH_INVALID",
        "RICH_MESSAGE_MEDIA_TOO_MANY",
        "RICH_MESSAGE_TABLE_COLS_TOO_MANY",
        "RICH_MESSAGE_TOO_LARGE",
        "RICH_MESSAGE_EMPTY",
        "RICH_MESSAGE_CONTENT_REQUIRED",
        "RICH_MESSAGE_BLOCK_UNSUPPORTED",
        "BLOCK_UNEXPECTED",
        "RICH_MESSAGE_HTML_INVALID",
        "RICH_MESSAGE_URL_INVALID",
        "RICH_MESSAGE_EMAIL_INVALID",
        "RICH_MESSAGE_DATE_INVALID",
        "RICH_MESSAGE_PHOTO_INVALID",
        "RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND",
        "RICH_VALIDATE_CTOR_NOT_ALLOWED",
        'can\'t parse InputRichBlock: type "quote" is unsupported',
        "can't parse InputRichBlock: Can't find field \"type\"",
        "Unsupported rich text type",
        "Rich message must be non-empty",
        "Invalid section heading size specified",
        "List must be either ordered or unordered",
        "wrong HTTP URL specified",
        "failed to get HTTP URL content",
        "wrong type of the web page content",
        "message to copy not found",
        "message to forward not found",
        "Message has protected content and can't be forwarded",
    ],
)
async def test_content_that_nobody_can_be_sent_stops_the_broadcast(description: str) -> None:
    assert isinstance(await outcome_of(refusal(400, f"Bad Request: {description}")), ContentRejected)


@pytest.mark.parametrize(
    "description",
    [
        "message is not modified: specified new message content and reply markup are exactly the same",
        "message to delete not found",
        "message can't be deleted",
        "query is too old and response timeout expired or query ID is invalid",
    ],
)
async def test_what_is_already_so_is_a_success(description: str) -> None:
    assert await outcome_of(refusal(400, f"Bad Request: {description}"), message_id=7) == Sent(7)


@pytest.mark.parametrize(
    ("code", "description"),
    [(401, "Unauthorized"), (404, "Not Found"), (400, "Bad Request: Logged out")],
)
async def test_a_refused_token_closes_the_wire(code: int, description: str) -> None:
    assert isinstance(await outcome_of(refusal(code, description)), WireClosed)


async def test_a_method_that_the_server_lacks_is_unsupported() -> None:
    error = await error_of(refusal(404, "Not Found: method not found"), lambda bot: bot.do_api_request("sendNothing"))
    assert isinstance(consequence(error), Unsupported)


@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_a_failing_server_is_asked_again_later(code: int) -> None:
    outcome = await outcome_of(refusal(code, "Internal Server Error: restart"))
    assert isinstance(outcome, Delayed)
    assert not outcome.everyone


async def test_something_too_large_is_too_large_for_everybody() -> None:
    assert isinstance(await outcome_of(refusal(413, "Request Entity Too Large")), ContentRejected)


async def test_a_second_poller_does_not_lose_a_message() -> None:
    description = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    assert isinstance(await error_of(refusal(409, description), send), Conflict)
    assert isinstance(await outcome_of(refusal(409, description)), Delayed)


async def test_a_group_that_was_upgraded_tells_where_it_went() -> None:
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    assert await outcome_of(refusal(400, description, migrate_to_chat_id=-1001234)) == Moved(ChatId(-1001234))


@pytest.mark.parametrize("timedelta", [False, True])
async def test_a_429_says_how_long_whichever_way_the_library_gives_it(
    monkeypatch: pytest.MonkeyPatch, timedelta: bool
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1" if timedelta else "0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        error = RetryAfter(35)
        assert isinstance(error.retry_after, int) is not timedelta
        outcome = consequence(error)
    assert isinstance(outcome, Delayed)
    assert (outcome.seconds, outcome.everyone) == (35.0, True)


@pytest.mark.parametrize("code", [400, 401, 403, 404, 500, 502, 504])
async def test_an_error_page_of_a_proxy_is_no_verdict_on_anybody(code: int) -> None:
    page = b"<html><center><h1>403 Forbidden: bot was blocked by the user</h1></center></html>"
    assert isinstance(await outcome_of((code, page)), Delayed)


@pytest.mark.parametrize("body", [b"<html>ok</html>", b'{"ok":true,"resu', b""])
async def test_an_answer_that_cannot_be_read_may_have_been_a_success(body: bytes) -> None:
    assert isinstance(await outcome_of((200, body)), Unknown)


@pytest.mark.parametrize("kind", NEVER_LEFT)
def test_a_request_that_never_left_is_tried_again(kind: type[Exception]) -> None:
    error = NetworkError("httpx said so")
    error.__cause__ = kind("no way out")
    assert isinstance(consequence(error), Delayed)


@pytest.mark.parametrize(
    "kind",
    [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError],
)
def test_a_request_that_left_without_an_answer_is_uncertain(kind: type[Exception]) -> None:
    for error in (NetworkError("httpx said so"), TimedOut()):
        error.__cause__ = kind("gone")
        assert isinstance(consequence(error), Unknown)


def test_a_timeout_without_a_cause_is_uncertain() -> None:
    assert isinstance(consequence(TimedOut()), Unknown)


def test_no_reason_shows_a_token_or_goes_on_for_ever() -> None:
    error = NetworkError(f"httpx.ConnectError: https://api.telegram.org/bot{TOKEN}/sendMessage\n{'x' * 5000}")
    outcome = consequence(error)
    assert isinstance(outcome, Delayed)
    assert TOKEN not in outcome.reason
    assert len(outcome.reason) <= 300
    assert "\n" not in outcome.reason


@given(code=st.integers(400, 599), description=st.text(max_size=60))
async def test_every_answer_has_a_consequence(code: int, description: str) -> None:
    assert isinstance(await outcome_of(refusal(code, description)), Outcome)
