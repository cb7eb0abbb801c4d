"""The collector: sources at once, each haul stored, a bad source costing only itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from domain.errors import StorageError
from domain.items import Source
from domain.readings import Harvest, HarvestStatus, Haul
from sources.collector import collect
from sources.errors import Unreadable

AT = datetime(2026, 7, 3, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Plain:
    """A source that answers after a while, or raises."""

    name: Source
    lists: Sequence[str] = ("one", "two")
    after: float = 0.0
    error: BaseException | None = None

    async def harvest(self, at: datetime) -> list[Haul]:
        await asyncio.sleep(self.after)
        if self.error is not None:
            raise self.error
        return [Haul(Harvest(self.name, name, at, HarvestStatus.OK, items=1)) for name in self.lists]


@dataclass
class Shelf:
    """Stores harvests under numbers, and notes where and how it was called."""

    kept: list[Harvest] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    busy: bool = False
    fails_at: int | None = None

    def __call__(self, haul: Haul) -> Harvest:
        assert not self.busy, "one haul at a time"
        self.busy = True
        self.threads.add(threading.get_ident())
        try:
            if len(self.kept) == self.fails_at:
                raise StorageError("the disk is full; make room and collect again")
            self.kept.append(replace(haul.harvest, id=len(self.kept) + 1))
            return self.kept[-1]
        finally:
            self.busy = False


async def test_every_haul_is_stored_and_the_stored_harvests_are_returned() -> None:
    shelf = Shelf()
    harvests = await collect([Plain(Source.ARXIV, after=0.02), Plain(Source.GITHUB)], AT, shelf)

    assert [(harvest.source, harvest.list) for harvest in harvests] == [
        (Source.ARXIV, "one"),
        (Source.ARXIV, "two"),
        (Source.GITHUB, "one"),
        (Source.GITHUB, "two"),
    ]
    assert sorted(harvest.id for harvest in harvests) == [1, 2, 3, 4]
    assert [harvest.source for harvest in shelf.kept[:2]] == [Source.GITHUB] * 2, "who answers first is stored first"


async def test_storing_never_blocks_the_conversation() -> None:
    shelf = Shelf()
    await collect([Plain(Source.ARXIV)], AT, shelf)
    assert threading.get_ident() not in shelf.threads


async def test_sources_are_asked_at_the_same_time() -> None:
    began = asyncio.get_running_loop().time()
    await collect([Plain(source, after=0.3) for source in Source], AT, Shelf())
    assert asyncio.get_running_loop().time() - began < 1.2


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unreadable("the list can't be read"), "the list can't be read"),
        (ValueError("gh-secret"), "our own mistake (ValueError); the log tells where"),
        (RecursionError(), "our own mistake (RecursionError); the log tells where"),
    ],
)
async def test_a_source_that_raises_costs_only_itself(error: Exception, told: str) -> None:
    harvests = await collect([Plain(Source.ARXIV, error=error), Plain(Source.GITHUB)], AT, Shelf())

    by_source = {source: [harvest for harvest in harvests if harvest.source is source] for source in Source}
    assert [(harvest.status, harvest.error) for harvest in by_source[Source.ARXIV]] == [
        (HarvestStatus.FAILED, told)
    ] * 2
    assert [harvest.list for harvest in by_source[Source.ARXIV]] == ["one", "two"]
    assert all(harvest.status is HarvestStatus.OK for harvest in by_source[Source.GITHUB])


async def test_a_source_that_does_not_end_is_ended() -> None:
    harvests = await collect([Plain(Source.ARXIV, after=60.0), Plain(Source.GITHUB)], AT, Shelf(), seconds=0.05)

    stuck = [harvest for harvest in harvests if harvest.source is Source.ARXIV]
    assert [harvest.status for harvest in stuck] == [HarvestStatus.FAILED] * 2
    assert all("no answer within" in harvest.error for harvest in stuck)
    assert all(harvest.seconds >= 0.05 for harvest in stuck)


async def test_a_storage_that_fails_ends_the_collection_and_keeps_what_it_has() -> None:
    shelf = Shelf(fails_at=2)
    with pytest.raises(StorageError, match="disk is full"):
        await collect(
            [Plain(Source.ARXIV), Plain(Source.GITHUB, after=0.02), Plain(Source.FEEDS, after=30.0)], AT, shelf
        )
    assert [harvest.source for harvest in shelf.kept] == [Source.ARXIV] * 2


async def test_a_collection_that_is_cancelled_leaves_nothing_running() -> None:
    collecting = asyncio.create_task(collect([Plain(Source.ARXIV, after=30.0)], AT, Shelf()))
    await asyncio.sleep(0.02)
    collecting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await collecting
    assert len(asyncio.all_tasks()) == 1
