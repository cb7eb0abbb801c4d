"""The process that collects or assembles for `run`: takes an `Order` from its standard input, and ends when it is done.

python -m morningpost.desk.process
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
import threading

import structlog

from morningpost.desk.apart import Order
from morningpost.logs import configure_logs
from morningpost.wiring import build_house

log = structlog.get_logger()

#: On a busy machine a reader's question goes before the desk's counting; a half of the range of `nice`.
_POLITENESS = 10


def main() -> int:
    """Carry out one order; the exit status says whether it is done."""
    order = pickle.load(sys.stdin.buffer)  # noqa: S301 - it comes from our own parent
    if hasattr(os, "nice"):
        os.nice(_POLITENESS)
    threading.Thread(target=_leave_with_the_parent, daemon=True).start()
    configure_logs(order.settings.log_level, order.settings.log_format, order.settings.secrets())
    try:
        _carry_out(order)
    except Exception as error:
        log.exception("work.failed", error=str(error))
        return 1
    return 0


def _carry_out(order: Order) -> None:
    house = build_house(order.settings, identity=order.identity)
    try:
        if order.collect:
            asyncio.run(house.collect())
        if order.day is not None:
            asyncio.run(house.assemble(order.day))
    finally:
        house.database.close()


def _leave_with_the_parent() -> None:
    """Wait for the end of the input; what was not committed by then is as if it had never begun."""
    while os.read(sys.stdin.fileno(), 1):  # not by its buffer, which a thread would lock beyond the end
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
