"""Paces, waits and quotas."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.network import Origin
from sources.politeness import Lanes, Pace, Quotas, quota_pause, retry_after

NOW = datetime(2026, 7, 4, 5, 30, tzinfo=UTC)
ARXIV, ARXIV_RSS = Origin("https", "export.arxiv.org", 443), Origin("https", "rss.arxiv.org", 443)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sat, 04 Jul 2026 05:31:00 GMT", 60.0),
        ("Saturday, 04-Jul-26 05:31:00 GMT", 60.0),
        ("Sat, 04 Jul 2026 05:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("Sat, 99 Jul 2026 99:99:99 GMT", None),
    ],
)
def test_a_retry_after_is_read_as_seconds_or_as_a_date(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text(max_size=40))
def test_any_retry_after_is_read_or_means_nothing(header: str) -> None:
    seconds = retry_after(header, NOW)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 42)}, 42.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "100"}, 0.0),
        ({"x-ratelimit-remaining": "0"}, 60.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"}, 60.0),
        ({"x-ratelimit-remaining": "7", "x-ratelimit-reset": "9999999999"}, None),
        ({"ratelimit": '"api";r=0;t=53'}, 53.0),
        ({"ratelimit": '"api";r=94;t=53'}, None),
        ({"ratelimit": "nonsense"}, None),
        ({}, None),
    ],
)
def test_a_quota_closes_a_site_only_when_it_is_spent(headers: dict[str, str], seconds: float | None) -> None:
    assert quota_pause(headers, NOW) == seconds


def test_a_closed_site_opens_by_itself() -> None:
    quotas = Quotas()
    quotas.close("https://a.example", 60.0, NOW)
    assert quotas.pause("https://a.example", NOW + timedelta(seconds=20)) == 40.0
    assert quotas.pause("https://a.example", NOW + timedelta(seconds=60)) == 0.0
    assert quotas.pause("https://b.example", NOW) == 0.0


def test_a_shorter_pause_does_not_open_a_site_earlier() -> None:
    quotas = Quotas()
    quotas.close("https://a.example", 60.0, NOW)
    quotas.close("https://a.example", 5.0, NOW)
    assert quotas.pause("https://a.example", NOW) == 60.0


def test_no_site_closes_itself_for_more_than_a_day() -> None:
    quotas = Quotas()
    quotas.close("https://a.example", 1e12, NOW)
    assert quotas.pause("https://a.example", NOW) == 86_400.0


async def test_all_of_arxiv_is_one_site_with_one_connection() -> None:
    lanes = Lanes()
    lane = lanes.lane(ARXIV, private=False)
    assert lanes.lane(ARXIV_RSS, private=False) is lane
    assert lanes.lane(Origin("https", "notarxiv.org", 443), private=False) is not lane
    async with lane:
        assert lane.connections.locked()
    assert lane.limiter is not None
    assert (lane.limiter.max_rate, lane.limiter.time_period) == (1, 3.0)


async def test_github_and_its_api_have_paces_of_their_own() -> None:
    lanes = Lanes()
    page, api = (lanes.lane(Origin("https", host, 443), private=False) for host in ("github.com", "api.github.com"))
    assert page is not api
    assert api.limiter is not None
    assert (api.limiter.max_rate, api.limiter.time_period) == (9, 60.0)


async def test_a_lane_keeps_its_pace_and_its_connections() -> None:
    lanes = Lanes({"slow.example": Pace(1, 0.03, 1)})
    loop, entered = asyncio.get_running_loop(), []

    async def ask() -> None:
        async with lanes.lane(Origin("https", "www.slow.example", 443), private=False):
            entered.append(loop.time())

    await asyncio.gather(*(ask() for _ in range(4)))
    assert min(later - earlier for earlier, later in pairwise(entered)) >= 0.02


async def test_a_place_in_the_lane_is_given_back_when_the_wait_is_given_up() -> None:
    lanes = Lanes({"slow.example": Pace(1, 60.0, 1)})
    lane = lanes.lane(Origin("https", "slow.example", 443), private=False)
    async with lane:
        pass
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01), lane:
            raise AssertionError("the pace allows nothing for a minute")
    assert not lane.connections.locked()
