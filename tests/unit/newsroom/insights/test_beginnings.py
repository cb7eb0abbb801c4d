from __future__ import annotations

from domain.issue import Issue, Paper, SectionName
from newsroom.assembly import assemble
from newsroom.checking import audit
from tests.unit.newsroom.worlds import World, full_world, on, press_time


def _issue(world: World, day: int) -> Issue:
    return assemble(on(day), world.record(), (), Paper(), day + 1, press_time(on(day)))


def _note(issue: Issue) -> list[str]:
    numbers = issue.section(SectionName.NUMBERS)
    assert numbers is not None
    return [claim.text for claim in numbers.notes]


def test_a_paper_that_has_just_begun_says_how_little_it_holds() -> None:
    world = full_world(4)
    issue = _issue(world, 3)
    held, unsaid = _note(issue)
    assert "four" in held.casefold()
    assert "reading" in held
    assert unsaid.endswith(".")
    assert audit(issue, world.record()).failed == ()


def test_after_two_weeks_of_readings_nothing_is_left_to_excuse() -> None:
    assert _note(_issue(full_world(16), 15)) == []
