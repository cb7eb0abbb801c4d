"""The process that does an editor's act: takes an `Order` from its standard input, answers on its standard output.

python -m morningpost.desk.editing_process
"""

from __future__ import annotations

import pickle
import sys

from domain.edits import LeadOption, Outcome
from domain.errors import MorningPostError
from morningpost.desk.editing import EditingDesk
from morningpost.desk.editing_apart import Order
from morningpost.logs import configure_logs
from morningpost.wiring import build_house


def main() -> None:
    """Carry out one order; what is answered is the outcome, or the error that an editor is told."""
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301 - it comes from our own parent
    configure_logs(order.settings.log_level, order.settings.log_format, order.settings.secrets())
    try:
        answer: object = _carried_out(order)
    except MorningPostError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


def _carried_out(order: Order) -> Outcome | tuple[LeadOption, ...]:
    house = build_house(order.settings, identity=order.identity, sample=order.sample)
    try:
        editing = EditingDesk(house.desk)
        if order.wish is None:
            return editing.lead_options(order.day)
        return editing.grant(order.day, order.wish, order.of, order.by)
    finally:
        house.database.close()


if __name__ == "__main__":
    main()
