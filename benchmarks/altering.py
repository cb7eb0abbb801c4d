"""The kinds of alteration that the checks must catch, each applied to a true claim in every way it can be.

Some alter what is printed (a run's text, value, unit, name, link, words), some our own words around it. An alteration
that leaves the sentence as true as it was is no alteration: another item of the same value, the same day spelt again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations, pairwise

from domain.claims import Claim, Figure, Name, Quote, Role, Run, UnsupportedClaim, Words
from domain.evidence import Evidence, EvidenceId, NamedFormula, ReadingEvidence
from domain.items import ItemKey
from newsroom.facts import Facts
from newsroom.formulas import Licence, definition
from newsroom.periods import parse_period
from newsroom.rounding import parse_figure


@dataclass(frozen=True)
class Around:
    """What an alteration may draw from: the evidence of the issue, its other names and dates, and what is stored."""

    evidence: Mapping[EvidenceId, Evidence]
    facts: Facts
    names: Sequence[Name]
    dates: Sequence[Figure] = ()


Alteration = Callable[[Claim, Around], Iterator[Claim]]


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


def digit(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Another digit in the print, the value left as it was."""
    for at, figure in _figures(claim):
        match = re.search(r"\d", figure.text)
        if match:
            other = str((int(match.group()) + 3) % 9 + 1)
            text = figure.text[: match.start()] + other + figure.text[match.end() :]
            if text != figure.text:
                yield _with(claim, at, replace(figure, text=text))


def off_by_one(claim: Claim, _around: Around) -> Iterator[Claim]:
    """The print and the value both one more."""
    for at, figure in _figures(claim):
        printed = parse_figure(figure.text)
        if printed is None or figure.unit in {"date", "%", ""} or printed.hedge or printed.suffix:
            continue
        for step in (1, -1):
            text = figure.text.replace(f"{int(printed.amount):,}", f"{int(printed.amount) + step:,}")
            if text != figure.text:
                yield _with(claim, at, replace(figure, text=text, value=figure.value + step))


def unit(claim: Claim, _around: Around) -> Iterator[Claim]:
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


def per_cent(claim: Claim, _around: Around) -> Iterator[Claim]:
    """45 printed as 45%, and 8.1% as 8.1."""
    for at, figure in _figures(claim):
        if figure.unit == "%":
            yield _with(claim, at, replace(figure, text=figure.text.rstrip("%")))
        elif figure.text.isdigit():
            yield _with(claim, at, replace(figure, text=f"{figure.text}%"))
            yield _with(claim, at, replace(figure, text=f"{figure.text}%", unit="%"))


