"""What the database takes for a morning's work and for a long list of readers, on SQLite or PostgreSQL.

    python -m benchmarks.storage                          # a SQLite file in a temporary folder
    python -m benchmarks.storage postgresql://…/empty     # an empty database of a server

Prints seconds against the goal of each: a haul of 500 items under 0.1 s, 30,000 readings and their items loaded under
0.7 s, 100,000 readers imported under 60 s.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from domain.items import Item, ItemKey, Kind, Source
from domain.readers import ChatId, Subscriber
from domain.readings import Harvest, HarvestStatus, Haul, Lists, Metric, Sighting
from storage.archive import Archive
from storage.database import Database
from storage.subscribers import Subscribers

DAYS = 60
ITEMS = 500
READERS = 100_000
FIRST = datetime(2026, 5, 1, 5, 30, tzinfo=UTC)


def haul(day: int) -> Haul:
    """One list of 500; forty of them are new each day, and the words of every seventh change."""
    at = FIRST + timedelta(days=day)
    sightings = tuple(_sighting(day * 40 + place, place, day, at) for place in range(ITEMS))
    return Haul(Harvest(Source.GITHUB, Lists.GITHUB_YOUNG, at, HarvestStatus.OK, ITEMS, ranked=True), sightings)


def _sighting(number: int, place: int, day: int, at: datetime) -> Sighting:
    name = f"owner{number}/repository-{number}"
    summary = f"What repository {number} is for, in a sentence or two. " * 4
    item = Item(
        ItemKey(Source.GITHUB, Kind.REPOSITORY, name),
        f"https://github.com/{name}",
        name,
        at,
        publisher=f"owner{number}",
        summary=summary + (f"Edited on day {day}." if number % 7 == 0 else ""),
        tags=("language:Python", "license:mit", "llm", "agents", f"topic{number % 50}"),
        created_at=at,
    )
    return Sighting(item, place + 1, {Metric.STARS: 1000 + number + day, Metric.FORKS: 30, Metric.STARS_TODAY: day})


def seconds(act: Callable[[], object]) -> float:
    """How long an act takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def report(what: str, taken: float, goal: float) -> None:
    """One line: what it took, and as a share of its goal."""
    print(f"{what:<58} {taken:8.3f} s  {taken / goal:6.1%} of the goal of {goal:g} s")


def archive_figures(archive: Archive) -> None:
    """Fill the archive, and load it as an assembly does."""
    stored = [seconds(partial(archive.store, haul(day))) for day in range(DAYS)]
    report(f"a haul of {ITEMS} items stored (median of {DAYS})", statistics.median(stored), 0.1)
    last = FIRST + timedelta(days=DAYS)

    def load() -> None:
        archive.harvests(FIRST, last)
        readings = archive.readings(FIRST, last)
        archive.items(last, {reading.item for reading in readings})

    report(f"{DAYS * ITEMS:,} readings and their items loaded", seconds(load), 0.7)


def reader_figures(subscribers: Subscribers) -> None:
    """Import a long list of readers in no order, twice, and export it."""
    readers = [
        Subscriber(ChatId(10**9 + number * 7919 % READERS), FIRST, hour=number % 24) for number in range(READERS)
    ]
    report(f"{READERS:,} readers imported", seconds(lambda: subscribers.import_rows(readers)), 60)
    report(f"{READERS:,} readers imported again", seconds(lambda: subscribers.import_rows(readers)), 60)
    report(f"{READERS:,} readers exported", seconds(lambda: sum(1 for _ in subscribers.export())), 60)
    report("one of them forgotten", seconds(lambda: subscribers.forget(readers[0].chat_id)), 1)


def measure(url: str) -> None:
    """Everything on one database."""
    database = Database.open(url)
    database.migrate()
    archive_figures(Archive(database))
    reader_figures(Subscribers(database))
    database.close()
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    """Measure the database that is named, or a SQLite file that is gone afterwards."""
    if len(sys.argv) > 1:
        measure(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(f"sqlite:///{Path(folder) / 'bench.db'}")


if __name__ == "__main__":
    main()
