"""One delivery worker as a process of its own, to be killed: the real ledger, wire, pace and pump.

``python -m tests.integration.delivery.worker '{"database": …, "telegram": …, "token": …, "rate": 30, "lease": 3.0}'``
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import timedelta

from telegram import Bot
from telegram.request import HTTPXRequest

from delivery.pace import Pace
from delivery.pacing import Limits
from delivery.pump import Pump
from delivery.wire import TelegramWire
from domain.ledger import OnUncertain, WorkerId
from storage.database import Database
from storage.outbox import Outbox, Rules
from tests.integration.delivery.parts import Heard, words


async def work(*, database: str, telegram: str, token: str, rate: int, lease: float, on_uncertain: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    opened = Database.open(database)
    rules = Rules(rate=rate, lease=timedelta(seconds=lease), on_uncertain=OnUncertain(on_uncertain))
    request = HTTPXRequest(connection_pool_size=20)
    async with Bot(token, base_url=f"{telegram}/bot", request=request) as bot:
        outbox = Outbox(opened, 1, rules)
        worker = WorkerId(str(os.getpid()))
        pump = Pump(outbox, TelegramWire(bot), Pace(Limits(rate=rate)), words, Heard(), worker=worker)
        print("ready", flush=True)  # noqa: T201  # the test waits for it
        await pump.run_until_done(stop)
    opened.close()


if __name__ == "__main__":
    asyncio.run(work(**json.loads(sys.argv[1])))
