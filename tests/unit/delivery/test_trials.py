"""A form is on trial until Telegram has taken it once."""

from __future__ import annotations

from datetime import date

from delivery.trials import Leave, Trials
from domain.deliveries import BroadcastId, ContentRejected, Delayed, Outcome, Refused, Sent, Unknown
from domain.editions import Style
from domain.ledger import Form
from domain.readers import SubscriberState

ISSUE = BroadcastId(1)
CLASSIC = Form(ISSUE, date(2026, 7, 4), Style.CLASSIC)
RICH = Form(ISSUE, date(2026, 7, 4), Style.RICH)


def tried(trials: Trials, outcome: Outcome, form: Form = CLASSIC) -> Outcome:
    assert trials.leave(form) is Leave.GO
    trials.begin(form)
    return trials.learn(form, outcome)


def test_rows_go_one_at_a_time_until_one_has_arrived() -> None:
    trials = Trials()
    for outcome in (Refused("blocked", SubscriberState.BLOCKED), Unknown("lost"), Delayed("Bad Gateway", 1.0)):
        trials.begin(CLASSIC)
        assert trials.leave(CLASSIC) is Leave.WAIT
        assert trials.leave(RICH) is Leave.GO, "every form has a trial of its own"
        assert trials.learn(CLASSIC, outcome) == outcome
        assert trials.leave(CLASSIC) is Leave.GO


def test_once_one_has_arrived_the_others_go_together() -> None:
    trials = Trials()
    tried(trials, Sent(1))
    for _ in range(20):
        assert trials.leave(CLASSIC) is Leave.GO
        trials.begin(CLASSIC)


def test_a_content_error_of_one_form_bars_the_whole_broadcast() -> None:
    trials = Trials()
    tried(trials, Sent(1))
    tried(trials, ContentRejected("RICH_MESSAGE_EMPTY"), RICH)
    assert trials.leave(RICH) is Leave.NEVER
    assert trials.leave(CLASSIC) is Leave.NEVER


def test_a_content_error_bars_the_broadcast_even_when_others_had_been_served() -> None:
    trials = Trials()
    tried(trials, Sent(1))
    tried(trials, ContentRejected("can't parse entities"))
    assert trials.leave(CLASSIC) is Leave.NEVER


def test_a_broadcast_that_goes_on_is_on_trial_anew() -> None:
    trials = Trials()
    tried(trials, Sent(1))
    tried(trials, ContentRejected("text is too long"), RICH)
    trials.forget(ISSUE)
    trials.begin(CLASSIC)
    assert trials.leave(CLASSIC) is Leave.WAIT


def test_the_same_unknown_refusal_of_five_readers_is_the_contents_fault() -> None:
    trials = Trials()
    outcomes = [tried(trials, Refused("SOMETHING_NEW")) for _ in range(5)]
    assert outcomes[:4] == [Refused("SOMETHING_NEW")] * 4
    assert outcomes[4] == ContentRejected("refused to 5 readers in a row: SOMETHING_NEW")
    assert trials.leave(CLASSIC) is Leave.NEVER


def test_five_readers_who_blocked_us_are_not_the_contents_fault() -> None:
    trials = Trials()
    refused = Refused("bot was blocked by the user", SubscriberState.BLOCKED)
    assert [tried(trials, refused) for _ in range(9)] == [refused] * 9


def test_other_words_in_between_begin_the_count_anew() -> None:
    trials = Trials()
    for words in ("A", "A", "A", "A", "B", "A", "A", "A", "A"):
        assert tried(trials, Refused(words)) == Refused(words)
