"""Which items are about AI: a stated rule over source, topics, title and description (``docs/relevance.md``).

1. Items of Hugging Face and arXiv (the categories that we ask for) are about AI by their source, and so are the posts
   of feeds that write of nothing else.
2. Every other item is read in its own words: id or title, description, topics. Phrases that only look like AI
   ("user agent", "crypto mining", "agent policy") are struck out first.
3. One **telling** word is enough: a term of the trade (``llm``, ``machine learning``, ``ai`` as a word), or the name of
   a product or a model (``Claude``, ``Qwen``, ``Whisper``).
4. Words that AI shares with other trades (``agent``, ``inference``) **hint**: two different ones are enough.

The words stand in ``relevance.toml``; they match whole words, whatever the letter case, where not said otherwise.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from domain.items import Item, Kind, Source

#: How many hints that AI shares with other trades make an item one about AI.
ENOUGH_HINTS = 2


@dataclass(frozen=True)
class _Rule:
    """The rule's words, ready to be searched for."""

    innocent: re.Pattern[str]
    telling: re.Pattern[str]
    telling_exactly: re.Pattern[str]
    hints: re.Pattern[str]
    feeds: frozenset[str]


def is_about_ai(item: Item) -> bool:
    """Whether the paper may be about this item."""
    return _reason(item) is not None


def why(item: Item) -> str:
    """The reason for ``is_about_ai``, in a few plain words."""
    return _reason(item) or "no word of its id, title, description or topics tells of AI"


def _reason(item: Item) -> str | None:
    if item.key.source in {Source.HUGGINGFACE, Source.ARXIV}:
        return f"everything that we read on {item.key.source} is about AI"
    rule = _rule()
    if item.key.kind is Kind.POST and item.key.external_id.partition("/")[0] in rule.feeds:
        return f"{item.publisher or item.key.external_id} writes of nothing else"
    return _told_by_words(_words_of(item), rule)


def _words_of(item: Item) -> str:
    """The item's own words in one line; ids and topics taken apart at their joints."""
    named = item.key.external_id if item.key.kind is Kind.REPOSITORY else item.title
    topics = [tag for tag in item.tags if ":" not in tag]
    joined = " | ".join([*_apart([named]), item.summary, *topics, *_apart(topics)])
    return re.sub(r"https?://\S+", " ", joined)


def _apart(names: Iterable[str]) -> Sequence[str]:
    """Names with blanks at their joints: ``owner/llm-kit`` gives ``owner llm kit``, ``LlmKit`` gives ``Llm Kit``."""
    return [re.sub(r"(?<=[a-z])(?=[A-Z])|[/_.-]+", " ", name) for name in names]


def _told_by_words(text: str, rule: _Rule) -> str | None:
    text = rule.innocent.sub(" ", text)
    told = rule.telling.search(text) or rule.telling_exactly.search(text)
    if told is not None:
        return f"its words say {told.group()!r}"
    hints = dict.fromkeys(match.group().lower() for match in rule.hints.finditer(text))
    if len(hints) >= ENOUGH_HINTS:
        return f"its words say {' and '.join(map(repr, list(hints)[:ENOUGH_HINTS]))}"
    return None


@cache
def _rule() -> _Rule:
    words = tomllib.loads((resources.files("newsroom") / "relevance.toml").read_text(encoding="utf-8"))
    return _Rule(
        innocent=_any(words["innocent"], re.IGNORECASE),
        telling=_any(words["telling"], re.IGNORECASE),
        telling_exactly=_any(words["telling_exactly"], 0),
        hints=_any(words["hints"], re.IGNORECASE),
        feeds=frozenset(words["feeds"]),
    )


def _any(patterns: Iterable[str], flags: int) -> re.Pattern[str]:
    """One pattern for all of them, each as a whole word."""
    return re.compile(rf"(?<![\w])(?:{'|'.join(patterns)})(?![\w])", flags)
