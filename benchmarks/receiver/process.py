"""A receiver as a process: started, asked what it counted, stopped."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.machine import HOME, pinned
from benchmarks.receiver.conditions import Conditions

#: Any token is good.
TOKEN = "1:benchmark"  # noqa: S105  # nobody's


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where a receiver is."""

    address: str
    token: str = TOKEN

    def counted(self) -> dict[str, Any]:
        """The figures of ``Counts.told``."""
        told: dict[str, Any] = self._ask("statistics")
        return told

    def moments(self) -> list[float]:
        """When each message was taken, in order; seconds of the machine's monotonic clock."""
        told: list[float] = self._ask("moments")
        return told

    def copies(self) -> dict[tuple[int, str], int]:
        """Accepted messages by chat and first words."""
        return {(chat_id, words): count for chat_id, words, count in self._ask("copies")}

    def _ask(self, what: str) -> Any:
        with urllib.request.urlopen(f"{self.address}/{what}", timeout=30) as answer:  # noqa: S310  # our own process
            return json.load(answer)


@contextmanager
def receiving(conditions: Conditions, core: int | None = None) -> Iterator[Receiver]:
    """A receiver on a core of its own (any where that can't be had), until the block ends."""
    command = pinned([sys.executable, "-m", "benchmarks.receiver", conditions.to_json()], core)
    with subprocess.Popen(command, cwd=HOME, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None:
            raise AssertionError("its output is a pipe")
        try:
            yield Receiver(f"http://{conditions.host}:{int(process.stdout.readline())}")
        finally:
            process.terminate()
