"""Which of all stored harvests an issue needs: of each list the newest, and one good one for each day before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from domain.items import Source
from domain.readings import Harvest
from newsroom.record import READABLE, ListKey, nearest_to

DAY = timedelta(days=1)

#: How many days before its newest reading a list is looked back on. Listings without figures say only what is new.
DAYS = 60
DAYS_OF_A_LISTING = 8
LISTINGS = frozenset({Source.ARXIV, Source.FEEDS})


def needed(harvests: Iterable[Harvest]) -> list[Harvest]:
    """The harvests that the newsroom compares, however often a day the lists were read; in the order of time."""
    by_list: defaultdict[ListKey, list[Harvest]] = defaultdict(list)
    for harvest in sorted(harvests, key=lambda harvest: (harvest.observed_at, harvest.id)):
        by_list[ListKey(harvest.source, harvest.list)].append(harvest)
    chosen = {harvest.id: harvest for key, asked in by_list.items() for harvest in _of_list(key, asked)}
    return sorted(chosen.values(), key=lambda harvest: (harvest.observed_at, harvest.id))


def _of_list(key: ListKey, asked: list[Harvest]) -> Iterable[Harvest]:
    """The newest, however it ended, for the coverage; then the good ones nearest to the same hour of each day."""
    yield asked[-1]
    good = [harvest for harvest in asked if harvest.status in READABLE]
    times = [harvest.observed_at for harvest in good]
    if not good:
        return
    for days_ago in range(DAYS_OF_A_LISTING if key.source in LISTINGS else DAYS):
        index = nearest_to(times, times[-1] - days_ago * DAY)
        if index is not None:
            yield good[index]
