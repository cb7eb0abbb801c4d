"""The benchmark of readers' own issues renders what it says, and no combination twice."""

from __future__ import annotations

from itertools import islice

from benchmarks.personal import different, measured
from domain.combinations import PLAIN
from domain.items import ItemKey, Kind, Source
from domain.overset import Overset, Said


def test_own_issues_of_one_day_are_rendered_within_the_goal_many_times_over() -> None:
    found = measured(100)
    assert found.combinations == 100
    assert found.left_over > 50
    assert found.distinct > 50
    assert found.classic_seconds + found.rich_seconds < 2  # a tenth of the combinations, and the machine is busy


def test_no_two_combinations_are_the_same() -> None:
    said = {ItemKey(Source.GITHUB, Kind.REPOSITORY, "anna/loom"): Said(frozenset(), " anna loom weaves cloth ")}
    keys = [each.key for each in islice(different(Overset((), {}, said)), 300)]
    assert len(set(keys)) == 300
    assert PLAIN not in keys
