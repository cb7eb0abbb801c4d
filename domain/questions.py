"""What people are asked to write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody was asked: ``asked`` names the chapter that asked, ``about`` says what, in that chapter's words."""

    asked: str
    about: str
