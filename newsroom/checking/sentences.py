"""The sentences of a section with their places, and each sentence as tokens: words, marks and runs in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from domain.claims import Claim, Figure, Name, Quote, Words
from domain.evidence import EvidenceId
from domain.issue import Layout, Section, SectionName, Story
from domain.items import ItemKey


class Place(StrEnum):
    """Where a sentence stands; only prose must be a whole sentence."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    CELL = "cell"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    OPENING = "opening"
    NOTE = "note"


#: Places where a sentence must be whole, with its full stop.
PROSE = frozenset({Place.STANDFIRST, Place.PARAGRAPH, Place.OPENING, Place.NOTE})


@dataclass(frozen=True, slots=True)
class Token:
    """A word (small letters, ``initial`` as it was written), a mark, or a printed run."""

    text: str
    run: Figure | Name | Quote | None = None
    mark: bool = False
    written: str = ""

    @property
    def word(self) -> bool:
        """Whether it is a word of our own."""
        return self.run is None and not self.mark


_PIECES = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]|\d+|_", re.UNICODE)

#: Marks and words that end a clause; a comma, a colon and brackets are weaker: what follows is of what stood before.
_STRONG_MARKS = frozenset(";.—–")
_STRONG_WORDS = frozenset({"and", "while", "but", "yet", "whereas"})


@dataclass(frozen=True)
class Sentence:
    """A claim in its place, on the day of the issue; ``beside``: what the changes of its story or section rest on."""

    claim: Claim
    section: SectionName
    place: Place
    day: date
    story: Story | None = None
    beside: frozenset[EvidenceId] = frozenset()

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """The claim as tokens."""
        return tuple(_tokens(self.claim))

    @cached_property
    def clauses(self) -> Sequence[int]:
        """For each token the number of its clause, counted from 0; a clause ends at a strong mark or word."""
        numbers, clause = [], 0
        for token in self.tokens:
            ends = token.text in (_STRONG_MARKS if token.mark else _STRONG_WORDS if token.word else ())
            clause += ends
            numbers.append(clause)
        return tuple(numbers)

    @property
    def items(self) -> tuple[ItemKey, ...]:
        """The items of the story that the sentence stands in."""
        return self.story.items if self.story is not None else ()

    def runs(self, kind: type[Figure] | type[Name] | type[Quote]) -> Iterator[int]:
        """The positions of the runs of a kind."""
        return (position for position, token in enumerate(self.tokens) if isinstance(token.run, kind))

    def before(self, position: int) -> Sequence[str]:
        """The words and marks between the last run before a position and the position, nearest last."""
        found: list[str] = []
        for token in reversed(self.tokens[:position]):
            if token.run is not None:
                break
            found.append(token.text)
        return tuple(reversed(found))


def _tokens(claim: Claim) -> Iterator[Token]:
    for run in claim.runs:
        if not isinstance(run, Words):
            yield Token(run.text, run)
            continue
        for piece in _PIECES.findall(run.text.replace("’", "'")):
            if piece[0].isalnum():
                yield Token(piece.lower(), written=piece)
            else:
                yield Token(piece, mark=True)


def bare(word: str) -> str:
    """A word without its possessive ending."""
    return word.removesuffix("'s").removesuffix("'")


def sentences(section: Section, day: date) -> Iterator[Sentence]:
    """Every sentence of a section in its place, from top to bottom."""
    beside = cited_in(section)
    for claim in section.opening:
        yield Sentence(claim, section.name, Place.OPENING, day, beside=beside)
    for story in section.stories:
        yield from sentences_of(story, section.name, day)
    for claim in section.notes:
        yield Sentence(claim, section.name, Place.NOTE, day, beside=beside)


def cited_in(section: Section) -> frozenset[EvidenceId]:
    """What the changes in the stories of a section rest on; where none is told, everything that they cite."""
    cited = (each for story in section.stories for claim in story.claims() for each in claim.evidence)
    return _changes(section.stories) or frozenset(cited)


def _changes(stories: Sequence[Story]) -> frozenset[EvidenceId]:
    """What the changes that stories tell rest on."""
    figures = (figure for story in stories for claim in story.claims() for figure in claim.figures)
    return frozenset(each for figure in figures if figure.period for each in figure.cited())


def sentences_of(story: Story, section: SectionName, day: date) -> Iterator[Sentence]:
    """Every sentence of a story in its place, in the order of ``Story.claims``."""
    changes = _changes((story,))
    running = Place.PARAGRAPH if story.layout is Layout.ARTICLE else Place.BULLET
    if story.headline is not None:
        yield Sentence(story.headline, section, Place.HEADLINE, day, story)
    if story.standfirst is not None:
        yield Sentence(story.standfirst, section, Place.STANDFIRST, day, story)
    for cell in story.cells:
        yield Sentence(cell, section, Place.CELL, day, story)
    for paragraph in story.paragraphs:
        for claim in paragraph:
            yield Sentence(claim, section, running, day, story, changes)
