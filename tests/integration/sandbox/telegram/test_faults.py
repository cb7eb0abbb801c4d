"""What goes wrong on demand goes wrong on the wire, and nowhere else."""

from __future__ import annotations

import random
import time

import httpx
import pytest

from sandbox.telegram import TELEGRAM, Fault, Harm, Latency, SandboxTelegram

ADA = 1001


@pytest.fixture(autouse=True)
def _started(telegram: SandboxTelegram) -> None:
    telegram.user(ADA, "Ada").start()


def _send(api: httpx.Client, chat_id: int = ADA) -> httpx.Response:
    return api.post("sendMessage", json={"chat_id": chat_id, "text": "news"})


def test_a_flood_is_refused_with_the_seconds_to_wait(telegram: SandboxTelegram, api: httpx.Client) -> None:
    telegram.gate.set(TELEGRAM)
    _send(api)

    answer = _send(api)

    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "1"
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert len(telegram.user(ADA).received) == 1


def test_a_wrong_message_costs_no_place_in_the_window(telegram: SandboxTelegram, api: httpx.Client) -> None:
    telegram.gate.set(TELEGRAM)
    api.post("sendMessage", json={"chat_id": ADA, "text": "<p>", "parse_mode": "HTML"})

    assert _send(api).json()["ok"] is True


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (Fault.too_many_requests(7), 429, "Too Many Requests: retry after 7"),
        (Fault.named("blocked"), 403, "Forbidden: bot was blocked by the user"),
        (Fault.named("deactivated"), 403, "Forbidden: user is deactivated"),
        (Fault.named("chat_not_found"), 400, "Bad Request: chat not found"),
        (Fault.named("server_error"), 500, "Internal Server Error"),
        (Fault.migrated(-100), 400, "Bad Request: group chat was upgraded to a supergroup chat"),
    ],
)
def test_a_fault_refuses_and_does_nothing(
    telegram: SandboxTelegram, api: httpx.Client, fault: Fault, status: int, said: str
) -> None:
    telegram.faults.add(fault.only(methods=["sendMessage"], times=1))

    answer = _send(api)

    assert (answer.status_code, answer.json()["description"]) == (status, said)
    assert telegram.user(ADA).received == []
    assert _send(api).json()["ok"] is True


def test_a_page_of_a_proxy_is_no_json(telegram: SandboxTelegram, api: httpx.Client) -> None:
    telegram.faults.add(Fault.page(502))

    answer = _send(api)

    assert answer.status_code == 502
    assert answer.headers["content-type"] == "text/html"
    assert telegram.user(ADA).received == []


def test_a_connection_cut_before_leaves_no_message(telegram: SandboxTelegram, api: httpx.Client) -> None:
    telegram.faults.add(Fault.of(Harm.RESET_BEFORE).only(times=1))

    with pytest.raises(httpx.TransportError):
        _send(api)

    assert telegram.user(ADA).received == []
    assert _send(api).json()["ok"] is True


def test_a_connection_cut_after_leaves_a_message_without_answer(telegram: SandboxTelegram, api: httpx.Client) -> None:
    telegram.faults.add(Fault.of(Harm.RESET_AFTER).only(times=1))

    with pytest.raises(httpx.TransportError):
        _send(api)

    assert len(telegram.user(ADA).received) == 1


@pytest.mark.parametrize("harm", [Harm.HALF_JSON, Harm.HTML_OK])
def test_a_broken_answer_hides_a_message_that_arrived(telegram: SandboxTelegram, api: httpx.Client, harm: Harm) -> None:
    telegram.faults.add(Fault.of(harm))

    answer = _send(api)

    assert answer.status_code == 200
    with pytest.raises(ValueError, match=r".+"):
        answer.json()
    assert len(telegram.user(ADA).received) == 1


def test_a_fault_hits_only_the_chats_that_it_names(telegram: SandboxTelegram, api: httpx.Client) -> None:
    telegram.user(1002).start()
    fault = telegram.faults.add(Fault.named("blocked").only(chats=[1002]))

    assert _send(api).status_code == 200
    assert _send(api, 1002).status_code == 403
    assert fault.hits == 1


def test_an_outage_ends_by_itself(telegram: SandboxTelegram, api: httpx.Client) -> None:
    telegram.faults.outage(0.2)

    assert _send(api).status_code == 502
    telegram.faults.now = lambda: time.monotonic() + 1
    assert _send(api).status_code == 200


def test_slow_calls_take_their_time(telegram: SandboxTelegram, api: httpx.Client) -> None:
    telegram.faults.add(Fault.slow(0.1))
    begin = time.perf_counter()

    _send(api)

    assert time.perf_counter() - begin >= 0.1


def test_the_same_seed_hits_the_same_calls() -> None:
    def hits(seed: int) -> list[bool]:
        telegram = SandboxTelegram(chance=random.Random(seed))
        telegram.faults.add(Fault.named("blocked").only(share=0.5))
        return [bool(telegram.faults.hit("sendmessage", chat)) for chat in range(40)]

    assert hits(1) == hits(1)
    assert hits(1) != hits(2)
    assert 8 < sum(hits(1)) < 32


def test_latency_has_the_median_and_the_tail_that_were_asked_for() -> None:
    chance = random.Random(1)
    drawn = sorted(Latency(0.06, 0.3).draw(chance) for _ in range(20_000))

    assert drawn[10_000] == pytest.approx(0.06, rel=0.05)
    assert drawn[19_800] == pytest.approx(0.3, rel=0.15)


def test_faults_can_be_cleared(telegram: SandboxTelegram, api: httpx.Client) -> None:
    telegram.faults.add(Fault.named("blocked"))
    telegram.faults.latency = Latency(5, 5)

    telegram.faults.clear()

    assert _send(api).json()["ok"] is True


def test_statistics_tell_what_came_and_what_was_answered(telegram: SandboxTelegram, api: httpx.Client) -> None:
    _send(api)
    _send(api, 5)
    _send(api)

    told = telegram.statistics
    assert (told.calls, told.accepted, told.by_method, told.by_answer) == (3, 2, {"sendmessage": 3}, {200: 2, 400: 1})
    assert telegram.duplicates() == {ADA: {"news": 2}}
