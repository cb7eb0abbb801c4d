"""`import` and `export`: subscribers as CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TextIO

import typer

from morningpost.subscriber_csv import COLUMNS, ReaderRows, row_of
from morningpost.terminal import fail, say
from morningpost.wiring import open_house


def import_readers(
    file: Annotated[
        Path,
        typer.Argument(help="CSV with a header: chat_id, and if you like zone, hour, style. `-` reads standard input."),
    ],
) -> None:
    """Add or update subscribers from a CSV file; nothing is written if one row is wrong."""
    try:
        rows = ReaderRows.read(_lines(file))
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} can't be read: {error.__class__.__name__}. Give a CSV file in UTF-8.")
    if rows.problems:
        shown = "\n".join(f"  {problem}" for problem in rows.problems[:20])
        more = f"\n  … and {len(rows.problems) - 20} more" if len(rows.problems) > 20 else ""
        fail(f"Nothing was imported; mend these rows first:\n{shown}{more}")
    with open_house() as house:
        added, updated = house.subscribers.import_rows(rows.subscribers(house.paper.zone, house.clock()), rows.settings)
    say(f"{added:,} added, {updated:,} updated.")


def export_readers(
    file: Annotated[Path | None, typer.Argument(help="Where to write (default: standard output).")] = None,
) -> None:
    """Write all subscribers as CSV, in the form that `import` reads."""
    with open_house() as house:
        if file is None:
            _write(sys.stdout, map(row_of, house.subscribers.export()))
            return
        with file.open("w", encoding="utf-8", newline="") as handle:
            count = _write(handle, map(row_of, house.subscribers.export()))
    say(f"{count:,} subscribers written to {file}.")


def _lines(file: Path) -> Iterator[str]:
    if str(file) == "-":
        yield from sys.stdin
        return
    with file.open(encoding="utf-8-sig", newline="") as handle:
        yield from handle


def _write(handle: TextIO, rows: Iterator[dict[str, str]]) -> int:
    writer = csv.DictWriter(handle, COLUMNS)
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count
