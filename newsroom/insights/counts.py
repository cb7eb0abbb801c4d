"""Insights that count: how much of a page is about AI, in which languages, what the labs and arXiv published."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

from domain.items import Item, Source
from domain.readings import Lists, Metric
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.record import ListKey, Mornings

GITHUB_DAILY = ListKey(Source.GITHUB, Lists.GITHUB_DAILY)
GITHUB_YOUNG = ListKey(Source.GITHUB, Lists.GITHUB_YOUNG)
FRONT_PAGE = ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE)
MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)
PAPERS = ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS)
ARXIV = ListKey(Source.ARXIV, Lists.ARXIV_RECENT)

#: A tag is counted only where most items carry one of its kind.
TAGGED_SHARE = 0.8
FEWEST_TAGGED = 4

#: A shorter title ("Product") tells nothing of a post.
FEWEST_TITLE_WORDS = 4

#: A lab that published fewer posts since yesterday is not a line.
FEWEST_POSTS = 2


def count_insights(desk: Desk) -> Iterator[Insight]:
    """All insights that count."""
    for key in (GITHUB_DAILY, FRONT_PAGE):
        mornings = desk.mornings(key)
        if mornings is not None:
            yield from _share_about_ai(desk, key, mornings)
    yield from _languages(desk)
    yield from _licences(desk)
    yield from _order(desk)
    yield from _papers(desk)
    yield from _posts(desk)
    yield from _feed_about_ai(desk)


def _share_about_ai(desk: Desk, key: ListKey, mornings: Mornings) -> Iterator[Insight]:
    ours = desk.ours(mornings.today)
    count = desk.about_ai(ours, desk.words(key).things)
    if count is None:
        return
    yield Insight(
        Kind.AI_SHARE,
        key,
        slots=slots(
            count=count,
            size=desk.figures.size(mornings.today, desk.words(key).things),
            list=desk.list_name(key),
            things=desk.words(key).things,
        ),
        theme=key.list,
        magnitude=len(ours) / max(len(mornings.today), 1) * 0.6,
    )


def _feed_about_ai(desk: Desk) -> Iterator[Insight]:
    """How much of a feed is about AI, of the feeds read for the first time that with most; later its news is told."""
    read = ((key, desk.mornings(key)) for key in desk.record.lists(Source.FEEDS))
    first = [mornings for _, mornings in read if mornings is not None and mornings.before(1) is None]
    named = [
        each for each in first if each.today.complete and FEWEST_TAGGED <= len(desk.ours(each.today)) < len(each.today)
    ]
    most = max(named, key=lambda each: (len(desk.ours(each.today)), each.today.key), default=None)
    item = desk.about(desk.ours(most.today)[0].item) if most is not None else None
    if most is None or item is None:
        return
    yield Insight(
        Kind.AI_SHARE,
        most.today.key,
        slots=slots(
            count=desk.about_ai(most.today, "posts"),
            size=desk.figures.size(most.today, "posts"),
            publisher=desk.cite.publisher(item),
        ),
        variant="feed",
        theme=most.today.key.list,
        magnitude=len(desk.ours(most.today)) / len(most.today) * 0.6,
    )


def _languages(desk: Desk) -> Iterator[Insight]:
    mornings = desk.mornings(GITHUB_DAILY)
    if mornings is None:
        return
    ours = [item for reading in desk.ours(mornings.today) if (item := desk.about(reading.item)) is not None]
    tagged = [(item, item.tagged("language")[0]) for item in ours if item.tagged("language")]
    if len(tagged) < FEWEST_TAGGED or len(tagged) < TAGGED_SHARE * len(ours):
        return
    language, most = Counter(language for _, language in tagged).most_common(1)[0]
    if most < FEWEST_POSTS:
        return
    using = [item for item, used in tagged if used == language]
    quotes = [cited for item in using if (cited := desk.cite.words(item, "tags", language)) is not None]
    yield Insight(
        Kind.LANGUAGE,
        GITHUB_DAILY,
        slots=slots(
            count=desk.figures.quoted(quotes, language, "repositories"),
            size=desk.about_ai(mornings.today, "repositories"),
            language=desk.cite.tag(using[0], "language"),
            list=desk.list_name(GITHUB_DAILY),
        ),
        theme=language,
        magnitude=most / len(ours) * 0.6,
    )


def _licences(desk: Desk) -> Iterator[Insight]:
    """How many of the young projects name a licence; GitHub's search tells it, its pages do not."""
    mornings = desk.mornings(GITHUB_YOUNG)
    if mornings is None:
        return
    ours = desk.ours(mornings.today)
    naming = [item for each in ours if (item := desk.about(each.item)) is not None and item.tagged("license")]
    quotes = [cited for item in naming if (cited := desk.cite.words(item, "tags", item.tagged("license")[0]))]
    count = desk.figures.distinct(quotes, "repositories")
    if count is None or len(ours) < FEWEST_TAGGED or len(quotes) == len(ours):
        return
    yield Insight(
        Kind.LICENCE,
        GITHUB_YOUNG,
        slots=slots(
            count=count,
            size=desk.about_ai(ours, "repositories"),
            list=desk.list_name(GITHUB_YOUNG),
        ),
        surprise=0.4,
        magnitude=1 - len(quotes) / len(ours),
    )


