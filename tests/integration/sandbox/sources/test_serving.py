from __future__ import annotations

import asyncio
import socket
import threading
import time

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.serving import NotServing, Serving


async def _hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


async def _hang(_request: Request) -> Response:
    await asyncio.sleep(3600)
    return PlainTextResponse("too late")


def _app() -> Starlette:
    return Starlette(routes=[Route("/", _hello), Route("/hang", _hang)])


def test_a_server_answers_as_soon_as_it_is_started() -> None:
    with Serving(_app()) as server:
        assert httpx.get(server.url).text == "hello"


def test_two_servers_get_ports_of_their_own() -> None:
    with Serving(_app()) as one, Serving(_app()) as other:
        assert one.port != other.port
        assert httpx.get(other.url).text == "hello"


def test_a_stopped_server_refuses_and_started_again_answers_on_the_same_port() -> None:
    server = Serving(_app()).start()
    address = server.url
    server.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)
    with server:
        assert server.url == address
        assert httpx.get(address).text == "hello"


def test_starting_twice_and_stopping_twice_change_nothing() -> None:
    server = Serving(_app())
    with server:
        assert server.start() is server
        assert httpx.get(server.url).text == "hello"
    server.stop()


def test_a_server_stops_though_an_answer_hangs() -> None:
    ended: list[Exception] = []

    def ask(url: str) -> None:
        try:
            httpx.get(f"{url}/hang", timeout=30)
        except httpx.HTTPError as error:
            ended.append(error)

    server = Serving(_app()).start()
    asking = threading.Thread(target=ask, args=(server.url,))
    asking.start()
    time.sleep(0.1)
    before = time.monotonic()
    server.stop()
    asking.join(5)
    assert time.monotonic() - before < 2
    assert [type(error) for error in ended] == [httpx.RemoteProtocolError]


def test_answers_over_a_kept_connection_come_without_the_forty_millisecond_wait() -> None:
    with Serving(_app()) as server, httpx.Client(base_url=server.url) as client:
        client.get("/")
        before = time.monotonic()
        for _ in range(20):
            client.get("/")
        assert time.monotonic() - before < 0.6


async def test_a_server_can_be_entered_from_a_coroutine() -> None:
    async with Serving(_app()) as server, httpx.AsyncClient() as client:
        assert (await client.get(server.url)).text == "hello"


def test_the_address_is_not_known_before_the_start() -> None:
    with pytest.raises(NotServing, match="start the server"):
        _ = Serving(_app()).url


def test_an_application_that_fails_to_start_is_told() -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "lifespan"
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no"})

    with pytest.raises(NotServing, match="did not start"):
        Serving(failing).start()


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            Serving(_app(), port=taken.getsockname()[1]).start()
