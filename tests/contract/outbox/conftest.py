"""The ledger on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.contract.outbox.ledgers import Town


@pytest.fixture
def town(database: Database) -> Town:
    """A ledger that owes nothing yet."""
    return Town(database)
