from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.receiver.conditions import Conditions, Mode
from benchmarks.receiver.counts import Counts, most_in, rate
from benchmarks.receiver.limits import Bucket, Door, SlidingWindow

NO_CHATS = 0.0
gaps = st.lists(st.floats(0, 0.2), min_size=1, max_size=200)


def moments_of(gaps: list[float]) -> list[float]:
    moments, now = [], 0.0
    for gap in gaps:
        now += gap
        moments.append(now)
    return moments


@given(gaps, st.integers(1, 10))
def test_a_sliding_window_never_lets_more_through_in_any_second(gaps: list[float], limit: int) -> None:
    window = SlidingWindow(limit)
    accepted = [moment for moment in moments_of(gaps) if window.take(moment)]
    assert most_in(accepted) <= limit


@given(gaps, st.integers(1, 10))
def test_a_bucket_lets_through_what_it_holds_and_what_refills_it(gaps: list[float], limit: int) -> None:
    bucket = Bucket(limit)
    moments = moments_of(gaps)
    accepted = sum(bucket.take(moment) for moment in moments)
    assert accepted <= limit + limit * (moments[-1] - moments[0]) + 1e-6


def test_after_a_flood_everything_is_refused_until_its_penalty_is_over() -> None:
    door = Door(Conditions(rate=2, chat_interval=NO_CHATS, penalties=(3,)))
    assert door.refusal(1, 0.0, 0.0) is None
    assert door.refusal(2, 0.0, 0.0) is None
    flooded = door.refusal(3, 0.0, 0.0)
    assert flooded is not None
    assert (flooded.retry_after, flooded.everyone, flooded.ignored) == (3, True, False)
    told_to_wait = door.refusal(4, 2.0, 2.0)
    assert told_to_wait is not None
    assert (told_to_wait.retry_after, told_to_wait.ignored) == (1, True)
    assert door.refusal(5, 3.0, 3.0) is None


def test_a_message_that_left_before_the_refusal_could_be_heard_ignores_nothing() -> None:
    door = Door(Conditions(rate=1, chat_interval=NO_CHATS))
    door.refusal(1, 0.0, 0.0)
    door.refusal(2, 0.1, 0.1)
    late = door.refusal(3, 0.2, 0.6)
    assert late is not None
    assert not late.ignored


def test_penalties_grow_while_no_message_passes_between_two_floods() -> None:
    door = Door(Conditions(rate=0, chat_interval=NO_CHATS, penalties=(1, 5)))
    told = [door.refusal(1, now, now) for now in (0.0, 1.0, 6.0)]
    assert [refusal.retry_after for refusal in told if refusal is not None] == [1, 5, 5]


def test_a_chat_takes_one_message_a_second_and_its_refusal_closes_nothing_else() -> None:
    door = Door(Conditions(rate=30))
    assert door.refusal(1, 0.0, 0.0) is None
    again = door.refusal(1, 0.5, 0.5)
    assert again is not None
    assert not again.everyone
    assert door.refusal(2, 0.5, 0.5) is None
    assert door.refusal(1, 1.0, 1.0) is None


def test_a_rate_can_be_lowered_while_messages_come() -> None:
    door = Door(Conditions(rate=30, chat_interval=NO_CHATS))
    door.lower(1)
    assert door.refusal(1, 0.0, 0.0) is None
    assert door.refusal(2, 0.0, 0.0) is not None


def test_without_a_limit_everything_passes() -> None:
    door = Door(Conditions(mode=Mode.OFF, chat_interval=NO_CHATS))
    door.lower(1)
    assert all(door.refusal(chat, 0.0, 0.0) is None for chat in range(1000))


def test_counts_tell_the_rate_and_what_came_twice() -> None:
    counts = Counts()
    for number, moment in enumerate([10.0, 10.5, 11.0, 12.0]):
        counts.accept(number % 3, "The Morning Post", moment)
    told = counts.told()
    assert (told["accepted"], told["messages"], told["doubled"]) == (4, 3, 1)
    assert told["rate"] == 1.5
    assert told["most_in_one_second"] == 2


def test_no_rate_is_told_of_a_single_moment() -> None:
    assert rate([]) == rate([5.0]) == 0.0
    assert most_in([]) == 0
