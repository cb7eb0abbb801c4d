"""The pages of counts: short lines, every way leads somewhere, and whatever is counted, Telegram takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.texts.statistics import CAMPAIGNS, Page, Pressed, caption, page, pressed
from domain.deliveries import Broadcast, BroadcastId, BroadcastKind, BroadcastState, Receipt
from domain.movement import Movement
from domain.statistics import PERIODS
from domain.usage import Views
from tests.tdlib import judge
from tests.unit.formatters.test_statistics import UNTIL, counted, nothing

WORDS = [each for each in Page if each is not Page.PICTURE]


def receipt(**counts: object) -> Receipt:
    broadcast = Broadcast(
        BroadcastId(3), BroadcastKind.ISSUE, BroadcastState.RUNNING, datetime(2026, 7, 4, tzinfo=UTC), UNTIL
    )
    usual: dict[str, object] = {"sent": 5, "blocked": 0, "refused": (), "uncertain": 0, "open": 0, "cancelled": 0}
    return Receipt(broadcast, **(usual | counts), started_at=None, finished_at=None)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    "data", ["h", "h:home", "h:home:8", "h:home:77", "h:x:7", "h:home:7:", "h:home:٧", "h:picture:"]
)
def test_a_forged_button_says_nothing(data: str) -> None:
    assert pressed(data) is None


@pytest.mark.parametrize("days", PERIODS)
@pytest.mark.parametrize("wanted", WORDS)
def test_every_button_leads_to_a_page_or_a_picture(wanted: Page, days: int) -> None:
    shown = page(Pressed(wanted, days), counted(days), None)
    aims = [pressed(button.callback or "") for row in shown.keyboard for button in row]
    assert None not in aims
    assert {aim.days for aim in aims if aim and aim.page is wanted} == set(PERIODS)
    assert {aim.page for aim in aims if aim} == set(Page)


@pytest.mark.parametrize("days", PERIODS)
@pytest.mark.parametrize("wanted", WORDS)
def test_telegram_takes_every_page_whatever_it_is_counted_of(wanted: Page, days: int) -> None:
    hostile = {f"<b>&{number}\u202e": number for number in range(1, 200)}
    many = {UNTIL - timedelta(days=back): 10**6 for back in range(days)}
    full = counted(
        days,
        languages=hostile,
        campaigns=hostile,
        movement=Movement(many, many, hostile, {}),
        issues=[receipt(), receipt(open=7, blocked=8, refused=(("flood", 9),), uncertain=1, skipped=2)],
        views=Views(many, {"front": 10**9, "<b>": 1}),
    )
    for statistics in (full, nothing(days)):
        shown = page(Pressed(wanted, days), statistics, receipt())
        assert judge(shown.body) is not None
        assert len(shown.body) < 4096


def test_the_first_page_tells_readers_the_period_the_issues_and_the_newest_broadcast() -> None:
    issues = [receipt(), receipt(sent=4, blocked=8, refused=(("flood", 9),), uncertain=1)]
    body = page(Pressed(), counted(issues=issues), replace(receipt(), sent=77)).body
    for line in (
        "<b>Readers: 12,345 active</b>",
        "paused 0 · left 40 · blocked 0 · gone 0",
        "inactive 789: active, but not seen for 30 days",
        "language: en 73%, de 27%",
        "layout: classic 68%, rich 32%",
        "joined 12 · left, and away still, 3",
        "pages opened 1,500: Front page 1,000, Lead Story 500",
        "votes 👍 33 👎 4 · with words 6",
        "in the channel: 🔥 12",
        "04 Jul: sent 5",
        "04 Jul: sent 4 · blocked 8 · failed 10",
        "sent 77",
    ):
        assert line in body.splitlines()


def test_sections_are_told_with_their_votes_the_most_opened_first() -> None:
    lines = page(Pressed(Page.SECTIONS, 30), counted(30), None).body.splitlines()
    assert lines[:3] == [
        "<b>Pages opened, and votes, 30 days</b>",
        "Front page: <b>1,000</b>",
        "Lead Story: <b>500</b> 👍 33 👎 4",
    ]


@pytest.mark.parametrize(("days", "rows"), [(7, 7), (30, 30), (90, 13)])
def test_every_day_is_told_or_of_long_periods_every_week_and_nothing_is_lost(days: int, rows: int) -> None:
    each = {UNTIL - timedelta(days=back): 1 for back in range(days)}
    body = page(Pressed(Page.DAYS, days), counted(days, views=Views(each, {"front": days})), None).body
    told = body.partition("<pre>")[2].removesuffix("</pre>").splitlines()[1:]
    assert len(told) == rows
    assert sum(int(line.split()[3]) for line in told) == days
    assert [sum(int(line.split()[column]) for line in told) for column in (1, 2)] == [12, 3]


def test_of_many_campaigns_the_first_are_told() -> None:
    many = {f"c{number}": 1 for number in range(CAMPAIGNS + 3)}
    body = page(Pressed(Page.CAMPAIGNS), counted(campaigns=many), None).body
    assert "booth: joined 4, left 1, <b>0</b> read now" in body
    assert body.splitlines()[-1] == "… and 4 more"


def test_under_the_picture_stands_what_it_adds_up_to() -> None:
    assert caption(counted()) == "7 days: joined 12, left 3, pages opened 1,500."
