from __future__ import annotations

from dataclasses import replace
from functools import cache

from domain.claims import Role
from domain.issue import Issue, Paper, Section, SectionName, Story
from newsroom.assembly import assemble
from newsroom.phrases.views import standard_views
from newsroom.selection.memory import VIEW, mark
from tests.unit.newsroom.worlds import World, full_world, on, press_time


@cache
def _world() -> World:
    return full_world(10)


def _issue(*past: Issue, day: int = 9) -> Issue:
    return assemble(on(day), _world().record(), past, Paper(), day + 1, press_time(on(day)))


def _opinion(issue: Issue) -> Section:
    found = issue.section(SectionName.OPINION)
    assert found is not None
    return found


def _analyses(issue: Issue) -> list[Story]:
    return [story for story in _opinion(issue).stories if story.label == "Analysis"]


def _remembering(day: int, *views: str) -> Issue:
    return replace(_issue(day=day), themes=tuple(mark(VIEW, name) for name in views))


def test_a_view_printed_in_the_last_45_days_is_not_printed_again() -> None:
    views = [each.name for each in standard_views()]
    spoken = {each.partition(":")[2] for each in _issue().themes if each.startswith(f"{VIEW}:")}
    again = _issue(_remembering(8, *spoken))
    assert spoken <= set(views)
    assert not spoken & {each.partition(":")[2] for each in again.themes if each.startswith(f"{VIEW}:")}


def test_without_a_free_view_an_analysis_stands_alone_under_a_headline_with_a_figure() -> None:
    issue = _issue(_remembering(8, *(each.name for each in standard_views())))
    assert {story.label for story in _opinion(issue).stories} == {"Analysis"}
    for story in _analyses(issue):
        assert story.headline is not None
        assert story.headline.role is Role.CLAIM


def test_while_the_shelf_is_spared_the_second_piece_goes_without_a_view() -> None:
    few = [each.name for each in standard_views()][10:]
    issue = _issue(_remembering(8, *few))
    assert sum(story.label == "View" for story in _opinion(issue).stories) <= 1


def test_an_analysis_has_two_or_three_facts_and_tells_none_of_them_twice() -> None:
    for story in _analyses(_issue()):
        claims = [claim for paragraph in story.paragraphs for claim in paragraph]
        assert 2 <= len(claims) <= 3
        assert len({claim.text for claim in claims}) == len(claims)


def test_an_analysis_is_not_about_what_leads_the_paper() -> None:
    issue = _issue()
    lead = issue.section(SectionName.LEAD)
    assert lead is not None
    subject = lead.stories[0].items[0]
    assert all(subject not in story.items for story in _analyses(issue))
