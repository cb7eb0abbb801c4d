"""The first mention of an item in a section is linked, as the draft's was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.claims import Claim, Name, Run
from domain.issue import Section, Story
from domain.items import ItemKey


def linked_as(draft: Section, section: Section) -> Section:
    """The section, each item that the draft links linked at its first mention below the headlines."""
    names = {name.item: name for claim in draft.claims() for name in claim.names if name.url}
    already = {name.item for claim in section.claims() for name in claim.names if name.url}
    left = {item: name for item, name in names.items() if item not in already}
    return replace(section, stories=tuple(_story(story, left) for story in section.stories)) if left else section


def _story(story: Story, left: dict[ItemKey, Name]) -> Story:
    standfirst = _claim(story.standfirst, left) if story.standfirst is not None else None
    paragraphs = tuple(tuple(_claim(claim, left) for claim in paragraph) for paragraph in story.paragraphs)
    return replace(story, standfirst=standfirst, paragraphs=paragraphs)


def _claim(claim: Claim, left: dict[ItemKey, Name]) -> Claim:
    return replace(claim, runs=tuple(_runs(claim.runs, left)))


def _runs(runs: tuple[Run, ...], left: dict[ItemKey, Name]) -> Iterator[Run]:
    for run in runs:
        full = left.get(run.item) if isinstance(run, Name) else None
        if full is not None and isinstance(run, Name) and _is_short_for(run, full):
            del left[full.item]
            yield full
        else:
            yield run


def _is_short_for(run: Name, full: Name) -> bool:
    """Whether a name is the item's own, not a tag of it or its publisher."""
    return run.evidence == full.evidence or full.text.rpartition("/")[2] == run.text
