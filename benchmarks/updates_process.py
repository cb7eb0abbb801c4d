"""One process of the paper that only converses, to be killed: no timetable, nothing to deliver."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "1")

import structlog

import morningpost.updates.webhook_server  # noqa: F401  # loaded before the fork, so that a successor starts at once
from delivery.pacing import Limits
from morningpost.running import run_paper
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import build_house


def converse(environ: Mapping[str, str]) -> None:
    """Answer updates until killed. ``environ``: the settings."""
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(_converse(Settings.from_env(environ, Path(environ["DATA_DIR"]))))


async def _converse(settings: Settings) -> None:
    house = build_house(settings, lambda: datetime.now(UTC), Identity("ai_morning_post_bot"))
    await run_paper(house, asyncio.Event(), patience=None, limits=Limits(chat_span=0.0))
