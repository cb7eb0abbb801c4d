"""The slate of the day: what could be told, best first, and what this issue has told already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.items import ItemKey
from newsroom.desk import Desk
from newsroom.insights.insight import Insight
from newsroom.selection.memory import ABOUT, TOLD, mark


class Slate:
    """Shared by the sections of one issue, in the order in which they are written."""

    def __init__(self, desk: Desk, insights: Sequence[Insight]) -> None:
        self._desk = desk
        self.insights = tuple(insights)
        self._told: dict[str, None] = {}
        self._shown: set[ItemKey] = set()
        self._marks: dict[str, None] = {}
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

    def remembers(self, sort: str, what: object) -> bool:
        """Whether this issue has left that mark."""
        return mark(sort, what) in self._marks
