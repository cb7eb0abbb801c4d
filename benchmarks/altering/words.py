"""Alterations of our own words: relations, verbs, lists and times that are not so, and clauses that nothing proves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.altering.claims import (
    Around,
    bared,
    extended,
    figures,
    is_of_a_month,
    names,
    reworded,
    says,
    with_runs,
)
from domain.claims import Claim, Figure, Role, Run, Words
from domain.evidence import NamedFormula
from newsroom.formulas import Licence, definition


def invented_figure(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A figure in our own words: in digits, in letters."""
    yield from extended(claim, "and 4,000 more")
    yield from extended(claim, "in forty countries")
    yield from extended(claim, "and doubled")
    for at, figure in figures(claim):
        yield from bared(claim, at, figure.text)


def invented_name(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A name that no evidence has."""
    for at, name in names(claim):
        yield with_runs(claim, at, replace(name, text="Falcon-40B"))
        yield from bared(claim, at, "Falcon")
    yield from extended(claim, "according to a Stanford study")


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
        yield from reworded(claim, rf"\b{word}\b(?! than any)", opposite)
    for at, figure in figures(claim):
        if figure.text[0] in "▲▼":
            yield with_runs(claim, at, replace(figure, text=figure.text.translate(str.maketrans("▲▼", "▼▲"))))


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
        yield from extended(claim, "on record")
        yield from extended(claim, "and no other model is left on the list, the shortest in years")
        yield from extended(claim, "alone")
        yield from extended(claim, "for the only time")


def cause(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A cause."""
    for words in ("because readers like it", "thanks to its price", "driven by its downloads", "in response to a post"):
        yield from extended(claim, words)


def hype(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Words of hype."""
    for words in ("in a massive surge", "and a revolution begins", "an unprecedented time", "and the landscape shifts"):
        yield from extended(claim, words)
    yield from reworded(claim, r"\b(?:climbed|gained|fell)\b", "exploded")


def forecast(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A forecast."""
    for words in ("and will lead next week", "and is likely to stay", "and is expected to grow", "soon to be first"):
        yield from extended(claim, words)


def fabrication(claim: Claim, _around: Around) -> Iterator[Claim]:
    """Something of the world that no reading knows, and a sentence about nothing here."""
    for words in (
        "after a rewrite of its tokenizer",
        "and was acquired for a fortune",
        "which developers love",
        "while banks deploy it",
    ):
        yield from extended(claim, words)
    yield replace(claim, runs=(Words("Soccer is a sport with many rules."),), also=claim.evidence)


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
        yield from reworded(claim, rf"\b{one}(?!\w)", other)


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
        yield from reworded(claim, verb, denied)


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
        yield from reworded(claim, verb, other)
    named = {name.item for name in claim.names}
    others = [name for name in around.names if name.item not in named][:1]
    for at, _ in list(names(claim))[:1]:
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
        yield from extended(claim, words)
    if not claim.quotes:  # a description is its authors' word
        yield from extended(claim, "and its authors say so")
    counted = any(isinstance(figure.formula, NamedFormula) for figure in claim.figures if figure.unit != "date")
    if not counted and not says(claim, r"\b[Nn]ew\b"):  # what is said to be new is new
        yield from extended(claim, "and is new")


def quantity(claim: Claim, _around: Around) -> Iterator[Claim]:
    """All, every, both, half and each, where the figures know of one."""
    yield from extended(claim, "as all models do")
    yield from extended(claim, "on every list")
    yield from extended(claim, "on both sites")
    yield from extended(claim, "each")
    yield from extended(claim, "like many others")
    for at, figure in figures(claim):
        if figure.unit in {"likes", "stars", "models", "repositories", "points"} and figure.text[:1].isdigit():
            yield with_runs(claim, at, Words("half of "), figure)
            yield with_runs(claim, at, Words("each of "), figure)


def moment(claim: Claim, _around: Around) -> Iterator[Claim]:
    """A time that is not the reading's."""
    for words in ("this month", "on Friday", "last year", "every day", "in July", "as always", "an hour ago"):
        if words == "this month" and any(map(is_of_a_month, claim.figures)):
            continue
        yield from extended(claim, words)
