"""One item followed over our readings: where it stood on which list, and what it counted, when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.items import Item, Kind, Source
from domain.readings import Metric

#: The figure that says most of a kind of item, the best first; what none of them says is not drawn.
_TELLING: Mapping[Kind, tuple[Metric, ...]] = {
    Kind.MODEL: (Metric.LIKES, Metric.DOWNLOADS),
    Kind.DATASET: (Metric.LIKES, Metric.DOWNLOADS),
    Kind.SPACE: (Metric.LIKES,),
    Kind.PAPER: (Metric.UPVOTES, Metric.GITHUB_STARS, Metric.COMMENTS),
    Kind.REPOSITORY: (Metric.STARS, Metric.FORKS),
    Kind.STORY: (Metric.POINTS, Metric.COMMENTS),
    Kind.POST: (),
    Kind.OPTION: (Metric.VOTES,),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that a reader may mean; ``number`` is the storage's own, and stays its own for ever."""

    number: int
    item: Item


@dataclass(frozen=True, slots=True)
class Standing:
    """One reading: on which list of which source, when (aware UTC), at which place (None: no order), with what."""

    source: Source
    list: str
    observed_at: datetime
    rank: int | None
    metrics: Mapping[Metric, int]


@dataclass(frozen=True, slots=True)
class Course:
    """All readings of an item, in the order of time; at least one."""

    candidate: Candidate
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at a moment (aware UTC)."""

    at: datetime
    value: int


def figures(course: Course) -> tuple[Metric, tuple[Point, ...]] | None:
    """The most telling figure of an item over time; readings that repeat a moment count once."""
    for metric in _TELLING[course.candidate.item.key.kind]:
        points = {
            standing.observed_at: Point(standing.observed_at, standing.metrics[metric])
            for standing in course.standings
            if metric in standing.metrics
        }
        if points:
            return metric, tuple(points.values())
    return None


def ranks(course: Course) -> tuple[tuple[Source, str], tuple[Point, ...]] | None:
    """The places of an item on the list that ranked it most often; the later of equals."""
    ranked = [standing for standing in course.standings if standing.rank is not None]
    if not ranked:
        return None
    counted = Counter((standing.source, standing.list) for standing in ranked)
    most = max(counted.values())
    listed = [(standing.source, standing.list) for standing in reversed(ranked)]
    chosen = next(one for one in listed if counted[one] == most)
    on_it = [standing for standing in ranked if (standing.source, standing.list) == chosen]
    return chosen, tuple(Point(standing.observed_at, standing.rank or 0) for standing in on_it)
