"""A claim with some of its runs changed: what the alterations are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.claims import Claim, Figure, Name, Run, UnsupportedClaim, Words
from domain.evidence import Evidence, EvidenceId
from newsroom.facts import Facts
from newsroom.periods import parse_period


@dataclass(frozen=True)
class Around:
    """What an alteration may draw from: the evidence of the issue, its other names and dates, and what is stored."""

    evidence: Mapping[EvidenceId, Evidence]
    facts: Facts
    names: Sequence[Name]
    dates: Sequence[Figure] = ()


Alteration = Callable[[Claim, Around], Iterator[Claim]]


def with_runs(claim: Claim, position: int, *runs: Run) -> Claim:
    """The claim with other runs in the place of one."""
    return replace(claim, runs=(*claim.runs[:position], *runs, *claim.runs[position + 1 :]))


def bared(claim: Claim, position: int, text: str) -> Iterator[Claim]:
    """The claim with words of ours in the place of a run; none where no evidence is left: it can't even be built."""
    with suppress(UnsupportedClaim):
        yield with_runs(claim, position, Words(text))


def figures(claim: Claim) -> Iterator[tuple[int, Figure]]:
    """The figures of a claim, each with its place among the runs."""
    return ((at, run) for at, run in enumerate(claim.runs) if isinstance(run, Figure))


def names(claim: Claim) -> Iterator[tuple[int, Name]]:
    """The names in a claim, each with its place among the runs."""
    return ((at, run) for at, run in enumerate(claim.runs) if isinstance(run, Name))


def reworded(claim: Claim, pattern: str, other: str) -> Iterator[Claim]:
    """The claim with the first match in our own words replaced."""
    for at, run in enumerate(claim.runs):
        if isinstance(run, Words) and re.search(pattern, run.text):
            yield with_runs(claim, at, Words(re.sub(pattern, other, run.text, count=1)))
            return


def extended(claim: Claim, words: str) -> Iterator[Claim]:
    """The claim with a clause of our own words before its end."""
    last = claim.runs[-1]
    if isinstance(last, Words) and last.text.endswith("."):
        yield with_runs(claim, len(claim.runs) - 1, Words(f"{last.text[:-1]} {words}."))


def says(claim: Claim, pattern: str) -> bool:
    """Whether our own words say so."""
    return any(isinstance(run, Words) and re.search(pattern, run.text) for run in claim.runs)


def is_of_a_month(figure: Figure) -> bool:
    """Whether the period of a figure is that of a month, within the tolerance."""
    return 26 <= (parse_period(figure.period or "") or timedelta()).days <= 34
