"""The words of items: a version for each change, told as of a moment, and cited for ever."""

from __future__ import annotations

from typing import Any

import pytest

from domain.items import Item
from storage.archive import Archive
from storage.database import Database
from tests.contract.storage.samples import DAY, FIRST, MORNING, dump, haul, sighting

TOMORROW = MORNING + DAY
LATER = MORNING + 2 * DAY


def told(archive: Archive, days: float) -> Item:
    return archive.items(MORNING + days * DAY, [FIRST])[FIRST]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Loom 2"},
        {"url": "https://github.com/anna/loom2"},
        {"publisher": "Anna"},
        {"summary": "Weaves"},
        {"tags": ("agents",)},
        {"created_at": MORNING - DAY},
    ],
)
def test_words_that_change_are_kept_beside_the_old_ones(archive: Archive, change: dict[str, Any]) -> None:
    archive.store(haul(sighting(), at=MORNING))
    archive.store(haul(sighting(**change), at=TOMORROW))
    before, after = told(archive, 0.5), told(archive, 1)
    assert before.version != after.version
    assert {name: getattr(after, name) for name in change} == change
    assert {name: getattr(before, name) for name in change} != change
    assert (before.seen_at, after.seen_at) == (MORNING, TOMORROW)


def test_words_that_stay_are_kept_once(archive: Archive, database: Database) -> None:
    for day in range(3):
        archive.store(haul(sighting(stars=day), at=MORNING + day * DAY))
    assert len(dump(database)["item_versions"]) == 1
    assert told(archive, 2).seen_at == MORNING


def test_words_that_come_back_are_a_version_of_their_own(archive: Archive) -> None:
    for day, title in enumerate(["Loom", "Loom 2", "Loom"]):
        archive.store(haul(sighting(title=title), at=MORNING + day * DAY))
    assert [told(archive, day).title for day in range(3)] == ["Loom", "Loom 2", "Loom"]
    assert len({told(archive, day).version for day in range(3)}) == 3


def test_a_cited_version_says_for_ever_what_it_said(archive: Archive) -> None:
    archive.store(haul(sighting(summary="Weaves"), at=MORNING))
    cited = told(archive, 0)
    archive.store(haul(sighting(summary="Knits"), at=TOMORROW))
    assert archive.items_by_version([cited.version]) == {cited.version: cited}


def test_older_words_that_are_stored_later_do_not_displace_the_newer(archive: Archive) -> None:
    archive.store(haul(sighting(title="Loom 2"), at=LATER))
    archive.store(haul(sighting(title="Loom"), at=MORNING))
    assert told(archive, 0).title == "Loom"
    assert told(archive, 1.9).title == "Loom"
    assert told(archive, 2).title == "Loom 2"


def test_an_item_asked_for_before_it_was_seen_has_its_first_words(archive: Archive) -> None:
    archive.store(haul(sighting(title="Loom"), at=MORNING))
    archive.store(haul(sighting(title="Loom 2"), at=TOMORROW))
    assert told(archive, -1).title == "Loom"


def test_what_one_list_leaves_out_another_has_not_unsaid(archive: Archive, database: Database) -> None:
    rich = sighting(summary="Weaves", tags=("language:Python", "llm", "agents"), created_at=MORNING - DAY)
    poor = sighting(summary="", publisher="", tags=("language:Python",))
    for day in range(3):
        archive.store(haul(rich, name="search/young", at=MORNING + day * DAY))
        archive.store(haul(poor, name="trending/daily", at=MORNING + day * DAY))
    words = told(archive, 2)
    assert (words.summary, words.publisher, words.created_at) == ("Weaves", "anna", MORNING - DAY)
    assert words.tags == ("language:Python", "llm", "agents")
    assert len(dump(database)["item_versions"]) == 1


def test_two_lists_of_one_moment_add_up(archive: Archive) -> None:
    archive.store(haul(sighting(summary="", tags=("language:Python",)), name="trending/daily"))
    archive.store(haul(sighting(summary="Weaves", tags=("llm",)), name="search/young"))
    assert told(archive, 0).summary == "Weaves"
    assert told(archive, 0).tags == ("llm", "language:Python")
