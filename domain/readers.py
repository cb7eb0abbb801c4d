"""The people who read us: subscribers, their hours and how a subscription stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, TypedDict

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


#: The weekday (Monday is 0) of the digest: the issue that tells of the whole week.
DIGEST_WEEKDAY = 6


class Cadence(StrEnum):
    """How often a reader wants the paper."""

    DAILY = "daily"
    WEEKLY = "weekly"  # Sunday's digest alone, whatever his weekdays


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A chat that reads us. ``hour`` (0-23) is local to ``zone`` (IANA name); ``joined_at`` aware UTC.

    ``order``: his sections in his own order. ``topics``: names of the bundled taxonomy. ``keywords``: his own words,
    as he wrote them. ``paused_until``: while paused, the day with whose paper he comes back; None: at his word.
    The rules for all of them are in ``domain.preferences``. ``thread``: the topic of a group that the paper comes into,
    by Telegram's number; None: General, or a chat without topics. ``thread_lost_at`` (aware UTC): the topic that was
    chosen is closed or deleted, and the paper comes into General since. ``seen_on``: the last day (UTC) on which he
    pressed or wrote, or from which that is kept; None: not since he joined.
    """

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
    order: tuple[str, ...] = ()  # empty: the paper's
    topics: frozenset[str] = frozenset()
    keywords: tuple[str, ...] = ()
    cadence: Cadence = Cadence.DAILY
    paused_until: date | None = None
    thread: int | None = None
    thread_lost_at: datetime | None = None
    seen_on: date | None = None


class Changes(TypedDict, total=False):
    """What a reader may change of his settings, by their names in ``Subscriber``; what is left out stays."""

    zone: str
    hour: int
    weekdays: frozenset[int]
    sections: frozenset[str]
    order: tuple[str, ...]
    topics: frozenset[str]
    keywords: tuple[str, ...]
    style: Style
    language: str
    silent: bool
    cadence: Cadence
