"""What readers think of what they read: votes for pages, words, and reactions in the channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

#: A reader's words on a page, characters; longer ones are cut.
LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on something: how many for and against, of how many readers, on how many issues."""

    liked: int
    disliked: int
    readers: int = 0
    issues: int = 0

    @property
    def votes(self) -> int:
        """All of them."""
        return self.liked + self.disliked


@dataclass(frozen=True, slots=True)
class Feedback:
    """What came back on one issue.

    ``pages``: votes by page (a section's name); ``words``: of readers, with the page that they wrote of, newest first;
    ``reactions``: in the channel, by emoji.
    """

    day: date
    pages: Mapping[str, Tally]
    words: Sequence[tuple[str, str]]
    reactions: Mapping[str, int]
