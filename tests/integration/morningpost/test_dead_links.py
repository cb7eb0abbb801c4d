"""A story whose page is gone: asked over HTTP, found gone twice, left out of the issue; everything else stays."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import trustme

from domain.editions import Style
from domain.issue import IssueRecord, IssueState, SectionName
from domain.items import Source
from domain.links import Asking, Life
from morningpost.desk.gathering import asking_links
from morningpost.desk.link_check import assemble_with_living_links
from morningpost.morning import Morning as Timetabled
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from newsroom.links import APART, printed_links
from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources import LocalSources, Morning
from sources.links import LinkAsker, open_link_door
from sources.network import Network, Origin
from tests.integration.sources.site import Site, site, status

HOST = "news.example"


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Newspaper:
    """A house with the readings of one morning, on a web of one site that tells stories."""

    house: House
    clock: Clock
    web: Site
    day: date
    shown: list[IssueRecord] = field(default_factory=list)

    async def assemble(self, *, force: bool = False) -> IssueRecord:
        """The draft of the day, its links asked over HTTP."""
        origin = Origin("https", HOST, self.web.port)
        async with open_link_door(
            version="1", contact="", clock=self.clock, network=Network([origin], _nowhere_but_here)
        ) as door:
            ask = LinkAsker(door, self.clock).ask
            return await assemble_with_living_links(self.house.desk, self.day, ask, force=force)

    async def a_printed_story(self) -> str:
        """The address of a story that the issue would print, were no link asked."""
        draft = self.house.desk.assemble(self.day)
        told = draft.issue.section(SectionName.READING)
        assert told is not None
        urls = [story.url for story in told.stories if story.items[0].source is Source.HACKERNEWS]
        assert urls[0] is not None
        return urls[0]

    def gone(self, url: str, times: int = 99) -> None:
        """Let the site say that a page is gone, so many times (HEAD and GET count as one)."""
        self.web.on(url.partition(str(self.web.port))[2], *[status(404)] * (2 * times), status(200))

    def pages(self) -> str:
        """Everything that readers of any edition would see."""
        editions = (self.house.issues.edition(self.day, style) for style in Style)
        return "\n".join(page.body for each in editions if each is not None for page in each.pages.values())

    async def draft_ready(self, record: IssueRecord) -> None:
        """Remember what the admins were shown."""
        self.shown.append(record)

    async def waiting(self, record: IssueRecord, why: str) -> None:
        """Nobody waits here."""

    def look_again_job(self) -> Timetabled:
        """The morning's jobs with this newsroom."""
        settings = self.house.settings.model_copy(update={"check_links": True})
        return Timetabled(self.house.desk, settings, self, _Again(self), lambda: None)


@dataclass(slots=True)
class _Again:
    """The newsroom of a timetable, in this process."""

    paper: Newspaper

    async def collect(self) -> None:
        """Nothing new is read."""

    async def assemble(self, day: date) -> None:
        """Write the draft."""
        await self.paper.assemble()

    async def look_again(self, day: date) -> None:
        """Ask again."""
        await self.paper.assemble()


async def _nowhere_but_here(host: str, port: int) -> list[str]:
    """The only site of this web; no other name is known."""
    if host != HOST:
        raise OSError("no such host")
    return ["127.0.0.1"]


def _on_this_web(morning: Morning, port: int) -> Morning:
    """The sample morning with every story on the one site."""
    front, found = (
        tuple(replace(story, url=f"https://{HOST}:{port}/{story.id}") for story in stories or ())
        for stories in (morning.hn_front_page, morning.hn_search)
    )
    return replace(morning, hn_front_page=front, hn_search=found)


