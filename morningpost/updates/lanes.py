"""Lanes: the updates of one person in one chat are handled one after the other, and wait for nobody else's."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from telegram import Update

#: So many of one person may wait; of more, the oldest are given up.
MOST_WAITING = 10

#: Whose turn it is: the chat, the person, and whether he presses or writes (a press is not to wait for a message).
Lane = tuple[int, int, bool]


@dataclass(slots=True)
class Visit:
    """One update in its lane. ``given_up``: it stands for itself and others that get one answer together."""

    update: Update
    given_up: bool = False


@dataclass(slots=True)
class _Waiting:
    """Who waits in one lane. ``told``: it holds, or held, the visit that tells the person to be patient."""

    visits: deque[Visit] = field(default_factory=deque)
    told: bool = False


class Lanes:
    """Who floods, waits for himself alone, and of what he asks several times only the newest is answered.

    ``handle`` answers a visit; ``drop`` is told the updates that get no answer of their own, because they were repeated
    before their turn came, or because ten newer ones wait. For messages among those one visit stays, to be answered
    once; the next such answer comes when the lane has been empty.
    """

    def __init__(self, handle: Callable[[Visit], Awaitable[None]], drop: Callable[[Update], None]) -> None:
        self._handle = handle
        self._drop = drop
        self._lanes: dict[Lane, _Waiting] = {}
        self._at_work: set[asyncio.Task[None]] = set()
        self.length = 0

    @property
    def busy(self) -> bool:
        """Whether anything waits or is being handled."""
        return bool(self._lanes)

    def add(self, update: Update) -> None:
        """Let an update wait for its turn."""
        lane = lane_of(update)
        waiting = self._lanes.get(lane)
        if waiting is None:
            waiting = self._lanes[lane] = _Waiting()
            task = asyncio.create_task(self._walk(lane, waiting))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        else:
            self._make_room(waiting, update)
        waiting.visits.append(Visit(update))
        self.length += 1

    async def emptied(self, seconds: float) -> None:
        """Wait until nobody waits, but not longer; who still does then is not handled."""
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=seconds)
        for task in list(self._at_work):
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    def _make_room(self, waiting: _Waiting, update: Update) -> None:
        unlucky = _unlucky(waiting.visits, update)
        if unlucky is None:
            return
        if waiting.told or unlucky.update.callback_query is not None:
            waiting.visits.remove(unlucky)
            self.length -= 1
            self._drop(unlucky.update)
        else:
            waiting.told = unlucky.given_up = True

    async def _walk(self, lane: Lane, waiting: _Waiting) -> None:
        while waiting.visits:
            self.length -= 1
            await self._handle(waiting.visits.popleft())
        del self._lanes[lane]


def _unlucky(visits: Iterable[Visit], update: Update) -> Visit | None:
    """Whose place a new update takes: of one that asks for the same, or of the oldest where too many wait."""
    own = [visit for visit in visits if not visit.given_up]
    asked = asked_for(update)
    repeated = next((visit for visit in own if asked_for(visit.update) == asked), None)
    return repeated or (own[0] if len(own) >= MOST_WAITING else None)


def lane_of(update: Update) -> Lane:
    """Whose turn an update waits for."""
    chat, user = update.effective_chat, update.effective_user
    pressed = update.callback_query is not None
    return chat.id if chat is not None else 0, user.id if user is not None else 0, pressed


def asked_for(update: Update) -> tuple[object, ...]:
    """What an update asks for; two that ask for the same have the same answer."""
    query, message = update.callback_query, update.message
    if query is not None:
        return "press", query.data, query.message.message_id if query.message is not None else query.inline_message_id
    if message is not None and message.text is not None:
        return "message", message.text
    return "update", update.update_id
