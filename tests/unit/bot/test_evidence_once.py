"""A reader is told each piece of evidence once: what a line says of a reading needs no line of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.texts.evidence import once
from domain.evidence import QuoteEvidence, ReadingEvidence
from domain.items import ItemKey, Kind, Source

MORNING = datetime(2026, 7, 4, 5, 30, tzinfo=UTC)
LOOM = ItemKey(Source.GITHUB, Kind.REPOSITORY, "anna/loom")
URL = "https://github.com/anna/loom"

STARS = ReadingEvidence(17, Source.GITHUB, "trending/daily", LOOM, "stars", 140, 3, MORNING, URL)
PLACE = replace(STARS, metric="rank", value=3)
NAME = QuoteEvidence(1, Source.GITHUB, LOOM, "external_id", 0, "anna/loom", MORNING, URL)


def test_the_place_of_a_reading_and_the_name_of_its_item_stand_in_the_line_of_its_figure() -> None:
    assert once([STARS, PLACE, NAME]) == [STARS]


def test_the_place_in_another_reading_is_told() -> None:
    earlier = replace(PLACE, reading_id=9, value=5)
    assert once([STARS, earlier]) == [STARS, earlier]


def test_where_no_figure_is_cited_place_and_name_are_told() -> None:
    assert once([PLACE, NAME]) == [PLACE, NAME]


def test_other_words_of_the_same_item_are_told() -> None:
    tagline = replace(NAME, field="summary", text="Weaves by hand")
    assert once([STARS, tagline]) == [STARS, tagline]
