from __future__ import annotations

from dataclasses import replace

from domain.claims import house
from domain.issue import Issue, Layout, SectionName, Story, Worth
from formatters.worth import LONGEST_REASON, worth_lines
from tests.golden.sample_issue import sample_issue

WORTH = Worth("climb", 0.5, 0.25, 1.4, 1.0, 0.35, 0.317, "climb; 2 kinds of source\u202e (code, talk)")


def weighed(worth: Worth) -> Issue:
    issue = sample_issue()
    story = Story((), Layout.BULLET, paragraphs=((house("We have read the page."),),), worth=worth)
    return replace(issue, sections=(replace(issue.sections[0], stories=(story,)),))


def test_an_issue_from_before_has_nothing_to_say() -> None:
    assert worth_lines(replace(sample_issue(), sections=())) == []


def test_each_weighed_story_has_its_title_its_factors_and_its_reason_in_harmless_lines() -> None:
    title, factors, reason = worth_lines(weighed(WORTH))
    assert title.endswith(": We have read the page.")
    assert factors == "  worth 0.32: surprise 0.5, magnitude 0.25, breadth 1.4, recency 1, novelty 0.35"
    assert reason == "  climb; 2 kinds of source (code, talk)"


def test_a_long_reason_is_cut_for_a_chat() -> None:
    reason = worth_lines(weighed(replace(WORTH, why="passed over " * 99)), LONGEST_REASON)[-1]
    assert len(reason) <= LONGEST_REASON + 3


def test_the_lead_is_named_by_its_section() -> None:
    assert sample_issue().sections[0].name is SectionName.LEAD
    assert worth_lines(weighed(WORTH))[0].startswith("Lead Story: ")
