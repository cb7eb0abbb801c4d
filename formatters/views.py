"""What a template may use: one frozen view per kind of block, the same for every edition.

Texts are cleaned (``domain.text.plain_run``) but not escaped: each edition escapes for its own form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.claims import Role
from domain.issue import SectionName


class RunKind(StrEnum):
    """What a part of a sentence is, so that an edition can set it."""

    WORDS = "words"
    FIGURE = "figure"
    NAME = "name"
    TITLE = "title"  # the name of a story, a post or a paper
    QUOTE = "quote"  # its text carries the quotation marks
    MARK = "mark"  # a word of the paper before a paragraph, that says what it is


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a sentence; ``url`` only where it may be a link."""

    kind: RunKind
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One claim as it is set."""

    runs: tuple[Run, ...]
    role: Role = Role.CLAIM

    @property
    def text(self) -> str:
        """The words as a reader sees them."""
        return "".join(run.text for run in self.runs)


Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """A headline, what stands under it, and paragraphs; ``label`` is the kicker over the headline."""

    label: str
    headline: Paragraph
    standfirst: Paragraph
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class BulletView:
    """One entry of a list: a bold lead-in, an optional headline, sentences that run on."""

    label: str
    headline: Paragraph
    sentences: Paragraph


@dataclass(frozen=True, slots=True)
class BulletsView:
    """Bullets that follow each other."""

    bullets: tuple[BulletView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a table, and what is said below it."""

    cells: tuple[Sentence, ...]
    sentences: Paragraph


@dataclass(frozen=True, slots=True)
class TableView:
    """Rows of equally many cells, at least one; ``columns`` are as many, or none; ``label`` is the caption.

    ``numeric`` says of each column whether figures alone stand in it; ``note`` is what is said of the whole.
    """

    label: str
    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[RowView, ...]
    note: Paragraph = ()

    @property
    def is_ranked(self) -> bool:
        """Whether the first column counts places."""
        return all(row.cells[0].text.isdecimal() for row in self.rows)

    @property
    def counted(self) -> tuple[str, ...]:
        """The columns that need a word where names and places speak for themselves."""
        start = 1 if self.is_ranked else 0
        return tuple(name for name, numeric in zip(self.columns[start:], self.numeric[start:], strict=False) if numeric)


Entry = ArticleView | BulletsView | TableView


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as it is set; ``remark`` says where the rest is when stories were left out to fit, else it is empty."""

    name: SectionName
    title: str
    opening: Paragraph
    entries: tuple[Entry, ...]
    notes: Paragraph
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PulledQuoteView:
    """A quotation set apart, and the name that it is credited to."""

    quote: Run
    credit: Run


@dataclass(frozen=True, slots=True)
class MastheadView:
    """What stands at the top of the paper; ``sample`` is empty in a real issue."""

    title: str
    motto: str
    day: str
    number: str
    sample: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """Which sources were read, as of when; ``as_of`` is aware UTC, ``moment`` the same in the paper's zone."""

    as_of: datetime
    moment: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddressView:
    """A public chat of the paper: ``@name`` and its address."""

    label: str
    handle: str
    url: str
