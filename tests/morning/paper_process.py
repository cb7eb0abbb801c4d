"""`morningpost run` with short leases, so that a test need not wait a minute for what a killed process held."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta

from morningpost.logs import configure_logs
from morningpost.running import run_paper, stop_on_signals
from morningpost.settings import Settings
from morningpost.telegram import identify
from morningpost.timetable import Patience
from morningpost.wiring import build_house

LEASE = timedelta(seconds=2)


async def run() -> None:
    """Live the day until a signal ends it."""
    settings = Settings.from_env(os.environ)
    configure_logs(settings.log_level, settings.log_format, settings.secrets())
    house = build_house(settings, identity=await identify(settings), lease=LEASE)
    house.database.migrate()
    stop = asyncio.Event()
    stop_on_signals(stop)
    await run_paper(house, stop, patience=Patience(sweep=timedelta(seconds=0.5), lease=LEASE))
    house.database.close()


if __name__ == "__main__":
    asyncio.run(run())
