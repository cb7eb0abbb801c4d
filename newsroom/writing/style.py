"""The few liberties that a sentence may take with the phrase book, as ``style.toml`` has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from domain.issue import SectionName


@dataclass(frozen=True, slots=True)
class Style:
    """Neutral words, joints, words that stand for each other (each maps to the first of its row), jobs, notes."""

    neutral: frozenset[str]
    joints: Sequence[tuple[str, ...]]
    same: Mapping[str, str]
    jobs: Mapping[SectionName, str]
    notes: Sequence[str]


@cache
def standard_style() -> Style:
    """The paper's own."""
    text = (resources.files("newsroom.writing") / "style.toml").read_text(encoding="utf-8")
    file: dict[str, Any] = tomllib.loads(text)
    joints = sorted((tuple(joint) for joint in file["joints"]), key=len, reverse=True)
    return Style(
        frozenset(file["neutral"]),
        tuple(joints),
        {word: row[0] for row in file["same"] for word in row},
        {SectionName(name): job for name, job in file["jobs"].items()},
        tuple(file["note"]["ways"]),
    )
