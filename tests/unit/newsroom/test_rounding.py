"""Printed figures: how they are made, that what is made is admissible, and that what is altered is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsroom import periods, rounding
from newsroom.number_words import CARDINALS, ORDINALS
from newsroom.rounding import admissible, parse_figure


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        (rounding.whole, 0, "0"),
        (rounding.whole, 12099, "12,099"),
        (rounding.whole, -89, "−89"),
        (rounding.count, 0, "zero"),
        (rounding.count, 7, "seven"),
        (rounding.count, 12, "twelve"),
        (rounding.count, 13, "13"),
        (rounding.count, -3, "−3"),
        (rounding.movement, 4, "▲4"),
        (rounding.movement, -12, "▼12"),
        (rounding.movement, 0, "="),
        (rounding.short, 9999, "9,999"),
        (rounding.short, 10_000, "10.0k"),
        (rounding.short, 12_099, "12.1k"),
        (rounding.short, 121_400, "121k"),
        (rounding.short, 999_499, "999k"),
        (rounding.short, 999_960, "999k"),
        (rounding.short, 6_320_542, "6.32M"),
        (rounding.short, 27_781_427_952, "27.8B"),
        (rounding.short, -12_099, "−12.1k"),
        (rounding.about, 99, "99"),
        (rounding.about, 12_000, "12,000"),
        (rounding.about, 12_099, "about 12,000"),
        (rounding.about, 29_960, "nearly 30,000"),
        (rounding.percent, 3.44, "3.4%"),
        (rounding.percent, 4.0, "4%"),
        (rounding.percent, 9.96, "9.9%"),
        (rounding.percent, 88.2, "88%"),
        (rounding.percent, 49.6, "49%"),
        (rounding.percent, 99.96, "99%"),
        (rounding.percent, 310.5, "311%"),
        (rounding.times, 2.04, "2"),
        (rounding.times, 1.98, "1.9"),
        (rounding.times, 12.4, "12"),
        (rounding.fraction, 7.5, "7.5"),
        (rounding.fraction, 12.5, "13"),
        (rounding.fraction, 8, "8"),
        (rounding.coefficient, 0.105, "0.11"),
        (rounding.coefficient, -0.4, "−0.40"),
        (rounding.place, 3, "No. 3"),
        (rounding.ordinal, 1, "first"),
        (rounding.ordinal, 12, "twelfth"),
        (rounding.ordinal, 13, "13th"),
        (rounding.ordinal, 21, "21st"),
        (rounding.ordinal, 112, "112th"),
        (rounding.days, 6.98, "seven"),
    ],
)
def test_a_figure_is_printed_by_the_rules_of_the_house(form: Callable[[float], str], value: float, text: str) -> None:
    assert form(value) == text


def test_a_fraction_is_not_printed_as_a_whole_number() -> None:
    with pytest.raises(ValueError, match="not a whole number"):
        rounding.whole(2.5)


def test_days_and_times_are_printed_without_a_leading_nought() -> None:
    at = datetime(2026, 8, 2, 6, 5, tzinfo=UTC)
    assert rounding.day(at) == "Sunday 2 August"
    assert rounding.short_day(at) == "2 August"
    assert rounding.weekday(at) == "Sunday"
    assert rounding.clock(at) == "06:05"
    assert rounding.day_value(at.date()) == 20260802


@pytest.mark.parametrize(("noun", "one"), [("stars", "star"), ("entries", "entry"), ("places", "place")])
def test_one_of_a_unit_is_in_the_singular(noun: str, one: str) -> None:
    assert rounding.singular(noun) == one


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("about 13,000", 12_099, "likes"),
        ("about 12,099", 12_099, "likes"),
        ("about 12,000", 12_000, "likes"),
        ("nearly 12,000", 12_099, "likes"),
        ("nearly 13,000", 12_099, "likes"),
        ("more than 12,100", 12_099, "likes"),
        ("more than 12,099", 12_099, "likes"),
        ("12k", 12_099, "likes"),
        ("12.0k", 12_099, "likes"),
        ("12100", 12_099, "likes"),
        ("12,0990", 12_099, "likes"),
        ("012", 12, "likes"),
        ("100k", 99_960, "likes"),
        ("9.99k", 9_991, "likes"),
        ("45%", 45, "likes"),
        ("45", 45, "%"),
        ("8.14%", 8.143, "%"),
        ("8%", 8.4, "%"),
        ("100%", 99.7, "%"),
        ("No. 3", 3, "places"),
        ("about 3", 3, "rank"),
        ("+3", 3, "rank"),
        ("3", 4, "rank"),
        ("+12", -12, "places"),
        ("−12", 12, "places"),
        ("▲12", -12, "places"),
        ("=", 1, "places"),
        ("2", 1.98, "times"),
        ("0.1", 0.11, ""),
        ("0.12", 0.11, ""),
        ("seven", 6, "days"),
        ("six", 6.6, "days"),
        ("Friday", 20260822, "date"),
        ("22. August", 20260822, "date"),
        ("Saturday 22 August 2025", 20260822, "date"),
        ("Saturday 22 August", 20261322, "date"),
        ("18:36", 1837, "time"),
        ("21th", 21, "lists"),
        ("12.5st", 12.5, "lists"),
        ("many", 12, "likes"),
        ("", 12, "likes"),
        ("１２", 12, "likes"),
    ],
)
def test_a_wrong_print_is_not_admissible(text: str, value: float, unit: str) -> None:
    assert not admissible(text, value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12,099", 12_099, "likes"),
        ("about 12,100", 12_099, "likes"),
        ("nearly 12,100", 12_099, "likes"),
        ("almost 12,100", 12_099, "likes"),
        ("more than 12,000", 12_099, "likes"),
        ("over 12,000", 12_099, "likes"),
        ("nearly 100,000", 99_960, "likes"),
        ("12.10k", 12_099, "likes"),
        ("twenty-one", 21, "lists"),
        ("Seventeen", 17, "models"),
        ("twenty-first", 21, "lists"),
        ("no", 0, "stories"),
        ("none", 0, "stories"),
        ("12", -12, "places"),
        ("−12", -12, "places"),
        ("third", 3, "rank"),
        ("4.0%", 4.0, "%"),
        ("22 August", 20260822, "date"),
        ("Saturday", 20260822, "date"),
        ("22 August 2026", 20260822, "date"),
        ("seven", 7.1, "days"),
    ],
)
def test_another_right_print_is_admissible(text: str, value: float, unit: str) -> None:
    assert admissible(text, value, unit)


counts = st.integers(0, 10**11)
FORMS = [
    (rounding.whole, "likes"),
    (rounding.count, "models"),
    (rounding.short, "downloads"),
    (rounding.about, "likes"),
    (rounding.movement, "places"),
]


@given(value=counts, form=st.sampled_from(FORMS), negative=st.booleans())
def test_every_count_that_is_printed_is_admissible(
    value: int, form: tuple[Callable[[float], str], str], negative: bool
) -> None:
    signed = -value if negative else value
    text = form[0](signed)
    assert admissible(text, signed, form[1])


@given(st.floats(0, 10**6, allow_nan=False))
def test_every_share_that_is_printed_is_admissible(value: float) -> None:
    assert admissible(rounding.percent(value), value, "%")
    assert admissible(rounding.times(value), value, "times")


@given(st.floats(-1, 1))
def test_every_coefficient_that_is_printed_is_admissible(value: float) -> None:
    assert admissible(rounding.coefficient(value), value, "")


@given(st.integers(1, 10**5))
def test_every_place_and_ordinal_that_is_printed_is_admissible(value: int) -> None:
    assert admissible(rounding.place(value), value, "rank")
    assert admissible(rounding.ordinal(value), value, "lists")


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_that_is_printed_is_admissible_and_no_other_day_is(at: date) -> None:
    value = rounding.day_value(at)
    for text in (rounding.day(at), rounding.short_day(at)):
        assert admissible(text, value, "date")
        assert not admissible(text, rounding.day_value(at + timedelta(days=1)), "date")


@given(value=st.integers(1, 10**9), other=st.integers(1, 10**9))
def test_the_figure_of_one_count_is_not_admissible_for_another(value: int, other: int) -> None:
    assume(value != other)
    assert not admissible(rounding.whole(value), other, "stars")
    assert not admissible(rounding.count(value), other, "models")


@given(value=st.integers(10_000, 10**10), off=st.sampled_from([Decimal("0.97"), Decimal("1.03")]))
def test_a_shortened_figure_is_not_admissible_three_per_cent_away(value: int, off: Decimal) -> None:
    assert not admissible(rounding.short(value), float(int(value * off)), "downloads")


@given(
    st.text(max_size=20), st.integers(-1000, 1000), st.sampled_from(["likes", "%", "date", "time", "rank", "days", ""])
)
def test_any_text_is_judged_without_an_error(text: str, value: int, unit: str) -> None:
    assert isinstance(admissible(text, value, unit), bool)


def test_number_words_are_read_back() -> None:
    for number, words in CARDINALS.items():
        printed = parse_figure(words)
        assert printed is not None
        assert printed.amount == number
    for number, words in ORDINALS.items():
        printed = parse_figure(words)
        assert printed is not None
        assert printed.ordinal
        assert printed.amount == number


@pytest.mark.parametrize(
    ("period", "hours", "right"),
    [
        ("P1D", 24, True),
        ("P1D", 21, True),
        ("P1D", 27, True),
        ("P1D", 28, False),
        ("P7D", 168 + 16, True),
        ("P7D", 168 - 17, False),
        ("P1W", 168, True),
        ("PT6H", 8, True),
        ("PT6H", 10, False),
        ("P1DT6H", 30, True),
        ("P", 24, False),
        ("seven days", 168, False),
    ],
)
def test_a_period_is_the_distance_of_the_readings_within_three_hours_or_a_tenth(
    period: str, hours: int, right: bool
) -> None:
    assert periods.right_period(period, timedelta(hours=hours)) is right


@given(days=st.integers(0, 400), hours=st.integers(-2, 2))
def test_the_period_of_a_distance_of_nearly_whole_days_is_right_for_it(days: int, hours: int) -> None:
    distance = timedelta(days=days, hours=hours if days else abs(hours) + 1)
    assert periods.right_period(periods.period(distance), distance)


@pytest.mark.parametrize(("value", "text"), [(53, "+53"), (1_204, "+1,204"), (-3, "\u22123"), (0, "=")])
def test_a_gain_in_a_cell_bears_its_sign(value: float, text: str) -> None:
    assert rounding.signed(value) == text
    assert value == 0 or rounding.admissible(text, value, "likes")
