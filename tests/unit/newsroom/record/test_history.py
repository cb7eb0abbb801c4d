from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.items import Source
from domain.readings import Harvest, HarvestStatus
from newsroom.history import DAYS, DAYS_OF_A_LISTING, needed

NEWEST = datetime(2026, 8, 22, 6, tzinfo=UTC)


def harvests(source: Source, days: int, times_a_day: int = 8, failed: frozenset[int] = frozenset()) -> list[Harvest]:
    count = days * times_a_day
    return [
        Harvest(
            source,
            "a list",
            NEWEST - number * timedelta(days=1) / times_a_day,
            HarvestStatus.FAILED if number in failed else HarvestStatus.OK,
            id=count - number,
        )
        for number in range(count)
    ]


def test_no_harvests_are_needed_of_none() -> None:
    assert needed([]) == []


def test_a_list_that_never_answered_is_known_by_its_newest_failure() -> None:
    (kept,) = needed(harvests(Source.GITHUB, 2, failed=frozenset(range(16))))
    assert (kept.status, kept.observed_at) == (HarvestStatus.FAILED, NEWEST)


@pytest.mark.parametrize(("source", "days"), [(Source.GITHUB, DAYS), (Source.ARXIV, DAYS_OF_A_LISTING)])
def test_of_each_day_one_harvest_at_the_same_hour_is_needed(source: Source, days: int) -> None:
    kept = needed(harvests(source, 90))
    assert [harvest.observed_at for harvest in kept] == [NEWEST - timedelta(days=ago) for ago in reversed(range(days))]


def test_after_a_failure_the_newest_good_one_counts_the_days_and_the_failure_stays_known() -> None:
    kept = needed(harvests(Source.GITHUB, 3, failed=frozenset({0})))
    assert kept[-1].status is HarvestStatus.FAILED
    assert kept[-2].observed_at == NEWEST - timedelta(hours=3)


def test_a_day_without_a_good_harvest_is_a_gap() -> None:
    kept = needed(harvests(Source.GITHUB, 3, times_a_day=1, failed=frozenset({1})))
    assert [harvest.observed_at.day for harvest in kept] == [20, 22]
