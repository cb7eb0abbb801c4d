"""The work of a morning that needs the newsroom or the sources, in a process of its own.

`run` idles for all but minutes of a day. What those minutes need of memory goes when their process ends, and while it
counts, the conversation answers as ever. The parent writes an `Order` to the process's standard input and keeps that
open: an input that ends tells the process that its parent is gone, and it goes, too.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import date

from domain.errors import MorningPostError
from morningpost.desk.child import child
from morningpost.settings import Settings
from morningpost.telegram import Identity


class WorkFailed(MorningPostError):
    """The process ended without having done its work; its log says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: the sources asked (``collect``) and, for a ``day``, its draft written and its links asked."""

    settings: Settings
    identity: Identity
    day: date | None = None
    collect: bool = True


@dataclass(frozen=True, slots=True)
class Apart:
    """Does the work by starting a process for it. Implements the morning's Newsroom."""

    settings: Settings
    identity: Identity

    async def collect(self) -> None:
        """Ask the sources once and store what they say. Raises WorkFailed."""
        await _carry_out(Order(self.settings, self.identity))

    async def assemble(self, day: date) -> None:
        """Ask the sources once more, so that the paper is fresh, and write the draft. Raises WorkFailed."""
        await _carry_out(Order(self.settings, self.identity, day))

    async def look_again(self, day: date) -> None:
        """Ask the links of a draft again, and write it without those that are dead. Raises WorkFailed."""
        await _carry_out(Order(self.settings, self.identity, day, collect=False))


async def _carry_out(order: Order) -> None:
    async with child("morningpost.desk.process") as process:
        if process.stdin is None:
            raise AssertionError("its input is a pipe")
        process.stdin.write(pickle.dumps(order))
        status = await process.wait()
    if status != 0:
        what = "collecting" if order.day is None else f"assembling the issue of {order.day}"
        raise WorkFailed(f"The process for {what} ended with status {status}: its own lines in the log say why.")
