"""Overset: what was set for the issue of a day and not used in it. Readers' own issues take from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from domain.combinations import Combination
from domain.evidence import Evidence, EvidenceId
from domain.issue import SECTION_TITLES, Issue, Section, SectionName, Story
from domain.items import ItemKey


@dataclass(frozen=True, slots=True)
class Said:
    """What an item says: its topics by name, and all of its words, ``spelled``, with a blank at either end."""

    topics: frozenset[str]
    words: str

    def says(self, keyword: str) -> bool:
        """Whether a keyword, ``spelled``, stands in its words as whole words."""
        return f" {keyword} " in self.words

    def is_for(self, wanted: Combination) -> bool:
        """Whether it is on a topic that is wanted, or says a keyword."""
        return not self.topics.isdisjoint(wanted.topics) or any(map(self.says, wanted.keywords))


@dataclass(frozen=True, slots=True)
class Overset:
    """Stories that passed the checks of the day, best first, and their evidence, beside that of the issue.

    ``said``: what the items say of which these stories and those of the issue tell.
    """

    stories: tuple[Story, ...] = ()
    evidence: Mapping[EvidenceId, Evidence] = field(default_factory=dict)
    said: Mapping[ItemKey, Said] = field(default_factory=dict)

    def is_for(self, story: Story, wanted: Combination) -> bool:
        """Whether a story tells of an item that a reader follows by a topic or a keyword."""
        return any(said.is_for(wanted) for key in story.items if (said := self.said.get(key)) is not None)

    def without(self, evidence: Collection[EvidenceId], items: Collection[ItemKey] = ()) -> Overset:
        """The stories that rest on none of that evidence, and are about none of those items."""
        fallen, skipped = frozenset(evidence), frozenset(items)
        kept = (story for story in self.stories if skipped.isdisjoint(story.items) and fallen.isdisjoint(_cited(story)))
        return replace(self, stories=tuple(kept))

    def beside(self, issue: Issue) -> Overset:
        """The stories about nothing that an issue tells of: an editor may have put in what was left over."""
        told = {key for section in issue.sections for story in section.stories for key in story.items}
        return replace(self, stories=tuple(story for story in self.stories if told.isdisjoint(story.items)))


@dataclass(frozen=True, slots=True)
class ForYou:
    """What one reader's own section of a day is made of.

    ``left_over``: every story that was set for the day and not used, in an order that never changes; ``mine``: those
    of them that stand in his section; ``evidence``: of all of them.
    """

    issue: Issue
    left_over: tuple[Story, ...]
    mine: tuple[Story, ...]
    evidence: Mapping[EvidenceId, Evidence]

    def section(self, stories: tuple[Story, ...]) -> Section:
        """Some of these stories as a section."""
        return Section(SectionName.FOR_YOU, SECTION_TITLES[SectionName.FOR_YOU], stories)


def _cited(story: Story) -> Iterator[EvidenceId]:
    return (each for claim in story.claims() for each in claim.evidence)
