"""One delivery worker as a process of its own, to be killed: the real ledger, wire, pace and pump."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection

from delivery.connections import Connections
from delivery.pace import Pace
from delivery.pacing import Limits
from delivery.pump import Pump
from delivery.wire import TelegramWire
from domain.ledger import OnUncertain, WorkerId
from storage.database import Database
from storage.outbox import Outbox, Rules
from tests.integration.delivery.parts import Heard, words


@dataclass(frozen=True)
class Job:
    """What a worker is told. ``lease`` in seconds."""

    database: str
    telegram: str
    token: str
    rate: int
    lease: float
    on_uncertain: OnUncertain = OnUncertain.RESEND


def run(job: Job, ready: Connection) -> None:
    """Work until nothing is pending, SIGTERM comes, or someone kills us. Says when it is about to begin."""
    asyncio.run(_work(job, ready))


async def _work(job: Job, ready: Connection) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = Database.open(job.database)
    outbox = Outbox(database, 1, Rules(job.rate, timedelta(seconds=job.lease), job.on_uncertain))
    async with Connections() as connections:
        wire = TelegramWire(connections, f"{job.telegram}/bot{job.token}")
        pace = Pace(Limits(rate=job.rate))
        pump = Pump(outbox, wire, pace, words, Heard(), worker=WorkerId(str(os.getpid())))
        ready.send("ready")
        await pump.run_until_done(stop)
    database.close()
