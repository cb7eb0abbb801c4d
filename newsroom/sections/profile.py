"""What can be said of one item: where it stands, since when and against what, and who is behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.claims import Claim, Figure, Name, Quote, Words
from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.echo import listed_today
from newsroom.insights.gains import LEAST_GAINS
from newsroom.insights.insight import Insight, slots
from newsroom.insights.insight import Kind as InsightKind
from newsroom.insights.names import owners
from newsroom.quoting import is_in_our_letters, quotable
from newsroom.record import ListKey, Mornings, Pair
from newsroom.sections import story_profile
from newsroom.sections.elsewhere import told_elsewhere
from newsroom.sections.page import Page, first_form, places_in_a_row

#: The totals that are set against a week ago, a main one with its companion if it has one.
TOTALS = ((Metric.LIKES, Metric.DOWNLOADS), (Metric.STARS,), (Metric.POINTS, Metric.COMMENTS), (Metric.UPVOTES,))

#: The figure by which the things of a list are set against its middle.
COMPARED = (Metric.STARS_TODAY, Metric.STARS_WEEK, Metric.UPVOTES)
FEWEST_PEERS = 5

#: Kinds of insight that tell of a total themselves, and since when something is listed.
_OF_TOTALS = frozenset({InsightKind.GAIN, InsightKind.GROWTH})
_OF_TIME = frozenset({InsightKind.NEW, InsightKind.STAY, InsightKind.BACK})

#: A size that an id gives: 27B, 1.5B, 350M.
_SIZE = re.compile(r"(?<![A-Za-z0-9.])\d{1,4}(?:\.\d{1,2})?[BM](?![A-Za-z0-9])")

#: What opens somebody's words, and what ends a sentence.
_QUOTED = "\"'“‘«"
_ENDS = ".!?…"

_LIMITS = {
    Kind.MODEL: "model",
    Kind.DATASET: "model",
    Kind.SPACE: "model",
    Kind.REPOSITORY: "repository",
    Kind.PAPER: "paper",
    Kind.STORY: "story",
    Kind.POST: "story",
}


def of_item(desk: Desk, key: ItemKey, told: Sequence[Insight]) -> Page | None:
    """The page of one item; ``told`` is what is told already."""
    item = desk.about(key)
    if item is None:
        return None
    origin = told[0].origin if told else None
    places = sorted(listed_today(desk, key), key=lambda place: place[0] != origin)
    if item.key.kind in {Kind.STORY, Kind.POST}:
        standing = tuple(story_profile.standing(desk, places))
        beside = [claim for key, reading in places[:1] for claim in story_profile.runner_up(desk, key, reading)]
        background = (*story_profile.others(desk, item), *beside)
    else:
        standing = (*_rows(desk, places), *_standing(desk, places, told))
        background = (*_of_paper(desk, places), *_background(desk, places, told))
    return Page(
        limits=_LIMITS[item.key.kind],
        under=tuple(_under(desk, places)),
        standing=standing,
        background=background,
        who=tuple(_who(desk, item, places)),
        elsewhere=tuple(told_elsewhere(desk, item)),
    )


def _under(desk: Desk, places: Sequence[tuple[ListKey, Reading]]) -> Iterator[Claim]:
    """What may stand under the headline: its totals since a week or a day before, else as they are."""
    for key, reading in places:
        mornings = desk.mornings(key)
        if mornings is None:
            continue
        yield from totals(desk, mornings, reading, form="under")
        filled = slots(
            likes=desk.figures.value(reading, Metric.LIKES),
            downloads=desk.figures.value(reading, Metric.DOWNLOADS) if reading.metrics.get(Metric.DOWNLOADS) else None,
            stars=desk.figures.value(reading, Metric.STARS),
            today=desk.figures.value(reading, Metric.STARS_TODAY),
            points=desk.figures.value(reading, Metric.POINTS),
            comments=desk.figures.value(reading, Metric.COMMENTS),
            upvotes=desk.figures.value(reading, Metric.UPVOTES),
            date=desk.figures.date(reading),
            list=desk.list_name(key),
        )
        forms = (("likes", "downloads"), ("stars", "today"), ("points", "comments"), ("upvotes",), ("likes",))
        form = first_form(filled, forms)
        if form is not None:
            yield from desk.phrases.maybe(f"under.{form}", filled)


def _rows(desk: Desk, places: Sequence[tuple[ListKey, Reading]]) -> Iterator[Claim]:
    """Its places day by day on the first ranking that it moved on."""
    for key, reading in places:
        mornings = desk.mornings(key)
        row = tuple(places_in_a_row(desk, key, mornings, reading)) if mornings and reading.rank else ()
        if row:
            yield from row
            return


def _standing(desk: Desk, places: Sequence[tuple[ListKey, Reading]], told: Sequence[Insight]) -> Iterator[Claim]:
    """Where it stands on a list that nothing was told of; what it drew against the middle of its list."""
    origins = {insight.origin for insight in told}
    for key, reading in places:
        if key in origins:
            continue
        filled = slots(
            short=desk.short(reading.item),
            list=desk.list_name(key),
            rank=desk.figures.rank(reading),
            likes=desk.figures.value(reading, Metric.LIKES),
            stars=desk.figures.value(reading, Metric.STARS),
            week=desk.figures.value(reading, Metric.STARS_WEEK),
        )
        form = first_form(filled, (("week",), ("rank", "stars"), ("rank", "likes")))
        if form is not None:
            yield from desk.phrases.maybe(f"standing.{form}", filled)
            break
    yield from _against_the_middle(desk, places)


def _of_paper(desk: Desk, places: Sequence[tuple[ListKey, Reading]]) -> Iterator[Claim]:
    """A paper's place by upvotes, the stars of its code, and for how long it has been listed."""
    for key, reading in places:
        mornings = desk.mornings(key)
        if mornings is None or Metric.UPVOTES not in reading.metrics:
            continue
        filled = slots(
            rank=desk.figures.metric_rank(reading, Metric.UPVOTES, mornings.today),
            count=desk.figures.size(mornings.today, "papers"),
            stars=desk.figures.value(reading, Metric.GITHUB_STARS),
            days=_days_on(desk, mornings, reading),
        )
        for form in ("rank", "code", "days"):
            yield from desk.phrases.maybe(f"paper_page.{form}", filled)
        return


