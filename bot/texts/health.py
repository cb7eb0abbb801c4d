"""How the readers and the paper stand, in English, for its admins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from bot.texts.general import notice
from bot.texts.turns import escaped, turn_keyboard
from domain.deliveries import Receipt
from domain.editions import Button, Message
from domain.movement import Movement
from domain.readers import SubscriberState
from domain.text import plain_line
from formatters.receipts import receipt_lines

#: What the data of every button here begins with.
HEALTH = "h"
PICTURE = f"{HEALTH}:picture"

#: Of the campaigns those with the most readers are told.
CAMPAIGNS = 8

#: A message holds 4,096 characters.
MOST = 4000


def stats(counts: Mapping[SubscriberState, int], movement: Movement, receipt: Receipt | None) -> Message:
    """Readers by state, who came and went in thirty days, and the newest broadcast."""
    lines = ["<b>Readers</b>"]
    lines += [f"{state.value}: {counts.get(state, 0):,}" for state in SubscriberState]
    lines += ["", "<b>In 30 days</b>", *_moved(movement)]
    lines += ["", "<b>Newest broadcast</b>", *escaped(receipt_lines(receipt) if receipt else ["none yet"])]
    turns = turn_keyboard(receipt) if receipt else ()
    return notice("\n".join(lines), (*turns, (Button("As a picture", callback=PICTURE),)))


def _moved(movement: Movement) -> list[str]:
    joined, left = sum(movement.joined.values()), sum(movement.left.values())
    lines = [f"joined: {joined:,}", f"left, and away still: {left:,}"]
    campaigns = list(movement.campaigns.items())[:CAMPAIGNS]
    return lines + [f"from {escape(plain_line(name, 40))}: {readers:,}" for name, readers in campaigns]


def caption(movement: Movement) -> str:
    """Under the picture; plain."""
    return f"Joined {sum(movement.joined.values()):,}, left {sum(movement.left.values()):,} in 30 days."


def health(rows: Sequence[tuple[str, str]]) -> Message:
    """Lines of two columns, cut to what a message holds."""
    lines = [f"<b>{escape(plain_line(name, 40))}</b>: {escape(plain_line(value, 200))}" for name, value in rows[:40]]
    while len("\n".join(lines)) > MOST:
        lines.pop()
    return notice("\n".join(lines))
