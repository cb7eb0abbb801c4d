"""What the admins are told of a broadcast, in English, and the buttons of its turns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from bot.texts.general import notice
from domain.deliveries import BroadcastId, BroadcastState, Receipt, Turn
from domain.editions import Button, Keyboard, Message
from formatters.receipts import receipt_lines

#: What a button of a broadcast's receipt carries: ``b:pause:3``, and ``b:cancel?:3`` for what is asked twice.
TURN = "b"

#: The turns that are offered in each state.
_OFFERED = {
    BroadcastState.RUNNING: (Turn.PAUSE, Turn.CANCEL),
    BroadcastState.PAUSED: (Turn.RESUME, Turn.CANCEL),
    BroadcastState.STOPPED: (Turn.RESUME, Turn.CANCEL),
}


def escaped(lines: Sequence[str]) -> list[str]:
    """Lines of plain text as they stand in a message."""
    return [escape(line) for line in lines]


def receipt(receipt: Receipt, opening: str = "") -> Message:
    """How a broadcast stands, under an ``opening`` (HTML), with the turns that it can be given."""
    lines = [*([opening] if opening else []), *escaped(receipt_lines(receipt))]
    return notice("\n".join(lines), turn_keyboard(receipt))


def turn_keyboard(receipt: Receipt) -> Keyboard:
    """The turns that a broadcast can be given now."""
    turns = _OFFERED.get(receipt.broadcast.state, ())
    if receipt.refused and receipt.broadcast.state is not BroadcastState.CANCELLED:
        turns = (*turns, Turn.RETRY)
    number = receipt.broadcast.id
    row = tuple(
        Button(turn.capitalize(), callback=f"{TURN}:{turn}{'?' * (turn is Turn.CANCEL)}:{number}") for turn in turns
    )
    return (row,) if row else ()


def sure(turn: Turn, broadcast: BroadcastId) -> Message:
    """Asks an admin once more before what can't be undone."""
    text = f"{turn.capitalize()} broadcast {broadcast} for good? What was sent stays; nothing more of it is sent, ever."
    return notice(text, ((Button(f"Yes, {turn} it", callback=f"{TURN}:{turn}:{broadcast}"),),))


def parse_turn(data: str) -> tuple[Turn, BroadcastId, bool] | None:
    """The turn and the broadcast that a button names, and whether it is sure; None when it names none."""
    match = re.fullmatch(rf"{TURN}:({'|'.join(Turn)})(\??):([0-9]{{1,15}})", data)
    return None if match is None else (Turn(match[1]), BroadcastId(int(match[3])), not match[2])
