"""Insights on shares: how many names of a list hold one of a few printed words, and what that was some days ago."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.claims import Figure, Quote, Run, Words
from domain.items import Source
from domain.readings import Lists, Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import Insight, Kind, slots
from newsroom.lookback import comparable, in_a_row
from newsroom.phrases.templates import Fragment
from newsroom.record import Listing, ListKey, Mornings

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)

#: Fewer names are no share worth a line.
FEWEST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that mean the same of a name; one of them is enough."""

    name: str
    words: tuple[str, ...]

    def holding(self, listing: Listing) -> tuple[Reading, ...]:
        """What stands on the list with one of the words in its id."""
        return tuple(
            reading for reading in listing if any(word in reading.item.external_id.casefold() for word in self.words)
        )


#: What is looked for in names, in small letters.
PATTERNS = (
    Pattern("uncensored", ("uncensored", "abliterated", "obliterated", "heretic")),
    Pattern("formats", ("gguf", "nvfp4", "fp8", "mlx", "awq", "gptq")),
    Pattern("borrowed", ("claude", "opus", "sonnet", "fable", "mythos")),
)


def share_insights(desk: Desk) -> Iterator[Insight]:
    """For each pattern the share of names that hold it, its change, and its daily count."""
    for mornings, pattern, words, holding in patterns_today(desk, FEWEST_NAMES):
        yield from _shares(desk, mornings, pattern, words, holding)


def patterns_today(
    desk: Desk, fewest: int
) -> Iterator[tuple[Mornings, Pattern, tuple[Quote, ...], tuple[Reading, ...]]]:
    """The patterns that at least so many names of the newest list of models hold: their words, and the holders."""
    mornings = desk.mornings(MODELS)
    if mornings is None or not mornings.today.complete:
        return
    for pattern in PATTERNS:
        words = words_of_pattern(desk, mornings.today, pattern)
        holding = pattern.holding(mornings.today)
        if words and len(holding) >= fewest:
            yield mornings, pattern, words, holding


def words_of_pattern(desk: Desk, listing: Listing, pattern: Pattern) -> tuple[Quote, ...]:
    """Those of the words that stand in a name today, as the first such name spells them."""
    found: list[Quote] = []
    for word in pattern.words:
        for reading in desk.ours(listing):
            start = reading.item.external_id.casefold().find(word)
            item = desk.about(reading.item)
            if start >= 0 and item is not None:
                cited = desk.cite.quote(item, "external_id", reading.item.external_id[start : start + len(word)])
                found += [cited] if cited is not None else []
                break
    return tuple(found)


def either(words: Sequence[Quote]) -> Fragment:
    """Words in a row: ``Uncensored, abliterated or heretic``."""
    runs: list[Run] = []
    for at, word in enumerate(words):
        if at:
            runs.append(Words(" or " if at == len(words) - 1 else ", "))
        runs.append(word)
    return tuple(runs)


def _shares(
    desk: Desk, mornings: Mornings, pattern: Pattern, words: Sequence[Quote], holding: Sequence[Reading]
) -> Iterator[Insight]:
    today, figures = mornings.today, desk.figures
    text = "|".join(word.text for word in words)
    both = comparable(mornings)
    count = figures.matching(today, text, "names")
    earlier = figures.matching(both.before, text, "names") if both is not None else None
    if count is None:
        return
    change = count.value - earlier.value if earlier is not None else 0
    if earlier is not None and earlier.value == 0:
        earlier = replace(earlier, text="none")
    yield Insight(
        Kind.SHARE,
        MODELS,
        slots=slots(
            words=either(words),
            count=count,
            size=figures.size(today, "models"),
            share=figures.listed("share", today, "%", rounding.percent, pattern=text),
            earlier=earlier,
            earlier_size=figures.size(both.before, "models") if both is not None else None,
            since=figures.date(both.before) if both is not None else None,
            list=desk.list_name(MODELS),
        ),
        theme=pattern.name,
        variant="changed" if change else "",
        surprise=min(0.3 + abs(change) / 8, 0.8),
        magnitude=min(len(holding) / len(today) * 1.5, 1),
    )
    yield from _series(desk, mornings, pattern, words, text)


def _series(desk: Desk, mornings: Mornings, pattern: Pattern, words: Sequence[Quote], text: str) -> Iterator[Insight]:
    days = in_a_row(mornings)
    runs = desk.figures.series(days, text, "names")
    counts = {run.value for run in runs or () if isinstance(run, Figure)}
    if runs is None or len(counts) < 2:
        return  # the same every day is no series
    yield Insight(
        Kind.SERIES,
        MODELS,
        slots=slots(words=either(words), series=runs, since=desk.figures.date(days[-1]), list=desk.list_name(MODELS)),
        theme=pattern.name,
        surprise=0.25,
        magnitude=min((max(counts) - min(counts)) / 8, 1),
    )
