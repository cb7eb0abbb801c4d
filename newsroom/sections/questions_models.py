"""Questions on Hugging Face's models: who fills the list, what its order follows, how long one stays, what grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from domain.items import Item, Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.counts import agreement
from newsroom.insights.gains import gainers
from newsroom.insights.insight import slots
from newsroom.insights.names import families, family_item, owners
from newsroom.phrases.templates import Fragment
from newsroom.record import Comparison, ListKey, Mornings
from newsroom.sections.cuts import Claims, Cut, said

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)

#: Fewer lists say nothing of how long something stays.
FEWEST_LISTS = 3


def who_fills(desk: Desk) -> Sequence[Cut]:
    """By owner, by name, by task."""
    mornings = desk.mornings(MODELS)
    if mornings is None:
        return ()
    return (
        Cut("By account", _by_account(desk, mornings)),
        Cut("By name", _by_name(desk, mornings)),
        Cut("By task", _by_task(desk, mornings)),
        Cut("By downloads", _most(desk, mornings, Metric.DOWNLOADS, "who_fills.downloads")),
    )


def _by_account(desk: Desk, mornings: Mornings) -> Claims:
    today = mornings.today
    owner, readings = next(iter(owners(today.readings).items()), ("", ()))
    ours = desk.ours(readings)
    filled = slots(
        size=desk.figures.size(today, "models"),
        publishers=desk.figures.listed("distinct_publishers", today, "accounts", rounding.count),
    )
    item = desk.about(ours[0].item) if ours else None
    if item is not None and len(readings) >= 2:
        filled |= slots(
            owner=desk.cite.part_of_id(item, owner),
            count=desk.figures.of_item("largest_publisher", ours[0], today, "models", rounding.count),
        )
    accounts = said(desk, "who_fills.accounts", filled, "publishers", "size")
    return accounts + said(desk, "who_fills.owner", filled, "owner", "count")


def _by_name(desk: Desk, mornings: Mornings) -> Claims:
    claims: Claims = ()
    for family, key in zip(families(mornings.today), ("who_fills.family", "who_fills.second"), strict=False):
        item = family_item(desk, family)
        if item is None:
            continue
        filled = slots(
            family=desk.cite.part_of_id(item, family.stem),
            count=desk.figures.matching(mornings.today, family.stem, "models"),
            share=desk.figures.listed(
                "share_of_sum",
                mornings.today,
                "%",
                rounding.percent,
                metric=Metric.DOWNLOADS.value,
                pattern=family.stem,
            ),
        )
        claims += said(desk, key, filled, "family", "count")
        if key == "who_fills.family":
            claims += said(desk, "who_fills.share", filled, "family", "share")
    return claims


def _by_task(desk: Desk, mornings: Mornings) -> Claims:
    tasks: defaultdict[str, list[Item]] = defaultdict(list)
    for reading in desk.ours(mornings.today):
        item = desk.about(reading.item)
        if item is not None and item.tagged("task"):
            tasks[item.tagged("task")[0]].append(item)
    ranked = sorted(tasks.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return said(desk, "who_fills.tasks", most_tagged(desk, ranked, "task", "models"), "count", "other_count")


def most_tagged(desk: Desk, ranked: Sequence[tuple[str, Sequence[Item]]], name: str, unit: str) -> dict[str, Fragment]:
    """The slots ``count`` and ``task`` (or another tag) for the commonest value, with ``other_`` for the next."""
    filled: dict[str, Fragment] = {}
    for prefix, (value, tagged) in zip(("", "other_"), ranked, strict=False):
        if len(tagged) < 2:
            continue  # a count of one would be a figure of that item, not of the list
        quotes = [cited for item in tagged if (cited := desk.cite.words(item, "tags", value))]
        filled |= slots(
            **{
                f"{prefix}count": desk.figures.quoted(quotes, value, unit),
                f"{prefix}{name}": desk.cite.tag(tagged[0], name),
            }
        )
    return filled


def what_order(desk: Desk) -> Sequence[Cut]:
    """Downloads, likes, fresh likes."""
    mornings = desk.mornings(MODELS)
    if mornings is None:
        return ()
    downloads = _most(desk, mornings, Metric.DOWNLOADS, "who_fills.downloads")
    liked = _most(desk, mornings, Metric.LIKES, "what_order.most_liked")
    return (
        Cut("Downloads", (*_agreement(desk, mornings, Metric.DOWNLOADS), *downloads)),
        Cut("Likes in all", (*_agreement(desk, mornings, Metric.LIKES), *liked)),
        Cut("Fresh likes", _fresh_likes(desk, mornings.farthest())),
    )


def _agreement(desk: Desk, mornings: Mornings, metric: Metric) -> Claims:
    coefficient = desk.figures.listed("spearman", mornings.today, "", rounding.coefficient, metric=metric.value)
    if coefficient is None:
        return ()
    filled = slots(
        coefficient=coefficient,
        count=desk.figures.listed("shown_count", mornings.today, "models", rounding.whole, metric=metric.value),
        metric=metric.value,
    )
    return said(desk, f"what_order.{agreement(coefficient.value)}", filled, "count")


def _most(desk: Desk, mornings: Mornings, metric: Metric, key: str) -> Claims:
    """Who has the most of a metric, where it isn't the first of the list."""
    shown = [reading for reading in desk.ours(mornings.today) if reading.metrics.get(metric)]
    most: Reading | None = max(shown, key=lambda reading: reading.metrics[metric], default=None)
    if most is None or most.rank == 1:
        return ()
    filled = slots(
        name=desk.cite.name(most.item),
        rank=desk.figures.rank(most),
        total=desk.figures.highest(most, metric, mornings.today),
    )
    return said(desk, key, filled, "name", "total", "rank")


