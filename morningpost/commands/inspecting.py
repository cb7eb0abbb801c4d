"""`status` and `doctor`: how the paper stands, and what its set-up lacks."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from morningpost.commands.options import AsJson
from morningpost.doctor import Finding, Verdict
from morningpost.metrics import exposition
from morningpost.status import Status
from morningpost.terminal import fail, say, say_json, table
from morningpost.wiring import open_house

_MARKS = {Verdict.OK: "ok", Verdict.WARNING: "!", Verdict.FAILED: "FAILED"}


AsMetrics = Annotated[bool, typer.Option("--metrics", help="Print metrics as Prometheus reads them.")]


def status(as_json: AsJson = False, as_metrics: AsMetrics = False) -> None:
    """Show readers and what they do, the newest issue, deliveries, the health of the sources, and the next times."""
    with open_house() as house:
        found = Status.of(house, counted=True)
    if as_metrics:
        say(exposition(found).rstrip())
    elif as_json:
        say_json(found.as_dict())
    else:
        table(found.rows())


def doctor(as_json: AsJson = False) -> None:
    """Check settings, token, channel rights, database, sources and clock; say what to do for each failure."""
    with open_house(migrate=False) as house:
        findings = asyncio.run(house.doctor().examine())
    failed = [finding for finding in findings if finding.verdict is Verdict.FAILED]
    if as_json:
        say_json([_fields(finding) for finding in findings])
    else:
        for finding in findings:
            say(f"{_MARKS[finding.verdict]:<7} {finding.step}: {finding.found}")
            if finding.do:
                say(f"        → {finding.do}")
    if failed:
        fail(f"{len(failed)} to mend." if not as_json else "")


def _fields(finding: Finding) -> dict[str, str]:
    return {"step": finding.step, "verdict": finding.verdict.value, "found": finding.found, "do": finding.do}
