"""What can be said of a name that many ids share, or of an owner of many: its days, its first, its downloads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.claims import Claim, Run, Words
from domain.items import Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.phrases.templates import Fragment
from newsroom.record import ListKey, Mornings
from newsroom.sections.elsewhere import named_elsewhere
from newsroom.sections.page import LONGEST_ROW, Page, in_a_row, printed_a_row
from newsroom.sections.profile import totals

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)

#: A smaller share of the downloads, in per cent, is not worth a sentence.
LEAST_SHARE = 3

#: Words in names that say how a model was altered.
ALTERED = "uncensored|abliterated|obliterated|heretic"
FEWEST_ALTERED = 4


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
        limits="family" if insight.kind is Kind.FAMILY else "owner",
        under=tuple(_since(desk, insight)),
        standing=(*_row(desk, mornings, insight), *_record(desk, mornings, insight)),
        background=(*_leader(desk, mornings, readings), *_most_fetched(desk, readings)),
        who=(*_publishers(desk, insight), *_share(desk, mornings, insight), *_altered(desk, mornings, insight)),
        elsewhere=tuple(named_elsewhere(desk, insight.theme, insight.items)),
    )


def _since(desk: Desk, insight: Insight) -> Iterator[Claim]:
    """How many bore the name then and how many bear it now."""
    if insight.kind is Kind.FAMILY and {"earlier", "since"} <= insight.slots.keys():
        yield from desk.phrases.maybe(f"under.family_{insight.variant}", insight.slots)


def _row(desk: Desk, mornings: Mornings, insight: Insight) -> Iterator[Claim]:
    """The daily count: "6, 6, 9, 14"."""
    if insight.kind is not Kind.FAMILY:
        return
    days = [each for each in reversed(mornings.days[: LONGEST_ROW + 1]) if each is not None]
    things = desk.words(MODELS).things
    row = in_a_row([desk.figures.matching(each, insight.theme, things, rounding.whole) for each in days])
    if row is not None and not printed_a_row(desk):
        filled = slots(row=row, since=desk.figures.date(days[0]), family=insight.slots.get("family"))
        yield from desk.phrases.maybe("row.family", filled)


def _record(desk: Desk, mornings: Mornings, insight: Insight) -> Iterator[Claim]:
    """That the name has never been in so many places on the lists that we hold."""
    lists = [listing for listing in reversed(mornings.read) if listing.complete]
    filled = slots(
        family=insight.slots.get("family"),
        lists=desk.figures.record(mornings.today, lists[:-1], "matching", pattern=insight.theme),
        since=desk.figures.date(lists[0]) if lists else None,
        list=desk.list_name(MODELS),
    )
    if insight.kind is Kind.FAMILY:
        yield from desk.phrases.maybe("family_page.record", filled)


def _leader(desk: Desk, mornings: Mornings, readings: Sequence[Reading]) -> Iterator[Claim]:
    """The member that stands highest, for how long at No. 1, and its totals since a week or a day before."""
    first = readings[0]
    running = [listing for listing in mornings.running() if listing.complete]
    held = desk.figures.running(first, running, place=1) if first.rank == 1 else None
    filled = slots(
        name=desk.cite.name(first.item),
        rank=desk.figures.rank(first),
        likes=desk.figures.value(first, Metric.LIKES),
        lists=held if held is not None and held.value > 1 else None,
        since=desk.figures.date(running[int(held.value) - 1]) if held is not None and held.value > 1 else None,
    )
    yield from desk.phrases.maybe("family_page.held" if "lists" in filled else "family_page.leader", filled)
    yield from totals(desk, mornings, first)


def _most_fetched(desk: Desk, readings: Sequence[Reading]) -> Iterator[Claim]:
    """The member with most downloads, where it is another than the first."""
    first = readings[0]
    largest = max(readings, key=lambda reading: reading.metrics.get(Metric.DOWNLOADS, 0))
    filled = slots(
        name=desk.cite.name(largest.item),
        rank=desk.figures.rank(largest),
        downloads=desk.figures.value(largest, Metric.DOWNLOADS),
        less=desk.figures.value(first, Metric.DOWNLOADS),
        short=desk.short(first.item),
    )
    if largest.item != first.item and {"downloads", "less"} <= filled.keys():
        yield from desk.phrases.maybe("family_page.downloads", filled)


def _share(desk: Desk, mornings: Mornings, insight: Insight) -> Iterator[Claim]:
    """Which share of the list's downloads falls to the name."""
    family = insight.slots.get("family")
    share = desk.figures.listed(
        "share_of_sum", mornings.today, "%", rounding.percent, metric=Metric.DOWNLOADS.value, pattern=insight.theme
    )
    if family is not None and share is not None and share.value >= LEAST_SHARE:
        yield from desk.phrases.maybe(
            "family_page.share", slots(family=family, share=share, list=desk.list_name(MODELS))
        )


def _altered(desk: Desk, mornings: Mornings, insight: Insight) -> Iterator[Claim]:
    """How many names of the list say that a model was altered, and how many did before."""
    if insight.kind is not Kind.FAMILY:
        return
    both = mornings.farthest()
    things = desk.words(MODELS).things
    count = desk.figures.matching(mornings.today, ALTERED, things)
    earlier = desk.figures.matching(both.before, ALTERED, things) if both else None
    filled = slots(
        count=count,
        size=desk.figures.size(mornings.today, things),
        earlier=earlier if earlier is not None and earlier.value else None,
        since=desk.figures.date(both.before) if both else None,
        altered=_as_written(desk, mornings),
    )
    if count is not None and count.value >= FEWEST_ALTERED:
        yield from desk.phrases.maybe(
            "family_page.altered_since" if "earlier" in filled else "family_page.altered", filled
        )


def _as_written(desk: Desk, mornings: Mornings) -> Fragment | None:
    """Those of the words that stand in names of the list, as they are written there: "Uncensored, heretic"."""
    found: list[Run] = []
    for word in ALTERED.split("|"):
        ids = (reading.item for reading in mornings.today if word in reading.item.external_id.casefold())
        item = next((item for key in ids if (item := desk.about(key)) is not None), None)
        start = item.key.external_id.casefold().find(word) if item else 0
        name = desk.cite.part_of_id(item, item.key.external_id[start : start + len(word)]) if item else None
        if name is not None:
            found += [Words(", "), name] if found else [name]
    return tuple(found) or None


def _publishers(desk: Desk, insight: Insight) -> Iterator[Claim]:
    if "publishers" in insight.slots and "family" in insight.slots:
        yield from desk.phrases.maybe("family_page.publishers", insight.slots)
