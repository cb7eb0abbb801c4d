"""Questions on Hugging Face's models: who shares a name, what the order follows, who has the downloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from domain.claims import Figure
from domain.items import Item, Source
from domain.readings import Lists, Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.counts import agreement
from newsroom.insights.gains import gainers
from newsroom.insights.insight import slots
from newsroom.insights.names import Family, families, family_item, owners
from newsroom.lookback import compared, farthest_ago, in_a_row
from newsroom.phrases.templates import Fragment
from newsroom.record import Comparison, ListKey, Mornings
from newsroom.sections.cuts import Cut, Inquiry, Lines, line
from newsroom.sections.looking_back import (
    gain_among,
    gain_lines,
    history_of,
    joined,
    most_of,
    pair_slots,
    record_lines,
    said_so,
)

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)

#: So many names of a list are worth a question of their own.
FAMILIES = 3

#: The largest of a list, as they are spoken of together.
TOP = 3


def who_shares_a_name(desk: Desk) -> Iterator[Inquiry]:
    """For each of the largest families: who publishes it, what it weighs, since when."""
    mornings = desk.mornings(MODELS)
    if mornings is None or not mornings.today.complete:
        return
    for family in families(mornings.today)[:FAMILIES]:
        item = family_item(desk, family)
        if item is not None:
            yield _family(desk, mornings, family, item)


def _family(desk: Desk, mornings: Mornings, family: Family, item: Item) -> Inquiry:
    figures, today, stem = desk.figures, mornings.today, family.stem
    filled = slots(
        family=desk.cite.part_of_id(item, stem),
        count=figures.matching(today, stem, "names"),
        size=figures.size(today, "models"),
        publishers=figures.listed("distinct_publishers", today, "accounts", rounding.count, pattern=stem),
        share=figures.listed("share_of_sum", today, "%", rounding.percent, metric=Metric.DOWNLOADS.value, pattern=stem),
        sum=figures.listed(
            "sum_matching", today, "downloads", rounding.whole, metric=Metric.DOWNLOADS.value, pattern=stem
        ),
        likes=figures.listed("sum_matching", today, "likes", rounding.whole, metric=Metric.LIKES.value, pattern=stem),
        date=figures.date(today),
        list=desk.list_name(MODELS),
    )
    return Inquiry(
        "dive_family",
        stem,
        Source.HUGGINGFACE,
        filled,
        (
            Cut("Who publishes them", _publishers(desk, mornings, family, filled)),
            Cut("How much they weigh", _weight(desk, family, filled)),
            Cut("Since when", _since_when(desk, mornings, family, filled)),
            Cut("Who gains", gain_among(desk, compared(mornings), family.readings)),
        ),
        _missing(desk, mornings, Metric.DOWNLOADS),
        surprise=min(0.2 + len(family.readings) / 15, 0.9),
    )


def _publishers(desk: Desk, mornings: Mornings, family: Family, filled: Mapping[str, Fragment]) -> Lines:
    lines = line("dive_family.accounts", filled, "publishers", "count")
    owner, readings = next(iter(owners(family.readings).items()), ("", ()))
    ours = desk.ours(readings)
    item = desk.about(ours[0].item) if ours else None
    if item is not None and len(readings) > 1:
        own = desk.figures.of_item(
            "largest_publisher", ours[0], mornings.today, "names", rounding.count, pattern=family.stem
        )
        lines += line("dive_family.owner", slots(owner=desk.cite.part_of_id(item, owner), own=own), "owner", "own")
    return lines + _files(desk, family)


def _files(desk: Desk, family: Family) -> Lines:
    """How many of the names say GGUF, the commonest format of copies."""
    items = [item for reading in family.readings if (item := desk.about(reading.item)) is not None]
    quotes = [cited for item in items if (cited := desk.cite.words(item, "external_id", "GGUF")) is not None]
    if len(quotes) < 2:
        return ()
    copy = next(item for item in items if desk.cite.words(item, "external_id", "GGUF"))
    filled = slots(files=desk.figures.quoted(quotes, "GGUF", "names"), word=desk.cite.part_of_id(copy, "GGUF"))
    return line("dive_family.files", filled, "files", "word")


def _weight(desk: Desk, family: Family, filled: Mapping[str, Fragment]) -> Lines:
    lines = line("dive_family.weight", filled, "share", "sum")
    ours = most_of(desk.ours(family.readings), Metric.DOWNLOADS)
    every = most_of(family.readings, Metric.DOWNLOADS)
    if len(every) > 2 and ours and ours[0] == every[0]:
        cited = desk.cite.readings(every, Metric.DOWNLOADS)
        top = slots(
            name=desk.cite.name(ours[0].item),
            total=desk.figures.value(ours[0], Metric.DOWNLOADS),
            rank=desk.figures.rank(ours[0]),
            part=desk.figures.make("100 * max(all) / sum(all)", {"all": cited}, "%", form=rounding.percent),
        )
        lines += line("dive_family.top", top, "name", "total", "rank", "part")
    return lines + line("dive_family.likes", filled, "likes", "count")


def _since_when(desk: Desk, mornings: Mornings, family: Family, filled: Mapping[str, Fragment]) -> Lines:
    days = in_a_row(mornings)
    counts = [desk.figures.matching(listing, family.stem, "names", rounding.whole) for listing in days]
    lines = line("dive.series", history_of(desk, days, counts), "series")
    before = farthest_ago(mornings, 28, 14)
    if before is not None:
        then = slots(
            earlier=said_so(desk.figures.matching(before, family.stem, "names")), since=desk.figures.date(before)
        )
        lines += line("dive_family.earlier", {**filled, **then}, "earlier")
    return lines + record_lines(desk, "dive", mornings, "matching", pattern=family.stem)


def _missing(desk: Desk, mornings: Mornings, metric: Metric) -> Lines:
    """How many items show the figure at all, where some do not."""
    shown = desk.figures.listed("shown_count", mornings.today, "models", rounding.whole, metric=metric.value)
    if shown is None or shown.value == len(mornings.today):
        return ()
    return line(
        "dive.missing", slots(shown=shown, size=desk.figures.size(mornings.today, "models"), metric=metric.value)
    )


def what_order(desk: Desk) -> Iterator[Inquiry]:
    """Downloads, likes, fresh likes."""
    mornings = desk.mornings(MODELS)
    coefficient = _coefficient(desk, mornings, Metric.DOWNLOADS) if mornings is not None else None
    if mornings is None or coefficient is None:
        return
    filled = slots(
        coefficient=coefficient,
        count=desk.figures.listed(
            "shown_count", mornings.today, "models", rounding.whole, metric=Metric.DOWNLOADS.value
        ),
        date=desk.figures.date(mornings.today),
        list=desk.list_name(MODELS),
    )
    filled |= _largest(desk, mornings, Metric.DOWNLOADS)
    yield Inquiry(
        "dive_order",
        MODELS.list,
        Source.HUGGINGFACE,
        filled,
        (
            Cut("Downloads", _agreement(desk, mornings, Metric.DOWNLOADS)),
            Cut("Likes in all", _agreement(desk, mornings, Metric.LIKES)),
            Cut("Fresh likes", _fresh(desk, mornings) + gain_lines(desk, "dive", compared(mornings), Metric.LIKES)),
        ),
        _missing(desk, mornings, Metric.DOWNLOADS),
        surprise=0.35 + 0.4 * abs(coefficient.value),
    )


def _coefficient(desk: Desk, mornings: Mornings, metric: Metric) -> Figure | None:
    return desk.figures.listed("spearman", mornings.today, "", rounding.coefficient, metric=metric.value)


def _agreement(desk: Desk, mornings: Mornings, metric: Metric) -> Lines:
    """How place and metric agree today and some time ago, and where the most stands."""
    now = _coefficient(desk, mornings, metric)
    if now is None:
        return ()
    count = desk.figures.listed("shown_count", mornings.today, "models", rounding.whole, metric=metric.value)
    filled = slots(coefficient=now, count=count, one="place", other=metric.value, things="models")
    lines = line(f"dive.agree_{agreement(now.value)}", filled, "count")
    before = farthest_ago(mornings, 14, 7)
    if before is not None:
        then = desk.figures.listed("spearman", before, "", rounding.coefficient, metric=metric.value)
        lines += line("dive_order.earlier", slots(coefficient=then, since=desk.figures.date(before)), "coefficient")
    return lines + line("dive.largest", _largest(desk, mornings, metric), "total")


def _largest(desk: Desk, mornings: Mornings, metric: Metric) -> dict[str, Fragment]:
    """Who shows most of a metric, where it isn't the first of the list."""
    shown = most_of(desk.ours(mornings.today), metric)
    if not shown or shown[0].rank == 1:
        return {}
    most = desk.figures.highest(shown[0], metric, mornings.today)
    if most is None:
        return {}
    return slots(
        name=desk.cite.name(shown[0].item),
        short=desk.short(shown[0].item),
        rank=desk.figures.rank(shown[0]),
        total=most,
        metric=metric.value,
    )


