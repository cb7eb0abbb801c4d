"""What is still weak, for whoever edits: the goals that a morning missed and why, and the wording that comes back."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from benchmarks.gazette.living import Lived
from benchmarks.gazette.table import measures_of
from domain.issue import SectionName
from domain.measures import Measure
from newsroom.checking.sentences import Place, sentences
from newsroom.measuring import wording

#: How many 5-grams are listed.
_MOST = 60


def report(mornings: Sequence[Lived]) -> str:
    """The whole report as text."""
    return "\n".join([*_held(mornings), "", *_missed(mornings), "", *_repeated(mornings), ""])


def _held(mornings: Sequence[Lived]) -> Iterator[str]:
    yield "ISSUES HELD"
    yield from (f"  {each.issue.date}  {each.issue.checks.held}" for each in mornings if each.issue.checks.held)


def _missed(mornings: Sequence[Lived]) -> Iterator[str]:
    yield "GOALS MISSED, by measure and morning"
    for measure in Measure:
        found = [(lived.issue.date, measures_of(lived).of(measure)) for lived in mornings]
        missed = [(day, finding) for day, finding in found if finding is not None and not finding.met]
        if missed:
            yield f"\n{missed[0][1].title} (goal {missed[0][1].goal_text})"
        yield from (f"  {day}  {finding.found_text:>6}  {finding.note[:150]}" for day, finding in missed)


def _repeated(mornings: Sequence[Lived]) -> Iterator[str]:
    """The 5-grams that stood in the issue before, over all mornings, with the sections that print them."""
    again: Counter[wording.Gram] = Counter()
    where: dict[wording.Gram, Counter[SectionName]] = {}
    for before, today in pairwise(mornings):
        known = wording.grams(before.issue)
        for section, gram in _grams(today):
            if gram in known:
                again[gram] += 1
                where.setdefault(gram, Counter())[section] += 1
    yield f"5-GRAMS SEEN IN THE ISSUE BEFORE, over {len(mornings)} mornings ({again.total():,} in all)"
    for gram, count in again.most_common(_MOST):
        sections = ", ".join(f"{name.value} {times}" for name, times in where[gram].most_common())
        yield f"  {count:4}  {' '.join(gram):60}  {sections}"
    yield "\nby section: " + ", ".join(f"{name.value} {times}" for name, times in _by_section(where))


def _by_section(where: dict[wording.Gram, Counter[SectionName]]) -> list[tuple[SectionName, int]]:
    counted: Counter[SectionName] = Counter()
    for sections in where.values():
        counted.update(sections)
    return counted.most_common()


def _grams(lived: Lived) -> Iterator[tuple[SectionName, wording.Gram]]:
    for section in lived.issue.sections:
        for sentence in sentences(section, lived.issue.date):
            if sentence.place is not Place.CELL:
                yield from ((section.name, gram) for gram in wording.grams_of(sentence))


def by_morning(mornings: Sequence[Lived]) -> str:
    """One line of comma-separated figures for each morning."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["date", "number", "seconds", "audit", "claims", "dropped", "held", *Measure, "lead"])
    for lived in mornings:
        checks, found = lived.issue.checks, measures_of(lived)
        figures = ["" if (one := found.of(measure)) is None else _figure(one.found) for measure in Measure]
        passed = "passed" if lived.audit.passed else "failed"
        start = [lived.issue.date, lived.issue.number, f"{lived.seconds:.2f}", passed, checks.claims, len(checks.drops)]
        writer.writerow([*start, checks.held or "", *figures, _headline(lived)])
    return text.getvalue()


def _figure(found: float | None) -> str:
    return "" if found is None else f"{found:.3f}".rstrip("0").rstrip(".")


def _headline(lived: Lived) -> str:
    lead = lived.issue.section(SectionName.LEAD)
    headline = lead.stories[0].headline if lead and lead.stories else None
    return headline.text if headline else ""
