"""What readers think of what they read: votes for stories, words, and reactions in the channel."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.issue import Layout, Section, SectionName, Story
from domain.text import plain_line

#: A reader's words on a story, characters; longer ones are cut, and he is told.
LONGEST_WORDS = 1000

#: The characters of a story's key (32 bits of a hash: a page has some twenty stories), and of its name.
KEY_LENGTH = 8
_LONGEST_NAME = 70


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on something: how many for and against, of how many readers, on how many issues."""

    liked: int
    disliked: int
    readers: int = 0
    issues: int = 0

    @property
    def votes(self) -> int:
        """All of them."""
        return self.liked + self.disliked


@dataclass(frozen=True, slots=True)
class RatedStory:
    """A story as it is voted on: ``key`` names it on its page, ``kind`` is what sort of thing it tells, if weighed."""

    key: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a reader votes on: a story of a page of an issue. A reader is the id of a person, also in a group."""

    day: date
    page: str
    story: str
    reader: int


class Counted(StrEnum):
    """What became of a vote."""

    NEW = "new"
    SAME = "same"  # he had said so already
    GONE = "gone"  # there is no such story, or not any more


@dataclass(frozen=True, slots=True)
class Said:
    """A reader's words on a story, and how he voted; None: he did not."""

    page: str
    story: str
    words: str
    liked: bool | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What came back on one issue.

    ``stories``: votes by page (a section's name) and key of the story, whose key is empty for votes from before each
    story had its own; ``words``: of readers, newest first; ``reactions``: in the channel, by emoji; ``names``: what the
    stories that still stand in the issue are called, by page and key, in the order of print.
    """

    day: date
    stories: Mapping[tuple[str, str], Tally]
    words: Sequence[Said]
    reactions: Mapping[str, int]
    names: Mapping[tuple[str, str], str]


#: Sections whose stories are each about one thing, which names it.
_NAMED = frozenset({SectionName.TOOLS, SectionName.TRENDING, SectionName.READING, SectionName.FOR_YOU})


def rated(section: Section) -> tuple[RatedStory, ...]:
    """What can be voted on of a section, in its order.

    What stands under no headline of its own below an article belongs to that article, and the first of it that was
    weighed says what kind of thing is told. The key of a story is made of what it is about, tells and how it is set,
    never of its place or its words: a correction changes none of that. Of several that are alike in all of it, which no
    assembled section has, the later are counted.
    """
    pieces: list[list[Story]] = []
    for story in section.stories:
        if pieces and _continues(story):
            pieces[-1].append(story)
        else:
            pieces.append([story])
    found: dict[str, RatedStory] = {}
    for piece in pieces:
        key = next(each for number in range(len(pieces)) if (each := _key(piece[0], number)) not in found)
        kind = next((story.worth.kind for story in piece if story.worth is not None), "")
        found[key] = RatedStory(key, _name(piece[0], section.name), kind)
    return tuple(found.values())


def _continues(story: Story) -> bool:
    return story.layout is Layout.ARTICLE and story.headline is None


def _key(story: Story, number: int) -> str:
    kind = story.worth.kind if story.worth is not None else ""
    about = (story.layout.value, story.group, story.label, kind, *map(str, story.items))
    parts = (*about, *([str(number)] if number else []))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:KEY_LENGTH]


def _name(story: Story, section: SectionName) -> str:
    """Its headline; of what is about one thing the name of that; else its first sentence."""
    first = next(story.claims(), None)
    if story.headline is not None or first is None:
        return plain_line(story.headline.text, _LONGEST_NAME) if story.headline is not None else ""
    named = next((name.text for claim in (*story.cells, first) for name in claim.names), "")
    return plain_line(named if section in _NAMED and named else first.text, _LONGEST_NAME)
