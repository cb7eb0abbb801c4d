"""The limits of single chats."""

from __future__ import annotations

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from delivery.chats import ChatLimits
from domain.readers import ChatId
from tests.unit.delivery.test_windows import moments, most_in_any, way

ANN, BOB, GROUP = ChatId(1), ChatId(2), ChatId(-1001)


def limits() -> ChatLimits:
    return ChatLimits(1.0, 20, 60.0)


def test_a_chat_gets_one_message_a_second_counted_from_its_answer() -> None:
    chats = limits()
    chats.take(ANN, 0.0)
    assert chats.ready_at(ANN, 0.1) == inf
    chats.answered(ANN, 0.2)
    assert chats.ready_at(ANN, 0.3) == 1.2
    assert chats.ready_at(BOB, 0.3) == 0.3


def test_a_group_gets_twenty_a_minute_and_a_private_chat_more() -> None:
    chats = limits()
    for number in range(20):
        for chat in (GROUP, ANN):
            chats.take(chat, number * 1.5)
            chats.answered(chat, number * 1.5)
    assert chats.ready_at(GROUP, 30.0) == 60.0
    assert chats.ready_at(ANN, 30.0) == 30.0


def test_what_did_not_leave_was_never_counted() -> None:
    chats = ChatLimits(1.0, 1, 60.0)
    for chat in (ANN, GROUP):
        chats.take(chat, 0.0)
        chats.give_back(chat)
        assert chats.ready_at(chat, 0.0) == 0.0


def test_a_paused_chat_waits_and_no_other() -> None:
    chats = limits()
    chats.pause(GROUP, 35.0)
    assert (chats.ready_at(GROUP, 1.0), chats.ready_at(ANN, 1.0)) == (35.0, 1.0)


def test_chats_that_have_gone_quiet_are_forgotten_and_busy_ones_are_not() -> None:
    chats = limits()
    for number in range(6000):
        chats.take(ChatId(number + 1), number * 0.01)
        chats.answered(ChatId(number + 1), number * 0.01)
        chats.take(ChatId(-number - 1), number * 0.01)
        chats.answered(ChatId(-number - 1), number * 0.01)
    assert chats.remembered < 4096
    assert chats.ready_at(ChatId(6000), 60.0) == 60.99


@given(ways=st.lists(st.tuples(way, way, moments(0.5)), max_size=40))
def test_no_minute_of_a_group_holds_more_than_its_limit(ways: list[tuple[float, float, float]]) -> None:
    chats, now = ChatLimits(1.0, 5, 60.0), 0.0
    processed: list[float] = []
    for there, back, hesitation in ways:
        now = chats.ready_at(GROUP, now + hesitation)
        chats.take(GROUP, now)
        processed.append(now + there)
        now += there + back
        chats.answered(GROUP, now)
    assert most_in_any(60.0, processed) <= 5
    assert most_in_any(1.0, processed) <= 1
