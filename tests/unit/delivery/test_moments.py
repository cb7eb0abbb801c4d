"""Two clocks kept apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from delivery.moments import Anchor, steady

NOW = datetime(2026, 7, 4, 6, 30, tzinfo=UTC)


@given(seconds=st.integers(-(10**9), 10**9), at=st.integers(0, 10**7))
def test_a_moment_is_the_same_there_and_back(seconds: int, at: int) -> None:
    anchor, moment = Anchor(NOW, float(at)), NOW + timedelta(milliseconds=seconds)
    assert abs(anchor.to_wall(anchor.to_steady(moment)) - moment) <= timedelta(microseconds=1)


def test_the_steady_clock_does_not_run_back() -> None:
    read = [steady() for _ in range(1000)]
    assert read == sorted(read)
