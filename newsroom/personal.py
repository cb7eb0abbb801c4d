"""A reader's own issue of the one that stands: his sections in his order, his topics first, and one for him alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from domain.claims import Words
from domain.combinations import Combination, shown_sections
from domain.issue import SECTION_TITLES, Issue, Section, SectionName, Story
from domain.overset import Overset

#: Stories of the section that is for one reader, and how many of them may come from one source.
MOST = 5
MOST_OF_A_SOURCE = 3

#: Sections whose stories are read each by itself: only there the order is free.
FREE = frozenset(
    {SectionName.NUMBERS, SectionName.TOOLS, SectionName.TRENDING, SectionName.MOVERS, SectionName.READING}
)

#: A story whose first sentence begins so leans on the one before it, and stays behind it.
_LEANING = frozenset({"it", "its", "they", "their", "them", "that", "this", "these", "those", "there", "both"})
_LEANING_ON = _LEANING | {"so", "yet", "but", "also", "next", "then", "another", "second", "third"}


@dataclass(frozen=True)
class Personal:
    """The issues that readers get of one day's. What many of them share is made once, and is the same object."""

    issue: Issue
    overset: Overset
    _sections: dict[tuple[SectionName, tuple[int, ...]], Section] = field(default_factory=dict)

    def of(self, wanted: Combination) -> Issue:
        """The issue that a combination asks for.

        Where none of its sections is in today's paper, it has all of them. A section "For you" stands second, if
        anything was set that the reader follows and the issue does not tell of.
        """
        chosen = self._chosen(wanted)
        own = self._for_you(wanted)
        front = [self._his_first(section, wanted) for section in chosen]
        fixed = [section for section in self.issue.sections if section.name is SectionName.SUBSCRIBE]
        return replace(self.issue, sections=(*front[:1], *own, *front[1:], *fixed))

    @cached_property
    def _left_over(self) -> tuple[Story, ...]:
        return self.overset.beside(self.issue).stories

    def _chosen(self, wanted: Combination) -> list[Section]:
        order = shown_sections(wanted.sections, wanted.sections)
        found = [section for name in order if (section := self.issue.section(SectionName(name))) is not None]
        return found or [section for section in self.issue.sections if section.name is not SectionName.SUBSCRIBE]

    def _for_you(self, wanted: Combination) -> list[Section]:
        """The best of the overset that he follows, not all of one source; no section when there is none."""
        places: list[int] = []
        sources: Counter[str] = Counter()
        if wanted.topics or wanted.keywords:
            for place, story in enumerate(self._left_over):
                source = story.items[0].source
                if sources[source] < MOST_OF_A_SOURCE and self.overset.is_for(story, wanted):
                    sources[source] += 1
                    places.append(place)
                if len(places) == MOST:
                    break
        return [self._kept(SectionName.FOR_YOU, self._left_over, places)] if places else []

    def _his_first(self, section: Section, wanted: Combination) -> Section:
        """The section with the stories first that he follows, each with those that lean on it."""
        if section.name not in FREE or not (wanted.topics or wanted.keywords):
            return section
        groups = list(_groups(section.stories))
        his = {place for group in groups for place in group if self._is_for(section.stories[place], wanted)}
        first = [group for group in groups if not his.isdisjoint(group)]
        if not first or first == groups[: len(first)]:
            return section
        order = _with_tables_whole(section.stories, [*first, *(group for group in groups if group not in first)])
        return self._kept(section.name, section.stories, order, section)

    def _is_for(self, story: Story, wanted: Combination) -> bool:
        return self.overset.is_for(story, wanted)

    def _kept(
        self, name: SectionName, stories: Sequence[Story], places: Sequence[int], of: Section | None = None
    ) -> Section:
        """The section of these stories: one object for all who have the same."""
        key = name, tuple(places)
        if key not in self._sections:
            told = tuple(stories[place] for place in places)
            plain = of or Section(name, SECTION_TITLES[name])
            self._sections[key] = replace(plain, stories=told)
        return self._sections[key]


def _groups(stories: Sequence[Story]) -> Iterator[tuple[int, ...]]:
    """The places of the stories, each story with those behind it that lean on it."""
    group: tuple[int, ...] = ()
    for place, story in enumerate(stories):
        if group and not _leans(story):
            yield group
            group = ()
        group = (*group, place)
    if group:
        yield group


def _leans(story: Story) -> bool:
    first = next(story.claims(), None)
    words = first.runs[0].text.split() if first is not None and isinstance(first.runs[0], Words) else []
    return bool(words) and words[0].strip(",:").lower() in _LEANING_ON


def _with_tables_whole(stories: Sequence[Story], groups: Iterable[Sequence[int]]) -> list[int]:
    """The places in the order of the groups, but the rows of a table stay together, and the tables in their order."""
    flat = [place for group in groups for place in group]
    tables = list(dict.fromkeys(_table(story) for story in stories if story.cells))
    if not tables:
        return flat
    rank = {table: number for number, table in enumerate(tables)}
    return sorted(flat, key=lambda place: rank.get(_table(stories[place]), len(tables)) if stories[place].cells else -1)


def _table(story: Story) -> tuple[str, str]:
    return story.group, story.label
