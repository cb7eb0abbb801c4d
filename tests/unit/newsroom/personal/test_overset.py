"""What an issue leaves over: checked like the issue, about nothing that it tells of, the same for the same readings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.combinations import READER_SECTIONS, Combination
from domain.edits import Direction
from domain.issue import Checks, Issue, Paper, Section, SectionName
from domain.overset import Overset
from newsroom.assembly import assemble
from newsroom.checking import audit, check
from newsroom.overset import set_overset
from newsroom.personal import Personal
from newsroom.record import Record
from newsroom.topics import standard_topics
from tests.unit.newsroom.worlds import full_world, on, press_time

DAY = 9


@pytest.fixture(scope="module")
def made() -> tuple[Record, Issue, Overset]:
    record = full_world(DAY + 1).record()
    issue = assemble(on(DAY), record, (), Paper(), 1, press_time(on(DAY)))
    return record, issue, set_overset(issue, record, (), Paper(), press_time(on(DAY)))


def as_issue(issue: Issue, overset: Overset) -> Issue:
    """The overset as the one section of an issue of its own."""
    section = Section(SectionName.FOR_YOU, "For You", overset.stories)
    printed = sum(1 for _ in section.claims())
    return replace(issue, sections=(section,), evidence=overset.evidence, checks=Checks(printed, printed))


def test_every_sentence_passes_an_audit(made: tuple[Record, Issue, Overset]) -> None:
    record, issue, overset = made
    assert len(overset.stories) > 20
    report = audit(as_issue(issue, overset), record)
    assert not report.failed, str(report)


def test_every_story_has_a_name_with_a_link_and_evidence(made: tuple[Record, Issue, Overset]) -> None:
    for story in made[2].stories:
        first = next(story.claims())
        assert first.links
        assert set(first.evidence) <= set(made[2].evidence)


def test_it_tells_of_nothing_that_the_issue_tells_of(made: tuple[Record, Issue, Overset]) -> None:
    _, issue, overset = made
    told = {key for section in issue.sections for story in section.stories for key in story.items}
    named = {name.item for claim in issue.claims() for name in claim.names}
    left_over = [story.items[0] for story in overset.stories]
    assert (told | named).isdisjoint(left_over)
    assert len(set(left_over)) == len(left_over)


def test_its_evidence_stands_beside_that_of_the_issue(made: tuple[Record, Issue, Overset]) -> None:
    _, issue, overset = made
    for shared in set(issue.evidence) & set(overset.evidence):
        assert issue.evidence[shared] == overset.evidence[shared]


def test_what_every_item_says_is_kept_for_the_issues_items_too(made: tuple[Record, Issue, Overset]) -> None:
    _, issue, overset = made
    told = {key for section in issue.sections for story in section.stories for key in story.items}
    assert told <= set(overset.said)
    assert {story.items[0] for story in overset.stories} <= set(overset.said)


def test_the_same_readings_give_the_same(made: tuple[Record, Issue, Overset]) -> None:
    record, issue, overset = made
    assert set_overset(issue, record, (), Paper(), press_time(on(DAY))) == overset


def test_what_is_dead_or_skipped_is_not_told(made: tuple[Record, Issue, Overset]) -> None:
    record, issue, overset = made
    dead, skipped = overset.stories[0], overset.stories[1]
    assert dead.url is not None
    direction = Direction(skipped=frozenset(skipped.items))
    left = set_overset(issue, record, (), Paper(), press_time(on(DAY)), frozenset({dead.url}), direction)
    assert {dead.items[0], skipped.items[0]}.isdisjoint(story.items[0] for story in left.stories)


def test_a_day_without_readings_leaves_nothing_over(made: tuple[Record, Issue, Overset]) -> None:
    empty = Record.build((), (), {})
    assert set_overset(made[1], empty, (), Paper(), press_time(on(DAY))).stories == ()


def test_stories_that_rest_on_what_is_doubted_leave(made: tuple[Record, Issue, Overset]) -> None:
    overset = made[2]
    first = overset.stories[0]
    left = overset.without({next(first.claims()).evidence[0]})
    assert first not in left.stories
    assert len(left.stories) < len(overset.stories)
    assert overset.without(()) == overset


@pytest.mark.parametrize("topic", [topic.name for topic in standard_topics()])
def test_a_readers_own_issue_passes_the_checks_of_the_issue(made: tuple[Record, Issue, Overset], topic: str) -> None:
    record, issue, overset = made
    wanted = Combination(sections=tuple(reversed(READER_SECTIONS)), topics=(topic,), keywords=("birch", "agent"))
    own = Personal(issue, overset).of(wanted)
    whole = replace(own, evidence={**issue.evidence, **overset.evidence})
    drops = check(whole, record).checks.drops[len(issue.checks.drops) :]
    assert drops == ()
