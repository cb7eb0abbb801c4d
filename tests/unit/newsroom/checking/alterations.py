"""The seventeen kinds of alteration that a checker must catch, each applied to a true claim in every way it can be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

from domain.claims import Claim, Figure, Name, Role, Run, UnsupportedClaim, Words
from domain.evidence import ReadingEvidence
from newsroom.rounding import parse_figure
from tests.unit.newsroom.checking.world import BETA, KIT, OTHERS, World

Alteration = Callable[[Claim, World], Iterator[Claim]]


def _with(claim: Claim, position: int, *runs: Run) -> Claim:
    return replace(claim, runs=(*claim.runs[:position], *runs, *claim.runs[position + 1 :]))


def _bared(claim: Claim, position: int, text: str) -> Iterator[Claim]:
    """The claim with words of ours in the place of a run; none where no evidence is left: it can't even be built."""
    with suppress(UnsupportedClaim):
        yield _with(claim, position, Words(text))


def _figures(claim: Claim) -> Iterator[tuple[int, Figure]]:
    return ((at, run) for at, run in enumerate(claim.runs) if isinstance(run, Figure))


def _names(claim: Claim) -> Iterator[tuple[int, Name]]:
    return ((at, run) for at, run in enumerate(claim.runs) if isinstance(run, Name))


def _reworded(claim: Claim, pattern: str, other: str) -> Iterator[Claim]:
    """The claim with the first match in our own words replaced."""
    for at, run in enumerate(claim.runs):
        if isinstance(run, Words) and re.search(pattern, run.text):
            yield _with(claim, at, Words(re.sub(pattern, other, run.text, count=1)))
            return


def _extended(claim: Claim, words: str) -> Iterator[Claim]:
    """The claim with a clause of our own words before its end."""
    last = claim.runs[-1]
    if isinstance(last, Words) and last.text.endswith("."):
        yield _with(claim, len(claim.runs) - 1, Words(f"{last.text[:-1]} {words}."))


# --- figures ----------------------------------------------------------------------------------------------------------


def digit(claim: Claim, _world: World) -> Iterator[Claim]:
    """Another digit in the print, the value left as it was."""
    for at, figure in _figures(claim):
        match = re.search(r"\d", figure.text)
        if match:
            other = str((int(match.group()) + 3) % 9 + 1)
            text = figure.text[: match.start()] + other + figure.text[match.end() :]
            if text != figure.text:
                yield _with(claim, at, replace(figure, text=text))


def off_by_one(claim: Claim, _world: World) -> Iterator[Claim]:
    """The print and the value both one more."""
    for at, figure in _figures(claim):
        printed = parse_figure(figure.text)
        if printed is None or figure.unit in {"date", "%", ""} or printed.hedge or printed.suffix:
            continue
        for step in (1, -1):
            text = figure.text.replace(f"{int(printed.amount):,}", f"{int(printed.amount) + step:,}")
            if text != figure.text:
                yield _with(claim, at, replace(figure, text=text, value=figure.value + step))


def unit(claim: Claim, _world: World) -> Iterator[Claim]:
    """Likes that are called stars: in the figure, in the words behind it, in both."""
    for at, figure in _figures(claim):
        if figure.unit in {"likes", "stars", "points", "comments"}:
            other = "downloads"
            yield _with(claim, at, replace(figure, unit=other))
            follows = claim.runs[at + 1] if at + 1 < len(claim.runs) else None
            if isinstance(follows, Words) and figure.unit in follows.text:
                renamed = Words(follows.text.replace(figure.unit, other))
                yield _with(claim, at + 1, renamed)
                yield _with(_with(claim, at + 1, renamed), at, replace(figure, unit=other))


def per_cent(claim: Claim, _world: World) -> Iterator[Claim]:
    """45 printed as 45%, and 8.1% as 8.1."""
    for at, figure in _figures(claim):
        if figure.unit == "%":
            yield _with(claim, at, replace(figure, text=figure.text.rstrip("%")))
        elif figure.text.isdigit():
            yield _with(claim, at, replace(figure, text=f"{figure.text}%"))
            yield _with(claim, at, replace(figure, text=f"{figure.text}%", unit="%"))


def invented_figure(claim: Claim, _world: World) -> Iterator[Claim]:
    """A figure in our own words: in digits, in letters."""
    yield from _extended(claim, "and 4,000 more")
    yield from _extended(claim, "in forty countries")
    yield from _extended(claim, "and doubled")
    for at, figure in _figures(claim):
        yield from _bared(claim, at, figure.text)


# --- subjects ---------------------------------------------------------------------------------------------------------


def entity(claim: Claim, world: World) -> Iterator[Claim]:
    """Another item's name in the place of the true one, with that item's own evidence and link."""
    figured = any(
        isinstance(world.evidence[each], ReadingEvidence) for figure in claim.figures for each in figure.cited()
    )
    for at, name in _names(claim):
        if name.evidence in claim.also or not figured:
            continue
        for other in (BETA, KIT, OTHERS[0]):
            if other != name.item:
                yield _with(claim, at, world.name(other))


