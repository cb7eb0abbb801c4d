"""The only reader of Telegram's errors: what each one means for the row that was being sent.

The order of the questions matters: to python-telegram-bot a BadRequest and a TimedOut are both a NetworkError.
It cuts "Bad Request: " off and lower-cases the rest of a 400, so texts are compared in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

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

#: The request provably never left this machine.
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)

#: The first wait after a failure that is nobody's fault; the pump doubles it with every attempt.
FIRST_WAIT = 1.0

#: For good, or until the reader comes back by himself. Anything else that is forbidden leaves the subscription alone:
#: an unknown 403 may concern the whole bot, and nobody is to lose the paper for that.
_READER = {
    "bot was blocked by the user": SubscriberState.BLOCKED,
    "user_is_blocked": SubscriberState.BLOCKED,
    "bot can't initiate conversation with a user": SubscriberState.BLOCKED,
    "bot was kicked from": SubscriberState.BLOCKED,
    "bot is not a member of": SubscriberState.BLOCKED,
    "user is deactivated": SubscriberState.GONE,
    "input_user_deactivated": SubscriberState.GONE,
    "can't send messages to the bot": SubscriberState.GONE,
    "bots can't send messages to bots": SubscriberState.GONE,
    "the group chat was deleted": SubscriberState.GONE,
    "chat not found": SubscriberState.GONE,
    "chat_id is empty": SubscriberState.GONE,
    "peer_id_invalid": SubscriberState.GONE,
}

#: Telegram would take this content from nobody.
_CONTENT = (
    "can't parse",
    "can't find end tag",
    "is too long",
    "too_long",
    "text is empty",
    "must be non-empty",
    "button_",
    "button type",
    "inline keyboard",
    "reply markup",
    "reply_markup",
    "entity",
    "entities",
    "rich_message_",
    "rich_validate_",
    "rich text type",
    "rich message must",
    "block_unexpected",
    "block is not allowed",
    "invalid section heading",
    "invalid list item",
    "list must be",
    "table cell",
    "invalid date",
    "language must be encoded",
    "strings must be encoded",
    "wrong http url",
    "failed to get http url content",
    "wrong type of the web page content",
    "webpage_",
    "request entity too large",
    "file is too big",
    "photo_",
    "message to copy not found",
    "message to forward not found",
    "protected content",
)

#: What was asked for is already so.
_HARMLESS = (
    "message is not modified",
    "message to delete not found",
    "message can't be deleted",
    "query is too old",
)

_TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,100}")
_LONGEST_REASON = 300


def consequence(error: TelegramError, message_id: int = 0) -> Outcome:
    """What an error of python-telegram-bot means for the row; ``message_id`` is the message that was being edited."""
    reason = reason_of(error)
    match error:
        case RetryAfter():
            return Delayed(reason, _seconds(error.retry_after), everyone=True)
        case ChatMigrated():
            return Moved(ChatId(error.new_chat_id))
        case EndPointNotFound():
            return Unsupported(reason)
        case _ if error.__cause__ is not None or isinstance(error, TimedOut):
            return _without_verdict(error, reason)
        case _:
            return _verdict(error, reason, message_id)


def reason_of(error: TelegramError) -> str:
    """One short line for the ledger and the admins, without anything that looks like a bot token."""
    cause = error.__cause__
    text = str(error) if cause is None or isinstance(cause, TelegramError) else f"{error} ({type(cause).__name__})"
    return _TOKEN.sub("•••", " ".join(text.split()))[:_LONGEST_REASON]


def _without_verdict(error: TelegramError, reason: str) -> Outcome:
    if isinstance(error.__cause__, NEVER_LEFT):
        return Delayed(reason, FIRST_WAIT)
    if isinstance(error.__cause__, TelegramError):
        return Delayed(reason, FIRST_WAIT)  # an error page of something between us: nobody's subscription depends on it
    return Unknown(reason)  # the request left, and nothing came back that can be read


def _verdict(error: TelegramError, reason: str, message_id: int) -> Outcome:
    match error:
        case InvalidToken():
            return WireClosed(reason)
        case Forbidden() | BadRequest():
            return _refusal(reason, message_id)
        case _ if _any(_CONTENT, reason.lower()):
            return ContentRejected(reason)  # 413: too large for everybody
        case _:
            return Delayed(reason, FIRST_WAIT)  # 5xx, and 409 which sending does not cause


def _refusal(reason: str, message_id: int) -> Outcome:
    words = reason.lower()
    if _any(_HARMLESS, words):
        return Sent(message_id)
    if words.startswith("logged out"):
        return WireClosed(reason)
    reader = next((state for text, state in _READER.items() if text in words), None)
    if reader is None and _any(_CONTENT, words):
        return ContentRejected(reason)
    return Refused(reason, reader)


def _any(texts: Iterable[str], words: str) -> bool:
    return any(text in words for text in texts)


def _seconds(wait: float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
