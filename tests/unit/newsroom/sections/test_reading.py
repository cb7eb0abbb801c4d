from __future__ import annotations

from dataclasses import replace

import pytest

from domain.claims import Quote
from domain.issue import Issue, Section, SectionName
from domain.items import Item, Source
from domain.readings import Lists, Metric
from newsroom.sections.reading import discussions, posts, spoken
from tests.unit.newsroom.sections.building import desk_of, issue_of, section, texts
from tests.unit.newsroom.worlds import World, full_world, moment, on, paper, post, story

TITLE = "A language model that reads whole books"
WORDS = "The new model reads whole books. It was trained on open data by many people."

#: Days of the worlds, which begin on a Monday.
FRIDAY, SATURDAY, SUNDAY = 4, 5, 13


def feed(*posts: Item, name: str = "lab", day: int = 0) -> World:
    world = World()
    world.read(Source.FEEDS, name, moment(on(day)), [(each, {}) for each in posts], ranked=False)
    return world


def talk(world: World, *stories: tuple[Item, int, int], day: int = 0) -> World:
    rows = [(item, {Metric.POINTS: points, Metric.COMMENTS: comments}) for item, points, comments in stories]
    world.read(Source.HACKERNEWS, Lists.HN_FRONT_PAGE, moment(on(day)), rows, ranked=False)
    return world


def reading(issue: Issue) -> Section:
    return section(issue, SectionName.READING)


def quotes(issue: Issue) -> list[str]:
    return [run.text for claim in reading(issue).claims() for run in claim.runs if isinstance(run, Quote)]


@pytest.mark.parametrize(
    "refused",
    [
        replace(post("lab", "x", TITLE, on(0)), publisher="Hacker News RSS"),
        post("lab", "x", "Jun 1, 2026ScienceMaking a language model a chemist", on(0)),
        post("lab", "x", "生成AIの新しい使い方と企業の事例 AI", on(0)),
        post("lab", "x", "AI notes", on(0)),
        replace(post("lab", "x", TITLE, on(0)), url="http://lab.example.com/x"),
    ],
)
def test_a_post_without_a_publisher_a_whole_title_or_a_safe_link_is_not_offered(refused: Item) -> None:
    found = issue_of(feed(refused), 0).section(SectionName.READING)
    assert found is None


@pytest.mark.parametrize("link", ["https://github.com/a/b", "https://x.com/a", "https://www.youtube.com/watch?v=a"])
def test_code_pictures_and_short_words_are_no_reading(link: str) -> None:
    world = talk(World(), (story(1, TITLE, link), 400, 20))
    assert issue_of(world, 0).section(SectionName.READING) is None


def test_a_site_whose_name_ends_like_another_is_read() -> None:
    world = full_world(1)
    talk(world, (story(1, "An LLM in every cinema of the town", "https://blog.netflix.com/a"), 4_000, 20))
    issue = issue_of(world, 0)
    told = [key.external_id for part in issue.sections for each in part.stories for key in each.items]
    assert "1" in told


def test_what_the_lead_told_this_week_is_not_offered_again() -> None:
    world = full_world(2)
    first_issue = issue_of(world, 0)
    second = issue_of(world, 1, first_issue)
    led = {key for each in section(first_issue, SectionName.LEAD).stories for key in each.items}
    read = {key for issue in (first_issue, second) for each in reading(issue).stories for key in each.items}
    assert not led & read


def test_a_piece_is_not_offered_twice_in_two_weeks() -> None:
    world = full_world(3)
    past: list[Issue] = []
    for day in range(3):
        past.insert(0, issue_of(world, day, *past))
    offered = [each.items[0] for issue in past for each in reading(issue).stories]
    assert len(offered) == len(set(offered))


@pytest.mark.parametrize(
    "summary",
    ["An aerial view of a library at night.", "Illustration of a model that reads a book.", "It reads books and then…"],
)
def test_the_words_below_a_picture_and_a_cut_sentence_are_not_quoted(summary: str) -> None:
    assert quotes(issue_of(feed(post("lab", "x", TITLE, on(0), summary)), 0)) == []


def test_a_post_is_quoted_with_its_first_sentence() -> None:
    assert quotes(issue_of(feed(post("lab", "x", TITLE, on(0), WORDS)), 0)) == ["The new model reads whole books."]


