"""Questions on what people say: what Hacker News argues about, what readers of papers vote for."""

from __future__ import annotations

from collections.abc import Sequence

from domain.items import Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.gains import gainers
from newsroom.insights.insight import slots
from newsroom.record import ListKey, Mornings
from newsroom.sections.cuts import Claims, Cut, said

FRONT_PAGE = ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE)
PAPERS = ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS)


def argued(desk: Desk) -> Sequence[Cut]:
    """How much is about AI, what is voted for, what is argued about."""
    mornings = desk.mornings(FRONT_PAGE)
    if mornings is None:
        return ()
    stories = [reading for reading in desk.ours(mornings.today) if Metric.POINTS in reading.metrics]
    return (
        Cut("How much of it", _share(desk, mornings, stories)),
        Cut("The points", _points(desk, stories)),
        Cut("The comments", _comments(desk, stories)),
    )


def _share(desk: Desk, mornings: Mornings, stories: Sequence[Reading]) -> Claims:
    filled = slots(
        count=desk.figures.counted(stories, "stories"),
        size=desk.figures.size(mornings.today, "stories"),
        date=desk.figures.date(mornings.today),
    )
    return said(desk, "argued.count", filled, "count", "size")


def _points(desk: Desk, stories: Sequence[Reading]) -> Claims:
    if len(stories) < 3:
        return ()
    first = max(stories, key=lambda reading: reading.metrics[Metric.POINTS])
    filled = slots(
        name=desk.cite.name(first.item),
        points=desk.figures.value(first, Metric.POINTS),
        median=desk.figures.make(
            "median(all)", {"all": desk.cite.readings(stories, Metric.POINTS)}, "points", form=rounding.fraction
        ),
    )
    return said(desk, "argued.points", filled, "points", "median")


def _comments(desk: Desk, stories: Sequence[Reading]) -> Claims:
    shown = [reading for reading in stories if Metric.COMMENTS in reading.metrics]
    loud = [reading for reading in shown if reading.metrics[Metric.COMMENTS] > reading.metrics[Metric.POINTS]]
    if len(shown) < 3:
        return ()
    first = max(loud or shown, key=lambda reading: reading.metrics[Metric.COMMENTS])
    filled = slots(
        name=desk.cite.name(first.item),
        comments=desk.figures.value(first, Metric.COMMENTS),
        points=desk.figures.value(first, Metric.POINTS),
        count=desk.figures.counted(loud, "stories"),
        all=desk.figures.counted(shown, "stories"),
        sum=desk.figures.make("sum(all)", {"all": desk.cite.readings(shown, Metric.COMMENTS)}, "comments"),
    )
    claims = said(desk, "argued.sum", filled, "sum", "all")
    claims += said(desk, "argued.loud", filled, "count") if loud else ()
    return claims + said(desk, "argued.comments", filled, "comments", "points")


def voted(desk: Desk) -> Sequence[Cut]:
    """The first, the middle, and what a day adds."""
    mornings = desk.mornings(PAPERS)
    if mornings is None:
        return ()
    shown = [reading for reading in desk.ours(mornings.today) if Metric.UPVOTES in reading.metrics]
    shown.sort(key=lambda reading: (-reading.metrics[Metric.UPVOTES], reading.item))
    return (
        Cut("The first", _first_paper(desk, shown)),
        Cut("Shared out", _shared_votes(desk, shown)),
        Cut("Since yesterday", _added_votes(desk, mornings)),
    )


def _first_paper(desk: Desk, shown: Sequence[Reading]) -> Claims:
    if len(shown) < 3:
        return ()
    filled = slots(
        name=desk.cite.name(shown[0].item),
        upvotes=desk.figures.value(shown[0], Metric.UPVOTES),
        other=desk.cite.name(shown[1].item),
        other_upvotes=desk.figures.value(shown[1], Metric.UPVOTES),
    )
    return said(desk, "voted.first", filled, "upvotes", "other_upvotes")


def _shared_votes(desk: Desk, shown: Sequence[Reading]) -> Claims:
    if len(shown) < 3:
        return ()
    votes = desk.cite.readings(shown, Metric.UPVOTES)
    filled = slots(
        sum=desk.figures.make("sum(all)", {"all": votes}, "upvotes"),
        count=desk.figures.counted(shown, "papers"),
        share=desk.figures.make(
            "100 * first / sum(all)", {"first": votes[0], "all": votes}, "%", form=rounding.percent
        ),
        median=desk.figures.make("median(all)", {"all": votes}, "upvotes", form=rounding.fraction),
    )
    return said(desk, "voted.share", filled, "sum", "share") + said(desk, "voted.median", filled, "median")


def _added_votes(desk: Desk, mornings: Mornings) -> Claims:
    both = mornings.against(1)
    pairs = gainers(desk, both, Metric.UPVOTES) if both else []
    if both is None or not pairs or (pairs[0].change(Metric.UPVOTES) or 0) <= 0:
        return ()
    filled = slots(
        name=desk.cite.name(pairs[0].after.item),
        gain=desk.figures.gain(pairs[0], Metric.UPVOTES),
        after=desk.figures.value(pairs[0].after, Metric.UPVOTES),
        since=desk.figures.date(both.before),
    )
    return said(desk, "voted.gain", filled, "gain")
