"""What the admins are told of an issue, in English: its verdict, measures and reasons, and how the readers stand."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.texts.general import notice
from bot.texts.turns import escaped
from domain.editions import Message
from domain.issue import IssueRecord
from formatters.measures import measure_lines, summary
from formatters.worth import LONGEST_REASON, NO_REASONS, worth_lines
from formatters.writing import writing_lines

#: Three lines for each story, cut to 240 characters: with so many a message stays below Telegram's 4,096.
MOST_REASON_LINES = 27


def verdict_lines(record: IssueRecord, outlook: Sequence[str] = ()) -> list[str]:
    """Under a preview, in HTML: how it stands, what the checks found, which sources failed, what sending it takes."""
    issue, checks = record.issue, record.issue.checks
    lines = [
        f"<b>Issue {issue.number} of {issue.date:%d %B %Y}</b>: {record.state.value}",
        f"{checks.supported} of {checks.claims} claims supported, {len(checks.drops)} left out.",
    ]
    if checks.held:
        lines.append(f"Held by the checks: {escape(checks.held)}")
    if checks.measures is not None:
        lines.append(f"{summary(checks.measures)}: /measures")
    lines += [escape(line) for line in writing_lines(issue)]
    sources = issue.coverage.sources
    failed = [source.source.value for source in sources if source.failed_lists]
    lines.append(f"{len(sources) - len(failed)} of {len(sources)} sources answered in full.")
    if failed:
        lines.append(f"Lists failed at: {escape(', '.join(failed))}.")
    return lines + escaped(outlook)


def measured(record: IssueRecord) -> Message:
    """The answer to /measures: each figure with its goal."""
    head = f"<b>Issue {record.issue.number} of {record.issue.date:%d %B %Y}</b>"
    measures = record.issue.checks.measures
    if measures is None:
        return notice(f"{head} is from before issues were measured.")
    lines = [f"{head}: {summary(measures)}", *(escape(line) for line in measure_lines(measures))]
    return notice("\n".join(lines))


def explained(record: IssueRecord) -> Message:
    """The answer to /why: each story with its factors, cut to what a message holds."""
    head = f"<b>Issue {record.issue.number} of {record.issue.date:%d %B %Y}</b>"
    lines = worth_lines(record.issue, LONGEST_REASON) or [NO_REASONS]
    return notice("\n".join([head, *(escape(line) for line in lines[:MOST_REASON_LINES])]))


def acted(record: IssueRecord) -> Message:
    """The answer to an admin's act."""
    return notice(f"Issue {record.issue.number} of {record.issue.date:%d %B %Y} is now {record.state.value}.")


def refused(reason: str) -> Message:
    """An act that was not possible, and why."""
    return notice(escape(reason))
