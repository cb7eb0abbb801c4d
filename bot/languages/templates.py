"""Texts with places: ``{name}`` is filled in, escaped, and kept from mixing its direction with the text's.

A Latin name in an Arabic line, or an Arabic name in a Latin one, stands in a Unicode isolate (UAX #9: FSI … PDI):
without one, a slash or a bracket at its end is drawn at the wrong end. Inside a tag and inside code there is none: what
stands there is copied or followed as it is. An Arabic line whose own first letter is none of its script begins with a
mark, for apps take the direction of a line from its first letter outside isolates. Telegram keeps isolates and marks,
and drops embeddings (U+202A to U+202E).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Final

ISOLATE: Final = "\u2068"  # FIRST STRONG ISOLATE
END: Final = "\u2069"  # POP DIRECTIONAL ISOLATE
MARK: Final = "\u200f"  # RIGHT-TO-LEFT MARK

#: Characters that turn the direction of what follows: embeddings and overrides, and isolates.
_EMBEDDING = re.compile("[\u202a-\u202e]")
_OPENING: Final = "\u2066\u2067\u2068"
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

_FROM_THE_RIGHT: Final = frozenset({"R", "AL"})

#: Tags, and code with all that is in it.
_VERBATIM = re.compile(r"(<code>.*?</code>|<pre>.*?</pre>|<[^>]*>)", re.DOTALL)
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_COMMAND = re.compile(r"(?<![\w/])/[a-z][a-z0-9_]*")

#: A command with what is typed after it.
_TYPED = re.compile(_COMMAND.pattern + r"(?: [A-Za-z0-9](?:[A-Za-z0-9/_.:-]*[A-Za-z0-9])?)*")


class Html(str):
    """Text in Telegram's HTML: filled in as it stands."""

    __slots__ = ()


def places(text: str) -> frozenset[str]:
    """The names of a text's places."""
    return frozenset(_PLACE.findall(text))


def commands(text: str) -> frozenset[str]:
    """The commands that a text names, with their slash."""
    return frozenset(_COMMAND.findall(_VERBATIM.sub(_code_alone, text)))


def tags(text: str) -> list[str]:
    """The tags of a text, in alphabetical order."""
    return sorted(re.findall(r"<[^>]*>", text))


def fill(text: str, values: Mapping[str, object], *, escaped: bool, rtl: bool) -> str:
    """Fill the places of a text. Raises KeyError when one is left."""
    return "".join(
        _PLACE.sub(lambda place: _written(values[place[1]], escaped), piece)
        if verbatim
        else _PLACE.sub(lambda place: _isolated(_written(values[place[1]], escaped), rtl), piece)
        for piece, verbatim in _pieces(text, rtl)
    )


@lru_cache(maxsize=4096)
def _pieces(text: str, rtl: bool) -> tuple[tuple[str, bool], ...]:
    """A text cut into what is verbatim and what is not; in Arabic with commands and code in isolates."""
    pieces = [(piece, bool(number % 2)) for number, piece in enumerate(_VERBATIM.split(text)) if piece]
    if not rtl:
        return tuple(pieces)
    mark = [] if _begins_from_the_right(text) else [(MARK, True)]
    return (*mark, *((_set_apart(piece, verbatim), verbatim) for piece, verbatim in pieces))


def _set_apart(piece: str, verbatim: bool) -> str:
    if verbatim:
        return piece if piece.count("<") == 1 else f"{ISOLATE}{piece}{END}"
    return _TYPED.sub(rf"{ISOLATE}\g<0>{END}", piece)


def _begins_from_the_right(text: str) -> bool:
    """Whether the first letter of a text is from the right, its tags, code, commands and places left aside."""
    own = _PLACE.sub("", _TYPED.sub("", _VERBATIM.sub("", text)))
    strong = (unicodedata.bidirectional(letter) for letter in own)
    return next((direction != "L" for direction in strong if direction in {"L", *_FROM_THE_RIGHT}), False)


def _written(value: object, escaped: bool) -> str:
    tame = _tamed(str(value))
    return escape(tame) if escaped and not isinstance(value, Html) else tame


def _tamed(value: str) -> str:
    """A value that can't turn what stands around it: without embeddings, and without a stray end of an isolate."""
    if not _TURNING.search(value):
        return value
    value = _EMBEDDING.sub("", value)
    depth = 0
    for letter in value:
        depth += (letter in _OPENING) - (letter == END)
        if depth < 0:
            break
    return value if depth == 0 else _TURNING.sub("", value)


def _isolated(value: str, rtl: bool) -> str:
    """A value in an isolate, where its direction may differ from the text's."""
    if not value or not (rtl or any(unicodedata.bidirectional(letter) in _FROM_THE_RIGHT for letter in value)):
        return value
    return f"{ISOLATE}{value}{END}"


def _code_alone(verbatim: re.Match[str]) -> str:
    """What a verbatim piece shows: code shows itself, a tag nothing."""
    return re.sub(r"<[^>]*>", "", verbatim[0])
