"""What makes one reader's issue another than the paper: readers who want the same share one rendering."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import NewType, Self

from domain.issue import SectionName
from domain.readers import Subscriber
from domain.text import spelled

#: Names a combination: a hash of it, of 63 bits. The paper as it is has the key 0.
FormKey = NewType("FormKey", int)

PLAIN = FormKey(0)

#: The language of buttons that needs no word.
ENGLISH = "en"

#: Subscribe is where the paper can be had; what is for one reader has its place by itself.
_FIXED = frozenset({SectionName.SUBSCRIBE, SectionName.FOR_YOU})

#: The sections that a reader may leave out and put in another order.
READER_SECTIONS: tuple[str, ...] = tuple(name.value for name in SectionName if name not in _FIXED)


@dataclass(frozen=True, slots=True)
class Combination:
    """What a reader wants of an issue, in one spelling for all who want the same.

    ``sections``: those that he reads, in his order; empty: the paper's own. ``topics`` and ``keywords`` are sorted,
    the keywords ``spelled``. ``language`` (as ``Subscriber.language``) is the one of the buttons; empty: English.
    """

    sections: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str = ""

    @classmethod
    def of(cls, reader: Subscriber) -> Self:
        """What a reader's settings ask for."""
        sections = shown_sections(reader.sections, reader.order)
        return cls(
            () if sections == READER_SECTIONS else sections,
            tuple(sorted(reader.topics)),
            tuple(sorted({spelling for keyword in reader.keywords if (spelling := spelled(keyword))})),
            "" if reader.language == ENGLISH else reader.language,
        )

    @property
    def is_of_the_paper(self) -> bool:
        """Whether what is printed is the paper as it is, in whatever language its buttons speak."""
        return not (self.sections or self.topics or self.keywords)

    @property
    def key(self) -> FormKey:
        """The first 63 bits of the SHA-256 of its JSON; 0 for the paper as it is."""
        if self == Combination():
            return PLAIN
        return FormKey(int.from_bytes(hashlib.sha256(self.to_json().encode()).digest()[:8], "big") >> 1 or 1)

    def to_json(self) -> str:
        """One line of JSON; ``from_json`` reads it."""
        said = {name: value for name, value in asdict(self).items() if value or name != "language"}
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The combination that ``to_json`` gave."""
        said = json.loads(text)
        language = said.pop("language", "")
        return cls(**{name: tuple(values) for name, values in said.items()}, language=language)


def shown_sections(sections: Iterable[str], order: Iterable[str]) -> tuple[str, ...]:
    """The sections of a reader, in his order: what ``order`` does not name follows in the paper's.

    Of no ``sections`` all are shown; names that the paper does not know are passed over.
    """
    wanted = frozenset(sections) & frozenset(READER_SECTIONS) or frozenset(READER_SECTIONS)
    ordered = dict.fromkeys((*(name for name in order if name in READER_SECTIONS), *READER_SECTIONS))
    return tuple(name for name in ordered if name in wanted)
