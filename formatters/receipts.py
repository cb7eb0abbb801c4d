"""What is told of a broadcast, in lines of plain text: what it takes before it starts, and its receipt afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.deliveries import Broadcast, BroadcastKind, BroadcastState, Receipt
from domain.price import FREE_RATE, price, stars

_STATES = {
    BroadcastState.RUNNING: "on its way",
    BroadcastState.PAUSED: "paused",
    BroadcastState.STOPPED: "stopped",
    BroadcastState.CANCELLED: "cancelled",
    BroadcastState.DONE: "done",
}


def outlook_lines(messages: int, rate: int) -> list[str]:
    """What sending so many messages at so many a second takes, and costs if it is paid for."""
    takes = (
        f"at least {duration_words(timedelta(seconds=messages / rate))}" if messages > rate else "less than a second"
    )
    lines = [f"{counted(messages, 'message')}: {takes} at {rate:,} a second"]
    if rate > FREE_RATE:
        cost = price(messages, rate)
        what = f"0.1 for each message above {FREE_RATE} a second"
        lines.append(f"paid: about {cost.about:,.0f} Stars, at most {cost.most:,.0f} ({what})")
    return lines


def receipt_lines(receipt: Receipt) -> list[str]:
    """A receipt, line by line; what is zero is left out, but for what was sent."""
    lines = [f"{broadcast_title(receipt.broadcast)}: {_STATES[receipt.broadcast.state]}"]
    if receipt.broadcast.error:
        lines.append(f"why: {receipt.broadcast.error}")
    lines += [_sent(receipt), *_unsent(receipt)]
    if receipt.limit > FREE_RATE:
        lines.append(
            f"cost: {stars(receipt.above_free):,.1f} Stars by our count of what was above {FREE_RATE} a second"
        )
    return lines


def receipt_fields(receipt: Receipt) -> dict[str, Any]:
    """A receipt for a program; times as ISO 8601, durations in seconds, the cost in Stars (None: not paid)."""
    broadcast = receipt.broadcast
    return {
        "broadcast": broadcast.id,
        "kind": broadcast.kind.value,
        "issue_date": str(broadcast.issue_date) if broadcast.issue_date else None,
        "state": broadcast.state.value,
        "sent": receipt.sent,
        "open": receipt.open,
        "blocked": receipt.blocked,
        "refused": dict(receipt.refused),
        "uncertain": receipt.uncertain,
        "uncertain_chats": list(receipt.uncertain_chats),
        "skipped": receipt.skipped,
        "cancelled": receipt.cancelled,
        "opened_at": broadcast.created_at.isoformat(),
        "seconds": None if receipt.duration is None else receipt.duration.total_seconds(),
        "rate": receipt.rate,
        "limit": receipt.limit,
        "stars": stars(receipt.above_free) if receipt.limit > FREE_RATE else None,
        "error": broadcast.error or None,
    }


def broadcast_title(broadcast: Broadcast) -> str:
    """A broadcast by its kind, its issue and its number."""
    if broadcast.issue_date is None:
        return f"{broadcast.kind.value} (broadcast {broadcast.id})"
    day = f"{broadcast.issue_date.day} {broadcast.issue_date:%B %Y}"
    of = "correction of the issue" if broadcast.kind is BroadcastKind.CORRECTION else broadcast.kind.value
    return f"{of} of {day} (broadcast {broadcast.id})"


def duration_words(duration: timedelta) -> str:
    """A duration in its two largest units: ``2 h 5 min``, ``1 min 44 s``, ``12 s``."""
    minutes, seconds = divmod(max(0, round(duration.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if minutes:
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    return f"{seconds} s"


def _sent(receipt: Receipt) -> str:
    line = f"sent {receipt.sent:,}"
    if receipt.duration is not None and receipt.sent > 1:
        line += f" in {duration_words(receipt.duration)}"
    if receipt.rate is not None:
        share = f"{receipt.rate / receipt.limit:.0%} of the limit of {receipt.limit:,}"
        line += f", up to {receipt.rate:,.1f} a second, {share}"
    return line


def _unsent(receipt: Receipt) -> list[str]:
    told = (
        (receipt.open, "waiting", ""),
        (receipt.blocked, "blocked", ": they have blocked the bot or are gone, and are asked no more"),
        *((count, "refused", f": {reason}") for reason, count in receipt.refused),
        (receipt.uncertain, "uncertain", f": the answer was lost, they may have it: {_chats(receipt)}"),
        (receipt.skipped, "skipped", f": their hour had passed by more than {duration_words(receipt.grace)}"),
        (receipt.cancelled, "cancelled", ""),
    )
    return [f"{name} {count:,}{why}" for count, name, why in told if count]


def _chats(receipt: Receipt) -> str:
    named = ", ".join(str(chat) for chat in receipt.uncertain_chats)
    more = receipt.uncertain - len(receipt.uncertain_chats)
    if not named:
        return "chats that were forgotten"
    return f"{named} and {more:,} more" if more > 0 else named


def counted(count: int, noun: str) -> str:
    """A count with its noun: ``1 list``, ``2,000 lists``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