@asynccontextmanager
async def _newspaper(folder: Path, web: Site) -> AsyncIterator[Newspaper]:
    mornings = [_on_this_web(morning, web.port) for morning in sample.mornings()[2:3]]
    for morning in mornings:
        for story in (*(morning.hn_front_page or ()), *(morning.hn_search or ())):
            web.on(f"/{story.id}", status(200))
    clock, sources = Clock(), LocalSources(mornings)
    with Serving(sources) as server:
        feeds = folder / "feeds.toml"
        feeds.write_text(sources.feeds_toml(server.url), encoding="utf-8")
        environ = {
            **sources.addresses(server.url),
            "FEEDS_FILE": str(feeds),
            "DATA_DIR": str(folder),
            "CHECK_LINKS": "false",
        }
        house = build_house(Settings.from_env(environ, folder), clock, Identity("ann_bot"), sample=True)
        house.database.migrate()
        for morning in mornings:
            sources.turn_to(morning)
            clock.now = morning.at
            await house.collect(morning.at)
        clock.now += timedelta(minutes=1)
    try:
        yield Newspaper(house, clock, web, mornings[-1].at.date())
    finally:
        house.database.close()


@pytest.fixture
async def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Newspaper]:
    authority = trustme.CA()
    known = tmp_path / "authorities.pem"
    authority.cert_pem.write_to_path(str(known))
    monkeypatch.setenv("SSL_CERT_FILE", str(known))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(tls)
    async with site(tls) as web, _newspaper(tmp_path, web) as opened:
        yield opened


async def test_an_issue_loses_a_dead_story_and_its_audit_passes(paper: Newspaper) -> None:
    url = await paper.a_printed_story()
    paper.gone(url)
    once = await paper.assemble()
    assert url in printed_links(once.issue)  # gone once is not dead
    assert paper.house.desk.links_in_doubt(once.issue) == {url}
    paper.clock.now += APART
    twice = await paper.assemble()
    assert url not in printed_links(twice.issue)
    assert url not in paper.pages()
    assert twice.state is IssueState.DRAFT
    assert twice.issue.checks.held is None
    assert paper.house.desk.audit(paper.day).passed
    reading = twice.issue.section(SectionName.READING)
    assert reading is not None
    assert len(reading.stories) == 3  # another piece took its place
    answered = {each.url: each.life for each in paper.house.desk.links.since(paper.clock.now - 2 * APART)}
    mine = {link for link in printed_links(twice.issue) if HOST in link}
    assert mine
    assert {answered[link] for link in mine} == {Life.ALIVE}  # what took its place was asked, too


async def test_asking_twice_gives_the_same_issue_and_asks_nothing_more(paper: Newspaper) -> None:
    url = await paper.a_printed_story()
    paper.gone(url)
    await paper.assemble()
    paper.clock.now += APART
    first, asked = await paper.assemble(), len(paper.web.asked)
    assert await paper.assemble() == first
    assert await paper.assemble(force=True) == first
    assert len(paper.web.asked) == asked


async def test_within_a_few_minutes_nobody_is_asked_again(paper: Newspaper) -> None:
    paper.gone(await paper.a_printed_story())
    once, asked = await paper.assemble(), len(paper.web.asked)
    paper.clock.now += APART / 2
    assert await paper.assemble() == once
    assert len(paper.web.asked) == asked


async def test_a_page_that_comes_back_stays_in_the_issue(paper: Newspaper) -> None:
    url = await paper.a_printed_story()
    paper.gone(url, times=1)
    once = await paper.assemble()
    paper.clock.now += APART
    assert await paper.assemble() == once
    assert paper.house.desk.links_in_doubt(once.issue) == frozenset()
    assert url in printed_links(once.issue)


async def test_an_issue_that_was_let_go_is_left_as_it_is(paper: Newspaper) -> None:
    url = await paper.a_printed_story()
    paper.gone(url)
    await paper.assemble()
    approved = paper.house.desk.approve(paper.day, "anna")
    paper.clock.now += APART
    asked = len(paper.web.asked)
    assert await paper.assemble() == approved
    assert len(paper.web.asked) == asked


