"""Displays kept up to date: what an admin was shown of a draft or a broadcast is edited when it stands otherwise.

Any number of processes look; whoever finds a message that is out of date takes it, so that one edits it. Killed in the
middle, another takes it when the lease has run out.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Final, Protocol

import structlog

from bot.ports.editing import Deed, EditingRoom
from bot.texts import drafts, turns
from domain.deliveries import BroadcastId, BroadcastState, Delayed, Outcome, Receipt, Sent, Unknown
from domain.displays import Display, DisplayKind
from domain.editions import SHORT, Message
from domain.errors import NotFound, StorageError
from domain.proofs import Proof
from domain.readers import ChatId

log = structlog.get_logger()

#: So often it is looked, seconds, and at once when this very process did something.
EVERY: Final = 3.0

#: Whoever takes a message has so long to edit it.
LEASE: Final = timedelta(seconds=20)

#: An act that was begun shows its end itself within this time.
BUSY: Final = timedelta(minutes=3)

#: Who is asked in a message whether he is sure has so long to say so.
ASKED: Final = timedelta(minutes=1)

#: So long a message is kept up to date, and a notice waits to be sent.
KEPT: Final = timedelta(days=2)

#: Between two looks for what is too old, in looks.
_PRUNED_EVERY: Final = 100

_ENDED: Final = (BroadcastState.DONE, BroadcastState.CANCELLED)

#: Whose acts the other admins are told of in a line of their own.
_TOLD: Final = frozenset({"publish", "hold", "broadcast.pause"})


class Store(Protocol):
    """Where displays are kept. Synchronous; every method raises StorageError."""

    def show(self, display: Display, busy_until: datetime | None = None) -> None:
        """Keep a message as the one that shows its subject in its chat."""
        ...

    def of(self, chat_id: ChatId, kind: DisplayKind, subject: str) -> Display | None:
        """The message that shows a subject in a chat."""
        ...

    def free(self, now: datetime) -> Sequence[Display]:
        """Those that nobody is at now."""
        ...

    def take(self, display: Display, now: datetime, until: datetime) -> bool:
        """Take one to edit it; False when another did."""
        ...

    def shown(self, display: Display, now_shown: str) -> None:
        """Note how one that was taken shows its subject now."""
        ...

    def leave(self, chat_id: ChatId, message_id: int, until: datetime) -> None:
        """Let a message stay as it is until a moment."""
        ...

    def drop(self, display: Display) -> None:
        """Forget one that needs no more care."""
        ...


class Screens(Protocol):
    """Edits and sends messages."""

    async def edit(self, chat_id: ChatId, message_id: int, message: Message) -> Outcome:
        """Replace a message in place."""
        ...

    async def send(self, chat_id: ChatId, message: Message, *, silent: bool = False) -> Outcome:
        """Send a message."""
        ...


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How a subject stands, in the short form that displays are compared by, and how that looks in a chat.

    ``line``: what its admin is told beside, None: nothing. ``ended``: it will never stand otherwise.
    """

    shown: str
    message: Callable[[Display], Message]
    line: Callable[[Display], Message | None]
    ended: bool = False


