"""``python -m benchmarks``: delivery and conversation in turn, beside their goals; ``--write`` puts them into a page.

python -m benchmarks [--quick] [--strict] [--only replies …] [--write docs/performance.md]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import (
    answers,
    broadcast,
    commands,
    comparison,
    enqueue,
    kills,
    pages,
    personal,
    replies,
    search,
    updates,
)
from benchmarks.machine import description, load
from benchmarks.reports import Report
from benchmarks.simulation import __main__ as simulation

#: In the order of the page; each stands there between markers of this name.
BENCHMARKS: Mapping[str, Callable[[bool], Report]] = {
    "broadcast": broadcast.measure,
    "comparison": comparison.measure,
    "replies": replies.measure,
    "kills": kills.measure,
    "enqueue": enqueue.measure,
    "commands": commands.measure,
    "updates": updates.measure,
    "answers": answers.measure,
    "search": search.measure,
    "personal": personal.measure,
    "simulation": simulation.measure,
}


def main() -> int:
    """Measure, print, write; the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="fewer messages; rough figures")
    parser.add_argument("--strict", action="store_true", help="exit status 1 when a goal is missed")
    parser.add_argument("--only", nargs="+", choices=list(BENCHMARKS), help="these; the page keeps its other tables")
    parser.add_argument("--write", type=Path, help="a page whose tables are replaced by the ones of this run")
    asked = parser.parse_args()
    busy = load()
    machine = f"Measured on {description()}; load before it began {busy:.1f}."
    texts = {} if asked.only else {"machine": machine}
    print(machine, flush=True)
    missed = 0
    for name in asked.only or BENCHMARKS:
        measure = BENCHMARKS[name]
        began = time.monotonic()
        report = measure(asked.quick)
        missed += report.missed
        texts[name] = report.markdown()
        print(f"\n{report.text()}\n({name}: {time.monotonic() - began:.0f} s)", flush=True)
    print(f"\n{missed} goals missed")
    if asked.write is not None:
        asked.write.write_text(pages.filled(asked.write.read_text(encoding="utf-8"), texts), encoding="utf-8")
    return 1 if asked.strict and missed else 0


if __name__ == "__main__":
    sys.exit(main())
