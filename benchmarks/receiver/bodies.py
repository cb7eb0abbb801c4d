"""What is read of a request's body, in whichever of the three ways a client wrote it: JSON, form or multipart."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, unquote_plus

_CHAT = re.compile(rb'(?:"chat_id":\s*"?|(?:^|&)chat_id=|name="chat_id"\r\n(?:[^\r]+\r\n)*\r\n)(-?\d+)')
_TEXT = re.compile(rb'(?:"text":\s*"|(?:^|&)text=|name="text"\r\n(?:[^\r]+\r\n)*\r\n)([^\r&"]{1,24})')
_PART = re.compile(rb'name="text"\r\n(?:[^\r]+\r\n)*\r\n(.*?)\r\n--', re.DOTALL)


def chat_of(body: bytes) -> int | None:
    """The chat that a message is for; None when the body names none."""
    found = _CHAT.search(body)
    return int(found[1]) if found else None


def beginning_of(body: bytes) -> bytes:
    """The first bytes of its text as they were written: enough to tell one message from another."""
    found = _TEXT.search(body)
    return found[1] if found else b""


def text_of(body: bytes) -> str:
    """The whole text; slow, and asked only once for each message."""
    if body.startswith(b"{"):
        return str(json.loads(body).get("text", ""))
    part = _PART.search(body)
    if part is not None:
        return part[1].decode()
    return parse_qs(body.decode()).get("text", [""])[0]


def words_of(beginning: bytes) -> str:
    """The beginning of a text in letters, whichever way it was written."""
    return unquote_plus(beginning.decode(errors="replace"))
