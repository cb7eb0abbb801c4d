"""Polls: sending and stopping them. The words of refusals are TDLib's (MessageContent.cpp, MessagesManager.cpp)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sandbox.telegram.chats import ChatKind
from sandbox.telegram.desk import Desk
from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup.cleaning import clean
from sandbox.telegram.messages import Content
from sandbox.telegram.methods.messages import keyboard_of
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.polls import Poll, close, close_due
from sandbox.telegram.world import message_of

QUESTION_LENGTH: Final = 300
OPTION_LENGTH: Final = 100
FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 12
#: Seconds between the sending of a poll and its closing by itself (core.telegram.org/bots/api#sendpoll).
SHORTEST: Final = 5
LONGEST: Final = 2_628_000


def send_poll(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``sendPoll`` of a regular poll; quizzes are not in the sandbox."""
    if given.text("type") not in {"", "regular"}:
        raise bad_request("the sandbox knows regular polls only")
    question = _question(given)
    options = _options(given)
    closes_at, period = _closing(desk, given)
    keyboard = keyboard_of(given)
    chat = desk.world.addressee(given.text("chat_id"))
    anonymous = "is_anonymous" not in given or given.flag("is_anonymous")
    if not anonymous and chat.kind is ChatKind.CHANNEL:
        raise bad_request("non-anonymous polls can't be sent to channel chats")
    poll = Poll(
        str(desk.world.chance.getrandbits(62)),
        question,
        options,
        anonymous,
        given.flag("allows_multiple_answers"),
        closes_at,
        period,
        given.flag("is_closed"),
    )
    message = desk.send(chat, Content(poll=poll, keyboard=keyboard), given)
    desk.polls.append(message)
    return message.as_json()


def stop_poll(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``stopPoll``: closes one of the bot's own for good, and gives the count that stands."""
    keyboard = keyboard_of(given)
    chat = desk.world.addressee(given.text("chat_id"))
    close_due(desk)
    message = message_of(chat, given.message_id(), "stop", of="message with poll")
    desk.writable(chat)
    poll = message.content.poll
    if poll is None:
        raise bad_request("message is not a poll")
    if not message.from_bot:
        raise bad_request("poll can't be stopped")
    if poll.closed:
        raise bad_request("poll has already been closed")
    message.content = Content(poll=poll, keyboard=keyboard)
    close(desk, message, poll)
    return poll.as_json()


def _question(given: Parameters) -> str:
    question, _ = clean(given.text("question"), [])
    if not question:
        raise bad_request("poll question must be non-empty")
    if len(question) > QUESTION_LENGTH:
        raise bad_request(f"poll question length must not exceed {QUESTION_LENGTH}")
    return question


def _options(given: Parameters) -> tuple[str, ...]:
    told = given.structure("options", "options")
    if not isinstance(told, list):
        raise bad_request("expected an Array of String as options")
    texts = tuple(clean(_option(option), [])[0] for option in told)
    if len(texts) < FEWEST_OPTIONS:
        raise bad_request(f"poll must have at least {FEWEST_OPTIONS} options")
    if len(texts) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    if not all(texts):
        raise bad_request("poll options must be non-empty")
    if any(len(text) > OPTION_LENGTH for text in texts):
        raise bad_request(f"poll options length must not exceed {OPTION_LENGTH}")
    if len(set(texts)) < len(texts):
        raise bad_request("POLL_OPTION_DUPLICATE")
    return texts


def _option(option: Any) -> str:
    if isinstance(option, dict):
        return str(option.get("text", ""))
    if isinstance(option, str):
        return option
    raise bad_request("expected an Array of InputPollOption")


def _closing(desk: Desk, given: Parameters) -> tuple[datetime | None, int | None]:
    """When the poll closes by itself, and the period that was asked for."""
    now = desk.world.clock()
    period, moment = given.integer("open_period", 0), given.integer("close_date", 0)
    if not period and not moment:
        return None, None
    closes_at = now + timedelta(seconds=period) if period else datetime.fromtimestamp(moment, UTC)
    if not SHORTEST <= round((closes_at - now).total_seconds()) <= LONGEST:
        raise bad_request("poll can't be closed at that time")  # in words of our own: the server's are not known
    return closes_at, period or None
