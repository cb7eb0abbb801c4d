"""Questions on Hugging Face's list of models: who fills it, what its order follows, how long a place lasts, what grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from domain.items import Item, Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.gains import paired
from newsroom.insights.insight import slots
from newsroom.insights.names import families, family_item, owners
from newsroom.phrases.templates import Fragment
from newsroom.record import ListKey, Mornings
from newsroom.sections.cuts import Claims, Cut, said

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)


def who_fills(desk: Desk) -> Sequence[Cut]:
    """By owner, by name, by task."""
    mornings = desk.mornings(MODELS)
    if mornings is None:
        return ()
    return (
        Cut("By account", _by_account(desk, mornings)),
        Cut("By name", _by_name(desk, mornings)),
        Cut("By task", _by_task(desk, mornings)),
        Cut("By downloads", _by_downloads(desk, mornings)),
    )


def _by_account(desk: Desk, mornings: Mornings) -> Claims:
    today = mornings.today
    by_owner = owners(today.readings)
    owner, readings = next(iter(by_owner.items()), ("", ()))
    item = next((item for reading in readings if (item := desk.about(reading.item)) is not None), None)
    size = desk.figures.size(today, "models")
    filled = slots(
        size=size,
        publishers=desk.figures.listed("distinct_publishers", today, "accounts", rounding.count),
        owner=desk.cite.part_of_id(item, owner) if item else None,
        count=desk.figures.of_item("largest_publisher", today.by_item[item.key], today, "models", rounding.count)
        if item
        else None,
    )
    claims = said(desk, "who_fills.accounts", filled, "publishers", "size")
    if len(readings) >= 2:
        claims += said(desk, "who_fills.owner", filled, "owner", "count")
    return claims


def _by_name(desk: Desk, mornings: Mornings) -> Claims:
    claims: Claims = ()
    for index, family in enumerate(families(mornings.today)[:2]):
        item = family_item(desk, family)
        if item is None:
            continue
        count = desk.figures.matching(mornings.today, family.pattern, "models")
        filled = slots(
            family=desk.cite.part_of_id(item, family.stem),
            count=count,
            share=desk.figures.listed(
                "share_of_sum", mornings.today, "%", rounding.percent, metric="downloads", pattern=family.pattern
            ),
        )
        claims += said(desk, "who_fills.family" if index == 0 else "who_fills.second", filled, "family", "count")
        if index == 0 and filled.get("share"):
            claims += said(desk, "who_fills.share", filled, "family", "share")
    return claims


def _by_task(desk: Desk, mornings: Mornings) -> Claims:
    items = [item for reading in desk.ours(mornings.today) if (item := desk.about(reading.item)) is not None]
    tasks: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        for task in item.tagged("task")[:1]:
            tasks[task].append(item)
    ranked = sorted(tasks.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:2]
    filled: dict[str, Fragment] = {}
    for name, (task, tagged) in zip(("", "other_"), ranked, strict=False):
        quotes = [cited for item in tagged if (cited := desk.cite.words(item, "tags", task))]
        filled |= slots(
            **{
                f"{name}count": desk.figures.quoted(quotes, task, "models"),
                f"{name}task": desk.cite.tag(tagged[0], "task"),
            }
        )
    return said(desk, "who_fills.tasks", filled, "count", "other_count")


def _by_downloads(desk: Desk, mornings: Mornings) -> Claims:
    top = _most(desk, mornings, Metric.DOWNLOADS)
    if top is None:
        return ()
    filled = slots(
        name=desk.cite.name(top.item),
        rank=desk.figures.rank(top),
        total=desk.figures.highest(top, Metric.DOWNLOADS, mornings.today),
    )
    return said(desk, "who_fills.downloads", filled, "name", "total", "rank")


def _most(desk: Desk, mornings: Mornings, metric: Metric) -> Reading | None:
    shown = [reading for reading in desk.ours(mornings.today) if reading.metrics.get(metric)]
    return max(shown, key=lambda reading: reading.metrics[metric], default=None)


def what_order(desk: Desk) -> Sequence[Cut]:
    """Downloads, likes, fresh likes."""
    mornings = desk.mornings(MODELS)
    if mornings is None:
        return ()
    return (
        Cut("Downloads", (*_agreement(desk, mornings, Metric.DOWNLOADS), *_by_downloads(desk, mornings))),
        Cut("Likes in all", (*_agreement(desk, mornings, Metric.LIKES), *_most_liked(desk, mornings))),
        Cut("Fresh likes", _fresh_likes(desk, mornings)),
    )


def _agreement(desk: Desk, mornings: Mornings, metric: Metric) -> Claims:
    coefficient = desk.figures.listed("spearman", mornings.today, "", rounding.coefficient, metric=metric.value)
    if coefficient is None:
        return ()
    strength = abs(coefficient.value)
    form = "hardly" if strength < 0.2 else ("closely" if strength > 0.7 else "loosely")
    filled = slots(
        coefficient=coefficient,
        count=desk.figures.listed("shown_count", mornings.today, "models", rounding.whole, metric=metric.value),
        metric=metric.value,
    )
    return said(desk, f"what_order.{form}", filled, "count")


def _most_liked(desk: Desk, mornings: Mornings) -> Claims:
    top = _most(desk, mornings, Metric.LIKES)
    if top is None or top.rank == 1:
        return ()
    filled = slots(
        name=desk.cite.name(top.item),
        rank=desk.figures.rank(top),
        total=desk.figures.highest(top, Metric.LIKES, mornings.today),
    )
    return said(desk, "what_order.most_liked", filled, "name", "total")


def _fresh_likes(desk: Desk, mornings: Mornings) -> Claims:
    for days in (7, 1):
        before = mornings.before(days)
        pairs = paired(desk, mornings, Metric.LIKES, days)
        if before is None or not pairs:
            continue
        top = pairs[0]
        filled = slots(
            name=desk.cite.name(top.after.item),
            gain=desk.figures.gain(top, Metric.LIKES),
            rank=desk.figures.rank(top.after),
            days=desk.figures.days(top),
            median=desk.figures.median_gain(Metric.LIKES, before, mornings.today, days),
            since=desk.figures.date(before),
        )
        return said(desk, "what_order.gained", filled, "gain", "rank") + said(
            desk, "what_order.median", filled, "median"
        )
    return ()


def how_long(desk: Desk) -> Sequence[Cut]:
    """How many stayed, who is oldest, how many are new."""
    mornings = desk.mornings(MODELS)
    if mornings is None:
        return ()
    return (
        Cut("Since yesterday", _stayed(desk, mornings, 1)),
        Cut("Over a week", _stayed(desk, mornings, 7)),
        Cut("The longest stay", _oldest(desk, mornings)),
        Cut("The first places", _unmoved(desk, mornings)),
    )


def _stayed(desk: Desk, mornings: Mornings, days: int) -> Claims:
    before = mornings.before(days)
    if before is None or not before.complete or not mornings.today.complete:
        return ()
    stayed = desk.figures.stayed(before, mornings.today, "models")
    filled = slots(
        count=stayed,
        size=desk.figures.size(mornings.today, "models"),
        since=desk.figures.date(before),
        new=desk.figures.new_since(mornings.today, before, "models"),
    )
    return said(desk, "how_long.stayed", filled, "count", "size")


def _oldest(desk: Desk, mornings: Mornings) -> Claims:
    lists = [listing for listing in mornings.read if listing.complete]
    stays = [(sum(listing.holds(each.item) for listing in lists), each) for each in desk.ours(mornings.today)]
    if len(lists) < 3 or not stays:
        return ()
    longest, reading = max(stays, key=lambda stay: (stay[0], -(stay[1].rank or 0)))
    filled = slots(
        name=desk.cite.name(reading.item),
        days=desk.figures.days_listed(reading, lists),
        rank=desk.figures.rank(reading),
        likes=desk.figures.value(reading, Metric.LIKES),
    )
    return said(desk, "how_long.oldest", filled, "days", "rank")


def _unmoved(desk: Desk, mornings: Mornings) -> Claims:
    before = mornings.before(1)
    if before is None:
        return ()

    count = desk.figures.unmoved(before, mornings.today, "models")
    filled = slots(count=count, size=desk.figures.size(mornings.today, "models"), since=desk.figures.date(before))
    return said(desk, "how_long.unmoved", filled, "count") if count and count.value else ()


def what_grows(desk: Desk) -> Sequence[Cut]:
    """Likes, downloads, and how the first compares with the middle of the list."""
    mornings = desk.mornings(MODELS)
    if mornings is None:
        return ()
    return (
        Cut("Likes", _largest(desk, mornings, Metric.LIKES)),
        Cut("Downloads", _largest(desk, mornings, Metric.DOWNLOADS)),
        Cut("Falling downloads", _falling(desk, mornings)),
    )


def _largest(desk: Desk, mornings: Mornings, metric: Metric) -> Claims:
    for days in (7, 1):
        before = mornings.before(days)
        pairs = paired(desk, mornings, metric, days)
        if before is None or not pairs:
            continue
        top = pairs[0]
        filled = slots(
            name=desk.cite.name(top.after.item),
            gain=desk.figures.gain(top, metric),
            after=desk.figures.value(top.after, metric),
            rank=desk.figures.rank(top.after),
            since=desk.figures.date(before),
            until=desk.figures.date(mornings.today),
            metric=metric.value,
            median=desk.figures.median_gain(metric, before, mornings.today, days),
        )
        return said(desk, "what_grows.largest", filled, "gain") + said(desk, "what_grows.median", filled, "median")
    return ()


def _falling(desk: Desk, mornings: Mornings) -> Claims:
    for days in (7, 1):
        before = mornings.before(days)
        pairs = paired(desk, mornings, Metric.DOWNLOADS, days)
        if before is None or not pairs or (pairs[-1].change(Metric.DOWNLOADS) or 0) >= 0:
            continue
        last = pairs[-1]
        filled = slots(
            name=desk.cite.name(last.after.item),
            before=desk.figures.value(last.before, Metric.DOWNLOADS),
            after=desk.figures.value(last.after, Metric.DOWNLOADS),
            since=desk.figures.date(before),
            until=desk.figures.date(mornings.today),
        )
        return said(desk, "what_grows.falling", filled, "before", "after")
    return ()
