"""Our own sender as a process: what it is told, what it tells, and how it is started."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from benchmarks.machine import HOME, pinned

#: Chats that ask for something have ids from here on; readers of the broadcast have lower ones.
FIRST_ASKER = 100_000_000


@dataclass(frozen=True, slots=True)
class SenderJob:
    """Deliver what is owed in a database at ``rate``, and answer ``commands`` a second meanwhile. Seconds.

    ``limit``: how Telegram is taken to count (the setting TELEGRAM_LIMIT). ``lease``: how long a row may be on its way
    before its worker counts as dead. ``flights``: the folder in which workers keep what they have begun.
    """

    database: str
    address: str
    token: str
    rate: int
    lease: float = 60.0
    commands: float = 0.0
    limit: str = "strict"
    flights: str = ""

    def to_json(self) -> str:
        """As it is handed to the process."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class SenderResult:
    """What it took: seconds, MB, and the most requests at once. ``waits``: of each reply for its turn, seconds."""

    seconds: float
    cpu: float
    memory: float
    in_flight: int
    waits: tuple[float, ...] = ()


@contextmanager
def started(job: SenderJob, core: int | None = None) -> Iterator[subprocess.Popen[str]]:
    """A sender that is about to begin; it is killed when the block ends, should it still live."""
    command = pinned([sys.executable, "-m", "benchmarks.sender", job.to_json()], core)
    with subprocess.Popen(command, cwd=HOME, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None or process.stdout.readline() != "ready\n":
                raise RuntimeError(f"the sender did not start: exit status {process.wait()}")
            yield process
        finally:
            process.kill()


def result_of(process: subprocess.Popen[str]) -> SenderResult:
    """Wait until a sender has done everything. Raises RuntimeError: it ended otherwise."""
    told, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"the sender failed: exit status {process.returncode}")
    fields = json.loads(told)
    return SenderResult(**{**fields, "waits": tuple(fields["waits"])})


def delivered(job: SenderJob, core: int | None = None) -> SenderResult:
    """Start a sender, and wait until it has done everything."""
    with started(job, core) as process:
        return result_of(process)
