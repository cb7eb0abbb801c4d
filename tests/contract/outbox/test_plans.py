"""A tick looks only at rows that are open: it costs the same however many have been sent."""

from __future__ import annotations

import re
from typing import Any

import pytest

from storage import claiming, due, gatekeeper, once_more, sent, skipping, standing
from storage.bare import Statement
from tests.contract.outbox.ledgers import Town

ANSWERED_FROM = {
    "ix_deliveries_queued": (claiming._PICK, standing._LOOK, skipping._SKIP),
    "ix_deliveries_retried": (due._FIRST_RETRY,),
    "ix_deliveries_channel": (standing._LOOK,),
    "ix_deliveries_sending": (standing._LOOK, due._EXPIRE),
    "ix_deliveries_uncertain": (once_more._ANY, once_more._FIRST),
    "ix_broadcasts_running": (standing._LOOK,),
    "ix_broadcasts_in_parts": (gatekeeper._LOCK,),
    "INTEGER PRIMARY KEY": (claiming._MARK, claiming._UNWANTED, once_more._ONCE, sent._NEXT_PARTS, due._CLOSE),
}
LISTS, MOMENTS = ("ids", "attempts", "message_ids", "moments"), ("now", "until", "before", "lease")
EVERY = [(index, statement) for index, statements in ANSWERED_FROM.items() for statement in statements]


def plan(town: Town, words: str) -> list[str]:
    asked = dict.fromkeys(re.findall(r":(\w+)", words), 1) | {"ids": "[1]"}
    with town.database.read() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", asked).all()
    return [row.detail for row in rows]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("index", "statement"), EVERY)
def test_every_question_is_answered_from_the_index_of_what_stands_so(
    town: Town, index: str, statement: Statement
) -> None:
    steps = plan(town, statement.sqlite)
    assert any(index in step for step in steps), steps
    assert not [step for step in steps if re.match(r"SCAN (deliveries|d|subscribers|s)\b(?!.*USING)", step)], steps
    assert not [step for step in steps if "TEMP B-TREE" in step], steps


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_row_that_was_sent_is_found_by_its_number(town: Town) -> None:
    (step,) = plan(town, sent._ONE.replace("?", "1"))
    assert step == "SEARCH deliveries USING INTEGER PRIMARY KEY (rowid=?)"


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
@pytest.mark.parametrize("statement", [*dict.fromkeys(statement for _, statement in EVERY), sent._ALL])
def test_no_question_needs_a_walk_over_all_deliveries(town: Town, statement: Statement) -> None:
    """The planner of a small table prefers to walk; forbidden to, it shows whether it could do without."""
    known: dict[str, Any] = {"worker": "ann"} | dict.fromkeys(LISTS, "{}") | dict.fromkeys(MOMENTS, town.now)
    asked = {name: known.get(name, 1) for name in re.findall(r"%\((\w+)\)s", statement.postgresql)}
    with town.database.read() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        steps = connection.exec_driver_sql(f"EXPLAIN {statement.postgresql}", asked).scalars().all()
    assert not [step for step in steps if re.search(r"Seq Scan on (deliveries|subscribers|broadcasts)", step)], steps
