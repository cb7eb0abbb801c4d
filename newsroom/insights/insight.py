"""One thing that could be told: its kind, its subject, what fills its phrases, and how much of a surprise it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.claims import Claim, Run, Words
from domain.evidence import EvidenceId
from domain.items import ItemKey, Source
from newsroom.phrases.templates import Fragment
from newsroom.record import ListKey


class Kind(StrEnum):
    """What sort of thing is told; the value is the table of the phrase book that says it."""

    FIRST_PLACE = "first_place"  # took No. 1
    HELD_FIRST = "held_first"  # has held No. 1 list after list
    NEW = "new_entry"  # on the list, and on none that we hold
    BACK = "back"  # on the list again
    NEW_COUNT = "new_count"  # how many are new
    CLIMB = "climb"
    FALL = "fall"
    STAY = "stay"  # longest on the list
    GAIN = "gain"  # of a total, by our two readings
    GROWTH = "growth"  # in per cent
    MARK = "mark"  # a round number passed
    TODAY = "today"  # a site's own count of its day
    FAMILY = "family"  # one name in many ids
    PUBLISHER = "publisher"  # one owner of many
    ORDER = "order"  # place and downloads agree or not
    ARGUMENT = "argument"  # more comments than points
    TALK = "talk"  # most points
    UPVOTES = "upvotes"
    ECHO = "echo"  # one subject, several sites
    AI_SHARE = "ai_share"  # how much of a list is about AI
    LANGUAGE = "language"
    POSTS = "posts"  # what the labs published
    PAPERS = "papers"  # how many papers
    SIZE = "size"  # the largest total of a list
    LICENCE = "licence"  # how many projects name one
    COHORT = "cohort"  # a gain, as a multiple of the list's median gain
    OWN = "own_history"  # the most, the least, the best place in an item's own readings
    RECORD = "record"  # more than any of the lists that we hold shows
    SHARE = "share"  # how many names hold one of a few words
    SERIES = "series"  # the same, day by day
    CONCENTRATION = "concentration"  # what falls to the largest
    NAMED_SIZE = "named_size"  # the largest model by its name
    TASK = "task"
    KIT = "kit"  # what Spaces are built with
    FRESH = "fresh_likes"  # the score, divided by the likes gained
    STEADY = "steady"  # the account on most lists
    STAYED = "stayed"  # how many of a list of some days ago are left
    CO_MOVEMENT = "co_movement"  # one model named on several sites
    THEME = "theme"  # a word that many items of several sites have today
    QUIET = "quiet"  # nothing new among the first of a list


#: Kinds that tell the same of a subject in other words: a story tells one of each group.
SAME_TALE = (
    frozenset({Kind.FIRST_PLACE, Kind.HELD_FIRST, Kind.CLIMB, Kind.FALL, Kind.NEW, Kind.BACK}),
    frozenset({Kind.TALK, Kind.ARGUMENT, Kind.ECHO}),
    frozenset({Kind.GAIN, Kind.GROWTH, Kind.MARK, Kind.COHORT}),
)

#: Kinds that tell of something that happened; the others tell how things stand.
EVENTS = frozenset(
    {
        Kind.FIRST_PLACE,
        Kind.NEW,
        Kind.BACK,
        Kind.CLIMB,
        Kind.FALL,
        Kind.GAIN,
        Kind.GROWTH,
        Kind.MARK,
        Kind.COHORT,
        Kind.OWN,
        Kind.RECORD,
        Kind.TODAY,
        Kind.TALK,
        Kind.ARGUMENT,
    }
)


@dataclass(frozen=True, slots=True)
class Insight:
    """A fact with what is needed to print it.

    ``items`` are what it is about, its subject first (none for a fact about a list). ``theme`` is a word that joins
    items (a family's name); ``facet`` tells facts of one kind and subject apart (likes over a day, over a week).
    ``origin`` is the list that it was read from; ``variant`` chooses the phrases; ``surprise`` and ``magnitude`` lie
    between 0 and 1.
    """

    kind: Kind
    origin: ListKey
    items: tuple[ItemKey, ...] = ()
    slots: Mapping[str, Fragment] = field(default_factory=dict)
    also: tuple[EvidenceId, ...] = ()
    theme: str = ""
    facet: str = ""
    surprise: float = 0.33
    magnitude: float = 0.3
    variant: str = ""

    @property
    def source(self) -> Source:
        """The site that it was read from."""
        return self.origin.source

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """Everything that its slots cite: a headline that prints few of them rests on all."""
        runs = [run for fragment in self.slots.values() for run in fragment if not isinstance(run, Words)]
        return Claim(tuple(runs), also=self.also).evidence if runs else self.also

    @property
    def printed(self) -> tuple[str, ...]:
        """What its slots print that is not our own words: figures, names, quotations."""
        return tuple(run.text for fragment in self.slots.values() for run in fragment if not isinstance(run, Words))

    @property
    def subject(self) -> ItemKey | None:
        """What it is about, first of all."""
        return self.items[0] if self.items else None

    @property
    def key(self) -> str:
        """By which the last issues are asked whether they told it."""
        return f"{self.kind}:{self.facet}:{self.about}"

    @property
    def about(self) -> str:
        """What it is about, in one word: its theme, else its subject, else its source."""
        return self.theme or str(self.subject or self.source)

    def phrase(self, form: str) -> str:
        """The key of the phrase book for a form: ``climb.number``, ``climb_most.number``."""
        return f"{self.kind}_{self.variant}.{form}" if self.variant else f"{self.kind}.{form}"


def slots(**found: Run | Fragment | str | None) -> dict[str, Fragment]:
    """The slots that have something to say: runs as they are, texts as words of ours, None left out."""
    filled: dict[str, Fragment] = {}
    for name, value in found.items():
        if isinstance(value, str):
            filled[name] = (Words(value),)
        elif isinstance(value, tuple):
            filled[name] = value
        elif value is not None:
            filled[name] = (value,)
    return filled
