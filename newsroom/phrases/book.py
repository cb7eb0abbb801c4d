"""The phrase book as its files hold it: ``data/*.toml``, one table for each kind, one list of ways for each form.

An editor adds a way by adding a line; ``docs/adding-a-section.md`` says how.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from newsroom.phrases.templates import PhraseError, Template

#: ``movement_up.sentence``: the kind of thing said, and the form in which a section says it.
Key = str


@dataclass(frozen=True)
class PhraseBook:
    """Every way of saying a thing, by key."""

    ways: Mapping[Key, tuple[Template, ...]]

    @classmethod
    def parse(cls, *texts: str) -> PhraseBook:
        """Read the files of a book. Raises PhraseError: a key without a way, or written twice."""
        ways: dict[Key, tuple[Template, ...]] = {}
        for text in texts:
            for kind, forms in tomllib.loads(text).items():
                for form, phrases in forms.items():
                    key = f"{kind}.{form}"
                    if key in ways or not phrases:
                        raise PhraseError(f"{key} is written twice, or holds no phrase")
                    ways[key] = tuple(Template.parse(phrase) for phrase in phrases)
        return cls(ways)

    def of(self, key: Key, slots: frozenset[str]) -> tuple[Template, ...]:
        """The ways that the slots at hand can fill. Raises PhraseError when there is none."""
        fitting = tuple(way for way in self.ways.get(key, ()) if way.slots <= slots)
        if not fitting:
            raise PhraseError(f"the phrase book has no way to say {key!r} with the slots {sorted(slots)}")
        return fitting


@cache
def standard_book() -> PhraseBook:
    """The paper's own book."""
    folder = resources.files("newsroom.phrases") / "data"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return PhraseBook.parse(*(file.read_text(encoding="utf-8") for file in files))