def invented_figure(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A figure in our own words: in digits, in letters."""
    yield from _extended(claim, "and 4,000 more")
    yield from _extended(claim, "in forty countries")
    yield from _extended(claim, "and doubled")
    for at, figure in _figures(claim):
        yield from _bared(claim, at, figure.text)


# --- subjects ---------------------------------------------------------------------------------------------------------


def entity(claim: Claim, around: Around) -> Iterator[Claim]:
    """Another item's name in the place of the true one, with that item's own evidence and link."""
    figured = any(
        isinstance(around.evidence[each], ReadingEvidence) for figure in claim.figures for each in figure.cited()
    )
    named = {name.item for name in claim.names}
    for at, name in _names(claim):
        if name.evidence in claim.also or not figured:
            continue
        others = [other for other in around.names if other.item not in named and _differs(claim, name, other, around)]
        for other in others[:2]:
            yield _with(claim, at, other)


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
    for (first, one), (second, other) in pairwise(_names(claim)):
        alike = not (_differs(claim, one, other, around) or _differs(claim, other, one, around))
        if one.item != other.item and one.text != other.text and not (alike and _is_count_up(claim, first, second)):
            yield _with(_with(claim, first, other), second, one)


def _is_count_up(claim: Claim, first: int, second: int) -> bool:
    """Whether only a comma or an "and" stands between two names: their order says nothing."""
    between = claim.runs[first + 1 : second]
    return all(isinstance(run, Words) and re.fullmatch(r"[\s,]*(?:and|or)?\s*", run.text) for run in between)


def invented_name(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A name that no evidence has."""
    for at, name in _names(claim):
        yield _with(claim, at, replace(name, text="Falcon-40B"))
        yield from _bared(claim, at, "Falcon")
    yield from _extended(claim, "according to a Stanford study")


def foreign_link(claim: Claim, _around: Around) -> Iterator[Claim]:
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


def direction(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Up for down, in words and in signs."""
    for word, opposite in _OPPOSITES.items():
        yield from _reworded(claim, rf"\b{word}\b(?! than any)", opposite)
    for at, figure in _figures(claim):
        if figure.text[0] in "▲▼":
            yield _with(claim, at, replace(figure, text=figure.text.translate(str.maketrans("▲▼", "▼▲"))))


def ranks_reversed(claim: Claim, _around: Around) -> Iterator[Claim]:
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


def period(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A week for a day, in the figure, in the words, in the date."""
    for at, figure in _figures(claim):
        if figure.period:
            yield _with(claim, at, replace(figure, period="P1D" if figure.period != "P1D" else "P7D"))
            if not _is_of_a_month(figure):
                yield _with(claim, at, replace(figure, period="P30D"))
        if figure.unit == "date":
            for other in ("Sunday 13 September", "29 February"):
                yield _with(claim, at, replace(figure, text=other))
            yield _with(claim, at, replace(figure, text="Friday 13 February", value=20260213))
    yield from _reworded(claim, r"\bin a week\b", "in a day")
    yield from _reworded(claim, r"\bin a day\b", "in a week")
    yield from _reworded(claim, r"\bsince yesterday\b", "in a month")


def _is_of_a_month(figure: Figure) -> bool:
    """Whether the period of a figure is that of a month, within the tolerance."""
    return 26 <= (parse_period(figure.period or "") or timedelta()).days <= 34


def _says(claim: Claim, pattern: str) -> bool:
    """Whether our own words say so."""
    return any(isinstance(run, Words) and re.search(pattern, run.text) for run in claim.runs)


def _licences(figure: Figure) -> frozenset[Licence]:
    """What the figure's formula proves."""
    if not isinstance(figure.formula, NamedFormula):
        return frozenset()
    return definition(figure.formula.name, figure.formula.version).licences


def superlative(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A superlative, a record, an "only" that nothing proves."""
    if claim.role is Role.CLAIM and not any(
        _licences(figure) & {Licence.RECORD, Licence.ONLY} for figure in claim.figures
    ):
        yield from _extended(claim, "on record")
        yield from _extended(claim, "and no other model is left on the list, the shortest in years")
        yield from _extended(claim, "alone")
        yield from _extended(claim, "for the only time")


# --- assertions about the world ---------------------------------------------------------------------------------------


def cause(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A cause."""
    for words in ("because readers like it", "thanks to its price", "driven by its downloads", "in response to a post"):
        yield from _extended(claim, words)


def hype(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Words of hype."""
    for words in ("in a massive surge", "and a revolution begins", "an unprecedented time", "and the landscape shifts"):
        yield from _extended(claim, words)
    yield from _reworded(claim, r"\b(?:climbed|gained|fell)\b", "exploded")


def forecast(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A forecast."""
    for words in ("and will lead next week", "and is likely to stay", "and is expected to grow", "soon to be first"):
        yield from _extended(claim, words)


def fabrication(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Something of the world that no reading knows, and a sentence about nothing here."""
    for words in (
        "after a rewrite of its tokenizer",
        "and was acquired for a fortune",
        "which developers love",
        "while banks deploy it",
    ):
        yield from _extended(claim, words)
    yield replace(claim, runs=(Words("Soccer is a sport with many rules."),), also=claim.evidence)


# --- what was left to the words ---------------------------------------------------------------------------------------


def milestone(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Rounded over the next round number, or called more than what it is."""
    for at, figure in _figures(claim):
        if figure.unit in {"date", "time", "rank", "%", ""} or figure.value < 1000 or figure.value % 1000 == 0:
            continue
        step = 10 ** (len(str(int(figure.value))) - 1)
        over = (int(figure.value) // step + 1) * step
        for text in (f"{over:,}", f"about {over:,}", f"more than {over:,}", f"nearly {over - step:,}"):
            yield _with(claim, at, replace(figure, text=text))


def another_date(claim: Claim, around: Around) -> Iterator[Claim]:
    """The date of another sentence, with its own evidence; two dates of the sentence changed."""
    dates = [(at, figure) for at, figure in _figures(claim) if figure.unit == "date"]
    said = {figure.value for _, figure in dates}
    for at, figure in dates:
        others = [
            other
            for other in around.dates
            if other.value not in said and other.text[:1].isdigit() == figure.text[:1].isdigit()
        ]
        for other in others[:2]:
            if figure.text != other.text:
                yield _with(claim, at, other)
    for (first, one), (second, other) in combinations(dates, 2):
        if one.value != other.value and not _joined_by_and(claim, first, second):
            yield _with(_with(claim, first, other), second, one)


def _joined_by_and(claim: Claim, first: int, second: int) -> bool:
    between = claim.runs[first + 1 : second]
    return all(
        isinstance(run, Words) and run.text.strip() in {"and", "and of", "with", "beside", "set beside"}
        for run in between
    )


def crossed_figures(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Two figures of one unit change places, each whole."""
    for (first, one), (second, other) in combinations(_figures(claim), 2):
        if one.unit == other.unit and one.unit not in {"date", "time"} and one.text.lower() != other.text.lower():
            yield _with(_with(claim, first, other), second, one)


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
            yield _with(claim, at, replace(run, text=text))


def same_story(claim: Claim, around: Around) -> Iterator[Claim]:
    """Another story, paper or repository in the place of the one that is told of as the same."""
    text = "".join(run.text for run in claim.runs if isinstance(run, Words))
    if not re.search(r"\b(?:told|tells|talks|Hacker News has|Its code|about it|lists it)\b", text):
        return
    named = {name.item for name in claim.names}
    for at, name in _names(claim):
        others = [other for other in around.names if other.item not in named and other.item.kind == name.item.kind]
        for other in others[:2]:
            yield _with(claim, at, other)


#: A site and its lists by the words that name them, and another that is not theirs.
_SITES = (
    ("GitHub's", "Hugging Face's"),
    ("GitHub", "Hugging Face"),
    ("Hugging Face's", "GitHub's"),
    ("Hugging Face", "arXiv"),
    ("Hacker News's", "GitHub's"),
    ("Hacker News", "GitHub"),
    ("front page", "search for AI"),
    ("daily page", "weekly page"),
    ("page of the day", "page of the week"),
    ("weekly page", "daily page"),
    ("page of the week", "page of the day"),
    ("trending list of models", "trending list of datasets"),
    ("list of trending models", "list of trending Spaces"),
    ("model list", "dataset list"),
    ("daily papers", "trending models"),
)


def another_list(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Another site or another of its lists named for the true one."""
    for one, other in _SITES:
        yield from _reworded(claim, rf"\b{one}(?!\w)", other)


#: What a verb is turned into when it is denied.
_DENIALS = (
    (r"\bhas\b(?! more)", "has not"),
    (r"\bhas\b(?! more| left)", "no longer has"),
    (r"\bis\b", "is not"),
    (r"\bare\b", "are not"),
    (r"\bgained\b", "did not gain"),
    (r"\bgained\b", "never gained"),
    (r"\bstands\b", "does not stand"),
    (r"\bstands\b", "no longer stands"),
    (r"\bcounts\b", "does not count"),
    (r"\bclimbed\b", "did not climb"),
    (r"\bfell\b", "did not fall"),
    (r"\bwent\b", "never went"),
    (r"\bsays\b", "does not say"),
    (r"\bwrite\b", "do not write"),
    (r"\bhave\b", "have never had"),
    (r"\bdo not\b", "do"),
    (r"\bnot there\b", "there"),
    (r"\bwithout it\b", "with it"),
)


def negation(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A verb denied, or a denial taken back."""
    for verb, denied in _DENIALS:
        yield from _reworded(claim, verb, denied)


_RELATIONS = ("has overtaken", "is made by", "is a version of", "stands ahead of", "is the same as", "comes from")
_VERBS = (
    (r"\b(?:has|counts|shows)\b(?! more| had)", "has lost"),
    (r"\b(?:has|counts)\b(?! more)", "sells"),
    (r"\bstands at\b", "passed"),
    (r"\bgained\b", "bought"),
    (r"\b(?:gained|climbed|won)\b", "asked for"),
    (r"\bwritten in\b", "forbidden in"),
    (r"\bwrite\b", "deny"),
    (r"\bsays of itself\b", "says of others"),
    (r"\bwent from\b", "went back from"),
    (r"\bread\b", "wrote"),
    (r"\bhold\b", "miss"),
)


def verbs(claim: Claim, around: Around) -> Iterator[Claim]:
    """Another verb, or a relation to another item that no reading knows."""
    for verb, other in _VERBS:
        yield from _reworded(claim, verb, other)
    named = {name.item for name in claim.names}
    others = [name for name in around.names if name.item not in named][:1]
    for at, _ in list(_names(claim))[:1]:
        for relation in _RELATIONS:
            for another in others:
                joined: tuple[Run, ...] = (Words(f" {relation} "), another, Words(", "))
                yield replace(claim, runs=(*claim.runs[: at + 1], *joined, *claim.runs[at + 1 :]))


def predicate(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Something said of the item that the words of the house can say and nothing proves."""
    for words in (
        "and is written in English",
        "and is the only one",
        "and belongs to a company",
        "and is free to use",
        "which readers like",
        "and is now a company",
        "and its licence is public",
        "and has a new owner",
    ):
        yield from _extended(claim, words)
    if not claim.quotes:  # a description is its authors' word
        yield from _extended(claim, "and its authors say so")
    counted = any(isinstance(figure.formula, NamedFormula) for figure in claim.figures if figure.unit != "date")
    if not counted and not _says(claim, r"\b[Nn]ew\b"):  # what is said to be new is new
        yield from _extended(claim, "and is new")


def quantity(claim: Claim, _around: Around) -> Iterator[Claim]:
    """All, every, both, half and each, where the figures know of one."""
    yield from _extended(claim, "as all models do")
    yield from _extended(claim, "on every list")
    yield from _extended(claim, "on both sites")
    yield from _extended(claim, "each")
    yield from _extended(claim, "like many others")
    for at, figure in _figures(claim):
        if figure.unit in {"likes", "stars", "models", "repositories", "points"} and figure.text[:1].isdigit():
            yield _with(claim, at, Words("half of "), figure)
            yield _with(claim, at, Words("each of "), figure)


def moment(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A time that is not the reading's."""
    for words in ("this month", "on Friday", "last year", "every day", "in July", "as always", "an hour ago"):
        if words == "this month" and any(map(_is_of_a_month, claim.figures)):
            continue
        yield from _extended(claim, words)


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
    "rounding over a milestone": milestone,
    "another date": another_date,
    "crossed figures": crossed_figures,
    "another list": another_list,
    "quotation altered": quote_altered,
    "same story": same_story,
    "negation": negation,
    "verbs": verbs,
    "predicate": predicate,
    "quantity": quantity,
    "moment": moment,
}
