"""Which addresses are public, and what an origin is."""

from __future__ import annotations

from ipaddress import ip_address

import httpx
import pytest

from sources.errors import ForbiddenAddress, SourceError, TryLater
from sources.network import Bases, Network, Origin, is_public, resolve


@pytest.mark.parametrize(
    "text", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "127.255.0.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0",  # noqa: S104  an address to refuse, not to bind
        "224.0.0.1", "239.1.1.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fd00::1", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_private_addresses_are_not_however_they_are_written(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://example.org/x", ("https", "example.org", 443)),
        ("http://example.org", ("http", "example.org", 80)),
        ("http://127.0.0.1:8081/bot", ("http", "127.0.0.1", 8081)),
        ("https://[::1]:8443", ("https", "::1", 8443)),
        ("HTTPS://EXAMPLE.org", ("https", "example.org", 443)),
    ],
)
def test_an_origin_is_scheme_host_and_port(address: str, origin: tuple[str, str, int]) -> None:
    assert Origin.parse(address) == origin


@pytest.mark.parametrize(
    "address",
    ["", "example.org", "ftp://example.org", "http://", "http://a b/", "http://u:p@example.org", "http://x:y/"],
)
def test_what_has_no_origin_is_forbidden(address: str) -> None:
    with pytest.raises(ForbiddenAddress):
        Origin.parse(address)


async def test_a_trusted_origin_may_be_private_and_its_neighbour_may_not() -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    network = Network({Origin("http", "localhost", 8080)}, resolver)
    assert await network.addresses(Origin("http", "localhost", 8080)) == [ip_address("127.0.0.1")]
    for neighbour in (Origin("http", "localhost", 5432), Origin("https", "localhost", 8080)):
        with pytest.raises(ForbiddenAddress):
            await network.addresses(neighbour)


async def test_one_private_address_among_public_ones_forbids_the_host() -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return ["8.8.8.8", "10.0.0.1"]

    with pytest.raises(ForbiddenAddress):
        await Network(resolver=resolver).addresses(Origin("https", "rebound.example", 443))


@pytest.mark.parametrize("answer", [[], ["nonsense"], ["fe80::1%eth0%x"]])
async def test_a_strange_answer_of_the_resolver_leads_nowhere(answer: list[str]) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return answer

    with pytest.raises(SourceError):
        await Network(resolver=resolver).addresses(Origin("https", "strange.example", 443))


async def test_the_systems_resolver_knows_this_machine() -> None:
    assert "127.0.0.1" in await resolve("127.0.0.1", 80)
    with pytest.raises(TryLater):
        await Network().addresses(Origin("https", "nowhere.invalid", 443))


def test_an_international_name_is_compared_as_it_travels() -> None:
    assert Origin.of(httpx.URL("https://bücher.example")) == Origin.of(httpx.URL("https://xn--bcher-kva.example"))


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("https://api.example/v1/list?x=1", "https://api.example"),
        ("https://api.example", "https://api.example"),
        ("https://api.example/deep/list", "https://api.example/deep"),
        ("https://api.example/deeper", "https://api.example"),
        ("https://api.example.evil.example/v1", "https://api.example.evil.example"),
        ("https://api.example:8443/v1", "https://api.example:8443"),
        ("http://api.example/v1", "http://api.example"),
        ("https://API.example:443/deep?x", "https://api.example/deep"),
    ],
)
def test_an_address_belongs_to_the_longest_base_above_it_or_to_its_origin(address: str, service: str) -> None:
    bases = Bases(["https://api.example", "https://API.example/deep/"])
    assert bases.of(httpx.URL(address)) == service


@pytest.mark.parametrize("base", ["", "api.example", "ftp://api.example", "https://user@api.example"])
def test_a_base_must_be_a_web_address(base: str) -> None:
    with pytest.raises(ForbiddenAddress):
        Bases([base])
