"""The rule is as precise, and misses as little, as docs/relevance.md says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from newsroom.relevance import is_about_ai
from tests.unit.newsroom.relevance.labelled import LABELS, Labelled, labelled_items

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "relevance.md"


@pytest.fixture(scope="module")
def items(recordings: Path) -> Sequence[Labelled]:
    return list(labelled_items(recordings))


def _measured(items: Sequence[Labelled]) -> tuple[float, float]:
    """Precision and recall."""
    said = [labelled for labelled in items if is_about_ai(labelled.item)]
    right = sum(labelled.about_ai for labelled in said)
    return right / len(said), right / sum(labelled.about_ai for labelled in items)


@pytest.mark.recordings
@pytest.mark.parametrize("split", ["development", "held-out", "april-may"])
def test_precision_and_recall_are_those_that_the_document_states(items: Sequence[Labelled], split: str) -> None:
    precision, recall = _measured([labelled for labelled in items if labelled.split == split])
    assert precision >= 0.95
    assert recall >= 0.85
    stated = re.search(rf"\| {split} \| (\d+) \| \d+ \| ([\d.]+) % \| ([\d.]+) % \|", DOCUMENT.read_text("utf-8"))
    assert stated is not None
    assert int(stated[1]) == sum(labelled.split == split for labelled in items)
    assert float(stated[2]) == pytest.approx(100 * precision, abs=0.1)
    assert float(stated[3]) == pytest.approx(100 * recall, abs=0.1)


def test_only_ids_and_labels_of_the_recorded_items_are_kept() -> None:
    header, *rows = LABELS.read_text("utf-8").splitlines()
    assert header == "series,id,about_ai,split"
    assert len(rows) >= 850
    assert all(len(row) < 300 for row in rows)
