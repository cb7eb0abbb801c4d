"""Whom a broadcast is for, apart from the day's hours: kept with the broadcast, so that its opening can be finished."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import quote, unquote

from domain.readers import ChatKind


class Circle(StrEnum):
    """Which of the active readers."""

    ALL = "all"
    PRIVATE = "private"
    GROUPS = "groups"
    INACTIVE = "inactive"  # not seen for ``domain.usage.INACTIVE_AFTER``

    @property
    def kind(self) -> ChatKind | None:
        """The kind of chat that it is limited to; None when it is not."""
        return {Circle.PRIVATE: ChatKind.PRIVATE, Circle.GROUPS: ChatKind.GROUP}.get(self)


@dataclass(frozen=True, slots=True)
class Audience:
    """Active readers of a circle; of one ``language`` (as ``de``), ``topic`` or ``campaign`` if one is named.

    ``silent``: without a sound for everyone. ``at_once``: whatever their hours.
    """

    circle: Circle = Circle.ALL
    language: str | None = None
    silent: bool = False
    at_once: bool = False
    topic: str | None = None
    campaign: str | None = None

    def __str__(self) -> str:
        """In words that ``parse`` reads: ``private de silent now topic=speech from=booth``."""
        words = (
            self.circle.value,
            self.language,
            "silent" if self.silent else None,
            "now" if self.at_once else None,
            f"topic={quote(self.topic, safe='')}" if self.topic else None,
            f"from={quote(self.campaign, safe='')}" if self.campaign else None,
        )
        return " ".join(word for word in words if word)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The audience that ``str`` gave; of no words, everybody at his hour."""
        words = text.split()
        valued = {name: unquote(value) for name, found, value in (word.partition("=") for word in words[1:]) if found}
        named = [word for word in words[1:] if word not in {"silent", "now"} and "=" not in word]
        return cls(
            Circle(words[0]) if words else Circle.ALL,
            named[0] if named else None,
            silent="silent" in words,
            at_once="now" in words,
            topic=valued.get("topic"),
            campaign=valued.get("from"),
        )
