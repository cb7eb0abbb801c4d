"""Insights on what the lists we hold have not shown before: an item against its own readings, a list against all.

Records are drawn from a few figures only: a record of how many things a page happened to hold would be one of the
collector (WRITING §2.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from domain.items import ItemKey, Source
from domain.readings import Lists, Metric, Reading
from newsroom.citations import RANK
from newsroom.desk import Desk
from newsroom.figures import UNITS
from newsroom.formulas.histories import A_DAY
from newsroom.formulas.records import MIN_LISTS, MIN_READINGS
from newsroom.insights.gains import LEAST_GAINS, gainers
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.insights.ranks import prominence
from newsroom.lookback import held
from newsroom.record import Listing, ListKey, Mornings

#: What an item is held against its own readings by: figures that fall as well as rise.
OWN = (
    (ListKey(Source.HUGGINGFACE, Lists.MODELS), Metric.SCORE),
    (ListKey(Source.HUGGINGFACE, Lists.MODELS), Metric.DOWNLOADS),
    (ListKey(Source.GITHUB, Lists.GITHUB_DAILY), Metric.STARS_TODAY),
    (ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY), Metric.STARS_WEEK),
)

#: Of these a low is told as well; a site's own count of a day is low on most days.
FALLING = frozenset({Metric.SCORE, Metric.DOWNLOADS})

#: Of what a day's largest is held against the largest of all days.
RECORDS = (
    (ListKey(Source.GITHUB, Lists.GITHUB_DAILY), Metric.STARS_TODAY),
    (ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS), Metric.UPVOTES),
    (ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE), Metric.POINTS),
    (ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE), Metric.COMMENTS),
)

#: Of what the largest gain of a day is held against those of all days.
RECORD_GAINS = (
    (ListKey(Source.HUGGINGFACE, Lists.MODELS), Metric.LIKES),
    (ListKey(Source.HUGGINGFACE, Lists.SPACES), Metric.LIKES),
    (ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY), Metric.STARS),
)

#: Of a list so many histories of a sort are told, from its first place on.
MOST_OF_A_LIST = 3

#: The lists on whose places items are held against themselves.
PLACES = (ListKey(Source.HUGGINGFACE, Lists.MODELS), ListKey(Source.HUGGINGFACE, Lists.SPACES))

#: A metric of an item on each list that shows it, newest first.
Series = Mapping[ItemKey, Sequence[int]]


def history_insights(desk: Desk) -> Iterator[Insight]:
    """All insights on what was not shown before."""
    for key, metric in OWN:
        yield from _own(desk, key, metric)
    for key in PLACES:
        yield from _best_places(desk, key)
    for key, metric in RECORDS:
        yield from _records(desk, key, metric)
    for key, metric in RECORD_GAINS:
        yield from _gains(desk, key, metric)


def _whole(desk: Desk, key: ListKey) -> tuple[Mornings, tuple[Listing, ...]] | None:
    """The list with all that we hold of it, newest first, if today's was read whole."""
    mornings = desk.mornings(key)
    if mornings is None or not mornings.today.complete:
        return None
    return mornings, held(mornings)


def _series(lists: Sequence[Listing], metric: Metric | str) -> Series:
    """What each item showed, read once over all lists."""
    found: defaultdict[ItemKey, list[int]] = defaultdict(list)
    for listing in lists:
        for item, reading in listing.by_item.items():
            value = reading.rank if metric == RANK else reading.metrics.get(Metric(metric))
            if value is not None:
                found[item].append(value)
    return found


def _own(desk: Desk, key: ListKey, metric: Metric) -> Iterator[Insight]:
    """The first items that show more than in any of their own earlier readings, and the first that show less."""
    whole = _whole(desk, key)
    if whole is None:
        return
    mornings, lists = whole
    series = _series(lists, metric)
    shown = [reading for reading in desk.ours(mornings.today) if metric in reading.metrics]
    for high in (True, False) if metric in FALLING else (True,):
        extreme = [reading for reading in shown if _beats(series[reading.item], high=high)]
        for reading in extreme[:MOST_OF_A_LIST]:
            yield from _own_insight(desk, key, metric, reading, lists[1:], high=high)


def _beats(shown: Sequence[int], *, high: bool) -> bool:
    """Whether the newest of enough readings is above, or below, all before it."""
    now, *before = shown or (0,)
    return len(before) >= MIN_READINGS and (now > max(before) if high else now < min(before))


def _own_insight(
    desk: Desk, key: ListKey, metric: Metric, reading: Reading, earlier: Sequence[Listing], *, high: bool
) -> Iterator[Insight]:
    name = "own_readings_below" if high else "own_readings_above"
    times = desk.figures.of_item_over(name, reading, earlier, "lists", metric=metric)
    if times is None:
        return
    yield Insight(
        Kind.OWN,
        key,
        (reading.item,),
        slots(
            **desk.naming(reading.item),
            total=desk.figures.value(reading, metric),
            unit=UNITS.get(metric) or metric.value,
            times=times,
            rank=desk.figures.rank(reading),
            list=desk.list_name(key),
        ),
        variant=_variant(metric, high=high),
        facet=f"{metric}:{'high' if high else 'low'}",
        surprise=min(0.3 + times.value / 100, 0.7),
        magnitude=prominence(reading.rank),
    )


