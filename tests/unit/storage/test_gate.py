"""Shares of a rate: pure, and never more than the rate, whoever asks when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.ledger import Budget, Hold, WorkerId
from storage.gate import BUSY_HOLD, IDLE_HOLD, SPAN, Gate, fair_parts, reserve

NOON = datetime(2026, 7, 4, 12, tzinfo=UTC)
ANN, BOB, CID = WorkerId("ann"), WorkerId("bob"), WorkerId("cid")


def gate(rate: int = 30) -> Gate:
    return Gate(rate, NOON)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def held(own: Gate, now: datetime) -> int:
    return sum(share.slots for share in own.holders.values() if share.until > now)


def test_who_is_alone_and_wants_everything_gets_everything() -> None:
    assert gate().share(ANN, Hold(wanted=100), NOON) == Budget(30, NOON + BUSY_HOLD)


def test_who_wants_nothing_holds_a_reserve_for_replies() -> None:
    assert gate().share(ANN, Hold(), NOON) == Budget(3, NOON + IDLE_HOLD)
    assert gate(rate=1).share(ANN, Hold(), NOON).slots == 1


def test_many_reserves_leave_most_of_the_rate_to_who_has_something_to_send() -> None:
    own = gate()
    for name in [*range(10), *range(10)]:
        own.share(WorkerId(f"bot{name}"), Hold(), NOON)
    assert own.share(ANN, Hold(wanted=30), NOON).slots == 20


def test_what_is_in_use_is_not_given_away() -> None:
    own = gate()
    own.share(ANN, Hold(wanted=30), NOON)
    assert own.share(BOB, Hold(wanted=30), NOON).slots == 0
    assert own.share(ANN, Hold(in_use=28, wanted=30), NOON).slots == 15
    assert own.share(BOB, Hold(wanted=30), NOON).slots == 2
    own.share(ANN, Hold(in_use=15, wanted=30), NOON)
    assert own.share(BOB, Hold(wanted=30), NOON).slots == 15


def test_who_wants_less_leaves_the_rest_to_who_wants_more() -> None:
    own = gate()
    own.share(ANN, Hold(wanted=5), NOON)
    assert own.share(BOB, Hold(wanted=30), NOON).slots == 25


def test_a_dead_holders_share_comes_back_when_its_hold_ends() -> None:
    own = gate()
    own.share(ANN, Hold(wanted=30), NOON)
    assert own.share(BOB, Hold(wanted=30), after(4.99)).slots == 0
    assert own.share(BOB, Hold(wanted=30), after(5)).slots == 30
    assert own.share(ANN, Hold(in_use=4, wanted=30), after(5.1)).slots == 0, "what was taken meanwhile stays taken"


def test_who_leaves_keeps_what_rests_until_it_has_rested() -> None:
    own = gate()
    own.share(ANN, Hold(wanted=30), NOON)
    assert own.share(ANN, Hold(in_use=7, leaving=True), NOON) == Budget(0, NOON)
    assert own.share(BOB, Hold(wanted=30), NOON).slots == 23
    assert own.share(BOB, Hold(wanted=30), NOON + SPAN).slots == 30


def test_a_hold_is_written_only_when_it_is_nearly_over() -> None:
    own = gate()
    own.share(ANN, Hold(wanted=30), NOON)
    own.changed = False
    assert own.share(ANN, Hold(in_use=30, wanted=30), after(0.9)).until == NOON + BUSY_HOLD
    assert not own.changed
    assert own.share(ANN, Hold(in_use=30, wanted=30), after(1.1)).until == after(1.1) + BUSY_HOLD
    assert own.changed


def test_a_pause_only_grows_and_ends() -> None:
    own = gate()
    own.pause(after(5))
    own.pause(after(2))
    assert own.share(ANN, Hold(), NOON).paused_until == after(5)
    assert own.share(ANN, Hold(), after(5)).paused_until is None


def test_what_a_wrong_clock_planned_moves_with_it() -> None:
    own = Gate(30, after(3600))
    own.share(ANN, Hold(wanted=30), after(3600))
    own.pause(after(3660))
    assert own.arrive(NOON) == timedelta(hours=1)
    assert own.share(BOB, Hold(wanted=30), NOON) == Budget(0, after(5), after(60))
    assert own.share(BOB, Hold(wanted=30), after(5)).slots == 30


@given(rate=st.integers(1, 1000), wanted=st.dictionaries(st.text(max_size=3), st.integers(0, 2000), min_size=1))
def test_parts_are_fair(rate: int, wanted: dict[str, int]) -> None:
    wants = {WorkerId(name): want for name, want in wanted.items()}
    parts = fair_parts(rate, wants)
    least = reserve(rate, len(wants))
    demands = {name: min(rate, max(least, want)) for name, want in wants.items()}
    assert parts.keys() == wants.keys()
    assert sum(parts.values()) == min(rate, sum(demands.values()))
    assert all(parts[name] <= demands[name] for name in wants)
    poorest = min(parts[name] for name in wants)
    short = [name for name in wants if parts[name] < demands[name]]
    assert all(parts[other] <= parts[name] + 1 for name in short for other in wants)
    assert poorest >= 1 or len(wants) > rate


words = st.tuples(
    st.sampled_from([ANN, BOB, CID]),
    st.floats(0, 3),  # seconds since the tick before
    st.integers(0, 40),  # wanted
    st.floats(0, 1),  # how much of what it may use it uses
    st.sampled_from([False, False, False, True]),  # leaves
    st.booleans(),  # whether the answer arrives
)


@given(rate=st.integers(1, 30), ticks=st.lists(words, max_size=60))
def test_no_interleaving_of_ticks_lets_more_be_used_than_the_rate(
    rate: int, ticks: list[tuple[WorkerId, float, int, float, bool, bool]]
) -> None:
    """Each process uses up to what it was told last, until its hold ends, and says so; some answers are lost."""
    own, now = gate(rate), NOON
    limits: dict[WorkerId, tuple[int, datetime]] = {}
    used: dict[WorkerId, int] = {}
    for worker, pause, wanted, share, leaving, arrives in ticks:
        now += timedelta(seconds=pause)
        own.arrive(now)
        for name, (_, until) in limits.items():
            used[name] = 0 if until <= now else used[name]
        may, until = limits.get(worker, (0, now))
        used[worker] = min(used.get(worker, 0), round(share * used.get(worker, 0)))
        if until > now:
            used[worker] = max(used[worker], round(share * may))
        budget = own.share(worker, Hold(used[worker], wanted, leaving), now)
        assert held(own, now) <= rate
        limits[worker] = (budget.slots, budget.until) if arrives else (used[worker], until)
        if leaving:
            used[worker], limits[worker] = 0, (0, now)
        elif arrives:
            used[worker] = max(used[worker], budget.slots)  # at once, all of it
        assert sum(used.values()) <= rate


@given(
    rate=st.integers(3, 30),
    wanted=st.dictionaries(st.sampled_from([ANN, BOB, CID]), st.integers(0, 40), min_size=1),
    hog=st.sampled_from([ANN, BOB, CID]),
)
def test_the_starved_get_their_part_within_two_ticks_of_the_others(
    rate: int, wanted: dict[WorkerId, int], hog: WorkerId
) -> None:
    own = gate(rate)
    own.share(hog, Hold(in_use=0, wanted=rate), NOON)
    wanted.setdefault(hog, rate)
    for _ in range(3):
        budgets = {worker: own.share(worker, Hold(0, want), NOON).slots for worker, want in wanted.items()}
    assert budgets == fair_parts(rate, wanted)
