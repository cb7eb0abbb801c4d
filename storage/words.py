"""When the words of an item have changed: pure rules, see docs/decisions/0003-item-words-are-versioned.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from domain.items import Item


@dataclass(frozen=True, slots=True)
class Words:
    """What a source says of an item at one time."""

    title: str
    url: str
    publisher: str
    summary: str
    tags: tuple[str, ...]
    created_at: datetime | None

    @classmethod
    def of(cls, item: Item) -> Self:
        """The words of an item as a list just gave them."""
        return cls(item.title, item.url, item.publisher, item.summary, item.tags, item.created_at)

    def after(self, known: Words) -> Words:
        """These words on top of those known: what a list leaves out is not unsaid by it.

        The lists of one source tell more or less of the same item (a search gives topics, a trending page does not);
        without this its words would swing to and fro with every list that is read.
        """
        if self == known:
            return known
        spaces = {_space(tag) for tag in self.tags}
        tags = self.tags + tuple(tag for tag in known.tags if _space(tag) not in spaces)
        return Words(
            title=self.title or known.title,
            url=self.url or known.url,
            publisher=self.publisher or known.publisher,
            summary=self.summary or known.summary,
            tags=known.tags if set(tags) == set(known.tags) else tags,
            created_at=self.created_at or known.created_at,
        )


def _space(tag: str) -> str:
    """The name space of a tag, ``language`` of ``language:Python``; empty for a plain one."""
    name, colon, _ = tag.partition(":")
    return name if colon else ""
