"""What lives at a dead address is counted and never named, and the issue is whole without it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.issue import Issue, Paper, SectionName
from newsroom.assembly import assemble
from newsroom.checking import audit
from newsroom.desk import Desk
from newsroom.insights.counts import FRONT_PAGE
from newsroom.links import printed_links
from newsroom.record import Record
from tests.unit.newsroom.worlds import full_world, on, press_time

DAY = 8
WORLD = full_world(DAY + 1)
RECORD = WORLD.record()
ADDRESSES = sorted({item.url for item in WORLD.items.values()})


def paper(dead: frozenset[str] = frozenset(), record: Record = RECORD) -> Issue:
    return assemble(on(DAY), record, [], Paper(), DAY + 1, press_time(on(DAY)), dead)


def test_an_issue_without_a_dead_link_is_the_one_it_was() -> None:
    assert paper(frozenset({"https://nowhere.example/"})) == paper()


def test_another_story_leads_when_the_link_of_the_first_is_dead() -> None:
    lead = paper().section(SectionName.LEAD)
    assert lead is not None
    address = lead.stories[0].url
    assert address is not None
    after = paper(frozenset({address}))
    new_lead = after.section(SectionName.LEAD)
    assert new_lead is not None
    assert new_lead.stories[0].url not in {None, address}
    assert after.checks.held is None


@pytest.mark.parametrize("section", [SectionName.TOOLS, SectionName.TRENDING, SectionName.READING])
def test_a_section_goes_on_with_what_lives(section: SectionName) -> None:
    before = paper().section(section)
    assert before is not None
    dead = frozenset({before.stories[0].url or ""})
    after = paper(dead).section(section)
    assert after is not None
    assert after.stories
    assert all(story.url not in dead for story in after.stories)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.frozensets(st.sampled_from(ADDRESSES), max_size=60))
def test_no_issue_leads_to_a_dead_link_and_each_passes_its_audit(dead: frozenset[str]) -> None:
    issue = paper(dead)
    assert dead.isdisjoint(printed_links(issue))
    assert issue.checks.drops == ()
    assert audit(issue, RECORD).passed


def test_what_lives_at_a_dead_address_still_counts() -> None:
    desk = Desk.open(on(DAY), RECORD, (), Paper(), press_time(on(DAY)))
    page = desk.mornings(FRONT_PAGE)
    assert page is not None
    named = next(item for each in desk.ours(page.today) if (item := desk.about(each.item)) is not None)
    without = Desk.open(on(DAY), RECORD, (), Paper(), press_time(on(DAY)), frozenset({named.url}))
    assert without.about(named.key) is None
    assert without.cite.name(named.key) is None
    count, counted = (each.about_ai(page.today, "stories") for each in (desk, without))
    assert count is not None
    assert counted is not None
    assert counted.value == count.value
