"""When everything stands still, and for how long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from delivery.pauses import Pauses


@given(seconds=st.floats(0.1, 60.0), at=st.floats(0, 1000))
def test_a_flood_error_is_obeyed_to_the_second_and_then_one_goes_alone(seconds: float, at: float) -> None:
    pauses = Pauses()
    assert pauses.flooded(1, seconds, at)
    assert (pauses.until, pauses.alone) == (at + seconds, True)
    pauses.good()
    assert not pauses.alone


def test_a_second_shorter_word_does_not_shorten_a_pause() -> None:
    pauses = Pauses()
    pauses.flooded(1, 30.0, 0.0)
    pauses.flooded(2, 3.0, 1.0)
    assert pauses.until == 30.0


def test_a_day_from_one_chat_is_a_minute_for_everyone_until_a_second_chat_says_so_too() -> None:
    pauses = Pauses()
    assert not pauses.flooded(1, 86_400.0, 0.0)
    assert pauses.until == 60.0
    assert pauses.flooded(2, 86_340.0, 60.0)
    assert pauses.until == 86_400.0


def test_trouble_pauses_for_longer_each_time_until_something_goes_well() -> None:
    pauses, now, lengths = Pauses(), 0.0, list[float]()
    for _ in range(11):
        pauses.trouble(now, now)
        lengths.append(max(0.0, pauses.until - now))
        now = max(now, pauses.until)
    assert lengths == [0.0, 0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
    pauses.good()
    pauses.trouble(now, now)
    assert pauses.until <= now


def test_what_another_process_heard_is_told_once() -> None:
    pauses = Pauses()
    pauses.told(5.0, 1.0)
    pauses.good()
    pauses.told(5.0, 6.0)
    assert not pauses.alone
