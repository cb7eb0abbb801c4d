"""What Telegram tells the bot, as it is kept until it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. ``number`` is Telegram's own, ``body`` its JSON."""

    number: int
    body: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of updates since it was last kept: new ones, those whose answer is about to leave, those answered."""

    taken: Sequence[Incoming] = ()
    begun: Sequence[int] = ()
    ended: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a progress.

    ``new``: taken for the first time by anybody; ``ours``: begun, and nobody else had taken them over meanwhile.
    """

    new: frozenset[int]
    ours: frozenset[int]


@dataclass(frozen=True, slots=True)
class Inheritance:
    """What a process left behind: updates that are still to be answered, and those whose answer may have left."""

    waiting: Sequence[Incoming]
    uncertain: Sequence[int]
