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

#: Kinds that tell of something: an echo is of the thing itself.
OF_WORDS = frozenset({ItemKind.STORY, ItemKind.POST})

#: A story with fewer points was hardly heard.
FEWEST_POINTS = 10


def echo_insights(desk: Desk) -> Iterator[Insight]:
    """The things (models, projects, papers) that Hacker News tells of too."""
    for subject in desk.subjects:
        if len(subject.sources) < 2 or subject.head.kind in OF_WORDS or desk.about(subject.head) is None:
            continue
        stories = [found for key in subject.items if key.kind is ItemKind.STORY for found in listed_today(desk, key)]
        loud = [found for found in stories if found[1].metrics.get(Metric.POINTS, 0) >= FEWEST_POINTS]
        if loud:
            yield _echo(desk, subject, *max(loud, key=lambda found: found[1].metrics[Metric.POINTS]))


def _echo(desk: Desk, subject: Subject, key: ListKey, story: Reading) -> Insight:
    return Insight(
        Kind.ECHO,
        key,
        subject.items,
        slots(
            name=desk.cite.name(subject.head),
            title=desk.cite.name(story.item),
            points=desk.figures.value(story, Metric.POINTS),
            comments=desk.figures.value(story, Metric.COMMENTS),
        ),
        surprise=0.5,
        magnitude=min(story.metrics[Metric.POINTS] / 300, 1),
    )


def listed_today(desk: Desk, item: ItemKey) -> list[tuple[ListKey, Reading]]:
    """Where the item stands this morning: every list that holds it, with its reading."""
    found = []
    for key in desk.record.lists(Source(item.source)):
        mornings = desk.mornings(key)
        if mornings is not None and item in mornings.today.by_item:
            found.append((key, mornings.today.by_item[item]))
    return found
