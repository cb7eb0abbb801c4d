"""A small table, by which a reader sees whether his Telegram shows the rich layout."""

from __future__ import annotations

import json
from collections.abc import Sequence

from domain.editions import Keyboard, Message, Style
from formatters.rich import blocks


def rich_sample(title: str, rows: Sequence[tuple[str, str]], question: str, keyboard: Keyboard) -> Message:
    """A heading, a table of two columns whose first row is its head, and a question under it; all plain text."""
    head, *others = rows
    cells = [[blocks.cell(text, "left", header=True) for text in head]]
    cells += [[blocks.cell(name, "left"), blocks.cell(figure, "right")] for name, figure in others]
    content = [blocks.heading(title, 3), blocks.table(cells, ""), blocks.paragraph(question)]
    return Message(Style.RICH, json.dumps(content, ensure_ascii=False, separators=(",", ":")), keyboard)
