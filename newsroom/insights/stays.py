"""Insights on how long things stay: what is left of a list of a week ago, and which account is always there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from domain.items import Source
from domain.readings import Lists
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.lookback import farthest_ago, held
from newsroom.record import ListKey, Mornings

#: The lists of which a stay is told; fewer lists tell nothing of who is always there.
LISTS = (
    ListKey(Source.HUGGINGFACE, Lists.MODELS),
    ListKey(Source.HUGGINGFACE, Lists.SPACES),
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY),
)
FEWEST_LISTS = 14


def stay_insights(desk: Desk) -> Iterator[Insight]:
    """What is left of older lists, and who is always there."""
    for key in LISTS:
        mornings = desk.mornings(key)
        if mornings is not None and mornings.today.complete:
            yield from _left(desk, key, mornings)
            yield from _steady(desk, key, mornings)


def _left(desk: Desk, key: ListKey, mornings: Mornings) -> Iterator[Insight]:
    before = farthest_ago(mornings, 28, 14, 7)
    words, figures = desk.words(key), desk.figures
    left = figures.stayed(before, mornings.today, words.things) if before is not None else None
    if before is None or left is None or not left.value:
        return
    share = left.value / len(before)
    yield Insight(
        Kind.STAYED,
        key,
        slots=slots(
            left=left,
            size=figures.size(before, words.things),
            days=figures.apart(before, mornings.today),
            since=figures.date(before),
            list=desk.list_name(key),
            things=words.things,
        ),
        theme=key.list,
        facet=key.list,
        surprise=0.3 + abs(share - 0.5) / 2,
        magnitude=0.4,
    )


def _steady(desk: Desk, key: ListKey, mornings: Mornings) -> Iterator[Insight]:
    """The account that is on more lists than any other, where it stands on today's."""
    lists = held(mornings)
    if len(lists) < FEWEST_LISTS:
        return
    on: Counter[str] = Counter()
    for listing in lists:
        on.update(sorted({reading.item.external_id.partition("/")[0] for reading in listing}))
    owner = on.most_common(1)[0][0]
    reading = next(
        (each for each in desk.ours(mornings.today) if each.item.external_id.partition("/")[0] == owner), None
    )
    item = desk.about(reading.item) if reading is not None else None
    if reading is None or item is None:
        return
    times = desk.figures.of_item_over("steadiest_owner", reading, lists, "lists")
    items = desk.figures.of_item_over("owner_items", reading, lists, desk.words(key).things)
    if times is None or items is None or items.value < 2:
        return
    yield Insight(
        Kind.STEADY,
        key,
        (reading.item,),
        slots(
            owner=desk.cite.part_of_id(item, owner),
            times=times,
            lists=desk.figures.over("lists_held", lists, "lists", rounding.count),
            items=items,
            things=desk.words(key).things,
            list=desk.list_name(key),
        ),
        theme=owner,
        facet=key.list,
        surprise=0.35,
        magnitude=0.5,
    )
