"""Deep links: to an issue, a section and an item; whatever else comes by one is answered kindly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.readers import ChatId, Subscriber
from tests.integration.house import Morning, morning_at_work

OLD = date(2026, 5, 30)


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        at_work.publish(OLD, 1)
        at_work.publish()
        yield at_work


async def test_links_lead_to_issues_and_sections_of_any_day(morning: Morning) -> None:
    reader = morning.reader()
    for payload, expected in {
        "issue_20260704": "4 July 2026",
        "issue_20260530": "30 May 2026",
        "issue_2026-05-30": "30 May 2026",
        "lead_20260530": "30 May 2026",
        "movers_20260704": "biggest movers",
    }.items():
        (page,) = await morning.say(reader, f"/start {payload}")
        assert expected in page.text.replace("BIGGEST MOVERS", "biggest movers")


async def test_from_an_old_issue_a_button_leads_to_the_newest(morning: Morning) -> None:
    (page,) = await morning.say(morning.reader(), "/start issue_20260530")
    assert [button.data for row in page.buttons for button in row if button.text == "Newest issue"] == [
        "p:20260704:front"
    ]


async def test_a_link_to_what_is_not_there_says_what_is(morning: Morning) -> None:
    for payload in ("issue_20260101", "lead_20260101", "issue_", "lead_tomorrow", "issue_20261341", "movers_2026070"):
        (answer,) = await morning.say(morning.reader(), f"/start {payload}")
        assert "/today" in answer.text
        assert "/archive" in answer.text


async def test_a_link_that_nobody_knows_is_a_start(morning: Morning) -> None:
    for payload in ("nonsense", "_", "front_20260704", "-", "x" * 64):
        (answer,) = await morning.say(morning.reader(), f"/start {payload}")
        assert "The AI Morning Post" in answer.text


async def test_a_link_is_answered_in_the_readers_language(morning: Morning) -> None:
    morning.house.subscribers.join(Subscriber(ChatId(1001), datetime.now(UTC), language="de"))
    (answer,) = await morning.say(morning.reader(), "/start issue_20260101")
    assert "/archive" in answer.text
    assert answer.buttons[0][0].data == "do:today"


@pytest.mark.parametrize("written", ["/lead 2026-05-30", "/lead 30 May", "/lead 30.5.2026", "/today 30 May 2026"])
async def test_a_day_after_a_command_opens_the_page_of_that_day(morning: Morning, written: str) -> None:
    (page,) = await morning.say(morning.reader(), written)
    assert "30 May 2026" in page.text


async def test_what_is_no_day_after_a_command_is_told_with_a_way_on(morning: Morning) -> None:
    (told,) = await morning.say(morning.reader(), "/lead soon")
    assert told.text.startswith("I can't read that as a date. Write it as /lead 2026-07-04")
    assert told.buttons[0][0].data == "do:today"


async def test_a_day_without_an_issue_leads_to_what_there_is(morning: Morning) -> None:
    (told,) = await morning.say(morning.reader(), "/tools 1 January 2020")
    assert told.text.startswith("That issue can't be read here.")
    assert told.buttons[0][0].data == "do:today"
