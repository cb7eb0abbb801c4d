"""What a peer is told, and what it tells when it has ended."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class PeerJob:
    """One message to chats 1 … ``readers`` by the peer called ``name``, at ``rate`` where it can be told one."""

    name: str
    address: str
    token: str
    readers: int
    rate: int
    text: str

    def to_json(self) -> str:
        """As it is handed to the process."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class PeerResult:
    """``lost``: messages for which it gave up with an error. Seconds; memory in MB."""

    seconds: float
    cpu: float
    memory: float
    lost: int
