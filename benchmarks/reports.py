"""What a benchmark found, beside what it must reach: as a table for a terminal, and for a page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.machine import description, load


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound that a figure must keep to."""

    bound: float
    at_least: bool = False

    def missed_by(self, found: float) -> bool:
        """Whether a figure is on the wrong side."""
        return found < self.bound if self.at_least else found > self.bound


def at_least(bound: float) -> Goal:
    """A figure must reach this."""
    return Goal(bound, at_least=True)


def at_most(bound: float) -> Goal:
    """A figure must not pass this."""
    return Goal(bound)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure. ``unit`` is what stands behind the number, ``%`` for a share; no ``goal``: told for knowledge."""

    what: str
    found: float
    goal: Goal | None = None
    unit: str = ""

    @property
    def missed(self) -> bool:
        """Whether it has a goal and misses it."""
        return self.goal is not None and self.goal.missed_by(self.found)

    @property
    def cells(self) -> tuple[str, ...]:
        """Measure, found, goal, found as a multiple of the goal, verdict."""
        if self.goal is None:
            return self.what, _told(self.found, self.unit), "", "", ""
        sign = "≥" if self.goal.at_least else "≤"
        ratio = f"{self.found / self.goal.bound:.2f}" if self.goal.bound else ""
        verdict = "MISSED" if self.missed else "ok"
        return self.what, _told(self.found, self.unit), f"{sign} {_told(self.goal.bound, self.unit)}", ratio, verdict


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. Raises ValueError: a row has other cells than there are heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.heads):
                raise ValueError(f"{self.title}: {len(self.heads)} heads, and {len(row)} cells in the row of {row[0]}")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one command found."""

    title: str
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()

    @property
    def missed(self) -> int:
        """How many goals were missed."""
        return sum(figure.missed for figure in self.figures)

    def _all(self) -> Iterator[Table]:
        if self.figures:
            heads = ("measure", "found", "goal", "× goal", "")
            yield Table(self.title, heads, tuple(figure.cells for figure in self.figures))
        yield from self.tables

    def text(self) -> str:
        """For a terminal."""
        return "\n\n".join(_columns(table) for table in self._all())

    def markdown(self) -> str:
        """For a page."""
        return "\n\n".join(f"**{table.title}**\n\n{_piped(table)}" for table in self._all())


def run(measure: Callable[[bool], Report]) -> None:
    """The command line of one benchmark: measure, print, and exit with 1 where ``--strict`` asks for every goal."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer messages; rough figures")
    parser.add_argument("--strict", action="store_true", help="exit status 1 when a goal is missed")
    asked = parser.parse_args()
    print(f"{description()}; load {load():.1f}", flush=True)
    report = measure(asked.quick)
    print(report.text())
    sys.exit(1 if asked.strict and report.missed else 0)


def _told(number: float, unit: str) -> str:
    if unit == "%":
        return f"{number:.1%}".replace(".0%", "%").replace("%", " %")
    digits = 0 if abs(number) >= 100 or number == int(number) else 1 if abs(number) >= 10 else 3
    return f"{number:,.{digits}f}" + (f" {unit}" if unit else "")


def _columns(table: Table) -> str:
    rows = [table.heads, *table.rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.heads))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join([f"== {table.title}", *lines])


def _piped(table: Table) -> str:
    rows = [table.heads, ("---",) * len(table.heads), *table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
