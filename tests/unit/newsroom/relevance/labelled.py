"""Labelled items of the recorded days: the labels are kept here, the words are read from the recordings."""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.recorded_items import items_of, of_kinds
from domain.items import Item, ItemKey, Kind, Source
from sandbox.replay import series_mornings

LABELS = Path(__file__).parent / "labels.csv"
SEEN = datetime(2026, 8, 22, tzinfo=UTC)


@dataclass(frozen=True)
class Labelled:
    """An item as a source described it, and whether a reader called it one about AI."""

    item: Item
    about_ai: bool
    split: str


def labelled_items(recordings: Path) -> Iterator[Labelled]:
    """Every labelled item in the words of the first recorded day that has it."""
    wanted: dict[str, dict[str, tuple[bool, str]]] = defaultdict(dict)
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            wanted[row["series"]][row["id"]] = (row["about_ai"] == "1", row["split"])
    for series, labels in wanted.items():
        missing = dict(labels)
        if series in _AS_REPLAYED:
            for item in _replayed(recordings, series):
                if item.key.external_id in missing:
                    about_ai, split = missing.pop(item.key.external_id)
                    yield Labelled(item, about_ai, split)
        for record in _records(recordings, series) if series not in _AS_REPLAYED else ():
            identity = str(record[_ID[series]])
            if identity in missing:
                about_ai, split = missing.pop(identity)
                yield Labelled(_item(series, identity, record), about_ai, split)
        assert not missing, f"{series} lacks {sorted(missing)[:3]}"


#: Series that are read as the local sources read them: stories of Hacker News.
_AS_REPLAYED = ("hackernews/best-atom", "hackernews/firebase-and-algolia-72h")


def _replayed(recordings: Path, series: str) -> Iterator[Item]:
    for morning in series_mornings(recordings, series):
        yield from of_kinds(items_of(morning), Kind.STORY)


_ID = {
    "github-trending/daily-json": "fullName",
    "github-trending/weekly-and-daily-lists": "full_name",
    "github-search/topic-queries-daily": "repo_name",
    "ossinsight/trends-repos": "repo_name",
    "hackernews/frontpage-and-queries-daily": "id",
    "hackernews/keyword-queries-daily": "item_id",
    "feeds/parsed-37-feeds-daily": "item_id",
}


def _records(recordings: Path, series: str) -> Iterator[dict[str, Any]]:
    for path in sorted((recordings / series).iterdir()):
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        day = json.loads(body)
        match series:
            case "github-trending/daily-json":
                yield from day["repos"]
            case "github-trending/weekly-and-daily-lists":
                for name in ("all_trending", "ai_trending", "ai_daily"):
                    yield from day.get(name) or ()
            case "ossinsight/trends-repos":
                yield from day["buckets"]["past_24_hours"]["All"]
            case "hackernews/frontpage-and-queries-daily":
                yield from day["collections"]["front_page"]["items"]
            case _:
                yield from day["items"]


def _item(series: str, identity: str, record: dict[str, Any]) -> Item:
    site = series.partition("/")[0]
    if site in {"github-trending", "github-search", "ossinsight"}:
        key = ItemKey(Source.GITHUB, Kind.REPOSITORY, identity)
        topics = tuple(record.get("topics") or ())
        return Item(
            key, f"https://github.com/{identity}", identity, SEEN, summary=record["description"] or "", tags=topics
        )
    if site == "hackernews":
        return Item(ItemKey(Source.HACKERNEWS, Kind.STORY, identity), record["url"] or "", record["title"], SEEN)
    slug = re.sub(r"[\W_]+", "-", record["source_name"].casefold()).strip("-")
    return Item(
        ItemKey(Source.FEEDS, Kind.POST, f"{slug}/post"),
        identity,
        html.unescape(record["title"]),
        SEEN,
        publisher=record["source_name"],
        summary=html.unescape(re.sub(r"<[^>]*>", " ", record["summary"] or "")),
        tags=tuple(record["tags"]),
    )