async def test_what_is_listed_by_its_own_site_today_is_not_asked(paper: Newspaper) -> None:
    asked = set(paper.house.desk.links_to_ask(paper.house.desk.assemble(paper.day).issue))
    hosts = {url.split("/")[2].partition(":")[0] for url in asked}
    assert HOST in hosts
    assert hosts.isdisjoint({"huggingface.co", "github.com", "arxiv.org", "news.ycombinator.com"})
    assert len(asked) < 25


async def test_the_links_of_another_day_are_not_asked(paper: Newspaper) -> None:
    paper.gone(await paper.a_printed_story())
    paper.clock.now += timedelta(days=1)
    await paper.assemble(force=True)
    assert paper.web.asked == []
    assert paper.house.desk.links.since(datetime(2026, 1, 1, tzinfo=UTC)) == []


async def test_without_the_check_nobody_is_asked_and_the_issue_is_the_same(paper: Newspaper) -> None:
    paper.gone(await paper.a_printed_story())
    before = paper.house.desk.record(paper.day)
    assert await paper.house.assemble(paper.day, force=True) == before
    assert paper.web.asked == []


async def test_without_a_network_the_issue_stands_and_nothing_is_dead(paper: Newspaper) -> None:
    draft = paper.house.desk.assemble(paper.day)
    for _ in range(2):
        async with open_link_door(
            version="1", contact="", clock=paper.clock, network=Network(resolver=_nothing)
        ) as door:
            ask = LinkAsker(door, paper.clock).ask
            assert await assemble_with_living_links(paper.house.desk, paper.day, ask) == draft
        paper.clock.now += APART
    answers = paper.house.desk.links.since(datetime(2026, 1, 1, tzinfo=UTC))
    assert {answer.life for answer in answers} == {Life.UNKNOWN}


async def _nothing(host: str, port: int) -> list[str]:
    raise OSError("no network")


async def test_the_timetable_looks_again_and_shows_the_admins_the_new_draft(paper: Newspaper) -> None:
    url = await paper.a_printed_story()
    paper.gone(url)
    await paper.assemble()
    morning = paper.look_again_job()
    (job,) = (job for job in morning.jobs() if job.name == "links")
    due_at = paper.clock.now
    assert await job.act(due_at) is False  # too early: the sweep comes back
    assert paper.shown == []
    paper.clock.now += APART
    assert await job.act(due_at) is True
    (shown,) = paper.shown
    assert url not in printed_links(shown.issue)
    assert await job.act(due_at) is True
    assert len(paper.shown) == 1


@pytest.mark.parametrize(
    "changed",
    [{"check_links": False}, {"press_at": time(5, 41)}, {"assemble_at": time(23, 50), "press_at": time(23, 59)}],
    ids=["switched off", "press time too near", "midnight too near"],
)
async def test_nobody_looks_again_where_it_is_switched_off_or_there_is_no_time(
    paper: Newspaper, changed: dict[str, object]
) -> None:
    morning = paper.look_again_job()
    assert "links" in {job.name for job in morning.jobs()}
    without = replace(morning, settings=morning.settings.model_copy(update=changed))
    assert "links" not in {job.name for job in without.jobs()}


async def test_old_answers_are_tidied_away(paper: Newspaper) -> None:
    desk = paper.house.desk
    desk.links.add([Asking("https://old.example/", paper.clock.now - timedelta(days=91), Life.GONE, "404")])
    await paper.assemble()
    kept = len(desk.links.since(paper.clock.now - timedelta(days=90)))
    assert kept
    desk.tidy()
    assert len(desk.links.since(datetime(2025, 1, 1, tzinfo=UTC))) == kept


async def test_the_paper_s_own_door_asks_no_private_address(paper: Newspaper) -> None:
    async with asking_links(paper.house.paper, paper.clock) as ask:
        (answer,) = await ask([f"https://127.0.0.1:{paper.web.port}/"])
    assert answer.life is Life.UNKNOWN
    assert "private address" in answer.said
    assert paper.web.connections == 0
