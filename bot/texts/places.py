"""The parts of the world and the cities by which a reader finds his time zone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from bot.languages.cities import city
from bot.languages.words import Marked, Words, mark

#: By the first part of the names of zones; a test holds the table to the atlas.
CONTINENTS: Final[Mapping[str, Marked]] = {
    "Africa": mark("Africa"),
    "America": mark("America"),
    "Antarctica": mark("Antarctica"),
    "Arctic": mark("Arctic"),
    "Asia": mark("Asia"),
    "Atlantic": mark("Atlantic Ocean"),
    "Australia": mark("Australia"),
    "Europe": mark("Europe"),
    "Indian": mark("Indian Ocean"),
    "Pacific": mark("Pacific Ocean"),
}


#: The accents of Latin letters, once they stand apart from them.
_ACCENTS: Final = re.compile("[\u0300-\u036f]")


def continent(words: Words, name: str) -> str:
    """A part of the world, as a button says it; the name of a zone's first part where there is no other."""
    return words.plain_of(CONTINENTS[name]) if name in CONTINENTS else name


def clock(words: Words, zone: str) -> str:
    """The zone of a reader, by its city: ``Buenos Aires``; ``UTC`` for one that is no place's."""
    return city(zone, words.language)


def in_order(words: Words, zones: Iterable[str]) -> list[str]:
    """Zones by the names of their cities, in alphabetical order; letters with and without marks stand together."""
    return sorted(zones, key=lambda zone: _ACCENTS.sub("", unicodedata.normalize("NFD", city(zone, words.language))))
