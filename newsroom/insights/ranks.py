"""Insights on the places of ranked lists: who climbed, fell, came, came back, stayed, and who stands first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise, takewhile
from math import log2

from domain.items import Source
from domain.readings import Reading
from newsroom import rounding
from newsroom.citations import RANK
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.lists import RANKED
from newsroom.record import Comparison, Listing, ListKey, Mornings, Pair

#: Smaller movements are noise of the list.
FEWEST_PLACES = 3

#: An item is "long on the list" from here on.
LONG_STAY = 7

#: Up to this share of newcomers a list has hardly moved.
FEW_NEW = 0.1

#: An item was away when we read its list at least every so many days while it was; over a longer gap nobody knows.
LONGEST_GAP_AWAY = timedelta(days=4)

#: A day's list is short when it holds fewer items than this; then single places say little.
SHORT_LIST = 5


def rank_insights(desk: Desk) -> Iterator[Insight]:
    """All insights on places."""
    for key in RANKED:
        mornings = desk.mornings(key)
        if mornings is None or len(mornings.today) < SHORT_LIST:
            continue
        yield from _movements(desk, key, mornings)
        yield from _arrivals(desk, key, mornings)
        yield from _newcomers(desk, key, mornings)
        yield from _first(desk, key, mornings)
        yield from _longest_stay(desk, key, mornings)


def prominence(rank: int | None) -> float:
    """How much a place weighs, between 0 and 1: 1 for the first, 0.5 for the third, slowly less."""
    return 1 / log2(1 + rank) if rank else 0.3


def _movements(desk: Desk, key: ListKey, mornings: Mornings) -> Iterator[Insight]:
    both = mornings.told_of(desk.days)
    if both is None:
        return
    ours = [pair for pair in both.pairs() if desk.about(pair.after.item) and pair.climbed]
    ours.sort(key=lambda pair: (-(pair.climbed or 0), pair.after.rank))
    climbed = [pair for pair in ours if (pair.climbed or 0) >= FEWEST_PLACES]
    fallen = [pair for pair in reversed(ours) if (pair.climbed or 0) <= -FEWEST_PLACES]
    for pair in climbed[:4]:
        yield _movement(desk, key, Kind.CLIMB, pair, both)
    for pair in fallen[:4]:
        yield _movement(desk, key, Kind.FALL, pair, both)


def _movement(desk: Desk, key: ListKey, kind: Kind, pair: Pair, both: Comparison) -> Insight:
    figures, words = desk.figures, desk.words(key)
    extreme = figures.extreme(f"largest_{kind}", pair, RANK, both)
    places = extreme or (figures.climbed(pair) if kind is Kind.CLIMB else figures.fell(pair))
    distance = abs(pair.climbed or 0)
    return Insight(
        kind,
        key,
        (pair.after.item,),
        slots(
            **desk.naming(pair.after.item),
            places=places,
            rank=figures.rank(pair.after),
            was=figures.rank(pair.before),
            since=figures.date(both.before),
            list=desk.list_name(key),
            thing=words.thing,
        ),
        variant="most" if extreme else "",
        surprise=0.5 if extreme else 0.33,
        magnitude=min(distance / 12, 1) * (0.5 + 0.5 * prominence(pair.after.rank)),
    )


def _arrivals(desk: Desk, key: ListKey, mornings: Mornings) -> Iterator[Insight]:
    before = mornings.before(1)
    if before is None or not before.can_miss(mornings.today):
        return
    earlier = [listing for listing in mornings.read[1:] if listing.complete]
    arrived = [reading for reading in desk.ours(mornings.today) if not before.holds(reading.item)]
    for reading in arrived[:6]:
        yield from _arrival(desk, key, reading, mornings.today, earlier)


def _newcomers(desk: Desk, key: ListKey, mornings: Mornings) -> Iterator[Insight]:
    both = mornings.told_of(desk.days)
    if both is None or not both.before.can_miss(mornings.today):
        return
    before = both.before
    total = desk.figures.new_since(mornings.today, before, desk.words(key).things)
    size = desk.figures.size(mornings.today, desk.words(key).things)
    if total is not None and total.value >= 1:
        yield Insight(
            Kind.NEW_COUNT,
            key,
            slots=slots(
                count=total,
                size=size,
                since=desk.figures.date(before),
                list=desk.list_name(key),
                things=desk.words(key).things,
            ),
            facet=key.list,
            variant="few" if total.value <= FEW_NEW * len(mornings.today) else "",
            surprise=0.4,
            magnitude=min(total.value / max(len(mornings.today), 1) * 2, 1),
        )


def _arrival(desk: Desk, key: ListKey, reading: Reading, today: Listing, earlier: list[Listing]) -> Iterator[Insight]:
    searched = desk.figures.first_listed(reading, today, earlier)
    away = (
        desk.figures.away(reading, [*earlier, today])
        if not searched and _was_watched(reading, today, earlier)
        else None
    )
    if searched is None and away is None:
        return
    words = desk.words(key)
    yield Insight(
        Kind.NEW if searched else Kind.BACK,
        key,
        (reading.item,),
        slots(
            **desk.naming(reading.item),
            rank=desk.figures.rank(reading),
            lists=searched,
            days=away,
            list=desk.list_name(key),
            thing=words.thing,
        ),
        surprise=0.6 if searched and (reading.rank or 99) <= 5 else 0.4,
        magnitude=prominence(reading.rank),
    )


def _was_watched(reading: Reading, today: Listing, earlier: list[Listing]) -> bool:
    """Whether the lists from the last one with the item to today's lie close enough to say that it was away."""
    newest_first = sorted(earlier, key=lambda listing: listing.at, reverse=True)
    missing = list(takewhile(lambda listing: not listing.holds(reading.item), newest_first))
    seen = [today, *missing, *newest_first[len(missing) : len(missing) + 1]]
    return all(newer.at - older.at <= LONGEST_GAP_AWAY for newer, older in pairwise(seen))