def agreement(coefficient: float) -> str:
    """How closely two orders agree, in a word (hardly below 0.2, closely above 0.7)."""
    strength = abs(coefficient)
    return "hardly" if strength < 0.2 else ("closely" if strength > 0.7 else "loosely")


def _order(desk: Desk) -> Iterator[Insight]:
    """Whether place and downloads agree on the list of models."""
    mornings = desk.mornings(MODELS)
    if mornings is None:
        return
    metric = Metric.DOWNLOADS.value
    coefficient = desk.figures.listed("spearman", mornings.today, "", rounding.coefficient, metric=metric)
    if coefficient is None:
        return
    yield Insight(
        Kind.ORDER,
        MODELS,
        slots=slots(
            coefficient=coefficient,
            count=desk.figures.listed("shown_count", mornings.today, "models", rounding.whole, metric=metric),
            list=desk.list_name(MODELS),
        ),
        variant=agreement(coefficient.value),
        facet="downloads",
        magnitude=0.5,
    )


def _papers(desk: Desk) -> Iterator[Insight]:
    for key in (ARXIV, PAPERS):
        mornings = desk.mornings(key)
        before = mornings.before(1) if mornings else None
        if mornings is None or before is None or not before.complete:
            continue
        fresh = desk.figures.new_since(mornings.today, before, "papers")
        if fresh is None or not FEWEST_POSTS <= fresh.value < len(mornings.today):
            continue  # a list of the newest is new as a whole every day, which is no news
        yield Insight(
            Kind.PAPERS,
            key,
            slots=slots(
                count=fresh,
                size=desk.figures.size(mornings.today, "papers"),
                since=desk.figures.date(before),
                list=desk.list_name(key),
            ),
            facet=key.list,
            magnitude=0.4,
        )


def recent_posts(desk: Desk, days: int = 1) -> dict[str, list[Item]]:
    """The posts about AI published within so many days, by the feed that brought them, newest first."""
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for key in desk.record.lists(Source.FEEDS):
        mornings = desk.mornings(key)
        if mornings is None:
            continue
        for reading in desk.ours(mornings.today):
            item = desk.about(reading.item)
            if item is not None and _is_recent(desk, item, days):
                found[key.list].append(item)
    for items in found.values():
        items.sort(key=lambda item: (item.created_at, item.key), reverse=True)
    return dict(sorted(found.items()))


def _is_recent(desk: Desk, item: Item, days: int) -> bool:
    """Whether it was published within so many days; a post dated ahead is of unknown date."""
    return item.created_at is not None and timedelta(0) <= desk.as_of - item.created_at <= timedelta(days=days)


def _tells(item: Item) -> bool:
    return len(item.title.split()) >= FEWEST_TITLE_WORDS


def _posts(desk: Desk) -> Iterator[Insight]:
    """The feed that brought most new posts: on its list today, and not on yesterday's."""
    for key in desk.record.lists(Source.FEEDS):
        mornings = desk.mornings(key)
        before = mornings.before(1) if mornings else None
        if mornings is None or before is None or not before.complete:
            continue
        fresh = [reading for reading in desk.ours(mornings.today) if not before.holds(reading.item)]
        items = [item for reading in fresh if (item := desk.about(reading.item)) is not None]
        item = max((each for each in items if _tells(each)), key=lambda each: each.key, default=None)
        count = desk.figures.new_among(fresh, mornings.today, before, "posts")
        if item is None or count is None or count.value < FEWEST_POSTS:
            continue
        yield Insight(
            Kind.POSTS,
            key,
            tuple(reading.item for reading in fresh),
            slots(
                publisher=desk.cite.publisher(item),
                count=count,
                name=desk.cite.name(item.key),
                since=desk.figures.date(before),
            ),
            facet=key.list,
            surprise=0.35,
            magnitude=min(count.value / 6, 1) * 0.7,
        )
