"""The weekly poll over real HTTP: asked once, counted, closed, printed, proved, weighed; and all that can go wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from domain.claims import house as house_words
from domain.deliveries import DeliveryState
from domain.issue import Issue, SectionName
from domain.items import Source
from domain.polls import QUESTION, Poll, list_name
from domain.readers import ChatId
from domain.readings import Haul, Metric, Sighting
from morningpost.poll_times import closing, poll_times
from morningpost.polls import PATIENCE, PollDesk
from morningpost.running import open_office
from morningpost.settings import Settings
from morningpost.telegram import Identity, open_bot
from morningpost.timetable import Patience
from morningpost.wiring import build_house
from newsroom.sections.poll import LABEL
from sandbox.serving import Serving
from sandbox.telegram import Fault, Message, SandboxTelegram
from sandbox.telegram.errors import too_many_requests
from sandbox.telegram.faults import Harm
from storage.polls import Polls
from tests.golden.sample_issue import sample_issue
from tests.integration.house import Morning, morning_at_work
from tests.unit.newsroom.worlds import World, full_world, on, press_time

#: The first Sunday of the made-up worlds, and the Saturday that tells the result.
SUNDAY, SATURDAY = on(6), on(12)


class Clock:
    """Runs as time does, and can be set."""

    def __init__(self, start: datetime) -> None:
        self._ahead = timedelta()
        self.set(start)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def set(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)


@dataclass(frozen=True)
class Paper:
    """A house at work on a Sunday, the clock of everything, and its desk for polls."""

    morning: Morning
    clock: Clock
    desk: PollDesk

    @property
    def posts(self) -> list[Message]:
        """The polls that the channel shows."""
        return [message for message in self.morning.channel.messages.values() if message.content.poll is not None]

    @property
    def poll(self) -> Poll:
        """The newest poll as it is kept."""
        found = self.desk.newest()
        assert found is not None
        return found

    def publish(self, *headlines: str, until: date = SUNDAY) -> None:
        """Publish issues of the days until a day, each with a lead of that headline, oldest first."""
        for back, headline in enumerate(reversed(headlines)):
            day = until - timedelta(days=back)
            self.morning.put(led_by(headline, day))
            self.morning.house.issues.approve(day, "anna", self.clock())
            self.morning.house.issues.publish(day, "anna", self.clock())

    async def ask(self, day: date = SUNDAY) -> bool:
        return await self.desk.ask(press_time(day))

    async def asked(self) -> Message:
        """Ask, and wait until the channel has the poll and we know it."""
        self.publish("Asters lead", "Bees lead", "Cedars lead")
        assert await self.ask()
        await self.morning.telegram.until(lambda: self.posts)
        await self.until(lambda: self.poll.posted is DeliveryState.SENT)
        return self.posts[0]

    def vote(self, *counts: int, first: int = 5000) -> None:
        """Let so many people vote for each answer."""
        voter = first
        for option, count in enumerate(counts):
            for _ in range(count):
                self.morning.telegram.user(voter).vote(self.posts[0], option)
                voter += 1

    async def close(self) -> bool:
        """Closing time has come."""
        if self.clock() < self.poll.closes_at:
            self.clock.set(self.poll.closes_at)
        return await self.desk.close(self.clock())

    async def until(self, predicate: object) -> None:
        """Wait until something is so in the database."""
        assert callable(predicate)
        for _ in range(200):
            if await asyncio.to_thread(predicate):
                return
            await asyncio.sleep(0.03)
        raise TimeoutError("it did not come true within six seconds")


def led_by(headline: str, day: date) -> Issue:
    """The sample issue of another day, with another lead."""
    issue = replace(sample_issue(), date=day, number=day.toordinal())
    lead = issue.section(SectionName.LEAD)
    assert lead is not None
    story = replace(lead.stories[0], headline=house_words(headline))
    others = [section for section in issue.sections if section is not lead]
    return replace(issue, sections=(replace(lead, stories=(story,)), *others))


@asynccontextmanager
async def paper_at_work(folder: Path, *, faults: Sequence[Fault] = (), at_work: bool = True) -> AsyncIterator[Paper]:
    clock = Clock(press_time(SUNDAY))
    async with morning_at_work(folder, clock=clock, telegram_clock=clock, faults=faults, at_work=at_work) as morning:
        house = morning.house
        async with open_bot(house.settings, house.settings.token) as bot:
            channel = ChatId(morning.channel.id)
            polls = Polls(house.database)
            desk = PollDesk(channel, polls, house.issues, house.outbox, house.paper, bot, clock, lambda: None)
            yield Paper(morning, clock, desk)


# --- when nothing is asked --------------------------------------------------------------------------------------------


async def test_one_story_alone_is_not_asked_about(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path, at_work=False) as paper:
        paper.publish("Asters lead")
        assert await paper.ask()
        assert paper.desk.newest() is None


async def test_nothing_is_asked_before_the_issue_of_the_day_is_out(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path, at_work=False) as paper:
        paper.publish("Asters lead", "Bees lead", until=SUNDAY - timedelta(days=1))
        assert not await paper.ask()
        paper.morning.put(led_by("Cedars lead", SUNDAY))
        assert not await paper.ask()
        paper.morning.house.desk.publish(SUNDAY, "anna")
        assert await paper.ask()
        assert [choice.text for choice in paper.poll.choices] == ["Asters lead", "Bees lead", "Cedars lead"]


async def test_stories_of_the_week_before_are_not_asked_about(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path, at_work=False) as paper:
        paper.publish(*(f"Lead {number}" for number in range(9)))
        assert await paper.ask()
        assert [choice.text for choice in paper.poll.choices] == [f"Lead {number}" for number in range(2, 9)]


def test_without_a_channel_nothing_is_asked_and_with_polls_off_only_closed(tmp_path: Path) -> None:
    with Serving(SandboxTelegram()) as serving:
        jobs = {
            (channel, on_or_off): asyncio.run(_jobs(tmp_path, serving.url, channel, on_or_off))
            for channel in (None, -1001234567890)
            for on_or_off in ("on", "off")
        }
    assert jobs == {
        (None, "on"): [],
        (None, "off"): [],
        (-1001234567890, "on"): ["poll", "poll-closing"],
        (-1001234567890, "off"): ["poll-closing"],
    }


async def _jobs(folder: Path, url: str, channel: int | None, poll: str) -> list[str]:
    token = SandboxTelegram().token
    environ = {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_URL": url, "DATA_DIR": str(folder), "POLL": poll}
    house = build_house(Settings.from_env(environ, folder), identity=Identity("paper_bot", channel))
    house.database.migrate()
    async with open_office(house) as office:
        found = [job.name for job in office.timetable(Patience()).jobs if job.name.startswith("poll")]
    house.database.close()
    return found


def test_polls_are_asked_on_sundays_at_press_time_and_closed_on_fridays(tmp_path: Path) -> None:
    settings = Settings.from_env({"PAPER_TIMEZONE": "Europe/Berlin", "DATA_DIR": str(tmp_path)}, tmp_path)
    asking = poll_times(settings)["poll"].get_next_fire_time(None, datetime(2026, 8, 13, tzinfo=UTC))
    assert (asking.date(), asking.time()) == (date(2026, 8, 16), settings.press_at)
    assert closing(date(2026, 8, 16), "Europe/Berlin") == datetime(2026, 8, 21, 18, tzinfo=UTC)


# --- asked once, whatever happens -------------------------------------------------------------------------------------


async def test_the_channel_gets_one_poll_however_often_the_timetable_asks(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        post = await paper.asked()
        assert await paper.ask()
        assert await paper.ask()
        await asyncio.sleep(1.2)
        assert paper.posts == [post]
        poll = post.content.poll
        assert poll is not None
        assert (poll.question, poll.options) == (QUESTION, ("Asters lead", "Bees lead", "Cedars lead"))
        assert poll.closes_at is not None
        assert poll.closes_at > paper.poll.closes_at


async def test_a_flood_delays_a_poll_and_loses_none(tmp_path: Path) -> None:
    flood = Fault.refuse(too_many_requests(1)).only(methods=["sendPoll"], times=1)
    async with paper_at_work(tmp_path, faults=[flood]) as paper:
        await paper.asked()
        assert len(paper.posts) == 1


async def test_a_poll_whose_answer_was_lost_is_not_asked_twice_and_is_counted_all_the_same(tmp_path: Path) -> None:
    lost = Fault.of(Harm.RESET_AFTER).only(methods=["sendPoll"], times=1)
    async with paper_at_work(tmp_path, faults=[lost]) as paper:
        paper.publish("Asters lead", "Bees lead")
        await paper.ask()
        await paper.until(lambda: paper.poll.posted is DeliveryState.UNCERTAIN)
        await asyncio.sleep(1.2)
        assert len(paper.posts) == 1
        paper.vote(3, 9)
        await paper.until(lambda: paper.poll.votes == (3, 9))
        assert await paper.close()
        assert not paper.poll.over
        paper.clock.set(paper.poll.closes_at + timedelta(hours=7))  # by then Telegram has closed it
        await paper.morning.call("getMe", {})
        await paper.until(lambda: paper.poll.closed_at is not None)
        assert paper.poll.votes == (3, 9)


async def test_a_poll_that_telegram_refuses_stops_and_has_no_result(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        paper.morning.telegram.set_rights(paper.morning.channel, ["can_edit_messages"])
        paper.publish("Asters lead", "Bees lead")
        await paper.ask()
        await paper.until(lambda: paper.poll.posted is DeliveryState.REFUSED)
        assert await paper.close()
        assert paper.poll.ended == "its post was refused"


async def test_what_was_never_posted_is_not_posted_after_its_end(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path, at_work=False) as paper:
        paper.publish("Asters lead", "Bees lead")
        await paper.ask()
        assert await paper.close()
        assert paper.poll.ended == "its post was queued"
        assert paper.poll.posted is DeliveryState.CANCELLED


# --- closing ----------------------------------------------------------------------------------------------------------


async def test_a_count_is_kept_between_and_the_closing_one_for_good(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        await paper.asked()
        paper.vote(2, 5, 1)
        await paper.until(lambda: paper.poll.votes == (2, 5, 1))
        assert await paper.desk.close(paper.clock())
        assert not paper.poll.over  # before its time nothing is closed
        assert await paper.close()
        assert paper.poll.closed_at is not None
        (harvest,) = paper.morning.house.archive.harvests(paper.poll.closed_at, paper.poll.closed_at)
        readings = paper.morning.house.archive.listed([harvest.id])
        assert (harvest.source, harvest.list) == (Source.POLL, list_name(SUNDAY))
        assert [reading.metrics[Metric.VOTES] for reading in readings] == [2, 5, 1]


async def test_a_poll_without_a_vote_closes_with_none(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        await paper.asked()
        assert await paper.close()
        assert paper.poll.votes == (0, 0, 0)
        assert paper.poll.closed_at is not None


async def test_a_poll_that_an_admin_deleted_has_no_result(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        post = await paper.asked()
        paper.morning.telegram.world.delete(post)
        assert await paper.close()
        assert paper.poll.ended == "it was deleted"


async def test_a_poll_that_was_closed_before_is_known_by_its_update(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        post = await paper.asked()
        paper.vote(4, 7)
        await paper.morning.call("stopPoll", {"chat_id": post.chat.id, "message_id": post.id})
        await paper.until(lambda: paper.poll.closed_at is not None)
        assert paper.poll.votes == (4, 7, 0)
        assert await paper.close()


async def test_a_poll_closed_behind_our_back_whose_count_never_comes_is_given_up_after_days(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        post = await paper.asked()
        assert post.content.poll is not None
        post.content.poll.closed = True  # and Telegram tells nobody
        assert await paper.close()
        assert not paper.poll.over
        paper.clock.set(paper.poll.closes_at + PATIENCE + timedelta(hours=1))
        assert await paper.close()
        assert paper.poll.ended == "it was closed, and its count was never told"


async def test_a_kill_between_the_closing_and_its_note_loses_no_vote(tmp_path: Path) -> None:
    lost = Fault.of(Harm.RESET_AFTER).only(methods=["stopPoll"], times=1)
    async with paper_at_work(tmp_path, faults=[lost]) as paper:
        await paper.asked()
        paper.vote(6, 8)
        assert not await paper.close()  # nobody knows; but Telegram tells of what it closed
        await paper.until(lambda: paper.poll.closed_at is not None)
        assert paper.poll.votes == (6, 8, 0)
        assert await paper.close()


async def test_a_flood_or_an_outage_at_closing_time_is_waited_out(tmp_path: Path) -> None:
    flood = Fault.refuse(too_many_requests(1)).only(methods=["stopPoll"], times=1)
    outage = Fault.page(502).only(methods=["stopPoll"], times=1)
    async with paper_at_work(tmp_path, faults=[flood, outage]) as paper:
        await paper.asked()
        assert not await paper.close()
        for _ in range(2):
            await paper.close()
        assert paper.poll.closed_at is not None


# --- the admins -------------------------------------------------------------------------------------------------------


async def test_an_admin_sees_the_count_and_closes_the_poll_by_a_button_that_asks_twice(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        admin = paper.morning.admin()
        (none,) = await paper.morning.say(admin, "/poll")
        assert "No poll was asked yet" in none.text
        await paper.asked()
        paper.vote(1, 9)
        await paper.until(lambda: paper.poll.votes == (1, 9, 0))
        await paper.morning.telegram.until(lambda: "Delivered." in admin.received[-1].text)
        (shown,) = await paper.morning.say(admin, "/poll")
        assert "9 · Bees lead (06 June)" in shown.text
        await paper.morning.press(admin, shown, "Close it now")
        await paper.morning.telegram.until(lambda: "Yes, close it" in shown.buttons[0][0].text)
        assert not paper.poll.over
        await paper.morning.press(admin, shown, "Yes, close it")
        await paper.morning.telegram.until(lambda: "Closed" in shown.text)
        assert "Fewer than" not in shown.text
        assert paper.poll.votes == (1, 9, 0)
        assert paper.posts[0].content.poll is not None
        assert paper.posts[0].content.poll.closed


async def test_forged_buttons_close_nothing_nor_does_a_reader_who_learns_of_no_command(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        await paper.asked()
        admin, reader = paper.morning.admin(), paper.morning.reader()
        await paper.morning.say(admin, "/help")
        await paper.morning.say(reader, "/help")
        for data in ("w:close:20260605", "w:close:20269999", "w:open:20260607", "w:", "w:close?:x"):
            assert "no longer in use" in await paper.morning.forge(admin, data)
        assert "no longer in use" in await paper.morning.forge(reader, f"w:close:{SUNDAY:%Y%m%d}")
        (answer,) = await paper.morning.say(reader, "/poll")
        assert "free text" in answer.text
        assert not paper.poll.over


# --- a fortnight ------------------------------------------------------------------------------------------------------


def store(paper: Paper, world: World) -> None:
    """Everything that a world read, into the house's archive."""
    for harvest in world.harvests:
        readings = [reading for reading in world.readings if reading.harvest_id == harvest.id]
        sightings = tuple(Sighting(world.items[each.item], each.rank, each.metrics) for each in readings)
        paper.morning.house.archive.store(Haul(harvest, sightings))


