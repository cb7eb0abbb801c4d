"""Lines of a given width, counted in columns of a terminal: a wide character takes two, a word is never broken."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> str:
    """The text in lines of at most ``width`` columns, led by ``first`` and ``rest``; only a longer word overhangs."""
    return "\n".join(_lines(text.split(" "), width, first, rest))


def _lines(words: list[str], width: int, first: str, rest: str) -> Iterator[str]:
    line, empty = first, True
    for word in filter(None, words):
        if not empty and cell_len(line) + 1 + cell_len(word) > width:
            yield line
            line, empty = rest, True
        line, empty = (line + word if empty else f"{line} {word}"), False
    yield line.rstrip()


def centred(text: str, width: int) -> str:
    """The text in the middle of a line."""
    return " " * max((width - cell_len(text)) // 2, 0) + text
