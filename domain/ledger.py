"""The ledger of deliveries as its keeper and its reader see it: rows leased to a worker, and how each was settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from domain.combinations import PLAIN, FormKey
from domain.deliveries import BroadcastId, DeliveryId, Outcome
from domain.editions import Style
from domain.readers import ChatId, ChatKind

#: Who holds a lease: unique to one running process.
WorkerId = NewType("WorkerId", str)


class OnUncertain(StrEnum):
    """What becomes of a message to a private reader whose answer was lost. A channel's or group's is always left."""

    RESEND = "resend"  # once more, silently, when nothing else of the broadcast is due
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Form:
    """What is sent, whoever gets it: one part of one broadcast in one style. ``part`` counts from 1.

    ``to_channel``: as a channel gets it, where everybody shares the buttons. ``revision``: how often the issue was
    corrected, so that words which were corrected are never taken for the words that stand. ``own``: the combination of
    a reader's own issue, and of the language of its buttons; the paper as it is, with English ones, has none.
    """

    broadcast: BroadcastId
    issue_date: date | None
    style: Style
    part: int = 1
    to_channel: bool = False
    revision: int = 0
    own: FormKey = PLAIN


@dataclass(frozen=True, slots=True)
class Lease:
    """A row that stands as *sending* in one worker's name; it is sent from ``at`` on, and settled before ``until``.

    ``attempt`` counts from 1 and fences: a settlement of an older attempt changes nothing. ``edits``: the message in
    the chat that it replaces; None when it is a message of its own. ``thread``: the topic of a group that it goes into.
    Times are aware UTC.
    """

    delivery: DeliveryId
    attempt: int
    form: Form
    chat_id: ChatId
    kind: ChatKind
    silent: bool
    at: datetime
    until: datetime
    edits: int | None = None
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """What a process says of its share of the token's rate, at each tick.

    ``in_use``: slots that are under way, or still rest after their answer, or that it may begin before this tick is
    answered; they are not given to others. ``wanted``: slots it could use now, for rows and replies; rows that are due
    count by the ``room`` of the ask. ``leaving``: every answer has come, and it will send nothing more.
    """

    in_use: int = 0
    wanted: int = 0
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class Budget:
    """The share of the token's rate that a process holds: ``slots`` messages in any second, begun before ``until``.

    All shares together never exceed the rate. ``paused_until``: nobody sends before that moment. Times are aware UTC.
    """

    slots: int
    until: datetime
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """How the attempt of a lease ended, and when (aware UTC).

    ``begun`` is False when the row is handed back untouched: then it was no attempt, and used no rate.
    """

    delivery: DeliveryId
    attempt: int
    outcome: Outcome
    at: datetime
    begun: bool = True


@dataclass(frozen=True, slots=True)
class Ask:
    """What a worker brings to the ledger at ``now`` (aware UTC), and what it asks for.

    ``settlements``: how its sends ended. ``room``: so many rows at most, that may be sent before ``now + horizon``.
    ``hold``: its share of the rate. ``known``: after an answer of the ledger was lost, the leases that the worker knows
    of; what else stands in its name never came to it, and is queued again. None when every answer came.
    """

    worker: WorkerId
    now: datetime
    settlements: Sequence[Settlement] = ()
    room: int = 0
    horizon: timedelta = timedelta(0)
    hold: Hold = Hold()
    known: frozenset[DeliveryId] | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """What one transaction of the ledger gave a worker.

    ``next_at``: when there may be something to do again, None while nothing is open. ``pending``: something that is due
    or begun is not yet settled, whoever holds it; hours that are still to come do not count.
    ``finished`` and ``stopped`` name the broadcasts that came to that in this very transaction. ``budget``: the share
    of the rate that the worker holds from now on.
    """

    leases: tuple[Lease, ...] = ()
    next_at: datetime | None = None
    pending: bool = False
    finished: tuple[BroadcastId, ...] = ()
    stopped: tuple[BroadcastId, ...] = ()
    budget: Budget | None = None