def _days_on(desk: Desk, mornings: Mornings, reading: Reading) -> Figure | None:
    """On how many days it was listed, where that is more than one."""
    lists = [listing for listing in mornings.read if listing.complete]
    days = desk.figures.days_listed(reading, lists) if len(lists) > 1 else None
    return days if days is not None and days.value > 1 else None


def _against_the_middle(desk: Desk, places: Sequence[tuple[ListKey, Reading]]) -> Iterator[Claim]:
    """What it drew and what the median thing about AI on its list drew; its place by downloads."""
    for key, reading in places:
        mornings = desk.mornings(key)
        if mornings is None:
            continue
        words = desk.words(key)
        for metric in COMPARED:
            peers = [each for each in desk.ours(mornings.today) if metric in each.metrics]
            if metric not in reading.metrics or len(peers) < FEWEST_PEERS:
                continue
            shown = desk.cite.readings(peers, metric)
            unit = "stars" if metric in {Metric.STARS_TODAY, Metric.STARS_WEEK} else metric.value
            filled = slots(
                median=desk.figures.make("median(all)", {"all": shown}, unit, form=rounding.fraction),
                value=desk.figures.value(reading, metric),
                count=desk.figures.counted(peers, words.things),
                list=desk.list_name(key),
                thing=words.thing,
                things=words.things,
            )
            yield from desk.phrases.maybe(f"middle.{metric}", filled)
            return
        if Metric.LIKES in reading.metrics:
            yield from _by_likes_or_downloads(desk, key, mornings, reading)
            return


