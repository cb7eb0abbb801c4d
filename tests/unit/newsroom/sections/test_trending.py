from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.issue import Issue, SectionName, Story
from domain.items import Kind, Source
from domain.readings import Lists, Metric
from newsroom.checking import audit
from tests.unit.newsroom.sections.building import issue_of, section
from tests.unit.newsroom.worlds import World, full_world, model, moment, on, paper, repository

NAMES = ("a/one", "b/two", "c/three", "d/four", "e/five")


def models(world: World, day: int, names: Sequence[str], likes: int = 5) -> None:
    rows = [(model(name), {Metric.LIKES: likes}) for name in names]
    world.read(Source.HUGGINGFACE, Lists.MODELS, moment(on(day)), rows)


def daily(world: World, day: int, names: Sequence[str]) -> None:
    rows = [(repository(name), {Metric.STARS: 90, Metric.STARS_TODAY: 9}) for name in names]
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(day)), rows)


def rows(issue: Issue, label: str) -> list[Story]:
    return [row for row in section(issue, SectionName.TRENDING).stories if row.label == label]


def cells(found: Sequence[Story], column: str) -> list[str]:
    return [row.cells[row.columns.index(column)].text for row in found]


def named(found: Sequence[Story]) -> list[str]:
    return [row.items[0].external_id for row in found]


def test_without_a_list_there_is_no_section() -> None:
    world = World()
    world.read(Source.FEEDS, "lab", moment(on(0)), [], ranked=False)
    assert issue_of(world, 0).section(SectionName.TRENDING) is None


def test_on_the_first_day_nothing_is_called_new_or_moved() -> None:
    world = World()
    models(world, 0, NAMES)
    found = rows(issue_of(world, 0), "Models")
    assert {row.columns for row in found} == {("Place", "Name", "Likes", "On the list")}
    assert named(found) == list(NAMES)


def test_what_moved_makes_the_rows_and_what_did_not_stands_in_one_line() -> None:
    world = World()
    models(world, 0, NAMES)
    models(world, 1, ["b/two", "a/one", "c/three", "x/new", "e/five"], likes=6)
    issue = issue_of(world, 1)
    found = rows(issue, "Models")
    assert cells(found, "Change") == ["▲1", "▼1", "=", "new", "="]  # five places make five rows, moved or not
    assert cells(found, "Gained") == ["+1", "+1", "+1", "–", "+1"]
    assert cells(found, "On the list") == ["day 2", "day 2", "day 2", "day 1", "day 2"]


def test_of_a_long_list_the_first_places_that_did_not_move_are_named_below() -> None:
    world = World()
    tail = [f"z/{number}" for number in range(10)]
    models(world, 0, [*NAMES, *tail])
    models(world, 1, [*NAMES, *reversed(tail)])
    issue = issue_of(world, 1)
    assert set(named(rows(issue, "Models"))) <= set(tail)
    (note,) = section(issue, SectionName.TRENDING).opening
    assert [name.item.external_id for name in note.names] == list(NAMES)
    assert {figure.text for figure in note.figures if figure.unit == "rank"} <= {f"No. {n}" for n in range(1, 6)}
    assert "1 June" in {figure.text for figure in note.figures}
    assert all(name.url for name in note.names)


def test_what_comes_back_to_a_table_is_not_called_new() -> None:
    world = World()
    for day, names in enumerate((NAMES[:3], NAMES[1:4], NAMES[:3])):
        models(world, day, names)
    assert cells(rows(issue_of(world, 2), "Models"), "Change")[0] == "back"


def test_against_a_short_list_of_yesterday_a_table_says_neither_new_nor_back() -> None:
    world = World()
    models(world, 0, NAMES[:1])
    models(world, 1, NAMES[:3])
    assert cells(rows(issue_of(world, 1), "Models"), "Change") == ["=", "–", "–"]


def test_the_places_stay_true_when_only_what_is_about_ai_is_shown() -> None:
    world = World()
    garden = (repository("soil/garden", "A planner for gardens."), {Metric.STARS: 9, Metric.STARS_TODAY: 9})
    agents = [(repository(f"lab/agent-{n}"), {Metric.STARS: 9, Metric.STARS_TODAY: 9}) for n in range(3)]
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(0)), [garden, *agents])
    issue = issue_of(world, 0)
    assert cells(rows(issue, "AI repositories"), "Place") == ["2", "3", "4"]
    (note,) = section(issue, SectionName.TRENDING).opening
    assert {figure.text for figure in note.figures} >= {"4", "three"}


def test_a_page_that_was_not_read_again_since_yesterday_gives_way_to_the_weekly_one() -> None:
    world = World()
    daily(world, 0, [f"a-{n}/agent-{n}" for n in range(3)])
    weekly = [(repository(f"b-{n}/agent-{n}"), {Metric.STARS: 9, Metric.STARS_WEEK: 5 + n}) for n in range(3)]
    world.read(Source.GITHUB, Lists.GITHUB_WEEKLY, moment(on(1)), weekly, ranked=False)
    found = section(issue_of(world, 1), SectionName.TRENDING).stories
    assert [row.columns for row in found] == [("Name", "Stars this week")] * 3
    assert cells(found, "Stars this week") == ["7", "6", "5"]


