"""Numbers, dates and lists are written as Babel writes them from Unicode's CLDR."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from babel import dates, lists, numbers
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.lookup import LANGUAGES, words_of
from bot.languages.templates import Html
from tests.catalogues import CITIES, CONVENTIONS, cities, cldr, conventions

in_every_language = pytest.mark.parametrize("language", LANGUAGES)
figures = st.integers(-(10**12), 10**12) | st.decimals(-(10**9), 10**9, places=2)


def test_the_cities_are_those_that_babel_gives_today() -> None:
    assert json.loads(CITIES.read_text(encoding="utf-8")) == cities(), "make languages"


def test_the_conventions_are_those_that_babel_gives_today() -> None:
    written = json.loads(CONVENTIONS.read_text(encoding="utf-8"))
    given = conventions()
    assert list(written) == list(given) == list(LANGUAGES)
    changed = [(code, name) for code in LANGUAGES for name in given[code] if written[code][name] != given[code][name]]
    assert not changed, "make languages"


@in_every_language
@given(figures, st.integers(0, 2))
def test_a_number_is_written_as_babel_writes_it(language: str, value: int | Decimal, decimals: int) -> None:
    pattern = numbers.parse_pattern(cldr(language).decimal_formats[None].pattern)
    pattern.frac_prec = (decimals, decimals)
    rounded = round(Decimal(value), decimals) + 0  # Babel writes a minus before what is rounded to nothing
    assert words_of(language).number(value, decimals) == pattern.apply(rounded, cldr(language))


@in_every_language
@given(st.integers(0, 1000))
def test_a_percentage_is_written_as_babel_writes_it(language: str, hundredths: int) -> None:
    share = Decimal(hundredths) / 100
    assert words_of(language).percent(share) == numbers.format_percent(share, locale=cldr(language))


@in_every_language
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_is_written_as_babel_writes_it(language: str, day: date) -> None:
    words, locale = words_of(language), cldr(language)

    def ours(expected: str) -> str:
        return re.sub(r"(?<!\d)1(?!\d)", words.conventions.first_day, expected, count=1) if day.day == 1 else expected

    assert words.date(day) == ours(dates.format_date(day, "long", locale=locale))
    assert words.full_date(day) == ours(dates.format_date(day, "full", locale=locale))
    assert words.short_date(day) == ours(dates.format_skeleton("MMMd", day, locale=locale))
    assert words.month(day) == dates.format_skeleton("yMMMM", day, locale=locale)
    assert words.weekday(day.weekday()) == dates.format_date(day, "cccc", locale=locale)
    assert words.short_weekday(day.weekday()) == dates.format_date(day, "ccc", locale=locale)
    assert words.first_weekday == locale.first_week_day


@in_every_language
@given(st.lists(st.text(st.characters(categories=["L"]) | st.sampled_from("{}0 "), min_size=1), max_size=5))
def test_a_list_is_written_as_babel_writes_it(language: str, items: list[str]) -> None:
    plain = [f"<{number}>" for number in range(len(items))]
    expected = lists.format_list(plain, locale=cldr(language))
    for mark, item in zip(plain, items, strict=True):
        expected = expected.replace(mark, item)
    assert words_of(language).all_of(items) == expected


def test_the_running_paper_does_not_load_babel() -> None:
    said = "import sys, bot.application; from bot.languages.lookup import words_of; words_of('ar').number(1)"
    subprocess.run([sys.executable, "-c", f"{said}; assert 'babel' not in sys.modules"], check=True)


def test_the_first_of_a_month_is_an_ordinal_where_the_language_says_so() -> None:
    first = date(2026, 7, 1)
    told = {language: words_of(language).date(first) for language in ("fr", "pt", "es", "de")}
    assert told == {
        "fr": "1er juillet 2026",
        "pt": "1º de julho de 2026",
        "es": "1 de julio de 2026",
        "de": "1. Juli 2026",
    }


def test_the_paper_writes_british_english() -> None:
    words = words_of("en")
    assert words.date(date(2026, 7, 4)) == "4 July 2026"
    assert words.number(1234567.891, 1) == "1,234,567.9"
    assert words.all_of(["a", "b", "c"]) == "a, b and c"
    assert words.hour(7) == "07:00"


def test_digits_are_latin_in_every_language_so_that_they_can_be_typed_back() -> None:
    assert words_of("ar").number(12345) == "12,345"
    assert words_of("hi").number(1234567) == "12,34,567"
    assert words_of("fr").number(12345.5, 1) == "12\u202f345,5"


@pytest.mark.parametrize(
    ("items", "html"), [([Html("<b>a</b>"), Html("c")], True), ([Html("a"), "<"], False), ([], False)]
)
def test_a_list_is_html_when_all_of_it_is(items: list[str], html: bool) -> None:
    assert isinstance(words_of("en").all_of(items), Html) is html
