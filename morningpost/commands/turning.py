"""`broadcasts`, `pause`, `resume`, `cancel`, `retry`: how each broadcast stands, and the turns that it can be given."""

from __future__ import annotations

from typing import Annotated

import typer

from domain.deliveries import BroadcastId, Receipt, Turn
from formatters.receipts import receipt_fields, receipt_lines
from morningpost.commands.acts import who
from morningpost.commands.options import AsJson
from morningpost.terminal import say, say_json
from morningpost.wiring import open_house

Number = Annotated[int, typer.Argument(metavar="BROADCAST", help="Its number, as `morningpost broadcasts` lists it.")]


def broadcasts(
    last: Annotated[int, typer.Option("--last", min=1, max=1000, help="So many, the newest first.")] = 10,
    as_json: AsJson = False,
) -> None:
    """List the broadcasts: issues, notices and corrections, with what became of each."""
    with open_house() as house:
        receipts = house.outbox.receipts(last)
    if as_json:
        say_json([receipt_fields(receipt) for receipt in receipts])
        return
    for receipt in receipts:
        first, *rest = receipt_lines(receipt)
        say(first)
        for line in rest:
            say(f"    {line}")
    if not receipts:
        say("Nothing was ever sent.")


def pause(broadcast: Number) -> None:
    """Send nothing more of a broadcast until it is resumed; what is on its way arrives."""
    _turn(Turn.PAUSE, broadcast)


def resume(broadcast: Number) -> None:
    """Go on with a broadcast that was paused, or that stopped at a content error, where it stands."""
    _turn(Turn.RESUME, broadcast)


def cancel(broadcast: Number) -> None:
    """Send nothing more of a broadcast, ever; what was sent stays."""
    _turn(Turn.CANCEL, broadcast)


def _turn(turn: Turn, broadcast: int) -> None:
    with open_house() as house:
        _tell(house.desk.turn(turn, BroadcastId(broadcast), who()))


def retry(
    broadcast: Number,
    uncertain: Annotated[
        bool,
        typer.Option("--uncertain", help="Those whose answer was lost, instead: some may get it a second time."),
    ] = False,
) -> None:
    """Send it again to those who were refused it for a passing reason; who blocked us or is gone is left alone."""
    with open_house() as house:
        number, now = BroadcastId(broadcast), house.clock()
        act = house.outbox.resend_uncertain if uncertain else house.outbox.retry_failed
        count = act(number, at=now, by=who())
        say(f"{count:,} are to be sent again." if count else "There is nobody to send it to again.")
        _tell(house.outbox.receipt(number))


def _tell(receipt: Receipt) -> None:
    for line in receipt_lines(receipt):
        say(line)
