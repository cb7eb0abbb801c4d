from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.claims import Claim, Words
from domain.evidence import EvidenceId
from domain.issue import Checks, Coverage, Issue, Paper, Section, SectionName, Story
from domain.items import Item, ItemKey, Source
from domain.readings import Lists, Metric
from newsroom.desk import Desk
from newsroom.identity import Voice
from newsroom.insights.gather import gather
from newsroom.insights.insight import Insight, Kind
from newsroom.record import ListKey
from newsroom.selection.choice import ranked
from newsroom.selection.clusters import Bond, Cluster, clusters
from newsroom.selection.leads import AGAIN, SOONEST_AGAIN, Candidate, candidates, names_in, remembered
from newsroom.selection.memory import ABOUT, LEAD, LEAD_HINT, LEAD_KIND, TOLD, mark
from newsroom.selection.thesis import TOO_LIKE, Thesis
from tests.unit.newsroom.worlds import (
    Row,
    World,
    full_world,
    model,
    moment,
    on,
    paper,
    post,
    press_time,
    repository,
    story,
)

MODELS = ListKey(Source.HUGGINGFACE, Lists.MODELS)
DAILY = ListKey(Source.GITHUB, Lists.GITHUB_DAILY)
TALK = ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE)
TODAY = 20


def past_issue(day: int, *themes: str, words: str = "") -> Issue:
    told = (Story((), headline=said(words)),) if words else ()
    sections = (Section(SectionName.LEAD, "Lead Story", told),)
    return Issue(on(day), 1, "t", "m", sections, {}, Coverage(moment(on(day)), ()), Checks(0, 0), themes=themes)


def said(words: str) -> Claim:
    return Claim((Words(words),), also=(EvidenceId("x"),))


def desk_of(world: World, *past: Issue) -> Desk:
    return Desk.open(on(TODAY), world.record(), past, Paper(), press_time(on(TODAY)))


def fact(kind: Kind, key: ItemKey, origin: ListKey = MODELS, **changes: object) -> Insight:
    return replace(Insight(kind, origin, (key,)), **changes)  # type: ignore[arg-type]  # fields of an insight


def always(_: Insight) -> bool:
    return True


def leads(desk: Desk, *insights: Insight) -> tuple[Candidate, ...]:
    return candidates(desk, insights, always)


def listed(*items: Item, points: int = 300) -> World:
    """Each item on the list of its kind, read this morning."""
    world = World()
    models = [(item, {Metric.LIKES: 50}) for item in items if item.key.source is Source.HUGGINGFACE]
    projects = [(item, {Metric.STARS: 900}) for item in items if item.key.source is Source.GITHUB]
    stories = [(item, {Metric.POINTS: points}) for item in items if item.key.source is Source.HACKERNEWS]
    posts: list[Row] = [(item, {}) for item in items if item.key.source is Source.FEEDS]
    at = moment(on(TODAY))
    if models:
        world.read(Source.HUGGINGFACE, Lists.MODELS, at, models)
    if projects:
        world.read(Source.GITHUB, Lists.GITHUB_DAILY, at, projects)
    if stories:
        world.read(Source.HACKERNEWS, Lists.HN_FRONT_PAGE, at, stories, ranked=False)
    if posts:
        world.read(Source.FEEDS, "lab", at, posts, ranked=False)
    return world


ONE, TWO = model("lab-a/Aster-7B"), model("lab-b/Birch-7B")


def test_an_empty_record_has_no_story() -> None:
    desk = desk_of(World())
    assert clusters(desk, gather(desk)) == ()
    assert leads(desk) == ()


def test_facts_of_one_subject_are_one_story_under_all_its_names() -> None:
    tool = repository("lab-name/tool")
    tale = story(1, "A tool for language models", tool.url, on(TODAY))
    desk = desk_of(listed(tool, tale))
    (found,) = clusters(desk, [fact(Kind.CLIMB, tool.key, DAILY), fact(Kind.TALK, tale.key, TALK)])
    assert found.bond is Bond.ENTITY
    assert found.name == str(tool.key)
    assert len(found.facts) == 2
    assert found.voices == {Voice.CODE, Voice.TALK}


def test_a_family_is_a_story_with_the_facts_of_all_its_members() -> None:
    desk = desk_of(listed(ONE, TWO))
    family = fact(Kind.FAMILY, ONE.key, items=(ONE.key, TWO.key), theme="Aster")
    found = {each.bond: each for each in clusters(desk, [fact(Kind.GAIN, TWO.key), family])}
    assert [each.kind for each in found[Bond.FAMILY].facts] == [Kind.FAMILY, Kind.GAIN]
    assert found[Bond.ENTITY].items == (TWO.key,)


def test_kinds_that_tell_the_same_are_one_tale() -> None:
    desk = desk_of(listed(ONE))
    (found,) = clusters(desk, [fact(kind, ONE.key) for kind in (Kind.CLIMB, Kind.FIRST_PLACE, Kind.GAIN)])
    assert found.tales == 2


