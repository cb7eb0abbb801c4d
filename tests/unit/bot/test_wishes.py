from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.subscribers.wishes import wish
from domain.combinations import READER_SECTIONS
from domain.preferences import Refusal, sections_of
from domain.readers import ChatId, Subscriber

READER = Subscriber(ChatId(1), datetime(2026, 11, 22, tzinfo=UTC))
PAGES = ("hour", "in", "days", "sections", "move", "style", "silent", "language", "cadence", "none")


@given(
    st.sampled_from(PAGES), st.lists(st.text(max_size=12) | st.sampled_from(["0", "1", *READER_SECTIONS]), max_size=3)
)
def test_no_data_breaks_a_wish_and_what_it_grants_is_a_setting(page: str, values: list[str]) -> None:
    wanted = wish(READER, page, values)
    assert isinstance(wanted, Refusal) or sections_of(replace(READER, **wanted))


@given(st.lists(st.tuples(st.sampled_from(READER_SECTIONS), st.sampled_from("01234567"), st.booleans()), max_size=12))
def test_a_wish_granted_twice_is_granted_once(presses: list[tuple[str, str, bool]]) -> None:
    reader = READER
    for name, place, moved in presses:
        asked = ("move", [name, place]) if moved else ("sections", [name, str(int(place) % 2)])
        wanted = wish(reader, *asked)
        if isinstance(wanted, Refusal):
            continue
        reader = replace(reader, **wanted)
        assert sections_of(reader)
        again = wish(reader, *asked)
        assert not isinstance(again, Refusal)
        assert replace(reader, **again) == reader


def test_the_last_weekday_stays() -> None:
    assert wish(replace(READER, weekdays=frozenset({3})), "days", ["3", "0"]) is Refusal.LAST
