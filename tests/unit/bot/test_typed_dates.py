from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.conventions import conventions_of
from bot.languages.lookup import LANGUAGES, words_of
from bot.subscribers.typed_dates import typed_date, typed_past_date, within

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text", ["", "soon", "32.1.2027", "2027-13-01", "1 2 3 May", "May", "5", "29.2.2027", "²", "0.0"]
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert typed_date(text, TODAY, conventions_of("en")) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("24/12", date(2026, 12, 24)),
        ("1.3.", date(2027, 3, 1)),
        ("24 December", date(2026, 12, 24)),
        ("Dec 24, 2026", date(2026, 12, 24)),
        ("29 February", date(2028, 2, 29)),
        ("12月24日", date(2026, 12, 24)),
        ("2026年12月24日", date(2026, 12, 24)),
    ],
)
def test_a_day_is_read_as_people_type_it(text: str, day: date) -> None:
    assert typed_date(text, TODAY, conventions_of("en")) == day


@given(st.sampled_from(LANGUAGES), st.dates(TODAY, TODAY + timedelta(days=366)))
def test_a_date_is_read_as_its_own_language_writes_it(language: str, day: date) -> None:
    words = words_of(language)
    assert typed_date(words.date(day), TODAY, words.conventions) == day


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    found = typed_date(text, TODAY, conventions_of("de"))
    assert found is None or found.year > 0


def test_a_pause_lies_ahead_and_is_not_too_long() -> None:
    year = timedelta(days=366)
    assert not within(TODAY, TODAY, year)
    assert within(TODAY + timedelta(days=1), TODAY, year)
    assert not within(TODAY + timedelta(days=367), TODAY, year)
    assert not within(None, TODAY, year)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4 July", date(2026, 7, 4)),
        ("24 December", date(2025, 12, 24)),
        ("22 November", date(2026, 11, 22)),
        ("29 February", date(2024, 2, 29)),
        ("24 December 2026", date(2026, 12, 24)),
        ("soon", None),
    ],
)
def test_without_a_year_the_last_such_day_is_meant_by_who_looks_back(text: str, day: date | None) -> None:
    assert typed_past_date(text, TODAY, conventions_of("en")) == day
