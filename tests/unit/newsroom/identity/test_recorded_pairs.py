"""Pairs of recorded stories that were read by hand: what titles join tells of the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.one_story import JUDGED, judged, measured
from benchmarks.recorded_items import items_of
from newsroom.identity import Subjects
from sandbox.replay import mornings

FIRST, LAST = date(2026, 6, 29), date(2026, 7, 2)


@pytest.mark.recordings
def test_every_pair_that_only_titles_join_on_four_mornings_was_read_and_tells_of_the_same(recordings: Path) -> None:
    items = {item.key: item for morning in mornings(recordings, FIRST, LAST) for item in items_of(morning)}
    found = measured(items)
    known = judged()
    pairs = [tuple(sorted((str(one.key), str(other.key)))) for one, other in found.others]
    assert pairs
    assert [pair for pair in pairs if not known.get((pair[0], pair[1]))] == []
    assert all(len(Subjects.group(pair)) == 1 for pair in found.by_titles)


def test_only_ids_and_judgements_of_the_recorded_pairs_are_kept() -> None:
    header, *rows = JUDGED.read_text("utf-8").splitlines()
    assert header == "one,other,same"
    assert len(rows) >= 30
    assert all(" " not in row for row in rows)
