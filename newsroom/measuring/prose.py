"""An issue as the measures read it: its sentences in their places, and the words in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from domain.claims import Claim, Name
from domain.evidence import EvidenceId
from domain.issue import Issue, Layout, Section, SectionName, Story
from domain.items import NEWS, ItemKey, Source
from newsroom.checking.sentences import PROSE, Place, Sentence, sentences

#: Running text: what is set in whole sentences.
RUNNING = PROSE | {Place.BULLET}

#: A word: anything between blanks that holds a letter or a digit.
_WORD = re.compile(r"\S*\w\S*")


def all_sentences(issue: Issue) -> Iterator[Sentence]:
    """Every sentence, headline and cell in its place, from top to bottom."""
    return chain.from_iterable(sentences(section, issue.date) for section in issue.sections)


def running(issue: Issue) -> Iterator[Sentence]:
    """The sentences of running text: no headlines and no cells."""
    return (sentence for sentence in all_sentences(issue) if sentence.place in RUNNING)


def words_in(text: str) -> int:
    """How many words a text has, as blanks part them."""
    return len(words_of(text))


def words_of(text: str) -> list[str]:
    """The words of a text with the marks that stand at them."""
    return _WORD.findall(text)


def stories(issue: Issue, *names: SectionName) -> Iterator[Story]:
    """The stories of these sections, of all when none is named."""
    return (story for section in issue.sections if not names or section.name in names for story in section.stories)


def is_row(story: Story) -> bool:
    """Whether it is one row of a table."""
    return story.layout is Layout.ROW


def rows_of(issue: Issue, source: Source) -> Iterator[Story]:
    """The rows of tables whose item is of a source."""
    return (story for story in stories(issue) if is_row(story) and story.items and story.items[0].source is source)


def subjects(story: Story) -> Iterator[ItemKey]:
    """What a story is about: its first item, and what its headline and its standfirst name."""
    yield from story.items[:1]
    for claim in (story.headline, story.standfirst):
        if claim is not None:
            yield from (name.item for name in claim.names)


def names_in(issue: Issue) -> Iterator[Name]:
    """Every printed name."""
    return chain.from_iterable(claim.names for claim in issue.claims())


def units(section: Section) -> Iterator[tuple[Claim, ...]]:
    """What counts once when sources are counted: a sentence, or a whole row."""
    yield from ((claim,) for claim in section.opening)
    for story in section.stories:
        yield from [story.cells] if is_row(story) else ((claim,) for claim in story.claims())
    yield from ((claim,) for claim in section.notes)


def sources_of(claims: tuple[Claim, ...], issue: Issue) -> frozenset[Source]:
    """The sources of news whose readings a unit cites."""
    cited: Iterator[EvidenceId] = chain.from_iterable(claim.evidence for claim in claims)
    return frozenset(issue.evidence[each].source for each in cited if each in issue.evidence).intersection(NEWS)
