"""A claim is a sentence made of runs; it can't be built without the evidence for what it prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.evidence import EvidenceId, Formula, Operand
from domain.items import ItemKey


class Role(StrEnum):
    """What a sentence undertakes to be."""

    CLAIM = "claim"  # asserts something about the world: needs evidence
    HOUSE = "house"  # the paper's own doing, in fixed words: no figure, no outside name
    VIEW = "view"  # opinion written by us: no figure, no outside name, no forecast


class UnsupportedClaim(ValueError):
    """A sentence was built without the evidence that its role demands."""


@dataclass(frozen=True, slots=True)
class Words:
    """Our own words, from the phrase book: no digit, no outside name."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure: ``text`` is ``value`` after the rounding rules.

    ``unit`` is a plural noun (``stars``, ``places``, ``models``), ``%``, ``date`` or empty; ``period`` is an
    ISO 8601 duration, the distance of the readings (``P7D``), or None where the figure has no window.
    ``evidence`` names the operands of ``formula``.
    """

    text: str
    value: float
    unit: str
    formula: Formula
    evidence: Mapping[str, Operand]
    period: str | None = None

    def cited(self) -> Iterator[EvidenceId]:
        """Every piece of evidence that the formula reads, in the order of its operands."""
        for operand in self.evidence.values():
            if isinstance(operand, tuple):
                yield from operand
            else:
                yield operand


@dataclass(frozen=True, slots=True)
class Name:
    """An outside name: exactly the quoted words of its evidence, or the part of an id after the slash.

    ``url`` links it; it is the item's own stored address.
    """

    text: str
    item: ItemKey
    evidence: EvidenceId
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A source's own words, printed between quotation marks, which are not part of ``text``."""

    text: str
    item: ItemKey
    evidence: EvidenceId


Run = Words | Figure | Name | Quote


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence (or headline, or cell of a table). ``text`` is the concatenation of its runs.

    ``also`` cites evidence that no run names, for instance the list that an absence was read from. ``edited``: its
    words are an editor's; its figures, names and links are proved as in any other.
    Raises UnsupportedClaim: a claim without evidence; a house or view sentence that prints a figure or a name.
    """

    runs: tuple[Run, ...]
    role: Role = Role.CLAIM
    also: tuple[EvidenceId, ...] = field(default=())
    edited: bool = False

    def __post_init__(self) -> None:
        plain = all(isinstance(run, Words) for run in self.runs)
        if not self.text.strip():
            raise UnsupportedClaim("a sentence without words")
        if self.role is Role.CLAIM and not self.evidence:
            raise UnsupportedClaim(f"no evidence for {self.text!r}")
        if self.role is not Role.CLAIM and not plain:
            raise UnsupportedClaim(f"a {self.role} sentence may print only our own words: {self.text!r}")

    @property
    def text(self) -> str:
        """The sentence as a reader sees it, without markup."""
        return "".join(f"“{run.text}”" if isinstance(run, Quote) else run.text for run in self.runs)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """Every piece of evidence cited, once, in the order of the sentence."""
        cited: dict[EvidenceId, None] = {}
        for run in self.runs:
            if isinstance(run, Figure):
                cited.update(dict.fromkeys(run.cited()))
            elif isinstance(run, Name | Quote):
                cited[run.evidence] = None
        cited.update(dict.fromkeys(self.also))
        return tuple(cited)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The printed figures, in order."""
        return tuple(run for run in self.runs if isinstance(run, Figure))

    @property
    def names(self) -> tuple[Name, ...]:
        """The printed names, in order."""
        return tuple(run for run in self.runs if isinstance(run, Name))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The printed quotations, in order."""
        return tuple(run for run in self.runs if isinstance(run, Quote))

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses linked, once each, in order."""
        return tuple(dict.fromkeys(run.url for run in self.names if run.url))


def house(text: str) -> Claim:
    """A fixed sentence about the paper's own doing."""
    return Claim((Words(text),), Role.HOUSE)


def view(text: str) -> Claim:
    """A sentence of opinion, written by us."""
    return Claim((Words(text),), Role.VIEW)
