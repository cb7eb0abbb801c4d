"""A small desk for hand-built issues: it files evidence and gives back the runs that rest on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.claims import Claim, Figure, Name, Quote, Words
from domain.evidence import (
    Evidence,
    EvidenceId,
    Expression,
    HarvestEvidence,
    NamedFormula,
    Operand,
    QuoteEvidence,
    ReadingEvidence,
)
from domain.issue import SECTION_TITLES, Section, SectionName, Story
from domain.items import ItemKey, Kind, Source
from domain.readings import HarvestStatus


@dataclass
class Desk:
    """Files evidence under ids of its own; ``now`` is the moment of the last readings (aware UTC)."""

    now: datetime = datetime(2026, 7, 4, 5, 30, tzinfo=UTC)
    evidence: dict[EvidenceId, Evidence] = field(default_factory=dict)

    def reading(
        self, item: ItemKey, metric: str, value: int, *, listed: str, rank: int | None = None, days_ago: int = 0
    ) -> EvidenceId:
        """One figure of one reading of an item."""
        number = len(self.evidence) + 1
        name = EvidenceId(f"r{number}-{metric}")
        at = self.now - timedelta(days=days_ago)
        self.evidence[name] = ReadingEvidence(number, item.source, listed, item, metric, value, rank, at, url(item))
        return name

    def harvest(self, source: Source, listed: str, items: int, days_ago: int = 0) -> EvidenceId:
        """One whole list."""
        number = len(self.evidence) + 1
        name = EvidenceId(f"h{number}")
        at = self.now - timedelta(days=days_ago)
        self.evidence[name] = HarvestEvidence(number, source, listed, items, HarvestStatus.OK, at)
        return name

    def words(self, item: ItemKey, text: str, part: str = "summary") -> EvidenceId:
        """An exact span of an item's own words."""
        number = len(self.evidence) + 1
        name = EvidenceId(f"q{number}")
        self.evidence[name] = QuoteEvidence(number, item.source, item, part, 0, text, self.now, url(item))
        return name

    def quote(self, item: ItemKey, text: str, part: str = "summary") -> Quote:
        """An exact span, for print between quotation marks."""
        return Quote(text, item, self.words(item, text, part))

    def name(self, item: ItemKey, text: str | None = None, *, linked: bool = True) -> Name:
        """An item's name: what follows the slash of its id, or other words of its own."""
        printed = text or item.external_id
        part = "external_id" if printed in item.external_id else "title"
        return Name(printed, item, self.words(item, printed, part), url(item) if linked else None)

    def value(self, text: str, reading: EvidenceId, unit: str) -> Figure:
        """A figure as it was read."""
        read = self.evidence[reading]
        assert isinstance(read, ReadingEvidence)
        return Figure(text, read.value, unit, Expression("a"), {"a": reading})

    def gain(self, text: str, before: EvidenceId, after: EvidenceId, unit: str, period: str) -> Figure:
        """The difference of two readings."""
        first, last = self.evidence[before], self.evidence[after]
        assert isinstance(first, ReadingEvidence)
        assert isinstance(last, ReadingEvidence)
        return Figure(
            text, last.value - first.value, unit, Expression("b - a"), {"a": before, "b": after}, period=period
        )

    def size(self, text: str, harvest: EvidenceId, unit: str) -> Figure:
        """How many a list held."""
        held = self.evidence[harvest]
        assert isinstance(held, HarvestEvidence)
        return Figure(text, held.items, unit, Expression("h"), {"h": harvest})

    def matching(self, text: str, value: float, unit: str, pattern: str, *harvests: EvidenceId) -> Figure:
        """How many names of a list match a printed pattern."""
        formula = NamedFormula("matching", 1, {"pattern": pattern})
        operand: Operand = harvests[0] if len(harvests) == 1 else tuple(harvests)
        return Figure(text, value, unit, formula, {"lists": operand})


def url(item: ItemKey) -> str:
    """The public address of an item."""
    base = {
        Source.HUGGINGFACE: "https://huggingface.co/",
        Source.GITHUB: "https://github.com/",
        Source.OSSINSIGHT: "https://github.com/",
        Source.ARXIV: "https://arxiv.org/abs/",
        Source.HACKERNEWS: "https://news.ycombinator.com/item?id=",
        Source.FEEDS: "https://lab.example.org/",
    }[item.source]
    folder = {"dataset": "datasets/", "space": "spaces/"}.get(item.kind.value, "")
    return f"{base}{folder}{item.external_id}"


def model(name: str) -> ItemKey:
    """A model on Hugging Face."""
    return ItemKey(Source.HUGGINGFACE, Kind.MODEL, name)


def dataset(name: str) -> ItemKey:
    """A dataset on Hugging Face."""
    return ItemKey(Source.HUGGINGFACE, Kind.DATASET, name)


def repository(name: str) -> ItemKey:
    """A repository on GitHub."""
    return ItemKey(Source.GITHUB, Kind.REPOSITORY, name)


def claim(*runs: str | Words | Figure | Name | Quote, also: tuple[EvidenceId, ...] = ()) -> Claim:
    """A sentence; strings are our own words."""
    return Claim(tuple(Words(run) if isinstance(run, str) else run for run in runs), also=also)


def section(
    name: SectionName, *stories: Story, opening: tuple[Claim, ...] = (), notes: tuple[Claim, ...] = ()
) -> Section:
    """A section under the paper's own title."""
    return Section(name, SECTION_TITLES[name], stories, opening, notes)
