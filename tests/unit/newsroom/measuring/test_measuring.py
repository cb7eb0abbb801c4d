from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings

from domain.issue import Issue, SectionName
from domain.items import Source
from domain.measures import DEFINITIONS, Measure, Unit
from newsroom.measuring import hold_to_goals, measure
from newsroom.measuring.goals import GOALS
from tests.strategies import harmless, issues
from tests.unit.newsroom.measuring.papers import DAY, found, issue, item, lead, named, part, said

ALPHA = item("owner/alpha")


def test_an_empty_issue_is_measured_and_misses_what_it_should() -> None:
    measures = measure(issue(), ())
    assert [finding.measure for finding in measures.findings] == list(Measure)
    missed = {finding.measure for finding in measures.missed}
    assert missed == {Measure.WORDS, Measure.SECTIONS, Measure.SOURCES}


def test_what_needs_a_past_is_not_held_against_the_first_issue() -> None:
    first = issue(lead(said("Alpha leads"), said("It is here."), about=ALPHA))
    unmeasured = {finding.measure for finding in measure(first, ()).findings if finding.found is None}
    assert unmeasured >= {
        Measure.THESIS,
        Measure.SEEN_YESTERDAY,
        Measure.SEEN_THIS_WEEK,
        Measure.LEAD_REPEATED,
        Measure.FRESH_ENTITIES,
        Measure.FRESH_REPOSITORIES,
        Measure.MARKED_REPOSITORIES,
        Measure.MARKED_MODELS,
    }


def test_the_issue_itself_and_later_ones_are_no_past() -> None:
    today = issue(lead(said("Alpha leads"), said("It is here."), about=ALPHA))
    later = replace(today, date=DAY + timedelta(days=1))
    assert found(Measure.THESIS, today, today, later).found is None


def test_an_issue_that_misses_an_enforced_goal_is_held_and_says_why() -> None:
    boasting = issue(lead(said("A revolutionary model leads"), about=ALPHA))
    held = hold_to_goals(boasting, ()).checks.held
    assert held is not None
    assert "Words of hype, cause or forecast: 1 (goal 0)" in held
    assert "revolutionary" in held


def test_an_issue_held_by_the_checks_keeps_their_reason_first() -> None:
    emptied = issue(lead(said("A revolutionary model leads"), about=ALPHA))
    emptied = replace(emptied, checks=replace(emptied.checks, held="no source answered"))
    assert (hold_to_goals(emptied, ()).checks.held or "").startswith("no source answered; ")


def test_a_sample_is_held_for_what_it_rests_on_and_not_for_its_size() -> None:
    small = issue(lead(said("Alpha leads the list"), about=ALPHA))
    assert "Words: " in (hold_to_goals(small, ()).checks.held or "")
    sample = hold_to_goals(replace(small, sample=True), ())
    assert sample.checks.held is None
    assert sample.checks.measures == measure(small, ())
    assert hold_to_goals(replace(small, sample=True, evidence={}), ()).checks.held is not None


def test_on_the_first_morning_fewer_sources_have_a_figure() -> None:
    told = [said(named(ALPHA), " counts.", source=source) for source in (Source.GITHUB, Source.FEEDS)]
    numbers = issue(part(SectionName.NUMBERS, replace(lead(*told, about=ALPHA).stories[0])))
    assert found(Measure.SOURCES_OF_NUMBERS, numbers).met
    assert not found(Measure.SOURCES_OF_NUMBERS, numbers, issue(day=DAY - timedelta(days=1))).met


def test_only_sources_that_answered_are_asked_for() -> None:
    told = said("The numbers of ", named(ALPHA), ".")
    quiet = issue(part(SectionName.NUMBERS, replace(lead(told, about=ALPHA).stories[0])), answered=[Source.GITHUB])
    for measured in (Measure.SOURCES, Measure.SOURCES_OF_NUMBERS, Measure.LARGEST_SOURCE):
        assert found(measured, quiet).met
    busy = replace(quiet, coverage=issue().coverage)
    for measured in (Measure.SOURCES, Measure.SOURCES_OF_NUMBERS, Measure.LARGEST_SOURCE):
        assert not found(measured, busy).met


def test_a_quiet_day_may_be_short() -> None:
    words = said(" ".join(["word"] * 300) + ".")
    short = issue(lead(said("Nothing moved"), words, about=ALPHA))
    assert not found(Measure.WORDS, short).met
    assert found(Measure.WORDS, replace(short, themes=("lead-kind:quiet",))).met


def test_a_morning_on_which_most_lists_failed_may_be_short_and_lean_on_one_source() -> None:
    short = issue(lead(said("Little moved"), said(" ".join(["word"] * 300) + "."), about=ALPHA))
    failed = tuple(replace(each, lists=3, failed_lists=("one", "two")) for each in short.coverage.sources)
    thin = replace(short, coverage=replace(short.coverage, sources=failed))
    assert found(Measure.WORDS, thin).met
    assert found(Measure.LARGEST_SOURCE, thin).met
    assert not found(Measure.LARGEST_SOURCE, short).met
    assert found(Measure.SOURCES, thin).goal_text == "≥ 3"


@settings(max_examples=40)
@given(issues(harmless()))
def test_shares_lie_between_nothing_and_all_in_any_issue(whole: Issue) -> None:
    yesterday = replace(whole, date=whole.date - timedelta(days=1))
    for finding in (*measure(whole, ()).findings, *measure(whole, [yesterday]).findings):
        if DEFINITIONS[finding.measure].unit in {Unit.SHARE, Unit.COSINE} and finding.found is not None:
            assert 0 <= finding.found <= 1


@settings(max_examples=40)
@given(issues(harmless()))
def test_yesterdays_issue_again_is_all_seen_before(whole: Issue) -> None:
    yesterday = replace(whole, date=whole.date - timedelta(days=1))
    measures = measure(whole, [yesterday])
    for seen, value in {
        Measure.SEEN_YESTERDAY: 1,
        Measure.SEEN_THIS_WEEK: 1,
        Measure.FRESH_ENTITIES: 0,
        Measure.FRESH_REPOSITORIES: 0,
    }.items():
        finding = measures.of(seen)
        assert finding is not None
        assert finding.found in {None, value}
    thesis = measures.of(Measure.THESIS)
    assert thesis is not None
    assert thesis.found is None or thesis.found > 0.999


@settings(max_examples=20)
@given(issues(harmless()))
def test_measuring_is_the_same_every_time_whatever_the_order_of_the_past(whole: Issue) -> None:
    past = [replace(whole, date=whole.date - timedelta(days=days)) for days in (1, 2, 3)]
    assert measure(whole, past) == measure(whole, past[::-1])


def test_every_measure_has_a_goal_and_a_title() -> None:
    assert set(GOALS) == set(DEFINITIONS) == set(Measure)
