"""Moments and numbers in the form in which an engine keeps them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Dialect, make_url

from storage.columns import Moment, Names
from storage.remnants import stored_form

SQLITE, POSTGRESQL = DIALECTS = (
    make_url("sqlite://").get_dialect()(),
    make_url("postgresql+psycopg://").get_dialect()(),
)
ZONES = st.timedeltas(timedelta(hours=-14), timedelta(hours=14)).map(timezone)
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(9000, 1, 1), timezones=ZONES)  # noqa: DTZ001 - hypothesis adds the zone


@pytest.mark.parametrize("dialect", DIALECTS, ids=["sqlite", "postgresql"])
@given(moment=MOMENTS)
def test_a_moment_comes_back_as_the_same_moment_in_utc(dialect: Dialect, moment: datetime) -> None:
    kept = Moment().process_bind_param(moment, dialect)
    back = Moment().process_result_value(kept, dialect)
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC


@given(MOMENTS, MOMENTS)
def test_moments_sort_as_they_are_kept(one: datetime, other: datetime) -> None:
    kept = [Moment().process_bind_param(moment, SQLITE) for moment in (one, other)]
    assert kept[0] is not None
    assert kept[1] is not None
    assert (kept[0] < kept[1]) == (one < other)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone; moments are stored aware"):
        Moment().process_bind_param(datetime(2026, 7, 4), SQLITE)  # noqa: DTZ001 - that is the point


def test_no_moment_stays_none() -> None:
    assert Moment().process_bind_param(None, SQLITE) is None
    assert Moment().process_result_value(None, SQLITE) is None


@given(st.integers(-(2**63), 2**63 - 1))
@example(127)
@example(128)
@example(-(2**15))
@example(2**31)
@example(2**47)
def test_a_number_takes_the_form_that_sqlite_gives_it(number: int) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE numbers (number BIGINT)")
        connection.execute("INSERT INTO numbers VALUES (?)", (number,))
        content = connection.serialize()
    serial_type = {1: 1, 2: 2, 3: 3, 4: 4, 6: 5, 8: 6}[len(stored_form(number))]
    header = bytes([2, serial_type])  # of a row of one column: its own length, and the type of the number
    assert number in {0, 1} or content.endswith(header + stored_form(number))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple))
def test_words_come_back_in_their_order(words: tuple[str, ...]) -> None:
    kept = Names().process_bind_param(words, SQLITE)
    assert Names().process_result_value(kept, SQLITE) == words


def test_no_words_at_all_stay_none() -> None:
    assert Names().process_bind_param(None, SQLITE) is None
    assert Names().process_result_value(None, SQLITE) is None
