from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from sandbox.sources.sites import arxiv
from sandbox.sources.sites.answer import Parameters
from sandbox.sources.world import Morning, Preprint

AT = datetime(2026, 8, 20, 5, 30, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def _paper(number: int, days: int, *categories: str) -> Preprint:
    return Preprint(f"2608.0000{number}", f"Paper {number}", "Text", ("A",), categories, AT - timedelta(days=days))


PAPERS = (_paper(1, 3, "cs.AI"), _paper(2, 1, "cs.CL", "cs.AI"), _paper(3, 2, "cs.RO"))
MORNING = Morning(at=AT, arxiv_recent=PAPERS, arxiv_listing=PAPERS[:2])


def _ask(**query: str) -> ET.Element:
    return ET.fromstring(arxiv.api(MORNING, "api/query", Parameters(list(query.items()))).body)  # noqa: S314  # ours


def _numbers(feed: ET.Element) -> list[int]:
    return [int((entry.findtext(f"{ATOM}id") or "")[-3]) for entry in feed.iter(f"{ATOM}entry")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [2, 3, 1]),
        ({"search_query": "cat:cs.AI"}, [2, 1]),
        ({"search_query": "cat:cs.CL OR cat:cs.RO"}, [2, 3]),
        ({"search_query": "cat:cs.AI", "sortOrder": "ascending"}, [1, 2]),
        ({"id_list": "2608.00003,2608.00001v1"}, [3, 1]),
        ({"start": "1", "max_results": "1"}, [3]),
        ({"search_query": "submittedDate:[202608180000 TO 202608182359]"}, [3]),
    ],
)
def test_queries_narrow_and_order_the_papers(query: dict[str, str], found: list[int]) -> None:
    assert _numbers(_ask(**query)) == found


def test_an_answer_says_how_many_there_are_in_all() -> None:
    feed = _ask(max_results="1")
    assert feed.findtext("{http://a9.com/-/spec/opensearch/1.1/}totalResults") == "3"


def test_a_refusal_is_an_entry_titled_error() -> None:
    answer = arxiv.api(MORNING, "api/query", Parameters([("start", "-1")]))
    feed = ET.fromstring(answer.body)  # noqa: S314  # ours
    assert answer.status == 400
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Error"]


def test_a_listing_is_of_the_categories_asked_for() -> None:
    body = arxiv.listing(MORNING, "rss/cs.CL+cs.RO", Parameters([])).body
    assert [item.findtext("title") for item in ET.fromstring(body).iter("item")] == ["Paper 2"]  # noqa: S314  # ours


def test_a_path_that_arxiv_does_not_know_is_not_found() -> None:
    assert arxiv.api(MORNING, "query", Parameters([])).status == 404
    assert arxiv.listing(MORNING, "json/cs.AI", Parameters([])).status == 404
