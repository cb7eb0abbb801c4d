"""Readers who come and go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Movement:
    """Readers who joined, and who left and are away still, by UTC day; and the same by campaign, the most first."""

    joined: Mapping[date, int]
    left: Mapping[date, int]
    campaigns: Mapping[str, int]
    campaigns_left: Mapping[str, int]
