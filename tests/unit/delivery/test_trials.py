"""A form is on trial until Telegram has taken it once."""

from __future__ import annotations

import asyncio
from datetime import date

from delivery.trials import Trials
from domain.deliveries import BroadcastId, ContentRejected, Outcome, Refused, Sent, Unknown
from domain.editions import Style
from domain.ledger import Form
from domain.readers import SubscriberState

ISSUE = BroadcastId(1)
CLASSIC = Form(ISSUE, date(2026, 7, 4), Style.CLASSIC)
RICH = Form(ISSUE, date(2026, 7, 4), Style.RICH)


class Telegram:
    """Answers each request in turn, after a moment, and counts how many were there at once."""

    def __init__(self, *answers: Outcome) -> None:
        self._answers = list(answers)
        self.asked = 0
        self.at_once = 0
        self._now = 0

    async def __call__(self) -> Outcome:
        self.asked += 1
        self._now += 1
        self.at_once = max(self.at_once, self._now)
        await asyncio.sleep(0.005)
        self._now -= 1
        return self._answers.pop(0) if self._answers else Sent(1)


async def all_of(trials: Trials, telegram: Telegram, count: int, form: Form = CLASSIC) -> list[Outcome | None]:
    return list(await asyncio.gather(*(trials.send(form, telegram) for _ in range(count))))


async def test_rows_go_one_at_a_time_until_one_has_arrived() -> None:
    telegram = Telegram(Refused("blocked", SubscriberState.BLOCKED), Unknown("lost"), Refused("no rights"))
    outcomes = await all_of(Trials(), telegram, 3)
    assert telegram.at_once == 1
    assert [type(outcome) for outcome in outcomes] == [Refused, Unknown, Refused]


async def test_once_one_has_arrived_the_others_go_together() -> None:
    telegram = Telegram()
    assert await all_of(Trials(), telegram, 20) == [Sent(1)] * 20
    assert telegram.at_once == 19


async def test_a_content_error_reaches_telegram_once() -> None:
    trials, telegram = Trials(), Telegram(ContentRejected("can't parse entities"))
    outcomes = await all_of(trials, telegram, 20)
    assert outcomes == [ContentRejected("can't parse entities"), *[None] * 19]
    assert telegram.asked == 1


async def test_a_content_error_of_one_form_bars_the_whole_broadcast() -> None:
    trials = Trials()
    await all_of(trials, Telegram(), 1)
    await all_of(trials, Telegram(ContentRejected("RICH_MESSAGE_EMPTY")), 1, RICH)
    telegram = Telegram()
    assert await all_of(trials, telegram, 5) == [None] * 5
    assert telegram.asked == 0


async def test_a_broadcast_that_goes_on_is_on_trial_anew() -> None:
    trials = Trials()
    await all_of(trials, Telegram(ContentRejected("text is too long")), 3)
    trials.forget(ISSUE)
    telegram = Telegram(Unknown("lost"))
    assert await all_of(trials, telegram, 3) == [Unknown("lost"), Sent(1), Sent(1)]
    assert telegram.at_once == 1


async def test_the_same_unknown_refusal_of_five_readers_is_the_contents_fault() -> None:
    telegram = Telegram(*[Refused("SOMETHING_NEW")] * 9)
    outcomes = await all_of(Trials(), telegram, 9)
    assert outcomes[:4] == [Refused("SOMETHING_NEW")] * 4
    assert outcomes[4] == ContentRejected("refused to 5 readers in a row: SOMETHING_NEW")
    assert outcomes[5:] == [None] * 4


async def test_five_readers_who_blocked_us_are_not_the_contents_fault() -> None:
    refused = Refused("bot was blocked by the user", SubscriberState.BLOCKED)
    outcomes = await all_of(Trials(), Telegram(*[refused] * 9), 9)
    assert outcomes == [refused] * 9
