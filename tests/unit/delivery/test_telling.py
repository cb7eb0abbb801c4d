"""Telling an operator: once, in the background, and never at the cost of a delivery."""

from __future__ import annotations

import asyncio

from structlog.testing import capture_logs

from delivery.telling import Telling
from domain.deliveries import BroadcastId
from tests.integration.delivery.parts import Heard


class Deaf(Heard):
    """An admin's chat that can't be written to."""

    async def finished(self, broadcast: BroadcastId) -> None:
        raise RuntimeError("the admin blocked us")


async def test_a_notice_that_fails_is_logged_and_breaks_nothing() -> None:
    telling = Telling(Deaf())
    with capture_logs() as logs:
        telling.finished(BroadcastId(1))
        await telling.finish()
        await asyncio.sleep(0)
    assert [log["event"] for log in logs] == ["broadcast.finished", "notice.failed"]


async def test_a_database_that_refuses_is_told_of_once_it_has_lasted() -> None:
    now = 0.0
    heard = Heard()
    telling = Telling(heard, clock=lambda: now)
    for moment in (0.0, 5.0, 9.9):
        now = moment
        telling.ledger_refused("the disk is full", 1.0)
    await telling.finish()
    assert heard.events == []
    for moment in (10.0, 20.0):
        now = moment
        telling.ledger_refused("the disk is full", 1.0)
    await telling.finish()
    assert heard.events == ["ledger the disk is full"]


async def test_a_database_that_answered_in_between_begins_anew() -> None:
    now = 0.0
    heard = Heard()
    telling = Telling(heard, clock=lambda: now)
    telling.ledger_refused("locked", 1.0)
    telling.ledger_answered()
    now = 11.0
    telling.ledger_refused("locked", 1.0)
    await telling.finish()
    assert heard.events == []
