"""What the tests of the sections share: an issue of a made-up world, and a section of it."""

from __future__ import annotations

from domain.issue import Issue, Paper, Section, SectionName
from newsroom.assembly import assemble
from newsroom.desk import Desk
from tests.unit.newsroom.worlds import World, on, press_time


def issue_of(world: World, day: int, *past: Issue) -> Issue:
    """The issue of a day of a world; ``past`` are the earlier issues, newest first."""
    return assemble(on(day), world.record(), past, Paper(), day + 1, press_time(on(day)))


def desk_of(world: World, day: int) -> Desk:
    """The desk on the morning of that day, with no issue before."""
    return Desk.open(on(day), world.record(), (), Paper(), press_time(on(day)))


def section(issue: Issue, name: SectionName) -> Section:
    """A section that the issue must have."""
    found = issue.section(name)
    assert found is not None
    return found


def texts(found: Section) -> str:
    """Every sentence of a section, one a line."""
    return "\n".join(claim.text for claim in found.claims())
