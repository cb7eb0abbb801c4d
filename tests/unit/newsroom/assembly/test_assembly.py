from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from domain.claims import Role
from domain.issue import PAPER_SECTIONS, Issue, Layout, Paper, SectionName
from domain.items import ItemKey, Source
from domain.readings import HarvestStatus, Lists
from newsroom.assembly import assemble
from newsroom.checking import audit
from newsroom.sections.lead import AGAIN
from tests.unit.newsroom.worlds import World, add_morning, full_world, moment, on, press_time

MORNINGS = 17


def issue_of(world: World, number: int, past: list[Issue] | None = None) -> Issue:
    day = on(number)
    return assemble(day, world.record(), past or [], Paper(), number + 1, press_time(day))


@pytest.fixture(scope="module")
def run() -> tuple[World, list[Issue]]:
    """Consecutive issues, newest first, each made with those before it."""
    world = World()
    past: list[Issue] = []
    for number in range(MORNINGS):
        add_morning(world, number)
        past.insert(0, issue_of(world, number, past))
    return world, past


def leads(issues: list[Issue]) -> list[tuple[date, ItemKey]]:
    found = []
    for issue in issues:
        section = issue.section(SectionName.LEAD)
        assert section is not None
        found.append((issue.date, section.stories[0].items[0]))
    return found


def test_every_section_is_there_and_no_issue_is_held_but_for_telling_the_same_again(
    run: tuple[World, list[Issue]],
) -> None:
    """A world of three dozen names and one sort of story repeats itself, and is held where it does."""
    for issue in run[1]:
        assert [section.name for section in issue.sections] == list(PAPER_SECTIONS)
    held = [issue.checks.held for issue in run[1] if issue.checks.held is not None]
    assert len(held) <= len(run[1]) // 3, held
    same_again = ("Entities not told", "Likeness of the lead", "GitHub rows not in the issue before")
    assert all(reason.startswith(same_again) for reason in held), held


def test_hardly_a_claim_is_dropped_by_the_checks(run: tuple[World, list[Issue]]) -> None:
    printed = sum(issue.checks.claims for issue in run[1])
    dropped = [drop for issue in run[1] for drop in issue.checks.drops]
    assert len(dropped) < 0.01 * printed, dropped[:5]


def test_every_claim_cites_evidence_that_the_issue_carries(run: tuple[World, list[Issue]]) -> None:
    for issue in run[1]:
        for claim in issue.claims():
            assert claim.role is not Role.CLAIM or claim.evidence
            assert set(claim.evidence) <= set(issue.evidence)


def test_every_issue_passes_an_audit_against_the_whole_record(run: tuple[World, list[Issue]]) -> None:
    world, issues = run
    report = audit(issues[3], world.record())
    assert report.passed, str(report)


def test_the_same_input_gives_the_same_issue(run: tuple[World, list[Issue]]) -> None:
    world, issues = run
    newest, *past = issues
    assert issue_of(world, MORNINGS - 1, past) == newest


def test_what_was_observed_later_changes_nothing(run: tuple[World, list[Issue]]) -> None:
    world, issues = run
    assert issue_of(world, 9, issues[-9:]) == issues[-10]


def test_no_lead_is_repeated_within_seven_days_unless_it_says_so(run: tuple[World, list[Issue]]) -> None:
    seen: dict[ItemKey, date] = {}
    marked = {issue.date for issue in run[1] if issue.sections[0].stories[0].label == AGAIN}
    for day, key in reversed(leads(run[1])):
        assert key not in seen or (day - seen[key]).days > 7 or day in marked
        seen[key] = day
    assert len(marked) < len(run[1]) / 3


def test_no_tool_is_shown_twice_within_fourteen_days(run: tuple[World, list[Issue]]) -> None:
    seen: dict[ItemKey, date] = {}
    for issue in reversed(run[1]):
        section = issue.section(SectionName.TOOLS)
        for story in section.stories if section else ():
            key = story.items[0]
            assert key not in seen or (issue.date - seen[key]).days > 14
            seen[key] = issue.date


def test_no_view_is_printed_twice_and_no_question_asked_again_within_a_week(run: tuple[World, list[Issue]]) -> None:
    views = [each for issue in run[1] for each in issue.themes if each.startswith("view:")]
    assert len(views) == len(set(views))
    for older, newer in zip(run[1][7:], run[1], strict=False):
        asked = [each for issue in run[1] if older.date < issue.date <= newer.date for each in issue.themes]
        questions = [each for each in asked if each.startswith("question:")]
        assert len(questions) == len(set(questions))


def test_the_lead_sentence_of_yesterday_is_not_said_in_the_same_words(run: tuple[World, list[Issue]]) -> None:
    heads = [issue.sections[0].stories[0].headline for issue in run[1]]
    for today, yesterday in pairwise(heads):
        assert today is not None
        assert yesterday is not None
        assert today.text != yesterday.text