def test_a_fact_about_a_list_is_no_story() -> None:
    desk = desk_of(listed(ONE))
    assert clusters(desk, [Insight(Kind.NEW_COUNT, MODELS), Insight(Kind.LANGUAGE, DAILY, theme="Python")]) == ()


def test_a_bare_metric_comes_after_every_strong_story() -> None:
    desk = desk_of(listed(ONE, TWO))
    gain = fact(Kind.GAIN, ONE.key, surprise=1.0, magnitude=1.0, variant="most")
    first = fact(Kind.FIRST_PLACE, TWO.key, surprise=0.1, magnitude=0.1)
    strong, weak = leads(desk, gain, first)
    assert (strong.core, strong.strong) == (first, True)
    assert (weak.core, weak.strong) == (gain, False)


def test_what_no_reader_would_call_a_story_never_leads() -> None:
    desk = desk_of(listed(ONE))
    assert leads(desk, *(fact(kind, ONE.key) for kind in (Kind.SIZE, Kind.STAY, Kind.ORDER, Kind.FALL))) == ()


def test_a_story_that_cannot_be_said_does_not_lead() -> None:
    desk = desk_of(listed(ONE))
    assert candidates(desk, [fact(Kind.FIRST_PLACE, ONE.key)], lambda _: False) == ()


def test_the_same_thing_on_two_sites_is_strong_unless_hardly_anyone_heard_it() -> None:
    tool = repository("lab-name/tool")
    tale = story(1, "A tool for language models", tool.url, on(TODAY))
    for points, strong in ((300, True), (12, False)):
        desk = desk_of(listed(tool, tale, points=points))
        (found,) = leads(desk, fact(Kind.CLIMB, tool.key, DAILY))
        assert found.strong is strong


def test_an_article_and_the_thread_that_leads_to_it_are_one_voice_but_a_labs_post_is_its_own() -> None:
    for tag, breadth in (("kind:press", 1.0), ("kind:lab", 1.4)):
        told = replace(post("lab", "new", "Our language model reads forty books at once", on(TODAY)), tags=(tag,))
        tale = story(1, "A language model that reads forty books", told.url, on(TODAY))
        desk = desk_of(listed(told, tale))
        (found,) = leads(desk, fact(Kind.TALK, tale.key, TALK))
        assert found.worth.breadth == pytest.approx(breadth)


def test_a_name_in_as_many_places_as_before_does_not_lead() -> None:
    desk = desk_of(listed(ONE, TWO))
    family = fact(Kind.FAMILY, ONE.key, items=(ONE.key, TWO.key), theme="Aster")
    assert leads(desk, replace(family, variant="same")) == ()
    assert leads(desk, replace(family, variant="shrunk")) == ()
    assert len(leads(desk, replace(family, variant="grown"))) == 1


def test_what_led_leads_again_only_with_news_and_not_on_the_next_days() -> None:
    moved, told = fact(Kind.FIRST_PLACE, ONE.key), fact(Kind.TALK, ONE.key, TALK)
    for days, kept in ((1, 0), (SOONEST_AGAIN - 1, 0), (SOONEST_AGAIN, 1), (7, 1)):
        desk = desk_of(listed(ONE), past_issue(TODAY - days, mark(LEAD, str(ONE.key).casefold())))
        assert len(leads(desk, moved)) == kept
        assert leads(desk, told) == ()


def test_what_leads_again_says_how_long_ago_it_led_and_weighs_less() -> None:
    first = fact(Kind.FIRST_PLACE, ONE.key)
    (fresh,) = leads(desk_of(listed(ONE)), first)
    (again,) = leads(desk_of(listed(ONE), past_issue(TODAY - 4, mark(LEAD, str(ONE.key).casefold()))), first)
    assert (fresh.led, again.led) == (None, 4)
    assert again.weight == pytest.approx(fresh.weight * AGAIN)


def test_after_eight_days_it_is_forgotten() -> None:
    desk = desk_of(listed(ONE), past_issue(TODAY - 8, mark(LEAD, str(ONE.key).casefold())))
    (found,) = leads(desk, fact(Kind.TALK, ONE.key, TALK))
    assert found.led is None


@pytest.mark.parametrize("led", ["aster-7b", "aster"])
def test_a_family_led_where_a_part_of_its_name_did(led: str) -> None:
    desk = desk_of(listed(ONE, TWO), past_issue(TODAY - 1, mark(LEAD, led)))
    family = fact(Kind.FAMILY, ONE.key, items=(ONE.key, TWO.key), theme="Aster-7B", variant="grown")
    assert leads(desk, family) == ()


def test_a_member_does_not_lead_after_its_family() -> None:
    family = fact(Kind.FAMILY, ONE.key, items=(ONE.key, TWO.key), theme="Aster-7B", variant="same")
    desk = desk_of(listed(ONE, TWO), past_issue(TODAY - 1, mark(LEAD, "aster-7b")))
    assert leads(desk, family, fact(Kind.FIRST_PLACE, ONE.key)) == ()


