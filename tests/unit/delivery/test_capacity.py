"""How many slots are used: what flood errors take, and what good answers give back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.capacity import Capacity


class Server:
    """Takes ``limit`` messages a second and not one more; a sender uses all the slots that he believes in."""

    def __init__(self, limit: int, capacity: Capacity) -> None:
        self.limit = limit
        self.capacity = capacity
        self.now = 0.0
        self.floods = 0

    def seconds(self, count: int) -> None:
        for _ in range(count):
            sent = self.capacity.slots
            for number in range(min(sent, self.limit)):
                self.capacity.good(self.now + number / sent, self.now + number / sent + 0.01, used=True)
            self.now += 1.0
            if sent > self.limit:
                self.floods += 1
                self.capacity.flooded(self.now - 0.02, self.now)
                self.now += 1.0


def test_at_a_flood_it_falls_to_what_the_server_was_seen_to_take() -> None:
    server = Server(10, Capacity(30, 1.0))
    server.seconds(1)
    assert server.capacity.slots == 10


def test_a_lower_limit_is_found_within_seconds_and_then_kept() -> None:
    server = Server(10, Capacity(30, 1.0))
    server.seconds(8)
    floods = server.floods
    assert floods <= 3
    server.seconds(40)
    assert (server.capacity.slots, server.floods) == (10, floods)


def test_the_ceiling_is_tried_again_after_ever_longer_times() -> None:
    server = Server(10, Capacity(30, 1.0))
    server.seconds(3600)
    assert 4 <= server.floods <= 10


def test_when_the_limit_rises_again_so_does_the_pace() -> None:
    server = Server(10, Capacity(30, 1.0))
    server.seconds(20)
    server.limit = 30
    server.seconds(100)
    assert server.capacity.slots == 30


def test_floods_of_requests_that_had_left_before_the_fall_change_nothing() -> None:
    capacity = Capacity(1000, 1.0)
    for number in range(20):
        capacity.flooded(0.0, 1.0 + number * 0.01)
    assert capacity.slots == 250, "nothing was seen to be taken: the deepest fall, once"


def test_answers_that_were_on_their_way_still_tell_what_the_server_took() -> None:
    capacity = Capacity(40, 1.0)
    for number in range(20):
        capacity.good(number / 50, number / 50 + 0.1, used=True)
    capacity.flooded(0.5, 0.6)
    assert capacity.slots == 20
    for _ in range(5):
        capacity.good(0.45, 0.62, used=True)
    assert capacity.slots == 25


def test_an_answer_that_took_a_minute_is_an_answer() -> None:
    capacity = Capacity(30, 1.0)
    capacity.good(0.0, 60.0, used=True)
    assert capacity.slots == 30


def test_slots_that_are_not_used_are_not_raised() -> None:
    capacity = Capacity(30, 1.0)
    capacity.flooded(0.0, 0.1)
    for number in range(200):
        capacity.good(1.0 + number, 1.1 + number, used=False)
    assert capacity.slots == 7


def test_what_was_learned_is_kept_in_proportion_when_our_share_changes() -> None:
    capacity = Capacity(30, 1.0)
    for number in range(10):
        capacity.good(number / 50, number / 50 + 0.1, used=True)
    capacity.flooded(0.4, 0.5)
    assert capacity.slots == 10
    capacity.resize(3)
    assert capacity.slots == 1
    capacity.resize(30)
    assert capacity.slots == 10


@given(
    share=st.integers(1, 60),
    shares=st.lists(st.integers(1, 60), max_size=6),
    acts=st.lists(st.tuples(st.booleans(), st.floats(0, 2), st.floats(0, 1)), max_size=60),
)
def test_it_stays_between_one_and_our_share(
    share: int, shares: list[int], acts: list[tuple[bool, float, float]]
) -> None:
    capacity, now = Capacity(share, 1.0), 0.0
    for number, (good, passes, took) in enumerate(acts):
        now += passes
        if good:
            capacity.good(now - took, now, used=True)
        else:
            capacity.flooded(now - took, now)
        if shares and number % 7 == 0:
            capacity.resize(shares.pop())
        assert 1 <= capacity.slots <= capacity.share


@pytest.mark.parametrize("share", [1, 7, 30, 1000])
def test_a_share_that_comes_and_goes_loses_no_slot_to_rounding(share: int) -> None:
    capacity = Capacity(share, 1.0)
    for _ in range(50):
        capacity.resize(max(1, share // 10))
        capacity.resize(share)
    assert capacity.slots == share
