"""A reader's own issue: his sections in his order, his topics first, and a section of what he follows."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim, Words, house
from domain.combinations import READER_SECTIONS, Combination
from domain.evidence import EvidenceId
from domain.issue import SECTION_TITLES, Issue, Layout, Section, SectionName, Story
from domain.items import ItemKey, Kind, Source
from domain.overset import Overset, Said
from newsroom.personal import MOST, MOST_OF_A_SOURCE, Personal
from tests.unit.formatters.building import issue as issue_of

VISION = Combination(topics=("vision",))


def key(name: str, source: Source = Source.GITHUB) -> ItemKey:
    return ItemKey(source, {Source.ARXIV: Kind.PAPER}.get(source, Kind.REPOSITORY), name)


def story(name: str, *words: str, layout: Layout = Layout.BULLET, label: str = "") -> Story:
    """A story about an item of that name, one sentence for each text."""
    told = tuple(Claim((Words(text),), also=(EvidenceId("h1"),)) for text in words or (f"About {name}.",))
    if layout is Layout.ROW:
        return Story((key(name),), layout, cells=told, columns=("Name",), group="github", label=label)
    return Story((key(name),), layout, paragraphs=(told,), label=label)


def section(name: SectionName, *stories: Story) -> Section:
    return Section(name, SECTION_TITLES[name], stories)


def said(topics: Mapping[str, str]) -> dict[ItemKey, Said]:
    """Items with a topic each; their words are their names."""
    return {key(name): Said(frozenset({topic} if topic else ()), f" {name} ") for name, topic in topics.items()}


ISSUE = issue_of(
    section(SectionName.LEAD, story("lead", layout=Layout.ARTICLE)),
    section(SectionName.NUMBERS, story("a"), story("b"), story("c", "It grew."), story("d")),
    section(SectionName.TOOLS, story("e"), story("f")),
    Section(SectionName.SUBSCRIBE, "Subscribe", notes=(house("We say hello."),)),
)
SAID = said({"lead": "", "a": "", "b": "", "c": "vision", "d": "vision", "e": "", "f": "speech"})


def own(wanted: Combination, issue: Issue = ISSUE, stories: tuple[Story, ...] = (), **more: str) -> Issue:
    return Personal(issue, Overset(stories, {}, {**SAID, **said(more)})).of(wanted)


def names(issue: Issue) -> list[str]:
    return [part.name.value for part in issue.sections]


def told(issue: Issue, name: SectionName) -> list[str]:
    part = issue.section(name)
    return [each.items[0].external_id for each in part.stories] if part is not None else []


def test_without_wishes_it_is_the_paper() -> None:
    assert own(Combination()) == ISSUE


def test_sections_that_are_off_are_left_out_and_his_order_is_kept() -> None:
    assert names(own(Combination(sections=("tools", "lead")))) == ["tools", "lead", "subscribe"]


def test_a_section_that_the_days_issue_lacks_is_passed_over() -> None:
    assert names(own(Combination(sections=("movers", "numbers")))) == ["numbers", "subscribe"]


def test_where_none_of_his_sections_is_there_he_gets_all_of_them() -> None:
    assert names(own(Combination(sections=("movers",)))) == names(ISSUE)


def test_stories_on_his_topics_come_first_with_those_that_lean_on_them() -> None:
    assert told(own(VISION), SectionName.NUMBERS) == ["b", "c", "d", "a"]


def test_a_keyword_counts_like_a_topic() -> None:
    assert told(own(Combination(keywords=("f",))), SectionName.TOOLS) == ["f", "e"]


def test_the_lead_is_never_reordered() -> None:
    lead = section(SectionName.LEAD, story("a"), story("c", "A story."))
    assert told(own(VISION, issue_of(lead)), SectionName.LEAD) == ["a", "c"]


def test_the_rows_of_a_table_stay_together() -> None:
    rows = [story(name, layout=Layout.ROW, label=label) for name, label in zip("abcd", "xxyy", strict=True)]
    trending = issue_of(section(SectionName.TRENDING, *rows))
    assert told(own(Combination(topics=("vision",)), trending), SectionName.TRENDING) == ["a", "b", "c", "d"]
    assert told(own(Combination(keywords=("b", "d")), trending), SectionName.TRENDING) == ["b", "a", "d", "c"]


def test_what_he_follows_and_the_issue_does_not_tell_stands_second() -> None:
    left_over = (story("x"), story("y"), story("z"))
    found = own(VISION, ISSUE, left_over, x="vision", y="speech", z="vision")
    assert names(found) == ["lead", "foryou", "numbers", "tools", "subscribe"]
    assert told(found, SectionName.FOR_YOU) == ["x", "z"]


def test_nothing_that_he_follows_is_no_section() -> None:
    assert "foryou" not in names(own(VISION, ISSUE, (story("x"),), x="speech"))


def test_who_follows_nothing_gets_nothing_for_himself() -> None:
    assert "foryou" not in names(own(Combination(sections=("lead", "tools")), ISSUE, (story("x"),), x="vision"))


def test_what_an_editor_put_into_the_issue_is_not_told_twice() -> None:
    assert "foryou" not in names(own(VISION, ISSUE, (story("d"),)))


def test_the_section_is_short_and_not_all_of_one_source() -> None:
    numbers = [str(number) for number in range(20)]
    left_over = tuple(story(number) for number in numbers[:10]) + tuple(
        Story((key(number, Source.ARXIV),), Layout.BULLET, paragraphs=story(number).paragraphs)
        for number in numbers[10:]
    )
    on_topic = {each.items[0]: Said(frozenset({"vision"}), "") for each in left_over}
    found = Personal(ISSUE, Overset(left_over, {}, on_topic)).of(VISION).section(SectionName.FOR_YOU)
    assert found is not None
    assert len(found.stories) == MOST
    assert sum(each.items[0].source is Source.GITHUB for each in found.stories) == MOST_OF_A_SOURCE


wishes = st.builds(
    Combination,
    sections=st.lists(st.sampled_from(READER_SECTIONS), unique=True).map(tuple),
    topics=st.sets(st.sampled_from(["vision", "speech", "unheard-of"])).map(lambda found: tuple(sorted(found))),
    keywords=st.sets(st.sampled_from(["a", "f", "x", "(a+)+$"])).map(lambda found: tuple(sorted(found))),
)


@given(wishes)
def test_no_story_is_lost_doubled_or_changed(wanted: Combination) -> None:
    found = own(wanted, ISSUE, (story("x"), story("y")), x="vision", y="speech")
    for part in found.sections:
        before = ISSUE.section(part.name)
        if before is not None:
            assert sorted(map(id, part.stories)) == sorted(map(id, before.stories))
            assert (part.opening, part.notes, part.title) == (before.opening, before.notes, before.title)
    assert names(found)[-1] == "subscribe"
    assert len(set(names(found))) == len(found.sections)


@given(wishes, wishes)
def test_who_gets_the_same_stories_gets_the_same_sections(one: Combination, other: Combination) -> None:
    personal = Personal(ISSUE, Overset((story("x"),), {}, {**SAID, **said({"x": "vision"})}))
    first, second = personal.of(one), personal.of(other)
    for part in first.sections:
        same = second.section(part.name)
        assert same is None or same is part or same.stories != part.stories