def test_a_sort_of_lead_weighs_less_the_younger_the_last_one_is() -> None:
    first = fact(Kind.FIRST_PLACE, ONE.key)
    (fresh,) = leads(desk_of(listed(ONE)), first)
    weights = []
    for days in (1, 3, 4):
        desk = desk_of(listed(ONE), past_issue(TODAY - days, mark(LEAD_KIND, fresh.sort)))
        weights.append(leads(desk, first)[0].weight)
    assert weights == sorted(weights)
    assert weights[-1] < fresh.weight


def test_the_same_account_twice_in_a_week_weighs_less() -> None:
    first = fact(Kind.FIRST_PLACE, ONE.key)
    (fresh,) = leads(desk_of(listed(ONE)), first)
    (after,) = leads(desk_of(listed(ONE), past_issue(TODAY - 2, mark(LEAD_HINT, "lab-a"))), first)
    assert after.weight < fresh.weight


def test_a_lead_leaves_its_names_its_hints_and_its_sort() -> None:
    (found,) = leads(desk_of(listed(ONE)), fact(Kind.FIRST_PLACE, ONE.key))
    marks = set(remembered(found))
    assert (LEAD, str(ONE.key).casefold()) in marks
    assert (LEAD_HINT, "lab-a") in marks
    assert (LEAD_KIND, found.sort) in marks


def test_only_what_is_a_name_is_taken_from_a_title() -> None:
    desk = desk_of(listed(model("Anthropic/Elder-7B")))
    assert names_in(desk, "Running local models is good now") == []
    assert names_in(desk, "Sixty percent of consumers dislike it") == []
    assert names_in(desk, "The Future Of Everything In One Chart") == []
    assert names_in(desk, "Anthropic updates their terms") == ["Anthropic"]
    assert names_in(desk, "How DeepSeek-V4 was trained on Mars") == ["DeepSeek-V4", "Mars"]


def test_a_story_is_worth_the_most_of_its_facts_and_says_so_in_words() -> None:
    desk = desk_of(listed(ONE))
    (found,) = leads(
        desk, fact(Kind.FIRST_PLACE, ONE.key, surprise=0.8, magnitude=0.2), fact(Kind.GAIN, ONE.key, magnitude=0.9)
    )
    assert (found.worth.surprise, found.worth.magnitude) == (0.8, 0.9)
    assert found.worth.why.startswith("2 facts on huggingface:model:lab-a/Aster-7B (entity); first place; 1 kind")


def test_what_was_told_is_named_in_the_reasons() -> None:
    first = fact(Kind.FIRST_PLACE, ONE.key)
    desk = desk_of(listed(ONE), past_issue(TODAY - 2, mark(TOLD, first.key), mark(ABOUT, ONE.key)))
    (found,) = leads(desk, first)
    assert found.worth.why.endswith("told 2 days ago")
    assert found.worth.novelty < 1


def test_the_order_does_not_depend_on_the_order_of_the_facts() -> None:
    desk = desk_of(full_world(5, TODAY - 4))
    insights = ranked(desk, gather(desk))
    there, back = (candidates(desk, each, always) for each in (insights, insights[::-1]))
    assert [each.cluster.name for each in there] == [each.cluster.name for each in back]


def test_without_a_past_no_thesis_is_too_like() -> None:
    thesis = Thesis.of(desk_of(World()).memory)
    assert thesis.likeness(Story((), headline=said("The garden model reads forty books"))) == 0


def test_the_same_words_a_day_later_are_too_like_and_other_news_is_not() -> None:
    words = "The garden model of the meadow laboratory reads forty books in an afternoon"
    thesis = Thesis.of(desk_of(World(), past_issue(TODAY - 1, words=words)).memory)
    assert thesis.is_too_like(thesis.likeness(Story((), headline=said(words))))
    other = thesis.likeness(Story((), headline=said("Seven accounts publish quantised copies of a speech network")))
    assert other < TOO_LIKE


def test_a_lead_of_eight_days_ago_is_not_compared() -> None:
    words = "The garden model reads forty books in an afternoon"
    old = replace(past_issue(12, words=words), date=on(TODAY) - timedelta(days=8))
    assert Thesis.of(desk_of(World(), old).memory).past == ()


def test_a_paper_on_two_lists_was_heard_once() -> None:
    here, there = paper("2606.1", "On Gardens"), paper("2606.1", "On Gardens", source=Source.ARXIV)
    world = World()
    world.read(Source.HUGGINGFACE, Lists.DAILY_PAPERS, moment(on(TODAY)), [(here, {Metric.UPVOTES: 30})], ranked=False)
    world.read(Source.ARXIV, Lists.ARXIV_RECENT, moment(on(TODAY)), [(there, {})], ranked=False)
    desk = desk_of(world)
    found: tuple[Cluster, ...] = clusters(desk, [fact(Kind.UPVOTES, here.key)])
    assert found[0].voices == {Voice.PAPERS}
