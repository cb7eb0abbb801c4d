"""Questions on GitHub's pages: what AI projects are written in, who takes the stars, how young they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from domain.items import Item, Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.gains import gainers
from newsroom.insights.insight import slots
from newsroom.record import ListKey, Mornings
from newsroom.sections.cuts import Claims, Cut, said
from newsroom.sections.questions_models import most_tagged

DAILY = ListKey(Source.GITHUB, Lists.GITHUB_DAILY)
WEEKLY = ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY)
YOUNG = ListKey(Source.GITHUB, Lists.GITHUB_YOUNG)


def made_of(desk: Desk) -> Sequence[Cut]:
    """How many, in which languages, which is largest."""
    mornings = desk.mornings(DAILY)
    if mornings is None:
        return ()
    return (
        Cut("How many", _how_many(desk, mornings)),
        Cut("In which language", _languages(desk, mornings)),
        Cut("The largest and the smallest", _sizes(desk, mornings)),
    )


def _how_many(desk: Desk, mornings: Mornings) -> Claims:
    before = mornings.before(1)
    filled = slots(
        count=desk.figures.counted(desk.ours(mornings.today), "repositories"),
        size=desk.figures.size(mornings.today, "repositories"),
        earlier=desk.figures.counted(desk.ours(before), "repositories") if before else None,
        earlier_size=desk.figures.size(before, "repositories") if before else None,
        since=desk.figures.date(before) if before else None,
    )
    claims = said(desk, "made_of.count", filled, "count", "size")
    return claims + (said(desk, "made_of.earlier", filled, "earlier", "earlier_size") if claims else ())


def _languages(desk: Desk, mornings: Mornings) -> Claims:
    using: defaultdict[str, list[Item]] = defaultdict(list)
    for reading in desk.ours(mornings.today):
        item = desk.about(reading.item)
        if item is not None and item.tagged("language"):
            using[item.tagged("language")[0]].append(item)
    ranked = sorted(using.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    filled = most_tagged(desk, ranked, "language", "repositories")
    key = "made_of.languages" if "other_count" in filled else "made_of.language"
    return said(desk, key, filled, "count")


def _sizes(desk: Desk, mornings: Mornings) -> Claims:
    shown = [reading for reading in desk.ours(mornings.today) if Metric.STARS in reading.metrics]
    if len(shown) < 2:
        return ()
    by_stars = sorted(shown, key=lambda reading: (reading.metrics[Metric.STARS], reading.item))
    small, large = by_stars[0], by_stars[-1]
    filled = slots(
        name=desk.cite.name(large.item),
        stars=desk.figures.value(large, Metric.STARS),
        other=desk.cite.name(small.item),
        other_stars=desk.figures.value(small, Metric.STARS),
    )
    return said(desk, "made_of.sizes", filled, "stars", "other_stars")


def whose_stars(desk: Desk) -> Sequence[Cut]:
    """The first by GitHub's count, its share, and our own difference."""
    mornings = desk.mornings(DAILY)
    if mornings is None:
        return ()
    shown = [reading for reading in desk.ours(mornings.today) if Metric.STARS_TODAY in reading.metrics]
    shown.sort(key=lambda reading: (-reading.metrics[Metric.STARS_TODAY], reading.item))
    return (
        Cut("By GitHub's count", _by_count(desk, shown)),
        Cut("Shared out", _shared_out(desk, shown)),
        Cut("By our own readings", _by_readings(desk)),
    )


def _by_count(desk: Desk, shown: Sequence[Reading]) -> Claims:
    if len(shown) < 2:
        return ()
    first, second = shown[0], shown[1]
    filled = slots(
        name=desk.cite.name(first.item),
        stars=desk.figures.value(first, Metric.STARS_TODAY),
        other=desk.cite.name(second.item),
        other_stars=desk.figures.value(second, Metric.STARS_TODAY),
    )
    return said(desk, "whose_stars.first", filled, "stars", "other_stars")


def _shared_out(desk: Desk, shown: Sequence[Reading]) -> Claims:
    if len(shown) < 3:
        return ()
    stars = desk.cite.readings(shown, Metric.STARS_TODAY)
    filled = slots(
        name=desk.short(shown[0].item),
        share=desk.figures.make(
            "100 * first / sum(all)", {"first": stars[0], "all": stars}, "%", form=rounding.percent
        ),
        sum=desk.figures.make("sum(all)", {"all": stars}, "stars"),
        count=desk.figures.counted(shown, "repositories"),
        median=desk.figures.make("median(all)", {"all": stars}, "stars", form=rounding.fraction),
    )
    return said(desk, "whose_stars.share", filled, "share", "sum") + said(desk, "whose_stars.median", filled, "median")


def _by_readings(desk: Desk) -> Claims:
    for key in (WEEKLY, DAILY):
        mornings = desk.mornings(key)
        both = mornings.against(1) if mornings else None
        pairs = gainers(desk, both, Metric.STARS) if both else []
        if both is None or not pairs or (pairs[0].change(Metric.STARS) or 0) <= 0:
            continue
        filled = slots(
            name=desk.cite.name(pairs[0].after.item),
            gain=desk.figures.gain(pairs[0], Metric.STARS),
            since=desk.figures.date(both.before),
            until=desk.figures.date(both.after),
            median=desk.figures.median_gain(Metric.STARS, both),
            list=desk.list_name(key),
        )
        return said(desk, "whose_stars.ours", filled, "gain") + said(desk, "whose_stars.ours_median", filled, "median")
    return ()


def how_young(desk: Desk) -> Sequence[Cut]:
    """The largest of the young, what they gained, what they say they are for."""
    mornings = desk.mornings(YOUNG)
    if mornings is None:
        return ()
    return (
        Cut("The largest", _largest_young(desk, mornings)),
        Cut("The gains", _young_gains(desk, mornings)),
        Cut("Their language", _languages(desk, mornings)),
    )


def _largest_young(desk: Desk, mornings: Mornings) -> Claims:
    shown = [reading for reading in desk.ours(mornings.today) if Metric.STARS in reading.metrics]
    shown.sort(key=lambda reading: (-reading.metrics[Metric.STARS], reading.item))
    if len(shown) < 3:
        return ()
    stars = desk.cite.readings(shown, Metric.STARS)
    filled = slots(
        name=desk.cite.name(shown[0].item),
        stars=desk.figures.make("max(all)", {"all": stars}, "stars"),
        count=desk.figures.counted(shown, "repositories"),
        median=desk.figures.make("median(all)", {"all": stars}, "stars", form=rounding.fraction),
    )
    return said(desk, "how_young.largest", filled, "stars") + said(desk, "how_young.median", filled, "median")


def _young_gains(desk: Desk, mornings: Mornings) -> Claims:
    both = mornings.against(1)
    pairs = gainers(desk, both, Metric.STARS) if both else []
    if both is None or not pairs or (pairs[0].change(Metric.STARS) or 0) <= 0:
        return ()
    filled = slots(
        name=desk.cite.name(pairs[0].after.item),
        gain=desk.figures.gain(pairs[0], Metric.STARS),
        before=desk.figures.value(pairs[0].before, Metric.STARS),
        after=desk.figures.value(pairs[0].after, Metric.STARS),
        since=desk.figures.date(both.before),
    )
    return said(desk, "how_young.gain", filled, "gain")
