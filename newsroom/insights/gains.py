"""Insights on totals that grew between two of our readings, on marks passed, and on a site's own count of its day."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from domain.items import Source
from domain.readings import Lists, Metric
from newsroom.desk import Desk
from newsroom.figures import UNITS
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.insights.ranks import prominence
from newsroom.record import Comparison, ListKey, Pair

#: Which totals of which lists are followed.
FOLLOWED = (
    (ListKey(Source.HUGGINGFACE, Lists.MODELS), Metric.LIKES),
    (ListKey(Source.HUGGINGFACE, Lists.DATASETS), Metric.LIKES),
    (ListKey(Source.HUGGINGFACE, Lists.SPACES), Metric.LIKES),
    (ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS), Metric.UPVOTES),
    (ListKey(Source.GITHUB, Lists.GITHUB_DAILY), Metric.STARS),
    (ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY), Metric.STARS),
    (ListKey(Source.GITHUB, Lists.GITHUB_YOUNG), Metric.STARS),
)

#: Where growth in per cent is spoken of. Downloads are of 30 days and late, so only of models read twice.
GROWING = (
    (ListKey(Source.HUGGINGFACE, Lists.MODELS), Metric.DOWNLOADS),
    (ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY), Metric.STARS),
    (ListKey(Source.GITHUB, Lists.GITHUB_YOUNG), Metric.STARS),
)

#: Smaller gains are no movement worth a sentence.
LEAST_GAINS = {Metric.STARS: 20, Metric.LIKES: 10, Metric.UPVOTES: 3, Metric.POINTS: 10, Metric.COMMENTS: 10}

#: Between so many times the list's median gain the multiple is told; beyond, the median is next to nothing.
FEWEST_TIMES, MOST_TIMES = 3, 100

#: A gain of a day that is large for its metric; a week's is about its square root of seven times as large.
LARGE_GAINS = {Metric.LIKES: 300, Metric.UPVOTES: 60, Metric.STARS: 2_000}

#: Less growth, in per cent, is no news.
NEWSWORTHY_GROWTH = 10.0

#: The marks worth a line when a total passes them.
MARKS = tuple(step * 10**power for power in range(3, 9) for step in (1, 5))


def gain_insights(desk: Desk) -> Iterator[Insight]:
    """All insights on gains, growth and marks."""
    for key, metric in FOLLOWED:
        for both in _comparisons(desk, key):
            yield from _gains(desk, key, metric, both)
            if both.days == desk.days:
                yield from _marks(desk, key, metric, both)
    for key, metric in GROWING:
        for both in _comparisons(desk, key):
            yield from _growth(desk, key, metric, both)
    yield from _site_count(desk)
    yield from _largest_total(desk)


def gainers(desk: Desk, both: Comparison, metric: Metric) -> list[Pair]:
    """The pairs of our items that show the metric twice, largest gain first."""
    pairs = [pair for pair in both.pairs() if pair.change(metric) is not None and desk.about(pair.after.item)]
    return sorted(pairs, key=lambda pair: (-(pair.change(metric) or 0), pair.after.item))


def growers(desk: Desk, both: Comparison, metric: Metric) -> list[Pair]:
    """The pairs of which growth in per cent may be spoken, largest first."""
    pairs = [pair for pair in gainers(desk, both, metric) if desk.figures.growth(pair, metric) is not None]
    return sorted(pairs, key=lambda pair: -((pair.change(metric) or 0) / pair.before.metrics[metric]))


def _comparisons(desk: Desk, key: ListKey) -> Iterator[Comparison]:
    """The list against yesterday's and against that of a week ago."""
    mornings = desk.mornings(key)
    for days in (1, 7):
        both = mornings.against(days) if mornings else None
        if both is not None:
            yield both


def _gains(desk: Desk, key: ListKey, metric: Metric, both: Comparison) -> Iterator[Insight]:
    for pair in gainers(desk, both, metric)[:3]:
        if (pair.change(metric) or 0) >= LEAST_GAINS[metric]:
            yield _gain(desk, key, metric, pair, both)
            yield from _cohort(desk, key, metric, pair, both)


def _gain(desk: Desk, key: ListKey, metric: Metric, pair: Pair, both: Comparison) -> Insight:
    """What one item gained, the most of its list where that holds."""
    figures, words = desk.figures, desk.words(key)
    most = figures.extreme("largest_gain", pair, metric, both)
    return Insight(
        Kind.GAIN,
        key,
        (pair.after.item,),
        slots(
            **desk.naming(pair.after.item),
            gain=most or figures.gain(pair, metric),
            before=figures.value(pair.before, metric),
            after=figures.value(pair.after, metric),
            unit=UNITS[metric],
            days=figures.days(pair),
            since=figures.date(both.before),
            until=figures.date(both.after),
            list=desk.list_name(key),
            thing=words.thing,
        ),
        variant="most" if most else "",
        facet=f"{metric}:{pair.days}",
        surprise=0.4 if most else 0.3,
        magnitude=_large(pair, metric),
    )


