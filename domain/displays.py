"""Messages that show an admin how a draft or a broadcast stands, and go on to show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.readers import ChatId


class DisplayKind(StrEnum):
    """What is shown."""

    DRAFT = "draft"
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True)
class Display:
    """The newest message of a chat that shows a subject: the day of an issue, or the number of a broadcast.

    ``seen``: the fingerprint of the pages that the chat was shown, empty for a broadcast. ``shown``: how the subject
    stood when the message was written. ``at`` (aware UTC): when it was written first.
    """

    chat_id: ChatId
    kind: DisplayKind
    subject: str
    message_id: int
    seen: str
    shown: str
    at: datetime
