"""Admins ask how it goes: readers who came and went, in words and as a picture; sources, queue, version, disk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from morningpost.watch import Watch
from tests.integration.house import Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


async def test_stats_tell_who_came_and_went_by_campaign_and_draw_it(morning: Morning) -> None:
    first, second = morning.reader(1001), morning.reader(1002, "Bert")
    first.start("sub_booth")
    second.start("sub_booth")
    await morning.telegram.until(lambda: first.received and second.received)
    second.block()
    admin = morning.admin()
    await morning.telegram.until(lambda: Watch(morning.house).movement().left)
    (answer,) = await morning.say(admin, "/stats")
    assert "joined: 2" in answer.text
    assert "left, and away still: 1" in answer.text
    assert "from booth: 2" in answer.text
    count = len(admin.received)
    await morning.press(admin, answer, "As a picture")
    await morning.telegram.until(lambda: len(admin.received) > count)
    assert admin.received[-1].text == "Joined 2, left 1 in 30 days."
    assert admin.received[-1].content.photo is not None


async def test_health_tells_the_queue_the_next_times_the_version_and_the_disk(morning: Morning) -> None:
    (answer,) = await morning.say(morning.admin(), "/health")
    for line in ("queue: 0 messages wait", "next press:", "version:", "disk:", "delivery: none yet"):
        assert line in answer.text


async def test_a_quiet_house_raises_no_alarm(morning: Morning) -> None:
    assert Watch(morning.house).alarms() == []
