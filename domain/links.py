"""Links and whether they live: what was answered when an address was asked, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Life(StrEnum):
    """What one asking says of a link."""

    ALIVE = "alive"  # the page is there
    GONE = "gone"  # its site says that it is not: 404 or 410
    UNKNOWN = "unknown"  # nobody answered in time, or with something that tells neither


@dataclass(frozen=True, slots=True)
class Asking:
    """One link asked at a time (aware UTC); ``said``: its answer in one plain line, as ``404``, or why none came."""

    url: str
    at: datetime
    life: Life
    said: str
