"""What an item says of itself, as terms that can be counted: words and pairs of words, in small letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from domain.items import Item, Kind

#: A word: letters and digits, with a point or an apostrophe inside ("qwen3.8", "what's"), or a mark behind ("c++").
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*[+#]*")

#: Longer texts are cut: a description that goes on for pages counts for what it says first.
LONGEST_TEXT = 600

#: The fields in which an item says what it is; an abstract of a paper names too many others.
_SAYING: Mapping[Kind, tuple[str, ...]] = {
    Kind.MODEL: ("external_id",),
    Kind.DATASET: ("external_id",),
    Kind.SPACE: ("external_id",),
    Kind.REPOSITORY: ("external_id", "summary"),
    Kind.PAPER: ("title",),
    Kind.STORY: ("title",),
    Kind.POST: ("title",),
    Kind.OPTION: ("title",),
}


def sayings(item: Item) -> tuple[tuple[str, str], ...]:
    """The fields in which the item says what it is, with their words; of an id only what stands after the owner."""
    return tuple((field, _held(item, field)) for field in _SAYING[item.key.kind])


def terms(item: Item) -> frozenset[str]:
    """Every word of an item's sayings, and every two that stand side by side."""
    return frozenset(term for _, text in sayings(item) for term in _terms(text))


def span_of(term: str, text: str) -> str | None:
    """The first place of a text that spells the term, whatever the letter case; None where none does."""
    match = _pattern(term).search(text)
    return match.group() if match else None


def _held(item: Item, field: str) -> str:
    if field == "external_id":
        return item.key.external_id.rpartition("/")[2]
    return str(getattr(item, field))[:LONGEST_TEXT]


@lru_cache(maxsize=20_000)
def _terms(text: str) -> frozenset[str]:
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    return frozenset(words) | frozenset(f"{one} {other}" for one, other in pairwise(words))


@lru_cache(maxsize=2_000)
def _pattern(term: str) -> re.Pattern[str]:
    words = r"[\W_]+".join(re.escape(word).replace("'", "['’]") for word in term.split())
    return re.compile(rf"(?<![^\W_]){words}(?![^\W_])", re.IGNORECASE)
