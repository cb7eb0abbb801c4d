"""Where a name stands, in words: "six models on Hugging Face, two titles on Hacker News and one post"."""

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
    Kind.MODEL: ("model names", "model name"),
    Kind.DATASET: ("datasets", "dataset"),
    Kind.SPACE: ("Spaces", "Space"),
    Kind.REPOSITORY: ("repositories", "repository"),
    Kind.PAPER: ("papers", "paper"),
    Kind.STORY: ("titles", "title"),
    Kind.POST: ("posts", "post"),
}
SITES: Mapping[Source, str] = {
    Source.HUGGINGFACE: " on Hugging Face",
    Source.GITHUB: " on GitHub",
    Source.OSSINSIGHT: " on GitHub",
    Source.ARXIV: " on arXiv",
    Source.HACKERNEWS: " on Hacker News",
    Source.FEEDS: "",
}

#: Counts the items of a kind that quotations are of, with a plural noun as its unit; None where they do not all say it.
Counted = Callable[[Sequence[EvidenceId], str, Kind | None], Figure | None]


def where(desk: Desk, mentions: Mentions, counted: Counted, *, signed: bool = False) -> Fragment:
    """The places as one fragment, each with its count; ``signed`` names who published a single post."""
    pieces: list[Fragment] = []
    told = [of_the_commonest_kind(found) for found in mentions.values()]
    quotes = quotations(desk, (mention for alike in told for mention in alike))
    for first, *_ in told:
        plural, single = NOUNS[first.item.key.kind]
        count = counted(quotes, plural.rpartition(" ")[2], first.item.key.kind)
        if count is not None:
            one = count.value == 1
            noun = f" {single if one else plural}{SITES[first.item.key.source]}"
            pieces.append((count, Words(noun), *(_by(desk, first) if one and signed else ())))
    return enumerated(pieces)


def _by(desk: Desk, mention: Mention) -> Fragment:
    """Who published a post."""
    publisher = desk.cite.publisher(mention.item) if mention.item.key.kind is Kind.POST else None
    return (Words(" by "), mention.to_item(publisher)) if publisher is not None else ()


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


def lists_of(desk: Desk, mentions: Iterable[Mention]) -> tuple[EvidenceId, ...]:
    """The lists of the morning on which they stand: evidence that it is today's."""
    found = (desk.mornings(key) for key in dict.fromkeys(mention.key for mention in mentions))
    return tuple(desk.cite.list(mornings.today) for mornings in found if mornings is not None)


def enumerated(pieces: Sequence[Fragment]) -> Fragment:
    """The pieces in a row: "a, b and c"."""
    runs: list[Run] = []
    for index, piece in enumerate(pieces):
        if index:
            runs.append(Words(" and " if index == len(pieces) - 1 else ", "))
        runs += piece
    return tuple(runs)
