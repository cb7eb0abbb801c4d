"""Which items are about AI: a stated rule over source, address, topics, title and description (``docs/relevance.md``).

1. Items of Hugging Face and arXiv (the categories that we ask for) are about AI by their source, and so are the posts
   of feeds that write of nothing else and the stories that lead to the sites of AI labs.
2. Every other item is read in its own words: name or title, description, topics, the end of its address. Phrases that
   only look like AI ("user agent", "home assistant", "access token") are struck out first.
3. One **telling** word is enough: a term of the trade (``llm``, ``machine learning``, ``ai`` as a word), or the name of
   a product or a model (``Claude``, ``Qwen``, ``Whisper``). Topics are put on freely: it takes two that tell, where the
   item has a description; the category "AI" of a press feed tells nothing.
4. A word that AI shares with other trades (``agent``, ``inference``) **hints**: it takes another hint or a companion
   (``model``, ``memory``) beside it.

The words stand in ``editions/<number>.toml``; they match whole words, whatever the letter case, if not said otherwise.
An edition by which a printed count was made is never changed: the count must come out the same for ever.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import urlsplit

from domain.items import Item, Kind, Source

#: The edition that the paper goes by today.
EDITION = 1

#: Those by which it ever counted.
EDITIONS = frozenset({1})


@dataclass(frozen=True)
class _Rule:
    """The rule's words, ready to be searched for."""

    innocent: re.Pattern[str]
    telling: re.Pattern[str]
    telling_exactly: re.Pattern[str]
    telling_names: re.Pattern[str]
    telling_ids_exactly: re.Pattern[str]
    hints: re.Pattern[str]
    companions: re.Pattern[str]
    feeds: frozenset[str]
    hosts: frozenset[str]


def is_about_ai(item: Item, edition: int = EDITION) -> bool:
    """Whether the paper may be about this item, by an edition of the rule. Raises LookupError for an unknown one."""
    return _reason(item, edition) is not None


def why(item: Item, edition: int = EDITION) -> str:
    """The reason for ``is_about_ai``, in a few plain words."""
    return _reason(item, edition) or "no word of its name, title, description, topics or address tells of AI"


@lru_cache(maxsize=2_000)
def _reason(item: Item, edition: int) -> str | None:
    rule = _rule(edition)
    if item.key.source in {Source.HUGGINGFACE, Source.ARXIV}:
        return f"everything that we read on {item.key.source} is about AI"
    if item.key.kind is Kind.POST and item.key.external_id.partition("/")[0] in rule.feeds:
        return f"{item.publisher or item.key.external_id} writes of nothing else"
    host = urlsplit(item.url).hostname or ""
    if any(host == each or host.endswith(f".{each}") for each in rule.hosts):
        return f"it leads to {host}"
    return _named_so(item, rule) or _told_by_words(_words_of(item), rule) or _told_by_topics(item, rule)


def _words_of(item: Item) -> str:
    """The item's own words in one line without its topics; the name of a repository also taken apart at its joints."""
    named = [item.title]
    if item.key.kind is Kind.REPOSITORY:
        owner, _, name = item.key.external_id.partition("/")
        named = [owner, name, _apart(name)]
    return _without_addresses(" | ".join([*named, item.summary, _slug(item)]))


def _topics_of(item: Item) -> tuple[str, ...]:
    """The topics, also taken apart at their joints; of a post without the bare category "AI"."""
    topics = [tag for tag in item.tags if ":" not in tag]
    if item.key.kind is Kind.POST:
        topics = [topic for topic in topics if topic.casefold() not in {"ai", "artificial intelligence"}]
    return tuple(f"{topic} | {_apart(topic)}" for topic in topics)


def _without_addresses(text: str) -> str:
    return re.sub(r"https?://\S+", " ", text)


def _apart(name: str) -> str:
    """A name with blanks at its joints: ``llm-kit`` gives ``llm kit``, ``LlmKit`` gives ``Llm Kit``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[/_.-]+", " ", name)


def _slug(item: Item) -> str:
    """The last part of the address of a story or a post, which often says more than its title."""
    if item.key.kind is Kind.REPOSITORY:
        return ""
    path = urlsplit(item.url).path.rstrip("/")
    return _apart(path.rpartition("/")[2])


def _named_so(item: Item, rule: _Rule) -> str | None:
    """Whether a repository's name tells: ``book-to-skill``, ``agent-kit``, ``CodebuffAI/codebuff``."""
    if item.key.kind is not Kind.REPOSITORY:
        return None
    name = rule.innocent.sub(" ", _apart(item.key.external_id.rpartition("/")[2]))
    told = rule.telling_names.search(name) or rule.telling_ids_exactly.search(item.key.external_id)
    return f"its name says {told.group()!r}" if told is not None else None


def _told_by_topics(item: Item, rule: _Rule) -> str | None:
    """Whether two topics tell; one of a post, one where there is no description, or one beside a hint in the words."""
    told = [topic.partition(" | ")[0] for topic in _topics_of(item) if _tells(topic, rule)]
    hints = _different(rule.hints, rule.innocent.sub(" ", _words_of(item)))
    if len(told) > 1 or (told and (hints or not item.summary or item.key.kind is Kind.POST)):
        return f"its topics say {' and '.join(map(repr, told[:2]))}"
    return None


def _tells(text: str, rule: _Rule) -> bool:
    text = rule.innocent.sub(" ", text)
    return bool(rule.telling.search(text) or rule.telling_exactly.search(text))


def _told_by_words(text: str, rule: _Rule) -> str | None:
    text = rule.innocent.sub(" ", text)
    told = rule.telling.search(text) or rule.telling_exactly.search(text)
    if told is not None:
        return f"its words say {told.group()!r}"
    hints = _different(rule.hints, text)
    together = hints + _different(rule.companions, text)
    if hints and len(together) > 1:
        return f"its words say {together[0]!r} and {together[1]!r}"
    return None


def _different(pattern: re.Pattern[str], text: str) -> list[str]:
    """The different words that a pattern finds, singular and plural being one."""
    found = (match.group().lower() for match in pattern.finditer(text))
    return list({word.removesuffix("s"): word for word in found}.values())


@cache
def _rule(edition: int) -> _Rule:
    file = resources.files("newsroom.relevance") / "editions" / f"{edition}.toml"
    if not file.is_file():
        raise LookupError(f"there is no edition {edition} of the rule on what is about AI")
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    return _Rule(
        innocent=_any(words["innocent"], re.IGNORECASE),
        telling=_any(words["telling"], re.IGNORECASE),
        telling_exactly=_any(words["telling_exactly"], 0),
        telling_names=_any(words["telling_names"], re.IGNORECASE),
        telling_ids_exactly=_any(words["telling_ids_exactly"], 0),
        hints=_any(words["hints"], re.IGNORECASE),
        companions=_any(words["companions"], re.IGNORECASE),
        feeds=frozenset(words["feeds"]),
        hosts=frozenset(words["hosts"]),
    )


def _any(patterns: Iterable[str], flags: int) -> re.Pattern[str]:
    """One pattern for all of them, each as a whole word: no Latin letter or digit stands beside it."""
    beside = "[0-9A-Za-z_À-ɏ]"
    return re.compile(rf"(?<!{beside})(?:{'|'.join(patterns)})(?!{beside})", flags)
