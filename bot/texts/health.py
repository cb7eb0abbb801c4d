"""How the paper stands, in English, for its admins."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.texts.general import notice
from domain.editions import Message
from domain.text import plain_line

#: A message holds 4,096 characters.
MOST = 4000


def health(rows: Sequence[tuple[str, str]]) -> Message:
    """Lines of two columns, cut to what a message holds."""
    lines = [f"<b>{escape(plain_line(name, 40))}</b>: {escape(plain_line(value, 200))}" for name, value in rows[:40]]
    while len("\n".join(lines)) > MOST:
        lines.pop()
    return notice("\n".join(lines))
