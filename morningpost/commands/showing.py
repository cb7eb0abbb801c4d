"""`show` and `audit`: read an issue in any edition, and recompute it claim by claim."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from domain.editions import FRONT, Style
from domain.issue import IssueRecord, SectionName
from formatters.editions import render
from formatters.measures import measure_table, summary
from formatters.worth import NO_REASONS, worth_lines
from morningpost.commands.options import AsJson, Day
from morningpost.desk.writing import translation_desk
from morningpost.terminal import FAILED, fail, say, say_json
from morningpost.wiring import House, open_house


def show(  # noqa: PLR0917 - a command has an argument for each of its options
    day: Day = None,
    edition: Annotated[Style, typer.Option("--edition", help="In which form.")] = Style.PLAIN,
    section: Annotated[SectionName | None, typer.Option("--section", help="One section only.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Why each story was chosen, instead.")] = False,
    measures: Annotated[bool, typer.Option("--measures", help="What it measures against its goals, instead.")] = False,
    language: Annotated[
        str | None, typer.Option("--language", help="Translated by the language model, as German.", metavar="NAME")
    ] = None,
) -> None:
    """Print an issue."""
    with open_house() as house:
        record = house.desk.record(day)
        if language is not None:
            _say_translated(house, record, language, edition)
            return
        if why:
            for line in worth_lines(record.issue) or [NO_REASONS]:
                say(line)
            return
        if measures:
            _say_measures(record)
            return
        fresh = edition in {Style.PLAIN, Style.JSON}  # the others are printed byte for byte as they are sent
        rendered = render(record.issue, edition, house.paper, record.state) if fresh else None
        stored = rendered or house.issues.edition(record.issue.date, edition)
    page = stored.pages.get(section.value if section else FRONT) if stored else None
    if page is None:
        fail(f"The issue of {record.issue.date} has no {section.value if section else 'front'} page in this edition.")
    say(json.dumps(json.loads(page.body), ensure_ascii=False, indent=1) if edition is Style.RICH else page.body)


def _say_translated(house: House, record: IssueRecord, language: str, edition: Style) -> None:
    """Print an issue in another language; on standard error, which sections stayed English and why."""
    desk = translation_desk(house.settings)
    if desk is None:
        fail("A translation needs a language model: set LLM_URL and LLM_MODEL (docs/writers.md).")
    found = desk.translated(record.issue, language)
    page = render(found.issue, edition, house.paper, record.state).pages.get(FRONT)
    say(page.body if page is not None else "")
    for section, why in found.kept.items():
        typer.echo(f"{section} stays English: {why}", err=True)


def _say_measures(record: IssueRecord) -> None:
    """Print the measures of an issue as a table."""
    found = record.issue.checks.measures
    if found is None:
        fail(f"The issue of {record.issue.date} is from before issues were measured.")
    say(f"Issue {record.issue.number} of {record.issue.date}: {summary(found)}")
    for line in measure_table(found):
        say(line)


def audit(day: Day = None, as_json: AsJson = False) -> None:
    """Recompute every claim of an issue from storage; the exit status is 1 if one fails."""
    with open_house() as house:
        report = house.desk.audit(day)
        revisions = house.issues.revisions(report.date)
    if as_json:
        say_json({"passed": report.passed, **asdict(report)})
    else:
        for line in report.lines():
            say(line)
        for revision in revisions:
            say(f"Corrected {revision.replaced_at:%Y-%m-%d} by {revision.by}: {revision.why}")
    if not report.passed:
        raise typer.Exit(FAILED)
