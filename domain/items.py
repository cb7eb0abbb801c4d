"""What a source speaks of: items, identified once and described as often as the source changes its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self


class Source(StrEnum):
    """A site that we ask; the value stands in evidence, in storage and in the JSON edition."""

    HUGGINGFACE = "huggingface"
    GITHUB = "github"
    OSSINSIGHT = "ossinsight"
    ARXIV = "arxiv"
    HACKERNEWS = "hackernews"
    FEEDS = "feeds"
    POLL = "poll"  # our own: what readers voted for in the channel; no source of news


class Kind(StrEnum):
    """What an item is."""

    MODEL = "model"
    DATASET = "dataset"
    SPACE = "space"
    PAPER = "paper"
    REPOSITORY = "repository"
    STORY = "story"  # a Hacker News story
    POST = "post"  # an entry of a lab or press feed
    OPTION = "option"  # an answer of a poll of ours


#: Kinds that are known by a title; the others have a name.
TITLED = frozenset({Kind.PAPER, Kind.STORY, Kind.POST, Kind.OPTION})

#: The kind of a source that knows only one: it is left out of the printed key (``github:owner/name``).
SOLE_KIND = {
    Source.GITHUB: Kind.REPOSITORY,
    Source.OSSINSIGHT: Kind.REPOSITORY,
    Source.ARXIV: Kind.PAPER,
    Source.HACKERNEWS: Kind.STORY,
    Source.FEEDS: Kind.POST,
    Source.POLL: Kind.OPTION,
}

#: Where news comes from: what is trending is read there, and a morning rests on them.
NEWS = tuple(source for source in Source if source is not Source.POLL)


@dataclass(frozen=True, slots=True, order=True)
class ItemKey:
    """Who an item is, for ever: ``huggingface:model:owner/name``, ``github:owner/name``, ``arxiv:2607.01234``."""

    source: Source
    kind: Kind
    external_id: str

    def __str__(self) -> str:
        if self.source in SOLE_KIND:
            return f"{self.source}:{self.external_id}"
        return f"{self.source}:{self.kind}:{self.external_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a printed key back. Raises ValueError when it is not one."""
        site, _, rest = text.partition(":")
        source = Source(site)
        if source in SOLE_KIND:
            return cls(source, SOLE_KIND[source], _required(rest, text))
        kind, _, external_id = rest.partition(":")
        return cls(source, Kind(kind), _required(external_id, text))


def _required(external_id: str, text: str) -> str:
    if not external_id:
        raise ValueError(f"{text!r} names no item: it ends before the id")
    return external_id


@dataclass(frozen=True, slots=True)
class Item:
    """A source's own description of one thing, as plain text, as last seen at ``seen_at`` (aware UTC).

    ``tags`` are the source's, some with a name space: ``language:Python``, ``license:mit``,
    ``task:text-generation``, ``library:transformers``, ``author:Jane Doe``; identities of the same thing
    elsewhere are tags too: ``arxiv:2607.01234``, ``github:owner/name``.
    ``version`` is the storage's id of exactly these words, 0 before they are stored: a quote cites it,
    so that it can be recomputed after the source has changed its words.
    """

    key: ItemKey
    url: str
    title: str
    seen_at: datetime
    publisher: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    created_at: datetime | None = None
    first_seen_at: datetime | None = None
    version: int = 0

    def tagged(self, name: str) -> tuple[str, ...]:
        """The values of the tags in a name space: ``tagged("license")`` gives ``("mit",)``."""
        prefix = f"{name}:"
        return tuple(tag.removeprefix(prefix) for tag in self.tags if tag.startswith(prefix))
