"""Whether Telegram takes a form at all: until one row of it has arrived, its rows go one at a time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable

from domain.deliveries import BroadcastId, ContentRejected, Outcome, Refused, Sent
from domain.ledger import Form

#: This many readers in a row refused in the same words, and none served: it is the content after all.
_SAME_WORDS = 5


class Trials:
    """A content error stops a broadcast at its first row, not at the ten-thousandth."""

    def __init__(self) -> None:
        self._proven: set[Form] = set()
        self._turns: defaultdict[Form, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._refusals: dict[Form, tuple[str, int]] = {}
        self._barred: set[BroadcastId] = set()

    def barred(self, broadcast: BroadcastId) -> bool:
        """Whether a content error was met in a broadcast, so that nothing more of it may leave."""
        return broadcast in self._barred

    def forget(self, broadcast: BroadcastId) -> None:
        """It is over, or someone let it go on: then its forms are on trial anew."""
        self._barred.discard(broadcast)
        self._proven = {form for form in self._proven if form.broadcast != broadcast}
        self._refusals = {form: told for form, told in self._refusals.items() if form.broadcast != broadcast}

    async def send(self, form: Form, request: Callable[[], Awaitable[Outcome]]) -> Outcome | None:
        """Make the request when the form's turn has come; None, unsent, when its broadcast is barred by then."""
        if form in self._proven:
            return await self._unless_barred(form, request)
        async with self._turns[form]:
            if form not in self._proven:
                outcome = await self._unless_barred(form, request)
                return None if outcome is None else self._learn(form, outcome)
        return await self._unless_barred(form, request)

    async def _unless_barred(self, form: Form, request: Callable[[], Awaitable[Outcome]]) -> Outcome | None:
        return None if self.barred(form.broadcast) else await request()

    def _learn(self, form: Form, outcome: Outcome) -> Outcome:
        match outcome:
            case Sent():
                self._proven.add(form)
                self._turns.pop(form, None)
            case Refused(reason=reason, subscriber=None):
                outcome = self._counted(form, reason, outcome)
            case _:
                pass
        if isinstance(outcome, ContentRejected):
            self._barred.add(form.broadcast)
        return outcome

    def _counted(self, form: Form, reason: str, outcome: Outcome) -> Outcome:
        words, times = self._refusals.get(form, (reason, 0))
        times = times + 1 if words == reason else 1
        self._refusals[form] = (reason, times)
        return ContentRejected(f"refused to {times} readers in a row: {reason}") if times >= _SAME_WORDS else outcome
