"""An item is found by what a reader calls it, and followed over all our readings."""

from __future__ import annotations

import pytest

from domain.following import figures, ranks
from domain.items import ItemKey, Kind, Source
from domain.readings import Metric
from storage.archive import Archive
from storage.database import Database
from storage.following import Following
from tests.contract.storage.samples import DAY, FIRST, MORNING, SECOND, haul, sighting


def repository(name: str) -> ItemKey:
    return ItemKey(Source.GITHUB, Kind.REPOSITORY, name)


@pytest.fixture
def following(database: Database, archive: Archive) -> Following:
    names = ("anna/loom", "bert/sieve", "carl/loom-tools", "dora/sieve", "eve/per%cent")
    archive.store(haul(*(sighting(repository(name), place) for place, name in enumerate(names, 1))))
    return Following(database)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("anna/loom", ["anna/loom"]),
        ("ANNA/Loom", ["anna/loom"]),
        ("loom", ["anna/loom", "carl/loom-tools"]),
        ("sieve", ["dora/sieve", "bert/sieve"]),
        ("loo", ["carl/loom-tools", "anna/loom"]),
        ("tools", ["carl/loom-tools"]),
        ("%", []),
        ("r%c", ["eve/per%cent"]),
        ("r_c", []),
        ("", []),
        ("  /  ", []),
        ("' OR 1=1 --", []),
        ("x" * 10_000, []),
    ],
)
def test_an_item_is_found_by_its_name_or_else_by_its_ending_and_by_a_part(
    following: Following, name: str, expected: list[str]
) -> None:
    assert [found.item.key.external_id for found in following.named(name, 6)] == expected


def test_a_name_comes_before_a_title_and_what_was_read_last_before_the_rest(
    archive: Archive, following: Following
) -> None:
    archive.store(haul(sighting(SECOND, title="Better than loo paper"), at=MORNING + DAY))
    archive.store(haul(sighting(FIRST), at=MORNING + 2 * DAY))
    found = [one.item.key.external_id for one in following.named("loo", 6)]
    assert found == ["anna/loom", "carl/loom-tools", "bert/sieve"]


def test_no_more_are_offered_than_were_asked_for(following: Following) -> None:
    assert len(following.named("e", 2)) == 2


def test_a_title_finds_its_item_in_the_words_seen_last(archive: Archive, following: Following) -> None:
    archive.store(haul(sighting(FIRST, title="Weaving by hand"), at=MORNING + DAY))
    archive.store(haul(sighting(FIRST, title="Weaving by machine"), at=MORNING + 2 * DAY))
    (found,) = following.named("weaving", 6)
    assert found.item.title == "Weaving by machine"


def test_the_course_of_an_item_is_all_its_readings_in_the_order_of_time(archive: Archive, following: Following) -> None:
    archive.store(haul(sighting(SECOND, 1, 50), sighting(FIRST, 2, 140), at=MORNING + DAY))
    archive.store(haul(sighting(FIRST, None, 150), at=MORNING + 2 * DAY, name="search/young"))
    (found,) = following.named("anna/loom", 6)
    course = following.course(found.number)
    assert course is not None
    counted, placed = figures(course), ranks(course)
    assert counted is not None
    assert placed is not None
    assert (counted[0], [point.value for point in counted[1]]) == (Metric.STARS, [100, 140, 150])
    assert (placed[0], [point.value for point in placed[1]]) == ((Source.GITHUB, "trending/daily"), [1, 2])
    assert [standing.observed_at for standing in course.standings] == [MORNING, MORNING + DAY, MORNING + 2 * DAY]


@pytest.mark.parametrize("number", [0, -1, 999, 2**62])
def test_an_item_that_is_not_there_has_no_course(following: Following, number: int) -> None:
    assert following.course(number) is None


def test_what_two_sites_list_under_one_name_is_one_item_with_the_readings_of_both(
    archive: Archive, following: Following
) -> None:
    elsewhere = ItemKey(Source.OSSINSIGHT, Kind.REPOSITORY, "Anna/Loom")
    archive.store(haul(sighting(elsewhere, 3, 160), at=MORNING + DAY))
    (found,) = following.named("anna/loom", 6)
    assert found.item.key == FIRST
    course = following.course(found.number)
    assert course is not None
    assert [standing.observed_at for standing in course.standings] == [MORNING, MORNING + DAY]


def test_a_model_and_a_repository_of_one_name_stay_two(archive: Archive, following: Following) -> None:
    model = ItemKey(Source.HUGGINGFACE, Kind.MODEL, "anna/loom")
    archive.store(haul(sighting(model), at=MORNING + DAY))
    assert [found.item.key.kind for found in following.named("anna/loom", 6)] == [Kind.MODEL, Kind.REPOSITORY]
    course = following.course(following.named("anna/loom", 6)[1].number)
    assert course is not None
    assert len(course.standings) == 1
