"""The commonest values of a tag on a list: languages, tasks, kits, each counted by the very words of the items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from domain.items import Item
from domain.readings import Reading
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.phrases.templates import Fragment

#: A tag is counted only where this share of the items carries one of its kind (WRITING §2.2), and several do.
TAGGED_SHARE = 0.8
FEWEST_TAGGED = 4

#: A count of one would be a figure of that item, not of the list.
FEWEST_OF_A_VALUE = 2


def mix(desk: Desk, readings: Iterable[Reading], name: str, unit: str) -> dict[str, Fragment]:
    """The slots ``count`` and ``tag`` for the commonest value, ``other_`` and ``third_`` for the next; may be empty."""
    ours = [item for reading in desk.ours(readings) if (item := desk.about(reading.item)) is not None]
    by_value: defaultdict[str, list[Item]] = defaultdict(list)
    for item in ours:
        if item.tagged(name):
            by_value[item.tagged(name)[0]].append(item)
    tagged = sum(len(items) for items in by_value.values())
    if tagged < FEWEST_TAGGED or tagged < TAGGED_SHARE * len(ours):
        return {}
    filled: dict[str, Fragment] = {}
    ranked = sorted(by_value.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for prefix, (value, items) in zip(("", "other_", "third_"), ranked, strict=False):
        if len(items) >= FEWEST_OF_A_VALUE:
            quotes = [cited for item in items if (cited := desk.cite.words(item, "tags", value))]
            counted = desk.figures.quoted(quotes, value, unit)
            filled |= slots(**{f"{prefix}count": counted, f"{prefix}tag": desk.cite.tag(items[0], name)})
    return filled
