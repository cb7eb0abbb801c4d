"""Insights on what people say: Hacker News's stories, and the papers that readers of Hugging Face voted for."""

from __future__ import annotations

from collections.abc import Iterator

from domain.items import ItemKey, Source
from domain.readings import Lists, Metric, Reading
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.record import Listing, ListKey

FRONT_PAGE = ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE)
HN_SEARCH = ListKey(Source.HACKERNEWS, Lists.HN_AI)
PAPERS = ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS)

#: An argument has at least this many points: below, a few angry comments are enough.
FEWEST_POINTS = 50

#: Where the front page was not read, the search for AI has smaller stories, and fewer of them.
FEWEST_FOUND = 20

#: A paper with fewer upvotes is not "voted for" yet.
FEWEST_UPVOTES = 10


def talk_insights(desk: Desk) -> Iterator[Insight]:
    """All insights on stories and votes."""
    told: set[ItemKey] = set()
    floor = FEWEST_POINTS if desk.mornings(FRONT_PAGE) is not None else FEWEST_FOUND
    for key in (FRONT_PAGE, HN_SEARCH):
        mornings = desk.mornings(key)
        if mornings is None:
            continue
        stories = [reading for reading in desk.ours(mornings.today) if Metric.POINTS in reading.metrics]
        fresh = [each for each in stories if each.item not in told and (not _size_of(each) or _is_linked(desk, each))]
        told.update(reading.item for reading in stories)
        yield from _arguments(desk, key, fresh, floor)
        yield from _most_points(desk, key, fresh, mornings.today, floor)
    yield from _upvotes(desk)


def _story_slots(desk: Desk, key: ListKey, reading: Reading) -> dict[str, object]:
    return {
        "name": desk.cite.name(reading.item),
        "points": desk.figures.value(reading, Metric.POINTS),
        "comments": desk.figures.value(reading, Metric.COMMENTS),
        "rank": desk.figures.rank(reading),
        "list": desk.list_name(key),
    }


def _arguments(desk: Desk, key: ListKey, stories: list[Reading], floor: int) -> Iterator[Insight]:
    loud = [
        reading
        for reading in stories
        if reading.metrics[Metric.POINTS] >= floor
        and reading.metrics.get(Metric.COMMENTS, 0) > reading.metrics[Metric.POINTS]
    ]
    loud.sort(key=lambda reading: -reading.metrics[Metric.COMMENTS])
    for reading in loud[:2]:
        story = _story_slots(desk, key, reading)
        ratio = reading.metrics[Metric.COMMENTS] / reading.metrics[Metric.POINTS]
        yield Insight(
            Kind.ARGUMENT,
            key,
            (reading.item,),
            slots(**story),  # type: ignore[arg-type]  # every value is a run, words or None
            variant=_size_of(reading),
            surprise=min(0.3 + ratio / 6, 0.8),
            magnitude=min(reading.metrics[Metric.COMMENTS] / 500, 1),
        )


def _is_linked(desk: Desk, reading: Reading) -> bool:
    name = desk.cite.name(reading.item)
    return name is not None and name.url is not None


def _size_of(reading: Reading) -> str:
    """A small story has no headline in the book: it is counted, and never leads."""
    return "small" if reading.metrics[Metric.POINTS] < FEWEST_POINTS else ""


def _most_points(desk: Desk, key: ListKey, stories: list[Reading], listing: Listing, floor: int) -> Iterator[Insight]:
    ranked = sorted(stories, key=lambda reading: -reading.metrics[Metric.POINTS])
    for reading in ranked[:3]:
        if reading.metrics[Metric.POINTS] < floor:
            return
        most = desk.figures.highest(reading, Metric.POINTS, listing)
        story = _story_slots(desk, key, reading)
        if most is not None:
            story["points"] = most
        yield Insight(
            Kind.TALK,
            key,
            (reading.item,),
            slots(**story),  # type: ignore[arg-type]  # every value is a run, words or None
            variant=_size_of(reading) or ("most" if most else ""),
            surprise=min(0.3 + reading.metrics[Metric.POINTS] / 2_000, 0.9),
            magnitude=min(reading.metrics[Metric.POINTS] / 600, 1),
        )


def _upvotes(desk: Desk) -> Iterator[Insight]:
    mornings = desk.mornings(PAPERS)
    if mornings is None:
        return
    shown = [reading for reading in desk.ours(mornings.today) if Metric.UPVOTES in reading.metrics]
    shown.sort(key=lambda reading: -reading.metrics[Metric.UPVOTES])
    for reading in shown[:3]:
        if reading.metrics[Metric.UPVOTES] < FEWEST_UPVOTES:
            return
        most = desk.figures.highest(reading, Metric.UPVOTES, mornings.today)
        yield Insight(
            Kind.UPVOTES,
            PAPERS,
            (reading.item,),
            slots(
                name=desk.cite.name(reading.item),
                upvotes=most or desk.figures.value(reading, Metric.UPVOTES),
                stars=desk.figures.value(reading, Metric.GITHUB_STARS),
                list=desk.list_name(PAPERS),
            ),
            variant="most" if most else "",
            surprise=0.35,
            magnitude=min(reading.metrics[Metric.UPVOTES] / 150, 1),
        )
