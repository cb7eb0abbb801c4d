from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from domain.editions import FRONT, Style
from sandbox.telegram import Message, Reader
from tests.integration.house import Morning, morning_at_work

DAYS = (date(2026, 5, 30), date(2026, 7, 3), date(2026, 7, 4))


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


@pytest.fixture
async def with_issues(morning: Morning) -> Morning:
    for number, day in enumerate(DAYS, 1):
        morning.publish(day, number)
    return morning


def callbacks(message: Message) -> dict[str, str]:
    return {button.data: button.text for row in message.buttons for button in row if button.data}


async def turned(morning: Morning, reader: Reader, button: str) -> Message:
    """Press a button of the last message and wait until that message is another one."""
    message = reader.received[-1]
    count, edits = len(reader.received), len(message.edits)
    await morning.press(reader, message, button)
    await morning.telegram.until(lambda: len(message.edits) > edits)
    assert len(reader.received) == count
    return message


async def test_without_an_issue_the_archive_says_so(morning: Morning) -> None:
    (answer,) = await morning.say(morning.reader(), "/archive")
    assert "no published issue yet" in answer.text


async def test_the_calendar_shows_the_newest_month_with_its_issues_as_buttons(with_issues: Morning) -> None:
    (page,) = await with_issues.say(with_issues.reader(), "/archive")
    assert page.text.startswith("July 2026\n2 issues")
    days = {data: text for data, text in callbacks(page).items() if len(data) == len("a:20260704")}
    assert days == {"a:20260703": "3", "a:20260704": "4"}
    assert page.buttons[0][0].text == "Mon"
    assert [len(row) for row in page.buttons[:3]] == [7, 7, 1]  # the days of the week, and the one week with issues


async def test_months_turn_back_and_forward_over_those_without_an_issue(with_issues: Morning) -> None:
    reader = with_issues.reader()
    await with_issues.say(reader, "/archive")
    may = await turned(with_issues, reader, "◀ May 2026")
    assert may.text.startswith("May 2026\n1 issue ")
    assert "a:20260530" in callbacks(may)
    july = await turned(with_issues, reader, "July 2026 ▶")
    assert july.text.startswith("July 2026")


async def test_any_section_of_any_issue_is_read_in_one_message_and_back_leads_home(with_issues: Morning) -> None:
    reader = with_issues.reader()
    await with_issues.say(reader, "/archive")
    await turned(with_issues, reader, "◀ May 2026")
    front = await turned(with_issues, reader, "30")
    edition = with_issues.house.issues.edition(DAYS[0], Style.CLASSIC)
    assert edition is not None
    assert "30 May 2026" in front.text
    section = await turned(with_issues, reader, "p:20260530:tools")
    assert "tools of the week" in section.text.lower()
    again = await turned(with_issues, reader, f"p:20260530:{FRONT}")
    calendar = await turned(with_issues, reader, "All issues")
    assert calendar is again
    assert calendar.text.startswith("May 2026")
    newest = await turned(with_issues, reader, "Newest issue")
    assert "4 July 2026" in newest.text


async def test_an_issue_opened_from_the_calendar_leads_back_to_its_month(with_issues: Morning) -> None:
    reader = with_issues.reader()
    await with_issues.say(reader, "/archive")
    front = await turned(with_issues, reader, "3")
    assert "3 July 2026" in front.text
    assert callbacks(front)["a:202607"]
    assert (await turned(with_issues, reader, "◀ July 2026")).text.startswith("July 2026")


async def test_a_day_without_an_issue_and_a_forged_one_are_told(with_issues: Morning) -> None:
    reader = with_issues.reader()
    await with_issues.say(reader, "/help")
    assert "no issue of that day" in await with_issues.forge(reader, "a:none")
    for data in ("a:20260705", "a:20261301", "a:99999999", "a:", "a:x", "a:²0260704"):
        assert "/today" in await with_issues.forge(reader, data)
    assert {message.text for message in reader.received[1:]} == {"x"}


async def test_a_month_without_issues_is_a_calendar_that_leads_out_of_it(with_issues: Morning) -> None:
    reader = with_issues.reader()
    await with_issues.say(reader, "/help")
    assert await with_issues.forge(reader, "a:202606") == ""
    await with_issues.telegram.until(lambda: reader.received[-1].text.startswith("June 2026"))
    assert {"a:202605", "a:202607"} <= set(callbacks(reader.received[-1]))


async def test_a_draft_is_not_in_the_calendar(with_issues: Morning) -> None:
    with_issues.draft(date(2026, 7, 5), 9)
    (page,) = await with_issues.say(with_issues.reader(), "/archive")
    assert "a:20260705" not in callbacks(page)


async def test_the_calendar_speaks_the_readers_language(with_issues: Morning) -> None:
    german = with_issues.telegram.user(1003, "Berta", language="de")
    (page,) = await with_issues.say(german, "/archive")
    assert page.text.startswith("Juli 2026")
    assert page.buttons[0][0].text.startswith("Mo")
