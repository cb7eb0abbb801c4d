"""When the channel is asked which story mattered, and when its votes are counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from domain.readers import DIGEST_WEEKDAY
from morningpost.settings import Settings
from morningpost.timetable import daily

#: The day of the digest is the day of the question; so many days later, at that hour of the paper's zone, it is closed.
ASKED = DIGEST_WEEKDAY
OPEN_FOR = timedelta(days=5)
CLOSES_AT = time(20)

#: A question is worth asking on the same day; closing is tried again until long after Telegram closed the poll itself.
ASKED_WITHIN = timedelta(hours=12)
CLOSED_WITHIN = timedelta(hours=9)

#: The names of the jobs.
ASKING, CLOSING = "poll", "poll-closing"


def poll_times(settings: Settings) -> Mapping[str, Any]:
    """When polls are asked and closed, by the job's name: APScheduler's triggers. Where POLL is off nothing is asked.

    Every evening is looked for what has to be closed: on other days for what Friday could not.
    """
    zone, press = settings.paper_timezone, settings.press_at
    closing = {CLOSING: daily(CLOSES_AT, zone)}
    if not settings.poll:
        return closing
    return {ASKING: CronTrigger(day_of_week=ASKED, hour=press.hour, minute=press.minute, timezone=zone), **closing}


def closing(asked_on: date, zone: str) -> datetime:
    """When the poll of a day is closed (aware, in the zone)."""
    return datetime.combine(asked_on + OPEN_FOR, CLOSES_AT, ZoneInfo(zone))
