"""Where else a subject is told: on other sites, by name in other items' words; or a silence, counted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from rapidfuzz import fuzz

from domain.claims import Claim
from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.across import Mention, Search, brought, joining, mentions_of, search_for
from newsroom.desk import Desk
from newsroom.identity import Voice
from newsroom.insights.echo import listed_today
from newsroom.insights.insight import slots
from newsroom.insights.names import families
from newsroom.quoting import is_in_our_letters
from newsroom.record import Listing, ListKey, Mornings
from newsroom.selection.leads import names_in

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)
FRONT_PAGE = ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE)

#: The kinds of source that are told, in this order, and how many mentions of each; another model's name tells nothing.
TOLD = ((Voice.TALK, 2), (Voice.POSTS, 1), (Voice.CODE, 1), (Voice.PAPERS, 1))

#: So many mentions are told, and so many stories that share only a name of the title.
MOST = 3
MOST_RELATED = 2

#: A name with a capital, a figure or a joint; "skills" is a word that stands in any sentence.
_NAME = re.compile(r"[A-Z0-9_.-]")

#: A title of which so much stands in another one, in per cent, is the same article.
SAME_TITLE = 85.0

#: How many days are looked back on for a story that named it and is gone; with fewer points it was hardly heard.
DAYS_BACK = 7
FEWEST_POINTS = 10


def told_elsewhere(desk: Desk, item: Item) -> Iterator[Claim]:
    """The same subject on other sites; without it, who names it; without that, that Hacker News does not.

    The page that a story leads to is not told again: it is the thing itself.
    """
    found = False
    for other in desk.subject(item.key).items:
        told = () if _is_the_same(desk, item, other) else _told(desk, item.key, other)
        found = found or bool(told)
        yield from told
    if item.key.kind in {Kind.STORY, Kind.POST}:
        yield from _related(desk, item)
    elif item.key.kind is not Kind.PAPER and not found:
        yield from named_elsewhere(desk, stem_of(desk, item), (item.key,))


def _is_the_same(desk: Desk, item: Item, other: ItemKey) -> bool:
    """Whether another item is only the same page again: the post that a story leads to, a paper on another list."""
    if desk.about(other) is None or other.source is item.key.source:
        return True
    return (item.key.kind, other.kind) in {(Kind.STORY, Kind.POST), (Kind.PAPER, Kind.PAPER)}


def named_elsewhere(desk: Desk, stem: str, without: Collection[ItemKey] = ()) -> Iterator[Claim]:
    """The stories and projects whose own words hold the name; where no title does, that Hacker News is silent."""
    if not _NAME.search(stem):
        return
    found = _mentions(desk, stem, without)[:MOST]
    for mention in found:
        yield from told_of(desk, mention)
    mornings = desk.mornings(FRONT_PAGE)
    if mornings is not None and not any(mention.voice is Voice.TALK for mention in found):
        yield from _before(desk, stem, mornings) or _silence(desk, stem, mornings)


def _mentions(desk: Desk, word: str, without: Collection[ItemKey]) -> list[Mention]:
    """Who names it, in the order in which the kinds of source are told, in letters that our readers read."""
    by_voice = mentions_of(desk, word, without)
    return [
        mention
        for voice, most in TOLD
        for mention in [each for each in by_voice.get(voice, ()) if is_in_our_letters(each.item.title)][:most]
    ]


def stem_of(desk: Desk, item: Item) -> str:
    """The name by which other sites would speak of an item: that of its family, else its own."""
    mornings = desk.mornings(MODELS)
    for family in families(mornings.today) if mornings else ():
        if any(reading.item == item.key for reading in family.readings):
            return family.stem
    return item.key.external_id.rpartition("/")[2]


def _told(desk: Desk, subject: ItemKey, other: ItemKey) -> tuple[Claim, ...]:
    """How another site lists the same subject; what joins the two is cited."""
    item = desk.about(other)
    also = joining(desk, subject, other)
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
            told = desk.phrases.maybe(f"elsewhere.{form}", filled, also)
            if told:
                return told
    return ()


def _related(desk: Desk, item: Item) -> Iterator[Claim]:
    """Other stories and posts that name the same name: "OpenAI" in two titles."""
    seen = {item.key}
    for word in names_in(desk, item.title):
        for mention in _mentions(desk, word, seen):
            if len(seen) > MOST_RELATED:
                return
            seen.add(mention.item.key)
            if fuzz.partial_ratio(mention.item.title, item.title) < SAME_TITLE:
                yield from told_of(desk, mention, form="also")


def _before(desk: Desk, stem: str, mornings: Mornings) -> tuple[Claim, ...]:
    """The loudest story that named it on a list of the last days, where no title does today."""
    titles = desk.figures.titles_with(stem, mornings.today, _none)
    if titles is None or titles.value:
        return ()
    search = search_for(stem, brought(desk))
    earlier = [listing for listing in mornings.days[1 : DAYS_BACK + 1] if listing is not None]
    heard = [(listing, reading, *hit) for listing in earlier for reading, hit in _hits(desk, listing, search)]
    if not heard:
        return ()
    listing, reading, field, text = max(heard, key=lambda each: (each[1].metrics[Metric.POINTS], each[1].id))
    item = desk.about(reading.item)
    cited = desk.cite.words(item, field, text) if item else None
    filled = slots(
        name=desk.cite.name(reading.item),
        points=desk.figures.value(reading, Metric.POINTS),
        comments=desk.figures.value(reading, Metric.COMMENTS),
        date=desk.figures.date(listing),
    )
    return desk.phrases.maybe("named.before", filled, (cited,) if cited else ())


def _hits(desk: Desk, listing: Listing, search: Search) -> Iterator[tuple[Reading, tuple[str, str]]]:
    for reading in desk.ours(listing):
        item = desk.about(reading.item)
        hit = search(item) if item is not None else None
        if hit is not None and reading.metrics.get(Metric.POINTS, 0) >= FEWEST_POINTS:
            yield reading, hit


def _silence(desk: Desk, stem: str, mornings: Mornings) -> tuple[Claim, ...]:
    """That no title of Hacker News has the name: counted over all of them."""
    titles = desk.figures.titles_with(stem, mornings.today, _none)
    if titles is None or titles.value:
        return ()
    size = desk.figures.size(mornings.today, "titles")
    filled = slots(size=size, titles=titles, date=desk.figures.date(mornings.today))
    return desk.phrases.maybe("elsewhere.silent", filled)


def _none(value: float) -> str:
    return "none" if value == 0 else rounding.whole(value)


def told_of(desk: Desk, mention: Mention, form: str = "named") -> tuple[Claim, ...]:
    """That an item holds the name, with its figure; of a post, who published it."""
    reading, word = mention.reading, mention.quoted(desk)
    filled = slots(
        name=desk.cite.name(reading.item),
        points=desk.figures.value(reading, Metric.POINTS),
        comments=desk.figures.value(reading, Metric.COMMENTS),
        upvotes=desk.figures.value(reading, Metric.UPVOTES),
        stars=desk.figures.value(reading, Metric.STARS),
        likes=desk.figures.value(reading, Metric.LIKES),
        rank=desk.figures.rank(reading),
        publisher=desk.cite.publisher(mention.item) if mention.voice is Voice.POSTS else None,
        list=desk.list_name(mention.key),
        word=word,
    )
    also = (word.evidence,) if word else ()
    for figure in ("points", "upvotes", "stars", "likes", "publisher", "plain"):
        told = desk.phrases.maybe(f"{form}.{figure}", filled, also)
        if told:
            return told
    return ()
