"""What a receiver counted, and what follows from the moments at which it took messages. Pure."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


def most_in(moments: Sequence[float], span: float = 1.0) -> int:
    """The largest number of moments, in order, that lie in one span of so many seconds, its end left out."""
    most = first = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


def rate(moments: Sequence[float]) -> float:
    """Messages a second between the first and the last of moments in order; 0 where there are not two."""
    if len(moments) < 2 or moments[-1] <= moments[0]:
        return 0.0
    return (len(moments) - 1) / (moments[-1] - moments[0])


@dataclass(slots=True)
class Counts:
    """Requests by how they ended. ``copies`` counts accepted messages by chat and the first words of the message."""

    floods: int = 0  # 429 to everyone
    chat_floods: int = 0  # 429 for one chat's own limit
    ignored: int = 0  # sent though everyone had been told to wait
    server_errors: int = 0
    resets: int = 0  # cut before the message was processed
    replies_lost: int = 0  # the message was taken, and its sender never heard so
    blocked: int = 0
    moved: int = 0
    edits: int = 0
    moments: array[float] = field(default_factory=lambda: array("d"))
    copies: Counter[tuple[int, str]] = field(default_factory=Counter)

    def accept(self, chat_id: int, words: str, now: float) -> int:
        """Take a message; its number."""
        self.moments.append(now)
        self.copies[chat_id, words] += 1
        return len(self.moments)

    def told(self) -> dict[str, Any]:
        """All figures as JSON can say them; moments are seconds of the machine's monotonic clock."""
        names = (
            "floods", "chat_floods", "ignored", "server_errors", "resets", "replies_lost", "blocked", "moved", "edits",
        )  # fmt: skip
        return {
            **{name: getattr(self, name) for name in names},
            "accepted": len(self.moments),
            "messages": len(self.copies),
            "doubled": len(self.moments) - len(self.copies),
            "rate": rate(self.moments),
            "most_in_one_second": most_in(self.moments),
            "first_at": self.moments[0] if self.moments else None,
            "last_at": self.moments[-1] if self.moments else None,
        }
