"""Insights on what did not happen: a list whose first places are as they were, and who has stood there longest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from domain.claims import Figure
from domain.evidence import NamedFormula, Operand
from domain.readings import Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.lists import RANKED
from newsroom.record import Comparison, Listing, ListKey

#: The places that are looked at.
TOP = 10

#: A stay is spoken of from so many lists on.
LONG_STAY = 3

#: What makes a list loud: one of these among its first places, and it is not quiet.
LOUD = frozenset({Kind.FIRST_PLACE, Kind.NEW, Kind.BACK, Kind.CLIMB, Kind.FALL})


def quiet_insights(desk: Desk, found: Iterable[Insight]) -> Iterator[Insight]:
    """The ranked lists of which nothing else is told that moved; ``found`` is what is told."""
    loud = {insight.origin for insight in found if insight.kind in LOUD and _is_among_first(desk, insight)}
    for key in RANKED:
        mornings = desk.mornings(key)
        both = mornings.against(1) if mornings else None
        if both is not None and key not in loud and len(both.after) >= TOP:
            yield from _quiet(desk, key, both)


def _is_among_first(desk: Desk, insight: Insight) -> bool:
    mornings = desk.mornings(insight.origin)
    reading = mornings.today.by_item.get(insight.subject) if mornings and insight.subject else None
    return reading is not None and reading.rank is not None and reading.rank <= TOP


def _quiet(desk: Desk, key: ListKey, both: Comparison) -> Iterator[Insight]:
    """Told when all of the first places are held by items that held one the day before."""
    things = desk.words(key).things
    kept = _over_both(desk, "kept_top", both, things)
    if kept is None or kept.value < TOP:
        return
    longest = _longest(desk, key, both.after)
    item = longest[0].item if longest else None
    yield Insight(
        Kind.QUIET,
        key,
        (item,) if item else (),
        slots(
            kept=kept,
            unmoved=_over_both(desk, "unmoved", both, things),
            since=desk.figures.date(both.before),
            name=desk.cite.name(item) if item else None,
            lists=longest[1] if longest else None,
            rank=desk.figures.rank(longest[0]) if longest else None,
            list=desk.list_name(key),
            things=things,
        ),
        facet=key.list,
        surprise=0.1,
        magnitude=0.2,
    )


def _over_both(desk: Desk, name: str, both: Comparison, unit: str) -> Figure | None:
    """A formula over the first places of both lists; None where it comes to nought."""
    evidence = {"before": desk.cite.list(both.before), "after": desk.cite.list(both.after)}
    figure = desk.figures.make(NamedFormula(name, 1, {"top": TOP}), evidence, unit, form=rounding.count)
    return figure if figure is not None and figure.value > 0 else None


def _longest(desk: Desk, key: ListKey, today: Listing) -> tuple[Reading, Figure] | None:
    """The item that most of our lists hold, and how many do; None for a short stay, or one that may not be printed."""
    mornings = desk.mornings(key)
    lists = [listing for listing in mornings.read if listing.complete] if mornings else []
    ours = desk.ours(today)
    if not ours or len(lists) < LONG_STAY:
        return None
    longest = max(ours, key=lambda reading: sum(listing.holds(reading.item) for listing in lists))
    evidence: Mapping[str, Operand] = {"item": desk.cite.mention(longest), "lists": desk.cite.lists(lists)}
    held = desk.figures.make(NamedFormula("longest_stay", 1), evidence, "lists", form=rounding.count)
    return (longest, held) if held is not None and held.value >= LONG_STAY else None
