"""Questions on what the names of models say: words that tell how a file was made, and sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from domain.claims import Figure, Quote
from domain.readings import Metric, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.formulas.sizes import size_in
from newsroom.insights.insight import slots
from newsroom.insights.names import owners
from newsroom.insights.shares import Pattern, either, patterns_today
from newsroom.lookback import compared, farthest_ago, in_a_row
from newsroom.phrases.templates import Fragment
from newsroom.record import Mornings
from newsroom.sections.cuts import Cut, Inquiry, Lines, line
from newsroom.sections.looking_back import gain_among, history_of, most_of, record_lines, said_so
from newsroom.sections.questions_models import MODELS

#: Fewer names with the words, or with a size, are no subject.
FEWEST_NAMES = 4


def which_words(desk: Desk) -> Iterator[Inquiry]:
    """For each pattern of words: how many names have one, whose they are, what they weigh."""
    for mornings, pattern, words, holding in patterns_today(desk, FEWEST_NAMES):
        yield _words(desk, mornings, pattern, words, holding)


def _words(
    desk: Desk, mornings: Mornings, pattern: Pattern, words: Sequence[Quote], holding: Sequence[Reading]
) -> Inquiry:
    figures, today = desk.figures, mornings.today
    text = "|".join(word.text for word in words)
    filled = slots(
        words=either(words),
        count=figures.matching(today, text, "names"),
        size=figures.size(today, "models"),
        publishers=figures.listed("distinct_publishers", today, "accounts", rounding.count, pattern=text),
        share=_share(desk, mornings, Metric.DOWNLOADS, text),
        likes_share=_share(desk, mornings, Metric.LIKES, text),
        date=figures.date(today),
        list=desk.list_name(MODELS),
    )
    return Inquiry(
        f"dive_{pattern.name}",
        pattern.name,
        MODELS.source,
        filled,
        (
            Cut("How many", _how_many(desk, mornings, text, filled)),
            Cut("Whose they are", _whose(desk, mornings, text, holding, filled)),
            Cut("What they weigh", _weigh(desk, holding, filled)),
            Cut("Who gains", gain_among(desk, compared(mornings), holding)),
        ),
        surprise=min(0.2 + len(holding) / len(today), 0.8),
    )


def _share(desk: Desk, mornings: Mornings, metric: Metric, text: str) -> Figure | None:
    return desk.figures.listed("share_of_sum", mornings.today, "%", rounding.percent, metric=metric.value, pattern=text)


def _how_many(desk: Desk, mornings: Mornings, text: str, filled: Mapping[str, Fragment]) -> Lines:
    days = in_a_row(mornings)
    counts = [desk.figures.matching(listing, text, "names", rounding.whole) for listing in days]
    lines = line("dive.series", history_of(desk, days, counts), "series")
    before = farthest_ago(mornings, 28, 14)
    if before is not None:
        then = slots(
            earlier=said_so(desk.figures.matching(before, text, "names")),
            earlier_size=desk.figures.size(before, "models"),
            since=desk.figures.date(before),
        )
        lines += line("dive_words.earlier", {**filled, **then}, "earlier")
    return lines + record_lines(desk, "dive", mornings, "matching", pattern=text)


def _whose(
    desk: Desk, mornings: Mornings, text: str, holding: Sequence[Reading], filled: Mapping[str, Fragment]
) -> Lines:
    lines = line("dive_words.accounts", filled, "publishers", "count")
    owner, readings = next(iter(owners(holding).items()), ("", ()))
    ours = desk.ours(readings)
    item = desk.about(ours[0].item) if ours else None
    if item is not None and len(readings) > 1:
        own = desk.figures.of_item("largest_publisher", ours[0], mornings.today, "names", rounding.count, pattern=text)
        lines += line("dive_family.owner", slots(owner=desk.cite.part_of_id(item, owner), own=own), "owner", "own")
    return lines


def _weigh(desk: Desk, holding: Sequence[Reading], filled: Mapping[str, Fragment]) -> Lines:
    lines = line("dive_words.share", filled, "share", "likes_share")
    most = most_of(desk.ours(holding), Metric.DOWNLOADS)
    if most:
        top = slots(
            name=desk.cite.name(most[0].item),
            total=desk.figures.value(most[0], Metric.DOWNLOADS),
            rank=desk.figures.rank(most[0]),
        )
        lines += line("dive_words.first", top, "name", "rank", "total")
    placed = [reading for reading in desk.ours(holding) if reading.rank is not None]
    if placed and (not most or placed[0].item != most[0].item):
        best = slots(
            name=desk.cite.name(placed[0].item),
            rank=desk.figures.rank(placed[0]),
            likes=desk.figures.value(placed[0], Metric.LIKES),
        )
        lines += line("dive_words.placed", best, "name", "rank", "likes")
    return lines


def which_sizes(desk: Desk) -> Iterator[Inquiry]:
    """How many names say a size, which is largest and smallest, and what size is downloaded."""
    mornings = desk.mornings(MODELS)
    if mornings is None or not mornings.today.complete:
        return
    sized = [(size, reading) for reading in desk.ours(mornings.today) if (size := _size(reading)) is not None]
    if len(sized) < 2 * FEWEST_NAMES:
        return
    large = max(sized, key=lambda pair: (pair[0], -(pair[1].rank or 0)))[1]
    small = min(sized, key=lambda pair: (pair[0], pair[1].rank or 0))[1]
    figures, today = desk.figures, mornings.today
    filled = slots(
        count=figures.listed("sizes_named", today, "names", rounding.count),
        size=figures.size(today, "models"),
        median=figures.listed("median_named", today, "parameters", rounding.parameters, metric="parameters"),
        large=_named(desk, "largest_named", large, mornings),
        small=_named(desk, "smallest_named", small, mornings),
        date=figures.date(today),
        list=desk.list_name(MODELS),
    )
    yield Inquiry(
        "dive_sizes",
        MODELS.list,
        MODELS.source,
        filled,
        (
            Cut("How many say one", _say_one(desk, mornings, filled)),
            Cut("The two ends", _ends(desk, mornings, large, small)),
            Cut("What is fetched", _fetched(desk, [reading for _, reading in sized])),
        ),
        line("dive_sizes.unsaid", slots(size=filled["size"], count=filled.get("count", ())), "count"),
        surprise=0.4,
    )


def _size(reading: Reading) -> float | None:
    return size_in(reading.item.external_id.rpartition("/")[2])


def _named(desk: Desk, name: str, reading: Reading, mornings: Mornings) -> Figure | None:
    return desk.figures.of_item(name, reading, mornings.today, "parameters", rounding.parameters, metric="parameters")


def _say_one(desk: Desk, mornings: Mornings, filled: Mapping[str, Fragment]) -> Lines:
    lines = line("dive_sizes.count", filled, "count", "size", "median")
    before = farthest_ago(mornings, 28, 14, 7)
    if before is not None:
        then = slots(
            earlier=desk.figures.listed("sizes_named", before, "names", rounding.count),
            median=desk.figures.listed("median_named", before, "parameters", rounding.parameters, metric="parameters"),
            since=desk.figures.date(before),
        )
        lines += line("dive_sizes.earlier", then, "earlier", "median")
    return lines


def _ends(desk: Desk, mornings: Mornings, large: Reading, small: Reading) -> Lines:
    lines: Lines = ()
    for form, formula, reading in (("largest", "largest_named", large), ("smallest", "smallest_named", small)):
        filled = slots(
            name=desk.cite.name(reading.item),
            parameters=_named(desk, formula, reading, mornings),
            rank=desk.figures.rank(reading),
            likes=desk.figures.value(reading, Metric.LIKES),
        )
        lines += line(f"dive_sizes.{form}", filled, "name", "parameters", "rank")
    return lines


def _fetched(desk: Desk, sized: Sequence[Reading]) -> Lines:
    lines: Lines = ()
    for metric in (Metric.DOWNLOADS, Metric.LIKES):
        most = most_of(sized, metric)
        if not most or (lines and lines[0].slots.get("name") == slots(name=desk.cite.name(most[0].item)).get("name")):
            continue
        filled = slots(
            name=desk.cite.name(most[0].item),
            parameters=desk.figures.named_size(most[0]),
            total=desk.figures.value(most[0], metric),
            rank=desk.figures.rank(most[0]),
            metric=metric.value,
        )
        lines += line("dive_sizes.fetched", filled, "name", "parameters", "total")
    return lines
