"""The sample's papers: the Hub's daily papers, arXiv's newest and arXiv's listing of the day."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, Literal

from sandbox.sample.course import moment, table
from sandbox.sample.github import stars
from sandbox.sources.wire.text import number
from sandbox.sources.world import Paper, Preprint

#: How many listing days the Hub shows when it is asked for none in particular.
LISTING_DAYS: Final = 2
#: How many of the newest arXiv knows here.
RECENT: Final = 40
#: What is left of the upvotes to come, a day later.
UNDECIDED: Final = 0.45

_ASKED: Final = frozenset({"cs.AI", "cs.CL", "cs.LG", "cs.CV"})
_GIVEN: Final = ("Ada", "Bo", "Chidi", "Dunya", "Edda", "Farid", "Greta", "Hana", "Ivo", "Jun", "Kemi", "Luca")
_FAMILY: Final = ("Sample", "Example", "Specimen", "Placeholder", "Instance", "Muster")


def daily(day: int) -> tuple[Paper, ...]:
    """The daily papers as the Hub shows them on the morning of ``day``: the last two listing days, newest first."""
    known = [row for row in _papers() if row["day"] <= day and "upvotes" in row]
    days = sorted({row["day"] for row in known}, reverse=True)[:LISTING_DAYS]
    shown = [_paper(row, day) for row in known if row["day"] in days]
    return tuple(sorted(shown, key=lambda paper: (_listed(paper), paper.upvotes), reverse=True))


def recent(day: int) -> tuple[Preprint, ...]:
    """The newest papers that arXiv knows on the morning of ``day``."""
    known = [_preprint(row) for row in _papers() if row["day"] <= day]
    return tuple(sorted(known, key=lambda paper: (paper.published_at, paper.id), reverse=True)[:RECENT])


def listing(day: int) -> tuple[Preprint, ...]:
    """What arXiv announces on ``day``: nothing at weekends."""
    return tuple(_preprint(row) for row in _papers() if row["day"] == day)


@cache
def _papers() -> tuple[dict[str, Any], ...]:
    return tuple(table("papers.toml")["papers"])


def _paper(row: dict[str, Any], day: int) -> Paper:
    upvotes = _upvotes(row["upvotes"], day - row["day"])
    return Paper(
        id=row["id"],
        title=row["title"],
        upvotes=upvotes,
        summary=row["text"],
        authors=_authors(row["id"]),
        published_at=_published(row).replace(hour=0, minute=0, second=0),
        listed_at=moment(row["day"], 0),
        comments=upvotes // 18,
        repository=f"https://github.com/{row['repo']}" if "repo" in row else None,
        repository_stars=stars(row["repo"], day - 1) if row.get("shows_stars") else None,
    )


def _listed(paper: Paper) -> datetime:
    return paper.listed_at or moment(0)


def _upvotes(final: int, age: int) -> int:
    if age == 0:
        return min(final // 30, 3)
    return round(final * (1 - UNDECIDED**age))


def _preprint(row: dict[str, Any]) -> Preprint:
    categories = tuple(row["cats"].split())
    announced: Literal["new", "cross"] = "new" if categories[0] in _ASKED else "cross"
    return Preprint(
        id=row["id"],
        title=row["title"],
        summary=row["text"],
        authors=_authors(row["id"]),
        categories=categories,
        published_at=_published(row),
        announced=announced,
        comment=f"Code: https://github.com/{row['repo']}" if "repo" in row else None,
    )


def _published(row: dict[str, Any]) -> datetime:
    """Papers are announced a working day after they were sent in."""
    announced = moment(row["day"], 17)
    wait = 3 if announced.strftime("%a") == "Mon" else 1
    return announced - timedelta(days=wait, minutes=number(row["id"]) % 600)


def _authors(key: str) -> tuple[str, ...]:
    seed = number(key)
    return tuple(
        f"{_GIVEN[(seed + 5 * place) % len(_GIVEN)]} {_FAMILY[(seed + place) % len(_FAMILY)]}"
        for place in range(2 + seed % 4)
    )
