from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim, Name, Words
from domain.evidence import Evidence, EvidenceId, ReadingEvidence
from domain.issue import Checks, Coverage, Issue, Layout, Section, SectionName, Story
from domain.items import ItemKey, Kind, Source
from domain.links import Asking, Life
from newsroom.links import APART, ASKED_LATELY, REMEMBERED, dead_links, links_in_doubt, links_to_ask, printed_links

NOW = datetime(2026, 7, 4, 5, 31, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STORY = ItemKey(Source.HACKERNEWS, Kind.STORY, "48073246")
MODEL = ItemKey(Source.HUGGINGFACE, Kind.MODEL, "anna/loom")
OUTSIDE = "https://news.example/loom"
CARD = "https://huggingface.co/anna/loom"


def gone(minutes: float, url: str = OUTSIDE) -> Asking:
    return Asking(url, NOW - minutes * MINUTE, Life.GONE, "404")


def alive(minutes: float, url: str = OUTSIDE) -> Asking:
    return Asking(url, NOW - minutes * MINUTE, Life.ALIVE, "200")


def unknown(minutes: float, url: str = OUTSIDE) -> Asking:
    return Asking(url, NOW - minutes * MINUTE, Life.UNKNOWN, "503")


def reading(item: ItemKey, hours: float, url: str = CARD) -> ReadingEvidence:
    at = NOW - timedelta(hours=hours)
    return ReadingEvidence(1, item.source, "models/trending", item, "rank", 3, 3, at, url)


def issue(url: str | None, name_url: str | None, item: ItemKey, *evidence: Evidence) -> Issue:
    """An issue of one story that names an item."""
    known = {EvidenceId(f"r{number}-rank"): each for number, each in enumerate(evidence, 1)}
    claim = Claim((Name("loom", item, EvidenceId("q1"), name_url), Words(" is new.")))
    story = Story((item,), Layout.ARTICLE, claim, url=url)
    return Issue(
        NOW.date(),
        1,
        "The AI Morning Post",
        "",
        (Section(SectionName.LEAD, "Lead Story", (story,)),),
        known,
        Coverage(NOW, ()),
        Checks(1, 1),
    )


def test_the_addresses_of_stories_and_of_names_are_printed_links_once_each() -> None:
    assert printed_links(issue(OUTSIDE, OUTSIDE, STORY)) == {OUTSIDE: frozenset({STORY})}
    assert list(printed_links(issue(CARD, OUTSIDE, STORY))) == [CARD, OUTSIDE]
    assert printed_links(issue(None, None, STORY)) == {}


@pytest.mark.parametrize(
    "askings",
    [
        pytest.param([], id="never asked"),
        pytest.param([gone(0)], id="gone once"),
        pytest.param([gone(9), gone(0)], id="gone twice within a few minutes"),
        pytest.param([gone(30), alive(15), gone(0)], id="alive between"),
        pytest.param([gone(30), gone(15), alive(0)], id="alive since"),
        pytest.param([unknown(30), unknown(0)], id="silent twice"),
        pytest.param([unknown(30), gone(0)], id="silent, then gone"),
        pytest.param([gone(REMEMBERED / MINUTE + 1), gone(0)], id="gone once before the time remembered"),
        pytest.param([gone(30), gone(-1)], id="gone the second time later than now"),
    ],
)
def test_a_link_is_not_dead_when(askings: list[Asking]) -> None:
    assert dead_links(askings, NOW) == frozenset()


@pytest.mark.parametrize(
    "askings",
    [
        pytest.param([gone(APART / MINUTE), gone(0)], id="gone twice"),
        pytest.param([gone(15), gone(5), gone(0)], id="gone three times, the last two close together"),
        pytest.param([gone(15), unknown(5), gone(0)], id="gone twice, a fault between"),
        pytest.param([gone(15), gone(1), unknown(0)], id="gone twice, silent since"),
        pytest.param([alive(30), gone(15), gone(0)], id="alive before"),
        pytest.param([gone(0), gone(15)], id="in any order"),
    ],
)
def test_a_link_is_dead_when(askings: list[Asking]) -> None:
    assert dead_links(askings, NOW) == {OUTSIDE}


def test_each_link_is_judged_by_its_own_answers() -> None:
    assert dead_links([gone(15), gone(0, CARD)], NOW) == frozenset()


def test_a_link_outside_the_site_that_listed_it_is_asked() -> None:
    assert links_to_ask(issue(OUTSIDE, OUTSIDE, STORY, reading(STORY, 0)), [], NOW) == (OUTSIDE,)


def test_what_its_own_site_listed_today_is_not_asked() -> None:
    assert links_to_ask(issue(CARD, CARD, MODEL, reading(MODEL, 1)), [], NOW) == ()


def test_the_post_of_a_poll_that_closed_last_night_is_not_asked() -> None:
    answer, post = ItemKey(Source.POLL, Kind.OPTION, "20260816.1"), "https://t.me/ai_morning_post/55"
    assert links_to_ask(issue(None, post, answer, reading(answer, 10, post)), [], NOW) == ()
    assert links_to_ask(issue(None, post, answer, reading(answer, 40, post)), [], NOW) == (post,)


def test_what_its_own_site_listed_days_ago_is_asked() -> None:
    assert links_to_ask(issue(CARD, CARD, MODEL, reading(MODEL, 72)), [], NOW) == (CARD,)
    assert links_to_ask(issue(CARD, CARD, MODEL), [], NOW) == (CARD,)


def test_a_host_that_only_begins_like_the_site_is_asked() -> None:
    near = "https://huggingface.co.example/anna/loom"
    assert links_to_ask(issue(near, near, MODEL, reading(MODEL, 1)), [], NOW) == (near,)


@pytest.mark.parametrize(
    ("askings", "is_asked"),
    [
        ([alive(1)], False),
        ([alive(ASKED_LATELY / MINUTE)], True),
        ([gone(1)], False),
        ([gone(APART / MINUTE)], True),
        ([unknown(1)], False),
        ([unknown(APART / MINUTE)], True),
        ([gone(60), gone(30)], False),  # dead: it is left out, and asked no more for a while
        ([gone(REMEMBERED / MINUTE + 2), gone(REMEMBERED / MINUTE + 1)], True),
    ],
)
def test_a_link_is_asked_again_when_its_last_answer_is_old_enough(askings: list[Asking], is_asked: bool) -> None:
    assert links_to_ask(issue(OUTSIDE, None, STORY), askings, NOW) == ((OUTSIDE,) if is_asked else ())


def test_a_link_that_was_found_gone_once_is_in_doubt_until_it_is_dead_or_alive() -> None:
    printed = issue(OUTSIDE, None, STORY)
    assert links_in_doubt(printed, [], NOW) == frozenset()
    assert links_in_doubt(printed, [unknown(20)], NOW) == frozenset()
    assert links_in_doubt(printed, [gone(20)], NOW) == {OUTSIDE}
    assert links_in_doubt(printed, [gone(20), alive(1)], NOW) == frozenset()
    assert links_in_doubt(printed, [gone(20), gone(1)], NOW) == frozenset()
    assert links_in_doubt(issue(CARD, None, MODEL), [gone(20)], NOW) == frozenset()


ASKINGS = st.lists(
    st.builds(
        Asking,
        st.sampled_from([OUTSIDE, CARD]),
        st.integers(0, 20_000).map(lambda minutes: NOW - minutes * MINUTE),
        st.sampled_from(Life),
        st.just(""),
    ),
    max_size=12,
    unique_by=lambda asking: asking.at,
)


@given(ASKINGS)
def test_silence_and_faults_never_change_what_is_dead(askings: list[Asking]) -> None:
    telling = [each for each in askings if each.life is not Life.UNKNOWN]
    assert dead_links(askings, NOW) == dead_links(telling, NOW)


@given(ASKINGS)
def test_a_word_that_a_page_is_there_revives_it_at_once(askings: list[Asking]) -> None:
    told = [replace(each, at=each.at - MINUTE) for each in askings]
    assert OUTSIDE not in dead_links([*told, alive(0)], NOW)


@given(ASKINGS)
def test_a_dead_link_is_neither_asked_nor_in_doubt(askings: list[Asking]) -> None:
    printed, dead = issue(OUTSIDE, CARD, STORY), dead_links(askings, NOW)
    assert dead.isdisjoint(links_to_ask(printed, askings, NOW))
    assert dead.isdisjoint(links_in_doubt(printed, askings, NOW))
