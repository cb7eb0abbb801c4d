"""The times of answers are told act by act, and the slowest is held to its goal."""

from __future__ import annotations

from benchmarks.answers import GOAL, PRESSED, SAID, Taken, percentile, reported
from bot.application import CHAPTERS


def test_a_share_of_the_times_lies_below_a_percentile() -> None:
    taken = [float(number) for number in range(1, 101)]
    assert percentile(taken, 0.5) == 51
    assert percentile(taken, 0.99) == 100
    assert percentile([7.0], 0.99) == 7


def test_one_slow_act_misses_the_goal_whatever_the_others_took() -> None:
    fast, slow = Taken("Reading", "/today", [1, 2, 3]), Taken("Items", "/item", [1, 2, GOAL + 1])
    assert reported([fast], "Answers").missed == 0
    report = reported([fast, slow], "Answers")
    assert report.missed == 1
    assert "Items: /item, p99" in report.text()


def test_every_chapter_of_the_conversation_is_measured() -> None:
    measured = {act.chapter for act in (*SAID, *PRESSED)} | {"Inline"}
    chapters = {str(getattr(chapter, "__name__", chapter)) for chapter in CHAPTERS}
    assert chapters - measured == {"Turning", "ChannelSettings"}  # of broadcasts and channels: neither is here
