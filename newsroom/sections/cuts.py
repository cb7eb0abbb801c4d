"""A question of the deep dive, as today's data answer it: its cuts, each a few sentences that can be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from domain.claims import Claim, Name
from domain.items import ItemKey, Source
from newsroom.desk import Desk
from newsroom.phrases.templates import Fragment

#: The label of the paragraph that closes a deep dive.
WHAT_WE_CANNOT_SAY = "What we cannot say"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence to be said: its key in the phrase book and what fills its slots."""

    key: str
    slots: Mapping[str, Fragment]

    def items(self) -> frozenset[ItemKey]:
        """The items that it names in full."""
        return _names(self.slots, linked=True)


#: The sentences of a cut, in order.
Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to look at the question; without lines it can't be made today."""

    label: str
    lines: Lines

    def without(self, unsaid: Line) -> Cut:
        """The cut without a sentence and without those after it that name something."""
        places = [number for number, each in enumerate(self.lines) if each is unsaid]
        if not places:
            return self
        after = (each for each in self.lines[places[0] + 1 :] if not each.items())
        return Cut(self.label, (*self.lines[: places[0]], *after))


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question that can be asked today.

    ``name`` is its table in the phrase book (``dive_stay``), ``about`` tells instances of it apart (a family, a list).
    ``slots`` fill its headline and its standfirst; ``limits`` are what today's data leave open, beside the fixed
    sentences of the table. ``surprise`` lies between 0 and 1.
    """

    name: str
    about: str
    source: Source
    slots: Mapping[str, Fragment]
    cuts: tuple[Cut, ...]
    limits: Lines = ()
    surprise: float = 0.3

    def lines(self) -> Iterator[Line]:
        """Every sentence of its cuts."""
        return (each for cut in self.cuts for each in cut.lines)

    def items(self) -> frozenset[ItemKey]:
        """The items that its cuts name in full."""
        return frozenset[ItemKey]().union(*(each.items() for each in self.lines()))

    def in_passing(self) -> frozenset[ItemKey]:
        """The items that it names without a link, which another sentence has to give."""
        in_head = _names(self.slots, linked=False)
        return in_head.union(*(_names(each.slots, linked=False) - each.items() for each in self.lines()))

    def without(self, unsaid: Line) -> Inquiry:
        """The question without one of its sentences, nor those of its cut that name what comes after ("Next …")."""
        cuts = (cut.without(unsaid) for cut in self.cuts)
        return replace(self, cuts=tuple(cut for cut in cuts if cut.lines))


def _names(filled: Mapping[str, Fragment], *, linked: bool) -> frozenset[ItemKey]:
    """The items that slots name with a link, or without one."""
    runs = (run for fragment in filled.values() for run in fragment)
    return frozenset(run.item for run in runs if isinstance(run, Name) and (run.url is not None) is linked)


def line(key: str, filled: Mapping[str, Fragment], *needed: str) -> Lines:
    """The sentence of a key, if the slots that it needs have something to say; else nothing."""
    return (Line(key, dict(filled)),) if all(name in filled for name in needed) else ()


def sayable(desk: Desk, inquiry: Inquiry) -> tuple[Cut, ...]:
    """The cuts with the lines that the book can say today, without those that have none."""
    cuts = (
        Cut(cut.label, tuple(each for each in cut.lines if desk.phrases.can_say(each.key, each.slots)))
        for cut in inquiry.cuts
    )
    return tuple(cut for cut in cuts if cut.lines)


def named(claims: Iterable[Claim], *first: ItemKey) -> tuple[ItemKey, ...]:
    """The items that claims name or quote, after those given: what a story is about."""
    found = dict.fromkeys(first)
    for claim in claims:
        found.update(dict.fromkeys(name.item for name in claim.names))
        found.update(dict.fromkeys(quote.item for quote in claim.quotes))
    return tuple(found)
