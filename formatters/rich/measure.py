"""How large a rich message is, by the counts that Telegram limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.text import utf16_length

MEDIA = frozenset({"photo", "video", "animation", "audio", "document", "voice_note"})

#: Telegram's limits (Bot API 10.3; of the runs: field measurement, refused from about 5,849).
LIMITS = {"text": 32768, "blocks": 500, "depth": 16, "media": 50, "columns": 20, "runs": 5000}

_TEXTS = ("text", "summary", "credit", "expression")


@dataclass(slots=True)
class Measure:
    """Counts of one message. ``text`` is in UTF-16 units, never less than what Telegram counts."""

    text: int = 0
    blocks: int = 0
    depth: int = 0
    media: int = 0
    columns: int = 0
    runs: int = 0

    def __add__(self, other: Measure) -> Measure:
        return Measure(
            self.text + other.text,
            self.blocks + other.blocks,
            max(self.depth, other.depth),
            self.media + other.media,
            max(self.columns, other.columns),
            self.runs + other.runs,
        )

    def against_limits(self) -> list[tuple[str, int, int]]:
        """Each count with its limit."""
        return [(name, getattr(self, name), limit) for name, limit in LIMITS.items()]

    def rich(self, text: Any, depth: int) -> None:
        """Count a text: a string, a list of texts, or an object with a type."""
        if isinstance(text, str):
            self.text += utf16_length(text)
            self.runs += 1
            self.depth = max(self.depth, depth)
        elif isinstance(text, list):
            for part in text:
                self.rich(part, depth)
        elif text is not None:
            inner = text["button"] if text["type"] == "button" else text
            self.rich(inner.get("text") or inner.get("alternative_text") or inner.get("expression"), depth + 1)

    def block(self, block: dict[str, Any], depth: int) -> None:
        """Count a block with all that it holds."""
        self.blocks += 1
        self.depth = max(self.depth, depth)
        self.media += block["type"] in MEDIA
        for name in _TEXTS:
            self.rich(block.get(name), depth)
        self._caption(block.get("caption"), depth)
        for button in block.get("buttons", ()):
            self.rich(button["text"], depth)
        for row in block.get("cells", ()):
            self._row(row, depth)
        for item in block.get("items", ()):
            self.blocks += 1
            self._blocks(item["blocks"], depth + 1)
        self._blocks(block.get("blocks", ()), depth + 1)

    def _blocks(self, blocks: Sequence[dict[str, Any]], depth: int) -> None:
        for block in blocks:
            self.block(block, depth)

    def _row(self, row: list[dict[str, Any]], depth: int) -> None:
        self.blocks += 1
        self.columns = max(self.columns, sum(cell.get("colspan", 1) for cell in row))
        for cell in row:
            self.rich(cell.get("text"), depth)

    def _caption(self, caption: Any, depth: int) -> None:
        """A medium's caption is an object with a credit; a table's is a text."""
        if isinstance(caption, dict) and "type" not in caption:
            self.rich(caption["text"], depth)
            self.rich(caption.get("credit"), depth)
        else:
            self.rich(caption, depth)


def measure(blocks: Sequence[Any]) -> Measure:
    """The counts of a message whose blocks have the right shapes."""
    counted = Measure()
    for block in blocks:
        counted.block(block, 1)
    return counted
