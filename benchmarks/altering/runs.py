"""Alterations of what is printed with evidence: a run's text, value, unit, period, name, link or quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from benchmarks.altering.claims import Around, extended, figures, is_of_a_month, names, reworded, with_runs
from domain.claims import Claim, Name, Quote, Words
from domain.evidence import ReadingEvidence
from domain.items import ItemKey
from newsroom.facts import Facts
from newsroom.rounding import parse_figure


def digit(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Another digit in the print, the value left as it was."""
    for at, figure in figures(claim):
        match = re.search(r"\d", figure.text)
        if match:
            other = str((int(match.group()) + 3) % 9 + 1)
            text = figure.text[: match.start()] + other + figure.text[match.end() :]
            if text != figure.text:
                yield with_runs(claim, at, replace(figure, text=text))


def off_by_one(claim: Claim, _around: Around) -> Iterator[Claim]:
    """The print and the value both one more."""
    for at, figure in figures(claim):
        printed = parse_figure(figure.text)
        if printed is None or figure.unit in {"date", "%", ""} or printed.hedge or printed.suffix:
            continue
        for step in (1, -1):
            text = figure.text.replace(f"{int(printed.amount):,}", f"{int(printed.amount) + step:,}")
            if text != figure.text:
                yield with_runs(claim, at, replace(figure, text=text, value=figure.value + step))


