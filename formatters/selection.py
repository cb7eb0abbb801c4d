"""What stands on a page of limited size: whole sections in a stated order, whole stories, never half a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from domain.issue import Issue, Section, SectionName, Story

#: Which sections come onto a front page first when not all fit: what is read at a glance before what takes leisure.
#: They stand there in the order of the paper all the same, where the lead is open on top and not among them.
FRONT_ORDER = (
    SectionName.FOR_YOU,
    SectionName.LEAD,
    SectionName.NUMBERS,
    SectionName.TRENDING,
    SectionName.TOOLS,
    SectionName.READING,
    SectionName.MOVERS,
    SectionName.DEEPDIVE,
    SectionName.OPINION,
)


def shortened(section: Section) -> Iterator[Section]:
    """The section ever shorter: its stories leave from the end, then the paragraphs of the first one.

    Then the notes and the opening leave, sentence by sentence from the end; the last one yielded is empty.
    """
    yield from fewer_stories(section)
    if section.stories:
        for story in _shortened_story(section.stories[0]):
            yield replace(section, stories=(story,))
    section = replace(section, stories=())
    yield section
    for kept in range(len(section.notes) - 1, -1, -1):
        section = replace(section, notes=section.notes[:kept])
        yield section
    for kept in range(len(section.opening) - 1, -1, -1):
        section = replace(section, opening=section.opening[:kept])
        yield section


def fewer_stories(section: Section) -> Iterator[Section]:
    """The section without its last story, without its last two, down to its first."""
    for kept in range(len(section.stories) - 1, 0, -1):
        yield replace(section, stories=section.stories[:kept])


def _shortened_story(story: Story) -> Iterator[Story]:
    for kept in range(len(story.paragraphs) - 1, -1, -1):
        story = replace(story, paragraphs=story.paragraphs[:kept])
        if next(story.claims(), None) is not None:
            yield story


def fitting(section: Section, fits: Callable[[Section, bool], bool]) -> tuple[Section, bool]:
    """The section whole where it fits, else its longest shorter form that does; True says that it was shortened.

    Stories that would fill a page alone leave first, so that one monster does not cost the others their place.
    """
    if fits(section, False):
        return section, False
    section = replace(section, stories=_bearable(section, fits))
    if fits(section, True):
        return section, True
    for candidate in shortened(section):
        if fits(candidate, True):
            return candidate, True
    return replace(section, stories=(), opening=(), notes=()), True


def _bearable(section: Section, fits: Callable[[Section, bool], bool]) -> tuple[Story, ...]:
    """The stories that a page can hold at all; the only story of a section stays, to be shortened itself."""
    if len(section.stories) < 2:
        return section.stories
    bearable = tuple(
        story for story in section.stories if fits(replace(section, stories=(story,), opening=(), notes=()), True)
    )
    return bearable or section.stories[:1]


def by_priority(sections: Sequence[Section]) -> list[Section]:
    """The sections in the order in which they come onto a front page."""
    return sorted(sections, key=lambda section: FRONT_ORDER.index(section.name))


def own_first(sections: Sequence[Section]) -> list[Section]:
    """What is for one reader alone, then the others as they stand: so they come onto a page in his order."""
    return sorted(sections, key=lambda section: section.name is not SectionName.FOR_YOU)


def follows_the_paper(issue: Issue) -> bool:
    """Whether the sections stand in the order of the paper, but for what is for one reader alone."""
    order = list(SectionName)
    places = [order.index(part.name) for part in issue.sections if part.name is not SectionName.FOR_YOU]
    return places == sorted(places)
