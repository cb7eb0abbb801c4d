"""Whatever a source leaves out, an issue is made: no world may stop the press."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.issue import Issue, Paper
from domain.items import Item
from domain.readings import HarvestStatus, Metric
from newsroom.assembly import assemble
from tests.unit.newsroom.worlds import World, full_world, moment, on, press_time

WORDS = st.text(st.characters(codec="utf-8"), max_size=60)
METRICS = st.dictionaries(st.sampled_from(list(Metric)), st.integers(0, 10**7), max_size=4)
STATUS = st.sampled_from([None, None, None, HarvestStatus.PARTIAL, HarvestStatus.FAILED, HarvestStatus.EMPTY])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Two or three mornings of the full world, with lists cut, metrics lost or changed, and words replaced."""
    days = draw(st.integers(1, 3))
    whole, world = full_world(days), World()
    changed: dict[object, Item] = {}
    for harvest in whole.harvests:
        status = draw(STATUS)
        kept = 0 if status in {HarvestStatus.FAILED, HarvestStatus.EMPTY} else draw(st.integers(0, 9))
        rows = []
        for reading in [each for each in whole.readings if each.harvest_id == harvest.id][:kept]:
            item = changed.setdefault(
                reading.item,
                draw(st.sampled_from([whole.items[reading.item], _stripped(whole.items[reading.item], draw(WORDS))])),
            )
            metrics = reading.metrics if draw(st.booleans()) else draw(METRICS)
            rows.append((item, metrics))
        late = timedelta(minutes=draw(st.integers(0, 200)))
        world.read(
            harvest.source, harvest.list, harvest.observed_at - late, rows, ranked=draw(st.booleans()), status=status
        )
    return world


def _stripped(item: Item, words: str) -> Item:
    return replace(item, title=words, summary=words, publisher=words, tags=(words,), created_at=None)


def last_day(world: World) -> int:
    return max((harvest.observed_at - moment(on(0))).days for harvest in world.harvests)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_an_issue_is_made_of_any_world(world: World) -> None:
    past: list[Issue] = []
    for number in range(max(last_day(world), 0) + 2):
        issue = assemble(on(number), world.record(), past, Paper(), number + 1, press_time(on(number)))
        past.insert(0, issue)
        dropped = [drop for drop in issue.checks.drops if "falls" not in drop.reason]
        assert len(dropped) <= 3, dropped
        assert all(cited in issue.evidence for claim in issue.claims() for cited in claim.evidence)
