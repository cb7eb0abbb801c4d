"""Newsworthiness: surprise, magnitude, breadth, recency and novelty of an insight, multiplied."""

from __future__ import annotations

from datetime import timedelta
from math import exp

from newsroom.citations import TITLED
from newsroom.desk import Desk
from newsroom.insights.insight import EVENTS, Insight, Kind
from newsroom.lists import REACH
from newsroom.selection.memory import ABOUT, TOLD

#: Breadth by how many sites speak of the subject.
BREADTH = {1: 1.0, 2: 1.4, 3: 1.7, 4: 1.9}

#: Novelty of what the last issues told already: the same thing, the same subject, a sort of thing told thrice.
SAME_THING = 0.05
SAME_SUBJECT = 0.35
SAME_SORT = 0.75

#: How things stand weighs less than what happened; a story is half forgotten after three days.
BACKGROUND = 0.8
HALF_FORGOTTEN = timedelta(days=3)

#: Kinds that are news by themselves: a place moved, a mark passed. Told again, they were told of other figures.
_MOVED = frozenset({Kind.FIRST_PLACE, Kind.CLIMB, Kind.FALL, Kind.MARK, Kind.NEW, Kind.BACK})


def newsworthiness(desk: Desk, insight: Insight) -> float:
    """How much an insight is worth telling today; the scale has no meaning beyond its order."""
    substance = (0.15 + insight.surprise) * (0.4 + 0.6 * insight.magnitude)
    return (
        substance
        * REACH.get(insight.origin, 1.0)
        * breadth(desk, insight)
        * _recency(desk, insight)
        * novelty(desk, insight)
    )


def breadth(desk: Desk, insight: Insight) -> float:
    """More where several sites speak of the subject."""
    if insight.subject is None:
        return BREADTH[1]
    return BREADTH[min(len(desk.subject(insight.subject).sources), max(BREADTH))]


def novelty(desk: Desk, insight: Insight) -> float:
    """Less for what the last seven issues told."""
    if desk.memory.told(TOLD, insight.key) is not None:
        return SAME_SUBJECT if insight.kind in _MOVED else SAME_THING
    if insight.items and desk.memory.told(ABOUT, insight.about) is not None:
        return SAME_SUBJECT
    if desk.memory.uses(TOLD, f"{insight.kind}:") >= 3:
        return SAME_SORT
    return 1.0


def _recency(desk: Desk, insight: Insight) -> float:
    """What happened is news; how things stand is background; a story ages from the hour when it was written."""
    if insight.kind not in EVENTS:
        return BACKGROUND
    item = desk.about(insight.subject) if insight.subject else None
    if item is None or item.created_at is None or item.key.kind not in TITLED:
        return 1.0
    age = max(desk.as_of - item.created_at, timedelta(0))
    return max(exp(-age / HALF_FORGOTTEN), BACKGROUND / 2)