def test_by_the_numbers_has_six_figures_from_three_sources(run: tuple[World, list[Issue]]) -> None:
    for issue in run[1][:-1]:
        section = issue.section(SectionName.NUMBERS)
        assert section is not None
        assert len(section.stories) == 6
        sources = {issue.evidence[cited].source for claim in section.claims() for cited in claim.evidence}
        assert len(sources) >= 3


def test_the_very_first_morning_prints_an_honest_issue() -> None:
    issue = issue_of(full_world(1), 0)
    assert issue.checks.held is None
    movers = issue.section(SectionName.MOVERS)
    assert movers is not None
    assert not movers.stories
    assert all(note.role is Role.HOUSE for note in movers.notes)
    trending = issue.section(SectionName.TRENDING)
    assert trending is not None
    assert all("Change" not in story.columns for story in trending.stories)
    texts = " ".join(claim.text for claim in issue.claims() if claim.role is Role.CLAIM)
    assert " new " not in texts


def test_the_second_morning_says_that_it_knows_a_day_only() -> None:
    issue = issue_of(full_world(2), 1)
    movers = issue.section(SectionName.MOVERS)
    assert movers is not None
    assert movers.stories
    assert {figure.period for figure in movers.opening[0].figures if figure.unit == "days"} == {"P1D"}


def test_after_a_week_the_movers_are_those_of_seven_days() -> None:
    movers = issue_of(full_world(8), 7).section(SectionName.MOVERS)
    assert movers is not None
    periods = {figure.period for claim in movers.claims() for figure in claim.figures if figure.period}
    assert "P7D" in periods


def test_when_every_source_failed_the_issue_is_held() -> None:
    world = World()
    for source, name in ((Source.HUGGINGFACE, Lists.MODELS), (Source.GITHUB, Lists.GITHUB_DAILY)):
        world.read(source, name, moment(on(0)), [], status=HarvestStatus.FAILED)
    issue = issue_of(world, 0)
    assert issue.checks.held is not None
    assert {source.status for source in issue.coverage.sources} == {HarvestStatus.FAILED}


def test_an_empty_record_gives_an_issue_that_is_held() -> None:
    assert issue_of(World(), 0).checks.held is not None


@pytest.mark.parametrize("silent", [Source.HUGGINGFACE, Source.GITHUB, Source.HACKERNEWS, Source.FEEDS, Source.ARXIV])
def test_one_source_failing_costs_only_itself(silent: Source) -> None:
    world = full_world(9)
    broken = World()
    for harvest in world.harvests:
        rows = [(world.items[each.item], each.metrics) for each in world.readings if each.harvest_id == harvest.id]
        failed = harvest.source is silent and harvest.observed_at == moment(on(8))
        status = HarvestStatus.FAILED if failed else harvest.status
        broken.read(
            harvest.source,
            harvest.list,
            harvest.observed_at,
            [] if failed else rows,
            ranked=harvest.ranked,
            status=status,
        )
    issue = issue_of(broken, 8)
    assert issue.checks.held is None
    covered = {source.source: source.status for source in issue.coverage.sources}
    assert covered[silent] is HarvestStatus.FAILED
    assert len(issue.checks.drops) <= 2, issue.checks.drops


def test_a_weekend_without_papers_still_makes_an_issue() -> None:
    saturday = next(number for number in range(9, 16) if on(number).weekday() == 5)
    issue = issue_of(full_world(saturday + 1), saturday)
    assert issue.checks.held is None
    reading = issue.section(SectionName.READING)
    assert reading is not None
    assert reading.stories


def test_rows_of_a_table_follow_each_other_and_have_as_many_cells_as_columns(run: tuple[World, list[Issue]]) -> None:
    for issue in run[1]:
        section = issue.section(SectionName.TRENDING)
        assert section is not None
        labels = [story.label for story in section.stories]
        assert labels == sorted(labels, key=labels.index)
        for story in section.stories:
            assert story.layout is Layout.ROW
            assert len(story.cells) == len(story.columns)
            assert story.group in {"huggingface", "github"}


def test_an_item_about_vegetables_is_in_no_issue(run: tuple[World, list[Issue]]) -> None:
    for issue in run[1]:
        named = {name.item for claim in issue.claims() for name in claim.names}
        assert all(key.external_id not in {"soil/garden", "900"} for key in named)


def test_no_issue_of_a_later_or_equal_date_is_taken_for_the_past(run: tuple[World, list[Issue]]) -> None:
    world, issues = run
    with_future = issue_of(world, 5, issues)
    assert with_future == issue_of(world, 5, issues[-5:])
