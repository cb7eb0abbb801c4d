"""What an editor did to an issue before it went out: his words, his lead, his skips, a section written anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from domain.claims import Claim
from domain.evidence import Evidence, EvidenceId
from domain.issue import Issue, Section, SectionName, Story
from domain.items import ItemKey


class Part(StrEnum):
    """Where in a section a sentence stands. The cells of a table are readings, and are not edited."""

    OPENING = "opening"
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    PARAGRAPH = "paragraph"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a sentence: ``number`` counts from 0 within its part, through all paragraphs of a story.

    ``story`` names the story by its subject, so that it is found again in an issue that was written anew; it is empty
    for what stands outside of stories.
    """

    section: SectionName
    part: Part
    number: int = 0
    story: str = ""

    def __str__(self) -> str:
        """In one line that ``parse`` reads: ``lead paragraph 3 huggingface:model:a/b``."""
        return f"{self.section} {self.part} {self.number} {self.story}".rstrip()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The place that ``str`` gave."""
        section, part, number, *story = text.split(" ", 3)
        return cls(SectionName(section), Part(part), int(number), *story)


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence in an editor's words in place of what was printed: ``before``. ``evidence`` is all that it cites."""

    place: Place
    before: str
    claim: Claim
    evidence: Mapping[EvidenceId, Evidence]


@dataclass(frozen=True, slots=True)
class Skip:
    """An item that is never named again; ``name`` and ``url`` are what it was called when it was skipped."""

    item: ItemKey
    name: str
    url: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Direction:
    """How an issue is to be written: the insight that leads (its key), and how often each section was written anew.

    What is empty is left to the newsroom.
    """

    lead: str = ""
    redone: Mapping[SectionName, int] = field(default_factory=dict)
    skipped: frozenset[ItemKey] = frozenset()


#: Nobody has said how the issue is to be written.
UNDIRECTED = Direction()


@dataclass(frozen=True, slots=True)
class LeadOption:
    """A story that could lead instead: the ``key`` of what it tells first, its headline, its worth, and why."""

    key: str
    headline: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Redo:
    """A section is written anew, once more."""

    section: SectionName


@dataclass(frozen=True, slots=True)
class LeadChoice:
    """Another story leads: the one of the insight of this key."""

    key: str
    headline: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An edit is taken back: the newsroom's own words return."""

    place: Place


#: What an editor does to a draft.
Change = Edit | Skip | Redo | LeadChoice | Withdrawal


@dataclass(frozen=True, slots=True)
class Rewording:
    """What an editor writes for the sentence of a place; ``links`` are (words, address) as he set them."""

    place: Place
    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mending:
    """A rewording of what is published already: its delivered copies are edited, and it says that it was corrected."""

    rewording: Rewording


#: What an editor asks for.
Wish = Rewording | Skip | Redo | LeadChoice | Withdrawal | Mending


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish: it is done, or ``problems`` say word by word why nothing was changed.

    ``lost``: earlier edits that have no place in the issue any more.
    """

    problems: tuple[str, ...] = ()
    lost: tuple[Edit, ...] = ()


#: Sentences that only furnish the paper are not edited.
_FIXED = frozenset({SectionName.SUBSCRIBE})


@dataclass(frozen=True, slots=True)
class Editable:
    """A sentence that may be edited, in its place."""

    place: Place
    claim: Claim


def editable(issue: Issue) -> tuple[Editable, ...]:
    """Every sentence of an issue that an editor may put into other words, from top to bottom."""
    return tuple(each for section in issue.sections if section.name not in _FIXED for each in _of_section(section))


def _of_section(section: Section) -> Iterator[Editable]:
    """What may be edited in a section; the cells of its tables are readings and may not."""
    for number, claim in enumerate(section.opening):
        yield Editable(Place(section.name, Part.OPENING, number), claim)
    for key, story in zip(story_keys(section.stories), section.stories, strict=True):
        if story.headline is not None:
            yield Editable(Place(section.name, Part.HEADLINE, 0, key), story.headline)
        if story.standfirst is not None:
            yield Editable(Place(section.name, Part.STANDFIRST, 0, key), story.standfirst)
        claims = [claim for paragraph in story.paragraphs for claim in paragraph]
        for number, claim in enumerate(claims):
            yield Editable(Place(section.name, Part.PARAGRAPH, number, key), claim)
    for number, claim in enumerate(section.notes):
        yield Editable(Place(section.name, Part.NOTE, number), claim)


def story_keys(stories: Sequence[Story]) -> list[str]:
    """A name for each story of a section: its subject, counted where several have the same."""
    seen: Counter[str] = Counter()
    keys = []
    for story in stories:
        subject = str(story.items[0]) if story.items else "story"
        seen[subject] += 1
        keys.append(subject if seen[subject] == 1 else f"{subject} #{seen[subject]}")
    return keys
