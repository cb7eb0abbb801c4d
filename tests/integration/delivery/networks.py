"""Hosts of their own on one machine: network namespaces, each joined to the database and to Telegram by a cable."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

#: linux/sched.h
_CLONE_NEWNET = 0x40000000
_TOOL = shutil.which("ip")


class Far(StrEnum):
    """What a host reaches over a cable."""

    DATABASE = "d"
    TELEGRAM = "t"


def move_to(host: str) -> None:
    """This process, which has one thread yet, lives on that host from now on."""
    system = ctypes.CDLL(None, use_errno=True)
    with Path(f"/run/netns/{host}").open("rb") as namespace:
        if system.setns(namespace.fileno(), _CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), f"can't move to {host}")


def _ip(*words: str) -> None:
    subprocess.run([_TOOL or "", *words], check=True, capture_output=True, text=True)


@dataclass(frozen=True)
class Network:
    """``name`` is unique to this process; ``base``: its addresses begin so."""

    name: str
    base: str

    @property
    def hosts(self) -> tuple[str, str]:
        """Their names."""
        return f"{self.name}a", f"{self.name}b"

    def address(self, far: Far) -> str:
        """Where the database or Telegram is to listen."""
        return f"{self.base}.{101 if far is Far.DATABASE else 102}"

    def cut(self, host: str, far: Far) -> None:
        """Whatever is sent over the cable is lost from now on, and nobody is told so."""
        _ip("link", "set", f"{host}{far}", "down")

    def heal(self, host: str, far: Far) -> None:
        """The cable is whole again."""
        _ip("link", "set", f"{host}{far}", "up")

    def build(self) -> None:
        """Hosts, cables and addresses. Raises CalledProcessError."""
        for far in Far:
            _ip("address", "add", f"{self.address(far)}/32", "dev", "lo")
        for number, host in enumerate(self.hosts):
            _ip("netns", "add", host)
            for place, far in enumerate(Far):
                self._cable(host, far, 4 * (2 * number + place))

    def _cable(self, host: str, far: Far, first: int) -> None:
        here, there, near = f"{host}{far}", f"{host}{far}x", f"{self.base}.{first + 1}"
        _ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", host)
        _ip("address", "add", f"{near}/30", "dev", here)
        _ip("link", "set", here, "up")
        _ip("-n", host, "address", "add", f"{self.base}.{first + 2}/30", "dev", there)
        _ip("-n", host, "link", "set", there, "up")
        _ip("-n", host, "route", "add", self.address(far), "via", near)

    def remove(self) -> None:
        """Cables go with their hosts."""
        for host in self.hosts:
            with suppress(subprocess.CalledProcessError):
                _ip("netns", "delete", host)
        for far in Far:
            with suppress(subprocess.CalledProcessError):
                _ip("address", "delete", f"{self.address(far)}/32", "dev", "lo")


@contextmanager
def network() -> Iterator[Network]:
    """Two hosts, gone afterwards; the test is skipped where the machine doesn't allow such a thing."""
    if _TOOL is None:
        pytest.skip("hosts of their own need the tool ip of iproute2")
    built = Network(f"mp{os.getpid()}", f"10.231.{os.getpid() % 250}")
    try:
        try:
            built.build()
        except subprocess.CalledProcessError as error:
            pytest.skip(f"hosts of their own need the right to make network namespaces: {error.stderr.strip()}")
        yield built
    finally:
        built.remove()
