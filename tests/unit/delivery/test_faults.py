"""Every row of Telegram's table of errors, and every answer that is none, and what each means for a delivery."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.faults import Reply, outcome_of, reason_of
from domain.deliveries import (
    ContentRejected,
    Delayed,
    Moved,
    Outcome,
    Refused,
    Sent,
    ThreadLost,
    Unknown,
    Unsupported,
    WireClosed,
)
from domain.readers import ChatId, SubscriberState

BLOCKED, GONE = SubscriberState.BLOCKED, SubscriberState.GONE
TOKEN = "700000001:AAE-a_token_that_must_never_be_seen_000"


def said(status: int, value: object, edited: int | None = None) -> Outcome:
    """What a JSON answer means."""
    return outcome_of(Reply.read(status, json.dumps(value).encode()), edited)


def page(status: int, body: bytes) -> Outcome:
    """What any other answer means."""
    return outcome_of(Reply.read(status, body))


def refused(code: int, description: str, edited: int | None = None, **parameters: object) -> Outcome:
    """What a refusal means."""
    told = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return said(code, told, edited)


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
def test_a_reader_who_is_closed_to_us_is_refused_for_good(code: int, description: str, state: SubscriberState) -> None:
    outcome = refused(code, description)
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
def test_what_concerns_this_chat_now_takes_nobody_off_the_list(code: int, description: str) -> None:
    outcome = refused(code, description)
    assert isinstance(outcome, Refused)
    assert outcome.subscriber is None


@pytest.mark.parametrize("description", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
def test_a_topic_that_is_closed_or_deleted_is_left_for_general(description: str) -> None:
    said = {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"}
    assert outcome_of(Reply(400, said), thread=17) == ThreadLost(17, f"Bad Request: {description}")


def test_what_is_wrong_beside_the_topic_is_told_as_without_one() -> None:
    said = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    assert outcome_of(Reply(400, said), thread=17) == outcome_of(Reply(400, said))


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
def test_content_that_nobody_can_be_sent_stops_the_broadcast(description: str) -> None:
    assert isinstance(refused(400, f"Bad Request: {description}"), ContentRejected)


def test_an_edit_that_changes_nothing_is_a_success() -> None:
    description = "Bad Request: message is not modified: specified new message content and reply markup are the same"
    assert refused(400, description, edited=7) == Sent(7)


@pytest.mark.parametrize(
    "description",
    [
        "message to edit not found",
        "message can't be edited",
        "there is no text in the message to edit",
        "MESSAGE_ID_INVALID",
        "MESSAGE_EDIT_TIME_EXPIRED",
    ],
)
def test_a_copy_that_can_no_longer_be_edited_is_refused_and_takes_nobody_off_the_list(description: str) -> None:
    outcome = refused(400, f"Bad Request: {description}", edited=7)
    assert isinstance(outcome, Refused)
    assert outcome.subscriber is None


@pytest.mark.parametrize("result", [{"message_id": 43}, True, None, {}])
def test_an_edit_that_was_done_is_the_message_that_was_meant(result: object) -> None:
    assert said(200, {"ok": True, "result": result}, edited=7) == Sent(7)


@pytest.mark.parametrize(("code", "description"), [(401, "Unauthorized"), (400, "Bad Request: Logged out")])
def test_a_refused_token_closes_the_wire(code: int, description: str) -> None:
    assert isinstance(refused(code, description), WireClosed)


@pytest.mark.parametrize("description", ["Not Found", "Not Found: method not found"])
def test_a_method_or_a_token_that_is_not_known_is_unsupported(description: str) -> None:
    assert isinstance(refused(404, description), Unsupported)


@pytest.mark.parametrize("code", [409, 418, 420, 500, 502, 503, 504, 599, 7])
def test_a_failure_that_is_not_the_readers_is_waited_out(code: int) -> None:
    assert refused(code, "Internal Server Error: restart") == Delayed("Internal Server Error: restart", 1.0)


def test_a_refusal_without_a_code_is_judged_by_its_status() -> None:
    assert isinstance(said(403, {"ok": False, "description": "Forbidden: bot was blocked by the user"}), Refused)
    assert said(200, {"ok": False}) == Delayed("HTTP 200", 1.0)


def test_something_too_large_is_too_large_for_everybody() -> None:
    assert isinstance(refused(413, "Request Entity Too Large"), ContentRejected)


@pytest.mark.parametrize("address", [-1001234, "-1001234"])
def test_a_group_that_was_upgraded_tells_where_it_went(address: object) -> None:
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    assert refused(400, description, migrate_to_chat_id=address) == Moved(ChatId(-1001234))


@pytest.mark.parametrize("address", [0, True, 10**30, "7-7", "--7", "", "seven", [], None, 1.5, "9" * 50])
def test_an_address_that_is_none_moves_nobody(address: object) -> None:
    assert isinstance(refused(400, "Bad Request: upgraded", migrate_to_chat_id=address), Refused)


@pytest.mark.parametrize(
    ("word", "seconds"),
    [
        (35, 35.0),
        ("35", 35.0),
        (0.2, 1.0),
        (0, 1.0),
        (86_400, 86_400.0),
        (10**9, 86_400.0),
        (10**400, 86_400.0),
        (-5, 5.0),
        (None, 5.0),
        ("soon", 5.0),
        (True, 5.0),
        ([7], 5.0),
        ({}, 5.0),
        (math.nan, 5.0),
        (math.inf, 5.0),
    ],
)
def test_a_429_says_how_long_and_is_obeyed_for_a_day_at_most(word: object, seconds: float) -> None:
    description = "Too Many Requests"
    assert refused(429, description, retry_after=word) == Delayed(description, seconds, everyone=True)


def test_a_429_that_says_how_long_in_words_alone_is_heard() -> None:
    description = "Too Many Requests: retry after 17"
    assert refused(429, description) == Delayed(description, 17.0, everyone=True)


@pytest.mark.parametrize("code", [301, 302, 307, 400, 401, 403, 404, 408, 413, 500, 502, 503, 521, 599])
def test_an_error_page_of_a_proxy_is_no_verdict_on_anybody(code: int) -> None:
    text = b"<html><center><h1>403 Forbidden: bot was blocked by the user</h1></center></html>"
    assert page(code, text) == Delayed(f"HTTP {code} without a verdict of Telegram", 1.0)


def test_a_proxy_that_is_flooded_is_given_time() -> None:
    assert page(429, b"slow down") == Delayed("HTTP 429 without a verdict of Telegram", 5.0, everyone=True)


@pytest.mark.parametrize("code", [504, 524])
def test_a_proxy_that_gave_up_waiting_may_have_passed_the_message_on(code: int) -> None:
    assert isinstance(page(code, b"<html>Gateway Time-out</html>"), Unknown)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>ok</html>",
        b'{"ok":true,"resu',
        b"[]",
        b"null",
        b"7",
        b'"ok"',
        b"{}",
        b'{"ok":1,"result":{"message_id":7}}',
        b'{"ok":true}',
        b'{"ok":true,"result":7}',
        b'{"ok":true,"result":{}}',
        b'{"ok":true,"result":{"message_id":true}}',
        b'{"ok":true,"result":{"message_id":0}}',
        b'{"ok":true,"result":{"message_id":-1}}',
        b'{"ok":true,"result":{"message_id":1e3}}',
        b'{"ok":true,"result":{"message_id":' + b"9" * 30 + b"}}",
        b'{"ok":true,"result":{"message_id":' + b"9" * 5000 + b"}}",
        b"[" * 200_000,
        b"\xff\xfe\x00",
    ],
    ids=lambda body: repr(body[:40]),
)
def test_a_success_that_cannot_be_read_may_have_been_one(body: bytes) -> None:
    assert isinstance(page(200, body), Unknown)


def test_text_that_is_no_utf_8_does_not_hide_that_a_message_arrived() -> None:
    assert page(200, b'{"ok":true,"result":{"message_id":7,"text":"\xff\xfe"}}') == Sent(7)


def test_no_reason_shows_a_token_or_goes_on_for_ever() -> None:
    outcome = refused(500, f"asked https://api.telegram.org/bot{TOKEN}/sendMessage\n{'x' * 5000}")
    assert isinstance(outcome, Delayed)
    assert TOKEN not in outcome.reason
    assert len(outcome.reason) <= 300
    assert "\n" not in outcome.reason


@given(text=st.text(st.characters() | st.characters(categories=("Cs", "Cc"))))
def test_every_reason_can_be_printed_and_stored(text: str) -> None:
    reason = reason_of(text)
    assert reason.isprintable()
    reason.encode()


anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    status=st.integers(100, 599),
    ok=st.booleans() | anything,
    code=st.integers(0, 700) | anything,
    description=st.text(max_size=60) | anything,
    parameters=st.dictionaries(st.sampled_from(["retry_after", "migrate_to_chat_id"]), anything) | anything,
    result=st.dictionaries(st.just("message_id"), anything) | anything,
    edited=st.none() | st.just(7),
)
def test_every_json_has_an_outcome(edited: int | None, status: int, **fields: object) -> None:
    told = {"error_code": fields.pop("code"), **fields}
    assert isinstance(said(status, told, edited), Outcome)


@given(status=st.integers(0, 999), body=st.binary(max_size=200))
def test_all_bytes_have_an_outcome(status: int, body: bytes) -> None:
    assert isinstance(page(status, body), Outcome)


@given(number=st.integers(1, 10**17), rest=st.binary())
def test_of_a_message_that_was_sent_only_the_number_is_looked_at(number: int, rest: bytes) -> None:
    body = b'{"ok":true,"result":{"message_id":%d,' % number + rest
    assert outcome_of(Reply.read(200, body, brief=True)) == Sent(number)


@given(body=st.binary())
def test_a_brief_look_at_anything_else_says_what_a_long_one_says(body: bytes) -> None:
    assert Reply.read(200, body, brief=True) == Reply.read(200, body)


def test_a_number_that_no_message_has_is_not_taken_at_a_glance() -> None:
    body = b'{"ok":true,"result":{"message_id":0,"date":1}}'
    assert isinstance(outcome_of(Reply.read(200, body, brief=True)), Unknown)
