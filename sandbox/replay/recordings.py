"""Finds recorded files by series and day, through the recordings' own index."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded file: ``dated`` as its name says; ``observed_at`` (aware UTC) as the index says, where known."""

    path: Path
    series: str
    dated: str
    observed_at: datetime | None

    def content(self) -> bytes:
        """The bytes inside, unpacked."""
        data = self.path.read_bytes()
        return gzip.decompress(data) if self.path.suffix == ".gz" else data

    def json(self) -> Any:
        """The content, parsed."""
        return json.loads(self.content())


def files(recordings: Path, series: str) -> tuple[Recorded, ...]:
    """The files of a series (``source/series``), oldest first. Raises FileNotFoundError where no recordings are."""
    return _index(recordings).get(series, ())


def parse_time(text: str) -> datetime:
    """An ISO 8601 moment with any offset, as aware UTC; one without offset is UTC."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The last second of a day (UTC): the time of a recording that has none."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)


@lru_cache(maxsize=4)
def _index(recordings: Path) -> dict[str, tuple[Recorded, ...]]:
    rows = json.loads((recordings / "index.json").read_text("utf-8"))["files"]
    by_series: dict[str, list[Recorded]] = {}
    for recorded in _all(recordings, rows):
        by_series.setdefault(recorded.series, []).append(recorded)
    return {series: tuple(sorted(found, key=lambda one: one.path.name)) for series, found in by_series.items()}


def _all(recordings: Path, rows: list[dict[str, Any]]) -> Iterator[Recorded]:
    for row in rows:
        series, _, _ = row["path"].rpartition("/")
        observed = parse_time(row["observed_at"]) if row["observed_at"] else None
        yield Recorded(recordings / row["path"], series, row["date"], observed)
