"""How large a message is by Telegram's count, and how large it may be."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from domain.text import utf16_length

#: UTF-16 units after the markup is parsed (TDLib counts code points, so this is on the safe side).
TEXT_LIMIT = 4096
#: Bytes of the marked-up text (telegram-bot-api, ``Client.cpp``: "text is too long" above 1 << 15).
RAW_LIMIT = 32768
#: Formatting after this many entities is ignored (undocumented; python-telegram-bot's MessageLimit.MESSAGE_ENTITIES).
ENTITY_LIMIT = 100

_TAG = re.compile(r"<[^>]*>")
_OPENING = re.compile(r"<(?!/)")
_COMMAND = re.compile(r"(?<!\w)/[a-z]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Size:
    """UTF-16 units of visible text, bytes of markup, entities (with the commands that Telegram links itself)."""

    units: int
    raw: int
    entities: int

    def __add__(self, other: Size) -> Size:
        return Size(self.units + other.units, self.raw + other.raw, self.entities + other.entities)

    @property
    def fits(self) -> bool:
        """Whether one message holds it."""
        return self.units <= TEXT_LIMIT and self.raw <= RAW_LIMIT and self.entities <= ENTITY_LIMIT


def visible_text(body: str) -> str:
    """The text of our own markup, in which < and > stand for tags alone."""
    return html.unescape(_TAG.sub("", body))


def size(body: str) -> Size:
    """The size of a message or of a part of one."""
    text = visible_text(body)
    return Size(utf16_length(text), len(body.encode()), len(_OPENING.findall(body)) + len(_COMMAND.findall(text)))
