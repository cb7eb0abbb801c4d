"""The table of goals over many mornings: the worst, the median, and which mornings miss each goal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from benchmarks.gazette.living import Lived
from domain.measures import DEFINITIONS, Finding, Measure, Measures, Unit, written


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``missed`` are the mornings below the goal, or none for what is measured once."""

    title: str
    goal: str
    worst: str
    median: str = ""
    missed: tuple[date, ...] = ()
    failed: bool = False

    @property
    def verdict(self) -> str:
        """``ok``, or how many mornings miss the goal."""
        return f"{len(self.missed)} missed" if self.missed else "FAILED" if self.failed else "ok"


def measures_of(lived: Lived) -> Measures:
    """The measures of an issue that was just assembled."""
    if lived.issue.checks.measures is None:
        raise AssertionError("every assembled issue is measured")
    return lived.issue.checks.measures


def rows(mornings: Sequence[Lived]) -> Iterator[Row]:
    """The audit, what is held, then every measure, in their order."""
    yield _audited(mornings)
    held = tuple(lived.issue.date for lived in mornings if lived.issue.checks.held is not None)
    yield Row("Issues that are held", "0", str(len(held)), missed=held)
    for measure in Measure:
        found = [(lived.issue.date, finding) for lived in mornings if (finding := measures_of(lived).of(measure))]
        yield _row(measure, found)


def _audited(mornings: Sequence[Lived]) -> Row:
    shares = [
        sum(each.supported for each in lived.audit.verdicts) / max(len(lived.audit.verdicts), 1) for lived in mornings
    ]
    missed = tuple(lived.issue.date for lived in mornings if not lived.audit.passed)
    worst, middle = (written(Measure.SUPPORTED, share) for share in (min(shares), median(shares)))
    return Row("Claims that audit recomputes from storage", "100 %", worst, middle, missed)


def _row(measure: Measure, found: Sequence[tuple[date, Finding]]) -> Row:
    figures = [finding.found for _, finding in found if finding.found is not None]
    goals = list(dict.fromkeys(finding.goal_text for _, finding in found))
    missed = tuple(day for day, finding in found if not finding.met)
    title = DEFINITIONS[measure].title
    if not figures:
        return Row(title, " or ".join(goals), "–")
    return Row(
        title, " or ".join(goals), _worst(measure, figures, found[0][1]), _text(measure, median(figures)), missed
    )


def _worst(measure: Measure, figures: Sequence[float], one: Finding) -> str:
    """The figure farthest from the goal; both ends where the goal has two."""
    if one.goal.least is not None and one.goal.most is not None:
        return f"{written(measure, min(figures))}–{written(measure, max(figures))}"
    farthest: Callable[[Sequence[float]], float] = min if one.goal.most is None else max
    return written(measure, farthest(figures))


def _text(measure: Measure, figure: float) -> str:
    """A median: of counts it may lie between two."""
    if DEFINITIONS[measure].unit is Unit.COUNT and not float(figure).is_integer():
        return f"{figure:,.1f}"
    return written(measure, figure)


def drawn(table: Sequence[Row]) -> str:
    """The table as text, in columns."""
    heads = ("measure", "goal", "worst", "median", "")
    lines = [heads, *((row.title, row.goal, row.worst, row.median, _said(row)) for row in table)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(line: Sequence[str], widths: Sequence[int]) -> str:
    title, *figures, verdict = line
    cells = [title.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True))]
    return "  ".join([*cells, verdict]).rstrip()


def _said(row: Row) -> str:
    if not row.missed:
        return row.verdict
    days = " ".join(f"{day:%m-%d}" for day in row.missed[:6])
    return f"{row.verdict}: {days}{' …' if len(row.missed) > 6 else ''}"
