"""``python -m benchmarks.commands_process``: the paper as `run` builds it, without its timetable, until it is ended."""

from __future__ import annotations

import asyncio
import logging
import os
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "1")

import structlog

from morningpost.running import run_paper, stop_on_signals
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import build_house


async def work() -> None:
    """Converse and deliver, as the environment says."""
    settings = Settings.from_env(os.environ, Path(os.environ["DATA_DIR"]))
    house = build_house(settings, lambda: datetime.now(UTC), Identity("ai_morning_post_bot"))
    stop = asyncio.Event()
    stop_on_signals(stop)
    await run_paper(house, stop, patience=None)
    house.database.close()


if __name__ == "__main__":
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(work())
