"""Insights on one subject that several sites speak of."""

from __future__ import annotations

from collections.abc import Iterator

from domain.items import ItemKey, Source
from domain.items import Kind as ItemKind
from domain.readings import Metric, Reading
from newsroom.desk import Desk
from newsroom.identity import Subject
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.record import ListKey


def echo_insights(desk: Desk) -> Iterator[Insight]:
    """The subjects that stand on the lists of more than one site."""
    for subject in desk.subjects:
        if len(subject.sources) < 2 or desk.about(subject.head) is None:
            continue
        insight = _echo(desk, subject)
        if insight is not None:
            yield insight


def _echo(desk: Desk, subject: Subject) -> Insight | None:
    story = _loudest(desk, subject)
    if story is None or story.item == subject.head:
        return None
    return Insight(
        Kind.ECHO,
        subject.head.source,
        subject.items,
        slots(
            name=desk.cite.name(subject.head),
            title=desk.cite.name(story.item),
            points=desk.figures.value(story, Metric.POINTS),
            comments=desk.figures.value(story, Metric.COMMENTS),
        ),
        surprise=0.5,
        magnitude=min(story.metrics.get(Metric.POINTS, 0) / 300, 1),
    )


def _loudest(desk: Desk, subject: Subject) -> Reading | None:
    """Today's reading of the subject's Hacker News story, the one with most points."""
    readings = [reading for key in subject.items if (reading := todays_reading(desk, key)) is not None]
    stories = [each for each in readings if each.item.kind is ItemKind.STORY and Metric.POINTS in each.metrics]
    return max(stories, key=lambda reading: reading.metrics[Metric.POINTS], default=None)


def todays_reading(desk: Desk, item: ItemKey) -> Reading | None:
    """The item's reading on the first of its source's lists of this morning that holds it."""
    for key in desk.record.lists(item.source):
        mornings = desk.mornings(key)
        if mornings is not None and item in mornings.today.by_item:
            return mornings.today.by_item[item]
    return None


def listed_today(desk: Desk, item: ItemKey) -> list[tuple[ListKey, Reading]]:
    """Where the item stands this morning: every list that holds it, with its reading."""
    found = []
    for key in desk.record.lists(Source(item.source)):
        mornings = desk.mornings(key)
        if mornings is not None and item in mornings.today.by_item:
            found.append((key, mornings.today.by_item[item]))
    return found
