"""A notice to the readers that an admin composes."""

from __future__ import annotations

from dataclasses import dataclass

from domain.audiences import Audience
from domain.editions import Message


@dataclass(frozen=True, slots=True)
class Composed:
    """Its messages, in order, and whom it is for as its writer has aimed it so far."""

    parts: tuple[Message, ...]
    audience: Audience
