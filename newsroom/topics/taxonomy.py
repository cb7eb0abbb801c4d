"""The taxonomy of topics as it is bundled: names, titles, and what tells that an item is on a topic."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from domain.text import spelled


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: ``name`` stands in settings, ``title`` is read. Phrases are ``spelled``, with a blank at either end."""

    name: str
    title: str
    phrases: tuple[str, ...]
    tags: frozenset[str]
    innocent: tuple[str, ...]


@cache
def standard_topics() -> tuple[Topic, ...]:
    """The topics of the paper, in the order in which they are offered."""
    text = resources.files("newsroom.topics").joinpath("taxonomy.toml").read_text(encoding="utf-8")
    return tuple(
        Topic(name, told["title"], _phrases(told["words"]), frozenset(told["tags"]), _phrases(told["innocent"]))
        for name, told in tomllib.loads(text).items()
    )


def _phrases(words: Iterable[str]) -> tuple[str, ...]:
    """Each phrase and its plural, the longest first, so that none is cut short by another."""
    both = {f" {spelling}{ending} " for word in words for spelling in (spelled(word),) for ending in _endings(spelling)}
    return tuple(sorted(both, key=lambda phrase: (-len(phrase), phrase)))


def _endings(spelling: str) -> tuple[str, ...]:
    return ("", "s") if spelling[-1].isalpha() else ("",)
