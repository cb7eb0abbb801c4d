from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.claims import Figure
from domain.issue import Paper
from domain.items import Item, Source
from domain.items import Kind as ItemKind
from domain.readings import HarvestStatus, Lists, Metric
from newsroom.desk import Desk
from newsroom.insights.gather import gather
from newsroom.insights.insight import Insight, Kind
from newsroom.insights.names import families
from tests.unit.newsroom.worlds import (
    NAMES,
    Metrics,
    World,
    full_world,
    model,
    moment,
    on,
    paper,
    post,
    press_time,
    repository,
    story,
)

MODELS = (Source.HUGGINGFACE, Lists.MODELS)
DAILY = (Source.GITHUB, Lists.GITHUB_DAILY)
FRONT = (Source.HACKERNEWS, Lists.HN_FRONT_PAGE)


def desk_of(world: World, day: int) -> Desk:
    return Desk.open(on(day), world.record(), [], Paper(), press_time(on(day)))


def told(world: World, day: int, kind: Kind) -> list[Insight]:
    return [each for each in gather(desk_of(world, day)) if each.kind is kind]


def shown(insight: Insight, slot: str) -> str:
    return "".join(run.text for run in insight.slots[slot])


def value(insight: Insight, slot: str) -> float:
    figure = insight.slots[slot][0]
    assert isinstance(figure, Figure)
    return figure.value


def models(*names: str, likes: int = 100) -> list[tuple[Item, Metrics]]:
    return [(model(f"lab/{name}"), {Metric.LIKES: likes}) for name in names]


PLANTS = [plant.lower() for plant in NAMES]


def test_a_climb_and_a_fall_are_told_with_both_places_and_the_longest_as_such() -> None:
    world = World()
    world.read(*MODELS, moment(on(0)), models(*PLANTS))
    moved = [*PLANTS[1:8], PLANTS[0], *PLANTS[8:]]
    world.read(*MODELS, moment(on(1)), models("larch", *[name for name in moved if name != "larch"]))
    climbs, falls = told(world, 1, Kind.CLIMB), told(world, 1, Kind.FALL)
    assert [(shown(each, "name"), each.variant) for each in climbs] == [("lab/larch", "most")]
    assert (value(climbs[0], "places"), shown(climbs[0], "was"), shown(climbs[0], "rank")) == (11, "No. 12", "No. 1")
    assert shown(falls[0], "name") == "lab/aster"
    assert falls[0].variant == "most"


def test_a_movement_of_two_places_is_no_news() -> None:
    world = World()
    world.read(*MODELS, moment(on(0)), models(*PLANTS))
    world.read(*MODELS, moment(on(1)), models(*PLANTS[2:4], *PLANTS[:2], *PLANTS[4:]))
    assert told(world, 1, Kind.CLIMB) == []


def test_without_a_reading_of_a_day_before_nothing_has_moved() -> None:
    world = World()
    world.read(*MODELS, moment(on(0)), models(*PLANTS))
    world.read(*MODELS, moment(on(2)), models(*reversed(PLANTS)))
    kinds = {each.kind for each in gather(desk_of(world, 2))}
    assert not kinds & {Kind.CLIMB, Kind.FALL, Kind.NEW, Kind.NEW_COUNT, Kind.FIRST_PLACE}


def test_a_newcomer_is_told_with_the_lists_that_were_searched() -> None:
    world = World()
    for day in range(3):
        world.read(*MODELS, moment(on(day)), models(*PLANTS))
    world.read(*MODELS, moment(on(3)), models("moss", *PLANTS[:-1]))
    (new,) = told(world, 3, Kind.NEW)
    assert (shown(new, "name"), shown(new, "rank"), value(new, "lists")) == ("lab/moss", "No. 1", 3)


def test_what_was_away_is_back_and_not_new() -> None:
    world = World()
    for day, names in enumerate((["moss", *PLANTS], PLANTS, PLANTS, ["moss", *PLANTS])):
        world.read(*MODELS, moment(on(day)), models(*names))
    assert told(world, 3, Kind.NEW) == []
    (back,) = told(world, 3, Kind.BACK)
    assert (shown(back, "name"), value(back, "days")) == ("lab/moss", 3)


