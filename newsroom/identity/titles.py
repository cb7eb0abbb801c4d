"""Titles as words, and when two of them tell of the same."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from domain.text import plain_line

#: Shorter titles ("Weekly update") name many things.
FEWEST_TITLE_WORDS = 5

#: Titles (of other sources) so alike, with the same figures, tell of the same; measured for precision, not recall.
NEARLY_EQUAL = 96.0

#: Longer titles are cut before they are compared, so that hostile ones cost nothing.
LONGEST_TITLE = 300

_PREFIX = re.compile(r"^(?:(?:show|launch|tell|ask) hn\s*[:–—-]\s*)+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\s*[\[(](?:pdf|video|audio|\d{4})[\])])+\s*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_DENIALS = frozenset({"not", "no", "never", "without"})


def normal_title(title: str) -> str | None:
    """The title as words in lower case without "Show HN:" and "[pdf]"; None when it is too short to name a story."""
    bare = _SUFFIX.sub("", _PREFIX.sub("", plain_line(title[: 4 * LONGEST_TITLE])))
    words = _WORD.findall(bare.casefold().replace("’", "'")[:LONGEST_TITLE])
    return " ".join(words) if len(words) >= FEWEST_TITLE_WORDS else None


def nearly_equal(title: str, other: str) -> bool:
    """Whether two normal titles tell of the same: alike letter by letter, with the same figures and denials."""
    if abs(len(title) - len(other)) > 6 or _telling(title) != _telling(other):
        return False
    return fuzz.ratio(title, other, score_cutoff=NEARLY_EQUAL) > 0


def _telling(title: str) -> frozenset[str]:
    """The words in which nearly equal titles of different stories differ: versions, amounts, denials."""
    words = title.split()
    return frozenset(word for word in words if any(map(str.isdigit, word)) or word in _DENIALS)
