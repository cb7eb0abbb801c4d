"""One delivery worker as a process of its own, to be killed: the real ledger, wire, pace and pump."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from delivery.connections import Connections
from delivery.pace import Pace
from delivery.pacing import Limits
from delivery.pump import Pump
from delivery.wire import TelegramWire
from domain.ledger import OnUncertain, WorkerId
from storage.database import Database
from storage.outbox import Outbox, Rules
from tests.integration.delivery.networks import move_to
from tests.integration.delivery.parts import Heard, words


@dataclass(frozen=True)
class Job:
    """What a worker is told. ``lease`` and ``hold`` in seconds, as in the rules of the ledger.

    ``clock_ahead``: by how many hours the clock of its host is wrong. ``host``: where it runs (networks.py).
    ``flights``: the folder that it shares with the other workers of its machine; without one it is alone on it.
    """

    database: str
    telegram: str
    token: str
    rate: int
    lease: float
    on_uncertain: OnUncertain = OnUncertain.RESEND
    hold: float = 5.0
    clock_ahead: float = 0.0
    host: str = ""
    flights: Path | None = None

    @property
    def rules(self) -> Rules:
        return Rules(
            self.rate,
            timedelta(seconds=self.lease),
            self.on_uncertain,
            database_clock=True,
            hold=timedelta(seconds=self.hold),
        )


class Told(list[str]):
    """Notices that are told to who started us."""

    def __init__(self, to: Connection) -> None:
        super().__init__()
        self._to = to

    def append(self, event: str) -> None:
        self._to.send(event)


def run(job: Job, told: Connection) -> None:
    """Work until nothing is pending, SIGTERM comes, or someone kills us. Says when it is about to begin."""
    if job.host:
        move_to(job.host)
    asyncio.run(_work(job, told))


async def _work(job: Job, told: Connection) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = Database.open(job.database)
    ahead = timedelta(hours=job.clock_ahead)
    async with Connections() as connections:
        pump = Pump(
            Outbox(database, 1, job.rules),
            TelegramWire(connections, f"{job.telegram}/bot{job.token}"),
            Pace(Limits(rate=job.rate)),
            words,
            Heard(Told(told)),
            worker=WorkerId(str(os.getpid())),
            clock=lambda: datetime.now(UTC) + ahead,
            flights=job.flights,
        )
        told.send("ready")
        await pump.run_until_done(stop)
    database.close()