def _first(desk: Desk, key: ListKey, mornings: Mornings) -> Iterator[Insight]:
    first = mornings.today.readings[0]
    if first.rank != 1 or desk.about(first.item) is None:
        return
    before = mornings.before(1)
    leader = before.readings[0] if before is not None else None
    if leader is not None and before is not None and leader.item != first.item and leader.rank == 1:
        yield _took_first(desk, key, mornings, first, leader)
        return
    running = [listing for listing in mornings.running() if listing.complete]
    held = desk.figures.running(first, running, place=1)
    if held is not None and held.value >= 2:
        yield Insight(
            Kind.HELD_FIRST,
            key,
            (first.item,),
            slots(
                **desk.naming(first.item),
                lists=held,
                nth=desk.figures.running(first, running, place=1, form=rounding.ordinal),
                since=desk.figures.date(running[int(held.value) - 1]),
                list=desk.list_name(key),
                thing=desk.words(key).thing,
            ),
            surprise=0.3,
            magnitude=min(held.value / 14, 1),
        )


def _took_first(desk: Desk, key: ListKey, mornings: Mornings, first: Reading, leader: Reading) -> Insight:
    earlier = [listing for listing in mornings.running()[1:] if listing.complete]
    both = mornings.against(1)
    pair = both.pair(first.item) if both else None
    successor = mornings.today.by_item.get(leader.item)
    held = desk.figures.running(leader, earlier, place=1) if earlier else None
    return Insight(
        Kind.FIRST_PLACE,
        key,
        (first.item,),
        slots(
            **desk.naming(first.item),
            rank=desk.figures.rank(first),
            was=desk.figures.rank(pair.before) if pair else None,
            old=desk.cite.name(leader.item) if desk.about(leader.item) else None,
            held=held if held is not None and held.value >= 2 else None,
            now=desk.figures.rank(successor) if successor else None,
            list=desk.list_name(key),
            thing=desk.words(key).thing,
        ),
        surprise=0.8,
        magnitude=1.0,
        also=(desk.cite.reading(leader, RANK),),  # that the other stood there is said, too
    )


def _longest_stay(desk: Desk, key: ListKey, mornings: Mornings) -> Iterator[Insight]:
    lists = [listing for listing in mornings.read if listing.complete]
    stays = [(sum(listing.holds(reading.item) for listing in lists), reading) for reading in desk.ours(mornings.today)]
    if not stays or key.source is not Source.HUGGINGFACE:
        return
    longest, reading = max(stays, key=lambda stay: (stay[0], -(stay[1].rank or 0)))
    days = desk.figures.days_listed(reading, lists) if longest >= LONG_STAY else None
    if days is None:
        return
    yield Insight(
        Kind.STAY,
        key,
        (reading.item,),
        slots(
            **desk.naming(reading.item),
            days=days,
            rank=desk.figures.rank(reading),
            list=desk.list_name(key),
            thing=desk.words(key).thing,
        ),
        magnitude=min(days.value / 40, 1),
    )
