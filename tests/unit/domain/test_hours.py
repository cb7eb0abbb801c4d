from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.hours import local_moment


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        local_moment(date(2026, 7, 4), time(7), "Mars/Olympus")


def test_an_hour_that_daylight_saving_skips_is_the_end_of_the_gap() -> None:
    skipped = local_moment(date(2026, 3, 29), time(2, 30), "Europe/Berlin")
    assert skipped == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    twice = local_moment(date(2026, 10, 25), time(2, 30), "Europe/Berlin")
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_that_a_zone_left_out_is_its_next_midnight() -> None:
    assert local_moment(date(2011, 12, 30), time(7), "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)


@given(
    day=st.dates(date(2016, 1, 1), date(2035, 12, 31)),
    hour=st.integers(0, 23),
    zone=st.sampled_from(sorted(available_timezones())),
)
def test_clocks_show_the_hour_or_have_just_jumped_over_it(day: date, hour: int, zone: str) -> None:
    moment = local_moment(day, time(hour), zone)
    shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = datetime.combine(day, time(hour))
    before = (moment - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert shown == wanted or before < wanted < shown
