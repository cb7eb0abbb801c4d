"""The phrase book as its files hold it: ``data/*.toml``, one table for each kind, one list of phrases for each form.

An editor adds a phrase by adding a line; ``docs/adding-a-section.md`` says how.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources

from newsroom.phrases.alternations import Phrase
from newsroom.phrases.templates import PhraseError, Template

#: ``movement_up.sentence``: the kind of thing said, and the form in which a section says it.
Key = str


@dataclass(frozen=True)
class PhraseBook:
    """Every phrase of saying a thing, by key; a phrase with alternations is several ways."""

    phrases: Mapping[Key, tuple[Phrase, ...]]
    _fitting: dict[tuple[Key, frozenset[str]], tuple[Template, ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def parse(cls, *texts: str) -> PhraseBook:
        """Read the files of a book. Raises PhraseError: a key without a phrase, or written twice."""
        phrases: dict[Key, tuple[Phrase, ...]] = {}
        for text in texts:
            for kind, forms in tomllib.loads(text).items():
                for form, lines in forms.items():
                    key = f"{kind}.{form}"
                    if key in phrases or not lines:
                        raise PhraseError(f"{key} is written twice, or holds no phrase")
                    phrases[key] = tuple(Phrase.parse(line) for line in lines)
        return cls(phrases)

    @cached_property
    def ways(self) -> Mapping[Key, tuple[Template, ...]]:
        """Every way of saying a thing, by key, whatever slots it needs: many thousands."""
        return {key: tuple(way for phrase in lines for way in phrase.ways()) for key, lines in self.phrases.items()}

    def of(self, key: Key, slots: frozenset[str]) -> tuple[Template, ...]:
        """The ways that the slots at hand can fill. Raises PhraseError when there is none."""
        fitting = self._ways(key, slots)
        if not fitting:
            raise PhraseError(f"the phrase book has no way to say {key!r} with the slots {sorted(slots)}")
        return fitting

    def can_say(self, key: Key, slots: frozenset[str]) -> bool:
        """Whether there is a way that the slots at hand can fill."""
        return bool(self._ways(key, slots))

    def _ways(self, key: Key, slots: frozenset[str]) -> tuple[Template, ...]:
        if (key, slots) not in self._fitting:
            lines = self.phrases.get(key, ())
            self._fitting[key, slots] = tuple(dict.fromkeys(way for line in lines for way in line.ways(slots)))
        return self._fitting[key, slots]


@cache
def standard_book() -> PhraseBook:
    """The paper's own book."""
    folder = resources.files("newsroom.phrases") / "data"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return PhraseBook.parse(*(file.read_text(encoding="utf-8") for file in files))
