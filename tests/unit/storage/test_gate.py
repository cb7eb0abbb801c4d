"""The window in the database: pure, and exact whatever the workers do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from storage.gate import Gate

NOON = datetime(2026, 7, 4, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def gate(rate: int = 3) -> Gate:
    return Gate(rate, SECOND, NOON)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_an_unused_gate_has_all_its_slots_now() -> None:
    assert gate().slots(0, 10, NOON, after(0.1)) == [NOON] * 3
    assert gate().slots(2, 10, NOON, after(0.1)) == [NOON]
    assert gate().slots(3, 10, NOON, after(0.1)) == []


def test_a_slot_comes_free_one_second_after_its_answer_and_never_a_moment_before() -> None:
    own = gate(rate=1)
    own.answered([after(0.0004)])
    slots = own.slots(0, 10, after(0.9), after(1.1))
    assert slots == [after(1.01)]
    assert own.next_slot(0, after(0.9)) == after(1.01)


def test_a_pause_holds_every_slot_and_only_grows() -> None:
    own = gate()
    own.pause(after(5))
    own.pause(after(2))
    assert own.slots(0, 10, NOON, after(5)) == []
    assert own.slots(0, 10, after(4.95), after(5.05)) == [after(5)] * 3
    assert own.next_slot(0, NOON) == after(5)


def test_slots_that_a_lowered_rate_no_longer_has_vanish_first() -> None:
    own = gate(rate=1)
    own.answered([after(0), after(0.1), after(0.2)])
    assert own.slots(0, 10, after(0.3), after(2)) == [after(1.2)]


def test_only_an_answer_can_free_a_slot_that_is_on_its_way() -> None:
    assert gate(rate=1).next_slot(1, NOON) is None


def test_what_has_rested_is_forgotten_and_what_is_stored_comes_back() -> None:
    own = gate()
    own.answered([after(0), after(0), after(3)])
    own.arrive(after(2))
    back = Gate(3, SECOND, NOON, resting={int(moment): count for moment, count in own.stored().items()})
    assert back.resting == own.resting
    assert sum(back.resting.values()) == 1


def test_a_slot_that_a_row_has_taken_is_counted_once() -> None:
    own = gate(rate=1)
    own.answered([NOON])
    slots = own.slots(0, 10, after(0.9), after(1.1))
    own.take(slots)
    assert own.slots(1, 10, after(0.9), after(1.1)) == []
    own.answered([after(1.2)])
    assert own.slots(0, 10, after(2.1), after(2.3)) == [after(2.2)]


def test_a_slot_that_was_handed_back_is_free_no_earlier_than_it_would_have_been() -> None:
    own = gate(rate=1)
    own.answered([NOON])
    own.take(own.slots(0, 10, after(0.9), after(1.1)))
    own.handed_back([after(0.91)], timedelta(seconds=0.2))
    assert own.slots(0, 10, after(0.92), after(1.5)) == [after(1.11)]


@given(
    rate=st.integers(1, 6),
    sends=st.lists(st.tuples(st.floats(0, 0.5), st.floats(0, 1.5)), min_size=1, max_size=40),
    horizon=st.floats(0.01, 0.5),
)
def test_no_second_holds_more_than_the_rate_at_whatever_moment_it_was_processed(
    rate: int, sends: list[tuple[float, float]], horizon: float
) -> None:
    """Workers tick at any moment and send at their slots; each message is processed between sending and answer."""
    own, now = gate(rate), NOON
    on_their_way: list[tuple[datetime, datetime]] = []
    processed: list[datetime] = []
    for hesitation, took in sends:
        now += timedelta(seconds=hesitation)
        own.arrive(now)
        settled = [pair for pair in on_their_way if pair[1] <= now]
        own.answered(answered_at for _, answered_at in settled)
        on_their_way = [pair for pair in on_their_way if pair[1] > now]
        slots = own.slots(len(on_their_way), 10, now, now + timedelta(seconds=horizon))
        own.take(slots)
        for slot in slots:
            on_their_way.append((slot, slot + timedelta(seconds=took)))
            processed.append(slot + timedelta(seconds=took * hesitation))
    for moment in processed:
        assert sum(1 for other in processed if moment - SECOND < other <= moment) <= rate
