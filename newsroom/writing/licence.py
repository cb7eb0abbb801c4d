"""What the phrase book allows to be said of a fact: which words may stand between which of its slots.

A stretch is what stands between two slots. A sentence keeps the licence of a fact if each of its stretches stands
between the same slots in some phrase of the book for such a fact, but for neutral words and words that stand for
each other, and if it prints at least what one whole phrase prints. So every relation between a figure and a name is
one that an editor has written; the order of the slots, the joining of facts and the neutral words are the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.claims import Figure
from newsroom.phrases.alternations import Phrase
from newsroom.phrases.book import Key, PhraseBook
from newsroom.phrases.templates import Fragment, Slot, Template
from newsroom.writing.style import Style

#: Before the first slot and after the last.
START, END = "^", "$"

#: Forms of one table that say the same fact in prose.
_SAME_FACT = ("sentence", "follow")

#: So many ways may be shown to a writer.
SHOWN_WAYS = 24

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")

#: A slot, its mark or word of ours: what a way and a sentence are compared by.
Elements = tuple[str, ...]

#: From slot, words, to slot.
Stretch = tuple[str, Elements, str]


@dataclass(frozen=True, slots=True)
class Licence:
    """The stretches allowed, the sets of slots of which one must be printed whole, and ways to show to a writer.

    ``capitals`` are the words that the book itself writes with a capital: the sites that we read.
    """

    stretches: frozenset[Stretch]
    enough: tuple[frozenset[str], ...]
    ways: tuple[str, ...]
    capitals: frozenset[str]

    def fault(self, elements: Elements, style: Style) -> str:
        """Why a clause may not stand, in words; empty when it may."""
        slots = [each for each in elements if is_slot(each)]
        figures = [each for each in slots if not each.endswith(".short}")]
        if len(figures) != len(set(figures)):
            return "a slot is printed twice in one clause"
        for before, words, after in stretches(elements, style):
            if (before, words, after) not in self.stretches:
                return _unlicensed(before, words, after)
        if not any(needed <= set(slots) for needed in self.enough):
            return f"it leaves out what belongs together: {_least(self.enough, set(slots))}"
        return ""


def licence_of(
    lines: Sequence[Phrase], slots: Mapping[str, str], fills: Mapping[str, Fragment], subject: str, style: Style
) -> Licence:
    """The licence of a fact that these phrases say; ``slots`` gives each slot's id, ``subject`` that of its subject."""
    ways = [way for line in lines for way in _ways(line, frozenset(slots))]
    written = [_elements(way, slots, fills) for way in ways]
    laid_out = [_comparable_elements(elements, subject) for elements in written]
    return Licence(
        frozenset(stretch for elements in laid_out for stretch in stretches(elements, style)),
        tuple(dict.fromkeys(frozenset(each for each in elements if is_slot(each)) for elements in laid_out)),
        tuple(_shown(laid_out)),
        frozenset(each for elements in written for each in elements[1:] if any(letter.isupper() for letter in each)),
    )


def comparable(slot: str) -> str:
    """A slot as licences know it: an item's name in full and its short name are one."""
    owner, _, form = slot.partition(".")
    return f"{owner}.short" if form == "name" and owner.isalpha() else slot


def _comparable_elements(elements: Elements, subject: str) -> Elements:
    slots = [f"{{{comparable(each[1:-1])}}}" if is_slot(each) else each for each in elements]
    return tuple(with_subject(slots, subject))


def lines_of(book: PhraseBook, key: Key) -> list[Phrase]:
    """The phrases that say the same fact in prose as those of a key."""
    table, _, form = key.rpartition(".")
    keys = [f"{table}.{each}" for each in _SAME_FACT] if form in _SAME_FACT else [key]
    return [line for each in keys for line in book.phrases.get(each, ())]


def is_slot(element: str) -> bool:
    """Whether an element is a slot."""
    return element.startswith("{")


def stretches(elements: Sequence[str], style: Style) -> Iterator[Stretch]:
    """The stretches of a clause from its beginning to its end, in comparable form."""
    before, words = START, list[str]()
    for element in elements:
        if is_slot(element):
            yield before, compared(words, style), element
            before, words = element, []
        else:
            words.append(element)
    yield before, compared(words, style), END


def compared(words: Iterable[str], style: Style) -> Elements:
    """Words without the neutral ones, each by the one that stands for it."""
    small = (word.lower() for word in words)
    return tuple(style.same.get(word, word) for word in small if word not in style.neutral)


def _ways(line: Phrase, slots: frozenset[str]) -> tuple[Template, ...]:
    return tuple(way for way in line.ways(slots) if way.slots <= slots)


def _elements(way: Template, slots: Mapping[str, str], fills: Mapping[str, Fragment]) -> Elements:
    """A way as elements, its nouns in the right number."""
    found: list[str] = []
    for part in way.parts:
        if isinstance(part, Slot):
            if not part.agrees:
                found.append(f"{{{slots[part.name]}}}")
            found += _noun(part, fills[part.name])
        else:
            found += (piece.replace("’", "'") for piece in _WORD.findall(part))
    if found and found[-1] == ".":
        found.pop()
    return tuple(found)


def with_subject(words: Sequence[str], subject: str) -> Iterator[str]:
    """The subject's own slot where "it" stands for it, before a verb; beside its name "it" is something else."""
    subject = "" if f"{{{subject}}}" in words else subject
    for position, word in enumerate(words):
        follows = words[position + 1 : position + 2]
        spoken_of = bool(subject) and bool(follows) and follows[0][:1].isalpha()
        yield f"{{{subject}}}" if spoken_of and word.lower() == "it" else word


def _noun(part: Slot, fragment: Fragment) -> list[str]:
    if part.one is None or part.many is None:
        return []
    counted = fragment[-1]
    single = isinstance(counted, Figure) and (counted.value == 1 or counted.text == "one")
    return _WORD.findall(part.one if single else part.many)


def _shown(laid_out: Sequence[Elements]) -> Iterator[str]:
    """Some ways, as different as can be: spread over the book's order."""
    written = list(dict.fromkeys(written_out(elements) for elements in laid_out))
    step = max(len(written) // SHOWN_WAYS, 1)
    yield from written[::step][:SHOWN_WAYS]


def written_out(elements: Sequence[str]) -> str:
    """Elements as a sentence."""
    text = " ".join(elements)
    text = re.sub(r" (?=[,.;:])", "", text)
    return f"{text[:1].upper()}{text[1:]}."


def _unlicensed(before: str, words: Elements, after: str) -> str:
    shown = " ".join(words) or "nothing"
    where = {START: "at the beginning"}.get(before, f"after {before}")
    return f"{shown!r} may not stand {where} {'at the end' if after == END else f'before {after}'}"


def _least(enough: Sequence[frozenset[str]], slots: set[str]) -> str:
    missing = min((needed - slots for needed in enough), key=len, default=frozenset())
    return ", ".join(sorted(missing)) or "nothing may be said of it"
