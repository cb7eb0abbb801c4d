"""Editors' acts done in a process of their own: the newsroom's memory goes with it, and the conversation goes on."""

from __future__ import annotations

import asyncio
import pickle
from dataclasses import dataclass, field
from datetime import date

from domain.edits import LeadOption, Outcome, Wish
from domain.errors import MorningPostError
from morningpost.desk.apart import WorkFailed
from morningpost.desk.child import child
from morningpost.settings import Settings
from morningpost.telegram import Identity


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with the draft of a day; without a ``wish``: what could lead it instead is asked."""

    settings: Settings
    identity: Identity
    sample: bool
    day: date
    wish: Wish | None = None
    of: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class EditingApart:
    """Implements the conversation's editing room. One act is done after the other."""

    settings: Settings
    identity: Identity
    sample: bool = False
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def grant(self, day: date, wish: Wish, of: str, by: str) -> Outcome:
        """Do what an editor wants with the draft that bears the fingerprint ``of``. Raises what the desk raises."""
        answer = await self._ask(Order(self.settings, self.identity, self.sample, day, wish, of, by))
        if not isinstance(answer, Outcome):
            raise TypeError(f"an act is answered by its outcome, not by {answer!r}")
        return answer

    async def lead_options(self, day: date) -> tuple[LeadOption, ...]:
        """The stories that could lead instead."""
        answer = await self._ask(Order(self.settings, self.identity, self.sample, day))
        if not isinstance(answer, tuple):
            raise TypeError(f"options are answered by options, not by {answer!r}")
        return answer

    async def _ask(self, order: Order) -> object:
        async with self._one_at_a_time:
            answer = await _answered(order)
        if isinstance(answer, MorningPostError):
            raise answer
        return answer


async def _answered(order: Order) -> object:
    async with child("morningpost.desk.editing_process", answers=True) as process:
        answer, _ = await process.communicate(pickle.dumps(order))
    if process.returncode != 0 or not answer:
        raise WorkFailed("The editing room's process ended without an answer: its own lines in the log say why.")
    return pickle.loads(answer)  # noqa: S301 - it comes from our own child
