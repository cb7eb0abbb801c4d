"""Where else a subject is told: on other sites, by name in other items' words; or a silence, counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.claims import Claim
from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Lists, Metric
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.echo import listed_today
from newsroom.insights.insight import Insight, slots
from newsroom.insights.names import families
from newsroom.insights.word_lists import common_words
from newsroom.record import ListKey, Mornings
from newsroom.sections.mentions import Mention, mentions

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)
FRONT_PAGE = ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE)


def told_elsewhere(desk: Desk, item: Item) -> Iterator[Claim]:
    """The same subject on other sites; without it, who names it; without that, that Hacker News does not."""
    found = False
    for other in desk.subject(item.key).items:
        told = _told(desk, other) if other.source is not item.key.source else ()
        found = found or bool(told)
        yield from told
    if item.key.kind in {Kind.STORY, Kind.POST}:
        yield from _related(desk, item)
    elif item.key.kind is not Kind.PAPER and not found:
        yield from named_elsewhere(desk, _stem_of_item(desk, item))


def named_elsewhere(desk: Desk, stem: str) -> Iterator[Claim]:
    """The stories and projects whose own words hold the name; where no title does, that Hacker News is silent."""
    found = mentions(desk, stem)
    for mention in found:
        yield from _mention(desk, mention)
    mornings = desk.mornings(FRONT_PAGE)
    if mornings is not None and not any(mention.key == FRONT_PAGE for mention in found):
        yield from _silence(desk, stem, mornings)


def stem_of(desk: Desk, insight: Insight) -> str:
    """The name by which other sites would speak of an insight's subject."""
    item = desk.about(insight.subject) if insight.subject else None
    return insight.theme or (_stem_of_item(desk, item) if item else "")


def _stem_of_item(desk: Desk, item: Item) -> str:
    """The name of the family that the item belongs to, else its own."""
    mornings = desk.mornings(MODELS)
    for family in families(mornings.today) if mornings else ():
        if any(reading.item == item.key for reading in family.readings):
            return family.stem
    return item.key.external_id.rpartition("/")[2]


def _told(desk: Desk, other: ItemKey) -> tuple[Claim, ...]:
    """How another site lists the same subject."""
    item = desk.about(other)
    for key, reading in listed_today(desk, other) if item else ():
        filled = slots(
            name=desk.cite.name(other),
            list=desk.list_name(key),
            points=desk.figures.value(reading, Metric.POINTS),
            comments=desk.figures.value(reading, Metric.COMMENTS),
            upvotes=desk.figures.value(reading, Metric.UPVOTES),
            likes=desk.figures.value(reading, Metric.LIKES),
            stars=desk.figures.value(reading, Metric.STARS),
            publisher=desk.cite.publisher(item) if item and other.kind is Kind.POST else None,
        )
        for form in ("points", "upvotes", "likes", "stars", "post"):
            told = desk.phrases.maybe(f"elsewhere.{form}", filled)
            if told:
                return told
    return ()


def _related(desk: Desk, item: Item) -> Iterator[Claim]:
    """Other stories that name the same name: "OpenAI" in two titles."""
    same = set(desk.subject(item.key).items)
    seen: set[ItemKey] = set()
    for word in _names_in(item.title):
        for mention in mentions(desk, word, without=same | seen):
            if len(seen) == 2:
                return
            seen.add(mention.reading.item)
            yield from _mention(desk, mention, form="also")


def _names_in(title: str) -> list[str]:
    """Words of a title that look like names, the rarest looks first: with a capital inside, then the longest."""
    words = [word for word in re.findall(r"[A-Z][\w.-]{3,}", title) if word.casefold() not in common_words()]
    return sorted(dict.fromkeys(words), key=lambda word: (not re.search(r"[a-z][A-Z]|\d", word), -len(word)))


def _silence(desk: Desk, stem: str, mornings: Mornings) -> Iterator[Claim]:
    """That no title of Hacker News has the name: counted over all of them."""
    titles = desk.figures.titles_with(stem, mornings.today, _none)
    if titles is not None and titles.value == 0:
        size = desk.figures.size(mornings.today, "titles")
        yield from desk.phrases.maybe(
            "elsewhere.silent", slots(size=size, titles=titles, date=desk.figures.date(mornings.today))
        )


def _none(value: float) -> str:
    return "none" if value == 0 else rounding.whole(value)


def _mention(desk: Desk, mention: Mention, form: str = "named") -> tuple[Claim, ...]:
    reading = mention.reading
    filled = slots(
        name=desk.cite.name(reading.item),
        points=desk.figures.value(reading, Metric.POINTS),
        comments=desk.figures.value(reading, Metric.COMMENTS),
        upvotes=desk.figures.value(reading, Metric.UPVOTES),
        stars=desk.figures.value(reading, Metric.STARS),
        list=desk.list_name(mention.key),
        word=mention.word,
    )
    also = (mention.evidence,)
    for figure in ("points", "upvotes", "stars", "plain"):
        told = desk.phrases.maybe(f"{form}.{figure}", filled, also)
        if told:
            return told
    return ()
