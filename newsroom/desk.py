"""The desk on one morning: what was observed, what was said before, and the means to cite, count and phrase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.claims import Figure, Name
from domain.edits import UNDIRECTED, Direction
from domain.evidence import EvidenceId, NamedFormula, Operand
from domain.issue import Issue, Paper, SectionName
from domain.items import Item, ItemKey
from domain.readers import DIGEST_WEEKDAY
from domain.readings import Reading
from newsroom import rounding
from newsroom.citations import Citations, can_be_named
from newsroom.figures import Figures
from newsroom.identity import Subject, Subjects
from newsroom.list_figures import Form
from newsroom.lists import ListWords, words_of
from newsroom.phrases.book import standard_book
from newsroom.phrases.chooser import Chooser
from newsroom.publishing import is_decent
from newsroom.record import Listing, ListKey, Mornings, Record
from newsroom.relevance import EDITION, is_about_ai
from newsroom.selection.approval import NO_VOTES, Approval
from newsroom.selection.memory import Memory


@dataclass(frozen=True)
class Desk:
    """Everything that the insights and the sections of one issue work with.

    ``dead`` are addresses that lead nowhere any more: what lives there is counted, and never named, no more than what
    an editor's ``direction`` skips.
    """

    day: date
    as_of: datetime
    paper: Paper
    record: Record
    memory: Memory
    cite: Citations
    figures: Figures
    phrases: Chooser
    subjects: Subjects
    dead: frozenset[str] = frozenset()
    direction: Direction = UNDIRECTED
    approval: Approval = NO_VOTES
    _relevant: dict[ItemKey, bool] = field(default_factory=dict)
    _mentions: Counter[ListKey] = field(default_factory=Counter)

    @classmethod
    def open(  # noqa: PLR0917 - the arguments of ``assemble``
        cls,
        day: date,
        record: Record,
        past: Sequence[Issue],
        paper: Paper,
        as_of: datetime,
        dead: frozenset[str] = frozenset(),
        direction: Direction = UNDIRECTED,
        approval: Approval = NO_VOTES,
    ) -> Desk:
        """Lay out the desk for the issue of a day, on what was observed up to ``as_of`` (aware UTC)."""
        observed = record.until(as_of)
        cite = Citations(observed, dead, direction.skipped)
        earlier = [issue for issue in past if issue.date < day]
        return cls(
            day=day,
            as_of=as_of,
            paper=paper,
            record=observed,
            memory=Memory(day, earlier),
            cite=cite,
            figures=Figures(observed, cite),
            phrases=Chooser(standard_book(), day, earlier),
            subjects=Subjects.group(_spoken_of(observed, as_of)),
            dead=dead,
            direction=direction,
            approval=approval,
        )

    @property
    def days(self) -> int:
        """How many days the issue tells of: changes are counted against the list so many days before."""
        return 7 if self.day.weekday() == DIGEST_WEEKDAY else 1

    def turn(self, name: SectionName) -> int:
        """A number by which a section chooses among what is as good: another each day, and when it is written anew."""
        return self.day.toordinal() + self.direction.redone.get(name, 0)

    def mornings(self, key: ListKey) -> Mornings | None:
        """A list once a day, if it was read this morning."""
        return self.record.fresh(key.source, key.list, self.as_of)

    def words(self, key: ListKey) -> ListWords:
        """What the paper calls a list."""
        return words_of(key)

    def list_name(self, key: ListKey) -> str:
        """The list's name with its site, in another of its ways at each mention, beginning anew each day."""
        names = words_of(key).names
        self._mentions[key] += 1
        return names[(self.day.toordinal() + self._mentions[key]) % len(names)]

    def about(self, key: ItemKey) -> Item | None:
        """An item that may be named in the paper: one of ours whose page is still there."""
        item = self.record.about(key)
        if item is None or key in self.direction.skipped or item.url in self.dead:
            return None
        return item if self._is_ours(item) else None

    def _is_ours(self, item: Item) -> bool:
        """Whether it is no relay's, its subject is about AI, and its name can be printed."""
        key = item.key
        if key in self.subjects.relays:
            return False
        if key not in self._relevant:
            decent = is_decent(key.external_id) and is_decent(item.title)
            self._relevant[key] = decent and can_be_named(item) and self._is_relevant(key)
        return self._relevant[key]

    def _is_relevant(self, key: ItemKey) -> bool:
        """Whether any item on the same subject says that it is about AI: a title may be silent where a text is not."""
        told = (self.record.about(each) for each in self.subjects.of(key).items)
        return any(item is not None and is_about_ai(item) for item in told)

    def naming(self, key: ItemKey) -> dict[str, Name | None]:
        """What fills the slots ``name`` (in full, linked) and ``short`` (without its owner) for an item."""
        return {"name": self.cite.name(key), "short": self.short(key)}

    def short(self, key: ItemKey) -> Name | None:
        """The item's name without its owner and without a link, for a second mention."""
        return self.cite.name(key, short=True, linked=False)

    def ours(self, readings: Iterable[Reading]) -> tuple[Reading, ...]:
        """The readings of items that count in the paper, in their order: those too whose page is gone."""
        known = ((reading, self.record.about(reading.item)) for reading in readings)
        return tuple(reading for reading, item in known if item is not None and self._is_ours(item))

    def about_ai(self, readings: Iterable[Reading], unit: str, form: Form = rounding.count) -> Figure | None:
        """How many items these are, each proved to be about AI by our rule; None for a single one."""
        ours = self.ours(readings)
        beside = dict.fromkeys(cited for reading in ours for cited in self._told_beside(reading.item))
        evidence: dict[str, Operand] = {"of": tuple(self.cite.mention(reading) for reading in ours)}
        if beside:
            evidence["beside"] = tuple(beside)
        formula = NamedFormula("about_ai_among", 1, {"edition": EDITION, "at": self.as_of.isoformat()})
        figure = self.figures.make(formula, evidence, unit, form=form) if ours else None
        return figure if figure is not None and figure.value > 1 else None

    def _told_beside(self, key: ItemKey) -> Iterator[EvidenceId]:
        """For an item that does not say itself that it is about AI: what joins it to one of its subject that does."""
        item = self.record.about(key)
        if item is None or is_about_ai(item):
            return
        told = ((other, self.record.about(other)) for other in self.subjects.of(key).items)
        telling = next((other for other, words in told if words is not None and is_about_ai(words)), key)
        for each in self.subjects.between(key, telling)[1:]:
            cited = self.cite.title(each)
            if cited is not None:
                yield cited

    def subject(self, key: ItemKey) -> Subject:
        """What the item is about, with all the items that are about the same."""
        return self.subjects.of(key)


def _spoken_of(record: Record, as_of: datetime) -> list[Item]:
    """The items on this morning's lists."""
    keys: set[ItemKey] = set()
    for key in record.lists():
        mornings = record.fresh(key.source, key.list, as_of)
        if mornings is not None:
            keys.update(_keys(mornings.today))
    return [item for key in keys if (item := record.about(key)) is not None]


def _keys(listing: Listing) -> Iterable[ItemKey]:
    return (reading.item for reading in listing)
