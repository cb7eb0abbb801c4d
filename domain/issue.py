"""One morning's paper: sections of stories made of claims, with the evidence, the coverage and the checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.claims import Claim
from domain.evidence import Evidence, EvidenceId
from domain.items import ItemKey, Source
from domain.measures import Measures
from domain.readings import HarvestStatus


class SectionName(StrEnum):
    """The sections, in the order of the paper; each is also a command of the bot.

    The last one stands in no stored issue: it is a reader's own (``newsroom.personal``).
    """

    LEAD = "lead"
    NUMBERS = "numbers"
    DEEPDIVE = "deepdive"
    OPINION = "opinion"
    TOOLS = "tools"
    TRENDING = "trending"
    MOVERS = "movers"
    READING = "reading"
    SUBSCRIBE = "subscribe"
    FOR_YOU = "foryou"


#: The sections of the paper itself.
PAPER_SECTIONS = tuple(name for name in SectionName if name is not SectionName.FOR_YOU)

#: The paper's own titles of its sections: fixed text.
SECTION_TITLES: Mapping[SectionName, str] = {
    SectionName.LEAD: "Lead Story",
    SectionName.NUMBERS: "By the Numbers",
    SectionName.DEEPDIVE: "Deep Dive",
    SectionName.OPINION: "Opinion & Analysis",
    SectionName.TOOLS: "Tools of the Week",
    SectionName.TRENDING: "Trending",
    SectionName.MOVERS: "Biggest Movers This Week",
    SectionName.READING: "Weekend Reading",
    SectionName.SUBSCRIBE: "Subscribe",
    SectionName.FOR_YOU: "For You",
}


class Layout(StrEnum):
    """How a story wants to be set."""

    ARTICLE = "article"  # headline, standfirst, paragraphs
    BULLET = "bullet"  # one entry of a list: the claims of its paragraphs run on
    ROW = "row"  # one row of a table: its cells


@dataclass(frozen=True, slots=True)
class Worth:
    """Why a story stands in the paper: the factors of its newsworthiness and their product.

    ``kind`` is what sort of thing is told; ``why`` says it in a line for the editors, and is never printed.
    The formula is in docs/newsworthiness.md; ``surprise`` and ``magnitude`` lie between 0 and 1, ``approval`` (of the
    kind, by readers' votes) between 0.9 and 1.1.
    """

    kind: str
    surprise: float
    magnitude: float
    breadth: float
    recency: float
    novelty: float
    score: float
    why: str = ""
    approval: float = 1.0


@dataclass(frozen=True, slots=True)
class Story:
    """One entry of a section.

    ``label`` and ``columns`` are fixed text of the paper ("Analysis", "Up on Hugging Face", "Place").
    Rows of one table follow each other and share ``group`` and ``columns``; a row has as many ``cells`` as columns.
    ``items`` are all the items that it is about; the first is its subject. ``url`` is that item's address.
    ``worth`` says why it was chosen, where it was chosen by newsworthiness.
    """

    items: tuple[ItemKey, ...]
    layout: Layout = Layout.ARTICLE
    headline: Claim | None = None
    standfirst: Claim | None = None
    paragraphs: tuple[tuple[Claim, ...], ...] = ()
    cells: tuple[Claim, ...] = ()
    columns: tuple[str, ...] = ()
    label: str = ""
    group: str = ""
    url: str | None = None
    worth: Worth | None = None

    def claims(self) -> Iterator[Claim]:
        """Every sentence of the story, from top to bottom."""
        if self.headline is not None:
            yield self.headline
        if self.standfirst is not None:
            yield self.standfirst
        yield from self.cells
        for paragraph in self.paragraphs:
            yield from paragraph


class Writer(StrEnum):
    """Who put a section into words."""

    DATA = "data"  # the newsroom itself, by its phrase book
    MODEL = "model"  # a language model, around slots that the newsroom fills


@dataclass(frozen=True, slots=True)
class Section:
    """A section: an ``opening`` of sentences, its stories, and ``notes`` that say what it cannot say.

    ``fallback`` says why a model that was asked did not write it; empty where none was asked, or where it did.
    """

    name: SectionName
    title: str
    stories: tuple[Story, ...] = ()
    opening: tuple[Claim, ...] = ()
    notes: tuple[Claim, ...] = ()
    writer: Writer = Writer.DATA
    fallback: str = ""

    def claims(self) -> Iterator[Claim]:
        """Every sentence of the section, from top to bottom."""
        yield from self.opening
        for story in self.stories:
            yield from story.claims()
        yield from self.notes


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """What one source gave to this issue; ``error`` is one plain line for the worst of its lists, or empty."""

    source: Source
    status: HarvestStatus
    items: int
    observed_at: datetime | None
    lists: int = 0
    failed_lists: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days of the record, both included, on which nothing was read."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sources asked, answered and failed, as of ``as_of`` (aware UTC); ``gaps`` of the record, oldest first."""

    as_of: datetime
    sources: tuple[SourceCoverage, ...]
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Drop:
    """A sentence that the checks took out, and why."""

    section: SectionName
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Checks:
    """What the checks found: ``claims`` printed, of them ``supported``; ``held`` says why the issue may not go out.

    ``measures`` is None in issues from before they were measured.
    """

    claims: int
    supported: int
    drops: tuple[Drop, ...] = ()
    held: str | None = None
    measures: Measures | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """What a language model did for an issue: sentences ``offered`` and ``printed``, tokens, and what it cost.

    ``cost`` is in the operator's currency, None where nobody knows it. ``refusals`` are some of the reasons for which
    sentences were not printed.
    """

    model: str
    offered: int
    printed: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None = None
    refusals: tuple[str, ...] = ()


class IssueState(StrEnum):
    """Where an issue stands on its way to the readers."""

    DRAFT = "draft"
    HELD = "held"
    APPROVED = "approved"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Issue:
    """One morning's paper, whole. ``number`` counts from 1; ``sample`` marks an issue made of sample data.

    ``days`` is how many days it tells of: one, and seven in Sunday's digest.
    """

    date: date
    number: int
    title: str
    motto: str
    sections: tuple[Section, ...]
    evidence: Mapping[EvidenceId, Evidence]
    coverage: Coverage
    checks: Checks
    sample: bool = False
    themes: tuple[str, ...] = field(default=())
    days: int = 1
    writing: Writing | None = None

    def section(self, name: SectionName) -> Section | None:
        """The section of that name, or None when this issue has none."""
        return next((section for section in self.sections if section.name is name), None)

    def claims(self) -> Iterator[Claim]:
        """Every sentence of the issue, from top to bottom."""
        for section in self.sections:
            yield from section.claims()


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """An issue as it stands in storage: its state and when it got there (aware UTC)."""

    issue: Issue
    state: IssueState
    assembled_at: datetime
    approved_at: datetime | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper itself: what stands in every masthead. ``zone`` is an IANA name; ``channel`` a public @name or None.

    ``language`` (ISO 639-1) is the one in which the bot speaks to whoever's own it doesn't know.
    """

    title: str = "The AI Morning Post"
    motto: str = "Artificial Intelligence • Machine Learning • Future Tech"
    zone: str = "UTC"
    channel: str | None = None
    bot: str | None = None  # the bot's @name, once known
    sample: bool = False
    language: str = "en"
