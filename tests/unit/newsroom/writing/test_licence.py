"""The licence of a fact, on phrases of our own: what may be said, what may not, and why."""

from __future__ import annotations

import re

import pytest

from domain.claims import Figure, Name, Words
from domain.evidence import EvidenceId, Expression
from domain.items import ItemKey
from newsroom.phrases.alternations import Phrase
from newsroom.phrases.templates import Fragment
from newsroom.writing.licence import Licence, licence_of
from newsroom.writing.style import standard_style
from newsroom.writing.tokens import tokens

STYLE = standard_style()
ITEM = ItemKey.parse("huggingface:model:owner/heron")
PHRASES = (
    "{name} [climbed|rose] {places:place|places} on {list} since {since}, to {rank}.",
    "Since {since}, {name} went from {was} to {rank} on {list}.",
    "It climbed {places:place|places}, and stands at {rank} on {list} now.",
    "{name} stands at {rank} on {list}, up from {was} on {since}.",
)


def figure(text: str, value: float, unit: str) -> Fragment:
    return (Figure(text, value, unit, Expression("a"), {"a": EvidenceId("r1-rank")}),)


FILLS: dict[str, Fragment] = {
    "name": (Name("owner/heron", ITEM, EvidenceId("q1"), "https://example.org"),),
    "places": figure("eight", 8, "places"),
    "rank": figure("No. 3", 3, "rank"),
    "was": figure("No. 11", 11, "rank"),
    "since": figure("3 June", 20260603, "date"),
    "list": (Words("GitHub's daily page"),),
}
SLOTS = {name: "a.name" if name == "name" else f"f1.{name}" for name in FILLS}


def licence() -> Licence:
    return licence_of([Phrase.parse(text) for text in PHRASES], SLOTS, FILLS, "a.short", STYLE)


def fault(text: str) -> str:
    found = tokens(text)[:-1]
    elements = tuple(f"{{{each.text}}}" if each.slot else each.text for each in found)
    return licence().fault(elements, STYLE)


@pytest.mark.parametrize(
    "text",
    [
        "{a.short} climbed {f1.places} places on {f1.list} since {f1.since}, to {f1.rank}.",
        "Also {a.short} advanced {f1.places} places on {f1.list} since {f1.since}, to {f1.rank}.",
        "Since {f1.since}, {a.short} rose {f1.places} places, and stands at {f1.rank} on {f1.list} now.",
        "{a.short} is at {f1.rank} on {f1.list}, up from {f1.was} on {f1.since}.",
    ],
)
def test_the_pieces_of_the_book_may_be_put_together_anew(text: str) -> None:
    assert fault(text) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{a.short} climbed {f1.rank} places on {f1.list} since {f1.since}, to {f1.places}.", "may not stand"),
        ("{a.short} went from {f1.rank} to {f1.was} on {f1.list}.", "may not stand"),
        ("{a.short} stands at {f1.was} on {f1.list}, up from {f1.rank} on {f1.since}.", "may not stand"),
        ("{a.short} never climbed {f1.places} places on {f1.list} since {f1.since}, to {f1.rank}.", "may not stand"),
        ("{a.short} climbed nearly {f1.places} places on {f1.list} since {f1.since}, to {f1.rank}.", "may not stand"),
        ("{a.short} climbed {f1.places} places on {f1.list} before {f1.since}, to {f1.rank}.", "may not stand"),
        ("{a.short} climbed {f1.places} places on {f1.list} since {f1.since}, to {f1.rank} of all.", "may not stand"),
        ("{b.short} climbed {f1.places} places on {f1.list} since {f1.since}, to {f1.rank}.", "may not stand"),
        ("{a.short} climbed {f1.places} place on {f1.list} since {f1.since}, to {f1.rank}.", "may not stand"),
        ("{a.short} climbed {f1.places} places on {f1.list} since {f1.since}.", "may not stand|leaves out"),
        ("Since {f1.since}, {a.short} stands at {f1.rank} on {f1.list}.", "leaves out"),
    ],
)
def test_what_the_book_does_not_say_so_is_refused(text: str, why: str) -> None:

    assert re.search(why, fault(text)), fault(text)


def test_a_slot_may_be_printed_once_only() -> None:
    text = "{a.short} climbed {f1.places} places on {f1.list} since {f1.since}, to {f1.rank} on {f1.list}."
    assert "twice" in fault(text)


def test_the_ways_that_are_shown_hold_slots_and_no_word_of_a_source() -> None:
    for way in licence().ways:
        assert "heron" not in way
        assert "{a.short}" in way
