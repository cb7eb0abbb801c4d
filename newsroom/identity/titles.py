"""Titles as words, and when two of them tell of the same."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from domain.text import plain_line

#: Shorter titles ("Weekly update") name many things.
FEWEST_TITLE_WORDS = 5

#: Titles (of other sources) with so many of one's words in the other, and so alike as a whole (of 100), tell of the
#: same; benchmarks/one_story.py measures it for precision, not recall.
WORDS_SHARED = 90.0
ALIKE = 55.0

#: Longer titles are cut before they are compared, so that hostile ones cost nothing.
LONGEST_TITLE = 300

_PREFIX = re.compile(r"^(?:(?:show|launch|tell|ask)\s+hn\s*[:–—-]\s*)+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\s*[\[(](?:pdf|video|audio|\d{4})[\])])+\s*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_DENIALS = frozenset({"not", "no", "never", "without"})


def normal_title(title: str) -> str | None:
    """The title as words in lower case without "Show HN:" and "[pdf]"; None when it is too short to name a story."""
    bare = _SUFFIX.sub("", _PREFIX.sub("", plain_line(title[: 4 * LONGEST_TITLE])))
    words = _WORD.findall(bare.casefold().replace("’", "'")[:LONGEST_TITLE])
    return " ".join(words) if len(words) >= FEWEST_TITLE_WORDS else None


def nearly_equal(title: str, other: str) -> bool:
    """Whether two normal titles tell of the same: the words of one are in the other, with the same figures and denials.

    It asks nothing but the two titles, so that anyone can ask it again.
    """
    if not (_has_words(title) and _has_words(other)) or _telling(title) != _telling(other):
        return False
    if not fuzz.ratio(title, other, score_cutoff=ALIKE):
        return False
    return fuzz.token_set_ratio(title, other, score_cutoff=WORDS_SHARED) > 0


def _has_words(title: str) -> bool:
    """Whether blanks part its words: in Chinese and Japanese "part one" and "part two" differ by a letter."""
    return all(character < "\u0250" or character in "‘’“”–—…" for character in title)


@lru_cache(maxsize=8_000)
def _telling(title: str) -> frozenset[str]:
    """The words in which nearly equal titles of different stories differ: versions, amounts, denials."""
    words = title.split()
    return frozenset(word for word in words if any(map(str.isdigit, word)) or word in _DENIALS)
