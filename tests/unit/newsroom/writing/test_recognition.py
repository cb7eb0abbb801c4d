"""A sentence of the data writer is known again by its phrase, and says the same when it is filled anew."""

from __future__ import annotations

import pytest

from domain.claims import Claim, Words
from newsroom.phrases.book import PhraseBook
from newsroom.phrases.templates import Fragment
from newsroom.writing.recognition import Recogniser
from tests.unit.newsroom.writing.test_licence import FILLS, figure

BOOK = """
[climb]
sentence = [
    "{name} [climbed|rose] {places:place|places} on {list} since {since}[, to {rank}|].",
    "{places:place|places} up since {since}: {name}, now at {rank} on {list}.",
    "On {list} {places?stands|stand} {places} between {was} and {rank}.",
]
headline = ["{name} climbs to {rank}"]
[fall]
sentence = ["{name} fell {places:place|places} on {list} since {since}, to {rank}."]
"""

ONE: dict[str, Fragment] = {**FILLS, "places": figure("one", 1, "places")}


def said(book: PhraseBook, key: str, fills: dict[str, Fragment]) -> list[tuple[str, Claim]]:
    """Every way of a key, filled."""
    return [(key, Claim(way.fill(fills))) for way in book.of(key, frozenset(fills))]


@pytest.mark.parametrize("fills", [FILLS, ONE], ids=["eight", "one"])
@pytest.mark.parametrize("key", ["climb.sentence", "fall.sentence"])
def test_every_way_is_known_again_with_its_slots(key: str, fills: dict[str, Fragment]) -> None:
    book = PhraseBook.parse(BOOK)
    recogniser = Recogniser(book)
    for name, claim in said(book, key, fills):
        found = recogniser.recognise(claim)
        assert found is not None, claim.text
        assert found.key == name
        for slot, fragment in found.fills.items():
            assert fragment == fills[slot], slot


def test_a_headline_and_a_sentence_of_another_book_are_not_recognised() -> None:
    book = PhraseBook.parse(BOOK)
    recogniser = Recogniser(book)
    [(_, headline)] = said(book, "climb.headline", FILLS)
    assert recogniser.recognise(headline) is None
    strange = Claim((*FILLS["name"], Words(" was bought by somebody.")))
    assert recogniser.recognise(strange) is None
