"""What links answered is added to, comes back in the order of time, and goes when it is old."""

from __future__ import annotations

from datetime import timedelta

from domain.links import Asking, Life
from storage.database import Database
from storage.links import Links
from tests.contract.storage.samples import MORNING

URL = "https://news.example/story?q=“ü”"
LATER = MORNING + timedelta(minutes=15)


def test_askings_come_back_as_they_were_kept_in_the_order_of_time(database: Database) -> None:
    links = Links(database)
    gone, alive = Asking(URL, LATER, Life.GONE, "404"), Asking(URL, MORNING, Life.ALIVE, "200")
    unknown = Asking("https://slow.example/", LATER, Life.UNKNOWN, "it did not answer in time")
    links.add([gone, unknown])
    links.add([alive])
    assert links.since(MORNING) == [alive, gone, unknown]


def test_what_was_asked_before_a_moment_is_not_given(database: Database) -> None:
    links = Links(database)
    links.add([Asking(URL, MORNING, Life.GONE, "404"), Asking(URL, LATER, Life.GONE, "410")])
    assert links.since(LATER) == [Asking(URL, LATER, Life.GONE, "410")]


def test_an_asking_is_never_rewritten_by_a_later_one(database: Database) -> None:
    links = Links(database)
    links.add([Asking(URL, MORNING, Life.GONE, "404")])
    links.add([Asking(URL, MORNING, Life.ALIVE, "200")])
    assert [each.life for each in links.since(MORNING)] == [Life.GONE, Life.ALIVE]


def test_keeping_nothing_is_no_error(database: Database) -> None:
    Links(database).add([])
    assert Links(database).since(MORNING) == []


def test_old_askings_go_and_new_ones_stay(database: Database) -> None:
    links = Links(database)
    links.add([Asking(URL, MORNING, Life.GONE, "404"), Asking(URL, LATER, Life.GONE, "404")])
    assert links.thin(LATER) == 1
    assert [each.at for each in links.since(MORNING)] == [LATER]
    assert links.thin(LATER) == 0
