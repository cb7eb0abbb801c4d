"""What can be voted on of a section: stories by keys that neither their place nor their words change."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.claims import view
from domain.feedback import KEY_LENGTH, rated
from domain.issue import Layout, Section, SectionName, Story, Worth
from tests.golden.sample_issue import sample_issue

ISSUE = sample_issue()
SECTIONS = [section for section in ISSUE.sections if section.stories]

#: Sections whose stories are each about something else, as in every issue that was assembled.
ASSEMBLED = [section for section in SECTIONS if section.name is not SectionName.NUMBERS]


def section(name: SectionName) -> Section:
    found = ISSUE.section(name)
    assert found is not None
    return found


def of(*stories: Story) -> Section:
    return Section(SectionName.OPINION, "Opinion & Analysis", stories)


@given(st.sampled_from(ASSEMBLED), st.data())
def test_a_dropped_story_leaves_the_keys_of_all_others(section: Section, data: st.DataObject) -> None:
    dropped = data.draw(st.sampled_from(range(len(section.stories))))
    kept = [story for place, story in enumerate(section.stories) if place != dropped]
    expected = [story.key for place, story in enumerate(rated(section)) if place != dropped]
    assert [story.key for story in rated(replace(section, stories=tuple(kept)))] == expected


@given(st.sampled_from(SECTIONS))
def test_every_story_of_a_section_has_a_key_of_its_own_and_a_name(section: Section) -> None:
    found = rated(section)
    assert len({story.key for story in found}) == len(found) == len(section.stories)
    assert all(len(story.key) == KEY_LENGTH and 0 < len(story.name) <= 70 for story in found)


def test_a_story_keeps_its_key_when_its_words_are_corrected() -> None:
    (story,) = section(SectionName.LEAD).stories
    corrected = replace(story, headline=view("Other words"), paragraphs=story.paragraphs[:1])
    assert rated(of(story))[0].key == rated(of(corrected))[0].key


def test_what_stands_below_an_article_without_a_headline_belongs_to_it() -> None:
    head = section(SectionName.OPINION).stories[0]
    below = Story((), Layout.ARTICLE, paragraphs=((view("A list measures tremors."),),), label="View")
    assert [story.name for story in rated(of(head, below))] == ["A trending list is a seismograph"]
    assert [story.name for story in rated(of(below))] == ["A list measures tremors."]


def test_an_article_tells_the_kind_of_its_first_part_that_was_weighed() -> None:
    head = section(SectionName.OPINION).stories[0]
    plain = Story((), Layout.ARTICLE, paragraphs=((view("A list measures tremors."),),), label="View")
    weighed = [replace(plain, worth=Worth(kind, 1, 1, 1, 1, 1, 1)) for kind in ("size", "cohort")]
    (told,) = rated(of(head, plain, *weighed))
    assert told.kind == "size"


def test_two_stories_that_tell_different_things_of_one_item_have_keys_of_their_own() -> None:
    story = section(SectionName.NUMBERS).stories[0]
    gain, climb = (replace(story, worth=Worth(kind, 1, 1, 1, 1, 1, 1)) for kind in ("gain", "climb"))
    assert [each.key for each in rated(of(gain, climb))][1:] == [each.key for each in rated(of(climb))]


def test_two_stories_on_the_same_thing_in_one_place_are_told_apart() -> None:
    story = section(SectionName.TOOLS).stories[0]
    assert len({each.key for each in rated(of(story, story))}) == 2


def test_a_row_is_called_by_the_name_in_it() -> None:
    assert rated(section(SectionName.TRENDING))[0].name == "northwind/Kestrel-8B"


def test_what_is_about_one_thing_is_called_by_its_name() -> None:
    story = replace(section(SectionName.TOOLS).stories[0], headline=None)
    (told,) = rated(Section(SectionName.FOR_YOU, "For You", (story,)))
    assert told.name == next(story.claims()).names[0].text
