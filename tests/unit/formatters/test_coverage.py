from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.issue import Coverage, Gap, Paper, SourceCoverage
from domain.items import Source
from domain.readings import HarvestStatus
from formatters.coverage import coverage_view, moment
from tests.unit.formatters.building import AS_OF


def _told(*sources: SourceCoverage, gaps: tuple[Gap, ...] = ()) -> str:
    return " ".join(coverage_view(Coverage(AS_OF, sources, gaps), Paper()).sentences)


def _failed(error: str, source: Source = Source.ARXIV) -> SourceCoverage:
    return SourceCoverage(source, HarvestStatus.FAILED, 0, None, 1, ("recent",), error)


def _partial(source: Source, lists: int, missing: int, error: str = "") -> SourceCoverage:
    names = tuple(f"list {number}" for number in range(missing))
    return SourceCoverage(source, HarvestStatus.PARTIAL, 60, AS_OF, lists, names, error)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            "example.org answered 404 Not Found; if this lasts, its address has changed",
            "could not be found at the known address",
        ),
        ("example.org answered 403 Forbidden", "turned us away"),
        ("example.org answered 429 Too Many Requests", "asked us to wait"),
        ("the source answered 503", "failed at the source"),
        ("OSS Insight answered with an error of its own database", "failed at the source"),
        ("nobody answered at example.org", "did not answer in time"),
        ("the request timed out after 30 s", "did not answer in time"),
        ("<b>the 3rd entry has no title</b>", "could not be read"),
    ],
)
def test_a_missing_answer_is_told_in_a_readers_words_and_never_in_the_sites(error: str, told: str) -> None:
    assert _told(_failed(error)) == f"No answer: arXiv; it {told}."


def test_a_reason_without_words_is_left_out() -> None:
    assert _told(_failed(" ")) == "No answer: arXiv."


def test_one_reason_of_several_sources_is_told_once() -> None:
    gone = "example.org answered 410 Gone"
    assert (
        _told(
            _partial(Source.GITHUB, 5, 2, "example.net answered 404 Not Found"),
            _partial(Source.ARXIV, 2, 1, gone),
            _partial(Source.FEEDS, 49, 11, gone),
        )
        == "Read in part: GitHub (3 of 5 lists), arXiv (1 of 2 lists), 38 of 49 lab and press feeds; "
        "the rest could not be found at the known address."
    )
    assert (
        _told(_failed("503"), _failed("502", Source.GITHUB)) == "No answer: arXiv, GitHub; they failed at the source."
    )


def test_different_reasons_stand_beside_their_sources() -> None:
    assert (
        _told(
            _partial(Source.FEEDS, 24, 1, "Lantern answered 403."),
            _partial(Source.GITHUB, 5, 1),
            SourceCoverage(Source.ARXIV, HarvestStatus.EMPTY, 0, AS_OF, 2),
            _failed("timed out", Source.OSSINSIGHT),
        )
        == "Read in part: 23 of 24 lab and press feeds, the rest turned us away; GitHub (4 of 5 lists). "
        "Nothing new was listed: arXiv. No answer: OSS Insight; it did not answer in time."
    )


def test_sources_that_answered_are_told_with_the_number_of_their_lists() -> None:
    ok = HarvestStatus.OK
    assert (
        _told(
            SourceCoverage(Source.HUGGINGFACE, ok, 110, AS_OF, lists=4),
            SourceCoverage(Source.ARXIV, ok, 90, AS_OF, lists=1),
            SourceCoverage(Source.FEEDS, ok, 60, AS_OF, lists=24),
        )
        == "Read in full: Hugging Face (4 lists), arXiv, 24 lab and press feeds."
    )


def test_the_last_gaps_of_the_record_are_told() -> None:
    gaps = tuple(Gap(date(2026, month, 5), date(2026, month, last)) for month, last in ((4, 9), (5, 5), (6, 7)))
    assert (
        _told(gaps=gaps)
        == "Our record holds nothing of 5 May 2026. Our record holds nothing from 5 June 2026 to 7 June 2026."
    )


def test_a_moment_is_told_on_the_papers_own_clock() -> None:
    at = datetime(2026, 7, 4, 23, 31, tzinfo=UTC)
    assert moment(at, "UTC") == "4 July 2026, 23:31 UTC"
    assert moment(at, "Europe/Berlin") == "5 July 2026, 01:31 CEST"