def publish(paper: Paper, day: date) -> Issue:
    """The morning of a day: written, approved, published."""
    paper.clock.set(press_time(day))
    house = paper.morning.house
    issue = house.desk.assemble(day).issue
    house.issues.approve(day, "anna", paper.clock())
    house.issues.publish(day, "anna", paper.clock())
    return issue


def told(issue: Issue) -> list[str]:
    """What an issue says of the poll."""
    reading = issue.section(SectionName.READING)
    stories = reading.stories if reading is not None else ()
    return [claim.text for story in stories if story.label == LABEL for claim in story.claims()]


async def test_a_fortnight_from_the_question_to_its_result_and_what_it_weighs(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        store(paper, full_world(14))
        before = [publish(paper, on(day)) for day in range(4, 7)]
        leads = [section.stories[0] for issue in before if (section := issue.section(SectionName.LEAD)) is not None]
        assert await paper.ask()
        await paper.morning.telegram.until(lambda: paper.posts)
        await paper.until(lambda: paper.poll.posted is DeliveryState.SENT)
        assert [choice.kind for choice in paper.poll.choices] == [story.worth and story.worth.kind for story in leads]
        paper.vote(11, 41, *[20] * (len(leads) - 2))
        assert await paper.close()

        saturday = publish(paper, SATURDAY)
        (sentence,) = told(saturday)
        total = 52 + 20 * (len(leads) - 2)
        assert f"41 of {total} votes" in sentence or f"Of {total} votes" in sentence
        assert "12 June" in sentence
        assert leads[1].headline is not None
        assert leads[1].headline.text in sentence or "…" in sentence
        assert f"https://t.me/ai_morning_post/{paper.posts[0].id}" in {
            link for claim in saturday.claims() for link in claim.links
        }
        audit = paper.morning.house.desk.audit(SATURDAY)
        assert (audit.failed, audit.problems) == ((), ())
        assert told(publish(paper, SATURDAY + timedelta(days=1))) == []

        weighed = paper.morning.house.desk.feedback.polled(SUNDAY, SATURDAY)
        assert sum(tally.liked for tally in weighed.values()) == total
