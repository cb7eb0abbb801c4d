"""How many requests may be under way at once."""

from __future__ import annotations

import pytest

from delivery.latency import Latency


def measured(seconds: float) -> Latency:
    latency = Latency()
    for _ in range(300):
        latency.answered(0.0, seconds)
    return latency


@pytest.mark.parametrize(
    ("slots", "seconds", "allowed"), [(30, 0.065, 7), (1000, 0.065, 84), (30, 0.001, 4), (30, 5.0, 30), (2, 0.05, 2)]
)
def test_in_flight_is_what_the_rate_needs_at_the_measured_latency(slots: int, seconds: float, allowed: int) -> None:
    assert measured(seconds).in_flight(slots, 1.0) == allowed


def test_a_server_that_has_gone_silent_is_not_expected_to_answer_at_once() -> None:
    latency = Latency()
    latency.answered(99.9, 100.0)
    assert latency.expected(100.0) < 0.1
    assert latency.expected(104.0) == 4.0
