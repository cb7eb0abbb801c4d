"""What Telegram would link by itself: file names, bare domains, @names, #tags, $TICKERS, /commands, card numbers.

Wider than Telegram's own rules on purpose (it knows every top-level domain, we do not): what is found here is set as
code, where nothing is linked, so a find too many costs a typeface and a find too few a false link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"\S+")
_RISKY = re.compile(
    r"""
      \.\w*[^\W\d_]{2}          # a domain or a file name: x.ai, README.md
    | \d\.\d+\.\d+\.\d          # an address in numbers
    | :// | ^\W*mailto:
    | @\w | \#[\w·\u200c\u0d80-\u0dff] | \$[A-Z1]
    | (?<![A-Za-z0-9_])/\w      # a command
    | [A-Za-z0-9_-]{48}         # a wallet
    """,
    re.VERBOSE,
)
_COMMAND = re.compile(r"\W*/[a-z]{1,32}\W*", re.ASCII)
_CARD = re.compile(r"\d[\d -]{11,}\d")
#: Punctuation around a token that needs no protection and looks better outside of it.
_AROUND = "“”‘’\"'()[]{}<>,;:!?…."


def risky_spans(text: str, commands: bool = False) -> Iterator[tuple[int, int]]:
    """Where Telegram might link by itself, as (start, end) in code points; ``commands``: a bare /command is meant."""
    for card in _CARD.finditer(text):
        yield card.span()
    for token in _TOKEN.finditer(text):
        word = token[0]
        if not _RISKY.search(word) or (commands and _COMMAND.fullmatch(word)):
            continue
        start = token.start() + len(word) - len(word.lstrip(_AROUND))
        end = token.end() - (len(word) - len(word.rstrip(_AROUND)))
        yield start, end
