"""What is told of a broadcast, in words for people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.deliveries import Broadcast, BroadcastId, BroadcastKind, BroadcastState, Receipt
from domain.price import price
from domain.readers import ChatId
from formatters.receipts import duration_words, outlook_lines, receipt_fields, receipt_lines

BEGAN = datetime(2026, 7, 4, 6, 30, tzinfo=UTC)
ISSUE = Broadcast(BroadcastId(3), BroadcastKind.ISSUE, BroadcastState.DONE, BEGAN, date(2026, 7, 4))


def receipt(sent: int = 2811, seconds: float = 104, **of: object) -> Receipt:
    ended = BEGAN + timedelta(seconds=seconds)
    plain = Receipt(ISSUE, sent, 0, (), 0, 0, 0, BEGAN, ended)
    return replace(plain, **of)  # type: ignore[arg-type]  # fields by name


def test_a_receipt_of_a_good_morning_is_two_lines() -> None:
    assert receipt_lines(receipt()) == [
        "issue of 4 July 2026 (broadcast 3): done",
        "sent 2,811 in 1 min 44 s, up to 27.0 a second, 90% of the limit of 30",
    ]


def test_a_receipt_names_everything_that_went_another_way() -> None:
    told = receipt(
        broadcast=replace(ISSUE, kind=BroadcastKind.CORRECTION, state=BroadcastState.STOPPED, error="can't parse"),
        blocked=14,
        refused=(("no rights", 2), ("chat is closed", 1)),
        uncertain=12,
        uncertain_chats=tuple(map(ChatId, range(1001, 1011))),
        skipped=7,
        cancelled=5,
        open=9,
    )
    assert receipt_lines(told) == [
        "correction of the issue of 4 July 2026 (broadcast 3): stopped",
        "why: can't parse",
        "sent 2,811 in 1 min 44 s, up to 27.0 a second, 90% of the limit of 30",
        "waiting 9",
        "blocked 14: they have blocked the bot or are gone, and are asked no more",
        "refused 2: no rights",
        "refused 1: chat is closed",
        "uncertain 12: the answer was lost, they may have it: 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, "
        "1010 and 2 more",
        "skipped 7: their hour had passed by more than 6 h",
        "cancelled 5",
    ]


def test_a_receipt_of_nothing_divides_by_nothing() -> None:
    nothing = receipt(sent=0, started_at=None, finished_at=None)
    assert receipt_lines(nothing)[1:] == ["sent 0"]
    assert receipt_lines(receipt(sent=1, seconds=0))[1:] == ["sent 1"]
    assert receipt_lines(receipt(sent=2, seconds=0))[1:] == ["sent 2 in 0 s"]


def test_a_day_long_issue_is_measured_in_its_fullest_minute() -> None:
    assert "up to 29.0 a second, 97%" in receipt_lines(receipt(seconds=86_400, fullest=1740))[1]


def test_what_was_paid_is_in_the_receipt() -> None:
    paid = receipt(limit=1000, above_free=2700)
    assert receipt_lines(paid)[-1] == "cost: 270.0 Stars by our count of what was above 30 a second"
    assert receipt_fields(paid)["stars"] == pytest.approx(270.0)
    assert receipt_fields(receipt())["stars"] is None


@pytest.mark.parametrize(
    ("messages", "rate", "lines"),
    [
        (1, 30, ["1 message: less than a second at 30 a second"]),
        (2811, 30, ["2,811 messages: at least 1 min 34 s at 30 a second"]),
        (
            1_000_000,
            1000,
            [
                "1,000,000 messages: at least 16 min 40 s at 1,000 a second",
                "paid: about 97,000 Stars, at most 100,000 (0.1 for each message above 30 a second)",
            ],
        ),
    ],
)
def test_how_long_and_how_dear_is_told_beforehand(messages: int, rate: int, lines: list[str]) -> None:
    assert outlook_lines(messages, rate) == lines


def test_what_is_not_above_the_free_rate_costs_nothing() -> None:
    assert (price(1000, 30).about, price(1000, 30).most) == (0, 0)
    assert (price(1000, 10).about, price(1000, 10).most) == (0, 0)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.6, "1 min"), (104, "1 min 44 s"), (7200, "2 h"), (7500, "2 h 5 min"), (-5, "0 s")],
)
def test_a_duration_is_told_in_its_two_largest_units(seconds: float, words: str) -> None:
    assert duration_words(timedelta(seconds=seconds)) == words
