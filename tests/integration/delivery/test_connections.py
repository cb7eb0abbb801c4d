"""Whether a request has left: over connections that are refused, broken, closed, secured or proxied."""

from __future__ import annotations

import asyncio
import select
import socket
import ssl
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme
from yarl import URL

from delivery.bodies import json_body
from delivery.connections import Answer, Connections, Endpoint, NeverLeft, NoAnswer
from tests.integration.delivery.peer import MESSAGE, Peer, head, is_silent, ok, peer, says, then_resets
from tests.integration.delivery.tunnel import Proxy, proxy

ASKED = json_body(b"{}")
STATUS, BODY = ok(MESSAGE)
ANSWER = Answer(STATUS, BODY)
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


async def ask(url: str, connections: Connections | None = None) -> Answer:
    """Ask once, over connections of its own."""
    async with connections or Connections(connecting=2.0) as pool:
        return await pool.ask(Endpoint(URL(f"{url}/bot1:x/getMe")), ASKED, patience=2.0)


@contextmanager
def listener() -> Iterator[tuple[socket.socket, str]]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening, f"http://127.0.0.1:{listening.getsockname()[1]}"


async def test_a_refused_connection_never_left() -> None:
    with listener() as (_, url):
        pass
    with pytest.raises(NeverLeft, match="Connect"):
        await ask(url)


@pytest.mark.parametrize("host", ["nowhere.invalid", "x" * 70 + ".invalid"])
async def test_a_name_that_nobody_knows_never_left(host: str) -> None:
    with pytest.raises(NeverLeft):
        await ask(f"http://{host}")


async def test_a_handshake_that_never_ends_never_left() -> None:
    with listener() as (_, url), pytest.raises(NeverLeft, match="within"):
        await ask(url.replace("http", "https"), Connections(connecting=0.1))


async def test_a_server_that_speaks_no_tls_never_heard_us() -> None:
    async with peer() as server:
        with pytest.raises(NeverLeft):
            await ask(server.url.replace("http", "https"), Connections(connecting=0.2))
        assert server.asked == []


async def test_who_waits_in_vain_for_a_place_in_the_pool_never_left() -> None:
    async with peer() as server, Connections(connections=1, connecting=0.05) as pool:
        server.does(is_silent)
        endpoint = Endpoint(URL(f"{server.url}/bot1:x/getMe"))
        first = asyncio.create_task(pool.ask(endpoint, ASKED))
        await asyncio.sleep(0.02)
        with pytest.raises(NeverLeft, match="within"):
            await pool.ask(endpoint, ASKED)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert len(server.asked) == 1


async def test_a_server_behind_a_password_is_told_it() -> None:
    async with peer() as server:
        assert await ask(server.url.replace("http://", "http://user:p%40ss@")) == ANSWER
        assert server.asked[0].headers["Authorization"] == "Basic dXNlcjpwQHNz"
        assert server.asked[0].target == "/bot1:x/getMe"


async def test_connections_that_are_closed_say_what_is_wrong() -> None:
    with pytest.raises(RuntimeError, match="open the connections"):
        await Connections().ask(Endpoint(URL("http://127.0.0.1:9/")), ASKED)


class Brusque(threading.Thread):
    """A server in a thread of its own that answers each connection once, and closes it a moment later."""

    def __init__(self, listening: socket.socket) -> None:
        super().__init__(daemon=True)
        self.listening = listening
        self.asked = 0

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            if connection.recv(65536):
                self.asked += 1
                connection.sendall(head(200, f"Content-Length: {len(BODY)}") + BODY)
                time.sleep(0.02)


@pytest.mark.skipif(not hasattr(select, "POLLRDHUP"), reason="only Linux tells that the peer has closed its half")
async def test_a_request_is_not_written_to_a_connection_that_was_closed_while_it_waited() -> None:
    with listener() as (listening, url):
        server = Brusque(listening)
        server.start()
        async with Connections() as pool:
            endpoint = Endpoint(URL(f"{url}/bot1:x/getMe"))
            for round_ in range(1, 4):
                assert await asyncio.gather(*(pool.ask(endpoint, ASKED) for _ in range(6))) == [ANSWER] * 6
                assert server.asked == 6 * round_
                time.sleep(0.1)  # noqa: ASYNC251  # the loop must not hear that they were closed
        listening.shutdown(socket.SHUT_RDWR)


