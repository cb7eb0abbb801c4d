"""The only reader of Telegram's answers: what each one means for the message that was being sent.

It judges by what Telegram says (``ok``, ``error_code``, ``description``, ``parameters``), and by the HTTP status where
something between us answered instead. Whatever comes back, it has an outcome.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

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

#: The first wait after a failure that is nobody's fault, seconds; the pump doubles it with every attempt.
FIRST_WAIT: Final = 1.0
#: After a 429 that does not say how long, seconds.
_UNSAID_WAIT: Final = 5.0
#: However long a 429 says, it is asked again after a day.
_LONGEST_WAIT: Final = 86_400.0
#: A proxy that gave up waiting has passed the request on: it may have been done.
_PASSED_ON: Final = frozenset({504, 524})

#: For good, or until the reader comes back by himself. Anything else that is forbidden leaves the subscription alone:
#: an unknown 403 may concern the whole bot, and nobody is to lose the paper for that.
_READER: Final = {
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
_CONTENT: Final = (
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
    "poll must",
    "poll question",
    "poll option",
    "poll can't",
    "polls can't",
    "poll_",
    "message to copy not found",
    "message to forward not found",
    "protected content",
)

#: The topic that a message was to go into is not there any more, or nobody but its group's admins may write there.
_THREAD: Final = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")

#: The message that an edit puts there is the one that stands there.
_UNCHANGED: Final = "message is not modified"

_SENT = re.compile(rb'\{"ok":true,"result":\{"message_id":([1-9][0-9]{0,17})[,}]')
_TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,100}")
_RETRY_AFTER = re.compile(r"retry after (\d{1,9})\b")
_LONGEST_REASON = 300
#: Numbers of chats and messages fit into the ledger's columns.
_LARGEST_NUMBER = 2**63


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, read: ``said`` is Telegram's JSON object, None when it was not Telegram that spoke."""

    status: int
    said: Mapping[str, Any] | None

    @classmethod
    def read(cls, status: int, body: bytes, *, brief: bool = False) -> Reply:
        """Read an answer; nothing raises, whatever the bytes are.

        ``brief``: of a message that was sent only its number is wanted, which Telegram gives first; the rest, which
        repeats what was sent, is not looked at.
        """
        if brief and (sent := _SENT.match(body)) is not None:
            return cls(status, {"ok": True, "result": {"message_id": int(sent[1])}})
        try:
            said = json.loads(body.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return cls(status, None)
        return cls(status, said if isinstance(said, dict) and isinstance(said.get("ok"), bool) else None)

    @property
    def result(self) -> Mapping[str, Any]:
        """What Telegram gives back when it has done what was asked; empty when that is no object."""
        result = self.said.get("result") if self.said is not None else None
        return result if isinstance(result, dict) else {}


def outcome_of(reply: Reply, edited: int | None = None, thread: int | None = None) -> Outcome:
    """What an answer means for the message; ``edited`` is the message that was to be replaced, None for a new one.

    ``thread``: the topic of a group that it was to go into.
    """
    if reply.said is None:
        return _without_verdict(reply.status)
    if reply.said["ok"]:
        number = _number(reply.result.get("message_id")) if edited is None else edited
        return Unknown("Telegram's answer has another shape") if number is None or number <= 0 else Sent(number)
    outcome = _moved(reply.said) or _verdict(reply.said, reply.status, edited)
    if thread is not None and isinstance(outcome, Refused) and _any(_THREAD, outcome.reason.lower()):
        return ThreadLost(thread, outcome.reason)
    return outcome


def reason_of(text: str) -> str:
    """One short printable line for the ledger and the admins, without anything that looks like a bot token."""
    printable = "".join(character if character.isprintable() else " " for character in text[: 4 * _LONGEST_REASON])
    return _TOKEN.sub("•••", " ".join(printable.split()))[:_LONGEST_REASON]


def _without_verdict(status: int) -> Outcome:
    """Something between us answered, or Telegram's answer can't be read: nobody's subscription depends on it."""
    reason = f"HTTP {status} without a verdict of Telegram"
    if 200 <= status < 300 or status in _PASSED_ON:
        return Unknown(reason)
    return Delayed(reason, _UNSAID_WAIT if status == 429 else FIRST_WAIT, everyone=status == 429)


def _moved(said: Mapping[str, Any]) -> Moved | None:
    address = _number(_parameter(said, "migrate_to_chat_id"))
    return Moved(ChatId(address)) if address else None


def _parameter(said: Mapping[str, Any], name: str) -> object:
    parameters = said.get("parameters")
    return parameters.get(name) if isinstance(parameters, dict) else None


def _verdict(said: Mapping[str, Any], status: int, edited: int | None) -> Outcome:
    told = said.get("description")
    reason = reason_of(told) if isinstance(told, str) and told.strip() else f"HTTP {status}"
    code = _number(said.get("error_code")) or status
    match code:
        case 429:
            return Delayed(reason, _wait(_parameter(said, "retry_after"), reason), everyone=True)
        case 401:
            return WireClosed(reason)
        case 404:
            return Unsupported(reason)  # the method, or the token: who asked knows how to tell
        case 400 | 403:
            return _refusal(reason, edited)
        case 413:
            return ContentRejected(reason)  # too large for everybody
        case _:
            return Delayed(reason, FIRST_WAIT)  # 5xx, 409 which sending does not cause, and what nobody knows


def _refusal(reason: str, edited: int | None) -> Outcome:
    words = reason.lower()
    if edited is not None and _UNCHANGED in words:
        return Sent(edited)
    if "logged out" in words:
        return WireClosed(reason)
    reader = next((state for text, state in _READER.items() if text in words), None)
    if reader is None and _any(_CONTENT, words):
        return ContentRejected(reason)
    return Refused(reason, reader)


def _any(texts: Iterable[str], words: str) -> bool:
    return any(text in words for text in texts)


def _wait(said: object, reason: str) -> float:
    """Seconds to wait after a 429: at least one, at most a day; a number that is none is looked for in the words."""
    seconds = _seconds(said)
    if seconds is None:
        told = _RETRY_AFTER.search(reason.lower())
        seconds = float(told[1]) if told else _UNSAID_WAIT
    return min(max(seconds, FIRST_WAIT), _LONGEST_WAIT)


def _seconds(said: object) -> float | None:
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    try:
        seconds = float(said)
    except (ValueError, OverflowError):
        return _LONGEST_WAIT if isinstance(said, int) and said > 0 else None
    return seconds if isfinite(seconds) and seconds >= 0 else None


def _number(said: object) -> int | None:
    """A whole number that the ledger can hold; Telegram may give it as text."""
    if isinstance(said, str) and said.isascii() and len(said) < 20:
        said = int(said) if said.lstrip("-").isdigit() and said.count("-") <= 1 and "-" not in said[1:] else None
    if isinstance(said, bool) or not isinstance(said, int):
        return None
    return said if abs(said) < _LARGEST_NUMBER else None