def _large(pair: Pair, metric: Metric) -> float:
    """How large a gain is for its metric, between 0 and 1."""
    return min((pair.change(metric) or 0) / (LARGE_GAINS[metric] * sqrt(pair.days)), 1.0)


def _cohort(desk: Desk, key: ListKey, metric: Metric, pair: Pair, both: Comparison) -> Iterator[Insight]:
    """What one item gained, as a multiple of the median gain of the items on both lists, at least ten."""
    times = desk.figures.times_median(pair, metric, both)
    if times is None or not FEWEST_TIMES <= times.value <= MOST_TIMES:
        return
    yield Insight(
        Kind.COHORT,
        key,
        (pair.after.item,),
        slots(
            **desk.naming(pair.after.item),
            times=times,
            gain=desk.figures.gain(pair, metric),
            unit=UNITS[metric],
            days=desk.figures.days(pair),
            since=desk.figures.date(both.before),
            list=desk.list_name(key),
        ),
        facet=f"{metric}:{pair.days}",
        surprise=min(0.3 + times.value / 30, 0.8),
        magnitude=_large(pair, metric),
    )


def _growth(desk: Desk, key: ListKey, metric: Metric, both: Comparison) -> Iterator[Insight]:
    for pair in growers(desk, both, metric)[:2]:
        growth = desk.figures.growth(pair, metric)
        if growth is None or growth.value < NEWSWORTHY_GROWTH:
            continue
        yield Insight(
            Kind.GROWTH,
            key,
            (pair.after.item,),
            slots(
                **desk.naming(pair.after.item),
                growth=growth,
                before=desk.figures.value(pair.before, metric),
                after=desk.figures.value(pair.after, metric),
                unit=UNITS[metric],
                days=desk.figures.days(pair),
                since=desk.figures.date(pair.before),
            ),
            facet=f"{metric}:{both.days}",
            surprise=min(0.3 + growth.value / 400, 0.7),
            magnitude=min(growth.value / 150, 1),
        )


def _marks(desk: Desk, key: ListKey, metric: Metric, both: Comparison) -> Iterator[Insight]:
    for pair in gainers(desk, both, metric):
        before, after = pair.before.metrics[metric], pair.after.metrics[metric]
        marks = [mark for mark in MARKS if before < mark <= after]
        passed = desk.figures.passed(pair, metric, marks[-1]) if marks else None
        if passed is None:
            continue
        yield Insight(
            Kind.MARK,
            key,
            (pair.after.item,),
            slots(
                **desk.naming(pair.after.item),
                mark=passed,
                after=desk.figures.value(pair.after, metric),
                unit=UNITS[metric],
                since=desk.figures.date(pair.before),
            ),
            surprise=0.5,
            magnitude=min(passed.value / 100_000, 1),
        )


def _site_count(desk: Desk) -> Iterator[Insight]:
    """GitHub's own count of stars of its day; attributed wherever it is printed."""
    key = ListKey(Source.GITHUB, Lists.GITHUB_DAILY)
    mornings = desk.mornings(key)
    if mornings is None:
        return
    shown = [reading for reading in desk.ours(mornings.today) if Metric.STARS_TODAY in reading.metrics]
    shown.sort(key=lambda reading: -reading.metrics[Metric.STARS_TODAY])
    for reading in shown[:3]:
        most = desk.figures.highest(reading, Metric.STARS_TODAY, mornings.today)
        yield Insight(
            Kind.TODAY,
            key,
            (reading.item,),
            slots(
                **desk.naming(reading.item),
                gain=most or desk.figures.value(reading, Metric.STARS_TODAY),
                total=desk.figures.value(reading, Metric.STARS),
                rank=desk.figures.rank(reading),
                list=desk.list_name(key),
            ),
            variant="most" if most else "",
            surprise=0.4,
            magnitude=0.5 + 0.5 * prominence(reading.rank),
        )


def _largest_total(desk: Desk) -> Iterator[Insight]:
    """The most downloaded of the list, where it doesn't stand first."""
    key = ListKey(Source.HUGGINGFACE, Lists.MODELS)
    mornings = desk.mornings(key)
    if mornings is None:
        return
    shown = [reading for reading in desk.ours(mornings.today) if reading.metrics.get(Metric.DOWNLOADS)]
    largest = max(shown, key=lambda reading: reading.metrics[Metric.DOWNLOADS], default=None)
    most = desk.figures.highest(largest, Metric.DOWNLOADS, mornings.today) if largest else None
    if largest is None or most is None or largest.rank == 1:
        return
    yield Insight(
        Kind.SIZE,
        key,
        (largest.item,),
        slots(
            **desk.naming(largest.item),
            total=most,
            rank=desk.figures.rank(largest),
            list=desk.list_name(key),
        ),
        magnitude=0.5,
    )
