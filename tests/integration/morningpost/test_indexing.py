"""The paper at work makes every published issue searchable by itself, whoever published it and whenever."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from domain.errors import StorageError
from storage.schema import SearchEntryRow
from tests.integration.house import Morning, morning_at_work


def indexed(morning: Morning) -> set[date]:
    with morning.house.database.read() as connection:
        return set(connection.scalars(select(SearchEntryRow.issue_date).distinct()))


async def test_issues_from_before_are_indexed_when_the_paper_starts(tmp_path: Path) -> None:
    days = {date(2026, 7, 3), date(2026, 7, 4)}
    async with morning_at_work(tmp_path, at_work=False) as morning:
        for number, day in enumerate(sorted(days), 1):
            morning.publish(day, number)
        assert indexed(morning) == set()
    async with morning_at_work(tmp_path) as morning:
        async with asyncio.timeout(5):
            while indexed(morning) != days:  # noqa: ASYNC110 -- the database has no event to wait for
                await asyncio.sleep(0.02)


async def test_a_search_that_can_not_be_indexed_keeps_nobody_from_the_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> int:
        raise StorageError("The database is locked.")

    monkeypatch.setattr("storage.search.Search.refresh", locked)
    async with morning_at_work(tmp_path) as morning:
        morning.publish()
        (front,) = await morning.say(morning.reader(), "/today")
        assert "4 July 2026" in front.text
        with morning.house.database.read() as connection:
            assert connection.scalar(select(func.count()).select_from(SearchEntryRow)) == 0