def _fresh(desk: Desk, mornings: Mornings) -> Lines:
    """The score divided by the likes gained: what the order is made of."""
    both = mornings.against(7)
    if both is None:
        return ()
    figures = desk.figures

    def ratio(which: str) -> Figure | None:
        asked = {"metric": Metric.LIKES.value, "other": Metric.SCORE.value, "which": which}
        return figures.between("per_gain", both.before, both.after, "", rounding.coefficient, asked)

    asked = {"metric": Metric.LIKES.value, "other": Metric.SCORE.value}
    filled = slots(
        median=ratio("median"),
        least=ratio("least"),
        most=ratio("most"),
        count=figures.between("per_gain_count", both.before, both.after, "models", rounding.count, asked),
        since=figures.date(both.before),
        until=figures.date(both.after),
    )
    return line("dive_order.fresh", filled, "median", "least", "most", "count")


def who_has_downloads(desk: Desk) -> Iterator[Inquiry]:
    """Who has them, how they are shared out, which way they went."""
    mornings = desk.mornings(MODELS)
    if mornings is None or not mornings.today.complete:
        return
    shown = most_of(mornings.today, Metric.DOWNLOADS)
    if len(shown) < 2 * TOP:
        return
    filled = slots(
        top=desk.figures.counted(shown[:TOP], "models"),
        share=desk.figures.among("top_share", shown, Metric.DOWNLOADS, "%", rounding.percent, top=TOP),
        sum=desk.figures.listed(
            "sum_listed", mornings.today, "downloads", rounding.whole, metric=Metric.DOWNLOADS.value
        ),
        median=desk.figures.listed(
            "median_listed", mornings.today, "downloads", rounding.fraction, metric=Metric.DOWNLOADS.value
        ),
        size=desk.figures.size(mornings.today, "models"),
        date=desk.figures.date(mornings.today),
        list=desk.list_name(MODELS),
    )
    yield Inquiry(
        "dive_downloads",
        MODELS.list,
        Source.HUGGINGFACE,
        filled,
        (
            Cut("Who has them", _who_has(desk, mornings, shown, filled)),
            Cut("Beside the likes", _beside_likes(desk, mornings)),
            Cut("Which way they went", _which_way(desk, compared(mornings))),
        ),
        _missing(desk, mornings, Metric.DOWNLOADS),
        surprise=0.4,
    )


