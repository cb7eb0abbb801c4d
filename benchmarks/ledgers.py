"""What a ledger says, as benchmarks ask it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from domain.deliveries import DeliveryState
from storage.database import Database
from storage.schema import DeliveryRow

_OPEN = frozenset({DeliveryState.QUEUED, DeliveryState.SENDING})


@dataclass(frozen=True, slots=True)
class Owed:
    """How the row of a chat stands. ``resent``: its answer was lost, and it was sent once more, as the rule says."""

    state: DeliveryState
    resent: bool


def owed(database: Database) -> Mapping[int, Owed]:
    """Every row by its chat."""
    rows = select(DeliveryRow.chat_id, DeliveryRow.state, DeliveryRow.resent)
    with database.read() as connection:
        return {row.chat_id: Owed(row.state, row.resent) for row in connection.execute(rows) if row.chat_id}


def lost(ledger: Mapping[int, Owed], copies: Mapping[int, int]) -> int:
    """Chats that got nothing while the ledger says that they did, or says nothing of how it ended."""
    return sum(
        row.state in _OPEN or (row.state is DeliveryState.SENT and chat not in copies) for chat, row in ledger.items()
    )


def doubled_silently(ledger: Mapping[int, Owed], copies: Mapping[int, int]) -> int:
    """Chats that got two copies though nothing was uncertain."""
    return sum(count > 1 and not ledger[chat].resent for chat, count in copies.items())


def uncertain(ledger: Mapping[int, Owed]) -> int:
    """Chats of which nobody knows, and which are left to an admin."""
    return sum(row.state is DeliveryState.UNCERTAIN for row in ledger.values())


def left_by(database: Database, worker: str) -> int:
    """The rows of a worker that nobody can vouch for."""
    open_states = [DeliveryState.SENDING, DeliveryState.UNCERTAIN]
    own = select(func.count()).where(DeliveryRow.state.in_(open_states), DeliveryRow.worker == worker)
    with database.read() as connection:
        count: int = connection.execute(own).scalar_one()
    return count
