"""The gate counts as Telegram's strictest reading does: windows at the receiver, growing penalties, then silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.telegram.limits import TELEGRAM, UNLIMITED, Gate, Limits, Reading


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_no_second_takes_more_than_its_thirty_messages(clock: Clock) -> None:
    gate = Gate(TELEGRAM, clock)

    answers = [gate.admit(chat, by_the_minute=False) for chat in range(1, 33)]

    assert answers == [0] * 30 + [1, 1]
    assert gate.statistics.most_in_one_second == 30


@given(st.lists(st.floats(0, 0.2), min_size=40, max_size=150))
def test_whatever_comes_when_the_window_holds(pauses: list[float]) -> None:
    clock = Clock()
    gate = Gate(Limits(per_second=10, chat_interval=None, group_per_minute=None, holds=False), clock)
    taken = []
    for chat, pause in enumerate(pauses):
        clock.now += pause
        if gate.admit(chat, by_the_minute=False) == 0:
            taken.append(clock.now)

    assert all(later - earlier >= 1.0 for earlier, later in zip(taken, taken[10:], strict=False))
    assert gate.statistics.most_in_one_second <= 10


def test_after_a_refusal_everything_is_refused_until_the_wait_is_over(clock: Clock) -> None:
    gate = Gate(Limits(per_second=1, chat_interval=None, penalties=(5,)), clock)
    gate.admit(1, by_the_minute=False)
    assert gate.admit(2, by_the_minute=False) == 5

    clock.now += 3
    assert gate.admit(3, by_the_minute=False) == 2
    clock.now += 2
    assert gate.admit(3, by_the_minute=False) == 0
    assert gate.statistics.ignored == 1


def test_an_answer_on_its_way_is_not_counted_as_ignored(clock: Clock) -> None:
    gate = Gate(Limits(per_second=1, chat_interval=None, penalties=(5,)), clock)
    gate.admit(1, by_the_minute=False)
    gate.admit(2, by_the_minute=False)

    clock.now += 0.1
    gate.admit(3, by_the_minute=False)

    assert gate.statistics.ignored == 0


def test_penalties_grow_until_a_message_is_taken_again(clock: Clock) -> None:
    gate = Gate(Limits(per_second=1, chat_interval=None, penalties=(1, 5, 30)), clock)
    waits = []
    for _ in range(4):
        gate.admit(1, by_the_minute=False)
        waits.append(gate.admit(1, by_the_minute=False))
        clock.now += waits[-1] - 0.01
        waits.append(gate.admit(1, by_the_minute=False))
        clock.now += waits[-1]

    assert waits == [1, 1] * 4


def test_refusals_in_a_row_cost_more_and_more(clock: Clock) -> None:
    gate = Gate(Limits(per_second=1, chat_interval=None, penalties=(1, 5, 30), holds=False), clock)
    gate.admit(1, by_the_minute=False)

    assert [gate.admit(1, by_the_minute=False) for _ in range(4)] == [1, 5, 30, 30]


def test_a_chat_takes_one_message_a_second_and_others_are_not_held_up(clock: Clock) -> None:
    gate = Gate(TELEGRAM, clock)

    assert [gate.admit(chat, by_the_minute=False) for chat in (1, 1, 2)] == [0, 1, 0]


def test_a_burst_to_a_chat_passes_where_it_is_allowed(clock: Clock) -> None:
    gate = Gate(Limits(chat_interval=1.0, chat_burst=3), clock)

    assert [gate.admit(1, by_the_minute=False) for _ in range(4)] == [0, 0, 0, 3]


def test_a_channel_takes_twenty_messages_a_minute(clock: Clock) -> None:
    gate = Gate(TELEGRAM, clock)
    for _ in range(20):
        assert gate.admit(-100, by_the_minute=True) == 0
        clock.now += 1.0

    assert gate.admit(-100, by_the_minute=True) == 40


def test_read_as_a_bucket_the_limit_refills_evenly(clock: Clock) -> None:
    gate = Gate(Limits(per_second=10, reading=Reading.BUCKET, chat_interval=None, holds=False), clock)
    for chat in range(10):
        assert gate.admit(chat, by_the_minute=False) == 0

    assert gate.admit(11, by_the_minute=False) == 1
    clock.now += 0.11
    assert gate.admit(11, by_the_minute=False) == 0


def test_without_limits_everything_is_taken_and_counted(clock: Clock) -> None:
    gate = Gate(UNLIMITED, clock)
    for _ in range(500):
        gate.admit(1, by_the_minute=True)
        clock.now += 0.01

    assert gate.statistics.accepted == 500
    assert gate.statistics.rate == pytest.approx(100)


def test_statistics_can_begin_anew(clock: Clock) -> None:
    gate = Gate(UNLIMITED, clock)
    gate.admit(1, by_the_minute=False)

    gate.reset_statistics()

    assert gate.statistics.accepted == 0