@pytest.mark.parametrize("status", [HarvestStatus.PARTIAL, HarvestStatus.FAILED])
def test_after_a_short_or_broken_harvest_nothing_is_new(status: HarvestStatus) -> None:
    world = World()
    world.read(*MODELS, moment(on(0)), [] if status is HarvestStatus.FAILED else models(*PLANTS[:3]), status=status)
    world.read(*MODELS, moment(on(1)), models(*PLANTS))
    kinds = {each.kind for each in gather(desk_of(world, 1))}
    assert not kinds & {Kind.NEW, Kind.NEW_COUNT}


def test_who_took_first_place_is_told_with_who_held_it() -> None:
    world = World()
    for day in range(3):
        world.read(*MODELS, moment(on(day)), models(*PLANTS))
    world.read(*MODELS, moment(on(3)), models("birch", "aster", *PLANTS[2:]))
    (first,) = told(world, 3, Kind.FIRST_PLACE)
    assert (shown(first, "name"), shown(first, "old"), value(first, "held")) == ("lab/birch", "lab/aster", 3)
    assert told(world, 3, Kind.HELD_FIRST) == []


def test_a_streak_in_first_place_ends_at_a_day_that_was_not_read() -> None:
    world = World()
    for day in (0, 1, 3, 4):
        world.read(*MODELS, moment(on(day)), models(*PLANTS))
    (held,) = told(world, 4, Kind.HELD_FIRST)
    assert value(held, "lists") == 2


def test_the_longest_on_the_list_is_told_from_a_week_on() -> None:
    world = World()
    for day in range(8):
        world.read(*MODELS, moment(on(day)), models("aster", *[f"m{day}-{place}" for place in range(8)]))
    assert told(world, 5, Kind.STAY) == []
    (stay,) = told(world, 7, Kind.STAY)
    assert (shown(stay, "name"), value(stay, "days")) == ("lab/aster", 8)


def test_the_largest_gain_is_told_as_such_and_the_next_is_not() -> None:
    world = World()
    world.read(*MODELS, moment(on(0)), [(model(f"lab/{name}"), {Metric.LIKES: 100}) for name in PLANTS])
    world.read(
        *MODELS,
        moment(on(1)),
        [(model(f"lab/{name}"), {Metric.LIKES: 100 + 5 * place}) for place, name in enumerate(PLANTS)],
    )
    gains = told(world, 1, Kind.GAIN)
    assert [(value(each, "gain"), each.variant) for each in gains] == [(55, "most"), (50, ""), (45, "")]
    assert all(
        figure.period == "P1D" for each in gains for figure in [each.slots["gain"][0]] if isinstance(figure, Figure)
    )


def test_an_item_of_another_trade_that_gained_most_keeps_ours_from_being_called_the_largest() -> None:
    world = World()
    for day, garden, tool in ((0, 100, 100), (1, 900, 150)):
        rows = [
            (repository("soil/garden", "A planner for vegetable gardens."), {Metric.STARS: garden}),
            *[(repository(f"lab/agent-{place}"), {Metric.STARS: tool + place}) for place in range(6)],
        ]
        world.read(*DAILY, moment(on(day)), rows)
    gains = told(world, 1, Kind.GAIN)
    assert gains
    assert all(each.variant == "" for each in gains)
    assert all("garden" not in shown(each, "name") for each in gains)


def test_growth_needs_a_floor_and_stops_where_a_counter_has_just_begun() -> None:
    world = World()
    before = {"aster": 900, "birch": 2_000, "cedar": 3_000, "dahlia": 1_500, "elder": 50_000, "fir": 60_000}
    after = {"aster": 9_000, "birch": 90_000, "cedar": 6_000, "dahlia": 1_550, "elder": 50_100, "fir": 60_000}
    for day, figures in ((0, before), (1, after)):
        world.read(
            *MODELS, moment(on(day)), [(model(f"lab/{name}"), {Metric.DOWNLOADS: figures[name]}) for name in before]
        )
    grown = told(world, 1, Kind.GROWTH)
    assert [(shown(each, "name"), shown(each, "growth")) for each in grown] == [("lab/cedar", "100%")]


def test_a_mark_that_was_passed_is_told_once_and_the_highest() -> None:
    world = World()
    for day, stars in ((0, 4_990), (1, 10_020), (2, 10_400)):
        world.read(
            *DAILY,
            moment(on(day)),
            [(repository(f"lab/agent-{place}"), {Metric.STARS: stars + place}) for place in range(6)],
        )
    assert {value(each, "mark") for each in told(world, 1, Kind.MARK)} == {10_000}
    assert told(world, 2, Kind.MARK) == []


