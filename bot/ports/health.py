"""What admins ask of the paper itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.statistics import Statistics


class Watch(Protocol):
    """How the paper stands. Synchronous."""

    def health(self) -> Sequence[tuple[str, str]]:
        """Sources, queue, next times, versions and disk: lines of two columns."""
        ...

    def statistics(self, days: int) -> Statistics:
        """How the paper did with its readers in the last days."""
        ...

    def picture(self, statistics: Statistics) -> bytes:
        """The same as a picture (PNG)."""
        ...
