"""The draft of a day with links that live: those that it prints are asked, and it is written again without the dead.

assemble ─▶ ask what it prints and nobody vouches for ─▶ keep the answers ─▶ prints it a dead one? ─▶ assemble again
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import partial

import structlog

from domain.issue import IssueRecord, IssueState
from domain.links import Asking
from morningpost.desk.desk import Desk

log = structlog.get_logger()

#: Asks links, and answers in a bounded time.
Ask = Callable[[Sequence[str]], Awaitable[Sequence[Asking]]]

#: An issue is written so often at most: what takes the place of a dead story is asked, too.
ROUNDS = 3

#: What an admin has let go is what goes out, byte for byte.
_OPEN = frozenset({IssueState.DRAFT, IssueState.HELD})


async def assemble_with_living_links(desk: Desk, day: date, ask: Ask, *, force: bool = False) -> IssueRecord:
    """The draft of a day as ``Desk.assemble`` writes it, none of whose links is known to be dead.

    Only the links of today's issue are asked: what lives today says nothing of an issue of another day. A draft that
    stands already is asked again, and written again only if that makes one of its links dead. Raises NotAllowed as
    ``Desk.assemble`` does.
    """
    record = await asyncio.to_thread(partial(desk.assemble, day, force=force))
    for _ in range(ROUNDS):
        if day != desk.today() or record.state not in _OPEN:
            break
        await _ask(desk, record, ask)
        dead = await asyncio.to_thread(desk.dead_links_of, record.issue)
        if not dead:
            break
        log.warning("issue.links_dead", date=str(day), links=sorted(dead))
        record = await asyncio.to_thread(partial(desk.assemble, day, force=True))
    return record


async def _ask(desk: Desk, record: IssueRecord, ask: Ask) -> None:
    due = await asyncio.to_thread(desk.links_to_ask, record.issue)
    if not due:
        return
    answers = await ask(due)
    await asyncio.to_thread(desk.links.add, answers)
    log.info("links.asked", **Counter(answer.life.value for answer in answers))
