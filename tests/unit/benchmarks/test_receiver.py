from __future__ import annotations

import json
from random import Random
from statistics import median
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.receiver.bodies import beginning_of, chat_of, text_of, words_of
from benchmarks.receiver.conditions import Conditions, Faults, Latency, Mode
from benchmarks.receiver.echo import echo
from benchmarks.receiver.http import Connection

TEXT = "Lead story: a model & its <b>figures</b>, 1,204 stars"
MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n-42\r\n'
    b'--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    + TEXT.encode()
    + b"\r\n--x--\r\n"
)
BODIES = {
    "json": json.dumps({"chat_id": -42, "text": TEXT}).encode(),
    "json of strings": json.dumps({"text": TEXT, "chat_id": "-42"}).encode(),
    "form": urlencode({"chat_id": -42, "text": TEXT}).encode(),
    "form, text first": urlencode({"text": TEXT, "chat_id": -42}).encode(),
    "multipart": MULTIPART,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_the_chat_and_the_text_are_found_however_a_client_writes_them(body: bytes) -> None:
    assert chat_of(body) == -42
    assert text_of(body) == TEXT
    assert words_of(beginning_of(body)).startswith("Lead story: ")


def test_a_body_without_a_chat_names_none() -> None:
    assert chat_of(b"text=chat") is None


def test_the_echo_has_the_plain_text_and_entities_counted_in_utf_16_units() -> None:
    told = json.loads(b"{%b}" % echo("😀 <b>Lead</b> &amp; <a href='https://example.org'>more</a>"))
    assert told["text"] == "😀 Lead & more"
    assert told["entities"] == [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "text_link", "offset": 10, "url": "https://example.org", "length": 4},
    ]


def test_conditions_come_through_the_command_line_unchanged() -> None:
    told = Conditions(Mode.BUCKET, 10, penalties=(1, 5, 30), faults=Faults(blocked=0.03, outage_at=2.0))
    assert Conditions.from_json(told.to_json()) == told


def test_latency_has_the_median_and_the_slow_hundredth_that_were_asked_for() -> None:
    latency = Latency(Conditions(median=0.05, slow=0.25), Random(1))
    drawn = sorted(latency.draw() for _ in range(20_000))
    assert median(drawn) == pytest.approx(0.05, rel=0.05)
    assert drawn[int(len(drawn) * 0.99)] == pytest.approx(0.25, rel=0.1)
    assert Latency(Conditions(median=0.0), Random(1)).draw() == 0.0


class Deaf:
    """Keeps the requests that a connection has found."""

    def __init__(self) -> None:
        self.requests: list[tuple[bytes, bytes]] = []

    def __call__(self, connection: Connection, target: bytes, body: bytes) -> None:
        self.requests.append((target, body))


@given(
    st.lists(st.tuples(st.booleans(), st.binary(max_size=80)), max_size=6),
    st.lists(st.integers(1, 50), min_size=1, max_size=8),
)
def test_requests_are_found_wherever_the_network_breaks_them(
    requests: list[tuple[bool, bytes]], pieces: list[int]
) -> None:
    stream = b"".join(_chunked(body) if chunked else _lengthy(body) for chunked, body in requests)
    deaf = Deaf()
    connection = Connection(deaf, set())
    number = 0
    while stream:
        piece = pieces[number % len(pieces)]
        connection.data_received(stream[:piece])
        stream = stream[piece:]
        number += 1
    assert deaf.requests == [(b"/bot1:x/sendMessage", body) for _, body in requests]


def _lengthy(body: bytes) -> bytes:
    return b"POST /bot1:x/sendMessage HTTP/1.1\r\nHost: here\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)


def _chunked(body: bytes) -> bytes:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (body[:7], body[7:]) if piece)
    head = b"POST /bot1:x/sendMessage HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + chunks + b"0\r\n\r\n"
