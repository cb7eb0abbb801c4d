"""Where an editor's words may stand: the sentences of an issue in their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.claims import Claim
from domain.edits import Part, Place
from domain.issue import Issue, Section, SectionName, Story

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


def with_claim(section: Section, where: Place, claim: Claim) -> Section:
    """The section with a claim in the place."""

    def others(claims: tuple[Claim, ...], number: int) -> tuple[Claim, ...]:
        return (*claims[:number], claim, *claims[number + 1 :])

    if where.part is Part.OPENING:
        return replace(section, opening=others(section.opening, where.number))
    if where.part is Part.NOTE:
        return replace(section, notes=others(section.notes, where.number))
    stories = (
        _story_with(story, where, claim) if key == where.story else story
        for key, story in zip(story_keys(section.stories), section.stories, strict=True)
    )
    return replace(section, stories=tuple(stories))


def _story_with(story: Story, where: Place, claim: Claim) -> Story:
    if where.part is Part.HEADLINE:
        return replace(story, headline=claim)
    if where.part is Part.STANDFIRST:
        return replace(story, standfirst=claim)
    paragraphs, number = [], 0
    for paragraph in story.paragraphs:
        inside = where.number - number
        number += len(paragraph)
        mine = 0 <= inside < len(paragraph)
        paragraphs.append((*paragraph[:inside], claim, *paragraph[inside + 1 :]) if mine else paragraph)
    return replace(story, paragraphs=tuple(paragraphs))
