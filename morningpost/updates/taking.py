"""Updates from Telegram, however they come: kept before they are confirmed, handled by lanes, each answered once."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any, Protocol

import structlog
from telegram import Bot, Update

from domain.errors import StorageError
from domain.updates import Incoming
from morningpost.services.replies import before_reply
from morningpost.updates.dismissed import Dismissals
from morningpost.updates.lanes import Lanes, Visit
from morningpost.updates.register import REMEMBERED, Register, TakenOver

log = structlog.get_logger()

#: So many updates may wait in this process; more are left with Telegram, which repeats them.
MOST_WAITING = 5_000
#: What waits when the paper stops gets so long, seconds; the rest is left to whoever comes next.
_PATIENCE = 10.0
#: Where Telegram tells of a place.
_PLACES = frozenset({"location", "venue"})
#: Old numbers are forgotten once in so many looks, about every hour.
_PRUNED_EVERY = 720


class Full(Exception):
    """So much waits already that Telegram had better keep what it has."""


class Answering(Protocol):
    """Who answers updates."""

    async def answer(self, update: Update) -> None:
        """Answer an update."""
        ...

    async def hurried(self, update: Update) -> None:
        """Say once that several updates of a person get no answer of their own."""
        ...


class Intake:
    """Takes updates, and sees that each is answered exactly once, or that its uncertainty is logged.

    What a reader writes is noted as begun when its first answer is about to leave: killed before, its handler runs
    again elsewhere. A press is noted before it is handled, for it may do what is not to be done twice; its presser sees
    that nothing has happened, and presses again. Killed between that note and the end, an update is uncertain.
    """

    def __init__(self, register: Register, answering: Answering, bot: Bot) -> None:
        self._register = register
        self._answering = answering
        self._bot = bot
        self._lanes = Lanes(self._handle, self._dismiss)
        self._dismissals = Dismissals(bot.answer_callback_query)

    async def take(self, told: Sequence[Mapping[str, Any]]) -> None:
        """Keep updates, in Telegram's JSON, and let them be handled; each only the first time that it comes.

        When this returns, they may be confirmed. Raises Full, StorageError: they may not.
        """
        if self._lanes.length + len(told) > MOST_WAITING:
            raise Full
        bodies = {int(each["update_id"]): each for each in told}
        texts = {number: json.dumps(without_places(each), ensure_ascii=False) for number, each in bodies.items()}
        incoming = [Incoming(number, text) for number, text in texts.items()]
        new = await self._register.take(incoming)
        for number in sorted(new):
            self._admit(number, bodies[number])

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Handle what comes, and what others left behind; at the end, what still waits."""
        writing = asyncio.create_task(self._register.run())
        watching = asyncio.create_task(self._watch())
        try:
            async with self._dismissals.at_work():
                yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            await self._lanes.emptied(_PATIENCE)
            self._register.close()
            await writing
            await self._leave()

    def _admit(self, number: int, body: Mapping[str, Any]) -> None:
        try:
            update = Update.de_json(dict(body), self._bot)
        except Exception as error:  # noqa: BLE001  # whatever the library does not understand, nobody can answer
            log.warning("update.not_understood", update=number, error=type(error).__name__)
            self._register.end(number)
            return
        self._lanes.add(update)

    def _dismiss(self, update: Update) -> None:
        """End an update that gets no answer of its own."""
        self._register.end(update.update_id)
        self._dismissals.add(update)

    async def _handle(self, visit: Visit) -> None:
        """Answer one update; nothing that goes wrong there stops the next."""
        update = visit.update
        begin = _Once(self._register, update.update_id)
        before_reply.set(begin)
        try:
            if update.callback_query is not None:
                await begin()
            await (self._answering.hurried(update) if visit.given_up else self._answering.answer(update))
        except TakenOver:
            log.info("update.taken_over", update=update.update_id)
            return
        except Exception as error:
            log.exception("update.not_answered", update=update.update_id, error=type(error).__name__)
        self._register.end(update.update_id)

    async def _watch(self) -> None:
        """Keep what is ours, and take over what nobody keeps."""
        for round_number in count():
            try:
                await asyncio.to_thread(self._renew)
                await self._inherit()
                if round_number % _PRUNED_EVERY == 0:
                    await asyncio.to_thread(self._register.store.prune, self._register.clock() - REMEMBERED)
            except StorageError as error:
                log.warning("updates.not_watched", reason=str(error))
            await asyncio.sleep(self._register.lease.total_seconds() / 3)

    def _renew(self) -> None:
        if self._lanes.busy:
            self._register.store.renew(self._register.worker, self._register.clock() + self._register.lease)

    async def _inherit(self) -> None:
        register, more = self._register, True
        while more and self._lanes.length < MOST_WAITING:
            dead = [name for name in await asyncio.to_thread(register.store.holders) if self._is_dead(name)]
            now = register.clock()
            left = await asyncio.to_thread(register.store.inherit, register.worker, dead, now, now + register.lease)
            for number in left.uncertain:
                log.warning("update.uncertain", update=number, reason="its process ended while it was being answered")
            for update in left.waiting:
                self._admit_again(update)
            more = len(left.waiting) > 0

    def _admit_again(self, update: Incoming) -> None:
        if update.body:
            self._admit(update.number, json.loads(update.body))
            return
        log.warning(
            "update.uncertain", update=update.number, reason="its chat was forgotten while it was being answered"
        )
        self._register.end(update.number)

    def _is_dead(self, worker: str) -> bool:
        """Whether a process of this machine is gone; of another machine only the end of its lease tells."""
        host, _, pid = worker.rpartition("-")[0].rpartition("-")
        if worker == self._register.worker or host != socket.gethostname() or not pid.isdigit():
            return False
        return int(pid) == os.getpid() or not _lives(int(pid))

    async def _leave(self) -> None:
        with suppress(StorageError):
            await asyncio.to_thread(self._register.store.release, self._register.worker, self._register.clock())


def without_places(told: Any) -> Any:
    """What Telegram told, but for where anybody is, which is never written down: after a kill it is asked for again."""
    if isinstance(told, Mapping):
        return {name: without_places(value) for name, value in told.items() if name not in _PLACES}
    return [without_places(value) for value in told] if isinstance(told, list) else told


class _Once:
    """The note that an answer is about to leave: made before the first, and waited for by all."""

    def __init__(self, register: Register, number: int) -> None:
        self._register = register
        self._number = number
        self._noted: asyncio.Task[None] | None = None

    async def __call__(self) -> None:
        if self._noted is None:
            self._noted = asyncio.create_task(self._note())
        await asyncio.shield(self._noted)

    async def _note(self) -> None:
        try:
            await self._register.begin(self._number)
        except StorageError as error:  # an answer that may come twice, should we be killed now, is better than none
            log.warning("update.begun_unnoted", update=self._number, reason=str(error))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
