from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.pages import filled
from benchmarks.reports import Figure, Report, Table, at_least, at_most

PAGE = "Before\n<!-- broadcast -->\nold\n<!-- end of broadcast -->\nAfter\n"


def test_a_figure_says_its_goal_how_near_it_came_and_whether_it_was_missed() -> None:
    assert Figure("share", 0.95, at_least(0.93), "%").cells == ("share", "95 %", "≥ 93 %", "1.02", "ok")
    assert Figure("share", 0.9, at_least(0.93), "%").cells == ("share", "90 %", "≥ 93 %", "0.97", "MISSED")
    assert Figure("cost", 0.161, at_most(0.16), "s").cells == ("cost", "0.161 s", "≤ 0.160 s", "1.01", "MISSED")
    assert Figure("floods", 0, at_most(0)).cells == ("floods", "0", "≤ 0", "", "ok")


def test_a_figure_without_a_goal_misses_nothing() -> None:
    figure = Figure("in flight", 12345)
    assert figure.cells == ("in flight", "12,345", "", "", "")
    assert not figure.missed


def test_a_report_counts_what_it_missed_and_stands_as_text_and_in_a_page() -> None:
    table = Table("peers", ("sender", "rate"), (("one", "11"),))
    report = Report("ours", [Figure("lost", 1, at_most(0)), Figure("doubled", 0, at_most(0))], [table])
    assert report.missed == 1
    assert "lost     1      ≤ 0           MISSED" in report.text()
    assert "| one | 11 |" in report.markdown()


def test_a_page_gets_the_text_between_its_markers_and_keeps_the_rest() -> None:
    page = filled(PAGE, {"broadcast": r"new \1 figures"})
    assert page == "Before\n<!-- broadcast -->\nnew \\1 figures\n<!-- end of broadcast -->\nAfter\n"
    assert filled(page, {"broadcast": "old"}) == PAGE


def test_a_page_without_the_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="one pair of markers for kills"):
        filled(PAGE, {"kills": "new"})


def test_the_performance_page_has_a_place_for_every_benchmark() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "performance.md").read_text(encoding="utf-8")
    assert set(re.findall(r"<!-- (\w+) -->", page)) == {"machine", *BENCHMARKS}
    assert filled(page, dict.fromkeys(["machine", *BENCHMARKS], "x"))
