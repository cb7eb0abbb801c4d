"""A window of slots never lets more through than it may, whatever the network does between sending and answering."""

from __future__ import annotations

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from delivery.windows import Window


def moments(longest: float) -> st.SearchStrategy[float]:
    """Seconds in steps that floats add up exactly, so that the laws can be asked for without any tolerance."""
    return st.integers(0, int(longest * 1024)).map(lambda steps: steps / 1024)


way = moments(3)


def most_in_any(span: float, processed: list[float]) -> int:
    """The largest count in any half-open window of ``span``, counted as a strict receiver does."""
    counts = (sum(1 for other in processed if moment - span < other <= moment) for moment in processed)
    return max(counts, default=0)


@given(limit=st.integers(1, 8), ways=st.lists(st.tuples(way, way, moments(0.2)), max_size=60))
def test_no_span_at_the_receiver_holds_more_than_the_limit(limit: int, ways: list[tuple[float, float, float]]) -> None:
    """Each message takes some time to get there and some to come back; a sender takes every slot as soon as he may."""
    window, now = Window(limit, 1.0), 0.0
    processed: list[float] = []
    answers: list[float] = []
    for there, back, hesitation in ways:
        now += hesitation
        while window.ready_at(now) > now:
            now = min([window.ready_at(now), *answers])
            for answered_at in [answer for answer in answers if answer <= now]:
                window.answered(answered_at)
                answers.remove(answered_at)
        window.take()
        processed.append(now + there)
        answers.append(now + there + back)
        answers.sort()
    assert most_in_any(1.0, processed) <= limit


def test_a_slot_is_free_one_span_after_its_answer() -> None:
    window = Window(1, 1.0)
    window.take()
    assert window.ready_at(0.2) == inf, "only the answer can free it"
    window.answered(0.3)
    assert (window.ready_at(0.4), window.in_use(0.4)) == (1.3, 1)
    assert window.ready_at(1.3) == 1.3
    assert window.in_use(1.3) == 0


def test_a_slot_given_back_is_free_at_once() -> None:
    window = Window(1, 1.0)
    window.take()
    window.give_back()
    assert window.ready_at(0.0) == 0.0


def test_what_will_be_free_is_foretold() -> None:
    window = Window(3, 1.0)
    for answered_at in (0.0, 0.5):
        window.take()
        window.answered(answered_at)
    window.take()
    assert [window.free_by(0.6, moment) for moment in (0.6, 1.0, 1.5)] == [0, 1, 2]


def test_who_wants_slots_to_spare_waits_until_so_many_are_free() -> None:
    window = Window(3, 1.0)
    for answered_at in (0.0, 0.2, 0.4):
        window.take()
        window.answered(answered_at)
    assert [window.ready_at(0.5, spare) for spare in (0, 1, 2, 3)] == [1.0, 1.2, 1.4, inf]


def test_a_lowered_limit_waits_until_enough_slots_have_rested() -> None:
    window = Window(3, 1.0)
    for answered_at in (0.0, 0.2, 0.4):
        window.take()
        window.answered(answered_at)
    window.resize(1, 0.5)
    assert window.ready_at(0.5) == 1.4
    assert window.free_by(0.5, 1.3) == 0
