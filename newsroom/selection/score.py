"""Newsworthiness: surprise, magnitude, breadth, recency, novelty and approval, multiplied (docs/newsworthiness.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta
from math import exp

from domain.claims import Figure
from domain.issue import Worth
from domain.items import TITLED
from newsroom.desk import Desk
from newsroom.identity import Voice
from newsroom.insights.insight import EVENTS, Insight, Kind
from newsroom.lists import REACH
from newsroom.selection.memory import ABOUT, TOLD
from newsroom.selection.voices import voices

#: Breadth by how many kinds of source speak of the subject.
BREADTH = {1: 1.0, 2: 1.4, 3: 1.7, 4: 1.9}

#: Novelty of what the last issues told already: the same thing, the same subject, a sort of thing told thrice.
SAME_THING = 0.05
SAME_SUBJECT = 0.35
SAME_SORT = 0.75

#: How things stand weighs less than what happened; a story is half forgotten after three days.
BACKGROUND = 0.8
HALF_FORGOTTEN = timedelta(days=3)

#: In the digest of a week its figures weigh more than those of a day.
OF_THE_WEEK, OF_A_DAY = 1.1, 0.8

#: Kinds that are news by themselves: a place moved, a mark passed. Told again, they were told of other figures.
MOVED = frozenset({Kind.FIRST_PLACE, Kind.CLIMB, Kind.FALL, Kind.MARK, Kind.NEW, Kind.BACK})


def newsworthiness(desk: Desk, insight: Insight) -> float:
    """How much an insight is worth telling today; the scale has no meaning beyond its order."""
    return worth(desk, insight).score


def worth(desk: Desk, insight: Insight, heard: Collection[Voice] | None = None) -> Worth:
    """The factors and their product; ``heard`` are the kinds of source where they are more than the subject's own."""
    spoken = voices(desk, insight.items[:1]) if heard is None else heard
    reach = REACH.get(insight.origin, 1.0)
    return _multiplied(
        Worth(
            kind=insight.kind,
            surprise=round(insight.surprise, 3),
            magnitude=round(min(insight.magnitude * reach, 1.0), 3),
            breadth=breadth(len(spoken)),
            recency=round(_recency(desk, insight) * _of_its_days(desk, insight), 3),
            novelty=novelty(desk, insight),
            score=0.0,
            why=_in_words(desk, insight, spoken),
            approval=desk.approval.factor(insight.kind),
        ),
        reach,
    )


def of_story(core: Worth, facts: Iterable[Worth]) -> Worth:
    """The worth of a story: the breadth and novelty of what is told first, the most of its facts in all else."""
    every = (core, *facts)
    return _multiplied(
        replace(
            core,
            surprise=max(each.surprise for each in every),
            magnitude=max(each.magnitude for each in every),
            recency=max(each.recency for each in every),
        )
    )


def _multiplied(worth: Worth, reach: float = 1.0) -> Worth:
    """With the product of its factors; ``reach`` weighs the list that it was read from."""
    substance = (0.15 + worth.surprise) * (0.4 + 0.6 * worth.magnitude) * reach
    score = substance * worth.breadth * worth.recency * worth.novelty * worth.approval
    return replace(worth, score=round(score, 4))


def breadth(kinds: int) -> float:
    """More where several kinds of source speak of the subject."""
    return BREADTH[min(max(kinds, 1), max(BREADTH))]


def novelty(desk: Desk, insight: Insight) -> float:
    """Less for what the last seven issues told."""
    if desk.memory.told(TOLD, insight.key) is not None:
        return SAME_SUBJECT if has_moved(insight) else SAME_THING
    if insight.items and desk.memory.told(ABOUT, insight.about) is not None:
        return SAME_SUBJECT
    if desk.memory.uses(TOLD, f"{insight.kind}:") >= 3:
        return SAME_SORT
    return 1.0


def has_moved(insight: Insight) -> bool:
    """Whether it is news by itself: a place moved, a mark passed, a name in more places than before."""
    return insight.kind in MOVED or (insight.kind is Kind.FAMILY and insight.variant == "grown")


def _recency(desk: Desk, insight: Insight) -> float:
    """What happened is news; how things stand is background; a story ages from the hour when it was written."""
    if insight.kind not in EVENTS:
        return BACKGROUND
    item = desk.about(insight.subject) if insight.subject else None
    if item is None or item.created_at is None or item.key.kind not in TITLED:
        return 1.0
    age = max(desk.as_of - item.created_at, timedelta(0))
    return max(exp(-age / HALF_FORGOTTEN), BACKGROUND / 2)


def _of_its_days(desk: Desk, insight: Insight) -> float:
    """In the digest of a week, more for what is counted over seven days than for what is counted over one."""
    if desk.days == 1:
        return 1.0
    figures = (run for runs in insight.slots.values() for run in runs if isinstance(run, Figure))
    periods = {figure.period for figure in figures}
    if f"P{desk.days}D" in periods:
        return OF_THE_WEEK
    return OF_A_DAY if "P1D" in periods else 1.0


def _in_words(desk: Desk, insight: Insight, spoken: Collection[Voice]) -> str:
    """The factors as a line for an editor."""
    said = [_event(insight), _heard(spoken), _before(desk, insight), desk.approval.in_words(insight.kind)]
    return "; ".join(filter(None, said))


def _event(insight: Insight) -> str:
    what = str(insight.kind).replace("_", " ")
    return f"{what}, the most of its list" if insight.variant == "most" else what


def _heard(spoken: Collection[Voice]) -> str:
    kinds = ", ".join(sorted(spoken)) or "none"
    return f"{len(spoken)} {'kind' if len(spoken) == 1 else 'kinds'} of source ({kinds})"


def _before(desk: Desk, insight: Insight) -> str:
    told, about = desk.memory.told(TOLD, insight.key), desk.memory.told(ABOUT, insight.about)
    if told is not None:
        return f"told {_ago(told)}"
    if insight.items and about is not None:
        return f"its subject was told of {_ago(about)}"
    return "not told in the last seven days"


def _ago(days: int) -> str:
    return "one day ago" if days == 1 else f"{days} days ago"
