"""Questions on Hacker News: what is argued about, and how much of a front page is about AI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from domain.claims import Figure
from domain.items import Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.counts import agreement
from newsroom.insights.insight import slots
from newsroom.list_figures import enumerated
from newsroom.lookback import ago, farthest_ago, in_a_row
from newsroom.phrases.templates import Fragment
from newsroom.record import ListKey, Mornings
from newsroom.sections.cuts import Cut, Inquiry, Lines, line
from newsroom.sections.looking_back import most_of

FRONT_PAGE = ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE)

#: Fewer stories are no front page to speak of.
FEWEST_STORIES = 6


def argued(desk: Desk) -> Iterator[Inquiry]:
    """What has more comments than points, what has fewer, and how the two agree on the whole page."""
    mornings = desk.mornings(FRONT_PAGE)
    if mornings is None:
        return
    stories = [each for each in desk.ours(mornings.today) if each.metrics.get(Metric.POINTS, 0) > 0]
    loud = [each for each in stories if _ratio(each) > 1]
    if len(stories) < FEWEST_STORIES or not loud:
        return
    figures = desk.figures
    loudest = max(loud, key=lambda each: (each.metrics[Metric.COMMENTS], each.item))
    filled = slots(
        title=desk.cite.name(loudest.item, linked=False),
        comments=figures.value(loudest, Metric.COMMENTS),
        points=figures.value(loudest, Metric.POINTS),
        count=figures.distinct(
            (*desk.cite.readings(loud, Metric.COMMENTS), *desk.cite.readings(loud, Metric.POINTS)), "stories"
        ),
        all=desk.about_ai(stories, "stories"),
        sum=figures.make("sum(all)", {"all": desk.cite.readings(stories, Metric.COMMENTS)}, "comments"),
        date=figures.date(mornings.today),
        list=desk.list_name(FRONT_PAGE),
    )
    yield Inquiry(
        "dive_argued",
        FRONT_PAGE.list,
        FRONT_PAGE.source,
        filled,
        (
            Cut("The loud", _loud(desk, loud, filled)),
            Cut("The quiet", _quiet(desk, stories)),
            Cut("All of them", _all(desk, stories, filled)),
            Cut("The whole page", _page(desk, mornings)),
        ),
        surprise=min(0.3 + len(loud) / len(stories) / 2, 0.7),
    )


def _ratio(reading: Reading) -> float:
    return reading.metrics.get(Metric.COMMENTS, 0) / reading.metrics[Metric.POINTS]


def _story(desk: Desk, reading: Reading) -> dict[str, Fragment]:
    return slots(
        name=desk.cite.name(reading.item),
        comments=desk.figures.value(reading, Metric.COMMENTS),
        points=desk.figures.value(reading, Metric.POINTS),
    )


def _loud(desk: Desk, loud: Sequence[Reading], filled: Mapping[str, Fragment]) -> Lines:
    by_comments = sorted(loud, key=lambda each: (-each.metrics[Metric.COMMENTS], each.item))
    lines = line("dive_argued.loud", _story(desk, by_comments[0]), "comments", "points")
    if len(by_comments) > 1:
        lines += line("dive_argued.next", _story(desk, by_comments[1]), "comments", "points")
    return line("dive_argued.count", filled, "count") + lines


def _quiet(desk: Desk, stories: Sequence[Reading]) -> Lines:
    """Much liked and little discussed."""
    quiet = min(most_of(stories, Metric.POINTS)[:FEWEST_STORIES], key=lambda each: (_ratio(each), each.item))
    first = most_of(stories, Metric.POINTS)[0]
    lines = line("dive_argued.first", _story(desk, first), "points", "comments")
    if quiet != first:
        lines += line("dive_argued.quiet", _story(desk, quiet), "points", "comments")
    return lines


def _all(desk: Desk, stories: Sequence[Reading], filled: Mapping[str, Fragment]) -> Lines:
    shown = [each for each in stories if Metric.COMMENTS in each.metrics]
    middle = slots(
        median=desk.figures.make(
            "median(all)", {"all": desk.cite.readings(shown, Metric.COMMENTS)}, "comments", form=rounding.fraction
        ),
        median_points=desk.figures.make(
            "median(all)", {"all": desk.cite.readings(shown, Metric.POINTS)}, "points", form=rounding.fraction
        ),
        share=desk.figures.among("top_share", shown, Metric.COMMENTS, "%", rounding.percent, top=1),
    )
    both = {**filled, **middle}
    return line("dive_argued.sum", both, "sum", "all", "share") + line(
        "dive_argued.median", both, "median", "median_points"
    )


def _page(desk: Desk, mornings: Mornings) -> Lines:
    asked = {"one": Metric.POINTS.value, "other": Metric.COMMENTS.value}
    found = desk.figures.listed("agreement", mornings.today, "", rounding.coefficient, **asked)
    if found is None:
        return ()
    filled = slots(
        coefficient=found,
        one="points",
        other="comments",
        things="stories",
        size=desk.figures.size(mornings.today, "stories"),
        loud=desk.figures.listed(
            "more_of", mornings.today, "stories", rounding.count, one=Metric.COMMENTS.value, other=Metric.POINTS.value
        ),
    )
    return line(f"dive.agree_{agreement(found.value)}", filled) + line("dive_argued.page", filled, "loud", "size")


def how_much_of_it(desk: Desk) -> Iterator[Inquiry]:
    """How many stories are about AI, what they draw, and how high the first stands."""
    mornings = desk.mornings(FRONT_PAGE)
    if mornings is None:
        return
    stories = [each for each in desk.ours(mornings.today) if Metric.POINTS in each.metrics]
    if len(stories) < FEWEST_STORIES:
        return
    figures = desk.figures
    every = [each for each in mornings.today if Metric.POINTS in each.metrics and Metric.COMMENTS in each.metrics]
    filled = slots(
        count=desk.about_ai(stories, "stories"),
        size=figures.size(mornings.today, "stories"),
        points_share=_share(desk, stories, every, Metric.POINTS),
        comments_share=_share(desk, stories, every, Metric.COMMENTS),
        date=figures.date(mornings.today),
        list=desk.list_name(FRONT_PAGE),
    )
    yield Inquiry(
        "dive_page",
        FRONT_PAGE.list,
        FRONT_PAGE.source,
        filled,
        (
            Cut("How many", _how_many(desk, mornings, filled)),
            Cut("How much is drawn", _drawn(desk, stories, filled)),
            Cut("How high", _how_high(desk, mornings, stories)),
        ),
        surprise=0.35,
    )


def _share(desk: Desk, part: Sequence[Reading], every: Sequence[Reading], metric: Metric) -> Figure | None:
    shown = [each for each in part if metric in each.metrics]
    evidence = {"part": desk.cite.readings(shown, metric), "all": desk.cite.readings(every, metric)}
    return desk.figures.make("100 * sum(part) / sum(all)", evidence, "%", form=rounding.percent) if shown else None


def _how_many(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    lines = line("dive_page.count", filled, "count", "size")
    days = in_a_row(mornings)
    counts = [desk.about_ai(each, "stories", rounding.whole) for each in days]
    series = enumerated(tuple(reversed(counts)))
    if series is not None:
        return lines + line("dive_page.series", slots(series=series, since=desk.figures.date(days[-1])))
    before = farthest_ago(mornings, 28, 14, 7) or ago(mornings, 1)
    if before is None:
        return lines
    then = slots(
        count=desk.about_ai(before, "stories"),
        size=desk.figures.size(before, "stories"),
        since=desk.figures.date(before),
    )
    return lines + line("dive_page.earlier", then, "count", "size")


def _drawn(desk: Desk, stories: Sequence[Reading], filled: Mapping[str, Fragment]) -> Lines:
    middle = slots(
        median=desk.figures.make(
            "median(all)", {"all": desk.cite.readings(stories, Metric.POINTS)}, "points", form=rounding.fraction
        )
    )
    return line("dive_page.share", filled, "points_share", "comments_share") + line(
        "dive_page.median", middle, "median"
    )


def _how_high(desk: Desk, mornings: Mornings, stories: Sequence[Reading]) -> Lines:
    by_points = most_of(stories, Metric.POINTS)
    lines: Lines = ()
    for form, reading in zip(("first", "second", "third"), by_points, strict=False):
        place = desk.figures.metric_rank(reading, Metric.POINTS, mornings.today)
        lines += line(f"dive_page.{form}", {**_story(desk, reading), **slots(place=place)}, "points", "place")
    return lines
