"""An alarm is told once, however often it is looked, and that it is over is told, too."""

from __future__ import annotations

from datetime import UTC, datetime

from morningpost.alarms import Alarms

NOW = datetime(2026, 7, 4, tzinfo=UTC)


async def test_an_alarm_is_told_once_and_its_end_once_and_it_may_come_again() -> None:
    wrong: dict[str, str] = {}
    told: list[str] = []

    async def raised(text: str) -> None:
        told.append(text)

    async def over(what: str) -> None:
        told.append(f"over: {what}")

    alarms = Alarms(lambda: dict(wrong), raised, over)
    assert await alarms.sweep(NOW)
    assert told == []
    wrong["disk"] = "12 MB are free"
    for _ in range(3):
        await alarms.sweep(NOW)
    wrong["disk"] = "11 MB are free"
    await alarms.sweep(NOW)
    assert told == ["disk: 12 MB are free"]
    wrong.clear()
    await alarms.sweep(NOW)
    await alarms.sweep(NOW)
    assert told[1:] == ["over: disk"]
    wrong["disk"] = "10 MB are free"
    await alarms.sweep(NOW)
    assert told[2:] == ["disk: 10 MB are free"]
