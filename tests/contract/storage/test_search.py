"""The search finds the same on SQLite with FTS5, on SQLite without it, and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from domain.claims import Claim, Role, Words
from domain.errors import StorageError
from domain.issue import Issue, Layout, Section, SectionName, Story
from domain.search import Breadth, Hit, parse_query
from domain.text import plain_line
from storage import search_index
from storage.database import Database
from storage.issues import Issues
from storage.revisions import Correction
from storage.schema import SearchEntryRow
from storage.search import Search
from tests.contract.storage import samples
from tests.contract.storage.samples import MORNING, TODAY
from tests.databases import ENGINES


def said(words: str) -> Claim:
    return Claim((Words(words),), Role.HOUSE)


def story(headline: str, words: str) -> Story:
    return Story((samples.FIRST,), Layout.ARTICLE, said(headline), paragraphs=((said(words),),))


def issue(*stories: Story, day: date = TODAY, number: int = 1) -> Issue:
    return replace(samples.issue(day, number), sections=(Section(SectionName.LEAD, "Lead Story", stories),))


ROBOTS = story("Robots learn to fold", "A model of 7B parameters folds shirts.")
QWEN = story("A smaller Qwen3.8", "The model runs on phones, and so does northwind/Kestrel-8B.")
CHINESE = story("人工智能 in a name", "A space called 人工智能工具 leads; its makers write C++ and c#.")


WITHOUT_FTS5 = "sqlite without FTS5"


@pytest.fixture(params=[*ENGINES, WITHOUT_FTS5])
def index(request: pytest.FixtureRequest) -> str:
    """What the index is made of."""
    made: str = request.param
    return made


@pytest.fixture
def engine_name(index: str) -> str:
    """The engine of an index."""
    return "sqlite" if index == WITHOUT_FTS5 else index


@pytest.fixture
def search(index: str, database: Database) -> Search:
    if index == WITHOUT_FTS5:
        with database.write() as connection:
            search_index.drop_index(connection)
            connection.exec_driver_sql(search_index.PLAIN)
    return Search(database)


def published(issues: Issues, written: Issue) -> None:
    issues.save_draft(written, [samples.edition(written.date)], MORNING)
    issues.approve(written.date, "test", MORNING)
    issues.publish(written.date, "test", MORNING)


def headlines(search: Search, words: str) -> list[str]:
    return [hit.headline for hit in search.find(parse_query(words), limit=50).hits]


def test_a_draft_can_not_be_searched(search: Search, issues: Issues) -> None:
    issues.save_draft(issue(ROBOTS), [samples.edition()], MORNING)
    assert search.refresh() == 0
    assert headlines(search, "robots") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("robots", [ROBOTS]),
        ("ROBOT", [ROBOTS]),
        ("robot fold shirt", [ROBOTS]),
        ("qwen 3.8", [QWEN]),
        ("QWEN3.8", [QWEN]),
        ("qwen3", []),
        ('"model runs"', [QWEN]),
        ('"runs model"', []),
        ("northwind/Kestrel-8B", [QWEN]),
        ("kestrel", [QWEN]),
        ("人工", [CHINESE]),
        ("工人", []),
        ("c++", [CHINESE]),
        ("c#", [CHINESE]),
        ("phon", [QWEN]),
        ("phone", [QWEN]),
        ("pho", []),
        ("the robots", [ROBOTS]),
        ("lead stories of zeppelins", [CHINESE]),
    ],
)
def test_words_find_the_stories_that_have_them(
    search: Search, issues: Issues, words: str, expected: list[Story]
) -> None:
    published(issues, issue(ROBOTS, QWEN, CHINESE))
    assert headlines(search, words) == [one.headline.text for one in expected if one.headline]


def test_a_story_that_was_told_comes_before_a_row_of_a_chart_with_the_same_name(search: Search, issues: Issues) -> None:
    told = Section(SectionName.LEAD, "Lead Story", (story("A model leads", "It is northwind/Kestrel-8B."),))
    listed = Section(SectionName.TRENDING, "Trending", (story("northwind/Kestrel-8B", "1, day 4"),))
    published(issues, replace(issue(), sections=(listed, told)))
    search.refresh()
    assert headlines(search, "kestrel") == ["A model leads", "northwind/Kestrel-8B"]


def test_where_nothing_has_every_word_those_that_have_some_are_found(search: Search, issues: Issues) -> None:
    published(issues, issue(ROBOTS, QWEN))
    found = search.find(parse_query("robots on zeppelins"))
    assert (found.breadth, [hit.headline for hit in found.hits]) == (Breadth.SOME, ["Robots learn to fold"])
    assert search.find(parse_query("zeppelins")).total == 0


def test_a_word_in_a_headline_comes_before_one_in_a_text_and_the_newer_before_the_older(
    search: Search, issues: Issues
) -> None:
    old = issue(story("Agents at work", "They write code."), day=TODAY - timedelta(days=2), number=1)
    published(issues, old)
    published(issues, issue(story("Code at work", "They write agents."), day=TODAY - timedelta(days=1), number=2))
    published(issues, issue(story("Agents at work", "They write code."), number=3))
    search.refresh()
    found = search.find(parse_query("agents"))
    assert [(hit.headline, hit.day) for hit in found.hits] == [
        ("Agents at work", TODAY),
        ("Agents at work", old.date),
        ("Code at work", TODAY - timedelta(days=1)),
    ]


def test_pages_follow_each_other_without_a_gap_or_a_repetition(search: Search, issues: Issues) -> None:
    published(issues, issue(*(story(f"Model {number}", "It runs.") for number in range(12))))
    query = parse_query("model")
    pages = [search.find(query, offset, 5) for offset in (0, 5, 10, 15)]
    assert [len(page.hits) for page in pages] == [5, 5, 2, 0]
    assert {page.total for page in pages} == {12}
    assert len({hit for page in pages for hit in page.hits}) == 12


def test_a_hit_says_where_it_stands_in_the_words_of_the_paper(search: Search, issues: Issues) -> None:
    published(issues, issue(QWEN))
    (hit,) = search.find(parse_query("phones")).hits
    assert hit == Hit(
        TODAY,
        SectionName.LEAD,
        "A smaller Qwen3.8",
        "The model runs on phones, and so does northwind/Kestrel-8B.",
    )


def test_a_corrected_issue_is_found_by_its_new_words_alone(search: Search, issues: Issues) -> None:
    published(issues, issue(ROBOTS))
    assert headlines(search, "shirts")
    mended = issue(story("Robots learn to knit", "A model knits socks."))
    issues.correct(mended, [samples.edition()], Correction("It was socks.", "editor", MORNING))
    assert headlines(search, "shirts") == []
    assert headlines(search, "socks") == ["Robots learn to knit"]


def test_issues_that_were_published_before_are_indexed_once_the_newest_first(
    search: Search, issues: Issues, database: Database
) -> None:
    for age in range(4):
        published(issues, issue(ROBOTS, day=TODAY - timedelta(days=age), number=10 - age))
    assert search.refresh(1) == 1
    with database.read() as connection:
        assert set(connection.scalars(select(SearchEntryRow.issue_date))) == {TODAY}
    assert search.refresh() == 3
    assert search.refresh() == 0
    assert search.find(parse_query("robots")).total == 4


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE issues; --",
        '" OR 1=1',
        '"""',
        "* NEAR/3 -x ^y a:b {headline}: AND OR NOT ()",
        "headline:robots",
        "robots & | ! <-> :*",
        "\\",
        "%_%",
        "\x00\ud800",
        " ".join(["robots"] * 1000),
        "robots " + "x" * 100_000,
        "🤖",
    ],
)
def test_a_hostile_query_is_harmless(search: Search, issues: Issues, words: str) -> None:
    published(issues, issue(ROBOTS))
    assert search.find(parse_query(words)).total in {0, 1}
    assert headlines(search, "robots") == ["Robots learn to fold"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(words=st.text(max_size=60).map(plain_line).filter(bool))
def test_a_story_is_found_by_the_words_that_it_says(search: Search, issues: Issues, words: str) -> None:
    if issues.load(TODAY) is None:
        published(issues, issue(ROBOTS))
    issues.correct(issue(story("Said", words)), [samples.edition()], Correction("", "editor", MORNING))
    query = parse_query(words)
    assert search.find(query).total == bool(query.terms)


@pytest.mark.parametrize("index", ["sqlite"], indirect=True)
def test_an_index_with_full_text_is_not_read_by_a_program_without_it(
    database: Database, issues: Issues, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(issues, issue(ROBOTS))
    monkeypatch.setattr(search_index, "has_fts5", lambda _: False)
    with pytest.raises(StorageError, match="SQLite has it, or DATABASE_URL"):
        Search(database).find(parse_query("robots"))


@pytest.mark.parametrize("index", ["sqlite"], indirect=True)
def test_a_program_without_full_text_makes_an_index_that_can_be_read(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "has_fts5", lambda _: False)
    with database.write() as connection:
        search_index.drop_index(connection)
        search_index.create_index(connection)
        assert connection.scalar(text("SELECT count(*) FROM search_index")) == 0
        assert search_index.is_plain(connection)
