"""Insights on one subject that several kinds of source speak of: a thing and the talk of it, code and its paper."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from domain.claims import Figure
from domain.evidence import NamedFormula
from domain.items import TITLED, Item, ItemKey, Source
from domain.items import Kind as ItemKind
from domain.readings import Metric, Reading
from newsroom import rounding
from newsroom.across import joining
from newsroom.desk import Desk
from newsroom.identity import Subject
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.record import ListKey

#: A story with fewer points was hardly heard; a paper with fewer upvotes was hardly read.
FEWEST_POINTS = 10
FEWEST_UPVOTES = 5

#: Titles so alike (of 100) are not both printed.
ALIKE = 75

#: From so many kinds of source on their number is told.
MANY_VOICES = 3

#: An item on a list of this morning.
Listed = tuple[ListKey, Reading]


def echo_insights(desk: Desk) -> Iterator[Insight]:
    """The subjects that two kinds of source speak of: told on Hacker News, else a thing with its paper."""
    for subject in desk.subjects:
        if len(subject.voices) < 2 or desk.about(subject.head) is None:
            continue
        story = _loudest(desk, subject, ItemKind.STORY, Metric.POINTS, FEWEST_POINTS)
        paper = _loudest(desk, subject, ItemKind.PAPER, Metric.UPVOTES, FEWEST_UPVOTES)
        if story is not None:
            yield from _told(desk, subject, *story)
        elif paper is not None and subject.head.kind is not ItemKind.PAPER:
            yield from _written(desk, subject, *paper)


def _loudest(desk: Desk, subject: Subject, kind: ItemKind, metric: Metric, fewest: int) -> Listed | None:
    """Where an item of a kind stands with most points or upvotes."""
    keys = [key for key in subject.items if key.kind is kind and desk.about(key) is not None]
    listed = [found for key in keys for found in listed_today(desk, key)]
    loud = [found for found in listed if found[1].metrics.get(metric, 0) >= fewest]
    return max(loud, key=lambda found: found[1].metrics[metric], default=None)


def _told(desk: Desk, subject: Subject, key: ListKey, story: Reading) -> Iterator[Insight]:
    """A thing, or a post of a lab, that Hacker News talks of."""
    head = _head(desk, subject)
    if head is None or head.key.kind is ItemKind.STORY:
        return
    titled = head.key.kind in TITLED
    yield Insight(
        Kind.ECHO,
        key,
        _with_first(subject, head.key, story.item),
        slots(
            name=desk.cite.name(head.key),
            title=desk.cite.name(story.item),
            publisher=desk.cite.publisher(head) if head.key.kind is ItemKind.POST else None,
            points=desk.figures.value(story, Metric.POINTS),
            comments=desk.figures.value(story, Metric.COMMENTS),
            voices=_voices(desk, subject),
        ),
        also=joining(desk, head.key, story.item),
        variant=("same_title" if _alike(desk, head, story) else "post") if titled else "",
        surprise=0.5,
        magnitude=min(story.metrics[Metric.POINTS] / 300, 1),
    )


def _voices(desk: Desk, subject: Subject) -> Figure | None:
    """How many kinds of source tell of it; None for two, of which the sentence names both."""
    names = [desk.cite.name(key) for key in subject.told_by if desk.about(key) is not None]
    quotes = tuple(name.evidence for name in names if name is not None)
    figure = desk.figures.make(NamedFormula("one_story_sites", 1), {"of": quotes}, "kinds", form=rounding.count)
    return figure if figure is not None and figure.value >= MANY_VOICES else None


def _alike(desk: Desk, head: Item, story: Reading) -> bool:
    """Whether Hacker News calls a post or a paper nearly as it calls itself: then it is named once."""
    told = desk.record.about(story.item)
    return told is not None and fuzz.token_set_ratio(told.title.casefold(), head.title.casefold()) >= ALIKE


def _written(desk: Desk, subject: Subject, key: ListKey, paper: Reading) -> Iterator[Insight]:
    """A model or a repository, and the paper about it."""
    listed = listed_today(desk, subject.head)
    if not listed:
        return
    yield Insight(
        Kind.ECHO,
        key,
        _with_first(subject, subject.head, paper.item),
        slots(
            name=desk.cite.name(subject.head),
            title=desk.cite.name(paper.item),
            upvotes=desk.figures.value(paper, Metric.UPVOTES),
            stars=desk.figures.value(listed[0][1], Metric.STARS),
            likes=desk.figures.value(listed[0][1], Metric.LIKES),
        ),
        also=joining(desk, subject.head, paper.item),
        variant="paper",
        surprise=0.4,
        magnitude=min(paper.metrics[Metric.UPVOTES] / 150, 1),
    )


def _head(desk: Desk, subject: Subject) -> Item | None:
    """What stands for the subject; of several posts the one whose title tells most: some feeds call it "Product"."""
    if subject.head.kind is not ItemKind.POST:
        return desk.about(subject.head)
    posts = (desk.about(key) for key in subject.items if key.kind is ItemKind.POST)
    return max((post for post in posts if post is not None), key=lambda post: len(post.title.split()), default=None)


def _with_first(subject: Subject, head: ItemKey, other: ItemKey) -> tuple[ItemKey, ...]:
    """The items of the subject, what stands for it first and the one that is named beside it second."""
    return tuple(dict.fromkeys((head, other, *subject.items)))


def listed_today(desk: Desk, item: ItemKey) -> list[Listed]:
    """Where the item stands this morning: every list that holds it, with its reading."""
    found = []
    for key in desk.record.lists(Source(item.source)):
        mornings = desk.mornings(key)
        if mornings is not None and item in mornings.today.by_item:
            found.append((key, mornings.today.by_item[item]))
    return found
