"""Live through recorded mornings, write the issues out, and print the table of goals.

    python -m benchmarks.gazette [--recordings PATH] [--first DATE] [--last DATE] [--out FOLDER] [--brief]

Into FOLDER (build/gazette) go each issue as plain text with its evidence and its measures, ``gazette.csv`` with a line
for each morning, ``table.txt`` and ``weak.txt``. Where recordings are absent, the bundled sample mornings serve, and it
says so. ``--brief`` leaves out what is measured once: the alterations, the time and the memory.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.gazette import evidence, once, table, weak
from benchmarks.gazette.living import FIRST, LAST, ROOT, ROOT_OF_RECORDINGS, Lived, live, recorded
from morningpost.logs import configure_logs


def main() -> None:
    """Live, measure, write, print."""
    asked = _asked()
    configure_logs("error", "console", ())
    began = time.perf_counter()
    world, is_real = recorded(asked.recordings, asked.first, asked.last)
    if not is_real:
        print(f"No recorded morning in {asked.recordings}: these are the {len(world)} sample mornings.")
    mornings = []
    alterations = once.Alterations(len(world))
    for lived in live(world, is_sample=not is_real):
        mornings.append(lived)
        _write(asked.out / f"{lived.issue.date}.txt", evidence.written(lived))
        if not asked.brief:
            alterations.take(lived)
    rows = [*table.rows(mornings), *([] if asked.brief else [*alterations.rows(), *once.cost_rows(mornings)])]
    title = f"{len(mornings)} {'recorded' if is_real else 'sample'} mornings, {_span(mornings)}"
    text = f"{title}\n\n{table.drawn(rows)}\n"
    _write(asked.out / "table.txt", text)
    _write(asked.out / "weak.txt", "\n".join([weak.report(mornings), *alterations.passed(), ""]))
    _write(asked.out / "gazette.csv", weak.by_morning(mornings))
    print(text)
    print(f"The issues stand in {asked.out}; {time.perf_counter() - began:.0f} s.")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.gazette", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--recordings", type=Path, default=ROOT_OF_RECORDINGS)
    parser.add_argument("--first", type=date.fromisoformat, default=FIRST, metavar="DATE")
    parser.add_argument("--last", type=date.fromisoformat, default=LAST, metavar="DATE")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "gazette", metavar="FOLDER")
    parser.add_argument("--brief", action="store_true")
    return parser.parse_args()


def _span(mornings: Sequence[Lived]) -> str:
    return f"{mornings[0].issue.date} to {mornings[-1].issue.date}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
