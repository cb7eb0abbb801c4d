"""How long and how much memory one issue takes from 60 days of readings of 500 items a day.

    python -m benchmarks.assembly [TIMES_A_DAY]

Fills a SQLite file with 60 days of ten lists of 500 items in all, moving like real ones and read TIMES_A_DAY (1; the
timetable's default is 8), then assembles, checks and renders the issue of the last day in a process of its own and
prints seconds and peak memory. Goal: under 2 s and under 200 MB.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Harvest, HarvestStatus, Haul, Lists, Metric, Sighting
from storage.archive import Archive
from storage.database import Database

DAYS = 60
LAST = datetime(2026, 8, 22, 5, 30, tzinfo=UTC)

#: Source, list, kind, ranked, how many stand on it: 500 in all.
LISTS = (
    (Source.HUGGINGFACE, Lists.MODELS, Kind.MODEL, True, 100),
    (Source.HUGGINGFACE, Lists.DATASETS, Kind.DATASET, True, 50),
    (Source.HUGGINGFACE, Lists.SPACES, Kind.SPACE, True, 50),
    (Source.HUGGINGFACE, Lists.DAILY_PAPERS, Kind.PAPER, False, 40),
    (Source.GITHUB, Lists.GITHUB_DAILY, Kind.REPOSITORY, True, 25),
    (Source.GITHUB, Lists.GITHUB_WEEKLY, Kind.REPOSITORY, True, 25),
    (Source.GITHUB, Lists.GITHUB_YOUNG, Kind.REPOSITORY, False, 60),
    (Source.ARXIV, Lists.ARXIV_RECENT, Kind.PAPER, False, 90),
    (Source.HACKERNEWS, Lists.HN_FRONT_PAGE, Kind.STORY, True, 30),
    (Source.FEEDS, "a-lab", Kind.POST, False, 30),
)


def haul(chance: random.Random, day: int, hours: float, listed: tuple[Source, str, Kind, bool, int]) -> Haul:
    """One list of one reading: nine tenths of yesterday's items, in another order, with grown figures."""
    source, name, kind, ranked, size = listed
    at = LAST - timedelta(days=DAYS - 1 - day, hours=hours)
    first = day * max(size // 10, 1)
    ids = list(range(first, first + size))
    chance.shuffle(ids)
    sightings = tuple(
        Sighting(_item(source, kind, number, at), place if ranked else None, _metrics(source, kind, number, day))
        for place, number in enumerate(ids, 1)
    )
    return Haul(Harvest(source, name, at, HarvestStatus.OK, size, ranked), sightings)


def _item(source: Source, kind: Kind, number: int, at: datetime) -> Item:
    name = f"maker{number % 37}/{kind.value}-{number}"
    external = f"26{number % 12 + 1:02}.{number:05}" if kind is Kind.PAPER else name
    url = f"https://example.org/{source.value}/{external}"
    summary = f"A language model tool number {number} for agents, speech and vision. It runs on one machine."
    return Item(ItemKey(source, kind, external), url, name, at, publisher=name.partition("/")[0], summary=summary)


def _metrics(source: Source, kind: Kind, number: int, day: int) -> dict[Metric, int]:
    grown = 100 + number % 53 * 7 + day * (number % 17 + 1)
    if source is Source.GITHUB:
        return {Metric.STARS: 1000 + grown, Metric.STARS_TODAY: number % 17 + 1, Metric.STARS_WEEK: number % 97 + 1}
    if source is Source.HACKERNEWS:
        return {Metric.POINTS: grown, Metric.COMMENTS: number % 400}
    if kind is Kind.PAPER:
        return {Metric.UPVOTES: grown % 300}
    if source is Source.FEEDS:
        return {}
    return {Metric.LIKES: grown, Metric.DOWNLOADS: grown * 31, Metric.SCORE: grown % 500}


def fill(path: Path, times_a_day: int) -> int:
    """Write the readings; how many there are."""
    chance = random.Random(5)
    database = Database.open(f"sqlite:///{path}")
    database.migrate()
    archive = Archive(database)
    readings = 0
    for day in range(DAYS):
        for time_of_day in reversed(range(times_a_day)):
            for listed in LISTS:
                readings += archive.store(haul(chance, day, time_of_day * 24 / times_a_day, listed)).items
    database.close()
    return readings


@dataclass(frozen=True, slots=True)
class Cost:
    """What one issue took: seconds, and megabytes at the peak, ``before`` of them before the first reading."""

    seconds: float
    megabytes: float
    before: float
    claims: int
    dropped: int
    state: str


def peak() -> float:
    """The most memory that this process has held (MB); the system's own count begins with what its parent held."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024


def measured(path: Path) -> Cost:
    """Assemble the last day; to be called in a process of its own."""
    from morningpost.settings import Settings
    from morningpost.wiring import build_house

    settings = Settings.from_env({"DATABASE_URL": f"sqlite:///{path}", "DATA_DIR": str(path.parent)}, path.parent)
    house = build_house(settings, lambda: LAST + timedelta(minutes=1))
    before = peak()
    began = time.perf_counter()
    record = house.desk.assemble(LAST.date())
    seconds = time.perf_counter() - began
    checks = record.issue.checks
    return Cost(seconds, peak(), before, checks.claims, len(checks.drops), record.state.value)


def cost(times_a_day: int = 1) -> Cost:
    """Fill a file, then measure in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        print(f"{fill(path, times_a_day):,} readings of {DAYS} days stored, {path.stat().st_size / 2**20:.0f} MB")
        command = [sys.executable, "-m", "benchmarks.assembly", "-", str(path)]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Cost(**json.loads(answer.stdout.splitlines()[-1]))


def main() -> None:
    """Measure, and print what it took."""
    if len(sys.argv) > 2:
        print(json.dumps(asdict(measured(Path(sys.argv[2])))))
        return
    found = cost(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    print(f"assembled, checked, rendered and stored in {found.seconds:.2f} s (goal: under 2)")
    print(
        f"peak memory {found.megabytes:.0f} MB (goal: under 200), {found.before:.0f} MB of it before the first reading"
    )
    print(f"claims {found.claims}, dropped {found.dropped}, state {found.state}")


if __name__ == "__main__":
    main()
