"""One list: asked for, read, recorded, however it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from domain.items import Source
from domain.readings import HarvestStatus
from sources.door import Door
from sources.errors import Unreadable
from sources.harvesting import JSON, Catch, Listing, harvest_list, harvest_lists
from tests.integration.sources.conftest import NOW
from tests.integration.sources.site import Site, ok, silent, validated

MakeDoor = Callable[..., Door]


def _nothing(body: bytes, at: datetime) -> Catch:
    return Catch()


def _unreadable(body: bytes, at: datetime) -> Catch:
    raise Unreadable("the site sent\nnonsense")


def _mistaken(body: bytes, at: datetime) -> Catch:
    raise KeyError("hf-secret")


async def test_a_list_that_takes_longer_than_its_time_has_failed(page: Site, door_to: MakeDoor) -> None:
    listing = Listing("slow", (page.on("/slow", silent(5)),), JSON, _nothing)
    haul = await harvest_list(door_to(page.origin), Source.FEEDS, NOW, listing, seconds=0.05)
    assert haul.harvest.status is HarvestStatus.FAILED
    assert haul.harvest.error == "no answer within 0.05 s; it is asked again next time"


async def test_a_mistake_of_ours_over_one_list_costs_that_list_alone(page: Site, door_to: MakeDoor) -> None:
    url = page.on("/list", ok(b"[]"))
    listings = [Listing("broken", (url,), JSON, _mistaken), Listing("whole", (url,), JSON, _nothing)]
    broken, whole = await harvest_lists(door_to(page.origin), Source.FEEDS, NOW, listings)
    assert broken.harvest.error == "our own mistake (KeyError); the log tells where"
    assert broken.harvest.status is HarvestStatus.FAILED
    assert whole.harvest.status is HarvestStatus.EMPTY


async def test_only_what_could_be_read_is_remembered(page: Site, door_to: MakeDoor, tmp_path: Path) -> None:
    url = page.on("/list", validated(b"[]", '"v1"'))
    door = door_to(page.origin, folder=tmp_path)
    for parse in (_unreadable, _nothing, _nothing):
        await harvest_list(door, Source.FEEDS, NOW, Listing("list", (url,), JSON, parse))
    assert [asked.headers["If-None-Match"] for asked in page.asked] == [None, None, '"v1"']


async def test_without_a_cache_nothing_is_remembered_and_nothing_breaks(page: Site, door_to: MakeDoor) -> None:
    url = page.on("/list", validated(b"[]", '"v1"'))
    door = door_to(page.origin)
    for _ in range(2):
        haul = await harvest_list(door, Source.FEEDS, NOW, Listing("list", (url,), JSON, _nothing))
        assert haul.harvest.etag == '"v1"'
    assert [asked.headers["If-None-Match"] for asked in page.asked] == [None, None]


async def test_errors_are_one_plain_line(page: Site, door_to: MakeDoor) -> None:
    listing = Listing("list", (page.on("/list", ok(b"[]")),), JSON, _unreadable)
    haul = await harvest_list(door_to(page.origin), Source.FEEDS, NOW, listing)
    assert haul.harvest.error == "the site sent nonsense"
