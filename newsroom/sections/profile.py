"""What can be said of one item beyond today's news: where it stands, for how long, since when, and who is behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.claims import Claim, Words
from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.echo import listed_today
from newsroom.insights.gains import LEAST_GAINS
from newsroom.insights.insight import Insight, slots
from newsroom.insights.insight import Kind as InsightKind
from newsroom.insights.names import owners
from newsroom.quoting import quotable
from newsroom.record import ListKey, Mornings, Pair
from newsroom.sections.elsewhere import told_elsewhere

#: The totals that are set against a week ago, a main one with its companion if it has one.
TOTALS = ((Metric.LIKES, Metric.DOWNLOADS), (Metric.STARS,), (Metric.POINTS, Metric.COMMENTS), (Metric.UPVOTES,))

#: Fewer stories have no middle worth telling.
FEWEST_STORIES = 5

#: Kinds of insight that tell of a total themselves.
_OF_TOTALS = frozenset({InsightKind.GAIN, InsightKind.GROWTH})

#: Kinds of insight that tell since when something is listed.
_OF_TIME = frozenset({InsightKind.NEW, InsightKind.STAY, InsightKind.BACK})


@dataclass(frozen=True, slots=True)
class Page:
    """The sentences on a subject, by what they are for; each part is a paragraph."""

    standing: tuple[Claim, ...] = ()
    background: tuple[Claim, ...] = ()
    who: tuple[Claim, ...] = ()
    elsewhere: tuple[Claim, ...] = ()


def of_item(desk: Desk, key: ItemKey, told: Sequence[Insight]) -> Page | None:
    """The page of one item; ``told`` is what is told already."""
    item = desk.about(key)
    if item is None:
        return None
    places = listed_today(desk, key)
    return Page(
        standing=(*_standing(desk, places, told), *_among_stories(desk, places)),
        background=tuple(_background(desk, places, told)),
        who=tuple(_who(desk, item, places)),
        elsewhere=tuple(told_elsewhere(desk, item)),
    )


def _standing(desk: Desk, places: Sequence[tuple[ListKey, Reading]], told: Sequence[Insight]) -> Iterator[Claim]:
    """Where it stands on a list that nothing was told of."""
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
        form = _first_form(filled, ("week", "stars"), ("rank", "stars"), ("rank", "likes"))
        if form is not None:
            yield from desk.phrases.maybe(f"standing.{form}", filled)
            return


def _among_stories(desk: Desk, places: Sequence[tuple[ListKey, Reading]]) -> Iterator[Claim]:
    """A story's place by points, and the middle of the stories about AI on its list."""
    for key, reading in places:
        mornings = desk.mornings(key)
        if mornings is None or Metric.POINTS not in reading.metrics:
            continue
        ours = [each for each in desk.ours(mornings.today) if Metric.POINTS in each.metrics]
        filled = slots(
            rank=desk.figures.metric_rank(reading, Metric.POINTS, mornings.today),
            size=desk.figures.size(mornings.today, "stories"),
            date=desk.figures.date(mornings.today),
            list=desk.list_name(key),
        )
        if "rank" in filled:
            yield from desk.phrases.maybe("among.rank", filled)
        points = desk.cite.readings(ours, Metric.POINTS)
        filled = slots(
            count=desk.figures.counted(ours, "stories"),
            median=desk.figures.make("median(all)", {"all": points}, "points", form=rounding.fraction),
        )
        if len(ours) >= FEWEST_STORIES:
            yield from desk.phrases.maybe("among.median", filled)
        return


def _first_form(filled: dict[str, object] | object, *forms: tuple[str, str]) -> str | None:
    """The first form whose two slots have something to say: ``week_stars``."""
    if not isinstance(filled, dict):
        return None
    return next((f"{one}_{other}" for one, other in forms if one in filled and other in filled), None)


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
    lists = [listing for listing in mornings.read if listing.complete]
    days = desk.figures.days_listed(reading, lists) if len(lists) > 1 else None
    if days is not None and days.value >= 2:
        short = desk.short(reading.item)
        yield from desk.phrases.maybe("background.days", slots(short=short, days=days, list=desk.list_name(key)))


def totals(desk: Desk, mornings: Mornings, reading: Reading, without: frozenset[str] = frozenset()) -> Iterator[Claim]:
    """Its totals against the reading of a week ago, else of yesterday."""
    for days in (7, 1):
        both = mornings.against(days)
        pair = both.pair(reading.item) if both else None
        if pair is not None:
            yield from _grown(desk, pair, without)
            return


def _has_grown(pair: Pair, metric: Metric) -> bool:
    """Whether it grew from a value that was counted: a figure that begins at nought has not been counted before."""
    return (pair.change(metric) or 0) >= LEAST_GAINS.get(metric, 1) and pair.before.metrics[metric] > 0


def _grown(desk: Desk, pair: Pair, without: frozenset[str]) -> Iterator[Claim]:
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
        yield from desk.phrases.maybe("background.both" if second else "background.one", filled)
        return


def _who(desk: Desk, item: Item, places: Sequence[tuple[ListKey, Reading]]) -> Iterator[Claim]:
    """What it says of itself, what it is by its tags, and what else its owner has on the list."""
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
        quote = desk.cite.quote(each, "summary", words) if words else None
        if quote is None:
            continue
        publisher = desk.cite.publisher(each) if each.key != item.key else None
        form = "who.publisher" if publisher else "who.quote"
        yield from desk.phrases.maybe(form, slots(quote=quote, publisher=publisher))
        return


def _tags(desk: Desk, item: Item) -> Iterator[Claim]:
    short = desk.short(item.key)
    for name in ("task", "language"):
        tag = desk.cite.tag(item, name)
        if tag is None:
            continue
        licence = desk.cite.tag(item, "license")
        yield from desk.phrases.maybe(
            f"who.{name}_licence" if licence else f"who.{name}", slots(short=short, tag=tag, licence=licence)
        )
        return


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
