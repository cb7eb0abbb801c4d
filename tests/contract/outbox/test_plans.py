"""A tick looks only at rows that are open: it costs the same however many have been sent."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from storage import due
from tests.contract.outbox.ledgers import Town

STATEMENTS = {
    "queued": (due._IN_ORDER, due._FIRST_DUE, due._ANY_QUEUED, due._ANY_DUE),
    "retried": (due._FIRST_RETRY,),
    "channel": (due._CHANNEL_FIRST,),
    "sending": (due._IN_FLIGHT, due._FIRST_EXPIRY, due._ANY_SENDING),
    "uncertain": (due._ONCE_MORE, due._ANY_RESENDABLE),
}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("index", "statement"), [(index, statement) for index, every in STATEMENTS.items() for statement in every]
)
def test_every_question_is_answered_from_the_index_of_what_stands_so(town: Town, index: str, statement: Any) -> None:
    words = str(statement.compile(dialect=sqlite.dialect()))
    with town.database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", (1,) * words.count("?")).all()
    assert f"ix_deliveries_{index} " in plan[0].detail
    assert "TEMP B-TREE" not in str(plan)
