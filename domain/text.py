"""Plain text: what may stand in a line that a reader sees, and how long Telegram counts it."""

from __future__ import annotations

import re
import unicodedata

#: Characters that reorder, hide or join what a reader sees: bidi controls, zero-width marks, soft hyphen, tags.
_INVISIBLE = frozenset(
    [
        *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE1000),
    ]
)

_BLANKS = re.compile(r"\s+")


def plain_line(text: str, limit: int | None = None) -> str:
    """One line of harmless text: no control, bidi or invisible character, single blanks, NFC.

    With ``limit`` (characters) a longer text ends at the last word boundary before it, with an ellipsis.
    """
    line = plain_run(text).strip(" ")
    if limit is None or len(line) <= limit:
        return line
    return _shortened(line, limit)


def plain_run(text: str) -> str:
    """As ``plain_line``, but keeps a blank at either end, which a part of a sentence needs."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", "".join(_visible(character) for character in text))
    return _BLANKS.sub(" ", text)


def _visible(character: str) -> str:
    if ord(character) in _INVISIBLE:
        return ""
    category = unicodedata.category(character)
    if category in {"Cs", "Co", "Cn"}:
        return ""
    return " " if category in {"Cc", "Zl", "Zp", "Zs"} else character


def _shortened(line: str, limit: int) -> str:
    head = line[: max(limit - 1, 0)]
    at_word, blank, _ = head.rpartition(" ")
    return (at_word if blank else head).rstrip(" ,;:.–—-") + "…"


#: A word as it is compared: letters, or a number with its points, or one sign of a script that sets no blanks; and the
#: marks behind a letter that make another name of it ("c++"). So "Qwen3.8", "qwen 3.8" and "qwen-3.8" are the same.
_COMPARED = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|[^\W\d_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+(?:\+\+|\#)?"
    r"|\d+(?:\.\d+)*"
)


def spelled(text: str) -> str:
    """The words of a text as they are compared: small letters, one blank between two words, nothing else.

    One text says another if its words stand in it side by side: ``f" {one} " in f" {other} "``.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(_COMPARED.findall(folded))


def utf16_length(text: str) -> int:
    """The length as Telegram counts it: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
