"""What readers voted for: the result of the last poll, told once, in the first issue after it closed."""

from __future__ import annotations

from collections.abc import Sequence

from domain.claims import Claim
from domain.evidence import ReadingEvidence
from domain.issue import Layout, Story
from domain.items import Source
from domain.polls import FEWEST_VOTES
from domain.readings import Metric, Reading
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.record import DAY, Listing
from newsroom.sections.looking_back import joined

#: A result that is older is told no more.
TOLD_WITHIN = 7 * DAY

#: The name of the entry.
LABEL = "Readers' choice"


def write(desk: Desk) -> Story | None:
    """The result; None when no poll closed since it was told last, or too few voted."""
    listing = _untold(desk)
    if listing is None:
        return None
    total = sum(reading.metrics.get(Metric.VOTES, 0) for reading in listing)
    told = _told(desk, listing) if total >= FEWEST_VOTES else ()
    return Story((), Layout.BULLET, paragraphs=(told,), label=LABEL) if told else None


def _untold(desk: Desk) -> Listing | None:
    """The newest poll that has closed, if no earlier issue has told of it."""
    read = (desk.record.mornings(key.source, key.list) for key in desk.record.lists(Source.POLL))
    newest = max((mornings.today for mornings in read if mornings is not None), key=lambda each: each.at, default=None)
    if newest is None or desk.as_of - newest.at > TOLD_WITHIN:
        return None
    return None if _is_told(desk, newest.harvest.list) else newest


def _is_told(desk: Desk, name: str) -> bool:
    cited = (each for issue in desk.memory.within(TOLD_WITHIN.days + 1) for each in issue.evidence.values())
    return any(isinstance(each, ReadingEvidence) and (each.source, each.list) == (Source.POLL, name) for each in cited)


def _told(desk: Desk, listing: Listing) -> tuple[Claim, ...]:
    """Who had most votes, of how many, and when it closed; several share the first place of a tie."""
    readings = [reading for reading in listing if Metric.VOTES in reading.metrics]
    first = _first(readings)
    names = [name for reading in first if (name := desk.cite.name(reading.item)) is not None]
    if len(names) < len(first):  # one that may not be named: then the result can't be told
        return ()
    cited = desk.cite.readings(readings, Metric.VOTES)
    filled = slots(
        name=joined(names),
        votes=desk.figures.make("max(of)", {"of": cited}, "votes"),
        total=desk.figures.make("sum(of)", {"of": cited}, "votes"),
        closed=desk.figures.date(listing, zone=desk.paper.zone),
    )
    titles = tuple(title for reading in readings if (title := desk.cite.title(reading.item)) is not None)
    return desk.phrases.maybe("poll.winner" if len(first) == 1 else "poll.tie", filled, titles)


def _first(readings: Sequence[Reading]) -> Sequence[Reading]:
    """Those with the most votes, in the order in which they were asked."""
    most = max(reading.metrics[Metric.VOTES] for reading in readings)
    return [reading for reading in readings if reading.metrics[Metric.VOTES] == most]
