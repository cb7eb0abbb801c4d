from __future__ import annotations

import re
from functools import cache

import pytest

from newsroom.checking.wording import standard_wording
from newsroom.insights.insight import Kind
from newsroom.phrases.book import Key, standard_book
from newsroom.phrases.templates import Slot, Template
from newsroom.phrases.views import standard_views

#: Told on most mornings: phrasings enough for a week, in each form.
DAILY = (
    "ai_share",
    "argument",
    "climb",
    "climb_most",
    "fall",
    "fall_most",
    "first_place",
    "gain",
    "gain_most",
    "growth",
    "new_count",
    "new_entry",
    "posts",
    "talk",
    "talk_most",
    "today",
    "today_most",
    "upvotes",
)
DAILY_FORMS = ("sentence", "number")
ENOUGH_DAILY = 8
ENOUGH = 4

#: No sentences: parts that are set into one.
PARTS = frozenset({"tools.made", "tools.made_licensed", "tools.held"})

#: Forms that stand as titles, and bullets that may be a line.
TITLES = ("headline",)


@cache
def ways() -> tuple[tuple[Key, Template], ...]:
    """Every way of the book, with its key."""
    return tuple((key, way) for key, found in standard_book().ways.items() for way in found)


def words_of(way: Template) -> list[str]:
    parts = (part if isinstance(part, str) else f" {part.one or ''} {part.many or ''} " for part in way.parts)
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", re.sub(r"(?<!\S)/[a-z]+", " ", "".join(parts)))


def test_every_word_of_the_book_is_a_word_of_the_house() -> None:
    wording = standard_wording()
    strange = set()
    for key, way in ways():
        for word in words_of(way):
            bare = word.replace("’", "'").removesuffix("'s").removesuffix("'")
            known = {bare.lower(), *bare.lower().split("-")} & wording.vocabulary or bare in wording.capitals
            if not known:
                strange.add((bare, key))
    assert not strange


def test_no_way_of_the_book_is_hype_or_a_forecast() -> None:
    wording = standard_wording()
    for key, way in ways():
        row = [word.lower() for word in words_of(way)]
        assert not wording.hype.found(row), f"{key}: {way.text!r}"
        assert not wording.forecast.found(row), f"{key}: {way.text!r}"


def test_no_way_of_the_book_holds_a_digit() -> None:
    assert not [way.text for _, way in ways() if any(character.isdigit() for character in way.text)]


def test_a_sentence_of_the_book_ends_and_a_headline_does_not() -> None:
    for key, way in ways():
        if key in PARTS:
            continue
        title = key.endswith(TITLES)
        assert way.text.endswith((".", "?", "!")) is not title or way.text.endswith("?"), f"{key}: {way.text!r}"


def test_no_way_of_the_book_has_a_gap_or_a_word_twice() -> None:
    for key, way in ways():
        text = way.text
        assert not re.search(r" {2}| [,.;:]", text), f"{key}: {text!r}"
        assert not re.search(r"\b(\w+) \1\b", "".join(part if isinstance(part, str) else "#" for part in way.parts)), (
            text
        )


@pytest.mark.parametrize("kind", DAILY)
def test_what_is_told_daily_has_eight_phrasings_in_each_form(kind: str) -> None:
    for form in DAILY_FORMS:
        assert len(standard_book().phrases[f"{kind}.{form}"]) >= ENOUGH_DAILY, f"{kind}.{form}"


def test_everything_can_be_said_in_four_phrasings() -> None:
    few = {key: len(lines) for key, lines in standard_book().phrases.items() if len(lines) < ENOUGH}
    assert {key: count for key, count in few.items() if key not in PARTS} == {}


def test_the_phrasings_of_a_daily_kind_begin_differently() -> None:
    """The order of information differs: not all of them begin with the subject."""
    for kind in DAILY:
        lines = standard_book().phrases[f"{kind}.sentence"]
        first = [way.parts[0] for line in lines for way in line.ways()[:1]]
        openings = {part.name if isinstance(part, Slot) else part.split(maxsplit=1)[0] for part in first}
        assert len(openings) >= 4, kind


def test_a_number_begins_with_its_figure() -> None:
    for key, way in ways():
        if key.endswith(".number"):
            assert isinstance(way.parts[0], Slot), f"{key}: {way.text!r}"


def test_every_view_has_fifty_to_seventy_five_words_without_a_digit() -> None:
    views = standard_views()
    assert len(views) >= 48
    assert len({each.name for each in views}) == len(views)
    for each in views:
        words = " ".join(each.text).split()
        assert 50 <= len(words) <= 75, each.name
        assert not any(character.isdigit() for character in " ".join(words)), each.name
        assert each.kinds


def test_a_view_stands_beside_kinds_that_exist_and_has_a_title_and_a_text_of_its_own() -> None:
    views = standard_views()
    kinds = sorted(Kind, key=len, reverse=True)
    for each in views:
        for kind in each.kinds:
            bare = kind.partition("@")[0]
            assert any(bare == known or bare.startswith(f"{known}_") for known in kinds), f"{each.name}: {kind}"
    assert len({each.title for each in views}) == len(views)
    sentences = [sentence for each in views for sentence in each.text]
    assert len(set(sentences)) == len(sentences)
