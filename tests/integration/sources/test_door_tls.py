"""The door over TLS: the certificate is judged by the host's name, although the connection goes to an address."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import trustme

from sources.door import Door
from sources.errors import ForbiddenAddress, TryLater
from sources.network import Network, Origin
from tests.integration.sources.site import Site, ok, redirect, site

MakeDoor = Callable[..., Door]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
async def secure(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """A site with a certificate for site.example, signed by an authority that this machine trusts."""
    known = tmp_path / "authorities.pem"
    authority.cert_pem.write_to_path(str(known))
    monkeypatch.setenv("SSL_CERT_FILE", str(known))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("site.example").configure_cert(tls)
    async with site(tls) as running:
        yield running


def _door(make: MakeDoor, host: str, running: Site) -> tuple[Door, str]:
    async def resolve(name: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    origin = Origin("https", host, running.port)
    return make(network=Network({origin}, resolve)), f"https://{host}:{running.port}/list"


async def test_a_certificate_for_the_host_is_accepted(secure: Site, door_to: MakeDoor) -> None:
    secure.on("/list", ok(b"here"))
    door, url = _door(door_to, "site.example", secure)
    assert (await door.get(url, "text/plain")).body == b"here"


async def test_a_certificate_for_another_host_is_refused(secure: Site, door_to: MakeDoor) -> None:
    secure.on("/list", ok(b"here"))
    door, url = _door(door_to, "other.example", secure)
    with pytest.raises(TryLater, match="takes no connection"):
        await door.get(url, "text/plain")
    assert secure.asked == []


async def test_an_authority_that_nobody_trusts_is_refused(
    secure: Site, door_to: MakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    secure.on("/list", ok(b"here"))
    door, url = _door(door_to, "site.example", secure)
    with pytest.raises(TryLater):
        await door.get(url, "text/plain")
    assert secure.asked == []


async def test_a_redirect_from_https_to_http_is_refused(secure: Site, other: Site, door_to: MakeDoor) -> None:
    secure.on("/list", redirect(other.on("/list", ok(b"here"))))
    door, url = _door(door_to, "site.example", secure)
    with pytest.raises(ForbiddenAddress, match="from https to http"):
        await door.get(url, "text/plain")
    assert other.connections == 0
