"""Local stand-ins for the sites that the paper reads, speaking each site's real wire format."""

from __future__ import annotations

from sandbox.sources.faults import Fault
from sandbox.sources.server import LocalSources, Seen
from sandbox.sources.world import Morning

__all__ = ["Fault", "LocalSources", "Morning", "Seen"]
