"""The pace of a token: what may leave when, and what each answer teaches. Time is a number here."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.pacing import Limits, Pacing, Permit, Reading
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


def test_rows_leave_at_a_distance_and_replies_do_not_wait_for_it() -> None:
    pacing = Pacing(Limits(rate=30))
    for number in range(1, 4):
        pacing.begin(ChatId(number), 0.0, reply=False)
    assert pacing.begins_at(0.0, reply=False) == pytest.approx(0.03)
    assert pacing.begins_at(0.0, reply=True) == 0.0


def test_room_is_what_distance_and_window_allow() -> None:
    pacing = Pacing(Limits(rate=30))
    assert pacing.room(0.0, 0.2) == 7
    assert Pacing(Limits(rate=2)).room(0.0, 10.0) == 2


def test_a_server_that_has_gone_silent_is_given_no_more_rows_than_places() -> None:
    pacing = Pacing(Limits(rate=30))
    send(pacing, ANN, 0.0, Sent(1))
    under_way = 0
    while pacing.begins_at(9.0, reply=False) <= 9.0 + under_way:
        pacing.begin(ChatId(10 + under_way), 9.0 + under_way, reply=False)
        under_way += 1
    assert 4 <= under_way <= 10
    assert pacing.room(40.0, 40.1) == 0
    assert pacing.begins_at(40.0, reply=True) == 40.0, "people are answered nevertheless"


def test_where_there_are_replies_rows_leave_slots_to_them() -> None:
    pacing, now = Pacing(Limits(rate=30, chat_span=0.0)), 0.0
    for number in range(60):
        now = number / 6
        pacing.end(pacing.begin(BOB, now, reply=True), Sent(1), now)
    while pacing.begins_at(now, reply=False) < now + 0.1:
        now = pacing.begins_at(now, reply=False)
        send(pacing, ChatId(int(now * 1e6) + 9), now, Sent(1), took=0.0)
    assert pacing.begins_at(now, reply=True) == now
    assert pacing.begins_at(now, reply=False, in_turn=True) <= now + 0.03


def test_a_permit_given_back_was_never_used() -> None:
    pacing = Pacing(Limits(rate=1))
    pacing.give_back(pacing.begin(ANN, 0.0, reply=True))
    assert pacing.ready_at(ANN, 0.0, reply=True) == 0.0


def test_a_flood_in_a_group_is_the_groups_own() -> None:
    pacing = Pacing(FREE)
    assert send(pacing, GROUP, 0.0, flood(35)) == Delayed("retry after", 35, everyone=False)
    assert pacing.chats.ready_at(GROUP, 1.0) == pytest.approx(35.1)
    assert pacing.ready_at(ANN, 1.0, reply=False) == 1.0
    assert pacing.slots == 1000


def test_a_flood_in_a_private_chat_is_everyones_to_the_second() -> None:
    pacing = Pacing(FREE)
    assert send(pacing, ANN, 0.0, flood(7)) == flood(7)
    assert pacing.ready_at(BOB, 1.0, reply=True) == pytest.approx(7.1)
    assert pacing.room(1.0, 2.0) == 0
    assert pacing.slots < 1000


def test_a_flood_of_the_one_that_went_alone_lengthens_the_pause_and_teaches_nothing_else() -> None:
    pacing = Pacing(FREE)
    send(pacing, ANN, 0.0, flood(2))
    slots = pacing.slots
    send(pacing, BOB, 2.1, flood(3))
    assert pacing.begins_at(3.0, reply=True) == pytest.approx(5.2)
    assert pacing.slots == slots


def test_one_chats_long_word_counts_for_everyone_for_a_minute() -> None:
    pacing = Pacing(FREE)
    assert send(pacing, ANN, 0.0, flood(86_400)) == Delayed("retry after", 86_400, everyone=False)
    assert pacing.ready_at(BOB, 1.0, reply=True) == pytest.approx(60.1)
    assert pacing.chats.ready_at(ANN, 1.0) == pytest.approx(86_400.1)


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
    assert (pacing.slots, pacing.begins_at(1.0, reply=True)) == (1000, 1.0)


def test_after_a_pause_nobody_rushes_through_the_door() -> None:
    pacing, left = Pacing(Limits(rate=30)), list[float]()
    send(pacing, ANN, 0.0, flood(2))
    send(pacing, BOB, 2.1, Sent(1), took=0.0)
    now = 2.1
    for number in range(10, 20):
        now = pacing.begins_at(now, reply=True)
        left.append(now)
        send(pacing, ChatId(number), now, Sent(1), took=0.0)
    assert len([moment for moment in left if moment < 2.15]) <= 4


def test_another_process_that_was_told_to_wait_makes_us_wait_too() -> None:
    pacing = Pacing(FREE)
    pacing.pause(5.0, 1.0)
    assert pacing.begins_at(2.0, reply=True) == 5.0
    pacing.begin(ANN, 5.0, reply=False)
    assert pacing.begins_at(5.0, reply=True) == inf, "one goes alone"


def test_a_pause_that_is_over_is_no_news() -> None:
    pacing = Pacing(FREE)
    pacing.pause(5.0, 6.0)
    pacing.begin(ANN, 6.0, reply=False)
    assert pacing.begins_at(6.0, reply=True) == 6.0


def test_our_share_is_all_that_we_use() -> None:
    pacing = Pacing(Limits(rate=30))
    pacing.share(3, 100.0, 0.0)
    for number in range(1, 4):
        pacing.begin(ChatId(number), 0.0, reply=True)
    assert pacing.begins_at(0.0, reply=True) == inf
    pacing.share(4, 100.0, 0.0)
    assert pacing.begins_at(0.0, reply=True) == 0.0
    pacing.share(0, 100.0, 0.0)
    assert pacing.begins_at(0.0, reply=True) == inf


def test_when_the_ledger_has_not_answered_in_time_rows_stop_and_people_are_answered_from_the_reserve() -> None:
    pacing = Pacing(Limits(rate=30))
    pacing.share(20, 4.0, 0.0)
    assert pacing.begins_at(3.9, reply=False) == 3.9
    assert pacing.begins_at(4.0, reply=False) == inf
    assert pacing.room(3.0, 5.0) > pacing.room(4.0, 5.0) == 0
    for number in range(1, 4):
        assert pacing.begins_at(4.0, reply=True) == 4.0
        pacing.begin(ChatId(number), 4.0, reply=True)
    assert pacing.begins_at(4.0, reply=True) == inf


def test_while_the_ledger_is_asked_no_more_is_used_than_it_was_told() -> None:
    pacing = Pacing(Limits(rate=30))
    pacing.begin(ANN, 0.0, reply=True)
    hold = pacing.hold(0.0, 2, all_there_is=False)
    assert (hold.in_use, hold.wanted) == (3, 6)
    for number in range(2, 4):
        pacing.begin(ChatId(number), 0.0, reply=True)
    assert pacing.begins_at(0.0, reply=True) == inf
    pacing.share(10, 100.0, 0.0)
    assert pacing.begins_at(0.0, reply=True) == 0.0


def test_who_could_use_everything_says_so() -> None:
    assert Pacing(Limits(rate=30)).hold(0.0, 0, all_there_is=True).wanted == 30


def test_who_hears_nothing_from_telegram_leaves_to_others_what_it_cannot_use() -> None:
    pacing = Pacing(Limits(rate=30))
    send(pacing, ANN, 100.0, Sent(1))
    for chat in range(3, 6):
        permit = pacing.begin(ChatId(chat), 200.0, reply=False)
    assert pacing.hold(200.9, 0, all_there_is=True).wanted == 30, "an answer may take that long"
    assert pacing.hold(203.0, 0, all_there_is=True).wanted == 3 + 3, "what is under way, and the reserve"
    pacing.end(permit, Sent(1), 203.0)
    assert pacing.hold(203.0, 0, all_there_is=True).wanted == 30


def test_read_as_a_bucket_the_whole_rate_is_used() -> None:
    pacing, now, sent = Pacing(Limits(rate=30, chat_span=0.0, reading=Reading.BUCKET)), 0.0, 0
    while now < 20.0:
        now = pacing.begins_at(now, reply=False)
        send(pacing, ANN, now, Sent(1), took=0.0)
        sent += 1
    assert 600 <= sent <= 605
