"""A figure has the period of its readings, or is no figure: nothing is printed "in a day" over a day and six hours."""

from __future__ import annotations

import pytest

from domain.issue import Paper
from domain.items import Kind, Source
from domain.readings import Lists, Metric
from newsroom.desk import Desk
from newsroom.record import ListKey, Pair
from tests.unit.newsroom.worlds import World, model, moment, on

FERN = model("acme/Fern", kind=Kind.MODEL)


def desk_and_pair(hours_apart: float, days: int) -> tuple[Desk, Pair]:
    """The desk of a day on which the model was read, and so many hours before."""
    world = World()
    now = moment(on(20))
    for at, likes in ((moment(on(20), 5 - hours_apart), 100), (now, 140)):
        world.read(Source.HUGGINGFACE, Lists.MODELS, at, [(FERN, {Metric.LIKES: likes})])
    record = world.record()
    desk = Desk.open(on(20), record, (), Paper(channel="@made_up", bot="made_up_bot"), moment(on(20), 5.5))
    before, after = world.readings
    assert desk.mornings(ListKey(Source.HUGGINGFACE, Lists.MODELS)) is not None
    return desk, Pair(before, after, days)


@pytest.mark.parametrize(("hours", "days"), [(24, 1), (26, 1), (21.5, 1), (48, 2), (168, 7), (157, 7)])
def test_a_change_has_the_period_of_its_readings(hours: float, days: int) -> None:
    desk, pair = desk_and_pair(hours, days)
    gain = desk.figures.gain(pair, Metric.LIKES)
    assert gain is not None
    assert (gain.value, gain.period) == (40, f"P{days}D")


@pytest.mark.parametrize(("hours", "days"), [(29.8, 1), (28.8, 1), (54.5, 2), (20, 1), (150, 7)])
def test_readings_that_are_no_whole_days_apart_give_no_change(hours: float, days: int) -> None:
    desk, pair = desk_and_pair(hours, days)
    assert desk.figures.gain(pair, Metric.LIKES) is None
    assert desk.figures.moved(pair) is None
