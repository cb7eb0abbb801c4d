"""What can be said of a story that people talk about: where it stands among the others, and whose page it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.claims import Claim
from domain.items import Item
from domain.readings import Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.insights.talk import FRONT_PAGE
from newsroom.record import Listing, ListKey
from newsroom.selection.leads import names_in

#: Fewer stories have no middle worth telling.
FEWEST_STORIES = 5

#: A story with fewer points is no company.
FEWEST_POINTS = 50

#: The publisher of a story that leads nowhere else ("Ask HN").
OWN_SITE = "news.ycombinator.com"

#: A word in fewer titles is no theme.
FEWEST_TITLES = 2


def standing(desk: Desk, places: Sequence[tuple[ListKey, Reading]]) -> Iterator[Claim]:
    """Its place by points and by comments, and the middle of the stories about AI on its list."""
    for key, reading in places:
        mornings = desk.mornings(key)
        if mornings is None or Metric.POINTS not in reading.metrics:
            continue
        yield from _places(desk, key, reading, mornings.today)
        yield from _middle(desk, reading, mornings.today)
        return


def _places(desk: Desk, key: ListKey, reading: Reading, today: Listing) -> Iterator[Claim]:
    filled = slots(
        rank=desk.figures.metric_rank(reading, Metric.POINTS, today),
        by_comments=desk.figures.metric_rank(reading, Metric.COMMENTS, today)
        if Metric.COMMENTS in reading.metrics
        else None,
        size=desk.figures.size(today, "stories"),
        date=desk.figures.date(today),
        list=desk.list_name(key),
    )
    yield from desk.phrases.maybe("among.both" if "by_comments" in filled else "among.rank", filled)


def _middle(desk: Desk, reading: Reading, today: Listing) -> Iterator[Claim]:
    """The median of the stories about AI by points, and how many times that this one has."""
    ours = [each for each in desk.ours(today) if Metric.POINTS in each.metrics]
    if len(ours) < FEWEST_STORIES:
        return
    points = desk.cite.readings(ours, Metric.POINTS)
    own = desk.cite.reading(reading, Metric.POINTS)
    times = desk.figures.make("a / median(all)", {"a": own, "all": points}, "times", form=rounding.times)
    filled = slots(
        count=desk.about_ai(ours, "stories"),
        median=desk.figures.make("median(all)", {"all": points}, "points", form=rounding.fraction),
        times=times if times is not None and times.value >= 2 else None,
    )
    yield from desk.phrases.maybe("among.times" if "times" in filled else "among.median", filled)


def runner_up(desk: Desk, key: ListKey, reading: Reading) -> Iterator[Claim]:
    """The story about AI with most points beside it, and its place."""
    mornings = desk.mornings(key)
    if mornings is None:
        return
    same = set(desk.subject(reading.item).items)
    rest = [
        each
        for each in desk.ours(mornings.today)
        if each.item not in same and each.metrics.get(Metric.POINTS, 0) >= FEWEST_POINTS
    ]
    for other in sorted(rest, key=lambda each: (-each.metrics[Metric.POINTS], each.item))[:1]:
        filled = slots(
            name=desk.cite.name(other.item),
            points=desk.figures.value(other, Metric.POINTS),
            comments=desk.figures.value(other, Metric.COMMENTS),
            rank=desk.figures.metric_rank(other, Metric.POINTS, mornings.today),
        )
        yield from desk.phrases.maybe("among.other", filled)


def others(desk: Desk, item: Item) -> Iterator[Claim]:
    """In how many titles of the list a name of its title stands."""
    mornings = desk.mornings(FRONT_PAGE)
    for word in names_in(desk, item.title)[:3]:
        titles = desk.figures.titles_with(word, mornings.today) if mornings else None
        if mornings is not None and titles is not None and titles.value >= FEWEST_TITLES:
            filled = slots(
                word=desk.cite.part_of_words(item, "title", word),
                titles=titles,
                size=desk.figures.size(mornings.today, "titles"),
                date=desk.figures.date(mornings.today),
            )
            yield from desk.phrases.maybe("among.titles", filled)
            return


def site(desk: Desk, item: Item) -> Iterator[Claim]:
    """Whose page it is, where it is not a post of a source that we read."""
    told = any(desk.about(key) is not None for key in desk.subject(item.key).items if key != item.key)
    if not told and item.publisher != OWN_SITE:
        yield from desk.phrases.maybe("who.site", slots(site=desk.cite.publisher(item)))
