"""Old harvests are thinned to one a day of each list, and nothing that an issue rests on goes."""

from __future__ import annotations

from datetime import timedelta

from domain.evidence import EvidenceId
from domain.readings import HarvestStatus
from storage.archive import Archive
from storage.issues import Issues
from tests.contract.storage.samples import (
    DAY,
    FIRST,
    MORNING,
    SECOND,
    harvest_evidence,
    haul,
    issue,
    reading_evidence,
    sighting,
)

HOUR = timedelta(hours=1)
NOW = MORNING + 100 * DAY


def left(archive: Archive) -> list[int]:
    return [harvest.id for harvest in archive.harvests(MORNING - DAY, NOW)]


def test_of_each_list_one_harvest_a_day_is_left(archive: Archive) -> None:
    harvests = [
        archive.store(haul(sighting(), name=name, at=MORNING + day * DAY + hour * HOUR))
        for name in ("trending/daily", "trending/weekly")
        for day in range(2)
        for hour in range(3)
    ]
    assert archive.thin(NOW) == 8
    last_of_each_day = [harvest.id for harvest in harvests[2::3]]
    assert sorted(left(archive)) == last_of_each_day
    assert sorted(reading.harvest_id for reading in archive.readings(MORNING, NOW)) == last_of_each_day


def test_thinning_twice_takes_nothing_more(archive: Archive) -> None:
    for hour in range(3):
        archive.store(haul(sighting(), at=MORNING + hour * HOUR))
    assert archive.thin(NOW) == 2
    assert archive.thin(NOW) == 0


def test_what_is_young_stays(archive: Archive) -> None:
    for hour in range(3):
        archive.store(haul(sighting(), at=MORNING + hour * HOUR))
    assert archive.thin(MORNING + HOUR) == 0
    assert archive.thin(MORNING + 2 * HOUR) == 1


def test_a_good_harvest_is_left_rather_than_a_later_failure(archive: Archive) -> None:
    good = archive.store(haul(sighting(), at=MORNING))
    archive.store(haul(status=HarvestStatus.FAILED, at=MORNING + HOUR))
    archive.thin(NOW)
    assert left(archive) == [good.id]


def test_of_a_day_of_failures_the_last_is_left(archive: Archive) -> None:
    harvests = [archive.store(haul(status=HarvestStatus.FAILED, at=MORNING + hour * HOUR)) for hour in range(3)]
    archive.thin(NOW)
    assert left(archive) == [harvests[-1].id]


def test_a_list_of_which_one_reading_is_cited_stays_whole(archive: Archive, issues: Issues) -> None:
    harvests = [archive.store(haul(sighting(FIRST), sighting(SECOND), at=MORNING + hour * HOUR)) for hour in range(3)]
    [cited, _] = archive.listed([harvests[0].id])
    issues.save_draft(issue(evidence={EvidenceId("r-stars"): reading_evidence(cited.id)}), (), MORNING)
    archive.thin(NOW)
    assert left(archive) == [harvests[0].id]
    assert len(archive.listed([harvests[0].id])) == 2


def test_a_cited_list_stays(archive: Archive, issues: Issues) -> None:
    harvests = [archive.store(haul(sighting(), at=MORNING + hour * HOUR)) for hour in range(3)]
    issues.save_draft(issue(evidence={EvidenceId("h"): harvest_evidence(harvests[1].id)}), (), MORNING)
    archive.thin(NOW)
    assert left(archive) == [harvests[1].id]


def test_what_a_discarded_draft_cited_may_go(archive: Archive, issues: Issues) -> None:
    harvests = [archive.store(haul(sighting(), at=MORNING + hour * HOUR)) for hour in range(3)]
    for cited in (harvests[0], harvests[1]):
        issues.save_draft(issue(evidence={EvidenceId("h"): harvest_evidence(cited.id)}), (), MORNING)
    archive.thin(NOW)
    assert left(archive) == [harvests[1].id]


def test_the_words_of_items_outlive_the_readings(archive: Archive) -> None:
    for hour in range(2):
        archive.store(haul(sighting(title=f"Loom {hour}"), at=MORNING + hour * HOUR))
    first = archive.items(MORNING)[FIRST]
    archive.thin(NOW)
    assert archive.items_by_version([first.version]) == {first.version: first}


def test_the_id_of_what_went_is_never_given_again(archive: Archive) -> None:
    archive.store(haul(sighting(), at=MORNING))
    gone = archive.store(haul(status=HarvestStatus.FAILED, at=MORNING + HOUR))
    archive.thin(NOW)
    assert archive.store(haul(sighting(), at=MORNING + 2 * HOUR)).id > gone.id
