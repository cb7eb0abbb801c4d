"""Asks all sources at once and hands every haul to storage; a source that fails costs only itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import structlog

from domain.items import Source
from domain.readings import Harvest, Haul
from sources.errors import SourceError
from sources.harvesting import LIST_SECONDS, failed, our_mistake, too_slow

#: Seconds for one source, all its lists together; its lists give up sooner, so this ends only what is stuck.
SOURCE_SECONDS = LIST_SECONDS + 30.0

_log = structlog.get_logger(__name__)


class NewsSource(Protocol):
    """A site that can be asked for its lists."""

    @property
    def name(self) -> Source:
        """Which site it is."""

    @property
    def lists(self) -> Sequence[str]:
        """The lists that ``harvest`` brings home, one haul each."""

    async def harvest(self, at: datetime) -> list[Haul]:
        """Ask for every list; a list that fails is a haul with status FAILED. ``at`` (aware UTC) dates them all."""


async def collect(
    sources: Sequence[NewsSource],
    at: datetime,
    store: Callable[[Haul], Harvest],
    *,
    seconds: float = SOURCE_SECONDS,
) -> list[Harvest]:
    """Ask all sources as of ``at`` (aware UTC) and store each haul as soon as its source has answered.

    ``store`` is called in a thread, one haul at a time. What it raises (StorageError) ends the collection: what
    was stored before stays. Returns the stored harvests, in the order of the sources and their lists.
    """
    turn = asyncio.Lock()

    async def gathered(source: NewsSource) -> list[Harvest]:
        hauls = await _hauls(source, at, seconds)
        async with turn:
            return [await asyncio.to_thread(store, haul) for haul in hauls]

    tasks = [asyncio.create_task(gathered(source)) for source in sources]
    try:
        return [harvest for harvests in await asyncio.gather(*tasks) for harvest in harvests]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _hauls(source: NewsSource, at: datetime, seconds: float) -> list[Haul]:
    """The hauls of a source, one for each of its lists, however it ends."""
    began = time.perf_counter()
    try:
        async with asyncio.timeout(seconds):
            hauls = await source.harvest(at)
    except TimeoutError:
        hauls = _all_failed(source, at, began, too_slow(seconds))
    except SourceError as error:
        hauls = _all_failed(source, at, began, error)
    except Exception as error:  # noqa: BLE001  the top of a job: a mistake in one source must not cost the others
        hauls = _all_failed(source, at, began, our_mistake(error, source.name, "all"))
    for haul in hauls:
        _tell(haul.harvest)
    return hauls


def _all_failed(source: NewsSource, at: datetime, began: float, error: SourceError) -> list[Haul]:
    return [failed(source.name, name, at, time.perf_counter() - began, error) for name in source.lists]


def _tell(harvest: Harvest) -> None:
    _log.info(
        "source.harvested",
        source=harvest.source,
        list=harvest.list,
        status=harvest.status,
        items=harvest.items,
        bytes=harvest.bytes,
        seconds=round(harvest.seconds, 2),
        error=harvest.error,
    )
