from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.combinations import READER_SECTIONS
from domain.editions import Style
from domain.readers import Cadence, ChatId, ChatKind, Subscriber, SubscriberState
from morningpost.subscriber_csv import COLUMNS, ReaderRows, row_of

NOW = datetime(2026, 8, 22, 5, tzinfo=UTC)


def rows(text: str) -> ReaderRows:
    return ReaderRows.read(io.StringIO(text))


def test_every_wrong_row_is_told_by_its_line() -> None:
    found = rows("chat_id,zone,hour,style\nme,,,\n0,,,\n1,Mars,,\n2,,24,\n3,,,huge\n4,UTC,7,rich\n").problems
    assert [problem.split(":")[0] for problem in found] == ["line 2", "line 3", "line 4", "line 5", "line 6"]
    assert "Europe/Berlin" in found[2]


def test_a_header_without_chat_id_says_what_it_must_name() -> None:
    assert "must name chat_id" in rows("id,hour\n1,2\n").problems[0]
    assert "must name chat_id" in rows("").problems[0]


def test_an_unknown_column_is_told() -> None:
    assert "unknown columns name" in rows("chat_id,name\n1,Ada\n").problems[0]


def test_a_row_with_too_many_columns_is_told() -> None:
    assert rows("chat_id,hour\n1,2,3\n").problems == ("line 2: too many columns",)


def test_a_joining_time_without_a_zone_is_told() -> None:
    assert "with its zone" in rows("chat_id,joined_at\n1,2026-01-01T00:00:00\n").problems[0]


def test_what_a_row_leaves_out_is_the_papers_zone_seven_oclock_and_classic() -> None:
    (reader,) = rows("chat_id\n42\n").subscribers("Asia/Tokyo", NOW)
    assert reader == Subscriber(ChatId(42), NOW, zone="Asia/Tokyo", came_from="import", seen_on=NOW.date())


def test_a_negative_chat_id_is_a_group() -> None:
    (reader,) = rows("chat_id\n-1001234567890\n").subscribers("UTC", NOW)
    assert reader.kind is ChatKind.GROUP


readers = st.builds(
    Subscriber,
    chat_id=st.integers(min_value=1, max_value=10**15).map(ChatId),
    joined_at=st.datetimes(timezones=st.just(UTC), min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)),  # noqa: DTZ001 -- hypothesis wants naive bounds
    kind=st.sampled_from(ChatKind),
    thread=st.none() | st.integers(1, 2**53),
    state=st.sampled_from(SubscriberState),
    zone=st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York"]),
    hour=st.integers(0, 23),
    style=st.sampled_from([Style.CLASSIC, Style.RICH]),
    came_from=st.just("import"),
    weekdays=st.frozensets(st.integers(0, 6)),
    sections=st.frozensets(st.sampled_from(READER_SECTIONS)),
    order=st.lists(st.sampled_from(READER_SECTIONS), unique=True).map(tuple),
    topics=st.frozensets(st.sampled_from(["vision", "small-models"])),
    keywords=st.lists(st.sampled_from(["llama", "open weights", "C++", "机器人"]), unique=True).map(tuple),
    language=st.sampled_from(["en", "pt-BR"]),
    silent=st.booleans(),
    cadence=st.sampled_from(Cadence),
    paused_until=st.none() | st.dates(),
    seen_on=st.dates(),
)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("weekdays", "mon;moonday"),
        ("sections", "horoscope"),
        ("order", "lead;subscribe"),
        ("topics", "<b>"),
        ("keywords", "x"),
        ("keywords", "<b>llama</b>"),
        ("keywords", ";".join(f"word {number}" for number in range(21))),
        ("language", "Klingon!"),
        ("silent", "maybe"),
        ("cadence", "hourly"),
        ("paused_until", "Tuesday"),
        ("seen_on", "yesterday"),
        ("thread", "general"),
        ("thread", "0"),
    ],
)
def test_a_setting_that_can_not_be_is_told_by_its_line(column: str, cell: str) -> None:
    (problem,) = rows(f"chat_id,{column}\n42,{cell}\n").problems
    assert problem.startswith(f"line 2: {column} must be ")


def test_a_file_from_before_there_were_topics_changes_none() -> None:
    assert rows("chat_id,zone,hour,style,state,kind,joined_at\n42,UTC,7,,,,\n").settings == {"zone", "hour", "style"}
    assert rows("chat_id,topics,silent\n42,vision,yes\n").settings == {"zone", "hour", "style", "topics", "silent"}


@given(st.lists(readers, max_size=5))
def test_what_is_exported_is_imported_again(some: list[Subscriber]) -> None:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(map(row_of, some))
    read = rows(file.getvalue())
    assert read.problems == ()
    assert list(read.subscribers("UTC", NOW)) == some
