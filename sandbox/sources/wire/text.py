"""What the sites have in common: how they write times, numbers, JSON and ids that nobody reads."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any, Final

#: What XML 1.0 does not allow at all, not even escaped.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: Eastern daylight time, in which arXiv and American publishers write.
EASTERN: Final = timezone(timedelta(hours=-4))


def milliseconds(moment: datetime) -> str:
    """``2026-04-22T06:04:45.000Z``, as the Hub writes."""
    at = moment.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def seconds(moment: datetime) -> str:
    """``2026-04-22T06:04:45Z``, as GitHub, arXiv and Algolia write."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def rfc822(moment: datetime, zone: str = "GMT") -> str:
    """``Mon, 27 Apr 2026 04:00:00 GMT``; ``zone`` is GMT, +0000 or -0400."""
    if zone == "GMT":
        return format_datetime(moment.astimezone(UTC), usegmt=True)
    return format_datetime(moment.astimezone(EASTERN if zone == "-0400" else UTC))


def compact_json(value: Any) -> bytes:
    """JSON as the sites send it: one line, no blanks, real characters."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def hexadecimal(text: str, digits: int) -> str:
    """An id of so many hex digits, always the same for the same text: the sites' own ids are not known here."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def number(text: str) -> int:
    """An id below two thousand million, always the same for the same text."""
    return int(hexadecimal(text, 8), 16) % 2_000_000_000


def for_xml(text: str) -> str:
    """The text without the characters that no XML document may hold."""
    return _NOT_XML.sub("", text)


def grouped(value: int) -> str:
    """``344,245``."""
    return f"{value:,}"
