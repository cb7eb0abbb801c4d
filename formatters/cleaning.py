"""The characters that may be printed: what ``domain.text`` lets through, less what Telegram deletes from every text."""

from __future__ import annotations

from functools import lru_cache

from domain.text import plain_line, plain_run

#: Combining lines and the lone ring (TDLib, ``clean_input_string``). What NFC could join to a letter is joined before.
_DELETED = dict.fromkeys((0x030A, 0x0333, 0x033F))


@lru_cache(maxsize=4096)  # every edition and every page of it cleans the same few hundred runs of an issue
def printed_run(text: str) -> str:
    """A part of a sentence as it is printed; a blank at either end stays."""
    return plain_run(text).translate(_DELETED)


def printed_line(text: str) -> str:
    """A line as it is printed."""
    return plain_line(text).translate(_DELETED).strip()