class DisplayDesk:
    """Implements the bot's Displays. ``prune`` forgets what was kept before a moment, here and elsewhere."""

    def __init__(  # noqa: PLR0917 - where it is kept, what it shows, where it appears, and when
        self,
        store: Store,
        room: EditingRoom,
        receipt: Callable[[BroadcastId], Receipt],
        screens: Screens,
        clock: Callable[[], datetime],
        prune: Callable[[datetime], None],
    ) -> None:
        self._store = store
        self._room = room
        self._receipt = receipt
        self._screens = screens
        self._clock = clock
        self._prune = prune
        self._changed = asyncio.Event()

    async def draft(self, chat_id: ChatId, message_id: int, proof: Proof, *, busy: bool = False) -> None:
        """A message shows these pages as they stand now; ``busy``: an act is under way, and will say so itself."""
        day = proof.record.issue.date

        def show() -> None:
            stands, now = "" if busy else _short(*self._deed(day)), self._clock()
            seen = proof.fingerprint[:SHORT]
            display = Display(chat_id, DisplayKind.DRAFT, str(day), message_id, seen, stands, now)
            self._store.show(display, now + BUSY if busy else None)

        await self._kept(show)

    async def has_seen(self, chat_id: ChatId, proof: Proof) -> bool:
        """Whether a chat was shown these very pages already."""
        day = str(proof.record.issue.date)
        display = await asyncio.to_thread(self._store.of, chat_id, DisplayKind.DRAFT, day)
        return display is not None and display.seen == proof.fingerprint[:SHORT]

    async def broadcast(self, chat_id: ChatId, message_id: int, receipt: Receipt) -> None:
        """A message shows how a broadcast stands."""
        if receipt.broadcast.state in _ENDED:
            return
        subject, stands = str(receipt.broadcast.id), _digest(turns.receipt(receipt))
        display = Display(chat_id, DisplayKind.BROADCAST, subject, message_id, "", stands, self._clock())
        await self._kept(lambda: self._store.show(display))

    async def asking(self, chat_id: ChatId, message_id: int) -> None:
        """A message asks something now: it is left alone for a minute."""
        await self._kept(lambda: self._store.leave(chat_id, message_id, self._clock() + ASKED))

    def changed(self) -> None:
        """Something was done: look at once."""
        self._changed.set()

    async def run(self) -> None:
        """Keep all displays up to date until cancelled."""
        for look in count():
            self._changed.clear()
            try:
                await self._look()
                if look % _PRUNED_EVERY == 0:
                    await asyncio.to_thread(self._prune, self._clock())
            except StorageError as error:
                log.warning("displays.not_kept", reason=str(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):  # unlike wait_for it never swallows that we are cancelled
                    await self._changed.wait()

    async def _kept(self, show: Callable[[], None]) -> None:
        """An answer was given, and goes stale at worst: whoever presses then is told how it stands."""
        try:
            await asyncio.to_thread(show)
        except StorageError as error:
            log.warning("display.not_kept", reason=str(error))
        self.changed()

    async def _look(self) -> None:
        displays = await asyncio.to_thread(self._store.free, self._clock())
        for kind, subject in dict.fromkeys((each.kind, each.subject) for each in displays):
            of_it = [each for each in displays if (each.kind, each.subject) == (kind, subject)]
            try:
                await self._look_at(kind, subject, of_it)
            except NotFound:  # there is nothing to show any more
                await asyncio.gather(*(asyncio.to_thread(self._store.drop, each) for each in of_it))

    async def _look_at(self, kind: DisplayKind, subject: str, displays: Sequence[Display]) -> None:
        stands = await asyncio.to_thread(self._stands, kind, subject)
        stale = [each for each in displays if each.shown != stands]
        if stale:
            drawing = await asyncio.to_thread(self._draw, kind, subject)
            await asyncio.gather(*(self._renew(each, drawing) for each in stale))

    async def _renew(self, display: Display, drawing: _Drawing) -> None:
        now = self._clock()
        if not await asyncio.to_thread(self._store.take, display, now, now + LEASE):
            return
        outcome = await self._screens.edit(display.chat_id, display.message_id, drawing.message(display))
        if isinstance(outcome, Delayed | Unknown):
            return  # tried again when the lease has run out
        if not isinstance(outcome, Sent):
            log.info("display.gone", reason=getattr(outcome, "reason", ""))
            await asyncio.to_thread(self._store.drop, display)
            return
        line = drawing.line(display)
        if line is not None:
            await self._screens.send(display.chat_id, line, silent=True)
        if drawing.ended:
            await asyncio.to_thread(self._store.drop, display)
        else:
            await asyncio.to_thread(self._store.shown, display, drawing.shown)

    def _stands(self, kind: DisplayKind, subject: str) -> str:
        """The short form of how a subject stands; of a draft it takes no page."""
        if kind is DisplayKind.DRAFT:
            return _short(*self._deed(date.fromisoformat(subject)))
        return _digest(turns.receipt(self._receipt(BroadcastId(int(subject)))))

    def _draw(self, kind: DisplayKind, subject: str) -> _Drawing:
        if kind is DisplayKind.DRAFT:
            return self._draw_draft(date.fromisoformat(subject))
        receipt = self._receipt(BroadcastId(int(subject)))
        deed = self._room.last_deed(subject)
        return _Drawing(
            _digest(turns.receipt(receipt)),
            lambda display: turns.receipt(receipt, drafts.turn_line(deed, f"admin {display.chat_id}")),
            lambda _: None,
            ended=receipt.broadcast.state in _ENDED,
        )

    def _draw_draft(self, day: date) -> _Drawing:
        deed, state = self._deed(day)
        proof, receipt = self._room.proof(day), self._room.issue_receipt(day)
        return _Drawing(
            _short(deed, state),
            lambda display: drafts.standing(proof, deed, f"admin {display.chat_id}", receipt, display.seen),
            lambda display: _line(display, proof, deed),
        )

    def _deed(self, day: date) -> tuple[Deed | None, BroadcastState | None]:
        """The newest act on an issue, or on its broadcast, and how that stands."""
        return self._room.last_deed_on(day), self._room.issue_state(day)


def _short(deed: Deed | None, state: BroadcastState | None) -> str:
    done = f"{deed.at.isoformat()} {deed.action} {deed.by}" if deed is not None else ""
    return f"{done}|{state.value if state is not None else ''}"


def _digest(message: Message) -> str:
    return hashlib.sha256(f"{message.body}{message.keyboard}".encode()).hexdigest()[:SHORT]


def _line(display: Display, proof: Proof, deed: Deed | None) -> Message | None:
    """A line of its own for what the other admins should not overlook, once."""
    told = display.shown.partition("|")[0] == _short(deed, None).partition("|")[0]
    if deed is None or told or deed.action not in _TOLD or deed.by in {f"admin {display.chat_id}", "timetable"}:
        return None
    return drafts.told(proof, deed)
