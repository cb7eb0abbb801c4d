"""The topics are as precise, and miss as little, as docs/topics.md says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from domain.items import Item
from newsroom.topics import standard_topics, topics_of
from tests.unit.newsroom.topics.labelled import DRAWN, LABELS, items_by_key, rows_of

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "topics.md"


@pytest.fixture(scope="module")
def items(recordings: Path) -> Mapping[str, Item]:
    return items_by_key(recordings)


def _stated(name: str) -> tuple[int, float]:
    """How many were measured, and the share in percent, in the row of a name."""
    found = re.search(rf"\| {name} \| (\d+) \| ([\d.]+) % \|", DOCUMENT.read_text("utf-8"))
    assert found is not None
    return int(found[1]), float(found[2])


@pytest.mark.recordings
def test_the_precision_is_the_stated_one(items: Mapping[str, Item]) -> None:
    known = [row for row in rows_of(LABELS) if row["item"] in items]
    named = [row for row in known if row["topic"] in topics_of(items[row["item"]])]
    precision = sum(row["on_topic"] == "1" for row in named) / len(named)
    assert precision >= 0.95
    pairs, share = _stated("precision")
    assert pairs == len(named)
    assert share == pytest.approx(100 * precision, abs=0.06)


@pytest.mark.recordings
def test_the_recall_is_the_stated_one(items: Mapping[str, Item]) -> None:
    wanted = [(row["item"], topic) for row in rows_of(DRAWN) for topic in row["topics"].split()]
    known = [(item, topic) for item, topic in wanted if item in items]
    recall = sum(topic in topics_of(items[item]) for item, topic in known) / len(known)
    assert recall >= 0.7
    pairs, share = _stated("recall")
    assert pairs == len(known)
    assert share == pytest.approx(100 * recall, abs=0.06)


def test_only_keys_and_labels_of_the_recorded_items_are_kept() -> None:
    names = {topic.name for topic in standard_topics()}
    labels = rows_of(LABELS)
    assert len(labels) >= 200
    assert {row["topic"] for row in labels} == names
    assert {row["on_topic"] for row in labels} == {"0", "1"}
    assert {topic for row in rows_of(DRAWN) for topic in row["topics"].split()} <= names
    assert all(len(line) < 120 for path in (LABELS, DRAWN) for line in path.read_text("utf-8").splitlines())
