"""What can be said of a name that many ids share, or of an owner of many: its first, its downloads, its accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.claims import Claim
from domain.items import Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, slots
from newsroom.record import ListKey, Mornings
from newsroom.sections.elsewhere import named_elsewhere
from newsroom.sections.profile import Page, totals

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)

#: A smaller share of the downloads, in per cent, is not worth a sentence.
LEAST_SHARE = 3


def of_name(desk: Desk, insight: Insight) -> Page | None:
    """The page of the name; None when it is not one of the list of models."""
    mornings = desk.mornings(MODELS)
    if mornings is None:
        return None
    readings = [mornings.today.by_item[key] for key in insight.items if key in mornings.today.by_item]
    readings = [reading for reading in readings if desk.about(reading.item) is not None]
    readings.sort(key=lambda reading: reading.rank or 0)
    if not readings:
        return None
    return Page(
        standing=tuple(_leader(desk, readings)),
        background=(*_share(desk, mornings, insight), *totals(desk, mornings, readings[0])),
        who=tuple(_publishers(desk, insight)),
        elsewhere=tuple(named_elsewhere(desk, insight.theme)),
    )


def _leader(desk: Desk, readings: Sequence[Reading]) -> Iterator[Claim]:
    """The member that stands highest, and the one with most downloads where it is another."""
    first = readings[0]
    yield from desk.phrases.maybe(
        "family.leader",
        slots(
            name=desk.cite.name(first.item),
            rank=desk.figures.rank(first),
            likes=desk.figures.value(first, Metric.LIKES),
        ),
    )
    largest = max(readings, key=lambda reading: reading.metrics.get(Metric.DOWNLOADS, 0))
    filled = slots(
        name=desk.cite.name(largest.item),
        rank=desk.figures.rank(largest),
        downloads=desk.figures.value(largest, Metric.DOWNLOADS),
        less=desk.figures.value(first, Metric.DOWNLOADS),
        short=desk.short(first.item),
    )
    if largest.item != first.item and {"downloads", "less"} <= filled.keys():
        yield from desk.phrases.maybe("family.downloads", filled)


def _share(desk: Desk, mornings: Mornings, insight: Insight) -> Iterator[Claim]:
    """Which share of the list's downloads falls to the name."""
    family = insight.slots.get("family")
    share = desk.figures.listed(
        "share_of_sum", mornings.today, "%", rounding.percent, metric=Metric.DOWNLOADS.value, pattern=insight.theme
    )
    if family is not None and share is not None and share.value >= LEAST_SHARE:
        yield from desk.phrases.maybe("family.share", slots(family=family, share=share, list=desk.list_name(MODELS)))


def _publishers(desk: Desk, insight: Insight) -> Iterator[Claim]:
    if "publishers" in insight.slots and "family" in insight.slots:
        yield from desk.phrases.maybe("family.publishers", insight.slots)
