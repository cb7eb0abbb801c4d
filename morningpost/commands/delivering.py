"""`run` and `deliver`: the paper at work."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from formatters.receipts import outlook_lines, receipt_lines
from morningpost.running import open_office, run_paper, stop_on_signals
from morningpost.terminal import say
from morningpost.timetable import Patience
from morningpost.wiring import House, open_house


def run() -> None:
    """Run everything in one process: conversation, timetable, delivery; until Ctrl-C."""
    with open_house(known_to_telegram=True) as house:
        asyncio.run(_run(house))


async def _run(house: House) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    await run_paper(house, stop, patience=Patience())


def worker() -> None:
    """Only deliver, until Ctrl-C: any number of them may share one PostgreSQL, with `run` or without."""
    with open_house(known_to_telegram=True) as house:
        asyncio.run(_deliver(house, until_done=False))


def deliver(
    until_done: Annotated[
        bool, typer.Option("--until-done", help="Stop when nothing that is due is left (default: go on until Ctrl-C).")
    ] = False,
) -> None:
    """Deliver what is owed: the channel's copies, and each reader's at his hour."""
    with open_house(known_to_telegram=True) as house:
        waiting = house.outbox.waiting()
        for line in outlook_lines(waiting, house.outbox.rate) if waiting else []:
            say(line)
        asyncio.run(_deliver(house, until_done=until_done))
        receipt = house.desk.receipt()
    for line in receipt_lines(receipt) if receipt else ["Nothing was ever published."]:
        say(line)


async def _deliver(house: House, *, until_done: bool) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    async with open_office(house, stop) as office:
        if until_done:
            await office.pump.run_until_done(stop)
        else:
            await office.pump.run(stop)