def _variant(metric: Metric, *, high: bool) -> str:
    """A score and a site's own count are said in words of their own."""
    sort = {Metric.SCORE: "score_", Metric.STARS_TODAY: "day_", Metric.STARS_WEEK: "week_"}.get(metric, "")
    return f"{sort}{'high' if high else 'low'}"


def _best_places(desk: Desk, key: ListKey) -> Iterator[Insight]:
    """Items at a better place than in any of their own earlier readings."""
    whole = _whole(desk, key)
    if whole is None:
        return
    mornings, lists = whole
    series = _series(lists, RANK)
    better = [reading for reading in desk.ours(mornings.today) if _beats(series[reading.item], high=False)]
    for reading in better[:MOST_OF_A_LIST]:
        times = desk.figures.of_item_over("own_readings_above", reading, lists[1:], "lists", metric=RANK)
        if times is not None:
            yield Insight(
                Kind.OWN,
                key,
                (reading.item,),
                slots(
                    **desk.naming(reading.item),
                    rank=desk.figures.rank(reading),
                    times=times,
                    list=desk.list_name(key),
                ),
                variant="place",
                facet="place",
                surprise=min(0.35 + times.value / 80, 0.7),
                magnitude=prominence(reading.rank),
            )


def _records(desk: Desk, key: ListKey, metric: Metric) -> Iterator[Insight]:
    """The day's largest, if no list that we hold shows as much."""
    whole = _whole(desk, key)
    if whole is None or len(whole[1]) <= MIN_LISTS:
        return
    mornings, lists = whole
    earlier = lists[1:]
    ceiling = max((each.metrics.get(metric, 0) for listing in earlier for each in listing), default=0)
    shown = [each for each in desk.ours(mornings.today) if each.metrics.get(metric, 0) > ceiling]
    largest = max(shown, key=lambda each: (each.metrics[metric], each.item), default=None)
    times = desk.figures.of_item_over("readings_below", largest, earlier, "lists", metric=metric) if largest else None
    if largest is None or times is None:
        return
    gap = desk.figures.gap(lists)
    if gap is not None and metric is Metric.STARS_TODAY:
        return  # a day that we did not read may have been larger
    yield Insight(
        Kind.RECORD,
        key,
        (largest.item,),
        slots(
            **desk.naming(largest.item),
            total=desk.figures.value(largest, metric),
            unit=UNITS[metric],
            lists=times,
            gap=gap,
            first=desk.figures.date(earlier[-1]),
            list=desk.list_name(key),
        ),
        variant=f"{'day' if metric is Metric.STARS_TODAY else ''}{'_gap' if gap is not None else ''}".strip("_"),
        facet=metric.value,
        surprise=1.0,
        magnitude=1.0,
    )


def _largest_gains(lists: Sequence[Listing], metric: Metric) -> tuple[int, Mapping[ItemKey, int]]:
    """The largest gain of a day before the last, over all items and of each, from one pass over the lists."""
    own: dict[ItemKey, int] = {}
    for after, before in pairwise(lists[1:]):
        if not A_DAY[0] <= after.at - before.at <= A_DAY[1]:
            continue
        for item, reading in after.by_item.items():
            earlier = before.by_item.get(item)
            if earlier is not None and metric in reading.metrics and metric in earlier.metrics:
                gained = reading.metrics[metric] - earlier.metrics[metric]
                own[item] = max(gained, own.get(item, gained))
    return max(own.values(), default=0), own


def _gains(desk: Desk, key: ListKey, metric: Metric) -> Iterator[Insight]:
    """The largest gain of the day, if it is the largest of all days that we hold, or of the item's own."""
    whole = _whole(desk, key)
    both = whole[0].against(1) if whole is not None else None
    if whole is None or both is None:
        return
    largest, own = _largest_gains(whole[1], metric)
    for pair in gainers(desk, both, metric)[:3]:
        gained = pair.change(metric) or 0
        if gained < LEAST_GAINS[metric]:
            return
        for name, variant, before in (
            ("days_below", "all", largest),
            ("own_days_below", "own", own.get(pair.after.item, gained)),
        ):
            if gained <= before:
                continue
            times = desk.figures.of_item_over(name, pair.after, whole[1], "days", metric=metric)
            if times is None:
                continue
            yield Insight(
                Kind.RECORD if variant == "all" else Kind.OWN,
                key,
                (pair.after.item,),
                slots(
                    **desk.naming(pair.after.item),
                    gain=desk.figures.gain(pair, metric),
                    unit=UNITS[metric],
                    times=times,
                    since=desk.figures.date(both.before),
                    list=desk.list_name(key),
                    thing=desk.words(key).thing,
                ),
                variant="gain",
                facet=f"{metric}:gain",
                surprise=0.9 if variant == "all" else 0.5,
                magnitude=0.9 if variant == "all" else prominence(pair.after.rank),
            )
            break
