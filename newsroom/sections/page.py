"""What can be said of the subject of a story beyond its news, by what each sentence is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from domain.claims import Claim, Figure, Words
from domain.issue import SectionName
from domain.readings import Reading
from newsroom import rounding
from newsroom.desk import Desk
from newsroom.insights.insight import slots
from newsroom.list_figures import enumerated
from newsroom.phrases.templates import Fragment
from newsroom.record import ListKey, Mornings

#: A row of figures is of a week at most.
LONGEST_ROW = 7

#: So many figures one after the other make a row.
FEWEST_OF_A_ROW = 3


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
    if printed_a_row(desk):
        return
    days = mornings.running()[:LONGEST_ROW]
    listed = [listing.by_item[reading.item] for listing in takewhile(lambda each: each.holds(reading.item), days)]
    listed.reverse()
    row = in_a_row([desk.figures.rank(each, rounding.whole) for each in listed])
    if row is not None:
        filled = slots(row=row, since=desk.figures.date(listed[0]), list=desk.list_name(key))
        yield from desk.phrases.maybe("row.places", filled)


def printed_a_row(desk: Desk) -> bool:
    """Whether the lead or the deep dive of yesterday's issue printed a row: one sounds like any other."""
    sections = (
        issue.section(name) for issue in desk.memory.within(1) for name in (SectionName.LEAD, SectionName.DEEPDIVE)
    )
    return any(is_row(claim) for section in sections if section is not None for claim in section.claims())


def is_row(claim: Claim) -> bool:
    """Whether at least three figures of it follow one another with nothing but commas between them."""
    links = [isinstance(run, Figure) or (isinstance(run, Words) and run.text.strip() == ",") for run in claim.runs]
    longest = max((len(list(group)) for linked, group in groupby(links) if linked), default=0)
    return longest >= 2 * FEWEST_OF_A_ROW - 1


def first_form(filled: dict[str, Fragment], forms: Sequence[tuple[str, ...]]) -> str | None:
    """The first form whose slots all have something to say, joined: ``week_stars``."""
    return next(("_".join(form) for form in forms if all(slot in filled for slot in form)), None)
