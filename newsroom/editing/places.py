"""A sentence put into its place in a section."""

from __future__ import annotations

from dataclasses import replace

from domain.claims import Claim
from domain.edits import Part, Place, story_keys
from domain.issue import Section, Story


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
