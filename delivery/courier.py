"""The courier: takes leased rows to Telegram, in the form that the server knows, and keeps how each of them ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from math import inf

import structlog

from delivery.letterbox import Letterbox
from delivery.pace import Pace
from delivery.pacing import Permit
from delivery.ports import Editions, Wire
from delivery.recorder import FlightRecorder
from delivery.rows import Ending, Row
from delivery.telling import Telling
from delivery.trials import Leave, Trials
from domain.deliveries import (
    BroadcastId,
    ContentRejected,
    Delayed,
    DeliveryId,
    Moved,
    Outcome,
    Refused,
    ThreadLost,
    Unknown,
    Unsupported,
    WireClosed,
)
from domain.editions import Style
from domain.ledger import Form, Lease
from domain.readers import ChatKind

log = structlog.get_logger()

#: The longest wait between two attempts that we choose ourselves, seconds.
_LONGEST_WAIT = 300.0
#: A chat that is not ready sooner, seconds, gives its row back instead of keeping a place in line.
_KEEPS_ITS_PLACE = 2.0
#: Before a row is tried again for which something of ours broke, seconds.
_AFTER_A_BREAK = 5.0


class Courier:
    """Sends rows: each at its turn, never late, its form on trial until Telegram has taken it once.

    ``held``: the rows that it has, from their lease until the ledger knows their end. ``attempts``: after so many a row
    is given up, refused for a passing reason. ``wants_rows``, ``wants_slots``,
    ``has_news``: called when no row waits, when a reply finds no slot, and when a row has ended.
    """

    def __init__(
        self,
        wire: Wire,
        pace: Pace,
        editions: Editions,
        telling: Telling,
        *,
        recorder: FlightRecorder,
        attempts: int,
        wants_rows: Callable[[], None],
        wants_slots: Callable[[], None],
        has_news: Callable[[], None],
    ) -> None:
        self.endings: list[Ending] = []
        self.flights: dict[Row, asyncio.Task[None]] = {}
        self.held: set[DeliveryId] = set()
        self._wants_rows = wants_rows
        self._wants_slots = wants_slots
        self._has_news = has_news
        self._wire = wire
        self._pace = pace
        self._letters = Letterbox(wire, editions)
        self._telling = telling
        self._recorder = recorder
        self._attempts = attempts
        self._trials = Trials()
        self._behind_trials: dict[Form, list[Row]] = {}
        self._rich_missing = False
        self._closed = False
        pace.carried_by(self)

    @property
    def waiting(self) -> bool:
        """Whether rows wait that have not begun."""
        return bool(self._pace.rows_waiting or self._behind_trials)

    @property
    def busy(self) -> bool:
        """Whether anything has not come to an end that is written down."""
        return bool(self.flights or self.endings or self.waiting)

    def open(self) -> None:
        """Rows may begin."""
        self._closed = False

    async def close(self) -> None:
        """Let no row begin any more, hand back those that wait, and let the others finish."""
        self._closed = True
        self.hand_back("the worker was told to stop")
        while self.flights:
            await asyncio.wait(set(self.flights.values()))

    def forget(self, broadcast: BroadcastId) -> None:
        """It is over, or it goes on after a stop: then someone has mended it, and its words may be others."""
        self._trials.forget(broadcast)
        self._letters.forget(broadcast)

    def take(self, rows: Iterable[Row]) -> None:
        """Let leased rows wait for their turns."""
        keep: list[Row] = []
        for row in rows:
            self.held.add(row.lease.delivery)
            wait = self._pace.chat_wait(row.chat_id)
            if _KEEPS_ITS_PLACE < wait < inf:
                self._end(row, Delayed("the chat's own limit", wait))
            else:
                keep.append(row)
        self._pace.carry(keep)

    def hand_back(self, reason: str, unwanted: Callable[[Row], bool] = lambda _: True) -> None:
        """Give rows back that have not begun."""
        rows = self._pace.withdraw(unwanted)
        for form, behind in list(self._behind_trials.items()):
            rows += [row for row in behind if unwanted(row)]
            self._behind_trials[form] = [row for row in behind if not unwanted(row)]
            if not self._behind_trials[form]:
                del self._behind_trials[form]
        for row in rows:
            self._end(row, Delayed(f"handed back: {reason}", 0.0))

    def admits(self, row: Row, now: float) -> bool:
        """Whether a row may begin; if not, it is handed back, or waits for the trial of its form."""
        if self._closed or now > row.latest:
            why = "the worker was told to stop" if self._closed else "too late for its lease"
            self._end(row, Delayed(f"handed back: {why}", 0.0))
            return False
        if self._rich_missing and row.form.style is Style.RICH:
            row.form = replace(row.form, style=Style.CLASSIC)
        leave = self._trials.leave(row.form)
        if leave is Leave.WAIT:
            self._behind_trials.setdefault(row.form, []).append(row)
        elif leave is Leave.NEVER:
            self._end(row, Delayed("handed back: its broadcast was stopped", 0.0))
        return leave is Leave.GO

    def written(self, endings: int) -> None:
        """The ledger knows of the first so many endings."""
        self.held.difference_update(ending.lease.delivery for ending in self.endings[:endings])
        del self.endings[:endings]
        begun = (row.lease for row in self.flights if row.begun)
        self._recorder.written(begun, ((each.lease, each.outcome) for each in self.endings if each.begun))

    def hungry(self) -> None:
        """No row waits."""
        self._wants_rows()

    def starved(self) -> None:
        """A reply finds no slot because our share of the rate is small."""
        self._wants_slots()

    def launch(self, row: Row, permit: Permit) -> None:
        """Send a row that was admitted."""
        self._trials.begin(row.form)
        self.flights[row] = asyncio.get_running_loop().create_task(self._fly(row, permit))

    async def _fly(self, row: Row, permit: Permit) -> None:
        try:
            outcome = await self._sent(row)
        except asyncio.CancelledError:
            outcome = self._broken_off(row, "it was interrupted", 0.0)
        except Exception as error:  # the top of a job: whatever broke, the row must come to a true end
            log.exception("delivery.broke", delivery=row.lease.delivery)
            outcome = self._broken_off(row, type(error).__name__, _AFTER_A_BREAK)
        del self.flights[row]
        self._landed(row, permit, outcome)

    async def _sent(self, row: Row) -> Outcome:
        letter = self._letters.ready(row.form) or await self._letters.letter(row.form)
        if letter is None:
            return ContentRejected(f"there is no {row.form.style} edition to send")
        if self._pace.now() > row.latest:  # the machine slept: another worker may have this row by now
            return Delayed("handed back: too late for its lease", 0.0)
        lease = row.lease
        row.begun = True
        self._recorder.begun(lease)
        if lease.edits is None:
            return await self._wire.send(lease.chat_id, letter.into(lease.thread), lease.silent)
        return await self._wire.edit(lease.chat_id, lease.edits, letter)

    @staticmethod
    def _broken_off(row: Row, reason: str, seconds: float) -> Outcome:
        if row.begun:
            return Unknown(f"broken off: {reason}")
        return Delayed(f"handed back: {reason}", seconds)

    def _landed(self, row: Row, permit: Permit, outcome: Outcome) -> None:
        form = row.form
        outcome = self._trials.learn(form, outcome)
        if isinstance(outcome, WireClosed):
            self.hand_back("the token was refused")
        if row.begun:
            was_flood = isinstance(outcome, Delayed) and outcome.everyone
            outcome = self._pace.ended(permit, _backed_off(row.lease, outcome))
            if was_flood and isinstance(outcome, Delayed):
                self._telling.flooded(outcome)
        else:
            self._pace.given_back(permit)
        if isinstance(outcome, Unsupported) and form.style is Style.RICH:
            self._once_more_classic(row)
        else:
            self._end(row, outcome)
        if behind := self._behind_trials.pop(form, None):
            self._pace.carry(behind)

    def _once_more_classic(self, row: Row) -> None:
        if not self._rich_missing:
            self._rich_missing = True
            self._telling.rich_missing()
        row.begun = False  # the server does not know what was asked of it: nothing has happened
        self._recorder.ended(row.lease, Delayed("the server has no rich messages", 0.0))
        self._pace.carry([row])

    def _end(self, row: Row, outcome: Outcome) -> None:
        lease = row.lease
        outcome = self._given_up(lease, outcome) if row.begun else outcome
        if lease.kind is ChatKind.CHANNEL:
            self._telling.channel(lease, outcome)
        if row.begun:
            self._recorder.ended(lease, outcome)
        self.endings.append(Ending(lease, outcome, self._pace.now(), row.begun))
        self._has_news()

    def _given_up(self, lease: Lease, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Delayed | Moved | ThreadLost) and lease.attempt >= self._attempts:
            last = f"moved to {outcome.to}" if isinstance(outcome, Moved) else outcome.reason
            return Refused(f"given up after {lease.attempt} attempts: {last}")
        return outcome


def _backed_off(lease: Lease, outcome: Outcome) -> Outcome:
    """A failure that is nobody's fault is waited out twice as long each time; a 429 says itself how long."""
    if isinstance(outcome, Delayed) and not outcome.everyone:
        doubled = outcome.seconds * 2 ** min(lease.attempt - 1, 10)
        return replace(outcome, seconds=min(doubled, _LONGEST_WAIT))
    return outcome
