"""Insights on what the things of a list are: their sizes by name, their tasks, their kits, who has the most of all."""

from __future__ import annotations

from collections.abc import Iterator

from domain.items import Source
from domain.readings import Lists, Metric
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.figures import UNITS
from newsroom.formulas.sizes import size_in
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.insights.mixes import mix
from newsroom.record import ListKey, Mornings

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)
SPACES = ListKey(Source.HUGGINGFACE, Lists.SPACES)

#: Fewer names with a size have no largest worth a line.
FEWEST_SIZES = 5

#: Whose largest share of what is told: a metric of the things about AI on a list.
SHARED = (
    (ListKey(Source.GITHUB, Lists.GITHUB_DAILY), Metric.STARS_TODAY),
    (ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS), Metric.UPVOTES),
    (ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE), Metric.COMMENTS),
)
FEWEST_SHARING = 5

#: The largest share is told from this part on, in per cent.
LARGE_SHARE = 25


def make_insights(desk: Desk) -> Iterator[Insight]:
    """All insights on what things are and who has most."""
    models, spaces = desk.mornings(MODELS), desk.mornings(SPACES)
    if models is not None and models.today.complete:
        yield from _largest_by_name(desk, models)
        yield from _mixed(desk, MODELS, models, Kind.TASK, "task")
        yield from _fresh_likes(desk, models)
    if spaces is not None and spaces.today.complete:
        yield from _mixed(desk, SPACES, spaces, Kind.KIT, "sdk")
    for key, metric in SHARED:
        yield from _concentration(desk, key, metric)


def _largest_by_name(desk: Desk, mornings: Mornings) -> Iterator[Insight]:
    """The model whose name says the largest size; by the API's count where the two agree."""
    sized = [
        (size, reading)
        for reading in desk.ours(mornings.today)
        if (size := size_in(reading.item.external_id.rpartition("/")[2])) is not None
    ]
    if len(sized) < FEWEST_SIZES:
        return
    reading = max(sized, key=lambda pair: (pair[0], -(pair[1].rank or 0)))[1]
    largest = desk.figures.of_item(
        "largest_named", reading, mornings.today, "parameters", rounding.parameters, metric=Metric.PARAMETERS.value
    )
    if largest is None:
        return
    counted = desk.figures.agreed_size(reading)
    yield Insight(
        Kind.NAMED_SIZE,
        MODELS,
        (reading.item,),
        slots(
            **desk.naming(reading.item),
            parameters=largest,
            counted=counted,
            rank=desk.figures.rank(reading),
            likes=desk.figures.value(reading, Metric.LIKES),
            list=desk.list_name(MODELS),
        ),
        variant="counted" if counted is not None else "",
        magnitude=0.5,
    )


def _mixed(desk: Desk, key: ListKey, mornings: Mornings, kind: Kind, tag: str) -> Iterator[Insight]:
    """The commonest value of a tag, where most things of the list carry one."""
    things = desk.words(key).things
    found = mix(desk, mornings.today, tag, things)
    if "count" not in found or "other_count" not in found:
        return
    yield Insight(
        kind,
        key,
        slots={
            **found,
            **slots(size=desk.figures.size(mornings.today, things), list=desk.list_name(key), things=things),
        },
        also=(desk.cite.list(mornings.today),),
        theme=tag,
        magnitude=0.4,
    )


def _fresh_likes(desk: Desk, mornings: Mornings) -> Iterator[Insight]:
    """What the trending score comes to, for each like gained in the week."""
    both = mornings.against(7)
    if both is None:
        return
    asked = {"metric": Metric.LIKES.value, "other": Metric.SCORE.value}
    figures, ends = desk.figures, (both.before, both.after)
    median = figures.between("per_gain", *ends, "", rounding.coefficient, {**asked, "which": "median"})
    if median is None:
        return
    yield Insight(
        Kind.FRESH,
        MODELS,
        slots=slots(
            median=median,
            count=figures.between("per_gain_count", *ends, "models", rounding.count, asked),
            least=figures.between("per_gain", *ends, "", rounding.coefficient, {**asked, "which": "least"}),
            most=figures.between("per_gain", *ends, "", rounding.coefficient, {**asked, "which": "most"}),
            since=figures.date(both.before),
            list=desk.list_name(MODELS),
        ),
        surprise=0.4,
        magnitude=0.4,
    )


def _concentration(desk: Desk, key: ListKey, metric: Metric) -> Iterator[Insight]:
    """What share of the stars, votes or comments falls to the first, where it is large."""
    mornings = desk.mornings(key)
    shown = [each for each in desk.ours(mornings.today) if each.metrics.get(metric, 0) > 0] if mornings else []
    if len(shown) < FEWEST_SHARING:
        return
    share = desk.figures.among("top_share", shown, metric, "%", rounding.percent, top=1)
    if share is None or share.value < LARGE_SHARE:
        return
    first = max(shown, key=lambda each: (each.metrics[metric], each.item))
    yield Insight(
        Kind.CONCENTRATION,
        key,
        (first.item,),
        slots(
            **desk.naming(first.item),
            share=share,
            total=desk.figures.value(first, metric),
            sum=desk.figures.make("sum(all)", {"all": desk.cite.readings(shown, metric)}, UNITS[metric]),
            count=desk.figures.counted(shown, desk.words(key).things),
            unit=UNITS[metric],
            things=desk.words(key).things,
            list=desk.list_name(key),
        ),
        variant="day" if metric is Metric.STARS_TODAY else "",
        facet=metric.value,
        surprise=min(share.value / 80, 0.8),
        magnitude=0.7,
    )
