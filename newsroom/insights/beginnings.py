"""A paper that has just begun to read: what it cannot say yet."""

from __future__ import annotations

from domain.claims import Claim
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.formulas.records import MIN_READINGS
from newsroom.insights.insight import slots
from newsroom.lists import RANKED


def told(desk: Desk) -> tuple[Claim, ...]:
    """How much of its longest list a young paper holds, and what it cannot say yet.

    Nothing once an item can be held against its own earlier readings, nor before the first list.
    """
    read = {key: mornings.read for key in RANKED if (mornings := desk.mornings(key)) is not None}
    if not 0 < max(map(len, read.values()), default=0) <= MIN_READINGS:
        return ()
    key, lists = max(read.items(), key=lambda pair: len(pair[1]))
    count = desk.figures.make("len(all)", {"all": desk.cite.lists(lists)}, "readings", form=rounding.count)
    if count is None:
        return ()
    held = desk.phrases.maybe("beginning.held", slots(count=count, list=desk.list_name(key)))
    return (*held, desk.phrases.house("beginning.unsaid")) if held else ()
