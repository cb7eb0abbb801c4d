from __future__ import annotations

from domain.issue import Gap
from domain.items import Source
from domain.readings import HarvestStatus, Lists, Metric
from newsroom.coverage import coverage
from tests.unit.newsroom.worlds import World, model, moment, on, press_time, repository


def test_each_source_is_covered_by_the_last_time_each_of_its_lists_was_asked() -> None:
    world = World()
    models = [(model(f"a/m{number}"), {Metric.LIKES: 1}) for number in range(3)]
    world.read(Source.HUGGINGFACE, Lists.MODELS, moment(on(0), 2), models)
    world.read(Source.HUGGINGFACE, Lists.MODELS, moment(on(0), 5), models[:2])
    world.read(Source.HUGGINGFACE, Lists.SPACES, moment(on(0), 5), [], status=HarvestStatus.FAILED)
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(0), 5), [], status=HarvestStatus.FAILED)
    world.read(Source.ARXIV, Lists.ARXIV_RECENT, moment(on(0), 5), [])
    found = {each.source: each for each in coverage(world.record(), press_time(on(0))).sources}
    hub = found[Source.HUGGINGFACE]
    assert (hub.status, hub.items, hub.lists, hub.failed_lists) == (HarvestStatus.PARTIAL, 2, 2, (Lists.SPACES,))
    assert hub.error == "the source answered 503"
    assert hub.observed_at == moment(on(0), 5)
    assert found[Source.GITHUB].status is HarvestStatus.FAILED
    assert found[Source.ARXIV].status is HarvestStatus.EMPTY
    assert found[Source.ARXIV].error == ""


def test_a_source_that_was_not_asked_lately_is_not_in_the_coverage() -> None:
    world = World()
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(0)), [(repository("a/b"), {Metric.STARS: 1})])
    assert coverage(world.record(), press_time(on(3))).sources == ()


def test_a_list_that_was_cut_makes_its_source_partial() -> None:
    world = World()
    rows = [(repository("a/b"), {Metric.STARS: 1})]
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(0)), rows, status=HarvestStatus.PARTIAL)
    (github,) = coverage(world.record(), press_time(on(0))).sources
    assert github.status is HarvestStatus.PARTIAL


def test_days_of_the_record_without_a_reading_are_gaps() -> None:
    world = World()
    rows = [(repository("a/b"), {Metric.STARS: 1})]
    for day in (0, 1, 3, 7):
        world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(day)), rows)
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(5)), [], status=HarvestStatus.FAILED)
    assert coverage(world.record(), press_time(on(7))).gaps == (Gap(on(2), on(2)), Gap(on(4), on(6)))


def test_a_record_of_one_day_has_no_gap() -> None:
    world = World()
    world.read(Source.GITHUB, Lists.GITHUB_DAILY, moment(on(0)), [(repository("a/b"), {Metric.STARS: 1})])
    assert coverage(world.record(), press_time(on(0))).gaps == ()
