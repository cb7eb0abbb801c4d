"""Small made-up hauls, issues and readers for the tests of storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from domain.claims import Claim, Figure, Name, Words
from domain.editions import FRONT, Button, Edition, Message, Style, fingerprint
from domain.evidence import (
    Evidence,
    EvidenceId,
    Expression,
    HarvestEvidence,
    QuoteEvidence,
    ReadingEvidence,
)
from domain.issue import Checks, Coverage, Issue, Layout, Section, SectionName, Story
from domain.items import Item, ItemKey, Kind, Source
from domain.readers import ChatId, Subscriber
from domain.readings import Harvest, HarvestStatus, Haul, Metric, Sighting
from storage.database import Database
from storage.schema import Table

MORNING = datetime(2026, 7, 4, 5, 30, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = MORNING.date()
YESTERDAY = TODAY - DAY

FIRST = ItemKey(Source.GITHUB, Kind.REPOSITORY, "anna/loom")
SECOND = ItemKey(Source.GITHUB, Kind.REPOSITORY, "bert/sieve")


def item(key: ItemKey = FIRST, **words: object) -> Item:
    """An item in plain words; ``words`` replace fields."""
    name = key.external_id
    plain = Item(key, f"https://github.com/{name}", name, MORNING, publisher=name.split("/")[0], tags=("llm",))
    return replace(plain, **words)  # type: ignore[arg-type]  # fields by name


def haul(
    *sightings: Sighting,
    at: datetime = MORNING,
    name: str = "trending/daily",
    status: HarvestStatus = HarvestStatus.OK,
) -> Haul:
    """One list as read at a time."""
    harvest = Harvest(Source.GITHUB, name, at, status, items=len(sightings), ranked=True, bytes=9, seconds=0.5)
    return Haul(harvest, sightings)


def sighting(key: ItemKey = FIRST, rank: int | None = 1, stars: int = 100, **words: object) -> Sighting:
    """An item on a list."""
    return Sighting(item(key, **words), rank, {Metric.STARS: stars, Metric.FORKS: 7})


def reading_evidence(reading_id: int, key: ItemKey = FIRST, value: int = 100) -> ReadingEvidence:
    """The stars of a reading as evidence."""
    url = f"https://github.com/{key.external_id}"
    return ReadingEvidence(reading_id, Source.GITHUB, "trending/daily", key, "stars", value, 1, MORNING, url)


def harvest_evidence(harvest_id: int) -> HarvestEvidence:
    """A whole list as evidence."""
    return HarvestEvidence(harvest_id, Source.GITHUB, "trending/daily", 1, HarvestStatus.OK, MORNING)


def issue(
    day: date = TODAY,
    number: int = 1,
    held: str | None = None,
    evidence: Mapping[EvidenceId, Evidence] | None = None,
    motto: str = "Quietly accurate",
) -> Issue:
    """An issue with one story that prints a name and a figure."""
    stars, title = EvidenceId("r1-stars"), EvidenceId("q1")
    claim = Claim(
        (
            Name("anna/loom", FIRST, title, "https://github.com/anna/loom"),
            Words(" has "),
            Figure("100", 100, "stars", Expression("a"), {"a": stars}),
            Words(" stars."),
        )
    )
    quote = QuoteEvidence(1, Source.GITHUB, FIRST, "title", 0, "anna/loom", MORNING, "https://github.com/anna/loom")
    return Issue(
        date=day,
        number=number,
        title="The AI Morning Post",
        motto=motto,
        sections=(Section(SectionName.LEAD, "Lead Story", (Story((FIRST,), Layout.ARTICLE, claim),)),),
        evidence={stars: reading_evidence(1), title: quote} if evidence is None else evidence,
        coverage=Coverage(MORNING, ()),
        checks=Checks(1, 1, held=held),
    )


def edition(day: date = TODAY, style: Style = Style.CLASSIC, body: str = "<b>anna/loom</b> “100” ★\u0000") -> Edition:
    """An edition of two pages with a button."""
    pages = {
        FRONT: Message(style, body, ((Button("Lead", callback="p:20260704:lead"),),), "https://github.com/anna/loom"),
        "back": Message(style, "Back"),
        "alphabetically before the front": Message(style, ""),
    }
    return Edition(day, style, pages, fingerprint(pages))


def subscriber(chat_id: int = 7_000_000_123, **fields: object) -> Subscriber:
    """A reader; ``fields`` replace the usual ones."""
    return replace(Subscriber(ChatId(chat_id), MORNING), **fields)  # type: ignore[arg-type]  # fields by name


def dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, to be compared."""
    with database.read() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for name, table in Table.metadata.tables.items()
        }
