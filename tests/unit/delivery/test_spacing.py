"""How rows keep out of the way of replies."""

from __future__ import annotations

import pytest

from delivery.spacing import Spacing


def test_rows_leave_at_a_distance() -> None:
    spacing = Spacing(0.9)
    assert spacing.row_at(5.0) == 5.0
    for _ in range(3):
        spacing.row(5.0, 30, 1.0)
    assert spacing.row_at(5.0) == pytest.approx(5.03), "three at once, when none had left for long"
    spacing.row(5.03, 30, 1.0)
    assert spacing.row_at(5.03) == pytest.approx(5.06)


def test_at_a_thousand_a_second_rows_leave_in_small_groups() -> None:
    spacing, now, left = Spacing(0.9), 0.0, list[float]()
    while now < 1.0:
        now = spacing.row_at(now)
        left.append(now)
        spacing.row(now, 1000, 1.0)
    assert len(left) == pytest.approx(1111, rel=0.02)
    assert len(set(left)) < len(left) / 4


@pytest.mark.parametrize(("rate", "kept"), [(0.1, 0), (1, 1), (10, 7), (20, 13), (200, 15)])
def test_slots_are_kept_for_as_many_replies_as_there_were_lately(rate: float, kept: int) -> None:
    spacing = Spacing(0.9)
    for number in range(int(rate * 40)):
        spacing.reply(number / rate)
    assert spacing.kept(40.0, 30) == pytest.approx(kept, abs=1)


def test_replies_of_a_minute_ago_keep_no_slot() -> None:
    spacing = Spacing(0.9)
    for number in range(100):
        spacing.reply(number / 10)
    assert spacing.kept(10.0, 30) > 0
    assert spacing.kept(70.0, 30) == 0
