"""What the wire says to a server, and what it makes of everything that a server can do to it."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from delivery.connections import Connections
from delivery.wire import TelegramWire
from domain.deliveries import (
    ContentRejected,
    Delayed,
    Outcome,
    Refused,
    Sent,
    Unknown,
    Unsupported,
    WireClosed,
)
from domain.editions import Message, Style
from domain.readers import ChatId
from tests.integration.delivery.peer import (
    ME,
    MESSAGE,
    TOKEN,
    Act,
    Asked,
    Peer,
    head,
    is_silent,
    ok,
    peer,
    refusal,
    says,
    sends,
    then_closes,
    then_resets,
)

CHAT = ChatId(1)
CLASSIC = Message(Style.CLASSIC, "<b>Lead</b>")
BLOCKS = [{"type": "heading", "size": 1, "text": "Lead"}, {"type": "paragraph", "text": "a < b"}]
RICH = Message(Style.RICH, json.dumps(BLOCKS))
RICH_BACK = {**MESSAGE, "rich_message": {"blocks": BLOCKS}}
PAGE = b"<html><h1>403 Forbidden: bot was blocked by the user</h1></html>"
SENT = says(ok(MESSAGE))
MANY = b"x" * 10_000_000


@pytest.fixture
async def server() -> AsyncIterator[Peer]:
    async with peer() as running:
        yield running


@pytest.fixture
async def wire(server: Peer) -> AsyncIterator[TelegramWire]:
    async with Connections() as connections:
        yield TelegramWire(connections, server.bot)


async def outcome_of(wire: TelegramWire, message: Message = CLASSIC) -> Outcome:
    return await wire.send(CHAT, wire.letter(message))


async def test_a_letter_is_posted_to_its_method_as_json(server: Peer, wire: TelegramWire) -> None:
    letter = wire.letter(CLASSIC)
    assert await wire.send(CHAT, letter, silent=True) == Sent(42)
    asked = server.asked[0]
    assert (asked.verb, asked.target) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert asked.body == letter.to(CHAT, silent=True)
    assert asked.headers["Content-Type"] == "application/json"
    assert server.url.endswith(asked.headers["Host"])
    assert "Cookie" not in asked.headers


async def test_stars_are_paid_only_where_the_operator_said_so(server: Peer) -> None:
    async with Connections() as connections:
        for paid in (True, False):
            assert await outcome_of(TelegramWire(connections, server.bot, paid=paid)) == Sent(42)
    assert ["allow_paid_broadcast" in asked.json for asked in server.asked] == [True, False]


@pytest.mark.parametrize("message", [CLASSIC, RICH])
async def test_an_edit_is_one_method_for_every_style(server: Peer, wire: TelegramWire, message: Message) -> None:
    assert await wire.edit(CHAT, 7, wire.letter(message)) == Sent(7)
    assert (server.asked[0].method, server.asked[0].json["message_id"]) == ("editMessageText", 7)


async def test_a_picture_is_sent_with_its_caption(server: Peer, wire: TelegramWire) -> None:
    assert await wire.send_photo(CHAT, b"\x89PNG\r\n--", "by the “numbers”", silent=True) == Sent(42)
    asked = server.asked[0]
    assert asked.method == "sendPhoto"
    for expected in (b"\x89PNG\r\n--", "by the “numbers”".encode(), b'filename="picture.png"', b"image/png"):
        assert expected in asked.body


async def test_blocks_that_telegram_dropped_in_silence_are_logged(server: Peer, wire: TelegramWire) -> None:
    back: list[object] = [
        RICH_BACK,
        {**MESSAGE, "rich_message": {"blocks": BLOCKS[:1]}},
        {**MESSAGE, "rich_message": 7},
    ]
    server.does(*(says(ok(result)) for result in back))
    with capture_logs() as logs:
        for _ in back:
            assert await outcome_of(wire, RICH) == Sent(42)
    assert [(log["event"], log["sent"], log["stored"]) for log in logs] == [
        ("rich.content_lost", 2, 1),
        ("rich.content_lost", 2, 0),
    ]


MISSING = says(refusal(404, "Not Found: method not found"))


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (says(ok(ME)), Unsupported),
        (says(refusal(401, "Unauthorized")), WireClosed),
        (MISSING, WireClosed),
        (says(refusal(502, "Bad Gateway")), Delayed),
        (says((404, PAGE)), Delayed),
        (then_resets(is_silent), Delayed),
    ],
)
async def test_a_server_without_the_method_is_told_from_a_refused_token(
    server: Peer, wire: TelegramWire, who: Act, expected: type[Outcome]
) -> None:
    server.does(MISSING, who)
    assert isinstance(await outcome_of(wire, RICH), expected)
    assert [asked.method for asked in server.asked] == ["sendRichMessage", "getMe"]


async def test_a_method_that_every_server_has_is_missing_only_where_the_token_is_wrong(
    server: Peer, wire: TelegramWire
) -> None:
    server.does(says(refusal(404, "Not Found")))
    assert isinstance(await outcome_of(wire), WireClosed)
    assert isinstance(await wire.edit(CHAT, 7, wire.letter(RICH)), WireClosed)
    assert isinstance(await wire.send_photo(CHAT, b"", ""), WireClosed)


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:9], body[9:])) + b"0\r\n\r\n"


BODY = ok(MESSAGE)[1]


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(sends(head(200, "Transfer-Encoding: chunked") + chunked(BODY)), id="in chunks"),
        pytest.param(says((200, gzip.compress(BODY)), "Content-Encoding: gzip"), id="gzip"),
        pytest.param(then_closes(sends(head(200) + BODY)), id="until the end"),
        pytest.param(sends(head(100) + head(200, f"Content-Length: {len(BODY)}") + BODY), id="after 100 Continue"),
        pytest.param(says((200, b'{"ok":true,"result":{"message_id":42,"text":"\xff"}}')), id="no UTF-8"),
        pytest.param(says(ok(MESSAGE), "Connection: close"), id="close"),
        pytest.param(then_resets(says(ok(MESSAGE))), id="reset after the answer"),
    ],
)
async def test_a_message_that_arrived_is_known_to_have_arrived(server: Peer, wire: TelegramWire, act: Act) -> None:
    server.does(act, SENT)
    assert await outcome_of(wire) == Sent(42)
    assert await outcome_of(wire) == Sent(42)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(then_closes(is_silent), id="closed"),
        pytest.param(then_resets(is_silent), id="reset"),
        pytest.param(then_closes(sends(b"HTTP/1.1 2")), id="half a status line"),
        pytest.param(then_closes(sends(head(200)[:-2])), id="half a head"),
        pytest.param(sends(b"SSH-2.0-OpenSSH_9.2\r\n"), id="another protocol"),
        pytest.param(sends(b"\x00\x01\x02\xff\r\n\r\n"), id="binary"),
        pytest.param(sends(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n"), id="endless head"),
        pytest.param(sends(head(200, "Content-Length: many") + BODY), id="no length"),
        pytest.param(says((200, b"")), id="empty"),
        pytest.param(says((204, b"")), id="no content"),
        pytest.param(says((200, PAGE)), id="page"),
        pytest.param(says((200, BODY[:20])), id="half the JSON"),
        pytest.param(then_closes(sends(head(200, f"Content-Length: {len(BODY)}") + BODY[:20])), id="half the body"),
        pytest.param(
            then_closes(sends(head(200, "Transfer-Encoding: chunked") + chunked(BODY)[:30])), id="half a chunk"
        ),
        pytest.param(sends(head(200, "Transfer-Encoding: chunked") + b"nonsense\r\n"), id="no chunk"),
        pytest.param(says((200, BODY), "Content-Encoding: gzip"), id="no gzip"),
        pytest.param(says((200, MANY)), id="10 MB"),
        pytest.param(
            says((200, gzip.compress(b'{"ok":true,"x":"' + MANY)), "Content-Encoding: gzip"), id="a gzip bomb"
        ),
        pytest.param(says((504, PAGE)), id="a gateway that gave up waiting"),
    ],
)
async def test_a_request_that_left_without_an_answer_that_can_be_read_is_uncertain(
    server: Peer, wire: TelegramWire, act: Act
) -> None:
    server.does(act, SENT)
    assert isinstance(await outcome_of(wire), Unknown)
    assert await outcome_of(wire) == Sent(42), "and the next one is none the worse"
    assert len(server.asked) == 2, "nothing is sent again by itself"


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(says((502, PAGE)), id="page"),
        pytest.param(then_closes(sends(head(502, "Content-Length: 500") + PAGE)), id="half a page"),
        pytest.param(says((503, MANY)), id="10 MB"),
        pytest.param(says((403, PAGE)), id="forbidden"),
        pytest.param(says(refusal(599, "who knows")), id="unknown code"),
        pytest.param(says((302, b""), "Location: http://127.0.0.1:9/elsewhere"), id="redirect"),
        pytest.param(says((307, b""), "Location: /bot/sendMessage"), id="redirect that keeps the method"),
    ],
)
async def test_what_telegram_did_not_do_is_tried_again_later(server: Peer, wire: TelegramWire, act: Act) -> None:
    server.does(act, SENT)
    assert isinstance(await outcome_of(wire), Delayed)
    assert len(server.asked) == 1, "a redirect is not followed"
    assert await outcome_of(wire) == Sent(42)


@pytest.mark.parametrize("act", [is_silent, sends(b"HTTP/1.1 200"), sends(head(200, "Content-Length: 900") + BODY)])
async def test_an_answer_that_never_comes_is_uncertain(server: Peer, act: Act) -> None:
    server.does(act)
    async with Connections() as connections:
        assert isinstance(await outcome_of(TelegramWire(connections, server.bot, patience=0.05)), Unknown)


async def test_a_send_that_is_cancelled_leaves_no_connection_to_the_next(server: Peer, wire: TelegramWire) -> None:
    server.does(is_silent, SENT)
    sending = asyncio.create_task(outcome_of(wire))
    while not server.asked:  # noqa: ASYNC110  # the server is told by a socket
        await asyncio.sleep(0.001)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert await outcome_of(wire) == Sent(42)
    assert server.connections == 2


async def test_the_token_appears_in_no_outcome_and_in_no_log(
    server: Peer, wire: TelegramWire, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    acts: list[tuple[Act, type[Outcome]]] = [
        (says(refusal(400, f"Bad Request: can't parse the address /bot{TOKEN}/sendMessage")), ContentRejected),
        (says(refusal(403, f"Forbidden: bot{TOKEN}")), Refused),
        (says(refusal(500, f"oops {TOKEN}")), Delayed),
        (says((502, f"<html>/bot{TOKEN}/sendMessage</html>".encode())), Delayed),
        (then_resets(is_silent), Unknown),
        (sends(f"/bot{TOKEN}/ is no HTTP\r\n\r\n".encode()), Unknown),
    ]
    server.does(*(act for act, _ in acts))
    with capture_logs() as logs:
        outcomes = [await outcome_of(wire) for _ in acts]
    assert [type(outcome) for outcome in outcomes] == [kind for _, kind in acts]
    assert TOKEN not in repr(outcomes) + repr(logs) + caplog.text


async def test_a_token_of_any_form_is_struck_out(server: Peer) -> None:
    async with Connections() as connections:
        wire = TelegramWire(connections, f"{server.url}/bot1:short")
        server.does(says(refusal(403, "Forbidden: /bot1:short/sendMessage")))
        assert await outcome_of(wire) == Refused("Forbidden: /bot•••/sendMessage")


async def test_a_thousand_letters_leave_over_a_few_connections(server: Peer, wire: TelegramWire) -> None:
    letter = wire.letter(CLASSIC)

    async def several(first: int) -> set[Outcome]:
        return {await wire.send(ChatId(first + number), letter) for number in range(100)}

    assert await asyncio.gather(*(several(100 * hand) for hand in range(10))) == [{Sent(42)}] * 10
    assert server.connections == 10
    assert sorted(asked.json["chat_id"] for asked in server.asked) == list(range(1000))


async def test_a_slow_answer_in_pieces_is_put_together(server: Peer, wire: TelegramWire) -> None:
    async def drips(_: Asked, writer: asyncio.StreamWriter) -> None:
        for number in range(0, len(BODY), 16):
            writer.write(
                (head(200, f"Content-Length: {len(BODY)}") if not number else b"") + BODY[number : number + 16]
            )
            await asyncio.sleep(0.001)

    server.does(drips)
    assert await outcome_of(wire) == Sent(42)
