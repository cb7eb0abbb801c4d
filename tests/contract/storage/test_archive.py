"""What the sources said is kept as it was said, and found again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from domain.errors import StorageError
from domain.items import ItemKey, Kind, Source
from domain.readings import HarvestStatus, Metric, Reading, Sighting
from storage.archive import Archive
from storage.database import Database
from tests.contract.storage.samples import DAY, FIRST, MORNING, SECOND, dump, haul, item, sighting

LONG_AGO, FAR_AHEAD = MORNING - 1000 * DAY, MORNING + 1000 * DAY


def test_a_stored_haul_is_read_back_as_it_was(archive: Archive) -> None:
    brought = haul(sighting(FIRST, rank=1, stars=100), sighting(SECOND, rank=2, stars=50))
    harvest = archive.store(brought)
    assert harvest == replace(brought.harvest, id=harvest.id)
    assert archive.harvests(MORNING, MORNING) == [harvest]
    first, second = archive.readings(MORNING, MORNING)
    assert first == Reading(first.id, harvest.id, FIRST, MORNING, 1, {Metric.STARS: 100, Metric.FORKS: 7})
    assert (second.item, second.rank, second.metrics[Metric.STARS]) == (SECOND, 2, 50)


def test_a_list_without_places_has_readings_without_rank(archive: Archive) -> None:
    archive.store(haul(Sighting(item())))
    [reading] = archive.readings(MORNING, MORNING)
    assert reading.rank is None
    assert reading.metrics == {}


def test_the_ends_of_the_time_asked_for_belong_to_it(archive: Archive) -> None:
    for day in range(5):
        archive.store(haul(sighting(stars=day), at=MORNING + day * DAY))
    readings = archive.readings(MORNING + DAY, MORNING + 3 * DAY)
    assert [reading.metrics[Metric.STARS] for reading in readings] == [1, 2, 3]
    assert len(archive.harvests(MORNING + DAY, MORNING + 3 * DAY)) == 3


def test_harvests_come_in_the_order_of_time(archive: Archive) -> None:
    for day in (2, 0, 1):
        archive.store(haul(at=MORNING + day * DAY))
    assert [harvest.observed_at for harvest in archive.harvests(LONG_AGO, FAR_AHEAD)] == [
        MORNING,
        MORNING + DAY,
        MORNING + 2 * DAY,
    ]


def test_a_failure_is_kept_with_its_reason(archive: Archive) -> None:
    failed = haul(status=HarvestStatus.FAILED)
    archive.store(replace(failed, harvest=replace(failed.harvest, error="HTML instead of JSON")))
    [harvest] = archive.harvests(MORNING, MORNING)
    assert harvest.status is HarvestStatus.FAILED
    assert harvest.error == "HTML instead of JSON"


def test_storing_a_haul_twice_changes_nothing(archive: Archive, database: Database) -> None:
    first = archive.store(haul(sighting(stars=100)))
    before = dump(database)
    assert archive.store(haul(sighting(stars=999), sighting(SECOND))) == first
    assert dump(database) == before


def test_a_list_that_failed_may_be_read_again_for_the_same_moment(archive: Archive) -> None:
    failed = archive.store(haul(status=HarvestStatus.FAILED))
    again = archive.store(haul(status=HarvestStatus.FAILED))
    read = archive.store(haul(sighting()))
    assert archive.harvests(MORNING, MORNING) == [failed, again, read]


def test_the_same_moment_is_the_same_in_another_time_zone(archive: Archive) -> None:
    first = archive.store(haul(sighting()))
    elsewhere = MORNING.astimezone(timezone(timedelta(hours=9)))
    assert archive.store(haul(sighting(), at=elsewhere)) == first
    assert archive.readings(elsewhere, elsewhere)[0].observed_at == MORNING


def test_a_moment_without_time_zone_is_refused(archive: Archive, database: Database) -> None:
    with pytest.raises(StorageError, match="no time zone"):
        archive.store(haul(sighting(), at=MORNING.replace(tzinfo=None)))
    assert not any(dump(database).values())


def test_an_item_listed_twice_is_kept_once_where_it_stood_first(archive: Archive) -> None:
    harvest = archive.store(haul(sighting(rank=1, stars=10), sighting(SECOND, rank=2), sighting(rank=3, stars=30)))
    readings = archive.listed([harvest.id])
    assert [(reading.item, reading.rank) for reading in readings] == [(FIRST, 1), (SECOND, 2)]
    assert harvest.items == 2


def test_an_item_is_known_from_the_earliest_moment_that_it_was_seen(archive: Archive) -> None:
    archive.store(haul(sighting(), at=MORNING))
    archive.store(haul(sighting(), at=MORNING + DAY))
    assert archive.items(FAR_AHEAD)[FIRST].first_seen_at == MORNING
    archive.store(haul(sighting(), at=MORNING - DAY))
    assert archive.items(FAR_AHEAD)[FIRST].first_seen_at == MORNING - DAY


def test_items_of_another_kind_or_source_with_the_same_name_are_others(archive: Archive) -> None:
    keys = [
        ItemKey(Source.HUGGINGFACE, Kind.MODEL, "anna/loom"),
        ItemKey(Source.HUGGINGFACE, Kind.DATASET, "anna/loom"),
        ItemKey(Source.OSSINSIGHT, Kind.REPOSITORY, "anna/loom"),
        FIRST,
    ]
    archive.store(haul(*map(sighting, keys)))
    assert [reading.item for reading in archive.readings(MORNING, MORNING)] == keys
    assert set(archive.items(MORNING)) == set(keys)


def test_what_was_not_seen_by_then_is_not_told(archive: Archive) -> None:
    archive.store(haul(sighting(FIRST), at=MORNING))
    archive.store(haul(sighting(SECOND), at=MORNING + DAY))
    assert set(archive.items(MORNING)) == {FIRST}
    assert set(archive.items(MORNING - DAY)) == set()
    assert set(archive.items(MORNING + DAY)) == {FIRST, SECOND}


def test_items_can_be_asked_for_by_key(archive: Archive) -> None:
    archive.store(haul(sighting(FIRST), sighting(SECOND)))
    unknown = ItemKey(Source.ARXIV, Kind.PAPER, "2607.01234")
    assert set(archive.items(MORNING, [SECOND, unknown])) == {SECOND}
    assert archive.items(MORNING, []) == {}


def test_evidence_is_found_by_its_ids_and_what_is_not_there_is_left_out(archive: Archive) -> None:
    harvest = archive.store(haul(sighting(FIRST), sighting(SECOND)))
    other = archive.store(haul(sighting(FIRST), at=MORNING + DAY))
    first, second, third = archive.readings(LONG_AGO, FAR_AHEAD)
    assert archive.readings_by_id([third.id, first.id, 999]) == {first.id: first, third.id: third}
    assert archive.harvests_by_id([harvest.id, 999]) == {harvest.id: harvest}
    assert archive.listed([harvest.id]) == [first, second]
    assert archive.listed([harvest.id, other.id]) == [first, second, third]
    version = archive.items(MORNING)[SECOND].version
    assert archive.items_by_version([version, 999]) == {version: archive.items(MORNING)[SECOND]}


def test_nothing_asked_is_nothing_answered(archive: Archive) -> None:
    assert archive.readings_by_id([]) == {}
    assert archive.harvests_by_id([]) == {}
    assert archive.items_by_version([]) == {}
    assert archive.listed([]) == []


def test_more_ids_than_a_statement_may_name_are_found(archive: Archive) -> None:
    keys = [ItemKey(Source.GITHUB, Kind.REPOSITORY, f"owner/name{n}") for n in range(1100)]
    archive.store(haul(*(sighting(key, rank=n + 1) for n, key in enumerate(keys))))
    readings = archive.readings(MORNING, MORNING)
    assert archive.readings_by_id([reading.id for reading in readings]) == {each.id: each for each in readings}
    assert set(archive.items(MORNING, keys)) == set(keys)
    archive.store(haul(*map(sighting, keys), at=MORNING + DAY))
    assert {found.seen_at for found in archive.items(FAR_AHEAD).values()} == {MORNING}


def test_readings_of_one_item_share_its_key(archive: Archive) -> None:
    for day in range(3):
        archive.store(haul(sighting(), at=MORNING + day * DAY))
    assert len({id(reading.item) for reading in archive.readings(LONG_AGO, FAR_AHEAD)}) == 1


def test_large_figures_and_hostile_names_are_kept_as_they_are(archive: Archive) -> None:
    name = "o'; DROP TABLE items; --/%s \\ “❤” \u202e\u200b" + "x" * 100_000
    key = ItemKey(Source.GITHUB, Kind.REPOSITORY, name)
    archive.store(haul(sighting(key, stars=2**63, summary=name)))
    [reading] = archive.readings(MORNING, MORNING)
    assert reading.item == key
    assert reading.metrics[Metric.STARS] == 2**63
    assert archive.items(MORNING)[key].summary == name


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_text_that_postgresql_can_not_hold_is_told_and_nothing_is_kept(archive: Archive, database: Database) -> None:
    with pytest.raises(StorageError, match="NUL"):
        archive.store(haul(sighting(FIRST), sighting(SECOND, summary="\x00")))
    assert not any(dump(database).values())


def test_a_text_that_is_no_unicode_is_told_and_nothing_is_kept(archive: Archive, database: Database) -> None:
    with pytest.raises(StorageError, match="refused"):
        archive.store(haul(sighting(FIRST), sighting(SECOND, summary="\ud800")))
    assert not any(dump(database).values())


def test_lists_stored_at_the_same_time_know_the_same_items(archive: Archive, database: Database) -> None:
    keys = [ItemKey(Source.GITHUB, Kind.REPOSITORY, f"owner/name{n}") for n in range(50)]
    hauls = [haul(*map(sighting, keys), name=f"list{n}", at=MORNING + n * DAY) for n in range(8)]
    with ThreadPoolExecutor(4) as threads:
        harvests = list(threads.map(archive.store, hauls))
    assert len({harvest.id for harvest in harvests}) == 8
    rows = dump(database)
    assert len(rows["items"]) == 50
    assert len(rows["readings"]) == 400


def test_one_list_stored_twice_at_the_same_time_is_kept_once(archive: Archive) -> None:
    with ThreadPoolExecutor(4) as threads:
        harvests = list(threads.map(archive.store, [haul(sighting())] * 4))
    assert len({harvest.id for harvest in harvests}) == 1
    assert len(archive.readings(LONG_AGO, FAR_AHEAD)) == 1