def test_a_sites_own_count_is_told_with_its_period() -> None:
    world = World()
    rows = [
        (repository(f"lab/agent-{place}"), {Metric.STARS: 900, Metric.STARS_TODAY: 50 + place}) for place in range(5)
    ]
    world.read(*DAILY, moment(on(0)), rows)
    first = told(world, 0, Kind.TODAY)[0]
    assert (value(first, "gain"), first.variant) == (54, "most")
    assert told(world, 0, Kind.GAIN) == []


def test_a_name_in_many_ids_is_a_family_of_its_longest_common_form() -> None:
    world = World()
    names = ["lab/Oak3.5-27B", "b/Oak3.5-27B-GGUF", "c/oak3.5-27b-mlx-4bit", "d/Oak3.5-27B-Uncensored", "e/Oak3.5-400B"]
    names += [f"{owner}/Oak3.5-27B-{owner}" for owner in "fghi"]
    world.read(*MODELS, moment(on(0)), [(model(name), {Metric.LIKES: 1}) for name in names])
    (family,) = told(world, 0, Kind.FAMILY)
    assert (shown(family, "family"), value(family, "count"), value(family, "publishers")) == ("Oak3.5-27B", 8, 8)
    assert family.theme == "Oak3.5-27B"


def test_ids_that_share_only_a_file_format_are_no_family() -> None:
    world = World()
    world.read(*MODELS, moment(on(0)), [(model(f"lab/{name}-7B-GGUF"), {}) for name in PLANTS[:6]])
    found = world.record().mornings(*MODELS)
    assert found is not None
    assert families(found.today) == []


@pytest.mark.parametrize(
    ("then", "now", "variant"), [(4, 6, "grown"), (6, 4, "shrunk"), (5, 5, "same"), (0, 5, "grown")]
)
def test_a_family_is_told_with_how_many_it_was(then: int, now: int, variant: str) -> None:
    world = World()
    for day, count in ((0, then), (1, now)):
        family = [(model(f"lab-{place}/Oak3-9B-v{place}"), {Metric.LIKES: 1}) for place in range(count)]
        world.read(*MODELS, moment(on(day)), [*family, *models(*PLANTS[: 12 - count])])
    found = [each for each in told(world, 1, Kind.FAMILY) if "Oak3" in each.theme]
    assert [(each.variant, value(each, "count"), value(each, "earlier")) for each in found] == [(variant, now, then)]
    assert shown(found[0], "earlier") == {0: "none"}.get(then, shown(found[0], "earlier"))


def test_the_owner_of_most_entries_is_told_and_a_tie_is_told_of_one() -> None:
    world = World()
    names = ["oak/a1", "oak/a2", "oak/a3", "pine/b1", "pine/b2", "fir/c1"]
    world.read(*MODELS, moment(on(0)), [(model(name), {Metric.LIKES: 1}) for name in names])
    (owner,) = told(world, 0, Kind.PUBLISHER)
    assert (shown(owner, "owner"), value(owner, "count"), value(owner, "publishers")) == ("oak", 3, 3)


@pytest.mark.parametrize(("turned", "variant"), [(False, "closely"), (True, "closely")])
def test_place_and_downloads_that_agree_are_told_so(*, turned: bool, variant: str) -> None:
    world = World()
    rows = [(model(f"lab/m{place}"), {Metric.DOWNLOADS: 10_000 - 100 * place}) for place in range(24)]
    if turned:
        rows = [(item, {Metric.DOWNLOADS: 20_000 - figures[Metric.DOWNLOADS]}) for item, figures in rows]
    world.read(*MODELS, moment(on(0)), rows)
    (order,) = told(world, 0, Kind.ORDER)
    assert order.variant == variant
    assert value(order, "coefficient") == pytest.approx(-1 if turned else 1)


def test_too_few_pairs_have_no_order() -> None:
    world = World()
    world.read(
        *MODELS, moment(on(0)), [(model(f"lab/m{place}"), {Metric.DOWNLOADS: 10 + place}) for place in range(19)]
    )
    assert told(world, 0, Kind.ORDER) == []


