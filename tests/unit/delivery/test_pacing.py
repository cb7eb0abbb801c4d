"""The pace of a token: what may leave when, and what each answer teaches. Time is a number here."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.pacing import Limits, Pacing, Permit
from domain.deliveries import Delayed, Outcome, Refused, Sent, Unknown, WireClosed
from domain.readers import ChatId
from tests.unit.delivery.test_windows import moments, most_in_any

ANN, BOB, GROUP = ChatId(1), ChatId(2), ChatId(-1001)
FREE = Limits(rate=1000, chat_span=0.0, group_limit=1000)


def send(pacing: Pacing, chat: ChatId, now: float, outcome: Outcome, took: float = 0.1) -> Outcome:
    return pacing.end(pacing.begin(chat, now, reply=False), outcome, now + took)


def flood(seconds: float) -> Delayed:
    return Delayed("retry after", seconds, everyone=True)


@settings(max_examples=60)
@given(
    rate=st.integers(1, 12),
    ways=st.lists(st.tuples(moments(2), moments(2), st.booleans()), max_size=80),
)
def test_no_second_at_the_receiver_holds_more_than_the_rate(rate: int, ways: list[tuple[float, float, bool]]) -> None:
    """Replies and rows alike, to ever new chats, as fast as the pace allows, over any network."""
    pacing, now = Pacing(Limits(rate=rate)), 0.0
    slack = 1e-9  # the distance between rows is no exact fraction
    processed: list[float] = []
    answers: list[tuple[float, int]] = []
    permits: dict[int, Permit] = {}
    for number, (there, back, reply) in enumerate(ways, start=1):
        chat = ChatId(number)
        while (ready := pacing.ready_at(chat, now, reply=reply)) > now:
            now = min([ready, *(answered_at for answered_at, _ in answers)])
            for answer in [answer for answer in answers if answer[0] <= now]:
                pacing.end(permits.pop(answer[1]), Sent(1), answer[0])
                answers.remove(answer)
        permits[number] = pacing.begin(chat, now, reply=reply)
        processed.append(now + there)
        answers.append((now + there + back, number))
    assert most_in_any(1.0 - slack, processed) <= rate


def test_a_chat_gets_one_message_a_second() -> None:
    pacing = Pacing(Limits())
    permit = pacing.begin(ANN, 0.0, reply=True)
    assert pacing.chat_ready_at(ANN, 0.1) == inf
    pacing.end(permit, Sent(1), 0.2)
    assert pacing.chat_ready_at(ANN, 0.3) == 1.2
    assert pacing.chat_ready_at(BOB, 0.3) == 0.3


def test_a_group_gets_twenty_a_minute_and_a_private_chat_more() -> None:
    pacing = Pacing(Limits())
    for number in range(20):
        for chat in (GROUP, ANN):
            send(pacing, chat, number * 1.5, Sent(1))
    assert pacing.chat_ready_at(GROUP, 30.0) == pytest.approx(60.1)
    assert pacing.chat_ready_at(ANN, 30.0) == 30.0


def test_rows_leave_at_a_distance_and_replies_do_not_wait_for_it() -> None:
    pacing = Pacing(Limits(rate=30))
    pacing.begin(ANN, 0.0, reply=False)
    assert pacing.begins_at(0.0, reply=False) == pytest.approx(0.03)
    assert pacing.begins_at(0.0, reply=True) == 0.0


def test_room_is_what_distance_and_window_allow() -> None:
    pacing = Pacing(Limits(rate=30))
    assert pacing.room(0.0, 0.2) == 7
    assert Pacing(Limits(rate=2)).room(0.0, 10.0) == 2


def test_a_permit_given_back_was_never_used() -> None:
    pacing = Pacing(Limits(rate=1))
    pacing.give_back(pacing.begin(ANN, 0.0, reply=True))
    assert pacing.ready_at(ANN, 0.0, reply=True) == 0.0


def test_a_flood_in_a_group_is_the_groups_own() -> None:
    pacing = Pacing(FREE)
    assert send(pacing, GROUP, 0.0, flood(35)) == Delayed("retry after", 35, everyone=False)
    assert pacing.chat_ready_at(GROUP, 1.0) == pytest.approx(35.1)
    assert pacing.ready_at(ANN, 1.0, reply=False) == 1.0
    assert pacing.capacity == 1000


def test_a_flood_in_a_private_chat_is_everyones_to_the_second() -> None:
    pacing = Pacing(FREE)
    assert send(pacing, ANN, 0.0, flood(7)) == flood(7)
    assert pacing.ready_at(BOB, 1.0, reply=True) == pytest.approx(7.1)
    assert pacing.room(1.0, 2.0) == 0
    assert pacing.capacity == 750


def test_floods_of_requests_that_had_left_before_lower_the_pace_once() -> None:
    pacing = Pacing(FREE)
    permits = [pacing.begin(ChatId(number), 0.0, reply=False) for number in range(1, 20)]
    for permit in permits:
        pacing.end(permit, flood(3), 0.2)
    assert pacing.capacity == 750


def test_one_chats_long_word_counts_for_everyone_for_a_minute() -> None:
    pacing = Pacing(FREE)
    assert send(pacing, ANN, 0.0, flood(86_400)) == Delayed("retry after", 86_400, everyone=False)
    assert pacing.ready_at(BOB, 1.0, reply=True) == pytest.approx(60.1)
    assert pacing.chat_ready_at(ANN, 1.0) == pytest.approx(86_400.1)


def test_the_same_long_word_from_a_second_chat_counts_in_full() -> None:
    pacing = Pacing(FREE)
    send(pacing, ANN, 0.0, flood(3600))
    assert send(pacing, BOB, 61.0, flood(3539)) == flood(3539)
    assert pacing.begins_at(62.0, reply=True) == pytest.approx(61.1 + 3539)


def test_after_a_pause_one_request_goes_alone() -> None:
    pacing = Pacing(FREE)
    send(pacing, ANN, 0.0, flood(2))
    assert pacing.room(3.0, 10.0) == 1
    permit = pacing.begin(BOB, 3.0, reply=False)
    assert pacing.begins_at(3.1, reply=True) == inf
    pacing.end(permit, Refused("blocked"), 3.2)
    assert pacing.begins_at(3.3, reply=True) == 3.3


def test_good_answers_raise_a_lowered_pace_fast_and_then_slowly() -> None:
    pacing = Pacing(Limits(rate=20, chat_span=0.0))
    send(pacing, ANN, 0.0, flood(1))
    assert pacing.capacity == 15
    now, seen = 2.0, []
    for _ in range(200):
        now = pacing.ready_at(BOB, now, reply=False)
        send(pacing, BOB, now, Sent(1), took=0.0)
        seen.append((now, pacing.capacity))
    at_nine_tenths = next(moment for moment, capacity in seen if capacity >= 18)
    assert 2.5 < at_nine_tenths - 2.0 < 4.5, "about one more in every second"
    assert 18 <= seen[-1][1] < 19.5, "beyond it a tenth as fast"


def test_the_pace_never_rises_above_the_rate_and_never_falls_below_one() -> None:
    pacing = Pacing(Limits(rate=2, chat_span=0.0))
    now = 0.0
    for _ in range(30):
        now = pacing.begins_at(now, reply=True)
        send(pacing, ANN, now, flood(1))
        now += 1.2
    assert pacing.capacity == 1
    for _ in range(400):
        now = pacing.ready_at(BOB, now, reply=True)
        send(pacing, BOB, now, Sent(1))
        now += 0.2
    assert pacing.capacity == 2


@pytest.mark.parametrize("trouble", [Delayed("Bad Gateway", 1.0), Unknown("ReadTimeout")])
def test_trouble_three_times_in_a_row_pauses_everyone_for_longer_each_time(trouble: Outcome) -> None:
    pacing, now, pauses = Pacing(FREE), 0.0, []
    for _ in range(12):
        send(pacing, ANN, now, trouble, took=0.0)
        pauses.append(pacing.begins_at(now, reply=True) - now)
        now += pauses[-1] + 0.001
    assert pauses[:6] == pytest.approx([0, 0, 0.5, 1, 2, 4])
    assert max(pauses) == pytest.approx(30)


def test_failures_of_what_had_left_before_a_pause_do_not_lengthen_it() -> None:
    pacing = Pacing(FREE)
    permits = [pacing.begin(ChatId(number), 0.0, reply=False) for number in range(1, 17)]
    for permit in permits:
        pacing.end(permit, Delayed("no connection", 1.0), 0.1)
    assert pacing.begins_at(0.1, reply=True) == pytest.approx(0.6)


def test_trouble_now_and_then_pauses_nobody() -> None:
    pacing = Pacing(FREE)
    for number in range(20):
        send(pacing, ANN, float(number), Delayed("Bad Gateway", 1.0))
        send(pacing, ANN, number + 0.5, Sent(1))
    assert pacing.begins_at(30.0, reply=True) == 30.0


def test_a_closed_wire_says_nothing_about_the_pace() -> None:
    pacing = Pacing(FREE)
    send(pacing, ANN, 0.0, WireClosed("Unauthorized"))
    assert (pacing.capacity, pacing.begins_at(1.0, reply=True)) == (1000, 1.0)


def test_chats_that_have_gone_quiet_are_forgotten() -> None:
    pacing = Pacing(Limits(rate=100_000))
    for number in range(1, 6001):
        send(pacing, ChatId(number), number * 0.01, Sent(1), took=0.0)
    assert pacing.chats_remembered < 4096
