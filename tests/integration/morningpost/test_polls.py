"""The weekly poll over real HTTP: asked once, counted, closed, and all that can go wrong."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from domain.deliveries import DeliveryState
from domain.items import Source
from domain.polls import QUESTION, list_name
from domain.readings import Metric
from morningpost.running import open_office
from morningpost.services.poll_times import closing, poll_times
from morningpost.services.polls import PATIENCE
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.timetable import Patience
from morningpost.wiring import build_house
from sandbox.serving import Serving
from sandbox.telegram import Fault, SandboxTelegram
from sandbox.telegram.errors import too_many_requests
from sandbox.telegram.faults import Harm
from tests.integration.morningpost.polling import SUNDAY, led_by, paper_at_work

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


async def test_a_poll_that_we_may_not_close_is_tried_again_until_we_may(tmp_path: Path) -> None:
    async with paper_at_work(tmp_path) as paper:
        await paper.asked()
        paper.morning.telegram.set_rights(paper.morning.channel, ["can_edit_messages"])
        assert not await paper.close()
        assert not paper.poll.over
        paper.morning.telegram.set_rights(paper.morning.channel, ["can_post_messages"])
        assert await paper.close()
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
