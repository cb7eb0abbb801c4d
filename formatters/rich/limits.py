"""Holds a rich message to Telegram's rules before Telegram does: shapes, limits, links, dates, anchors.

The rules and their sources: Bot API 10.3 (``InputRichMessage``), TDLib's ``RichMessage.cpp`` and ``WebPageBlock.cpp``,
and field measurements where neither speaks. Unknown keys are ignored by Telegram in silence, so they are errors here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.errors import MorningPostError
from formatters.rich.grammar import Grammar
from formatters.rich.measure import Measure, measure

#: Longer messages reach some readers in part, behind a "Show more" that not every client has (field measurement).
TEXT_LIMIT = 7000


class UnsoundMessage(MorningPostError):
    """A rich message that Telegram would refuse or mutilate; the text lists every problem with its place."""


def require_sound(blocks: Sequence[object], now: datetime) -> None:
    """Raise UnsoundMessage, naming every problem, unless Telegram will take the blocks as they are."""
    found = problems(blocks, now)
    if found:
        raise UnsoundMessage("the rich message breaks Telegram's rules: " + "; ".join(found))


def require_shaped(blocks: Sequence[object], now: datetime) -> None:
    """Raise UnsoundMessage, naming every problem, unless blocks that are a part of a message have the right shapes."""
    grammar = Grammar(now)
    grammar.check(blocks)
    if grammar.problems:
        raise UnsoundMessage("a part of the rich message breaks Telegram's rules: " + "; ".join(grammar.problems))


def problems(blocks: Sequence[object], now: datetime) -> list[str]:
    """What is wrong with the blocks of a message, each with its place; ``now`` bounds its dates (aware)."""
    grammar = Grammar(now)
    grammar.check(blocks)
    if grammar.problems:
        return grammar.problems  # what has the wrong shape can't be measured
    size = measure(blocks)
    return [*_excesses(size), *(f"no target for the link #{name}" for name in sorted(grammar.dangling))]


def _excesses(size: Measure) -> list[str]:
    found = [f"{name} {value} exceeds {limit}" for name, value, limit in size.against_limits() if value > limit]
    if size.text > TEXT_LIMIT:
        found.append(f"text {size.text} exceeds {TEXT_LIMIT}")
    if not size.text and not size.media:
        found.append("the message has no text")
    return found
