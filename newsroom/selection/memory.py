"""What the last issues said: which subjects led, which tools were shown, which things were told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from domain.issue import Issue, SectionName
from domain.items import ItemKey

#: A lead subject, or a thing said, is remembered for this many days; a tool for longer, a view longest.
LEAD_DAYS = 7
TOOL_DAYS = 14
VIEW_DAYS = 45

#: The marks that an issue carries of what it said (``Issue.themes``).
LEAD, LEAD_KIND, LEAD_HINT = "lead", "lead-kind", "lead-hint"
VIEW, QUESTION, TOLD, ABOUT = "view", "question", "told", "about"


def mark(sort: str, what: object) -> str:
    """One mark: ``lead:github:owner/name``."""
    return f"{sort}:{what}"


class Memory:
    """Answers how many days ago something was last printed; None when it is not remembered."""

    def __init__(self, day: date, past: Sequence[Issue]) -> None:
        self._day = day
        self._past = tuple(issue for issue in past if issue.date < day)
        self._marks = self._ages()

    def told(self, sort: str, what: object, within: int = LEAD_DAYS) -> int | None:
        """How many days ago an issue was marked so, at most ``within``."""
        age = self._marks.get(mark(sort, what))
        return age if age is not None and age <= within else None

    def marked(self, sort: str, within: int = LEAD_DAYS) -> Mapping[str, int]:
        """Everything that issues were marked with in that sort, and how many days ago last."""
        start = mark(sort, "")
        return {
            each[len(start) :]: age for each, age in self._marks.items() if each.startswith(start) and age <= within
        }

    def uses(self, sort: str, prefix: str, within: int = LEAD_DAYS) -> int:
        """In how many of the issues of the last days something of that kind was told."""
        wanted = mark(sort, prefix)
        return sum(
            any(each.startswith(wanted) for each in issue.themes) for issue in self._past if self._age(issue) <= within
        )

    def shown(self, section: SectionName, key: ItemKey, within: int) -> int | None:
        """How many days ago the section had a story about the item."""
        ages = [
            self._age(issue)
            for issue in self._past
            if self._age(issue) <= within and key in self._items_of(issue, section)
        ]
        return min(ages, default=None)

    def within(self, days: int) -> tuple[Issue, ...]:
        """The issues of so many days before this one, newest first."""
        return tuple(issue for issue in self._past if self._age(issue) <= days)

    def led(self, key: ItemKey) -> int | None:
        """How many days ago the item was among what the lead story was about."""
        return self.shown(SectionName.LEAD, key, LEAD_DAYS)

    def _age(self, issue: Issue) -> int:
        return (self._day - issue.date).days

    def _items_of(self, issue: Issue, section: SectionName) -> frozenset[ItemKey]:
        found = issue.section(section)
        return frozenset(key for story in found.stories for key in story.items) if found else frozenset()

    def _ages(self) -> Mapping[str, int]:
        ages: dict[str, int] = {}
        for issue in self._past:
            for each in issue.themes:
                ages[each] = min(self._age(issue), ages.get(each, self._age(issue)))
        return ages
