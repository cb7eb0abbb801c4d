"""The sample's models, datasets and Spaces, in the order of their trending scores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, TypeVar
from zlib import crc32

from sandbox.sample.course import Course, moment, table
from sandbox.sources.world import Dataset, Model, Space

#: Downloads are late: they follow the likes of so many days before.
LATE: Final = 2

Listed = TypeVar("Listed", Model, Dataset, Space)


def models(day: int) -> tuple[Model, ...]:
    """Every model that is known on the morning of ``day``; a list shows the first of them."""
    return _ranked("models", day, _model)


def datasets(day: int) -> tuple[Dataset, ...]:
    """Every dataset, likewise."""
    return _ranked("datasets", day, _dataset)


def spaces(day: int) -> tuple[Space, ...]:
    """Every Space, likewise."""
    return _ranked("spaces", day, _space)


def _ranked(name: str, day: int, build: Callable[[dict[str, Any], Course, int], Listed]) -> tuple[Listed, ...]:
    rows = [(row, Course.of(row["id"], row)) for row in table("hub.toml")[name] if row["launched"] < day]
    listed = [build(row, course, day) for row, course in rows]
    return tuple(sorted(listed, key=lambda item: (-(item.score or 0), item.id)))


def _model(row: dict[str, Any], course: Course, day: int) -> Model:
    task, library = row.get("task"), row.get("library")
    tags = [*filter(None, (library,)), *row["tags"].split(), *filter(None, (task,)), "region:us"]
    return Model(
        id=row["id"],
        likes=course.total(day),
        downloads=_downloads(row, course, day),
        score=course.of_window(day),
        task=task,
        library=library,
        tags=tuple(dict.fromkeys(tags)),
        gated=row.get("gated", False),
        created_at=_created(row),
        modified_at=_created(row),
        parameters=row.get("parameters"),
    )


def _dataset(row: dict[str, Any], course: Course, day: int) -> Dataset:
    return Dataset(
        id=row["id"],
        likes=course.total(day),
        downloads=_downloads(row, course, day),
        score=course.of_window(day),
        tags=(*row["tags"].split(), "region:us"),
        description=row["text"] or None,
        created_at=_created(row),
        modified_at=_created(row),
    )


def _space(row: dict[str, Any], course: Course, day: int) -> Space:
    return Space(
        id=row["id"],
        likes=course.total(day),
        score=course.of_window(day),
        sdk=row["sdk"],
        tags=(row["sdk"], "region:us"),
        models=tuple(row["models"].split()),
        created_at=_created(row),
        modified_at=_created(row),
    )


def _downloads(row: dict[str, Any], course: Course, day: int) -> int:
    known = day - LATE
    return int(row["pull"]) * course.total(known) if known > row["launched"] else 0


def _created(row: dict[str, Any]) -> datetime:
    return moment(row["launched"], 12 + crc32(row["id"].encode()) % 40 / 10)
