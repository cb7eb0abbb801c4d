"""A waiting line to many chats: first come, first served, but nobody waits behind a chat that is not ready."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count
from math import inf
from typing import Generic, Protocol, TypeVar

from domain.readers import ChatId


class Waiting(Protocol):
    """Someone in line: for a chat, and not before a moment."""

    @property
    def chat_id(self) -> ChatId:
        """Whose turn it waits for."""
        ...

    @property
    def at(self) -> float:
        """The first moment at which it may go."""
        ...


Who = TypeVar("Who", bound=Waiting)


class Line(Generic[Who]):
    """Each step costs the logarithm of the line at most, however many wait for one chat.

    ``ready_at``: when a chat's own limits let a message through, infinity while one to it is unanswered; whoever
    answers it, or takes someone out of the line without sending, says so by ``answered``. Moments are seconds.
    """

    def __init__(self, ready_at: Callable[[ChatId, float], float]) -> None:
        self._ready_at = ready_at
        self._first: deque[Who] = deque()
        self._later: list[tuple[float, int, Who]] = []
        self._behind: dict[ChatId, deque[Who]] = {}
        self._numbers = count()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def append(self, who: Who) -> None:
        """Join the line."""
        self._length += 1
        self._first.append(who)

    def head(self, now: float) -> Who | None:
        """Who goes next, left in line until ``leave``; None while nobody can go."""
        if self._later and self._later[0][0] <= now:
            self._come_back(now)
        while self._first:
            who = self._first[0]
            ready = max(who.at, self._ready_at(who.chat_id, now))
            if ready <= now:
                return who
            self._first.popleft()
            self._put_off(who, ready)
        return None

    def leave(self) -> None:
        """The head goes."""
        self._first.popleft()
        self._length -= 1

    def next_at(self) -> float:
        """When the first of those who could not go may; infinity while only answers can tell. Asked after ``head``."""
        return self._later[0][0] if self._later else inf

    def answered(self, chat_id: ChatId) -> None:
        """A chat may be ready, or soon be: the first who waits for it is looked at again."""
        behind = self._behind.get(chat_id)
        if behind is None:
            return
        self._first.appendleft(behind.popleft())
        if not behind:
            del self._behind[chat_id]

    def take_out(self, unwanted: Callable[[Who], bool]) -> list[Who]:
        """Those who are unwanted, out of the line."""
        out = [who for who in self._everyone() if unwanted(who)]
        if out:
            stay = [who for who in self._everyone() if not unwanted(who)]
            self._first, self._later, self._behind = deque(stay), [], {}
            self._length = len(stay)
        return out

    def _come_back(self, now: float) -> None:
        """Who has waited for his chat goes before those who came later."""
        back: list[Who] = []
        while self._later and self._later[0][0] <= now:
            back.append(heapq.heappop(self._later)[2])
        self._first.extendleft(reversed(back))

    def _put_off(self, who: Who, ready: float) -> None:
        if ready < inf:
            heapq.heappush(self._later, (ready, next(self._numbers), who))
        else:
            self._behind.setdefault(who.chat_id, deque()).append(who)

    def _everyone(self) -> Iterator[Who]:
        yield from self._first
        yield from (who for _, _, who in sorted(self._later, key=lambda each: each[:2]))
        for behind in self._behind.values():
            yield from behind
