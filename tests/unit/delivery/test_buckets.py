"""Who counts as a bucket does is never refused by one, whatever the network does, and reaches the whole rate."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.buckets import Bucket
from tests.unit.delivery.test_windows import moments, way


class Receiver:
    """A token bucket: full at first, refilled evenly. Says how empty it ever was."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.held = self.least = float(size)
        self._at = 0.0

    def take(self, moment: float) -> None:
        self.held = min(self._size, self.held + (moment - self._at) * self._size) - 1
        self._at = moment
        self.least = min(self.least, self.held)


@given(limit=st.integers(1, 8), ways=st.lists(st.tuples(way, way, moments(0.2)), max_size=60))
def test_a_bucket_at_the_receiver_is_never_found_empty(limit: int, ways: list[tuple[float, float, float]]) -> None:
    """Each message takes some time to get there and some to come back; a sender leaves as soon as he may."""
    bucket, now = Bucket(limit, 1.0), 0.0
    processed: list[float] = []
    answers: list[float] = []
    for there, back, hesitation in ways:
        now += hesitation
        while bucket.ready_at(now) > now:
            now = min([bucket.ready_at(now) + 1e-9, *answers])
            for answered_at in [answer for answer in answers if answer <= now]:
                bucket.answered(answered_at)
                answers.remove(answered_at)
        bucket.take()
        processed.append(now + there)
        answers.append(now + there + back)
        answers.sort()
    receiver = Receiver(limit)
    for moment in sorted(processed):
        receiver.take(moment)
    assert receiver.least >= -1e-6


def test_in_the_long_run_all_of_the_rate_is_used() -> None:
    bucket, now, sent = Bucket(30, 1.0), 0.0, 0
    while now < 10.0:
        now = max(now, bucket.ready_at(now) + 1e-9)
        bucket.take()
        bucket.answered(now)
        sent += 1
    assert sent == pytest.approx(330, abs=2), "a full bucket, and thirty a second"


def test_what_is_under_way_counts_in_full_until_its_answer() -> None:
    bucket = Bucket(2, 1.0)
    bucket.take()
    bucket.take()
    assert bucket.ready_at(9.0) == inf
    bucket.answered(9.0)
    assert bucket.ready_at(9.0) == pytest.approx(9.5)
    assert (bucket.in_use(9.0), bucket.in_use(9.5)) == (2, 1)
    bucket.give_back()
    assert bucket.in_use(9.5) == 0


def test_what_may_leave_until_a_moment_is_foretold() -> None:
    bucket = Bucket(10, 1.0)
    for _ in range(10):
        bucket.take()
        bucket.answered(0.0)
    assert [bucket.free_by(0.0, moment) for moment in (0.0, 0.25, 0.5, 9.0)] == [0, 2, 5, 10]


def test_a_share_that_shrinks_drains_more_slowly() -> None:
    bucket = Bucket(10, 1.0)
    for _ in range(4):
        bucket.take()
        bucket.answered(0.0)
    bucket.resize(2, 0.2)
    assert (bucket.in_use(0.2), bucket.in_use(0.7)) == (2, 1)
