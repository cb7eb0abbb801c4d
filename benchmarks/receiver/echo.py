"""The message that Telegram answers with: plain text and its entities, which a client may have to read again."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

_TYPES = {"b": "bold", "i": "italic", "code": "code", "u": "underline", "a": "text_link", "blockquote": "blockquote"}
_BOT = {"id": 1, "is_bot": True, "first_name": "The AI Morning Post", "username": "morningpost_bot"}


class _Plain(HTMLParser):
    """HTML of the Bot API as text and entities; offsets count UTF-16 units."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        entity: dict[str, Any] = {"type": _TYPES.get(tag, "bold"), "offset": self._length()}
        url = dict(attributes).get("href")
        self._open.append({**entity, "url": url} if url else entity)

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            entity = self._open.pop()
            self.entities.append({**entity, "length": self._length() - entity["offset"]})

    def handle_data(self, data: str) -> None:
        self.text += data

    def _length(self) -> int:
        return len(self.text.encode("utf-16-le")) // 2


def echo(html: str) -> bytes:
    """What stands behind the number and the chat in the answer to a message: a piece of a JSON object."""
    plain = _Plain()
    plain.feed(html)
    plain.close()
    told = {"from": _BOT, "date": 1_780_000_000, "text": plain.text, "entities": plain.entities}
    return json.dumps(told, ensure_ascii=False).encode()[1:-1]
