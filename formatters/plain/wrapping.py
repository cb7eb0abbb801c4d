"""Lines of a given width, counted in columns of a terminal: a wide character takes two, a word is never broken."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> str:
    """The text in lines of at most ``width`` columns, led by ``first`` and ``rest``; only a longer word overhangs."""
    return "\n".join(_lines(text.split(" "), width, first, rest))


def _lines(words: list[str], width: int, first: str, rest: str) -> Iterator[str]:
    line, empty = first, True
    for word in filter(None, words):
        if not empty and columns(line) + 1 + columns(word) > width:
            yield line
            line, empty = rest, True
        line, empty = (line + word if empty else f"{line} {word}"), False
    yield line.rstrip()


def centred(text: str, width: int) -> str:
    """The text in the middle of a line."""
    return " " * max((width - columns(text)) // 2, 0) + text