def crossed_entities(claim: Claim, _world: World) -> Iterator[Claim]:
    """Two names change places."""
    for (first, one), (second, other) in pairwise(_names(claim)):
        if one.item != other.item:
            yield _with(_with(claim, first, other), second, one)


def invented_name(claim: Claim, _world: World) -> Iterator[Claim]:
    """A name that no evidence has."""
    for at, name in _names(claim):
        yield _with(claim, at, replace(name, text="Falcon-40B"))
        yield from _bared(claim, at, "Falcon")
    yield from _extended(claim, "according to a Stanford study")


def foreign_link(claim: Claim, _world: World) -> Iterator[Claim]:
    """A link to where we never were, and one to a relative of the true place."""
    for at, name in _names(claim):
        if name.url:
            yield _with(claim, at, replace(name, url="https://evil.example/login"))
            yield _with(claim, at, replace(name, url=f"{name.url}/issues"))
            yield _with(claim, at, replace(name, url="javascript:alert(1)"))
    yield from _extended(claim, "see https://evil.example")
    yield from _extended(claim, "ask @evilbot")


# --- relations --------------------------------------------------------------------------------------------------------

_OPPOSITES = {
    "climbed": "fell",
    "fell": "climbed",
    "climbs": "falls",
    "gained": "lost",
    "lost": "gained",
    "grew": "fell",
    "more": "fewer",
}


def direction(claim: Claim, _world: World) -> Iterator[Claim]:
    """Up for down, in words and in signs."""
    for word, opposite in _OPPOSITES.items():
        yield from _reworded(claim, rf"\b{word}\b(?! than any)", opposite)
    for at, figure in _figures(claim):
        if figure.text[0] in "▲▼":
            yield _with(claim, at, replace(figure, text=figure.text.translate(str.maketrans("▲▼", "▼▲"))))


def ranks_reversed(claim: Claim, _world: World) -> Iterator[Claim]:
    """From a to b, with a and b changed."""
    for (first, one), (second, other) in pairwise(_figures(claim)):
        before, between = claim.runs[first - 1], claim.runs[first + 1]
        if (
            isinstance(before, Words)
            and before.text.endswith("from ")
            and isinstance(between, Words)
            and " to " in between.text
        ):
            yield _with(_with(claim, first, other), second, one)


def period(claim: Claim, _world: World) -> Iterator[Claim]:
    """A week for a day, in the figure, in the words, in the date."""
    for at, figure in _figures(claim):
        if figure.period:
            yield _with(claim, at, replace(figure, period="P1D" if figure.period != "P1D" else "P7D"))
            yield _with(claim, at, replace(figure, period="P30D"))
        if figure.unit == "date":
            for other in ("Sunday 16 August", "Thursday"):
                yield _with(claim, at, replace(figure, text=other))
            yield _with(claim, at, replace(figure, text="Thursday 20 August", value=20260820))
    yield from _reworded(claim, r"\bin a week\b", "in a day")
    yield from _reworded(claim, r"\bin a day\b", "in a week")
    yield from _reworded(claim, r"\bsince yesterday\b", "in a month")


def superlative(claim: Claim, _world: World) -> Iterator[Claim]:
    """A superlative, a record, an "only" that nothing proves."""
    if claim.role is Role.CLAIM and not any("record" in str(figure.formula) for figure in claim.figures):
        yield from _extended(claim, "on record")
        yield from _extended(claim, "and no other model is left on the list, the shortest in years")
        yield from _extended(claim, "alone")
        yield from _extended(claim, "for the only time")


# --- assertions about the world ---------------------------------------------------------------------------------------


def cause(claim: Claim, _world: World) -> Iterator[Claim]:
    for words in ("because readers like it", "thanks to its price", "driven by its downloads", "in response to a post"):
        yield from _extended(claim, words)


def hype(claim: Claim, _world: World) -> Iterator[Claim]:
    for words in ("in a massive surge", "and a revolution begins", "an unprecedented time", "and the landscape shifts"):
        yield from _extended(claim, words)
    yield from _reworded(claim, r"\b(?:climbed|gained|fell)\b", "exploded")


def forecast(claim: Claim, _world: World) -> Iterator[Claim]:
    for words in ("and will lead next week", "and is likely to stay", "and is expected to grow", "soon to be first"):
        yield from _extended(claim, words)


def fabrication(claim: Claim, _world: World) -> Iterator[Claim]:
    for words in (
        "after a rewrite of its tokenizer",
        "and was acquired for a fortune",
        "which developers love",
        "while banks deploy it",
    ):
        yield from _extended(claim, words)
    yield replace(claim, runs=(Words("Soccer is a sport with many rules."),), also=claim.evidence)


KINDS: Mapping[str, Alteration] = {
    "digit": digit,
    "off by one": off_by_one,
    "unit": unit,
    "per cent": per_cent,
    "entity": entity,
    "crossed entities": crossed_entities,
    "direction": direction,
    "ranks reversed": ranks_reversed,
    "period": period,
    "superlative": superlative,
    "cause": cause,
    "hype": hype,
    "invented name": invented_name,
    "forecast": forecast,
    "invented figure": invented_figure,
    "fabrication": fabrication,
    "foreign link": foreign_link,
}
