"""When a reader's paper is due, for whatever zone, hour and moment of publication."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.hours import CATCH_UP, delivery_moment

ZONES = sorted(available_timezones())
DAY = date(2026, 7, 4)


@given(
    day=st.dates(date(2026, 1, 1), date(2035, 12, 30)),
    hour=st.integers(0, 23),
    zone=st.sampled_from(ZONES),
    offset=st.integers(-12 * 60, 36 * 60),
)
def test_it_is_never_before_publication_and_never_later_than_the_next_day(
    day: date, hour: int, zone: str, offset: int
) -> None:
    published_at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=offset)
    moment = delivery_moment(day, hour, zone, published_at)
    assert moment >= published_at
    assert moment - published_at <= timedelta(hours=51), "his next morning, or the day of the issue still to come"


@given(hour=st.integers(0, 23), zone=st.sampled_from(ZONES), offset=st.integers(0, 24 * 60))
def test_it_is_at_once_or_at_his_hour(hour: int, zone: str, offset: int) -> None:
    published_at = datetime(2026, 7, 4, tzinfo=UTC) + timedelta(minutes=offset)
    moment = delivery_moment(DAY, hour, zone, published_at)
    local = moment.astimezone(ZoneInfo(zone))
    assert moment == published_at or (local.hour, local.minute) == (hour, 0)


@pytest.mark.parametrize(
    ("published_at", "due_at"),
    [
        (datetime(2026, 7, 4, 6, 30, tzinfo=UTC), datetime(2026, 7, 4, 7, tzinfo=UTC)),
        (datetime(2026, 7, 4, 7, 0, tzinfo=UTC), datetime(2026, 7, 4, 7, tzinfo=UTC)),
        (datetime(2026, 7, 4, 9, 15, tzinfo=UTC), datetime(2026, 7, 4, 9, 15, tzinfo=UTC)),
        (datetime(2026, 7, 4, 7, tzinfo=UTC) + CATCH_UP, datetime(2026, 7, 4, 13, tzinfo=UTC)),
        (datetime(2026, 7, 4, 13, 1, tzinfo=UTC), datetime(2026, 7, 5, 7, tzinfo=UTC)),
        (datetime(2026, 11, 22, 1, 0, tzinfo=UTC), datetime(2026, 11, 22, 7, tzinfo=UTC)),
    ],
)
def test_a_missed_hour_is_caught_up_for_six_hours_and_then_waits_for_the_next_one(
    published_at: datetime, due_at: datetime
) -> None:
    assert delivery_moment(DAY, 7, "UTC", published_at) == due_at


def test_an_hour_that_daylight_saving_skips_is_the_end_of_the_gap() -> None:
    published_at = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert delivery_moment(date(2026, 3, 29), 2, "Europe/Berlin", published_at) == datetime(2026, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("catch_up", "minutes", "at_once"),
    [
        (timedelta(0), 30, True),
        (timedelta(0), 31, False),
        (timedelta(hours=1), 60, True),
        (timedelta(hours=1), 61, False),
        (timedelta(hours=24), 23 * 60, True),
    ],
)
def test_how_long_a_missed_hour_is_caught_up_can_be_set_but_never_to_nothing(
    catch_up: timedelta, minutes: int, at_once: bool
) -> None:
    published_at = datetime(2026, 7, 4, 7, tzinfo=UTC) + timedelta(minutes=minutes)
    due = delivery_moment(DAY, 7, "UTC", published_at, catch_up)
    assert due == (published_at if at_once else datetime(2026, 7, 5, 7, tzinfo=UTC))
