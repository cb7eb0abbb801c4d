from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.claims import Role
from domain.issue import Issue, Section, SectionName
from domain.items import Source
from domain.readings import Lists, Metric
from tests.unit.newsroom.sections.building import issue_of, section
from tests.unit.newsroom.worlds import World, full_world, model, moment, on, story


@pytest.fixture(scope="module")
def issue() -> Issue:
    return issue_of(full_world(10), 9)


def movers(issue: Issue) -> Section:
    return section(issue, SectionName.MOVERS)


def models(world: World, day: int, names: Sequence[str]) -> None:
    rows = [(model(name), {Metric.LIKES: 5}) for name in names]
    world.read(Source.HUGGINGFACE, Lists.MODELS, moment(on(day)), rows)


def dates(found: Section) -> list[str]:
    return [figure.text for claim in found.opening for figure in claim.figures if figure.unit == "date"]


def test_with_one_reading_the_section_says_in_house_words_that_nothing_can_be_compared() -> None:
    world = World()
    models(world, 0, ["a/one"])
    found = movers(issue_of(world, 0))
    assert not found.stories
    assert found.notes[0].role is Role.HOUSE


def test_readings_of_a_day_are_not_called_a_week() -> None:
    world = World()
    models(world, 0, [f"a/{n}" for n in range(6)])
    models(world, 1, [f"a/{n}" for n in reversed(range(6))])
    found = movers(issue_of(world, 1))
    assert dates(found) == ["1 June", "2 June"]
    assert {figure.period for claim in found.opening for figure in claim.figures if figure.unit == "days"} == {"P1D"}


def test_the_section_opens_with_both_readings_and_their_minutes(issue: Issue) -> None:
    found = movers(issue)
    assert dates(found) == ["3 June", "10 June"]
    assert [figure.text for claim in found.opening for figure in claim.figures if figure.unit == "time"] == [
        "05:00"
    ] * 2


def test_a_group_that_was_read_on_other_days_says_so() -> None:
    world = full_world(10)
    for day, comments in ((8, 10), (9, 90)):
        talk = [(story(77, "An LLM that reads forty books"), {Metric.POINTS: 90, Metric.COMMENTS: comments})]
        world.read(Source.HACKERNEWS, Lists.HN_FRONT_PAGE, moment(on(day), 5.1), talk, ranked=False)
    (talked,) = [each for each in movers(issue_of(world, 9)).stories if each.label == "Discussions"]
    main, other = talked.paragraphs[0]
    assert {figure.period for figure in main.figures if figure.unit == "comments" and figure.period} <= {"P1D"}
    assert "9 June" in [figure.text for figure in other.figures]


def test_no_name_stands_in_two_groups(issue: Issue) -> None:
    named = [name.item for story in movers(issue).stories for claim in story.claims() for name in claim.names]
    assert len(named) == len(set(named))


def test_a_group_is_one_sentence_in_which_each_name_has_its_own_figures(issue: Issue) -> None:
    labels = [each.label for each in movers(issue).stories]
    assert len(labels) == len(set(labels)) >= 4
    for each in movers(issue).stories:
        main = each.paragraphs[0][0]
        assert [name.item for name in main.names] == list(each.items)
        assert len(list(main.figures)) >= len(each.items)


def test_two_that_moved_alike_share_the_figure() -> None:
    world = World()
    models(world, 0, [f"a/{n}" for n in range(8)])
    models(world, 1, [f"a/{n}" for n in (4, 5, 6, 7, 0, 1, 2, 3)])
    up, down = movers(issue_of(world, 1)).stories
    assert [len(each.items) for each in (up, down)] == [2, 2]
    assert not issue_of(world, 1).checks.drops


def test_downloads_are_called_those_of_thirty_days(issue: Issue) -> None:
    labels = {each.label for each in movers(issue).stories}
    assert "Downloads of thirty days" in labels
    assert "Downloads" not in labels
