"""What is made of a section once and used on many pages: a day's readers share most sections of their issues."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from domain.issue import Section

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Makes something of a section; for the very same section it is made once."""

    def __init__(self, make: Callable[[Section], Made]) -> None:
        self._make = make
        self._made: dict[int, tuple[Section, Made]] = {}  # the section is held, so that no other gets its identity

    def of(self, section: Section) -> Made:
        """What is made of a section."""
        found = self._made.get(id(section))
        if found is None:
            found = self._made[id(section)] = section, self._make(section)
        return found[1]
