from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from domain.issue import Issue, Section, SectionName, Story
from formatters.selection import FRONT_ORDER, by_priority, fewer_stories, fitting, shortened
from tests.strategies import issues
from tests.unit.formatters.building import ITEM, bullet, claim, section


def _sentences(part: Section) -> int:
    return sum(1 for _ in part.claims())


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(issues())
def test_a_section_gets_shorter_step_by_step_until_nothing_is_left(whole: Issue) -> None:
    for part in whole.sections:
        sizes = [_sentences(candidate) for candidate in shortened(part)]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes[-1] == 0


def test_stories_leave_from_the_end() -> None:
    part = section(SectionName.TOOLS, bullet("One."), bullet("Two."), bullet("Three."))
    assert [len(fewer.stories) for fewer in fewer_stories(part)] == [2, 1]
    assert next(fewer_stories(part)).stories == part.stories[:2]


def test_of_the_last_story_the_paragraphs_leave_before_the_headline() -> None:
    story = Story((ITEM,), headline=claim("A headline"), paragraphs=((claim("One."),), (claim("Two."),)))
    texts = [[one.text for one in part.claims()] for part in shortened(section(SectionName.LEAD, story))]
    assert texts == [["A headline", "One."], ["A headline"], []]


def test_the_opening_and_the_notes_leave_last() -> None:
    part = replace(section(SectionName.TOOLS, bullet("One.")), opening=(claim("Hello."),), notes=(claim("Bye."),))
    texts = [[one.text for one in fewer.claims()] for fewer in shortened(part)]
    assert texts == [["Hello.", "Bye."], ["Hello."], []]


def test_what_fits_is_not_touched() -> None:
    part = section(SectionName.TOOLS, bullet("One."))
    assert fitting(part, lambda _, shorter: not shorter) == (part, False)


def test_the_longest_form_that_fits_is_taken() -> None:
    part = section(SectionName.TOOLS, *(bullet(f"{number}.") for number in range(5)))
    found, shorter = fitting(part, lambda candidate, _: _sentences(candidate) <= 3)
    assert (found.stories, shorter) == (part.stories[:3], True)


def test_a_story_that_no_page_holds_leaves_before_the_others() -> None:
    part = section(SectionName.TOOLS, bullet("One."), bullet("x" * 99), bullet("Three."))
    found, _ = fitting(part, lambda candidate, _: all(len(one.text) < 50 for one in candidate.claims()))
    assert found.stories == (part.stories[0], part.stories[2])


def test_where_nothing_fits_nothing_is_left() -> None:
    part = section(SectionName.TOOLS, bullet("One."), bullet("Two."))
    assert fitting(part, lambda *_: False) == (replace(part, stories=()), True)


def test_every_section_between_the_lead_and_subscribe_has_its_turn() -> None:
    assert {*FRONT_ORDER, SectionName.LEAD, SectionName.SUBSCRIBE} == set(SectionName)
    parts = [section(name) for name in SectionName if name in FRONT_ORDER]
    assert [part.name for part in by_priority(parts)] == list(FRONT_ORDER)
