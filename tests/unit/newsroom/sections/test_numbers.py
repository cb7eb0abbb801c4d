from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from domain.claims import Figure
from domain.issue import Issue, Section, SectionName, Story
from domain.items import ItemKey, Source
from domain.readings import Lists, Metric
from newsroom.phrases.book import standard_book
from newsroom.phrases.templates import Slot
from tests.unit.newsroom.sections.building import issue_of, section
from tests.unit.newsroom.worlds import Row, World, full_world, moment, on, post, story

#: A slot that names whom or what the figure is of, and so can't be the figure that a line begins with.
NAMES = frozenset({"name", "short", "list", "publisher", "family", "language", "owner", "word", "theme", "quote"})


@pytest.fixture(scope="module")
def issues() -> tuple[Issue, Issue]:
    """The issue of a day, and that of the day before."""
    world = full_world(10)
    yesterday = issue_of(world, 8)
    return issue_of(world, 9, yesterday), yesterday


def numbers(issue: Issue) -> Section:
    return section(issue, SectionName.NUMBERS)


def items(stories: tuple[Story, ...]) -> set[ItemKey]:
    return {key for each in stories for key in each.items}


def test_on_a_day_with_one_list_no_figure_is_made_up() -> None:
    world = World()
    rows = [(story(7, "An LLM that reads forty books in a day"), {Metric.POINTS: 90, Metric.COMMENTS: 10})]
    world.read(Source.HACKERNEWS, Lists.HN_FRONT_PAGE, moment(on(0)), rows, ranked=False)
    found = issue_of(world, 0).section(SectionName.NUMBERS)
    assert found is None or len(found.stories) < 6


def test_nothing_of_the_lead_is_counted_again(issues: tuple[Issue, Issue]) -> None:
    lead = section(issues[0], SectionName.LEAD).stories
    named = {name.item for claim in numbers(issues[0]).claims() for name in claim.names if name.url}
    assert named
    assert not items(lead) & named


def test_nothing_that_was_counted_yesterday_is_counted_today(issues: tuple[Issue, Issue]) -> None:
    today, yesterday = issues
    assert not items(numbers(today).stories) & items(numbers(yesterday).stories)


def lines(issue: Issue) -> set[str]:
    return {claim.text for story in numbers(issue).stories for claim in story.claims()}


def test_a_fact_of_yesterday_is_not_counted_while_there_are_others(issues: tuple[Issue, Issue]) -> None:
    today, _ = issues
    told = [each for each in today.themes if each.startswith("told:")]
    again = replace(today, date=on(8), themes=tuple(told), sections=())
    assert lines(today).isdisjoint(lines(issue_of(full_world(10), 9, again)))


def test_a_post_that_our_readers_cannot_read_is_not_counted() -> None:
    world = full_world(2)
    rows: list[Row] = [
        (post("tokyo", f"p{n}", f"生成AIの新しい使い方と企業の事例 {n} AI", on(1)), {}) for n in range(9)
    ]
    world.read(Source.FEEDS, "tokyo", moment(on(0)), rows[:1], ranked=False)
    world.read(Source.FEEDS, "tokyo", moment(on(1)), rows, ranked=False)
    assert "生成" not in "\n".join(claim.text for claim in numbers(issue_of(world, 1)).claims())


def test_six_figures_are_of_six_kinds_and_of_three_sources(issues: tuple[Issue, Issue]) -> None:
    found = numbers(issues[0])
    assert len(found.stories) == 6
    cited = [
        {issues[0].evidence[each].source for claim in story.claims() for each in claim.evidence}
        for story in found.stories
    ]
    sources = Counter(source for each in cited for source in each)
    assert len(sources) >= 3
    assert max(sources.values()) <= 3  # two of a source, and one that cites it beside another


def test_every_line_begins_with_its_figure(issues: tuple[Issue, Issue]) -> None:
    told = [claim for story in numbers(issues[0]).stories for claim in story.claims()]
    assert all(isinstance(claim.runs[0], Figure) for claim in told)


@pytest.mark.parametrize("key", sorted(key for key in standard_book().phrases if key.endswith(".number")))
def test_every_way_to_count_a_thing_begins_with_a_figure(key: str) -> None:
    for way in standard_book().ways[key]:
        first = way.parts[0]
        assert isinstance(first, Slot), f"{key}: {way.text!r} begins with words"
        assert first.name not in NAMES, f"{key}: {way.text!r} begins with a name"