def _by_likes_or_downloads(desk: Desk, key: ListKey, mornings: Mornings, reading: Reading) -> Iterator[Claim]:
    """Its place by downloads; by likes where none are counted yet."""
    counted = Metric.DOWNLOADS if reading.metrics.get(Metric.DOWNLOADS) else Metric.LIKES
    words = desk.words(key)
    filled = slots(
        rank=desk.figures.metric_rank(reading, counted, mornings.today),
        downloads=desk.figures.value(reading, Metric.DOWNLOADS),
        size=desk.figures.size(mornings.today, words.things),
        things=words.things,
    )
    yield from desk.phrases.maybe("middle.downloads" if counted is Metric.DOWNLOADS else "model_page.likes", filled)


def _background(desk: Desk, places: Sequence[tuple[ListKey, Reading]], told: Sequence[Insight]) -> Iterator[Claim]:
    """For how long it has been listed, and its totals against a week or a day before."""
    for key, reading in places:
        mornings = desk.mornings(key)
        if mornings is None or not reading.metrics:
            continue
        if reading.rank is not None and all(insight.kind not in _OF_TIME for insight in told):
            yield from _days(desk, key, mornings, reading)
        yield from totals(desk, mornings, reading, without=_told_metrics(told))
        return


def _told_metrics(told: Sequence[Insight]) -> frozenset[str]:
    """The totals that were told of."""
    return frozenset().union(*(_words_of(insight) for insight in told if insight.kind in _OF_TOTALS))


def _words_of(insight: Insight) -> frozenset[str]:
    """The words of ours that fill its slots: the list, the unit."""
    return frozenset(run.text for fragment in insight.slots.values() for run in fragment if isinstance(run, Words))


def _days(desk: Desk, key: ListKey, mornings: Mornings, reading: Reading) -> Iterator[Claim]:
    filled = slots(short=desk.short(reading.item), days=_days_on(desk, mornings, reading), list=desk.list_name(key))
    yield from desk.phrases.maybe("background.days", filled)


def totals(
    desk: Desk,
    mornings: Mornings,
    reading: Reading,
    without: frozenset[str] = frozenset(),
    form: str = "background",
) -> Iterator[Claim]:
    """Its totals against the reading of a week ago, else of yesterday."""
    for days in (7, 1):
        both = mornings.against(days)
        pair = both.pair(reading.item) if both else None
        if pair is not None:
            yield from _grown(desk, pair, without, form)
            return


def _has_grown(pair: Pair, metric: Metric) -> bool:
    """Whether it grew from a value that was counted: a figure that begins at nought has not been counted before."""
    return (pair.change(metric) or 0) >= LEAST_GAINS.get(metric, 1) and pair.before.metrics[metric] > 0


def _grown(desk: Desk, pair: Pair, without: frozenset[str], form: str) -> Iterator[Claim]:
    for together in TOTALS:
        grown = [metric for metric in together if _has_grown(pair, metric) and metric not in without]
        if not grown:
            continue
        first, second = grown[0], (grown[1] if len(grown) > 1 else None)
        filled = slots(
            short=desk.short(pair.after.item),
            since=desk.figures.date(pair.before),
            before=desk.figures.value(pair.before, first),
            after=desk.figures.value(pair.after, first),
            unit=first.value,
            other_before=desk.figures.value(pair.before, second) if second else None,
            other_after=desk.figures.value(pair.after, second) if second else None,
            other=second.value if second else None,
        )
        yield from desk.phrases.maybe(f"{form}.both" if second else f"{form}.one", filled)
        return


