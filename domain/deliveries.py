"""One message to one chat: its states, and the ways in which a send can end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from domain.hours import CATCH_UP
from domain.price import FREE_RATE
from domain.readers import ChatId, SubscriberState

BroadcastId = NewType("BroadcastId", int)
DeliveryId = NewType("DeliveryId", int)


class BroadcastKind(StrEnum):
    """Why something is sent to many."""

    ISSUE = "issue"
    NOTICE = "notice"
    CORRECTION = "correction"
    RETRY = "retry"
    POLL = "poll"  # to the channel alone


class BroadcastState(StrEnum):
    """Where an act of sending stands."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"  # a content error or a revoked token stopped it; ``error`` says which
    CANCELLED = "cancelled"
    DONE = "done"


class Turn(StrEnum):
    """What an admin may do with a broadcast."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"  # to those who were refused it for a passing reason


class DeliveryState(StrEnum):
    """Where one message to one chat stands. Queued and sending are open; the others are ends."""

    QUEUED = "queued"
    SENDING = "sending"  # written before the wire is touched
    SENT = "sent"
    REFUSED = "refused"  # final, with a reason
    UNCERTAIN = "uncertain"  # the request left and no answer came
    CANCELLED = "cancelled"
    SKIPPED = "skipped"  # its hour had passed by more than the grace


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One act of sending: one edition (or notice) to an audience."""

    id: BroadcastId
    kind: BroadcastKind
    state: BroadcastState
    created_at: datetime
    issue_date: date | None = None
    by: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it: ``message_id`` is its number in the chat."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Final for this chat. ``subscriber`` is the state that follows for the reader, None when it stays."""

    reason: str
    subscriber: SubscriberState | None = None


@dataclass(frozen=True, slots=True)
class Delayed:
    """Did not happen, and may be tried again after ``seconds``. ``everyone``: the pause is for all chats (429)."""

    reason: str
    seconds: float
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup: the same message goes to ``to``."""

    to: ChatId


@dataclass(frozen=True, slots=True)
class ThreadLost:
    """The topic ``thread`` of a group is closed or deleted: the same message goes into General, and all that follow."""

    thread: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request left and no verdict came back: it may have been delivered."""

    reason: str


@dataclass(frozen=True, slots=True)
class ContentRejected:
    """Telegram will take this content from nobody: the broadcast stops at this row."""

    reason: str


@dataclass(frozen=True, slots=True)
class WireClosed:
    """The token is revoked or wrong: everything stops, and nobody loses a subscription."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The server is older than the method (rich messages): send the classic form instead; nobody is at fault."""

    reason: str


Outcome = Sent | Refused | Delayed | Moved | ThreadLost | Unknown | ContentRejected | WireClosed | Unsupported


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a broadcast, for the admins; ``refused`` counts by reason.

    ``uncertain_chats``: the first of those that may or may not have got it. ``skipped``: their hour had passed by too
    much. ``started_at``, ``finished_at`` (aware UTC): the first attempt and the last ending so far. ``fullest``: the
    most that were sent in one minute of the clock. ``limit``: messages a second that may be sent. ``above_free``: how
    many were above the free rate of their second. ``grace``: how late a paper may be and is still sent.
    """

    broadcast: Broadcast
    sent: int
    blocked: int
    refused: tuple[tuple[str, int], ...]
    uncertain: int
    open: int
    cancelled: int
    started_at: datetime | None
    finished_at: datetime | None
    skipped: int = 0
    uncertain_chats: tuple[ChatId, ...] = ()
    fullest: int = 0
    limit: int = FREE_RATE
    above_free: int = 0
    grace: timedelta = CATCH_UP

    @property
    def duration(self) -> timedelta | None:
        """From the first attempt to the last ending; None before there is one."""
        if self.started_at is None or self.finished_at is None:
            return None
        return max(self.finished_at - self.started_at, timedelta(0))

    @property
    def rate(self) -> float | None:
        """Messages a second while it was busy: in its fullest minute, or over a shorter time. None before two are sent.

        An issue goes out at its readers' hours: over the whole day the figure would say nothing; nor does it over less
        than a second, which is what the limit counts by.
        """
        if self.duration is None or self.sent < 2:
            return None
        seconds = self.duration.total_seconds()
        return max(self.sent / seconds, self.fullest / 60) if seconds >= 1 else None
