"""The people who read us: subscribers, their hours and how a subscription stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.editions import Style

ChatId = NewType("ChatId", int)


class ChatKind(StrEnum):
    """What sort of chat reads us."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


class SubscriberState(StrEnum):
    """How a subscription stands; only an active one is sent to."""

    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"  # said /unsubscribe
    BLOCKED = "blocked"  # blocked or kicked the bot; comes back by unblocking
    GONE = "gone"  # deleted account, deleted group: for good


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A chat that reads us. ``hour`` (0-23) is local to ``zone`` (IANA name); ``joined_at`` aware UTC."""

    chat_id: ChatId
    joined_at: datetime
    kind: ChatKind = ChatKind.PRIVATE
    state: SubscriberState = SubscriberState.ACTIVE
    zone: str = "UTC"
    hour: int = 7
    weekdays: frozenset[int] = frozenset(range(7))  # Monday is 0
    sections: frozenset[str] = frozenset()  # empty: all of them
    style: Style = Style.CLASSIC
    language: str = "en"
    silent: bool = False
    came_from: str = ""
