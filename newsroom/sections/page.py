"""What can be said of the subject of a story beyond its news, by what each sentence is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from domain.claims import Claim, Figure
from domain.readings import Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.list_figures import enumerated
from newsroom.insights.insight import slots
from newsroom.phrases.templates import Fragment
from newsroom.record import ListKey, Mornings

#: A row of figures is of a week at most.
LONGEST_ROW = 7


@dataclass(frozen=True, slots=True)
class Page:
    """The sentences on a subject: ``under`` may stand under the headline, the other parts are paragraphs.

    ``limits`` names the kind of thing of which it is said what we cannot say (``unsaid.model`` in the phrase book).
    """

    limits: str
    under: tuple[Claim, ...] = ()
    standing: tuple[Claim, ...] = ()
    background: tuple[Claim, ...] = ()
    who: tuple[Claim, ...] = ()
    elsewhere: tuple[Claim, ...] = ()


def in_a_row(figures: Sequence[Figure | None]) -> Fragment | None:
    """Figures one after the other, as "6, 9, 14"; None for few, or where nothing moved."""
    moved = len({figure.value for figure in figures if figure is not None}) > 1
    return enumerated(figures) if moved else None


def places_in_a_row(desk: Desk, key: ListKey, mornings: Mornings, reading: Reading) -> Iterator[Claim]:
    """Its place on each list without a gap up to today's: "12, 4, 1"."""
    days = mornings.running()[:LONGEST_ROW]
    listed = [listing.by_item[reading.item] for listing in takewhile(lambda each: each.holds(reading.item), days)]
    listed.reverse()
    row = in_a_row([desk.figures.rank(each, rounding.whole) for each in listed])
    if row is not None:
        filled = slots(row=row, since=desk.figures.date(listed[0]), list=desk.list_name(key))
        yield from desk.phrases.maybe("row.places", filled)


def first_form(filled: dict[str, Fragment], forms: Sequence[tuple[str, ...]]) -> str | None:
    """The first form whose slots all have something to say, joined: ``week_stars``."""
    return next(("_".join(form) for form in forms if all(slot in filled for slot in form)), None)
