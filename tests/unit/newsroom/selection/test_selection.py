from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.issue import Checks, Coverage, Issue, Paper, Section, SectionName, Story
from domain.items import ItemKey, Source
from domain.readings import Lists, Metric
from newsroom.desk import Desk
from newsroom.insights.gather import gather
from newsroom.insights.insight import Insight, Kind
from newsroom.record import ListKey
from newsroom.sections.slate import Slate
from newsroom.selection.choice import Caps, choose, ranked
from newsroom.selection.memory import ABOUT, LEAD, TOLD, VIEW, Memory, mark
from newsroom.selection.score import SAME_SORT, SAME_SUBJECT, SAME_THING, newsworthiness, novelty, worth
from tests.unit.newsroom.worlds import World, full_world, model, moment, on, press_time, repository, story

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)
ONE, TWO = model("lab-a/one").key, model("lab-b/two").key


def past_issue(day: int, *themes: str, lead: tuple[ItemKey, ...] = (), tools: tuple[ItemKey, ...] = ()) -> Issue:
    sections = (
        Section(SectionName.LEAD, "Lead Story", (Story(lead),)),
        Section(SectionName.TOOLS, "Tools of the Week", tuple(Story((key,)) for key in tools)),
    )
    return Issue(on(day), 1, "t", "m", sections, {}, Coverage(moment(on(day)), ()), Checks(0, 0), themes=themes)


def desk_with(*past: Issue, day: int = 20, world: World | None = None) -> Desk:
    return Desk.open(on(day), (world or World()).record(), past, Paper(), press_time(on(day)))


def climb(item: ItemKey = ONE, **changes: float) -> Insight:
    return replace(Insight(Kind.CLIMB, MODELS, (item,)), **changes)  # type: ignore[arg-type]  # only its weights change


def test_what_led_in_the_last_seven_days_is_remembered() -> None:
    memory = Memory(on(20), [past_issue(13, lead=(ONE,)), past_issue(12, lead=(TWO,))])
    assert memory.led(ONE) == 7
    assert memory.led(TWO) is None


def test_a_tool_is_remembered_for_as_long_as_it_is_asked() -> None:
    memory = Memory(on(20), [past_issue(10, tools=(ONE,)), past_issue(15, tools=(ONE,))])
    assert memory.shown(SectionName.TOOLS, ONE, 14) == 5
    assert memory.shown(SectionName.TOOLS, ONE, 4) is None


def test_the_newest_mark_counts_and_the_issue_of_today_does_not() -> None:
    memory = Memory(
        on(20), [past_issue(20, mark(VIEW, "a")), past_issue(15, mark(VIEW, "a")), past_issue(3, mark(VIEW, "a"))]
    )
    assert memory.told(VIEW, "a", 45) == 5
    assert memory.told(VIEW, "a", 4) is None


def test_the_same_thing_told_again_is_hardly_news_unless_it_moved() -> None:
    moved = climb()
    state = replace(moved, kind=Kind.ORDER)
    desk = desk_with(past_issue(19, mark(TOLD, moved.key), mark(TOLD, state.key)))
    assert novelty(desk, moved) == SAME_SUBJECT
    assert novelty(desk, state) == SAME_THING
    assert novelty(desk, climb(TWO)) == 1


def test_another_thing_on_the_same_subject_is_half_news() -> None:
    assert novelty(desk_with(past_issue(19, mark(ABOUT, ONE))), climb()) == SAME_SUBJECT


def test_a_sort_of_thing_told_three_times_in_a_week_weighs_less() -> None:
    past = [past_issue(day, mark(TOLD, f"{Kind.CLIMB}::other-{day}")) for day in (19, 18, 17)]
    assert novelty(desk_with(*past), climb()) == SAME_SORT
    assert novelty(desk_with(*past[:2]), climb()) == 1


def test_more_surprise_and_more_magnitude_weigh_more() -> None:
    desk = desk_with()
    assert newsworthiness(desk, climb(surprise=0.9)) > newsworthiness(desk, climb(surprise=0.2))
    assert newsworthiness(desk, climb(magnitude=0.9)) > newsworthiness(desk, climb(magnitude=0.2))


def test_a_subject_that_two_sites_speak_of_weighs_more() -> None:
    world = World()
    tool = repository("lab-name/tool")
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(20)), [(tool, {Metric.STARS: 1})])
    tale = story(1, "A tool", tool.url)
    world.read(Source.HACKERNEWS, Lists.HN_FRONT_PAGE, moment(on(20)), [(tale, {Metric.POINTS: 9})], ranked=False)
    desk = desk_with(world=world)
    assert worth(desk, climb(tool.key)).breadth == pytest.approx(1.4)
    assert worth(desk, climb(ONE)).breadth == 1


def test_an_old_story_weighs_less_than_a_fresh_one() -> None:
    world = World()
    fresh, old = story(1, "An LLM for the young", day=on(20)), story(2, "An LLM for the old", day=on(15))
    world.read(Source.HACKERNEWS, Lists.HN_FRONT_PAGE, moment(on(20)), [(fresh, {}), (old, {})], ranked=False)
    desk = desk_with(world=world)
    talk = Insight(Kind.TALK, ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE), (fresh.key,))
    assert newsworthiness(desk, talk) > newsworthiness(desk, replace(talk, items=(old.key,)))


def test_the_choice_keeps_its_caps_while_there_is_enough() -> None:
    desk = desk_with(day=9, world=full_world(10))
    chosen = choose(desk, ranked(desk, gather(desk)), 6, Caps(of_kind=1, of_subject=1, of_source=2))
    assert len(chosen) == 6
    assert len({each.kind for each in chosen}) == 6
    assert len({each.source for each in chosen}) >= 3


def test_where_one_source_is_all_there_is_its_cap_is_lifted() -> None:
    desk = desk_with()
    insights = [replace(climb(model(f"l/m{number}").key), kind=kind) for number, kind in enumerate(list(Kind)[:5])]
    assert len(choose(desk, insights, 4, Caps(of_kind=1, of_subject=1, of_source=2))) == 4


def test_equals_are_ranked_in_one_order_whatever_order_they_come_in() -> None:
    desk = desk_with(day=9, world=full_world(10))
    insights = gather(desk)
    assert ranked(desk, insights) == ranked(desk, tuple(reversed(insights)))


def test_a_slate_tells_nothing_twice_and_leaves_its_marks() -> None:
    slate = Slate(desk_with(), [climb(ONE), climb(TWO)])
    slate.tell(climb(ONE))
    slate.remember(LEAD, "x")
    assert slate.untold() == (climb(TWO),)
    assert set(slate.marks) == {mark(TOLD, climb(ONE).key), mark(ABOUT, ONE), "lead:x"}
    assert slate.remembers(LEAD, "x")
    assert not slate.remembers(LEAD, "y")


def test_what_is_shown_under_one_name_is_shown_under_all() -> None:
    world = World()
    tool = repository("lab-name/tool")
    tale = story(1, "A tool", tool.url)
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(20)), [(tool, {Metric.STARS: 1})])
    world.read(
        Source.HACKERNEWS, Lists.HN_FRONT_PAGE, moment(on(20)) + timedelta(minutes=1), [(tale, {})], ranked=False
    )
    slate = Slate(desk_with(world=world), [])
    slate.show([tale.key])
    assert slate.shown(tool.key)
    assert not slate.shown(ONE)
