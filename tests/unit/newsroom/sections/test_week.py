from __future__ import annotations

from calendar import day_name
from functools import cache

from domain.issue import Issue, Paper, Section, SectionName
from newsroom.assembly import assemble
from newsroom.checking import audit
from newsroom.sections.cuts import WHAT_WE_CANNOT_SAY
from tests.unit.newsroom.worlds import World, full_world, on, press_time

#: The first day of these worlds is a Monday; the thirteenth after it is a Sunday.
SUNDAY = 13


@cache
def _world() -> World:
    return full_world(SUNDAY + 2)


def _issue(day: int, *past: Issue) -> Issue:
    return assemble(on(day), _world().record(), past, Paper(), day + 1, press_time(on(day)))


@cache
def _week() -> tuple[Issue, ...]:
    """Sunday's issue, and those of the days before it, newest first."""
    issues: tuple[Issue, ...] = ()
    for day in range(SUNDAY - 6, SUNDAY + 1):
        issues = (_issue(day, *issues), *issues)
    return issues


def _deep_dive(issue: Issue) -> Section:
    found = issue.section(SectionName.DEEPDIVE)
    assert found is not None
    return found


def _days(issue: Issue) -> list[str]:
    return [story.label for story in _deep_dive(issue).stories if story.label in day_name]


def test_a_first_sunday_without_earlier_issues_asks_an_ordinary_question() -> None:
    assert _days(_issue(SUNDAY)) == []


def test_no_weekday_looks_back_on_the_week() -> None:
    sunday, *week = _week()
    monday = _issue(SUNDAY + 1, sunday, *week)
    assert monday.days == 1
    assert _days(monday) == []


def test_sunday_measures_the_leads_of_the_week_again_under_the_names_of_their_days() -> None:
    sunday = _week()[0]
    assert sunday.date.weekday() == 6
    assert sunday.days == 7
    days = _days(sunday)
    assert len(days) >= 3
    assert len(set(days)) == len(days)
    assert _deep_dive(sunday).stories[-1].label == WHAT_WE_CANNOT_SAY


def test_each_lead_of_the_week_is_told_with_the_day_it_was_first_read_on() -> None:
    sunday, *week = _week()
    dates = {f"{issue.date.day} {issue.date:%B}" for issue in week}
    for story in _deep_dive(sunday).stories:
        if story.label in day_name:
            printed = {figure.text for claim in story.claims() for figure in claim.figures if figure.unit == "date"}
            assert printed
            assert printed <= dates


def test_the_issue_of_a_sunday_passes_its_audit() -> None:
    sunday = _week()[0]
    assert audit(sunday, _world().record()).failed == ()
    assert sunday.checks.drops == ()
