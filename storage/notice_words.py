"""The messages of a notice, or a poll, as a broadcast keeps them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.editions import Message, Picture, PollMessage, Style


def words_json(parts: Sequence[Message]) -> str:
    """The messages of a notice as they are kept: their HTML in order, with the file_id of a picture; or a poll."""
    return json.dumps(list(map(_kept, parts)), ensure_ascii=False)


def _kept(part: Message) -> Any:
    if isinstance(part, Picture):
        return {"photo": part.photo, "caption": part.body}
    if isinstance(part, PollMessage):
        closes_at = None if part.closes_at is None else part.closes_at.isoformat()
        return {"question": part.body, "options": part.options, "closes_at": closes_at}
    return part.body


def words_of(kept: str) -> tuple[Message, ...]:
    """The messages again."""
    return tuple(map(_part, json.loads(kept)))


def _part(kept: Any) -> Message:
    if isinstance(kept, str):
        return Message(Style.CLASSIC, kept)
    if "question" in kept:
        closes_at = None if kept["closes_at"] is None else datetime.fromisoformat(kept["closes_at"])
        return PollMessage(Style.PLAIN, kept["question"], options=tuple(kept["options"]), closes_at=closes_at)
    return Picture(Style.CLASSIC, kept["caption"], photo=kept["photo"])
