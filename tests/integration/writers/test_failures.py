"""An endpoint that is busy, broken, slow, endless or elsewhere: bounded, told in words, and never with the key."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

from domain.plans import NoAnswer
from tests.integration.writers.endpoint import KEY, always, completion, error, in_turn, sentences, serving
from tests.integration.writers.plans import GOOD, plan
from writers.model import LanguageModel

TEXT = sentences(GOOD)


def good() -> Response:
    return completion(TEXT)


@pytest.mark.parametrize(
    ("status", "message", "lasting", "why"),
    [
        (401, f"Incorrect API key provided: {KEY}. You can find yours in the console.", True, "key is refused"),
        (402, "Insufficient credits", True, "credit"),
        (403, "The model needs another plan", True, "may not use"),
        (404, "The model `some-model` does not exist", True, "no such model"),
        (400, "Something else is wrong", True, "refused"),
        (413, "Too large", True, "refused"),
        (429, "Rate limit reached", False, "busy"),
        (500, "Internal error", False, "busy"),
        (529, "Overloaded", False, "busy"),
    ],
)
def test_a_refusal_is_told_in_words_and_without_the_key(status: int, message: str, lasting: bool, why: str) -> None:
    waited: list[float] = []
    with serving(always(lambda: error(status, message))) as asked:
        with pytest.raises(NoAnswer, match=why) as raised:
            asked.model(pause=waited.append).write(plan())
        assert raised.value.lasting is lasting
        assert KEY not in str(raised.value)
        assert len(asked.bodies) == (1 if lasting else 2)


def test_after_a_refusal_that_lasts_nothing_more_is_asked() -> None:
    with serving(always(lambda: error(401, "no"))) as asked:
        model = asked.model()
        for _ in range(3):
            with pytest.raises(NoAnswer, match="key is refused"):
                model.write(plan())
        assert len(asked.bodies) == 1


def _in_two_seconds() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)


@pytest.mark.parametrize(
    "busy",
    [
        lambda: error(429, "Slow down", {"Retry-After": "2"}),
        lambda: error(503, "Loading model", {"Retry-After": "2"}),
        lambda: error(429, "Slow down", {"Retry-After": _in_two_seconds()}),
    ],
)
def test_a_busy_endpoint_is_asked_once_more_after_the_pause_that_it_asks_for(busy: Callable[[], Response]) -> None:
    waited: list[float] = []
    with serving(in_turn(busy, good)) as asked:
        assert asked.model(pause=waited.append).write(plan()).sentences
    assert waited == pytest.approx([2.0], abs=1.5)


@pytest.mark.parametrize("nonsense", ["soon", "nan", "inf", "-5", "Sun, 22 Nov 2026 05:00:02", "1e400"])
def test_a_pause_that_makes_no_sense_breaks_nothing(nonsense: str) -> None:
    waited: list[float] = []
    busy = always(lambda: error(429, "Slow down", {"Retry-After": nonsense}))
    with serving(busy) as asked, pytest.raises(NoAnswer, match="busy"):
        asked.model(pause=waited.append).write(plan())
    assert all(0 <= pause <= 10 for pause in waited)


def test_a_pause_that_is_too_long_is_not_waited_for() -> None:
    waited: list[float] = []
    with serving(always(lambda: error(429, "Slow down", {"Retry-After": "3600"}))) as asked:
        with pytest.raises(NoAnswer, match="busy"):
            asked.model(pause=waited.append).write(plan())
        assert len(asked.bodies) == 1
    assert waited == []


async def _trickle() -> AsyncIterator[bytes]:
    for _ in range(200):
        yield b" "
        await asyncio.sleep(0.02)
    yield TEXT.encode()


async def _silence() -> AsyncIterator[bytes]:
    await asyncio.sleep(3)
    yield TEXT.encode()


async def _flood() -> AsyncIterator[bytes]:
    for _ in range(20):
        yield b"[" * 65_536


async def _half() -> AsyncIterator[bytes]:
    yield b'{"choices": [{"mess'
    raise ConnectionError


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (lambda: StreamingResponse(_trickle()), "too slowly|no answer"),
        (lambda: StreamingResponse(_silence()), "no answer within"),
        (lambda: StreamingResponse(_flood()), "longer than"),
        (lambda: Response(b'{"choices": [', headers={"Content-Type": "application/json"}), "no JSON"),
        (lambda: HTMLResponse("<html>Welcome to our portal</html>"), "no JSON"),
        (lambda: HTMLResponse("<html>Bad gateway</html>", 502), "busy"),
        (lambda: Response(b""), "no JSON"),
        (lambda: RedirectResponse("https://elsewhere.example/v1"), "redirects elsewhere"),
        (lambda: JSONResponse({"detail": "Not Found"}, 404), "Not Found"),
    ],
)
def test_what_is_no_answer_ends_in_time(reply: Callable[[], Response], why: str) -> None:
    with serving(always(reply)) as asked:
        begun = time.monotonic()
        with pytest.raises(NoAnswer, match=why):
            asked.model(seconds=0.6, pause=lambda _: None).write(plan())
        assert time.monotonic() - begun < 2.5


def test_half_a_body_is_no_answer() -> None:
    with serving(always(lambda: StreamingResponse(_half()))) as asked, pytest.raises(NoAnswer, match="failed"):
        asked.model().write(plan())


def test_an_endpoint_that_is_not_there_is_no_answer() -> None:
    with serving(always(good)) as asked:
        model = asked.model()
    with pytest.raises(NoAnswer, match="ConnectError"):
        model.write(plan())


def test_the_time_of_an_issue_is_one_for_all_its_questions() -> None:
    ticks = iter(range(0, 10_000, 40))
    with serving(always(good)) as asked:
        model = asked.model(timer=lambda: float(next(ticks)))
        with pytest.raises(NoAnswer):
            _asked_until_refused(model)
        assert len(asked.bodies) < 3


def _asked_until_refused(model: LanguageModel) -> None:
    for _ in range(20):
        model.write(plan())


def test_the_key_does_not_stand_in_the_form_of_an_endpoint() -> None:
    with serving(always(good)) as asked:
        assert KEY not in repr(asked.model())