def talk(*figures: tuple[str, int, int]) -> Sequence[tuple[Item, Metrics]]:
    return [
        (story(number, title), {Metric.POINTS: points, Metric.COMMENTS: comments})
        for number, (title, points, comments) in enumerate(figures, start=1)
    ]


def test_more_comments_than_points_are_an_argument_from_fifty_points_on() -> None:
    world = World()
    rows = talk(("An LLM for the loud", 60, 90), ("An LLM for the small", 40, 90), ("An LLM for the calm", 90, 60))
    world.read(*FRONT, moment(on(0)), rows, ranked=False)
    assert [shown(each, "name") for each in told(world, 0, Kind.ARGUMENT)] == ["An LLM for the loud"]
    most = told(world, 0, Kind.TALK)[0]
    assert (shown(most, "name"), most.variant) == ("An LLM for the calm", "most")


def test_a_story_about_bread_is_not_told_but_keeps_ours_from_having_the_most_points() -> None:
    world = World()
    rows = talk(("How to bake bread", 900, 3), ("An LLM for the calm", 90, 60), ("An LLM for the small", 20, 3))
    world.read(*FRONT, moment(on(0)), rows, ranked=False)
    (only,) = told(world, 0, Kind.TALK)
    assert (shown(only, "name"), only.variant) == ("An LLM for the calm", "")
    (share,) = told(world, 0, Kind.AI_SHARE)
    assert (value(share, "count"), value(share, "size")) == (2, 3)


def test_a_single_story_about_ai_is_no_count() -> None:
    world = World()
    world.read(*FRONT, moment(on(0)), talk(("How to bake bread", 900, 3), ("An LLM for all", 90, 60)), ranked=False)
    assert told(world, 0, Kind.AI_SHARE) == []


def test_a_thing_and_its_story_are_one_subject_that_echoes() -> None:
    world = World()
    world.read(
        *DAILY, moment(on(0)), [(repository(f"lab-{place}/agent-{place}"), {Metric.STARS: 900}) for place in range(5)]
    )
    tale = story(7, "An agent that I wrote", "https://github.com/lab-1/agent-1")
    world.read(*FRONT, moment(on(0)), [(tale, {Metric.POINTS: 80, Metric.COMMENTS: 9})], ranked=False)
    (echo,) = told(world, 0, Kind.ECHO)
    assert shown(echo, "name") == "lab-1/agent-1"
    assert set(echo.items) == {tale.key, repository("lab-1/agent-1").key}


def test_projects_that_name_a_licence_are_counted_where_some_do_not() -> None:
    world = World()
    rows = [
        (repository(f"lab/agent-{place}", "An LLM tool.", *(["license:mit"] if place < 3 else [])), {Metric.STARS: 200})
        for place in range(8)
    ]
    world.read(Source.GITHUB, Lists.GITHUB_YOUNG, moment(on(0)), rows, ranked=False)
    (licence,) = told(world, 0, Kind.LICENCE)
    assert (value(licence, "count"), value(licence, "size")) == (3, 8)


def test_the_commonest_language_is_counted() -> None:
    world = World()
    tags = ["language:Rust", "language:Rust", "language:Rust", "language:Go", "language:C"]
    rows = [
        (repository(f"lab/agent-{place}", "An LLM tool.", tag), {Metric.STARS: 200}) for place, tag in enumerate(tags)
    ]
    world.read(*DAILY, moment(on(0)), rows)
    (language,) = told(world, 0, Kind.LANGUAGE)
    assert (shown(language, "language"), value(language, "count")) == ("Rust", 3)


def test_posts_are_counted_that_the_feed_did_not_have_before() -> None:
    world = World()
    posts = [
        post("meadow", f"n{number}", f"Meadow trains a language model {number}", on(number)) for number in range(4)
    ]
    world.read(Source.FEEDS, "meadow", moment(on(2)), [(each, {}) for each in posts[:2]], ranked=False)
    world.read(Source.FEEDS, "meadow", moment(on(3)), [(each, {}) for each in posts], ranked=False)
    (found,) = told(world, 3, Kind.POSTS)
    assert (value(found, "count"), shown(found, "publisher")) == (2, "Meadow")


