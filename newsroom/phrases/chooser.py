"""Which way to say a thing today: the one that the last issues and this one have used least, by a fixed rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from zlib import crc32

from domain.claims import Claim, Role, Words
from domain.evidence import EvidenceId
from domain.issue import Issue
from newsroom.phrases.book import Key, PhraseBook
from newsroom.phrases.templates import Fragment, Template

#: How many earlier issues are looked at, newest first.
MEMORY = 7

#: A way used in this issue weighs more than one used in all the issues before.
_AGAIN = 40
_SAME_OPENING = 3


class Chooser:
    """Says things for one issue: deterministic for the same day, book and past."""

    def __init__(self, book: PhraseBook, day: date, past: Sequence[Issue]) -> None:
        self._book = book
        self._day = day
        self._past = tuple(_own_words(issue) for issue in past[:MEMORY])
        self._used: Counter[str] = Counter()
        self._last_opening = ""
        self._worn: dict[str, int] = {}

    def say(
        self,
        key: Key,
        slots: Mapping[str, Fragment] | None = None,
        also: Sequence[EvidenceId] = (),
        role: Role = Role.CLAIM,
    ) -> Claim:
        """One sentence of that key. Raises PhraseError when the book has no way for these slots."""
        fragments = slots or {}
        ways = self._book.of(key, frozenset(fragments))
        best = min(range(len(ways)), key=lambda index: (self._weight(ways[index]), self._turn(key, index)))
        way = ways[best]
        self._used[way.text] += 1
        self._last_opening = way.opening
        return Claim(way.fill(fragments), role, tuple(dict.fromkeys(also)))

    def checkpoint(self) -> tuple[Mapping[str, int], str]:
        """What has been said up to here; ``restore`` takes back what is said after it."""
        return dict(self._used), self._last_opening

    def restore(self, checkpoint: tuple[Mapping[str, int], str]) -> None:
        """Forget what was said since the checkpoint: a draft that is not printed wears no phrase out."""
        self._used, self._last_opening = Counter(checkpoint[0]), checkpoint[1]

    def can_say(self, key: Key, slots: Mapping[str, Fragment]) -> bool:
        """Whether the book has a way to say it with these slots."""
        return self._book.can_say(key, frozenset(slots))

    def maybe(self, key: Key, slots: Mapping[str, Fragment], also: Sequence[EvidenceId] = ()) -> tuple[Claim, ...]:
        """The sentence of that key, or none where a source left out what every way of it needs."""
        return (self.say(key, slots, also),) if self.can_say(key, slots) else ()

    def house(self, key: Key) -> Claim:
        """A fixed sentence about the paper's own doing."""
        return self.say(key, role=Role.HOUSE)

    def _weight(self, way: Template) -> int:
        again = _AGAIN * self._used[way.text]
        return again + self._worn_by_past(way) + (_SAME_OPENING if way.opening == self._last_opening else 0)

    def _worn_by_past(self, way: Template) -> int:
        """Uses in the last issues, yesterday's weighing most."""
        if way.text not in self._worn:
            uses = (len(self._past) - age for age, words in enumerate(self._past) if way.core in words)
            self._worn[way.text] = 2 * sum(uses)
        return self._worn[way.text]

    def _turn(self, key: Key, index: int) -> int:
        """An order of the ways that differs from day to day and is the same for a day."""
        return crc32(f"{self._day.isoformat()} {key} {index}".encode())


def _own_words(issue: Issue) -> str:
    """The words of ours in an issue, sentence by sentence."""
    return "\n".join(
        "".join(run.text if isinstance(run, Words) else "\0" for run in claim.runs) for claim in issue.claims()
    )
