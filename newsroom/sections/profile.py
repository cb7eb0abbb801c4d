"""What can be said of one subject beyond today's news: where it stands, for how long, who is behind it, who else tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.claims import Claim, Words
from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.echo import listed_today
from newsroom.insights.insight import Insight, full_stop, slots
from newsroom.insights.insight import Kind as InsightKind
from newsroom.insights.names import families, owners
from newsroom.quoting import quotable
from newsroom.record import ListKey, Mornings
from newsroom.sections.mentions import Mention, mentions

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)
FRONT_PAGE = ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE)


@dataclass(frozen=True, slots=True)
class Page:
    """The sentences on a subject, by what they are for."""

    standing: tuple[Claim, ...] = ()
    background: tuple[Claim, ...] = ()
    who: tuple[Claim, ...] = ()
    elsewhere: tuple[Claim, ...] = ()


def of_item(desk: Desk, key: ItemKey, insight: Insight) -> Page | None:
    """The page of one item; ``insight`` is what is told already."""
    item = desk.about(key)
    if item is None:
        return None
    places = listed_today(desk, key)
    return Page(
        standing=tuple(_standing(desk, places, insight)),
        background=tuple(_background(desk, places, insight)),
        who=tuple(_who(desk, item, places)),
        elsewhere=tuple(_elsewhere(desk, item)),
    )


def of_name(desk: Desk, insight: Insight) -> Page | None:
    """The page of a name that many ids share, or of an owner of many."""
    mornings = desk.mornings(MODELS)
    if mornings is None:
        return None
    readings = [mornings.today.by_item[key] for key in insight.items if key in mornings.today.by_item]
    readings.sort(key=lambda reading: reading.rank or 0)
    first = readings[0] if readings else None
    if first is None or desk.about(first.item) is None:
        return None
    return Page(
        standing=tuple(_leader(desk, mornings, first, readings)),
        background=tuple(_downloads_of_name(desk, mornings, insight, readings)),
        who=tuple(_publishers(desk, insight)),
        elsewhere=tuple(_told_elsewhere(desk, insight.theme)),
    )


def _standing(desk: Desk, places: Sequence[tuple[ListKey, Reading]], insight: Insight) -> Iterator[Claim]:
    """Where it stands on a list that the insight is not about."""
    said = {run.text for fragment in insight.slots.values() for run in fragment if isinstance(run, Words)}
    for key, reading in places:
        words = desk.words(key)
        if words.full in said:
            continue
        filled = slots(
            short=desk.cite.name(reading.item, short=True, linked=False),
            rank=desk.figures.rank(reading),
            list=words.full,
            likes=desk.figures.value(reading, Metric.LIKES),
            downloads=desk.figures.value(reading, Metric.DOWNLOADS) if reading.metrics.get(Metric.DOWNLOADS) else None,
            stars=desk.figures.value(reading, Metric.STARS),
            week=desk.figures.value(reading, Metric.STARS_WEEK),
        )
        for form in ("week", "rank"):
            if form in filled and "stars" in filled:
                yield desk.phrases.say(f"standing.{form}", filled)
                return


def _background(desk: Desk, places: Sequence[tuple[ListKey, Reading]], insight: Insight) -> Iterator[Claim]:
    """For how long it has been listed, and its figures of the week."""
    for key, reading in places:
        mornings = desk.mornings(key)
        if mornings is None or reading.rank is None:
            continue
        lists = [listing for listing in mornings.read if listing.complete]
        days = desk.figures.days_listed(reading, lists) if len(lists) > 1 else None
        short = desk.cite.name(reading.item, short=True, linked=False)
        if days is not None and days.value >= 2 and insight.kind not in {InsightKind.NEW, InsightKind.STAY}:
            size = desk.figures.size(mornings.today, desk.words(key).things)
            yield desk.phrases.say(
                "background.days", slots(short=short, days=days, list=desk.words(key).full, size=size)
            )
        yield from _week(desk, mornings, reading)
        return


def _week(desk: Desk, mornings: Mornings, reading: Reading) -> Iterator[Claim]:
    """Likes and downloads against the reading of a week ago, else of yesterday."""
    for days in (7, 1):
        pair = next((pair for pair in mornings.pairs(days) if pair.after.item == reading.item), None)
        if pair is None:
            continue
        before = mornings.before(days)
        for first, second in ((Metric.LIKES, Metric.DOWNLOADS), (Metric.STARS, Metric.FORKS)):
            if not (pair.change(first) or 0) > 0:
                continue
            more = (pair.change(second) or 0) > 0 and pair.before.metrics[second] > 0
            filled = slots(
                short=desk.cite.name(reading.item, short=True, linked=False),
                since=desk.figures.date(before) if before else None,
                before=desk.figures.value(pair.before, first),
                after=desk.figures.value(pair.after, first),
                unit=str(first),
                other_before=desk.figures.value(pair.before, second) if more else None,
                other_after=desk.figures.value(pair.after, second) if more else None,
                other=str(second) if more else None,
            )
            yield desk.phrases.say("background.both" if more else "background.one", filled)
            return
        return


def _who(desk: Desk, item: Item, places: Sequence[tuple[ListKey, Reading]]) -> Iterator[Claim]:
    """What it says of itself, what it is by its tags, and what else its owner has on the list."""
    short = desk.cite.name(item.key, short=True, linked=False)
    words = quotable(item.summary)
    quote = desk.cite.quote(item, "summary", words) if words else None
    if quote is not None:
        yield desk.phrases.say("who.quote", slots(short=short, quote=quote, end=full_stop(quote)))
    yield from _tags(desk, item)
    for key, reading in places:
        if key.source is Source.HUGGINGFACE and item.key.kind in {Kind.MODEL, Kind.DATASET, Kind.SPACE}:
            yield from _owner(desk, key, reading)
            return


def _tags(desk: Desk, item: Item) -> Iterator[Claim]:
    short = desk.cite.name(item.key, short=True, linked=False)
    for name in ("task", "language"):
        tag = desk.cite.tag(item, name)
        if tag is None:
            continue
        licence = desk.cite.tag(item, "license")
        form = f"{name}_licence" if licence else name
        yield desk.phrases.say(f"who.{form}", slots(short=short, tag=tag, licence=licence))
        return


def _owner(desk: Desk, key: ListKey, reading: Reading) -> Iterator[Claim]:
    """How many entries of the list have the same owner."""
    mornings = desk.mornings(key)
    item = desk.about(reading.item)
    owner = reading.item.external_id.partition("/")[0]
    if mornings is None or item is None or "/" not in reading.item.external_id:
        return
    same = owners(mornings.today.readings).get(owner, ())
    name = desk.cite.part_of_id(item, owner)
    if len(same) < 2 or name is None:
        return
    words = desk.words(key)
    count = desk.figures.listed("pattern_count", mornings.today, words.things, rounding.count, pattern=owner, field="owner")
    if count is None or count.value != len(same):
        return
    size = desk.figures.size(mornings.today, words.things)
    yield desk.phrases.say("who.owner", slots(owner=name, count=count, size=size, list=words.full, things=words.things))


def _count(value: float) -> str:
    return rounding.count(value)


def _elsewhere(desk: Desk, item: Item) -> Iterator[Claim]:
    """The same subject on other sites; for a model also the stories that name its family."""
    found = False
    for other in desk.subject(item.key).items:
        if other == item.key or other.source is item.key.source:
            continue
        claim = _told(desk, other)
        if claim is not None:
            found = True
            yield claim
    if found or item.key.kind not in {Kind.MODEL, Kind.DATASET, Kind.SPACE, Kind.REPOSITORY}:
        return
    yield from _told_elsewhere(desk, _stem_of(desk, item))


def _stem_of(desk: Desk, item: Item) -> str:
    mornings = desk.mornings(MODELS)
    for family in families(mornings.today) if mornings else ():
        if any(reading.item == item.key for reading in family.readings):
            return family.stem
    return item.key.external_id.rpartition("/")[2]


def _told(desk: Desk, other: ItemKey) -> Claim | None:
    """Where another site lists the same subject."""
    for key, reading in listed_today(desk, other):
        filled = slots(
            name=desk.cite.name(other),
            list=desk.words(key).full,
            points=desk.figures.value(reading, Metric.POINTS),
            comments=desk.figures.value(reading, Metric.COMMENTS),
            upvotes=desk.figures.value(reading, Metric.UPVOTES),
            stars=desk.figures.value(reading, Metric.STARS),
            publisher=desk.cite.publisher(desk.record.about(other)) if desk.record.about(other) else None,
        )
        for form in ("points", "upvotes", "stars"):
            if form in filled:
                return desk.phrases.say(f"elsewhere.{form}", filled)
        if other.kind is Kind.POST and "publisher" in filled:
            return desk.phrases.say("elsewhere.post", filled)
    return None


def _told_elsewhere(desk: Desk, stem: str) -> Iterator[Claim]:
    """The stories and projects whose own words name the stem; where none does, that Hacker News is silent."""
    found = mentions(desk, stem)
    for mention in found:
        yield _mention(desk, mention)
    if not any(mention.key == FRONT_PAGE for mention in found):
        mornings = desk.mornings(FRONT_PAGE)
        if mornings is not None and mornings.today.complete:
            yield from _silence(desk, stem, mornings)


def _silence(desk: Desk, stem: str, mornings: Mornings) -> Iterator[Claim]:
    """That no title of Hacker News has the name: counted over all of them."""
    titles = desk.figures.titles_with(stem, mornings.today, _none)
    if titles is not None and titles.value == 0:
        size = desk.figures.size(mornings.today, "titles")
        yield desk.phrases.say(
            "elsewhere.silent", slots(size=size, titles=titles, date=desk.figures.date(mornings.today))
        )


def _none(value: float) -> str:
    return "none" if value == 0 else rounding.whole(value)


def _mention(desk: Desk, mention: Mention) -> Claim:
    filled = slots(
        name=desk.cite.name(mention.reading.item),
        points=desk.figures.value(mention.reading, Metric.POINTS),
        comments=desk.figures.value(mention.reading, Metric.COMMENTS),
        upvotes=desk.figures.value(mention.reading, Metric.UPVOTES),
        stars=desk.figures.value(mention.reading, Metric.STARS),
        list=desk.words(mention.key).full,
        word=mention.word,
    )
    form = next((form for form in ("points", "upvotes", "stars") if form in filled), "plain")
    return desk.phrases.say(f"named.{form}", filled, also=(mention.evidence,))


def _leader(desk: Desk, mornings: Mornings, first: Reading, readings: Sequence[Reading]) -> Iterator[Claim]:
    """The family's member that stands highest, and the one with most downloads where it is another."""
    yield desk.phrases.say(
        "family.leader",
        slots(
            name=desk.cite.name(first.item),
            rank=desk.figures.rank(first),
            likes=desk.figures.value(first, Metric.LIKES),
            list=desk.words(MODELS).full,
        ),
    )
    shown = [reading for reading in readings if reading.metrics.get(Metric.DOWNLOADS) and desk.about(reading.item)]
    largest = max(shown, key=lambda reading: reading.metrics[Metric.DOWNLOADS], default=None)
    if largest is None or largest.item == first.item:
        return
    filled = slots(
        name=desk.cite.name(largest.item),
        rank=desk.figures.rank(largest),
        downloads=desk.figures.value(largest, Metric.DOWNLOADS),
        less=desk.figures.value(first, Metric.DOWNLOADS),
        short=desk.cite.name(first.item, short=True, linked=False),
    )
    if {"downloads", "less"} <= filled.keys():
        yield desk.phrases.say("family.downloads", filled)


def _downloads_of_name(
    desk: Desk, mornings: Mornings, insight: Insight, readings: Sequence[Reading]
) -> Iterator[Claim]:
    """Which share of the list's downloads falls to the name, and the week of its leader."""
    family = insight.slots.get("family")
    if family is not None:
        share = desk.figures.listed(
            "share_of_sum", mornings.today, "%", rounding.percent, metric="downloads", pattern=insight.theme
        )
        if share is not None:
            yield desk.phrases.say("family.share", slots(family=family, share=share, list=desk.words(MODELS).full))
    yield from _week(desk, mornings, readings[0])


def _publishers(desk: Desk, insight: Insight) -> Iterator[Claim]:
    if "publishers" in insight.slots and "family" in insight.slots:
        yield desk.phrases.say("family.publishers", insight.slots)
