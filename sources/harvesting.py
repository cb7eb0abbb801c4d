"""Asks for one list and records how it went: every end, good or bad, is a Haul.

listings ─▶ harvest_lists ─▶ door.get ─▶ parse (in a thread) ─▶ Catch ─▶ Haul
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from domain.items import ItemKey, Source
from domain.readings import Harvest, HarvestStatus, Haul, Metric, Sighting
from domain.text import plain_line
from sources.door import Door, Page
from sources.errors import LONGEST_ERROR, SourceError

#: What is asked for (Accept).
JSON = "application/json"
HTML = "text/html"
ATOM = "application/atom+xml, application/xml;q=0.9, text/xml;q=0.8"
FEED = "application/rss+xml, application/atom+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.7, */*;q=0.1"

#: Seconds for one list, all its pages and attempts: the others of its source are told by then.
LIST_SECONDS = 90.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Catch:
    """What was read from one answer: the sightings in the list's order, the flaws met, a note where one helps."""

    sightings: tuple[Sighting, ...] = ()
    flaws: tuple[str, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Basket:
    """Gathers the sightings of one list: an item listed twice counts once, at its first place.

    An unreadable entry keeps its place, so that those below it keep theirs.
    """

    ranked: bool = False
    _sightings: dict[ItemKey, Sighting] = field(default_factory=dict)
    _unreadable: int = 0
    _flaws: Counter[str] = field(default_factory=Counter)

    @property
    def place(self) -> int | None:
        """The rank of the next entry, counted from 1; None where the order of the list is no ranking."""
        return len(self._sightings) + self._unreadable + 1 if self.ranked else None

    @property
    def empty(self) -> bool:
        """Whether the list held no entry at all, readable or not."""
        return not self._sightings and not self._unreadable

    def add(self, sighting: Sighting, wrong: Sequence[str] = ()) -> None:
        """Add an entry; ``wrong`` names its fields that had to be left out."""
        self._sightings.setdefault(sighting.item.key, sighting)
        for field_name in wrong:
            self._flaws[f"field {field_name}"] += 1

    def drop(self, reason: str) -> None:
        """Note an entry that can't be read, and why (in our words)."""
        self._unreadable += 1
        self._flaws[f"entry without usable {reason}"] += 1

    def note_flaw(self, flaw: str) -> None:
        """Note that the list as a whole is not complete."""
        self._flaws[flaw] += 1

    def catch(self, note: str = "") -> Catch:
        """What has been gathered."""
        flaws = tuple(f"{count} × {flaw}" for flaw, count in sorted(self._flaws.items()))
        return Catch(tuple(self._sightings.values()), flaws, note)


@dataclass(frozen=True, slots=True)
class Listing:
    """One list to ask for: its name, the addresses whose answers make it up, and how an answer is read.

    ``parse`` takes a body and the time of the observation; it raises SourceError and nothing else.
    """

    name: str
    urls: tuple[str, ...]
    accept: str
    parse: Callable[[bytes, datetime], Catch]
    ranked: bool = False


async def harvest_lists(door: Door, source: Source, at: datetime, listings: Sequence[Listing]) -> list[Haul]:
    """Ask for all lists of a source at once; the door keeps the pace. Hauls stand in the order of the listings."""
    return list(await asyncio.gather(*(harvest_list(door, source, at, listing) for listing in listings)))


async def harvest_list(
    door: Door, source: Source, at: datetime, listing: Listing, *, seconds: float = LIST_SECONDS
) -> Haul:
    """Ask for one list. A failure is a Haul with status FAILED; of several addresses some may fail (PARTIAL)."""
    began = time.perf_counter()
    answers = await asyncio.gather(
        *(_answer(door, source, listing, url, at=at, seconds=seconds) for url in listing.urls)
    )
    caught = [answer for answer in answers if isinstance(answer, _Answer)]
    failures = [str(answer) for answer in answers if isinstance(answer, SourceError)]
    sightings = _merged(caught)
    flaws = [*failures, *(flaw for answer in caught for flaw in answer.catch.flaws)]
    notes = [answer.catch.note for answer in caught if answer.catch.note]
    harvest = Harvest(
        source=source,
        list=listing.name,
        observed_at=at,
        status=_status(answered=bool(caught), items=len(sightings), flawed=bool(flaws)),
        items=len(sightings),
        ranked=listing.ranked,
        bytes=sum(answer.page.received for answer in caught),
        seconds=time.perf_counter() - began,
        etag=caught[0].page.etag if len(listing.urls) == 1 and caught else "",
        error=plain_line("; ".join(dict.fromkeys(flaws or notes)), LONGEST_ERROR),
    )
    return Haul(harvest, sightings)


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page
    catch: Catch


async def _answer(
    door: Door, source: Source, listing: Listing, url: str, *, at: datetime, seconds: float
) -> _Answer | SourceError:
    try:
        async with asyncio.timeout(seconds):
            page = await door.get(url, listing.accept)
            catch = await asyncio.to_thread(listing.parse, page.body, at)
            await door.remember(page)
    except SourceError as error:
        return error
    except TimeoutError:
        return too_slow(seconds)
    except Exception as error:  # noqa: BLE001  a mistake over one list must not cost the others of its source
        return our_mistake(error, source, listing.name)
    return _Answer(page, catch)


def too_slow(seconds: float) -> SourceError:
    """What is told of a list that did not come within its time."""
    return SourceError(f"no answer within {seconds:g} s; it is asked again next time")


def our_mistake(error: Exception, source: Source, name: str) -> SourceError:
    """What is told of a list over which our own code failed; the log gets the whole of it."""
    _log.exception("source.broken", source=source, list=name)
    return SourceError(f"our own mistake ({type(error).__name__}); the log tells where")


def _merged(answers: Sequence[_Answer]) -> tuple[Sighting, ...]:
    """The sightings of all answers, each item once, as first seen."""
    merged: dict[ItemKey, Sighting] = {}
    for answer in answers:
        for sighting in answer.catch.sightings:
            merged.setdefault(sighting.item.key, sighting)
    return tuple(merged.values())


def _status(*, answered: bool, items: int, flawed: bool) -> HarvestStatus:
    if not answered or (flawed and not items):
        return HarvestStatus.FAILED
    if flawed:
        return HarvestStatus.PARTIAL
    return HarvestStatus.OK if items else HarvestStatus.EMPTY


def failed(source: Source, name: str, at: datetime, seconds: float, error: SourceError) -> Haul:
    """The haul of a list that was never answered."""
    harvest = Harvest(source, name, at, HarvestStatus.FAILED, seconds=seconds, error=str(error))
    return Haul(harvest)


def metrics(**counts: int | None) -> dict[Metric, int]:
    """The figures that are there, by the names of ``Metric``: a missing one is unknown, not zero."""
    return {Metric(name): count for name, count in counts.items() if count is not None}
