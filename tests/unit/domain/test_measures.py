from __future__ import annotations

import pytest

from domain.measures import Finding, Goal, Measure, Measures


@pytest.mark.parametrize(
    ("goal", "met", "missed"),
    [
        (Goal(least=4), (4, 5), (3.9, -1)),
        (Goal(most=35), (35, 0), (35.1,)),
        (Goal(most=0.28, below=True), (0.279,), (0.28, 1)),
        (Goal(600, 1200), (600, 1200), (599, 1201)),
        (Goal(), (-1, 10**9), ()),
    ],
)
def test_a_goal_is_met_within_its_bounds_only(goal: Goal, met: tuple[float, ...], missed: tuple[float, ...]) -> None:
    assert all(goal.met_by(figure) for figure in met)
    assert not any(goal.met_by(figure) for figure in missed)


def test_what_could_not_be_measured_misses_nothing() -> None:
    assert Finding(Measure.THESIS, None, Goal(most=0)).met
    assert Finding(Measure.THESIS, None, Goal(most=0)).found_text == "–"


@pytest.mark.parametrize(
    ("measure", "figure", "text"),
    [
        (Measure.SEEN_YESTERDAY, 0.0456, "4.6 %"),
        (Measure.SEEN_YESTERDAY, 0.456, "46 %"),
        (Measure.SUPPORTED, 1, "100 %"),
        (Measure.SUPPORTED, 0.9999, "99.9 %"),
        (Measure.SUPPORTED, 0, "0 %"),
        (Measure.WORDS, 1204, "1,204"),
        (Measure.THESIS, 0.3, "0.30"),
        (Measure.FLESCH, 72.04, "72"),
        (Measure.MEDIAN_SENTENCE, 16.5, "16.5"),
    ],
)
def test_a_figure_is_written_in_its_unit(measure: Measure, figure: float, text: str) -> None:
    assert Finding(measure, figure, Goal()).found_text == text


@pytest.mark.parametrize(
    ("measure", "goal", "text"),
    [
        (Measure.SUPPORTED, Goal(least=1), "100 %"),
        (Measure.FRESH_ENTITIES, Goal(least=0.6), "≥ 60 %"),
        (Measure.SEEN_YESTERDAY, Goal(most=0.05, below=True), "< 5 %"),
        (Measure.FOREIGN_LINKS, Goal(most=0), "0"),
        (Measure.WORDS, Goal(600, 1200), "600–1,200"),
        (Measure.LONGEST_SENTENCE, Goal(most=35), "≤ 35"),
    ],
)
def test_a_goal_is_written_as_an_editor_reads_it(measure: Measure, goal: Goal, text: str) -> None:
    assert Finding(measure, None, goal).goal_text == text


def test_a_measure_that_an_older_issue_did_not_have_is_none() -> None:
    assert Measures(()).of(Measure.WORDS) is None
    assert Measures(()).missed == ()
