"""Sentences that several questions of the deep dive share: series, records, gains, and names in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from domain.claims import Figure, Name, Run, Words
from domain.readings import Metric, Reading
from newsroom.desk import Desk
from newsroom.insights.gains import gainers
from newsroom.insights.insight import slots
from newsroom.list_figures import enumerated
from newsroom.lookback import held
from newsroom.phrases.templates import Fragment
from newsroom.record import Comparison, Listing, Mornings, Pair
from newsroom.sections.cuts import Lines, line

#: A smaller gain is not worth a sentence.
LEAST_GAIN = 2


def said_so(figure: Figure | None) -> Figure | None:
    """The figure, with "none" for a count that came to nought."""
    return replace(figure, text="none") if figure is not None and figure.value == 0 else figure


def several(figure: Figure | None) -> Figure | None:
    """The figure, if it counts more than one: our plural words stand after it."""
    return figure if figure is not None and figure.value > 1 else None


def joined(names: Sequence[Name], word: str = "and") -> Fragment | None:
    """Names in a row: ``A, B and C``; None for none."""
    if not names:
        return None
    runs: list[Run] = []
    for at, name in enumerate(names):
        if at:
            runs.append(Words(f" {word} " if at == len(names) - 1 else ", "))
        runs.append(name)
    return tuple(runs)


def most_of(readings: Iterable[Reading], metric: Metric) -> Sequence[Reading]:
    """The readings that show the metric above zero, largest first."""
    shown = [reading for reading in readings if reading.metrics.get(metric, 0) > 0]
    return sorted(shown, key=lambda reading: (-reading.metrics[metric], reading.item))


def history_of(desk: Desk, listings: Sequence[Listing], counts: Sequence[Figure | None]) -> Mapping[str, Fragment]:
    """The slots ``series`` and ``since`` for a figure of each list, given newest first."""
    series = enumerated(tuple(reversed(counts)))
    moved = len({count.value for count in counts if count is not None}) > 1  # the same every day is no series
    return slots(series=series, since=desk.figures.date(listings[-1])) if series is not None and moved else {}


def record_lines(desk: Desk, key: str, mornings: Mornings, count: str, **args: str) -> Lines:
    """That today's list comes to more than every earlier one, or to less, by ``count``; nothing where it does not."""
    today, earlier = mornings.today, held(mornings)[1:]
    for form, found in (
        ("record", desk.figures.record(today, earlier, count, **args)),
        ("low", desk.figures.low(today, earlier, count, **args)),
    ):
        if found is not None:
            gap = desk.figures.gap([today, *earlier])
            gapped = f"{form}_gap" if gap is not None else form
            return line(f"{key}.{gapped}", slots(lists=found, first=desk.figures.date(earlier[-1]), gap=gap))
    return ()


def gain_lines(desk: Desk, key: str, both: Comparison | None, metric: Metric) -> Lines:
    """Who gained most between the two lists, and the median; nothing where nobody did."""
    pairs = gainers(desk, both, metric) if both is not None else []
    if both is None or not pairs or (pairs[0].change(metric) or 0) < LEAST_GAIN:
        return ()
    filled = pair_slots(desk, both, pairs[0], metric)
    middle = desk.figures.median_gain(metric, both)
    lines = line(f"{key}.gain", filled, "gain")
    return lines + (line("dive.median_gain", filled, "median") if middle is not None and middle.value > 0 else ())


def gain_among(desk: Desk, both: Comparison | None, readings: Iterable[Reading]) -> Lines:
    """Which of these gained most likes, and which came next; nothing where none did."""
    members = {reading.item for reading in readings}
    pairs = [pair for pair in gainers(desk, both, Metric.LIKES) if pair.after.item in members] if both else []
    lines: Lines = ()
    for key, pair in zip(("dive.gain", "dive_gains.second"), pairs, strict=False):
        if both is not None and (pair.change(Metric.LIKES) or 0) >= LEAST_GAIN:
            lines += line(key, pair_slots(desk, both, pair, Metric.LIKES), "gain")
    return lines


def pair_slots(desk: Desk, both: Comparison, pair: Pair, metric: Metric) -> dict[str, Fragment]:
    """What fills a sentence on two readings of an item: both values, both days, the gain and the list's median."""
    return slots(
        name=desk.cite.name(pair.after.item),
        gain=desk.figures.gain(pair, metric),
        before=desk.figures.value(pair.before, metric),
        after=desk.figures.value(pair.after, metric),
        rank=desk.figures.rank(pair.after),
        since=desk.figures.date(both.before),
        until=desk.figures.date(both.after),
        days=desk.figures.days(pair),
        metric=metric.value,
        median=desk.figures.median_gain(metric, both),
    )