def test_papers_are_new_where_some_were_there_before() -> None:
    world = World()
    papers = [
        (paper(f"2606.0{number:04}", f"A Study of Rows, Part {number}"), {Metric.UPVOTES: 3}) for number in range(8)
    ]
    world.read(Source.HUGGINGFACE, Lists.DAILY_PAPERS, moment(on(0)), papers[:6], ranked=False)
    world.read(Source.HUGGINGFACE, Lists.DAILY_PAPERS, moment(on(1)), papers[2:], ranked=False)
    (found,) = told(world, 1, Kind.PAPERS)
    assert value(found, "count") == 2


def test_every_slot_of_every_insight_fits_a_way_to_say_it() -> None:
    desk = desk_of(full_world(10), 9)
    for insight in gather(desk):
        for form in ("sentence", "follow", "number", "headline"):
            if desk.phrases.can_say(insight.phrase(form), insight.slots):
                claim = desk.phrases.say(insight.phrase(form), insight.slots, insight.evidence)
                assert claim.evidence


def test_a_dataset_or_space_list_is_told_in_its_own_words() -> None:
    world = World()
    rows = [(model(f"lab/{name}", kind=ItemKind.SPACE), {Metric.LIKES: 10}) for name in PLANTS[:6]]
    world.read(Source.HUGGINGFACE, Lists.SPACES, moment(on(0)), rows)
    world.read(Source.HUGGINGFACE, Lists.SPACES, moment(on(1)), list(reversed(rows)))
    assert {shown(each, "thing") for each in told(world, 1, Kind.CLIMB)} == {"Space"}


#: The first day of these worlds is a Monday.
SUNDAY = 13


def test_on_sunday_climbs_and_newcomers_are_counted_against_the_list_of_seven_days_before() -> None:
    world = World()
    world.read(*MODELS, moment(on(SUNDAY - 7)), models(*PLANTS))
    for day in (SUNDAY - 1, SUNDAY, SUNDAY + 1):
        world.read(*MODELS, moment(on(day)), models("larch", "moss", *PLANTS[:-1]))
    (climb,) = told(world, SUNDAY, Kind.CLIMB)
    assert (value(climb, "places"), shown(climb, "since")) == (11, "7 June")
    (newcomers,) = told(world, SUNDAY, Kind.NEW_COUNT)
    assert (value(newcomers, "count"), shown(newcomers, "since")) == (1, "7 June")
    assert told(world, SUNDAY + 1, Kind.CLIMB) == []
    assert told(world, SUNDAY + 1, Kind.NEW_COUNT) == []


@pytest.mark.parametrize("number_of_talk", [30, 60])
def test_without_the_front_page_small_stories_are_counted_and_have_no_headline(number_of_talk: int) -> None:
    world = World()
    talk = [(story(1, "A language model at sea"), {Metric.POINTS: number_of_talk, Metric.COMMENTS: 5})]
    world.read(Source.HACKERNEWS, Lists.HN_AI, moment(on(0)), talk, ranked=False)
    (found,) = told(world, 0, Kind.TALK)
    desk = desk_of(world, 0)
    assert desk.phrases.can_say(found.phrase("number"), found.slots)
    assert desk.phrases.can_say(found.phrase("headline"), found.slots) is (number_of_talk >= 50)


def test_beside_the_front_page_a_small_story_of_the_search_is_no_news() -> None:
    world = World()
    world.read(*FRONT, moment(on(0)), [(story(2, "An AI agent at sea"), {Metric.POINTS: 90})], ranked=False)
    small = [(story(1, "A language model at sea"), {Metric.POINTS: 30, Metric.COMMENTS: 5})]
    world.read(Source.HACKERNEWS, Lists.HN_AI, moment(on(0)), small, ranked=False)
    assert [shown(each, "points") for each in told(world, 0, Kind.TALK)] == ["90"]


def test_of_a_feed_read_for_the_first_time_it_is_told_how_much_is_about_ai_and_the_next_day_no_more() -> None:
    world = World()
    posts = [post("lab", str(n), f"How we use language models, part {n}", on(0)) for n in range(5)]
    garden = post("lab", "garden", "How we plant our roof in the spring", on(0))
    for day in (0, 1):
        world.read(Source.FEEDS, "lab", moment(on(day)), [(each, {}) for each in (*posts, garden)], ranked=False)
    (found,) = told(world, 0, Kind.AI_SHARE)
    assert (value(found, "count"), value(found, "size"), shown(found, "publisher")) == (5, 6, "Lab")
    assert told(world, 1, Kind.AI_SHARE) == []