def unit(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Likes that are called stars: in the figure, in the words behind it, in both."""
    for at, figure in figures(claim):
        if figure.unit in {"likes", "stars", "points", "comments"}:
            other = "downloads"
            yield with_runs(claim, at, replace(figure, unit=other))
            follows = claim.runs[at + 1] if at + 1 < len(claim.runs) else None
            if isinstance(follows, Words) and figure.unit in follows.text:
                renamed = Words(follows.text.replace(figure.unit, other))
                yield with_runs(claim, at + 1, renamed)
                yield with_runs(with_runs(claim, at + 1, renamed), at, replace(figure, unit=other))


def per_cent(claim: Claim, _around: Around) -> Iterator[Claim]:
    """45 printed as 45%, and 8.1% as 8.1."""
    for at, figure in figures(claim):
        if figure.unit == "%":
            yield with_runs(claim, at, replace(figure, text=figure.text.rstrip("%")))
        elif figure.text.isdigit():
            yield with_runs(claim, at, replace(figure, text=f"{figure.text}%"))
            yield with_runs(claim, at, replace(figure, text=f"{figure.text}%", unit="%"))


def entity(claim: Claim, around: Around) -> Iterator[Claim]:
    """Another item's name in the place of the true one, with that item's own evidence and link."""
    figured = any(
        isinstance(around.evidence[each], ReadingEvidence) for figure in claim.figures for each in figure.cited()
    )
    named = {name.item for name in claim.names}
    for at, name in names(claim):
        if name.evidence in claim.also or not figured:
            continue
        others = [other for other in around.names if other.item not in named and _differs(claim, name, other, around)]
        for other in others[:2]:
            yield with_runs(claim, at, other)


def _differs(claim: Claim, name: Name, other: Name, around: Around) -> bool:
    """Whether what is cited of the one item is not as true of the other, by the same list."""
    cited = [around.evidence[each] for figure in claim.figures for each in figure.cited()]
    own = [each for each in cited if isinstance(each, ReadingEvidence) and each.item == name.item]
    return any(_value(each, other.item, around.facts) != each.value for each in own)


def _value(reading: ReadingEvidence, item: ItemKey, facts: Facts) -> int | None:
    """The same figure of another item on the same list."""
    stored = facts.reading(reading.reading_id)
    for each in facts.listed(stored.harvest_id) if stored is not None else ():
        if each.item == item:
            return each.rank if reading.metric == "rank" else dict(each.metrics).get(reading.metric)  # type: ignore[call-overload]
    return None


def crossed_entities(claim: Claim, around: Around) -> Iterator[Claim]:
    """Two names change places."""
    for (first, one), (second, other) in pairwise(names(claim)):
        alike = not (_differs(claim, one, other, around) or _differs(claim, other, one, around))
        if one.item != other.item and one.text != other.text and not (alike and _is_count_up(claim, first, second)):
            yield with_runs(with_runs(claim, first, other), second, one)


def _is_count_up(claim: Claim, first: int, second: int) -> bool:
    """Whether only a comma or an "and" stands between two names: their order says nothing."""
    between = claim.runs[first + 1 : second]
    return all(isinstance(run, Words) and re.fullmatch(r"[\s,]*(?:and|or)?\s*", run.text) for run in between)


def foreign_link(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A link to where we never were, and one to a relative of the true place."""
    for at, name in names(claim):
        if name.url:
            yield with_runs(claim, at, replace(name, url="https://evil.example/login"))
            yield with_runs(claim, at, replace(name, url=f"{name.url}/issues"))
            yield with_runs(claim, at, replace(name, url="javascript:alert(1)"))
    yield from extended(claim, "see https://evil.example")
    yield from extended(claim, "ask @evilbot")


def ranks_reversed(claim: Claim, _around: Around) -> Iterator[Claim]:
    """From a to b, with a and b changed."""
    for (first, one), (second, other) in pairwise(figures(claim)):
        before, between = claim.runs[first - 1], claim.runs[first + 1]
        if (
            isinstance(before, Words)
            and before.text.endswith("from ")
            and isinstance(between, Words)
            and " to " in between.text
        ):
            yield with_runs(with_runs(claim, first, other), second, one)


def period(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A week for a day, in the figure, in the words, in the date."""
    for at, figure in figures(claim):
        if figure.period:
            yield with_runs(claim, at, replace(figure, period="P1D" if figure.period != "P1D" else "P7D"))
            if not is_of_a_month(figure):
                yield with_runs(claim, at, replace(figure, period="P30D"))
        if figure.unit == "date":
            for other in ("Sunday 13 September", "29 February"):
                yield with_runs(claim, at, replace(figure, text=other))
            yield with_runs(claim, at, replace(figure, text="Friday 13 February", value=20260213))
    yield from reworded(claim, r"\bin a week\b", "in a day")
    yield from reworded(claim, r"\bin a day\b", "in a week")
    yield from reworded(claim, r"\bsince yesterday\b", "in a month")


def milestone(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Rounded over the next round number, or called more than what it is."""
    for at, figure in figures(claim):
        if figure.unit in {"date", "time", "rank", "%", ""} or figure.value < 1000 or figure.value % 1000 == 0:
            continue
        step = 10 ** (len(str(int(figure.value))) - 1)
        over = (int(figure.value) // step + 1) * step
        for text in (f"{over:,}", f"about {over:,}", f"more than {over:,}", f"nearly {over - step:,}"):
            yield with_runs(claim, at, replace(figure, text=text))


def another_date(claim: Claim, around: Around) -> Iterator[Claim]:
    """The date of another sentence, with its own evidence; two dates of the sentence changed."""
    dates = [(at, figure) for at, figure in figures(claim) if figure.unit == "date"]
    said = {figure.value for _, figure in dates}
    for at, figure in dates:
        others = [
            other
            for other in around.dates
            if other.value not in said and other.text[:1].isdigit() == figure.text[:1].isdigit()
        ]
        for other in others[:2]:
            if figure.text != other.text:
                yield with_runs(claim, at, other)
    for (first, one), (second, other) in combinations(dates, 2):
        if one.value != other.value and not _joined_by_and(claim, first, second):
            yield with_runs(with_runs(claim, first, other), second, one)


def _joined_by_and(claim: Claim, first: int, second: int) -> bool:
    between = claim.runs[first + 1 : second]
    return all(
        isinstance(run, Words) and run.text.strip() in {"and", "and of", "with", "beside", "set beside"}
        for run in between
    )


def crossed_figures(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Two figures of one unit change places, each whole."""
    for (first, one), (second, other) in combinations(figures(claim), 2):
        if one.unit == other.unit and one.unit not in {"date", "time"} and one.text.lower() != other.text.lower():
            yield with_runs(with_runs(claim, first, other), second, one)


def quote_altered(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A word left out of a quotation, a "not" put in, an end invented."""
    for at, run in enumerate(claim.runs):
        if not isinstance(run, Quote):
            continue
        words = run.text.split()
        texts = [" ".join([*words[:-1], "not", words[-1]]), f"{run.text} It is the best."]
        if len(words) > 2:
            texts.append(" ".join([words[0], *words[2:]]))
        for text in texts:
            yield with_runs(claim, at, replace(run, text=text))


def same_story(claim: Claim, around: Around) -> Iterator[Claim]:
    """Another story, paper or repository in the place of the one that is told of as the same."""
    text = "".join(run.text for run in claim.runs if isinstance(run, Words))
    if not re.search(r"\b(?:told|tells|talks|Hacker News has|Its code|about it|lists it)\b", text):
        return
    named = {name.item for name in claim.names}
    for at, name in names(claim):
        others = [other for other in around.names if other.item not in named and other.item.kind == name.item.kind]
        for other in others[:2]:
            yield with_runs(claim, at, other)
