"""How many altered sentences the checks catch, and how many true ones they reject.

    python -m benchmarks.alterations [--recordings PATH] [--first DATE] [--last DATE]

Every sentence of the issues of recorded mornings (of the bundled sample where none are) is altered in every way of
``benchmarks.altering``, in a story that is about everything that is named, so that only the rules of the sentence can
stop it. Prints a line for each kind and the sentences that passed, for a person to judge. Goal: at least 99.9 % caught,
no true sentence rejected.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from benchmarks.altering import KINDS, Around
from domain.claims import Claim, Figure, Name, Role, Words
from domain.issue import Issue
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Sentence, sentences
from newsroom.checking.wording import standard_wording
from newsroom.facts import Facts

#: So many sentences that passed are kept of each kind, to be read.
MOST_SHOWN = 20

GOAL = 0.999


@dataclass
class Tally:
    """What became of the alterations, by kind and by whether a run or our own words were altered."""

    altered: Counter[tuple[str, str]] = field(default_factory=Counter)
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)
    true: int = 0
    rejected: list[tuple[str, str]] = field(default_factory=list)
    shown: dict[str, list[str]] = field(default_factory=dict)
    seconds: float = 0.0  # of judging, true and altered sentences together

    @property
    def total(self) -> int:
        """How many sentences were altered."""
        return self.altered.total()

    @property
    def caught(self) -> float:
        """The share of altered sentences that were caught, between 0 and 1."""
        return 1 - self.passed.total() / self.total if self.total else 1.0

    @property
    def milliseconds(self) -> float:
        """The time for one sentence."""
        return 1000 * self.seconds / max(self.total + self.true, 1)

    def lines(self) -> Iterator[str]:
        """The table, and below it what passed."""
        yield f"{'kind':28} {'in runs':>9} {'in words':>9} {'passed':>7}"
        for kind in KINDS:
            printed, worded = (self.altered[kind, where] for where in ("runs", "words"))
            passed = self.passed[kind, "runs"] + self.passed[kind, "words"]
            yield f"{kind:28} {printed:>9,} {worded:>9,} {passed:>7}"
        yield f"{self.total:,} altered, {self.caught:.3%} caught; {self.true:,} true, {len(self.rejected)} rejected"
        yield f"{self.milliseconds:.2f} ms a sentence"
        yield from (f"REJECTED {text} | {why}" for text, why in self.rejected)
        for kind, texts in self.shown.items():
            yield from (f"PASSED {kind}: {text}" for text in texts)


def run(issues: Iterable[tuple[Issue, Facts]]) -> Tally:
    """Alter every sentence of the issues and judge it; each issue comes with what is stored."""
    tally = Tally()
    for issue, facts in issues:
        alter(issue, facts, tally)
    return tally


def alter(issue: Issue, facts: Facts, tally: Tally) -> None:
    """Add the alterations of one issue to the tally."""
    dossier = Dossier(issue.evidence, facts)
    around = Around(issue.evidence, facts, _names(issue), _dates(issue))
    for section in issue.sections:
        for sentence in sentences(section, issue.date):
            if sentence.claim.role is Role.CLAIM:
                _alter_one(sentence, around, dossier, tally)


def _alter_one(sentence: Sentence, around: Around, dossier: Dossier, tally: Tally) -> None:
    reason = _timed(sentence, dossier, tally)
    tally.true += 1
    if reason:
        tally.rejected.append((sentence.claim.text, reason))
        return
    for kind, alteration in KINDS.items():
        for altered in alteration(sentence.claim, around):
            where = _where(sentence.claim, altered)
            tally.altered[kind, where] += 1
            if not _timed(_about_everything(sentence, altered), dossier, tally):
                tally.passed[kind, where] += 1
                shown = tally.shown.setdefault(kind, [])
                if len(shown) < MOST_SHOWN:
                    shown.append(f"{altered.text}   [{sentence.claim.text}]")


def _timed(sentence: Sentence, dossier: Dossier, tally: Tally) -> str:
    began = time.perf_counter()
    verdict = judge(sentence, dossier, standard_wording())
    tally.seconds += time.perf_counter() - began
    return verdict.reason


def _about_everything(sentence: Sentence, altered: Claim) -> Sentence:
    """The altered claim in its place, in a story that is about all that it names: not the story must stop it."""
    story = sentence.story
    if story is not None:
        items = (*story.items, *(name.item for name in altered.names))
        story = replace(story, items=tuple(dict.fromkeys(items)))
    return replace(sentence, claim=altered, story=story)


def _where(claim: Claim, altered: Claim) -> str:
    """Whether a printed run was altered, or our own words only."""
    return "words" if _runs(claim) == _runs(altered) else "runs"


def _runs(claim: Claim) -> Sequence[object]:
    return [run for run in claim.runs if not isinstance(run, Words)]


def _names(issue: Issue) -> Sequence[Name]:
    """One linked name of each item of the issue."""
    found: dict[object, Name] = {}
    for claim in issue.claims():
        for name in claim.names:
            if name.url:
                found.setdefault(name.item, name)
    return tuple(found.values())


def _dates(issue: Issue) -> Sequence[Figure]:
    """One printed date of each day of the issue."""
    dates = {figure.value: figure for claim in issue.claims() for figure in claim.figures if figure.unit == "date"}
    return tuple(dates.values())


def main() -> None:
    """Live through the mornings, alter, print; the exit status tells whether the goal was met."""
    from benchmarks.gazette.living import ROOT_OF_RECORDINGS, lived_with_facts

    parser = argparse.ArgumentParser(prog="benchmarks.alterations", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--recordings", type=Path, default=ROOT_OF_RECORDINGS)
    parser.add_argument("--first", type=date.fromisoformat, default=date(2026, 8, 15), metavar="DATE")
    parser.add_argument("--last", type=date.fromisoformat, default=date(2026, 8, 22), metavar="DATE")
    asked = parser.parse_args()
    tally = run(lived_with_facts(asked.recordings, asked.first, asked.last))
    print("\n".join(tally.lines()))
    if tally.caught < GOAL or tally.rejected:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