def _fresh_likes(desk: Desk, both: Comparison | None) -> Claims:
    pairs = gainers(desk, both, Metric.LIKES) if both else []
    if both is None or not pairs or (pairs[0].change(Metric.LIKES) or 0) <= 0:
        return ()
    filled = slots(
        name=desk.cite.name(pairs[0].after.item),
        gain=desk.figures.gain(pairs[0], Metric.LIKES),
        rank=desk.figures.rank(pairs[0].after),
        days=desk.figures.days(pairs[0]),
        median=desk.figures.median_gain(Metric.LIKES, both),
    )
    gained = said(desk, "what_order.gained", filled, "gain", "rank")
    return gained + said(desk, "what_order.median", filled, "median")


def how_long(desk: Desk) -> Sequence[Cut]:
    """How many stayed, who is oldest, how many have not moved."""
    mornings = desk.mornings(MODELS)
    if mornings is None:
        return ()
    return (
        Cut("Since yesterday", _stayed(desk, mornings.against(1))),
        Cut("Over a week", _stayed(desk, mornings.against(7))),
        Cut("The longest stay", _oldest(desk, mornings)),
        Cut("On the same place", _unmoved(desk, mornings.against(1))),
    )


def _stayed(desk: Desk, both: Comparison | None) -> Claims:
    if both is None or not both.before.complete or not both.after.complete:
        return ()
    filled = slots(
        count=desk.figures.stayed(both.before, both.after, "models"),
        size=desk.figures.size(both.after, "models"),
        since=desk.figures.date(both.before),
    )
    return said(desk, "how_long.stayed", filled, "count", "size")


def _oldest(desk: Desk, mornings: Mornings) -> Claims:
    lists = [listing for listing in mornings.read if listing.complete]
    stays = [(sum(listing.holds(each.item) for listing in lists), each) for each in desk.ours(mornings.today)]
    if len(lists) < FEWEST_LISTS or not stays:
        return ()
    _, reading = max(stays, key=lambda stay: (stay[0], -(stay[1].rank or 0)))
    filled = slots(
        name=desk.cite.name(reading.item),
        days=desk.figures.days_listed(reading, lists),
        rank=desk.figures.rank(reading),
        likes=desk.figures.value(reading, Metric.LIKES),
    )
    return said(desk, "how_long.oldest", filled, "days", "rank", "likes")


def _unmoved(desk: Desk, both: Comparison | None) -> Claims:
    count = desk.figures.unmoved(both.before, both.after, "models") if both else None
    if both is None or count is None or not count.value:
        return ()
    filled = slots(count=count, size=desk.figures.size(both.after, "models"), since=desk.figures.date(both.before))
    return said(desk, "how_long.unmoved", filled, "count", "size")


def what_grows(desk: Desk) -> Sequence[Cut]:
    """Likes, downloads, and downloads that fell."""
    mornings = desk.mornings(MODELS)
    both = mornings.farthest() if mornings else None
    if both is None:
        return ()
    return (
        Cut("Likes", _largest(desk, both, Metric.LIKES)),
        Cut("Downloads", _largest(desk, both, Metric.DOWNLOADS)),
        Cut("Falling downloads", _falling(desk, both)),
    )


def _largest(desk: Desk, both: Comparison, metric: Metric) -> Claims:
    pairs = gainers(desk, both, metric)
    if not pairs or (pairs[0].change(metric) or 0) <= 0:
        return ()
    filled = slots(
        name=desk.cite.name(pairs[0].after.item),
        gain=desk.figures.gain(pairs[0], metric),
        after=desk.figures.value(pairs[0].after, metric),
        rank=desk.figures.rank(pairs[0].after),
        since=desk.figures.date(both.before),
        until=desk.figures.date(both.after),
        metric=metric.value,
        median=desk.figures.median_gain(metric, both),
    )
    return said(desk, "what_grows.largest", filled, "gain", "rank") + said(desk, "what_grows.median", filled, "median")


def _falling(desk: Desk, both: Comparison) -> Claims:
    pairs = gainers(desk, both, Metric.DOWNLOADS)
    if not pairs or (pairs[-1].change(Metric.DOWNLOADS) or 0) >= 0:
        return ()
    filled = slots(
        name=desk.cite.name(pairs[-1].after.item),
        before=desk.figures.value(pairs[-1].before, Metric.DOWNLOADS),
        after=desk.figures.value(pairs[-1].after, Metric.DOWNLOADS),
        since=desk.figures.date(both.before),
        until=desk.figures.date(both.after),
    )
    return said(desk, "what_grows.falling", filled, "before", "after")