def _who_has(desk: Desk, mornings: Mornings, shown: Sequence[Reading], filled: Mapping[str, Fragment]) -> Lines:
    ours = [name for reading in desk.ours(shown[:TOP]) if (name := desk.cite.name(reading.item)) is not None]
    lines = line("dive_downloads.share", filled, "top", "share", "sum")
    if len(ours) == TOP:
        lines += line("dive_downloads.names", slots(names=joined(ours)), "names")
    lines += line("dive.largest", _largest(desk, mornings, Metric.DOWNLOADS), "total")
    return lines + line("dive_downloads.median", filled, "median")


def _beside_likes(desk: Desk, mornings: Mornings) -> Lines:
    found = desk.figures.listed(
        "agreement", mornings.today, "", rounding.coefficient, one=Metric.LIKES.value, other=Metric.DOWNLOADS.value
    )
    if found is None:
        return ()
    filled = slots(coefficient=found, one="likes", other="downloads", things="models")
    return line(f"dive.agree_{agreement(found.value)}", filled) + line(
        "dive.largest", _largest(desk, mornings, Metric.LIKES), "total"
    )


def _which_way(desk: Desk, both: Comparison | None) -> Lines:
    if both is None:
        return ()
    metric = Metric.DOWNLOADS
    filled = slots(
        fewer=desk.figures.between(
            "lost_count", both.before, both.after, "models", rounding.count, {"metric": metric.value}
        ),
        stayed=desk.figures.stayed(both.before, both.after, "models"),
        since=desk.figures.date(both.before),
    )
    lines = line("dive_downloads.fewer", filled, "fewer", "stayed")
    pairs = gainers(desk, both, metric)
    if pairs and (pairs[-1].change(metric) or 0) < 0:
        lines += line("dive_downloads.fell", pair_slots(desk, both, pairs[-1], metric))
    if pairs and (pairs[0].change(metric) or 0) > 0:
        lines += line("dive_downloads.rose", pair_slots(desk, both, pairs[0], metric))
    return lines
