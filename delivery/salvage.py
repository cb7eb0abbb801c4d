"""Salvage: what dead workers of this machine came to know is told to the ledger, in their names."""

from __future__ import annotations

from collections.abc import Iterator

import structlog

from delivery.ports import Clock, Ledger
from delivery.recorder import FlightRecorder
from domain.errors import StorageError
from domain.ledger import Ask, Hold, Settlement, Tick

log = structlog.get_logger()

#: All the slots that a dead worker held rest a moment, for nobody knows which it had used.
_ALL_IT_HELD = 2**20


class Salvage:
    """Looks for wrecks; synchronous, called off the event loop."""

    def __init__(self, recorder: FlightRecorder, ledger: Ledger, clock: Clock) -> None:
        self._recorder = recorder
        self._ledger = ledger
        self._clock = clock

    def settled(self) -> list[tuple[Tick, tuple[Settlement, ...]]]:
        """Settle the wrecks that there are: each tick, and what it was told. What the ledger refuses waits."""
        try:
            return list(self._settle())
        except StorageError as error:
            log.warning("flights.not_settled", reason=str(error))
            return []

    def _settle(self) -> Iterator[tuple[Tick, tuple[Settlement, ...]]]:
        for wreck in self._recorder.wrecks():
            # whatever else stands in its name had not begun: it knows of nothing more
            ask = Ask(
                wreck.worker,
                self._clock(),
                wreck.settlements,
                hold=Hold(in_use=_ALL_IT_HELD, leaving=True),
                known=frozenset(),
            )
            tick = self._ledger.tick(ask)
            wreck.path.unlink(missing_ok=True)
            log.info("flights.settled", worker=wreck.worker, flights=len(wreck.settlements))
            yield tick, wreck.settlements
