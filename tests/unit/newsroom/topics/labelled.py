"""Items of the recorded days and the topics that they are on: the labels are here, the words in the recordings."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.recorded_items import recorded_items
from domain.items import Item, Kind, Source

FOLDER = Path(__file__).parent

#: Pairs that the matcher named, for each topic about as many of each source, and whether the item is on the topic.
LABELS = FOLDER / "labels.csv"
#: Items drawn at random from all that are about AI, with every topic that they are on.
DRAWN = FOLDER / "drawn.csv"


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a file of labels."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def items_by_key(recordings: Path) -> Mapping[str, Item]:
    """The recorded items by the keys that the paper's sources give them."""
    return {key: item for item in recorded_items(recordings).values() for key in _keys(item)}


def _keys(item: Item) -> Iterator[str]:
    if item.key.kind is Kind.POST:
        feed, _, url = item.key.external_id.partition("/")
        yield f"{Source.FEEDS}:{feed}/{hashlib.sha256(url.encode()).hexdigest()[:12]}"
        return
    yield str(item.key)
    if item.key.kind is Kind.REPOSITORY:
        yield f"{Source.OSSINSIGHT}:{item.key.external_id}"
