"""What the checks say of one sentence and of a whole issue, printable for an admin and an auditor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.claims import Role
from domain.issue import SectionName
from newsroom.checking.sentences import Place


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One printed figure: what the issue states, and what storage gives; ``value`` is None where there is none."""

    text: str
    unit: str
    formula: str
    stated: float
    value: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with one sentence, in plain words; nothing: it is supported."""

    section: SectionName
    place: Place
    role: Role
    text: str
    problems: tuple[str, ...] = ()
    figures: tuple[Recomputed, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether every check passed."""
        return not self.problems

    @property
    def reason(self) -> str:
        """All problems in one line; empty when there is none."""
        return "; ".join(self.problems)

    def lines(self) -> Iterator[str]:
        """The verdict for a reader: the sentence, its figures recomputed, its problems."""
        yield f"{'ok  ' if self.supported else 'FAIL'} {self.section}/{self.place}: {self.text}"
        for figure in self.figures:
            found = "no value" if figure.value is None else f"{figure.value:.12g}"
            yield f"       {figure.text} {figure.unit} = {figure.formula}: stated {figure.stated:.12g}, stored {found}"
        for problem in self.problems:
            yield f"     - {problem}"


@dataclass(frozen=True, slots=True)
class AuditReport:
    """An issue recomputed from storage, sentence by sentence; ``problems`` are those of the issue as a whole.

    ``own``: the sentences that readers' own sections of the day are made of.
    """

    date: date
    number: int
    verdicts: tuple[Verdict, ...]
    problems: tuple[str, ...] = ()
    own: tuple[Verdict, ...] = ()

    @property
    def supported(self) -> int:
        """How many sentences passed every check."""
        return sum(verdict.supported for verdict in self.verdicts)

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The sentences that did not, those of readers' own sections among them."""
        return tuple(verdict for verdict in (*self.verdicts, *self.own) if not verdict.supported)

    @property
    def passed(self) -> bool:
        """Whether everything in the issue, and in readers' own, is supported."""
        return not self.failed and not self.problems

    def lines(self) -> Iterator[str]:
        """The report for a reader: claim by claim, then the sum."""
        for verdict in (*self.verdicts, *self.own):
            yield from verdict.lines()
        yield from (f"FAIL {problem}" for problem in self.problems)
        if self.own:
            supported = sum(verdict.supported for verdict in self.own)
            yield f"For You, of all readers: {supported} of {len(self.own)} sentences are supported"
        yield f"No. {self.number} of {self.date}: {self.supported} of {len(self.verdicts)} sentences are supported"

    def __str__(self) -> str:
        return "\n".join(self.lines())
