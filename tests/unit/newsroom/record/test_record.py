from __future__ import annotations

from datetime import timedelta

import pytest

from domain.items import Source
from domain.readings import HarvestStatus, Lists, Metric
from newsroom.record import Mornings, Record
from tests.unit.newsroom.worlds import World, full_world, model, moment, on, press_time

MODELS = (Source.HUGGINGFACE, Lists.MODELS)
ONE, TWO = model("a/one"), model("b/two")


def read(world: World, day: int, hour: float = 5, *names: str, status: HarvestStatus | None = None) -> None:
    rows = [(model(name), {Metric.LIKES: 10 * day + len(name)}) for name in names or ("a/one", "b/two")]
    world.read(*MODELS, moment(on(day), hour), [] if status is HarvestStatus.FAILED else rows, status=status)


def mornings_of(world: World) -> Mornings:
    found = world.record().mornings(*MODELS)
    assert found is not None
    return found


def test_it_answers_by_id_as_the_checks_ask() -> None:
    world = full_world(1)
    record = world.record()
    reading, harvest = world.readings[0], world.harvests[0]
    assert record.reading(reading.id) == reading
    assert record.harvest(harvest.id) == harvest
    assert list(record.listed(harvest.id)) == [each for each in world.readings if each.harvest_id == harvest.id]
    assert record.item(world.items[reading.item].version) == world.items[reading.item]
    assert record.about(reading.item) == world.items[reading.item]


def test_unknown_ids_are_answered_with_nothing() -> None:
    record = World().record()
    assert record.reading(1) is None
    assert record.harvest(1) is None
    assert record.item(1) is None
    assert list(record.listed(1)) == []
    assert record.mornings(*MODELS) is None


def test_a_list_read_every_three_hours_is_compared_at_the_same_hour() -> None:
    world = World()
    for day in range(3):
        for hour in (2, 5, 8, 11, 14, 17, 20, 23):
            if (day, hour) <= (2, 5):
                read(world, day, hour)
    found = mornings_of(world)
    assert [listing.at for listing in found.read] == [moment(on(2)), moment(on(1)), moment(on(0))]
    both = found.against(1)
    assert both is not None
    assert both.after.at - both.before.at == timedelta(days=1)


def test_a_failed_reading_is_passed_over_for_the_nearest_good_one() -> None:
    world = World()
    read(world, 0, 2)
    read(world, 0, 5, status=HarvestStatus.FAILED)
    read(world, 1, 5)
    assert [listing.at for listing in mornings_of(world).read] == [moment(on(1)), moment(on(0), 2)]


@pytest.mark.parametrize(("hours", "compared"), [(20.9, False), (21, True), (24, True), (27, True), (27.1, False)])
def test_since_yesterday_means_a_day_within_three_hours(hours: float, *, compared: bool) -> None:
    world = World()
    world.read(*MODELS, moment(on(1)) - timedelta(hours=hours), [(ONE, {Metric.LIKES: 1})])
    read(world, 1)
    assert (mornings_of(world).against(1) is not None) is compared


def test_a_week_is_compared_within_half_a_day() -> None:
    world = World()
    read(world, 0, 16)
    read(world, 7, 5)
    assert mornings_of(world).against(7) is not None
    assert mornings_of(world).farthest() == mornings_of(world).against(7)
    assert mornings_of(world).against(1) is None


def test_a_day_without_a_reading_is_a_gap_and_ends_a_streak() -> None:
    world = World()
    for day in (0, 1, 3, 4):
        read(world, day)
    found = mornings_of(world)
    assert [listing is None for listing in found.days] == [False, False, True, False, False]
    assert [listing.at for listing in found.running()] == [moment(on(4)), moment(on(3))]
    assert len(found.read) == 4


def test_a_pair_knows_what_grew_and_who_climbed() -> None:
    world = World()
    world.read(*MODELS, moment(on(0)), [(ONE, {Metric.LIKES: 5}), (TWO, {})])
    world.read(*MODELS, moment(on(1)), [(TWO, {Metric.LIKES: 9}), (ONE, {Metric.LIKES: 12})])
    both = mornings_of(world).against(1)
    assert both is not None
    one, two = both.pair(ONE.key), both.pair(TWO.key)
    assert one is not None
    assert two is not None
    assert (one.change(Metric.LIKES), one.climbed) == (7, -1)
    assert (two.change(Metric.LIKES), two.climbed) == (None, 1)
    assert both.pair(model("c/three").key) is None
    assert {pair.after.item for pair in both.pairs()} == {ONE.key, TWO.key}


def test_a_list_without_order_has_no_climbers() -> None:
    world = World()
    for day in (0, 1):
        world.read(*MODELS, moment(on(day)), [(ONE, {Metric.LIKES: day})], ranked=False)
    both = mornings_of(world).against(1)
    assert both is not None
    assert both.pairs()[0].climbed is None


def test_a_short_or_a_partial_list_proves_no_absence() -> None:
    world = World()
    world.read(*MODELS, moment(on(0)), [(ONE, {})])
    read(world, 1)
    short = mornings_of(world).before(1)
    assert short is not None
    assert not short.can_miss(mornings_of(world).today)

    partial = World()
    read(partial, 0, status=HarvestStatus.PARTIAL)
    read(partial, 1)
    listing = mornings_of(partial).before(1)
    assert listing is not None
    assert not listing.complete
    assert not listing.can_miss(mornings_of(partial).today)


def test_what_came_later_is_not_in_the_record_of_an_earlier_moment() -> None:
    world = full_world(3)
    earlier = world.record().until(press_time(on(1)))
    assert max(harvest.observed_at for harvest in earlier.harvests) == moment(on(1))
    assert earlier.reading(world.readings[-1].id) is None
    assert world.record().until(press_time(on(9))).harvests == world.record().harvests


def test_a_stale_list_is_not_this_mornings() -> None:
    world = World()
    read(world, 0)
    record = world.record()
    assert record.fresh(*MODELS, press_time(on(1))) is not None
    assert record.fresh(*MODELS, press_time(on(2))) is None


def test_lists_and_their_newest_harvests_are_known_by_source() -> None:
    world = full_world(2)
    record = world.record()
    github = record.lists(Source.GITHUB)
    assert {key.list for key in github} == {Lists.GITHUB_DAILY, Lists.GITHUB_WEEKLY, Lists.GITHUB_YOUNG}
    newest = record.newest_harvest(github[0])
    assert newest is not None
    assert newest.observed_at == moment(on(1))
    assert set(github) <= set(record.lists())


def test_readings_given_in_any_order_stand_in_the_order_of_their_places() -> None:
    world = full_world(1)
    shuffled = Record.build(reversed(world.harvests), reversed(world.readings), world.items)
    listing = shuffled.listed(world.harvests[0].id)
    assert [reading.rank for reading in listing] == list(range(1, len(listing) + 1))


def test_an_item_listed_twice_counts_with_its_first_reading() -> None:
    world = World()
    world.read(*MODELS, moment(on(0)), [(ONE, {Metric.LIKES: 1}), (TWO, {}), (ONE, {Metric.LIKES: 2})])
    assert mornings_of(world).today.by_item[ONE.key].rank == 1
