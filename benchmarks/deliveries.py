"""One broadcast, delivered by our own sender to a receiver under given conditions, and what both sides counted."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from benchmarks.databases import Postgresql, sqlite
from benchmarks.ledgers import Owed, doubled_silently, lost, owed
from benchmarks.machine import OTHERS, SENDERS
from benchmarks.receiver.conditions import Conditions, Mode
from benchmarks.receiver.counts import rate
from benchmarks.receiver.process import Receiver, receiving
from benchmarks.sending import FIRST_ASKER, SenderJob, SenderResult, delivered
from benchmarks.towns import open_broadcast
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Delivery:
    """Both sides of one broadcast. ``server_cpu``: seconds of the database server, 0 where it is a file.

    ``ledger``: how each chat stands; ``copies``: how many messages each chat got, under the address it has now.
    """

    readers: int
    asked_rate: int
    sender: SenderResult
    counted: Mapping[str, Any]
    moments: Sequence[float]
    ledger: Mapping[int, Owed]
    copies: Mapping[int, int]
    server_cpu: float = 0.0

    @property
    def share(self) -> float:
        """What was reached of the limit, from the first to the last message."""
        return float(self.counted["rate"]) / self.asked_rate

    @property
    def lost(self) -> int:
        """Chats that got nothing, silently."""
        return lost(self.ledger, self.copies)

    @property
    def doubled_silently(self) -> int:
        """Chats that got two copies though no answer was lost."""
        return doubled_silently(self.ledger, self.copies)

    @property
    def cpu(self) -> float:
        """Seconds of the sender for 1,000 messages."""
        return self.sender.cpu / self.readers * 1000

    @property
    def whole_cpu(self) -> float:
        """The same with what the database server took."""
        return (self.sender.cpu + self.server_cpu) / self.readers * 1000

    def rate_since(self, seconds: float) -> float:
        """Messages a second from so long after the first one."""
        return rate(self.moments[bisect_left(self.moments, self.moments[0] + seconds) :])


def deliver(
    readers: int,
    conditions: Conditions,
    *,
    groups: int = 0,
    commands: float = 0.0,
    server: Postgresql | None = None,
    pinned: bool = False,
) -> Delivery:
    """Broadcast to new readers on a new database: SQLite, or one of ``server``. ``pinned``: the sender has a core."""
    sender_core, other_core = (SENDERS, OTHERS) if pinned else (None, None)
    with server.database() if server else sqlite() as url, receiving(conditions, other_core) as receiver:
        database = Database.open(url)
        open_broadcast(database, readers, groups=groups)
        database.close()
        before = server.cpu() if server else 0.0
        limit = "bucket" if conditions.mode is Mode.BUCKET else "strict"
        job = SenderJob(url, receiver.address, receiver.token, conditions.rate, commands=commands, limit=limit)
        sender = delivered(job, sender_core)
        server_cpu = server.cpu() - before if server else 0.0
        ledger, copies = owed(database), copies_by_chat(receiver)
        database.close()
        return Delivery(
            readers, conditions.rate, sender, receiver.counted(), receiver.moments(), ledger, copies, server_cpu
        )


def copies_by_chat(receiver: Receiver) -> Mapping[int, int]:
    """Copies of the broadcast that each chat got; answers to people who asked are left out."""
    copies: Counter[int] = Counter()
    for (chat, _), count in receiver.copies().items():
        if chat < FIRST_ASKER:
            copies[chat] += count
    return copies


def at_once(*runs: Callable[[], Delivery]) -> list[Delivery]:
    """Several slow broadcasts side by side: each of them hardly needs the machine."""
    with ThreadPoolExecutor(len(runs)) as pool:
        return [future.result() for future in [pool.submit(run) for run in runs]]
