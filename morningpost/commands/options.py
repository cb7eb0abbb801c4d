"""Options that several commands share, with the words that explain them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer


def as_date(text: str) -> date:
    """A date as an option or an argument gives it. Raises BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"write a date as 2026-07-04, not {text!r}") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"write a time as 2026-07-04T05:30:00Z, not {text!r}") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


Day = Annotated[
    date | None,
    typer.Option("--date", parser=as_date, metavar="DATE", help="Which issue, as 2026-07-04 (default: the newest)."),
]
NewDay = Annotated[
    date | None,
    typer.Option("--date", parser=as_date, metavar="DATE", help="Which day, as 2026-07-04 (default: today)."),
]
At = Annotated[
    datetime | None,
    typer.Option("--at", parser=_moment, metavar="ISO-TIME", help="Observation time, for backfills (default: now)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
