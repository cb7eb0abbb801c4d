"""Links asked over real HTTP: what lives, what is gone, and everything that says neither."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.links import Asking, Life
from sources.door import Door
from sources.links import LIMITS, MOST, LinkAsker, life_by, open_link_door
from sources.network import Network
from tests.integration.sources.site import (
    Asked,
    Site,
    by_method,
    endless,
    hung_up,
    ok,
    redirect,
    silent,
    status,
)

NOW = datetime(2026, 7, 4, 5, 31, tzinfo=UTC)


def clock() -> datetime:
    return NOW


@pytest.fixture
async def door(page: Site) -> AsyncIterator[Door]:
    """A door as the paper opens it for links, but that it may ask the site on loopback."""
    async with open_link_door(
        version="1.2.3", contact="https://paper.example", clock=clock, network=Network([page.origin])
    ) as opened:
        yield opened


async def asked(door: Door, *urls: str, seconds: float = 10.0) -> list[Asking]:
    return await LinkAsker(door, clock, seconds).ask(urls)


async def life(door: Door, url: str) -> Life:
    (answer,) = await asked(door, url)
    return answer.life


async def test_a_living_page_is_asked_by_head_and_says_who_asks(page: Site, door: Door) -> None:
    url = page.on("/story?id=1", status(200))
    assert await asked(door, url) == [Asking(url, NOW, Life.ALIVE, "200")]
    assert [(request.method, request.path) for request in page.asked] == [("HEAD", "/story?id=1")]
    assert page.asked[0].headers["User-Agent"] == "AIMorningPost/1.2.3 (+https://paper.example)"
    assert page.asked[0].headers["Authorization"] is None


@pytest.mark.parametrize("code", [404, 410])
async def test_a_page_that_is_gone_is_gone_only_when_get_says_so_too(page: Site, door: Door, code: int) -> None:
    url = page.on("/story", status(code))
    assert await asked(door, url) == [Asking(url, NOW, Life.GONE, str(code))]
    assert [request.method for request in page.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("code", [400, 403, 404, 405, 410, 501])
async def test_where_head_is_refused_get_is_asked_for_one_byte(page: Site, door: Door, code: int) -> None:
    url = page.on("/story", by_method(HEAD=status(code), GET=status(206, body=b"<")))
    assert await life(door, url) is Life.ALIVE
    assert page.asked[-1].headers["Range"] == "bytes=0-0"


async def test_a_page_that_was_dead_once_is_alive_the_next_time(page: Site, door: Door) -> None:
    url = page.on("/story", status(404), status(404), status(200))
    assert await life(door, url) is Life.GONE
    assert await life(door, url) is Life.ALIVE


@pytest.mark.parametrize("code", [401, 403, 429, 451, 500, 502, 503, 504, 999])
async def test_a_refusal_or_a_fault_of_the_site_is_no_death(page: Site, door: Door, code: int) -> None:
    assert await life(door, page.on("/story", status(code))) is Life.UNKNOWN


async def test_a_site_that_says_not_now_is_asked_nothing_more(page: Site, door: Door) -> None:
    first = page.on("/first", status(429, {"Retry-After": "3600"}))
    second = page.on("/second", status(200))
    assert await life(door, first) is Life.UNKNOWN
    assert await life(door, second) is Life.UNKNOWN
    assert [request.path for request in page.asked] == ["/first"]


async def test_a_redirect_is_followed_to_what_it_leads_to(page: Site, door: Door) -> None:
    there, gone = page.on("/there", status(200)), page.on("/gone", status(404))
    assert await life(door, page.on("/old", redirect(there, 301))) is Life.ALIVE
    assert await life(door, page.on("/older", redirect(gone, 308))) is Life.GONE


async def test_a_redirect_loop_is_unknown_and_soon_left(page: Site, door: Door) -> None:
    page.on("/a", redirect("/b"))
    page.on("/b", redirect("/a"))
    (answer,) = await asked(door, f"{page.url}/a")
    assert answer.life is Life.UNKNOWN
    assert "in a circle" in answer.said
    assert len(page.asked) == 2


async def test_more_redirects_than_five_are_not_followed(page: Site, door: Door) -> None:
    for number in range(9):
        page.on(f"/{number}", redirect(f"/{number + 1}"))
    assert await life(door, f"{page.url}/0") is Life.UNKNOWN
    assert len(page.asked) == 6


async def test_a_redirect_to_a_private_address_is_not_followed(page: Site, other: Site, door: Door) -> None:
    inside = other.on("/admin", status(404))
    (answer,) = await asked(door, page.on("/story", redirect(inside)))
    assert answer.life is Life.UNKNOWN
    assert "private address" in answer.said
    assert other.connections == 0


async def test_a_link_to_a_private_address_is_not_asked(other: Site) -> None:
    async with open_link_door(version="1", contact="", clock=clock) as door:
        for url in (other.on("/admin", status(200)), "http://169.254.169.254/latest", "file:///etc/passwd", "no link"):
            assert await life(door, url) is Life.UNKNOWN
    assert other.connections == 0


async def test_the_body_of_a_page_is_not_downloaded(page: Site, door: Door) -> None:
    written: list[int] = []

    async def refuses_head(request: Asked, writer: asyncio.StreamWriter) -> None:
        if request.method == "HEAD":
            await status(405)(request, writer)
            return
        await ok(b"x" * 10_000)(request, writer)
        while not writer.is_closing() and len(written) < 5_000:  # a server that goes on and on
            writer.write(b"x" * 10_000)
            await writer.drain()
            written.append(10_000)

    assert await life(door, page.on("/large", refuses_head)) is Life.ALIVE
    assert sum(written) < 40_000_000  # what fits into the buffers of the connection, and no more


async def test_an_endless_page_is_left_at_its_head(page: Site, door: Door) -> None:
    url = page.on("/drip", by_method(HEAD=status(405), GET=endless(b"x", 0.05)))
    began = time.monotonic()
    assert await life(door, url) is Life.ALIVE
    assert time.monotonic() - began < 3


async def test_who_hangs_up_is_unknown(page: Site, door: Door) -> None:
    assert await life(door, page.on("/story", hung_up())) is Life.UNKNOWN


async def test_slow_servers_cost_the_time_for_all_links_once(page: Site, door: Door) -> None:
    slow = [page.on(f"/{number}", silent(20)) for number in range(12)]
    quick = page.on("/quick", status(200))
    began = time.monotonic()
    answers = await asked(door, quick, *slow, seconds=0.5)
    assert time.monotonic() - began < 5
    assert [answer.url for answer in answers] == [quick, *slow]
    assert answers[0].life is Life.ALIVE
    assert {answer.life for answer in answers[1:]} == {Life.UNKNOWN}
    assert "for all links" in answers[1].said


async def test_one_slow_server_is_given_up_after_its_own_time(page: Site) -> None:
    limits = replace(LIMITS, read=0.2, total=0.5)
    async with Door("AIMorningPost/1", network=Network([page.origin]), limits=limits, clock=clock) as door:
        (answer,) = await asked(door, page.on("/slow", silent(20)))
    assert (answer.life, len(page.asked)) == (Life.UNKNOWN, 1)


async def test_without_a_network_every_link_is_unknown_at_once() -> None:
    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no network")

    urls = [f"https://site-{number}.example/story" for number in range(30)]
    began = time.monotonic()
    async with open_link_door(version="1", contact="", clock=clock, network=Network(resolver=nowhere)) as door:
        answers = await asked(door, *urls)
    assert time.monotonic() - began < 5
    assert {answer.life for answer in answers} == {Life.UNKNOWN}


async def test_a_resolver_that_hangs_costs_no_more_than_the_time_for_all_links() -> None:
    async def hangs(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    network = Network(resolver=hangs)
    async with open_link_door(version="1", contact="", clock=clock, network=network) as door:
        (answer,) = await asked(door, "https://site.example/story", seconds=0.2)
    assert answer.life is Life.UNKNOWN


async def test_a_mistake_of_ours_on_one_link_does_not_cost_the_others(page: Site) -> None:
    async def breaks(host: str, port: int) -> list[str]:
        if host == "broken.example":
            raise RuntimeError("a mistake")
        return [host]

    url = page.on("/story", status(200))
    async with open_link_door(version="1", contact="", clock=clock, network=Network([page.origin], breaks)) as door:
        broken, fine = await asked(door, "https://broken.example/", url)
    assert (broken.life, fine.life) == (Life.UNKNOWN, Life.ALIVE)
    assert "our mistake" in broken.said


async def test_a_link_is_asked_once_however_often_it_is_named_and_so_many_links_at_most(page: Site, door: Door) -> None:
    urls = [page.on(f"/{number}", status(200)) for number in range(MOST + 5)]
    assert len(await asked(door, urls[0], urls[0])) == 1
    assert len(await asked(door, *urls)) == MOST
    assert await asked(door) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [(200, Life.ALIVE), (204, Life.ALIVE), (416, Life.ALIVE), (404, Life.GONE), (410, Life.GONE), (304, Life.UNKNOWN)],
)
def test_only_two_statuses_say_that_a_page_is_gone(code: int, said: Life) -> None:
    assert life_by(code) is said
