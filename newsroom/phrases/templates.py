"""A template: our own words with slots that figures, names and quotations fill."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.claims import Figure, Name, Quote, Run, Words

#: What fills a slot: one run, or several that belong together.
Fragment = tuple[Run, ...]

#: What ends a sentence by itself.
_ENDS = (".", "!", "?", "…")

#: Names of ours that begin small even where a sentence does.
_SMALL_NAMES = ("arXiv",)

_SLOT = re.compile(r"\{(?P<name>[a-z_]+)(?:(?P<kind>[:?])(?P<one>[^|{}]*)\|(?P<many>[^|{}]*))?\}")


class PhraseError(ValueError):
    """A phrase of the book can't be used as it is written; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill.

    ``{places:place|places}`` prints the figure and the noun in the number that fits it; ``{count?is|are}`` prints the
    word alone (``agrees``), for a verb that stands apart from its figure.
    """

    name: str
    one: str | None = None
    many: str | None = None
    agrees: bool = False

    @property
    def text(self) -> str:
        """The slot as it is written in the book."""
        kind = "?" if self.agrees else ":"
        return f"{{{self.name}}}" if self.one is None else f"{{{self.name}{kind}{self.one}|{self.many}}}"

    def fill(self, fragment: Fragment) -> Fragment:
        """The fragment, followed by its noun where the slot has one. Raises PhraseError without a figure to agree."""
        if self.one is None or self.many is None:
            return fragment
        counted = fragment[-1]
        if not isinstance(counted, Figure):
            raise PhraseError(f"the noun of the slot {self.name!r} has no figure to agree with")
        single = counted.value == 1 or counted.text == "one"  # 0.98 days are printed as one
        fitting = self.one if single else self.many
        return (Words(fitting),) if self.agrees else (*fragment, Words(f" {fitting}"))


@dataclass(frozen=True, slots=True)
class Template:
    """One way to say a thing, as ``{name} climbed {places:place|places}, to No. {rank}``."""

    parts: tuple[str | Slot, ...]
    line: str = field(default="", compare=False)  # the line of the book that it is a way of

    @classmethod
    def parse(cls, text: str) -> Template:
        """Read a template. Raises PhraseError: a digit in our own words, or braces that are no slot."""
        return cls(parse_parts(text), text)

    @property
    def text(self) -> str:
        """The template as an editor would write it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def slots(self) -> frozenset[str]:
        """The names of the slots."""
        return frozenset(part.name for part in self.parts if isinstance(part, Slot))

    def fill(self, fragments: Mapping[str, Fragment]) -> Fragment:
        """The runs of the sentence, words joined, its first letter large where it is not a source's own."""
        runs: list[Run] = []
        for part in self.parts:
            runs += [Words(part)] if isinstance(part, str) else part.fill(fragments[part.name])
        return _capitalised(_joined(runs))


def parse_parts(text: str) -> tuple[str | Slot, ...]:
    """The words and slots of a text. Raises PhraseError: a digit in our own words, or braces that are no slot."""
    parts: list[str | Slot] = []
    end = 0
    for match in _SLOT.finditer(text):
        parts += [text[end : match.start()], Slot(match["name"], match["one"], match["many"], match["kind"] == "?")]
        end = match.end()
    parts.append(text[end:])
    words = [part for part in parts if isinstance(part, str)]
    if any(character in "{}" for part in words for character in part):
        raise PhraseError(f"this phrase has braces that are no slot: {text!r}")
    if any(character.isdigit() for part in words for character in part):
        raise PhraseError(f"our own words may not hold a digit; make it a figure in a slot: {text!r}")
    return tuple(part for part in parts if part)


def _joined(runs: list[Run]) -> Fragment:
    joined: list[Run] = []
    for run in runs:
        if isinstance(run, Words) and joined and isinstance(joined[-1], Words):
            joined[-1] = Words(joined[-1].text + run.text)
        elif not _ends_twice(joined, run):
            joined.append(run)
    return tuple(joined)


def _ends_twice(joined: list[Run], run: Run) -> bool:
    """Whether this is our full stop after a title or a quotation that ends with one of its own."""
    closes = isinstance(run, Words) and run.text == "."
    return closes and bool(joined) and isinstance(joined[-1], Name | Quote) and joined[-1].text.endswith(_ENDS)


def _capitalised(runs: Fragment) -> Fragment:
    first = runs[0]
    if not isinstance(first, Words | Figure) or first.text.startswith(_SMALL_NAMES):
        return runs
    return (replace(first, text=first.text[:1].upper() + first.text[1:]), *runs[1:])