@pytest.mark.parametrize("fresh", [0, 1, 2, 4, 6])
def test_of_githubs_rows_two_in_five_were_not_in_yesterdays_issue(fresh: int) -> None:
    world = World()
    old = [f"old-{n}/agent-{n}" for n in range(6)]
    daily(world, 0, [*old, *(f"gone-{n}/agent-{n}" for n in range(6))])
    yesterday = issue_of(world, 0)
    daily(world, 1, [*reversed(old), *(f"new-{n}/agent-{n}" for n in range(fresh))])
    found = rows(issue_of(world, 1, yesterday), "AI repositories")
    unseen = set(named(found)) - set(named(rows(yesterday, "AI repositories")))
    assert found
    assert len(unseen) >= (0.4 * len(found) if fresh else 0)
    assert all(change != "–" for change in cells(found, "Change"))


def test_the_datasets_or_the_papers_take_the_place_of_spaces_that_stood_still() -> None:
    world = World()
    for day in (0, 1):
        spaces = [(model(f"s/{n}", kind=Kind.SPACE), {Metric.LIKES: 9}) for n in range(6)]
        world.read(Source.HUGGINGFACE, Lists.SPACES, moment(on(day)), spaces)
        sets = [(model(f"d/{n}", kind=Kind.DATASET), {Metric.LIKES: 9}) for n in range(6)]
        world.read(Source.HUGGINGFACE, Lists.DATASETS, moment(on(day)), sets[:: 1 - 2 * day])
    issue = issue_of(world, 1)
    assert len(rows(issue, "Datasets")) == 3
    assert not rows(issue, "Spaces")
    assert not rows(issue, "Papers")


def test_papers_without_an_order_have_no_places() -> None:
    world = World()
    found = [
        (paper(f"2606.{1000 + n}", f"On the Method {n} for Language Models"), {Metric.UPVOTES: 9 - n}) for n in range(4)
    ]
    world.read(Source.HUGGINGFACE, Lists.DAILY_PAPERS, moment(on(0)), found, ranked=False)
    assert {row.columns for row in rows(issue_of(world, 0), "Papers")} <= {("Name", "Upvotes")}


def test_every_row_has_a_link_and_one_item() -> None:
    found = section(issue_of(full_world(3), 2), SectionName.TRENDING).stories
    assert all(row.url and len(row.items) == 1 for row in found)


#: The first day of these worlds is a Monday; so the seventh and the fourteenth are Sundays.
LAST_SUNDAY, SUNDAY = 6, 13


def week_of_models(*, with_last_sunday: bool) -> World:
    """A week in which ``b/two`` rose to the first place on Saturday, and ``x/new`` came on Wednesday."""
    world = World()
    if with_last_sunday:
        models(world, LAST_SUNDAY, NAMES, likes=5)
    models(world, SUNDAY - 4, [*NAMES[:4], "x/new"], likes=7)
    models(world, SUNDAY - 1, ["b/two", "a/one", "c/three", "d/four", "x/new"], likes=8)
    models(world, SUNDAY, ["b/two", "a/one", "c/three", "x/new", "d/four"], likes=9)
    models(world, SUNDAY + 1, ["b/two", "a/one", "c/three", "d/four", "x/new"], likes=11)
    return world


def test_on_sunday_a_table_counts_the_change_of_seven_days_and_on_monday_that_of_one() -> None:
    world = week_of_models(with_last_sunday=True)
    sunday, monday = issue_of(world, SUNDAY), issue_of(world, SUNDAY + 1)
    assert cells(rows(sunday, "Models"), "Change") == ["▲1", "▼1", "=", "new", "▼1"]
    assert cells(rows(sunday, "Models"), "Gained") == ["+4", "+4", "+4", "–", "+4"]
    assert "7 June" in section(sunday, SectionName.TRENDING).opening[0].text
    assert cells(rows(monday, "Models"), "Change") == ["=", "=", "=", "▲1", "▼1"]
    assert cells(rows(monday, "Models"), "Gained") == ["+2"] * 5
    assert "14 June" in section(monday, SectionName.TRENDING).opening[0].text


def test_on_a_sunday_without_the_list_of_a_week_ago_the_change_is_that_of_a_day_and_says_so() -> None:
    sunday = issue_of(week_of_models(with_last_sunday=False), SUNDAY)
    assert cells(rows(sunday, "Models"), "Change") == ["=", "=", "=", "▲1", "▼1"]
    assert "13 June" in section(sunday, SectionName.TRENDING).opening[0].text


def test_in_a_digest_what_stood_there_before_its_week_is_back_and_not_new() -> None:
    world = week_of_models(with_last_sunday=True)
    models(world, LAST_SUNDAY - 1, ["x/new", *NAMES[1:]])
    assert cells(rows(issue_of(world, SUNDAY), "Models"), "Change")[3] == "back"


@pytest.mark.parametrize("day", [SUNDAY, SUNDAY + 1])
def test_what_a_table_says_of_a_week_and_of_a_day_recomputes(day: int) -> None:
    world = week_of_models(with_last_sunday=True)
    assert audit(issue_of(world, day), world.record()).passed
