"""`approve`, `hold`, `publish`: an admin's acts from a shell."""

from __future__ import annotations

from getpass import getuser
from typing import Annotated

import typer

from domain.issue import IssueRecord, IssueState
from morningpost.commands.options import Day
from morningpost.terminal import HELD, fail, say
from morningpost.wiring import open_house


def approve(day: Day = None) -> None:
    """Let an issue go out at press time, a held one too."""
    with open_house() as house:
        _told(house.desk.approve(day, who()))


def hold(day: Day = None) -> None:
    """Keep an issue from going out."""
    with open_house() as house:
        _told(house.desk.hold(day, who()))


def publish(
    day: Day = None,
    now: Annotated[bool, typer.Option("--now", help="Every reader at once, whatever the date and his hour.")] = False,
) -> None:
    """Publish an issue: the channel at once, each reader at his hour."""
    with open_house(known_to_telegram=True) as house:
        record = house.desk.record(day)
        if record.state is IssueState.HELD:
            fail(f"Held: {record.issue.checks.held or 'by an admin'}. `morningpost approve` lets it go.", HELD)
        _told(house.desk.publish(record.issue.date, who(), now=now))
        for line in house.desk.outlook(record.issue.date):
            say(line)


def _told(record: IssueRecord) -> None:
    say(f"Issue {record.issue.number} of {record.issue.date} is {record.state.value}.")


def who() -> str:
    """Who acts, for the record."""
    try:
        return f"shell {getuser()}"
    except (KeyError, OSError):
        return "shell"