def _who(desk: Desk, item: Item, places: Sequence[tuple[ListKey, Reading]]) -> Iterator[Claim]:
    """What it says of itself, what it is by its tags and its name, and what else its owner has on the list."""
    if item.key.kind is Kind.STORY:
        yield from story_profile.site(desk, item)
    yield from _own_words(desk, item)
    yield from _tags(desk, item)
    for key, reading in places:
        if key.source is Source.HUGGINGFACE and item.key.kind is not Kind.PAPER:
            yield from _owner(desk, key, reading)
            return


def _own_words(desk: Desk, item: Item) -> Iterator[Claim]:
    """A quotation from the item's summary, else from that of another item on the same subject."""
    for each in (item, *(other for key in desk.subject(item.key).items if (other := desk.about(key)) is not None)):
        words = quotable(each.summary)
        quote = desk.cite.quote(each, "summary", words) if words and tells_something(each, words) else None
        if quote is None:
            continue
        publisher = linked_publisher(desk, each) if each.key != item.key or each.key.kind is Kind.POST else None
        form = "publisher" if publisher else "abstract" if item.key.kind is Kind.PAPER else "quote"
        yield from desk.phrases.maybe(f"who.{form}", slots(quote=quote, publisher=publisher))
        if each.key.kind in {Kind.POST, Kind.PAPER}:
            yield from _further(desk, each, quote)
        return


def linked_publisher(desk: Desk, item: Item) -> Name | None:
    """Who publishes the item, linked to it: what is quoted can be read."""
    publisher = desk.cite.publisher(item)
    return replace(publisher, url=item.url) if publisher and item.url.startswith("https://") else publisher


def _further(desk: Desk, item: Item, quote: Quote) -> Iterator[Claim]:
    """What its text says next."""
    rest = item.summary[item.summary.find(quote.text) + len(quote.text) :]
    words = quotable(rest)
    further = desk.cite.quote(item, "summary", words) if words and tells_something(item, words) else None
    yield from desk.phrases.maybe("who.further", slots(quote=further))


def tells_something(item: Item, words: str) -> bool:
    """Whether words may be quoted: in our letters; of a post or a paper a whole sentence, nobody else's, no caption."""
    if item.key.kind in {Kind.POST, Kind.PAPER} and (words[0] in _QUOTED or words[-1] not in _ENDS):
        return False
    return is_in_our_letters(words)


def _tags(desk: Desk, item: Item) -> Iterator[Claim]:
    """Its task or language, its licence, and the size that its name gives."""
    sized = _SIZE.search(item.key.external_id) if item.key.kind is Kind.MODEL else None
    filled = slots(
        short=desk.short(item.key),
        task=desk.cite.tag(item, "task"),
        language=desk.cite.tag(item, "language") if item.key.kind is Kind.REPOSITORY else None,
        licence=desk.cite.tag(item, "license"),
        sized=desk.cite.part_of_id(item, sized.group()) if sized else None,
    )
    forms = (("task", "licence"), ("task", "sized"), ("task",), ("language", "licence"), ("language",), ("sized",))
    form = first_form(filled, forms)
    if form is not None:
        yield from desk.phrases.maybe(f"who.{form}", filled)


def _owner(desk: Desk, key: ListKey, reading: Reading) -> Iterator[Claim]:
    """How many entries of the list have the same owner."""
    mornings = desk.mornings(key)
    item = desk.about(reading.item)
    owner, slash, _ = reading.item.external_id.partition("/")
    if mornings is None or item is None or not slash:
        return
    same = owners(mornings.today.readings).get(owner, ())
    words = desk.words(key)
    count = desk.figures.listed(
        "pattern_count", mornings.today, words.things, rounding.count, pattern=owner, field="owner"
    )
    if len(same) < 2 or count is None or count.value != len(same):
        return
    filled = slots(
        owner=desk.cite.part_of_id(item, owner),
        count=count,
        size=desk.figures.size(mornings.today, words.things),
        list=desk.list_name(key),
        things=words.things,
    )
    yield from desk.phrases.maybe("who.owner", filled)
