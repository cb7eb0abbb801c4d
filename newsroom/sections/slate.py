"""The slate of the day: what could be told, best first, and what this issue has told already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from domain.claims import Claim
from domain.issue import Section, Story, Worth
from domain.items import NEWS, ItemKey, Source
from newsroom.desk import Desk
from newsroom.insights.insight import Insight
from newsroom.selection.memory import ABOUT, TOLD, mark
from newsroom.selection.score import worth

#: No source is behind more than this share of what an issue says (WRITING §4.4), which is so many units at least.
LARGEST_SHARE = 0.6
FEWEST_UNITS = 60


class Slate:
    """Shared by the sections of one issue, in the order in which they are written."""

    def __init__(self, desk: Desk, insights: Sequence[Insight]) -> None:
        self._desk = desk
        self.insights = tuple(insights)
        self._told: dict[str, None] = {}
        self._shown: set[ItemKey] = set()
        self._marks: dict[str, None] = {}
        self._units: Counter[Source] = Counter()
        self._all_units = 0
        self._printed: set[ItemKey] = set()
        self.led_by: str | None = None

    @property
    def marks(self) -> tuple[str, ...]:
        """What the issue is remembered by."""
        return tuple(self._marks)

    def untold(self) -> tuple[Insight, ...]:
        """What no section has told yet, best first."""
        return tuple(insight for insight in self.insights if insight.key not in self._told)

    def tell(self, insight: Insight) -> None:
        """Note that a section tells this."""
        self._told[insight.key] = None
        self._marks[mark(TOLD, insight.key)] = None
        if insight.items:
            self._marks[mark(ABOUT, insight.about)] = None

    def count(self, section: Section) -> None:
        """Note what a finished section rests on, unit by unit: a row or a sentence counts for each source it cites."""
        for unit in _units(section):
            sources = {self._desk.cite.evidence[each].source for claim in unit for each in claim.evidence}
            news = sources.intersection(NEWS)
            self._units.update(news)
            self._all_units += bool(news)
        self._printed.update(key for story in section.stories for key in story.items)

    def room_for(self, source: Source, units: int = 1) -> bool:
        """Whether so many more units of a source keep it within its share of the issue."""
        whole = max(self._all_units + units, FEWEST_UNITS)
        return self._units[source] + units <= LARGEST_SHARE * whole

    def explained(self, story: Story) -> Story:
        """The story with what it is worth, where it tells a fact that was weighed and does not say so yet."""
        if story.worth is not None or story.cells or not story.items:
            return story
        worth_of = self._worth_of(story.items[0])
        return replace(story, worth=worth_of) if worth_of is not None else story

    def _worth_of(self, key: ItemKey) -> Worth | None:
        """What the best fact on an item is worth: of those told, else of all."""
        on_it = [insight for insight in self.insights if insight.subject == key]
        told = [insight for insight in on_it if insight.key in self._told]
        return next((worth(self._desk, insight) for insight in (*told, *on_it)), None)

    def remember(self, sort: str, what: object) -> None:
        """Leave a mark for the issues to come."""
        self._marks[mark(sort, what)] = None

    def show(self, items: Iterable[ItemKey]) -> None:
        """Note that a section is about these items, and so about their subjects."""
        for key in items:
            self._shown.update(self._desk.subject(key).items)

    def shown(self, key: ItemKey) -> bool:
        """Whether a section is about the item, or about its subject under another name."""
        return key in self._shown or any(each in self._shown for each in self._desk.subject(key).items)

    def printed(self, key: ItemKey) -> bool:
        """Whether a finished section names the item, be it in passing."""
        return key in self._printed

    def remembers(self, sort: str, what: object) -> bool:
        """Whether this issue has left that mark."""
        return mark(sort, what) in self._marks


def _units(section: Section) -> Iterator[tuple[Claim, ...]]:
    """What counts once: a row with all its cells, else a sentence."""
    yield from ((claim,) for claim in (*section.opening, *section.notes))
    for story in section.stories:
        yield from ((story.cells,) if story.cells else ((claim,) for claim in story.claims()))
