from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.simulation.days import AUDIENCES, HOURS, Setting, live
from benchmarks.simulation.windows import HOLD, Scene, simulate
from domain.hours import CATCH_UP


@settings(max_examples=25)
@given(
    st.integers(1, 40),
    st.integers(1, 5),
    st.floats(0.001, 0.5),
    st.one_of(st.just(float("inf")), st.floats(0.5, 5.0)),
)
def test_no_second_at_telegram_holds_more_than_the_rate_however_it_is_shared(
    rate: int, workers: int, median: float, killed_at: float
) -> None:
    scene = Scene(rate, workers, median, median * 5, seconds=12.0, killed_at=killed_at)
    assert simulate(scene).most_in_one_second <= rate


def test_without_latency_the_whole_rate_is_reached() -> None:
    assert simulate(Scene(30, median=0.0, slow=0.0)).rate == pytest.approx(30, rel=0.01)


def test_a_round_trip_that_never_varies_costs_its_share_of_a_second() -> None:
    assert simulate(Scene(100, median=0.2, slow=0.2)).rate == pytest.approx(100 / 1.2, rel=0.01)


def test_the_share_of_a_dead_worker_is_idle_until_its_hold_ends_and_then_used() -> None:
    seen = simulate(Scene(100, workers=2, median=0.0, slow=0.0, seconds=20.0, killed_at=5.0))
    assert seen.rate_between(6.0, 5.0 + HOLD) == pytest.approx(50, rel=0.05)
    assert seen.rate_between(11.0, 19.0) == pytest.approx(100, rel=0.05)


def test_the_only_worker_dying_ends_it() -> None:
    assert simulate(Scene(10, median=0.0, slow=0.0, seconds=20.0, killed_at=3.0)).moments[-1] < 3.0


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_few_readers_are_served_at_their_hours_and_cost_nothing(audience: str) -> None:
    day = live(300, AUDIENCES[audience], Setting("1 bot", 1, 30.0))
    assert (day.skipped, day.stars) == (0.0, 0.0)
    assert day.slow <= 10


def test_the_audiences_and_the_hours_are_whole() -> None:
    assert sum(HOURS.values()) == 100
    assert {sum(people.values()) for people in AUDIENCES.values()} == {100}


def test_who_can_not_be_served_within_the_grace_is_counted() -> None:
    country = AUDIENCES["one country"]
    day = live(10_000_000, country, Setting("1 bot, free", 1, 30.0))
    assert day.hours == pytest.approx(10_000_000 / 30 / 3600, rel=0.01)
    served_in_time = (max(HOURS) - min(HOURS) + CATCH_UP / timedelta(hours=1)) * 3600 * 30
    assert day.skipped == pytest.approx(1 - served_in_time / 10_000_000, abs=0.06)


def test_paid_messages_cost_a_tenth_of_a_star_above_the_free_ones() -> None:
    day = live(1_000_000, AUDIENCES["one country"], Setting("1 bot, paid", 1, 1000.0))
    assert day.stars == pytest.approx(97_000, rel=0.01)
