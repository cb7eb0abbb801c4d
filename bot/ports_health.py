"""What admins ask of the paper itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.movement import Movement


class Watch(Protocol):
    """How the paper stands. Synchronous."""

    def health(self) -> Sequence[tuple[str, str]]:
        """Sources, queue, next times, versions and disk: lines of two columns."""
        ...

    def movement(self) -> Movement:
        """Who came and went in the last days."""
        ...

    def picture(self, movement: Movement) -> bytes:
        """A movement as a picture (PNG)."""
        ...
