"""Pictures that come in: what they are and how large, read from their first bytes."""

from __future__ import annotations

import hashlib
import struct
from typing import Final, NamedTuple

from sandbox.telegram.errors import Refusal, bad_request
from sandbox.telegram.messages import Photo

#: Bytes that an uploaded photo may have.
PHOTO_BYTES: Final = 10 * 1024 * 1024


class Picture(NamedTuple):
    """A media type, and a size in pixels."""

    media_type: str
    width: int
    height: int


def photo_from(content: bytes) -> Photo:
    """A stored photo. Refused in Telegram's words where it is empty, too large, or no picture."""
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > PHOTO_BYTES:
        raise Refusal(413, "Request Entity Too Large")
    picture = recognize(content)
    if picture is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    longer, shorter = max(picture.width, picture.height), min(picture.width, picture.height)
    if shorter == 0 or longer + shorter > 10000 or longer > 20 * shorter:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    digest = hashlib.sha256(content).hexdigest()
    return Photo(
        f"AgACAgIAA{digest[:48]}", f"AQAD{digest[:12]}", picture.width, picture.height, content, picture.media_type
    )


def recognize(content: bytes) -> Picture | None:
    """What the first bytes say: PNG, GIF, WebP or JPEG; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        return Picture("image/png", *struct.unpack(">II", content[16:24]))
    if content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 10:
        return Picture("image/gif", *struct.unpack("<HH", content[6:10]))
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content)
    return _jpeg(content) if content.startswith(b"\xff\xd8") else None


def _webp(content: bytes) -> Picture | None:
    if content[12:16] == b"VP8X" and len(content) >= 30:
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
        return Picture("image/webp", width, height)
    if content[12:16] == b"VP8 " and len(content) >= 30:
        width, height = struct.unpack("<HH", content[26:30])
        return Picture("image/webp", width & 0x3FFF, height & 0x3FFF)
    if content[12:16] == b"VP8L" and len(content) >= 25:
        bits = int.from_bytes(content[21:25], "little")
        return Picture("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    return None


def _jpeg(content: bytes) -> Picture | None:
    """The size stands in the first frame header, behind any number of other segments."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Picture("image/jpeg", width, height)
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None