async def test_a_connection_that_is_cut_with_a_request_on_it_may_have_brought_it() -> None:
    async with peer() as server:
        server.does(says(ok(MESSAGE)), then_resets(is_silent), says(ok(MESSAGE)))
        async with Connections() as pool:
            endpoint = Endpoint(URL(f"{server.url}/bot1:x/getMe"))
            assert await pool.ask(endpoint, ASKED) == ANSWER
            with pytest.raises(NoAnswer):
                await pool.ask(endpoint, ASKED)
            assert await pool.ask(endpoint, ASKED) == ANSWER
        assert [asked.connection for asked in server.asked] == [1, 1, 2]


async def test_connections_can_be_closed_and_opened_again() -> None:
    async with peer() as server:
        pool, endpoint = Connections(), Endpoint(URL(f"{server.url}/bot1:x/getMe"))
        for _ in range(2):
            async with pool:
                await pool.open()
                assert await pool.ask(endpoint, ASKED) == ANSWER
            await pool.close()
        assert server.connections == 2


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
async def secure(authority: trustme.CA) -> AsyncIterator[Peer]:
    """A server with a certificate for 127.0.0.1."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    async with peer(tls) as running:
        yield running


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the authority."""
    authority.cert_pem.write_to_path(str(tmp_path / "authorities.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authorities.pem"))


@pytest.mark.usefixtures("trusted")
async def test_a_certificate_of_an_authority_that_the_environment_names_is_accepted(secure: Peer) -> None:
    assert await ask(secure.url) == ANSWER


async def test_a_certificate_of_an_authority_that_nobody_knows_is_refused(secure: Peer) -> None:
    with pytest.raises(NeverLeft, match="certificate verify failed"):
        await ask(secure.url)
    assert secure.asked == []


@pytest.mark.usefixtures("trusted")
async def test_a_certificate_for_another_host_is_refused(secure: Peer) -> None:
    with pytest.raises(NeverLeft, match="certificate verify failed"):
        await ask(secure.url.replace("127.0.0.1", "localhost"))
    assert secure.asked == []


@pytest.fixture
async def between() -> AsyncIterator[Proxy]:
    async with proxy() as running:
        yield running


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
async def test_tls_goes_through_the_tunnel_of_the_proxy_that_the_environment_names(
    secure: Peer, between: Proxy, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, f"http://user:p%40ss@{between.address}")
    async with Connections() as pool:
        endpoint = Endpoint(URL(f"{secure.url}/bot1:x/getMe"))
        for _ in range(3):
            assert await pool.ask(endpoint, ASKED) == ANSWER
    assert len(between.heads) == 1, "the tunnel is kept"
    assert between.heads[0].startswith(f"CONNECT {URL(secure.url).authority} ")
    assert "Proxy-Authorization: Basic dXNlcjpwQHNz" in between.heads[0]
    assert "bot1:x" not in between.heads[0]
    assert "Proxy-Authorization" not in secure.asked[0].headers


async def test_what_is_not_secured_is_asked_of_the_proxy_by_its_whole_address(
    between: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"user:pass@{between.address}")
    assert await ask("http://telegram.example:8081") == ANSWER
    assert between.heads[0].startswith("POST http://telegram.example:8081/bot1:x/getMe HTTP/1.1\r\n")
    assert "Host: telegram.example:8081\r\n" in between.heads[0]
    assert "Proxy-Authorization: Basic dXNlcjpwYXNz\r\n" in between.heads[0]


async def test_a_host_that_needs_no_proxy_is_asked_itself(between: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{between.address}")
    monkeypatch.setenv("NO_PROXY", "example.org,127.0.0.1")
    async with peer() as server:
        assert await ask(server.url) == ANSWER
    assert between.heads == []


@pytest.mark.parametrize("status", [403, 407, 502])
async def test_a_proxy_that_refuses_never_lets_us_leave(
    between: Proxy, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    between.status = status
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:secret@{between.address}")
    with pytest.raises(NeverLeft) as refused:
        await ask("https://telegram.example")
    assert "secret" not in str(refused.value)


async def test_a_proxy_that_is_not_there_never_lets_us_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    with listener() as (_, url):
        monkeypatch.setenv("HTTPS_PROXY", url)
    with pytest.raises(NeverLeft):
        await ask("https://telegram.example")


@pytest.mark.parametrize("named", ["socks5://127.0.0.1:9050", "http://", "http://[::1", "ftp://proxy.example"])
async def test_a_proxy_that_cannot_be_used_says_what_to_change(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", named)
    with pytest.raises(NeverLeft, match=r"mend HTTPS_PROXY or ALL_PROXY, or add telegram\.example to NO_PROXY"):
        await ask("https://telegram.example")
