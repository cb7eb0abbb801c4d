"""A whole InputRichMessage: read, measured against the limits, and told what of it readers would lose."""

from __future__ import annotations

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.rich.blocks import read_blocks
from sandbox.telegram.rich.reading import LIMITS, SEEN_AT_ONCE, Reading

_FIELDS = frozenset(("blocks", "html", "markdown", "media", "is_rtl", "skip_entity_detection"))


def read_rich_message(reading: Reading, value: Any) -> dict[str, Any]:
    """The RichMessage as it is received; what is lost on the way is in ``reading.losses``.

    Only ``blocks`` are understood: the grammar of ``html`` and ``markdown`` lives on Telegram's servers and is not
    published. Refused in Telegram's words where it may not be sent.
    """
    given = value if isinstance(value, dict) else {}
    if "blocks" not in given:
        if given.get("html") or given.get("markdown"):
            raise bad_request("the sandbox reads rich messages as blocks only, not as html or markdown")
        raise bad_request("Rich message must be non-empty")
    reading.object(given, "rich message", _FIELDS)
    reading.detects = given.get("skip_entity_detection") is not True
    blocks = read_blocks(reading, given["blocks"], 1)
    if not blocks:
        raise bad_request("Rich message must be non-empty")
    _check_limits(reading)
    _note_losses(reading)
    return {"blocks": blocks} | ({"is_rtl": True} if given.get("is_rtl") is True else {})


def _check_limits(reading: Reading) -> None:
    for name, (limit, error) in LIMITS.items():
        if getattr(reading.tally, name) > limit:
            raise bad_request(error)
    if not reading.tally.text and not reading.tally.media:
        raise bad_request("RICH_MESSAGE_EMPTY")


def _note_losses(reading: Reading) -> None:
    tally = reading.tally
    for name in sorted(tally.links - tally.names - {""}):
        reading.losses.append(f"the link to #{name} leads nowhere")
    if tally.text > SEEN_AT_ONCE:
        reading.losses.append(f"{tally.text} characters: some readers see only about the first {SEEN_AT_ONCE}")
