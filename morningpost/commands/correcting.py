"""`doubt` and `correct`: evidence that is no longer trusted, and the issues that rest on it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from domain.deliveries import BroadcastState
from morningpost.commands.acts import who
from morningpost.commands.options import as_date
from morningpost.desk.correcting import Corrections
from morningpost.terminal import WRONG_USE, fail, say
from morningpost.wiring import open_house
from storage.schema import CitationKind


def doubt(
    reading: Annotated[int | None, typer.Option("--reading", help="The number of a reading: 17 of r17-stars.")] = None,
    harvest: Annotated[int | None, typer.Option("--list", help="The number of a whole list: 12 of h12.")] = None,
    words: Annotated[int | None, typer.Option("--words", help="The version of an item's words.")] = None,
    why: Annotated[str, typer.Option("--why", help="The reason, for the record.")] = "",
) -> None:
    """Mark evidence as not to be trusted, and print every sentence of every issue that rests on it.

    Without evidence: list what is doubted.
    """
    kinds = {CitationKind.READING: reading, CitationKind.HARVEST: harvest, CitationKind.VERSION: words}
    chosen = [(kind, number) for kind, number in kinds.items() if number is not None]
    with open_house() as house:
        corrections = Corrections(house.desk)
        if not chosen:
            _say_doubts(corrections)
            return
        if len(chosen) > 1 or not why.strip():
            fail("Name one reading, list or version, and the reason with --why.", WRONG_USE)
        resting = corrections.doubt(*chosen[0], why.strip(), who())
    for day, verdicts in resting.items():
        say(f"The issue of {day}: `morningpost correct {day}` takes these out.")
        for verdict in verdicts:
            say(f"  {verdict.section}: {verdict.text}")
    if not resting:
        say("No sentence of any issue rests on it.")


def _say_doubts(corrections: Corrections) -> None:
    for each in corrections.doubts():
        say(f"{each.kind} {each.id}: {each.why} ({each.by}, {each.at:%Y-%m-%d %H:%M} UTC)")
    if not corrections.doubts():
        say("Nothing is doubted.")


def correct(day: Annotated[date, typer.Argument(parser=as_date, metavar="DATE", help="Which issue.")]) -> None:
    """Take out of an issue what rests on doubted evidence, and have every delivered copy edited.

    Its old text is kept, and the issue says that it was corrected.
    """
    with open_house() as house:
        before = house.desk.record(day).issue
        corrections = Corrections(house.desk)
        corrected = corrections.correct(day, who())
        broadcast = corrections.edit_copies(day, who())
        receipt = house.outbox.receipt(broadcast.id) if broadcast else None
        revision = house.issues.revision(day)
    if corrected is None:
        say(f"No sentence of the issue of {day} rests on doubted evidence.")
    else:
        for drop in corrected.checks.drops[len(before.checks.drops) :]:
            say(f"  {drop.section}: {drop.text} | {drop.reason}")
        say(f"The issue of {day} is corrected; what it said before is kept as revision {revision}.")
    if receipt is not None and receipt.broadcast.state is BroadcastState.RUNNING:
        say(f"{receipt.open:,} delivered copies are to be edited: `morningpost run` or `deliver` does it.")