def test_a_post_is_called_new_only_where_its_feed_was_read_before_without_it() -> None:
    old, new = post("lab", "old", f"{TITLE}, again", on(0)), post("lab", "new", TITLE, on(1))
    world = feed(old)
    assert "new" not in texts(reading(issue_of(world, 0))).lower().split()
    world.read(Source.FEEDS, "lab", moment(on(1)), [(new, {}), (old, {})], ranked=False)
    told = next(each for each in reading(issue_of(world, 1)).stories if each.items[0] == new.key)
    assert "new" in "".join(claim.text for claim in told.claims()).lower()


@pytest.mark.parametrize(("day", "expected"), [(FRIDAY, ["1", "2"]), (SATURDAY, ["2", "1"])])
def test_on_weekdays_points_count_and_at_the_weekend_comments(day: int, expected: list[str]) -> None:
    essay = story(2, "A long essay on LLM work", "https://essays.example.org/a", on(day))
    news = story(1, "An LLM company bought another", "https://news.example.org/a", on(day))
    found = discussions(desk_of(talk(World(), (news, 500, 20), (essay, 90, 400), day=day), day))
    assert [piece.item.key.external_id for piece in found] == expected


@pytest.mark.parametrize(("day", "expected"), [(FRIDAY, "lab/a"), (SATURDAY, "lab/b")])
def test_at_the_weekend_the_post_that_its_feed_tells_most_of_comes_first(day: int, expected: str) -> None:
    short, long = (
        post("lab", name, f"{TITLE} {name}", on(day), words) for name, words in (("a", WORDS), ("b", WORDS * 5))
    )
    assert next(posts(desk_of(feed(short, long, day=day), day))).item.key.external_id == expected


def test_without_votes_the_papers_come_from_arxiv() -> None:
    world = World()
    listed = paper("2606.00001", "A Study of Rows and Columns", source=Source.ARXIV)
    world.read(Source.ARXIV, Lists.ARXIV_RECENT, moment(on(0)), [(listed, {})], ranked=False)
    assert "arXiv" in texts(reading(issue_of(world, 0)))


def test_three_posts_of_one_publisher_give_way_to_others() -> None:
    mine = [post("lab", f"x{n}", f"{TITLE} part {n}", on(0)) for n in range(4)]
    world = feed(*mine)
    other = post("press", "y", "Another language model that reads", on(0))
    world.read(Source.FEEDS, "press", moment(on(0)), [(replace(other, tags=("kind:press",)), {})], ranked=False)
    talk(world, (story(9, "An LLM leads the day", "https://other.example.org/a"), 5_000, 5_000))
    issue = issue_of(world, 0)
    assert "Press" in {name.text for claim in reading(issue).claims() for name in claim.names}


def test_a_discussion_is_quoted_from_the_post_that_it_is_about() -> None:
    world = full_world(2)
    told = post("lab", "x", TITLE, on(1), WORDS)
    world.read(Source.FEEDS, "lab", moment(on(1)), [(told, {})], ranked=False)
    talked = story(1, "This LLM reads books", told.url)
    talk(world, (talked, 900, 20), day=1)
    assert spoken(desk_of(world, 1), talked) == spoken(desk_of(world, 1), told)


def test_three_pieces_are_of_three_kinds_and_each_has_its_link() -> None:
    pieces = reading(issue_of(full_world(10), 9)).stories
    assert {piece.items[0].source for piece in pieces} == {Source.HACKERNEWS, Source.HUGGINGFACE, Source.FEEDS}
    assert all(piece.paragraphs[0][0].links and piece.url for piece in pieces)


def test_on_sunday_the_most_discussed_of_the_week_is_read_with_the_day_of_its_count_and_on_monday_not() -> None:
    world = World()
    essay, note = story(1, "A long essay on language models at work"), story(2, "A short note on AI agents at sea")
    talk(world, (essay, 300, 250), day=SUNDAY - 4)
    talk(world, (note, 60, 40), day=SUNDAY)
    talk(world, (note, 70, 50), day=SUNDAY + 1)
    sunday = texts(reading(issue_of(world, SUNDAY)))
    assert "250 comments" in sunday
    assert "10 June" in sunday
    assert issue_of(world, SUNDAY).checks.drops == ()
    assert [each.item.key for each in discussions(desk_of(world, SUNDAY + 1))] == [note.key]
