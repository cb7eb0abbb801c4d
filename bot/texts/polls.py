"""What the admins are told of the channel's poll, in English, and the button that closes it."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from typing import Final

from bot.texts.general import notice
from domain.deliveries import DeliveryState
from domain.editions import Button, Keyboard, Message
from domain.polls import FEWEST_VOTES, Poll

#: What the data of a button begins with that is about a poll: ``w:close?:20260816``, ``w:close:20260816``.
POLL: Final = "w"

_BUTTON = re.compile(rf"{POLL}:close(\??):([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})")


def none_yet() -> Message:
    """The answer where nothing was ever asked."""
    return notice("No poll was asked yet. The channel gets one on Sundays, after the issue, where POLL is on.")


def standing(poll: Poll) -> Message:
    """How a poll stands: its answers with their votes, and what becomes of it."""
    total = sum(poll.votes)
    lines = [f"<b>The poll of {poll.asked_on:%d %B %Y}</b>", _state(poll)]
    counted = poll.votes or (0,) * len(poll.choices)
    lines += [
        f"{votes:,} · {escape(choice.text)} ({choice.issue_date:%d %B})"
        for choice, votes in sorted(zip(poll.choices, counted, strict=True), key=lambda pair: -pair[1])
    ]
    if poll.counted_at is not None:
        lines.append(f"{total:,} votes, counted {poll.counted_at:%d %B, %H:%M} UTC.")
    if poll.closed_at is not None and total < FEWEST_VOTES:
        lines.append(f"Fewer than {FEWEST_VOTES} votes are not printed.")
    return notice("\n".join(lines), () if poll.over or poll.message_id is None else _closing(poll, sure=False))


def _state(poll: Poll) -> str:
    if poll.closed_at is not None:
        return f"Closed {poll.closed_at:%d %B, %H:%M} UTC. The result stands in the next issue after that."
    if poll.ended:
        return f"It has no result: {escape(poll.ended)}."
    if poll.posted is not DeliveryState.SENT:
        return f"Its post to the channel is {poll.posted}."
    return f"Open until {poll.closes_at:%d %B, %H:%M} UTC."


def ask_sure(poll: Poll) -> Message:
    """Asks an admin once more before what can't be undone."""
    return notice(
        f"Close the poll of {poll.asked_on:%d %B %Y} now? Nobody can vote in it any more, ever.",
        _closing(poll, sure=True),
    )


def _closing(poll: Poll, *, sure: bool) -> Keyboard:
    said, mark = ("Yes, close it", "") if sure else ("Close it now", "?")
    return ((Button(said, callback=f"{POLL}:close{mark}:{poll.asked_on:%Y%m%d}"),),)


def not_closed() -> Message:
    """The answer where it could not be closed."""
    return notice(
        "It could not be closed now: Telegram did not do it, or it was closed before. /poll tells how it stands."
    )


def parse(data: str) -> tuple[date, bool] | None:
    """The poll that a button names, and whether it is sure; None when it names none."""
    match = _BUTTON.fullmatch(data)
    if match is None:
        return None
    try:
        return date(int(match[2]), int(match[3]), int(match[4])), not match[1]
    except ValueError:
        return None
