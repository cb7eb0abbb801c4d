"""Where a name stands, in words: "six models on Hugging Face, two stories on Hacker News and a post"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from domain.claims import Figure, Run, Words
from domain.evidence import EvidenceId
from domain.items import ItemKey, Kind, Source
from newsroom.across import Mention, Mentions
from newsroom.desk import Desk
from newsroom.phrases.templates import Fragment

#: What is counted and what one of it is: a model has a name, a story a title; on which site.
NOUNS: Mapping[Kind, tuple[str, str]] = {
    Kind.MODEL: ("model names", "a model name"),
    Kind.DATASET: ("datasets", "a dataset"),
    Kind.SPACE: ("Spaces", "a Space"),
    Kind.REPOSITORY: ("repositories", "a repository"),
    Kind.PAPER: ("papers", "a paper"),
    Kind.STORY: ("titles", "a title"),
    Kind.POST: ("posts", "a post"),
}
SITES: Mapping[Source, str] = {
    Source.HUGGINGFACE: " on Hugging Face",
    Source.GITHUB: " on GitHub",
    Source.OSSINSIGHT: " on GitHub",
    Source.ARXIV: " on arXiv",
    Source.HACKERNEWS: " on Hacker News",
    Source.FEEDS: "",
}

#: Counts the items that quotations are of, with the plural noun as its unit; None for a single one.
Counted = Callable[[Sequence[EvidenceId], str], Figure | None]


def where(desk: Desk, mentions: Mentions, counted: Counted) -> tuple[Fragment, tuple[EvidenceId, ...]]:
    """The places as one fragment, and the evidence of those that stand there without a figure."""
    pieces: list[Fragment] = []
    bare: list[EvidenceId] = []
    for found in mentions.values():
        alike = of_the_commonest_kind(found)
        quotes = quotations(desk, alike)
        noun, single = NOUNS[alike[0].item.key.kind]
        site = SITES[alike[0].item.key.source]
        count = counted(quotes, noun.rpartition(" ")[2])
        if count is not None:
            pieces.append((count, Words(f" {noun}{site}")))
        elif quotes:
            pieces.append((Words(f"{single}{site}"), *_by(desk, alike[0])))
            bare += quotes
    return enumerated(pieces), tuple(bare)


def _by(desk: Desk, mention: Mention) -> Fragment:
    """Who published a post."""
    publisher = desk.cite.publisher(mention.item) if mention.item.key.kind is Kind.POST else None
    return (Words(" by "), publisher) if publisher is not None else ()


def of_the_commonest_kind(mentions: Sequence[Mention]) -> list[Mention]:
    """Those of one kind of item on one site: models and Spaces are not added up."""
    sorts = Counter((mention.item.key.source, mention.item.key.kind) for mention in mentions)
    sort = sorts.most_common(1)[0][0]
    return [mention for mention in mentions if (mention.item.key.source, mention.item.key.kind) == sort]


def quotations(desk: Desk, mentions: Iterable[Mention]) -> list[EvidenceId]:
    """The exact spans that name it, one an item."""
    by_item: dict[ItemKey, EvidenceId] = {}
    for mention in mentions:
        quoted = mention.quoted(desk)
        if quoted is not None:
            by_item.setdefault(mention.item.key, quoted.evidence)
    return list(by_item.values())


def enumerated(pieces: Sequence[Fragment]) -> Fragment:
    """The pieces in a row: "a, b and c"."""
    runs: list[Run] = []
    for index, piece in enumerate(pieces):
        if index:
            runs.append(Words(" and " if index == len(pieces) - 1 else ", "))
        runs += piece
    return tuple(runs)
