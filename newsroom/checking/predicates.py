"""The law of predicates as ``predicates.toml`` holds it: what the words of a claim need beside them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from newsroom.checking.wording import Phrase, Phrases, Wording, standard_wording

#: Marks of what is spoken of, not of what is said: a clause may leave them to its sentence.
_GENERAL = ("kind:", "list", "source:")


@dataclass(frozen=True, slots=True)
class Need:
    """One class of words: any of the ``marks`` lets its words stand."""

    name: str
    marks: frozenset[str]
    general: frozenset[str]  # those of the marks that anything in the sentence may bear


@dataclass(frozen=True)
class Closed:
    """Words that may stand inside certain phrases only, and the marks that each phrase needs (any of them)."""

    name: str
    words: frozenset[str]
    phrases: Phrases
    marks: Mapping[Phrase, frozenset[str]]


@dataclass(frozen=True)
class Copula:
    """What may follow a form of "to be"."""

    verbs: frozenset[str]
    skipped: frozenset[str]
    followers: frozenset[str]
    articles: frozenset[str]
    after_article: frozenset[str]


@dataclass(frozen=True)
class Predicates:
    """Everything that the file says; ``needs`` maps a word to its classes."""

    free: frozenset[str]
    capitals: frozenset[str]
    vocabulary: frozenset[str]  # the words of the house, of which a claim may use some
    needs: Mapping[str, Sequence[Need]]
    closed: Sequence[Closed]
    copula: Copula
    joints: frozenset[str]
    proved: Phrases  # whole phrases that wording.toml licenses
    lists: Phrases
    places: Mapping[Phrase, Sequence[tuple[str, str]]]

    def knows(self, word: str) -> bool:
        """Whether a claim may use the word at all."""
        return word in self.free or word in self.needs


@cache
def standard_predicates() -> Predicates:
    """The paper's own law; words that ``wording.toml`` licenses or directs are judged there and free here."""
    text = (resources.files("newsroom.checking") / "predicates.toml").read_text(encoding="utf-8")
    law: dict[str, Any] = tomllib.loads(text)
    return Predicates(
        free=_words(law["free"]["words"])
        | _words(group["words"] for group in law["closed"].values())
        | _judged_elsewhere(standard_wording()),
        capitals=standard_wording().capitals,
        vocabulary=standard_wording().vocabulary,
        needs=_needs(law["needs"]),
        closed=tuple(_closed(name, group) for name, group in law["closed"].items()),
        copula=Copula(**{name: _words(texts) for name, texts in law["copula"].items()}),
        joints=_words(law["between_names"]["free"]),
        proved=_phrases_judged_elsewhere(standard_wording()),
        lists=Phrases(law["lists"]),
        places={tuple(phrase.split()): tuple(map(_place, found)) for phrase, found in law["lists"].items()},
    )


def _words(texts: str | Iterable[str]) -> frozenset[str]:
    lines = [texts] if isinstance(texts, str) else texts
    return frozenset(word for line in lines for word in line.lower().split())


def _judged_elsewhere(wording: Wording) -> frozenset[str]:
    sets = (*wording.licensed.values(), wording.up, wording.down)
    single = frozenset(phrase[0] for phrases in sets for phrase in phrases.all() if len(phrase) == 1)
    return single | wording.after_up | wording.after_down


def _phrases_judged_elsewhere(wording: Wording) -> Phrases:
    phrases = (phrase for held in wording.licensed.values() for phrase in held.all())
    return Phrases(" ".join(phrase) for phrase in phrases if len(phrase) > 1 or phrase == ("none",))


def _needs(law: Mapping[str, Any]) -> Mapping[str, Sequence[Need]]:
    found: dict[str, list[Need]] = {}
    for name, group in law.items():
        marks = frozenset(group["marks"])
        wide = group.get("scope") == "sentence"
        need = Need(name, marks, marks if wide else frozenset(mark for mark in marks if mark.startswith(_GENERAL)))
        for word in _words(group["words"]):
            found.setdefault(word, []).append(need)
    return found


def _closed(name: str, group: Mapping[str, Any]) -> Closed:
    marks: dict[Phrase, set[str]] = {}
    for mark, texts in group["phrases"].items():
        for text in texts:
            marks.setdefault(tuple(text.split()), set()).add(mark)
    return Closed(
        name,
        _words(group["words"]),
        Phrases(" ".join(phrase) for phrase in marks),
        {phrase: frozenset(needed) for phrase, needed in marks.items()},
    )


def _place(text: str) -> tuple[str, str]:
    source, _, name = text.partition(" ")
    return source, name
