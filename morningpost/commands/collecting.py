"""`collect` and `assemble`: from the sources to a checked draft."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from domain.issue import IssueRecord, IssueState
from domain.items import Source
from domain.readings import Harvest, HarvestStatus
from morningpost.commands.options import AsJson, At, NewDay
from morningpost.terminal import HELD, fail, say, say_json
from morningpost.wiring import open_house


def collect(
    at: At = None,
    source: Annotated[Source | None, typer.Option("--source", help="Ask one source only.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask the sources once and store what they say."""
    with open_house() as house:
        harvests = asyncio.run(house.collect(at, only=source))
    if as_json:
        say_json([_harvest_fields(harvest) for harvest in harvests])
    else:
        for harvest in harvests:
            say(harvest_line(harvest))
    if all(harvest.status is HarvestStatus.FAILED for harvest in harvests):
        fail("No source gave a usable answer. `morningpost doctor` checks the way to each.")


def harvest_line(harvest: Harvest) -> str:
    """One list and how asking for it ended."""
    tail = f"  {harvest.error}" if harvest.error else ""
    return f"{harvest.status.value:<8}{harvest.items:>5}  {harvest.source.value}: {harvest.list}{tail}"


def _harvest_fields(harvest: Harvest) -> dict[str, object]:
    return {
        "source": harvest.source.value,
        "list": harvest.list,
        "status": harvest.status.value,
        "items": harvest.items,
        "observed_at": harvest.observed_at.isoformat(),
        "seconds": round(harvest.seconds, 3),
        "bytes": harvest.bytes,
        "error": harvest.error,
    }


def assemble(
    day: NewDay = None,
    force: Annotated[bool, typer.Option("--force", help="Write a draft again that stands already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the draft of an issue from the stored readings, check it, and print its summary."""
    with open_house() as house:
        record = asyncio.run(house.assemble(day or house.desk.today(), force=force))
    if as_json:
        say_json(summary(record))
    else:
        for line in summary_lines(record):
            say(line)
    if record.state is IssueState.HELD:
        fail(f"Held: {record.issue.checks.held or 'by an admin'}", HELD)


def summary(record: IssueRecord) -> dict[str, object]:
    """An issue in a few fields."""
    issue = record.issue
    return {
        "date": str(issue.date),
        "number": issue.number,
        "state": record.state.value,
        "sections": {section.name.value: len(section.stories) for section in issue.sections},
        "claims": issue.checks.claims,
        "supported": issue.checks.supported,
        "dropped": len(issue.checks.drops),
        "held": issue.checks.held,
        "sample": issue.sample,
    }


def summary_lines(record: IssueRecord) -> list[str]:
    """An issue in a few lines: what stands in it, what the checks found, what failed."""
    issue, checks = record.issue, record.issue.checks
    lead = next((section.stories[0].headline for section in issue.sections if section.stories), None)
    lines = [
        f"Issue {issue.number} of {issue.date}: {record.state.value}" + (" (sample)" if issue.sample else ""),
        f"  lead      {lead.text if lead else 'none'}",
        f"  sections  {', '.join(f'{section.name.value} {len(section.stories)}' for section in issue.sections)}",
        f"  checks    {checks.supported} of {checks.claims} claims supported, {len(checks.drops)} dropped",
    ]
    failed = [
        f"{source.source.value} ({', '.join(source.failed_lists)})"
        for source in issue.coverage.sources
        if source.failed_lists
    ]
    if failed:
        lines.append(f"  failed    {'; '.join(failed)}")
    return lines
