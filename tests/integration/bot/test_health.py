"""Admins ask how it goes: who came and went and what was opened, in words and as a picture; sources, queue, disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from domain.readers import ChatId
from morningpost.services import usage
from morningpost.services.statistics import statistics_of
from morningpost.services.watch import Watch
from sandbox.telegram import Message
from tests.integration.house import Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Morning]:
    monkeypatch.setattr(usage, "EVERY", 0.1)
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


async def test_stats_tell_who_came_and_went_by_campaign_and_draw_it(morning: Morning) -> None:
    first, second = morning.reader(1001), morning.reader(1002, "Bert")
    first.start("sub_booth")
    second.start("sub_booth")
    await morning.telegram.until(lambda: first.received and second.received)
    second.block()
    admin = morning.admin()
    await morning.telegram.until(lambda: statistics_of(morning.house).movement.left)
    (answer,) = await morning.say(admin, "/stats")
    assert "Readers: 1 active" in answer.text
    assert "blocked 1" in answer.text
    assert "joined 2 · left, and away still, 1" in answer.text
    await tap(morning, answer, "Campaigns ▸", "booth: joined 2, left 1, 1 read now")
    await tap(morning, answer, "Days ▸", "joined   left  opened")
    await tap(morning, answer, "90 days", "Week by week, 90 days")
    count = len(admin.received)
    await morning.press(admin, answer, "As a picture")
    await morning.telegram.until(lambda: len(admin.received) > count)
    assert admin.received[-1].text == "90 days: joined 2, left 1, pages opened 0."
    assert admin.received[-1].content.photo is not None


async def test_stats_tell_what_was_opened_by_command_button_and_link_and_what_came_of_the_issue(
    morning: Morning,
) -> None:
    reader, admin = morning.reader(), morning.admin()
    await morning.say(reader, "/subscribe 7 UTC")
    morning.publish()
    (front,) = await morning.say(reader, "/today")
    await morning.say(reader, "/lead")
    await morning.press(reader, front, "Tools")
    reader.start("lead_20260704")
    await morning.say(reader, "/start lead_20250101")  # there is no such issue
    await morning.forge(reader, "p:20260704:horoscope")
    await morning.telegram.until(lambda: opened(morning) == {"lead": 2, "front": 1, "tools": 1})
    (answer,) = await morning.say(admin, "/stats")
    assert "pages opened 4: Lead Story 2, Front page 1, Tools of the Week 1" in answer.text
    assert "The newest issues\n04 Jul: sent" in answer.text
    await tap(morning, answer, "Sections ▸", "Lead Story: 2")
    await tap(morning, answer, "◀ Back", "Newest broadcast")


async def test_an_admin_who_reads_a_draft_opens_nothing(morning: Morning) -> None:
    issue = morning.draft()
    await morning.say(morning.admin(), "/help")
    await morning.forge(morning.admin(), "p:20260704:tools")
    await morning.telegram.until(lambda: morning.admin().received[-1].text != "x")  # as it was before
    morning.house.desk.publish(issue.date, "test")
    await morning.say(morning.admin(), "/lead")
    await morning.telegram.until(lambda: opened(morning))
    assert opened(morning) == {"lead": 1}


async def test_what_was_counted_last_is_written_when_the_paper_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "EVERY", 3600.0)
    async with morning_at_work(tmp_path) as morning:
        morning.publish()
        await morning.say(morning.reader(), "/subscribe 7 UTC")
        await morning.say(morning.reader(), "/tools")
        assert opened(morning) == {}
    assert opened(morning) == {"tools": 1}
    subscriber = morning.house.subscribers.get(ChatId(morning.reader().id))
    assert subscriber is not None
    assert subscriber.seen_on == morning.house.clock().date()
    morning.house.database.close()


@pytest.mark.parametrize("data", ["h", "h:picture", "h:home:8", "h:sections:7:"])
async def test_a_reader_and_a_forged_button_get_no_counts(morning: Morning, data: str) -> None:
    for reader in (morning.reader(), morning.admin()):
        await morning.say(reader, "/help")
        assert "no longer in use" in await morning.forge(reader, data)


def opened(morning: Morning) -> Mapping[str, int]:
    return statistics_of(morning.house).views.by_page


async def tap(morning: Morning, message: Message, button: str, until: str) -> None:
    await morning.press(morning.admin(), message, button)
    await morning.telegram.until(lambda: until in message.text)


async def test_health_tells_the_queue_the_next_times_the_version_and_the_disk(morning: Morning) -> None:
    (answer,) = await morning.say(morning.admin(), "/health")
    for line in ("queue: 0 messages wait", "next press:", "version:", "disk:", "delivery: none yet"):
        assert line in answer.text


async def test_a_quiet_house_raises_no_alarm(morning: Morning) -> None:
    assert Watch(morning.house).alarms() == []
