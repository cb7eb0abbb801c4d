"""Which topics an item is on, and whether it says a reader's keyword: pure, whole words, whatever the letter case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from domain.items import Item
from domain.overset import Said
from domain.text import spelled
from newsroom.terms import sayings
from newsroom.topics.taxonomy import Topic, standard_topics

#: Longer texts are cut: a description that goes on for pages is searched for what it says first.
LONGEST_TEXT = 1200

#: A description of a repository begins with what it is; what follows lists all that it touches.
LONGEST_SAYING = 110

#: What a site says of the form of a story, at the end of its title.
_FORM = re.compile(r"\[(?:video|audio|pdf)\]\s*$", re.IGNORECASE)

#: Tags about how an item came to us, and who made it: they say nothing of what it is about.
_HOUSEKEEPING = ("feed:", "kind:", "announce:", "region:", "size_categories:", "format:", "license:", "sdk:")


def said_by(item: Item) -> Said:
    """What an item says, by its topics and its words."""
    return Said(topics_of(item), _all_words(item))


def topics_of(item: Item) -> frozenset[str]:
    """The names of the topics that an item is on, as its name or its title and its tags tell."""
    told = (spelled(_FORM.sub("", text)[:LONGEST_SAYING]) for _, text in sayings(item))
    words, tags = f" {' / '.join(told)} ", frozenset(item.tags)
    return frozenset(topic.name for topic in standard_topics() if tags & topic.tags or _says(topic, words))


def _says(topic: Topic, words: str) -> bool:
    if not any(phrase in words for phrase in topic.phrases):
        return False
    for innocent in topic.innocent:
        words = words.replace(innocent, " / ")
    return any(phrase in words for phrase in topic.phrases)


def _all_words(item: Item) -> str:
    tags = (tag.partition(":")[2] or tag for tag in item.tags if not tag.startswith(_HOUSEKEEPING))
    texts: Iterable[str] = (item.key.external_id, item.title, item.publisher, item.summary[:LONGEST_TEXT], *tags)
    return _padded(tuple(texts))


@lru_cache(maxsize=4096)
def _padded(texts: tuple[str, ...]) -> str:
    """The texts spelled, with what no keyword spells between them, so that none runs over their edges."""
    return " ".join(f" {spelled(text)} " for text in texts)
